"""docs/answers.md: its tables, its judgement of targets, its curves, and the public sets."""

import json
from pathlib import Path
from xml.etree import ElementTree

import pytest

from bench.answers import DOCS, HELD_OUT, MEANING, WORDS, Level, levels, page, unseen, write
from bench.curves import Dot, Line, curve
from bench.level_curves import picture_names
from bench.pages import page_table
from bench.public_sets import keep, sets
from bench.targets import ANSWERS, PUBLIC, Target
from bot.content import load_content, shipped_places
from bot.domain.matching import Example
from bot.domain.matching_fit import fit_and_try
from bot.domain.measured_views import of
from bot.domain.measures import Case, Figures, InScope, OutOfScope
from bot.evaluation import cases_of, evaluate, matching
from bot.evaluation_authors import left_out, tried
from tests.support.content import TODAY
from tests.support.meaning import PoolMeaning
from tests.support.semantic import keep_tiny
from tests.support.small_bank import pool_bank

FIGURES = Figures(
    InScope(10, 0.9304, 0.98, 0.88, 0.0304, 0.05, 0.0396), OutOfScope(5, 0.02, 0.1, 0.88), 0.95, {}
)
SVG = "{http://www.w3.org/2000/svg}"


def test_rounding_meets_no_target() -> None:
    """A figure that only reads like its target is short of it; one that is exactly there meets."""
    told = {target.name: target.judged(FIGURES) for target in ANSWERS}
    assert told["right entry first"] == "93.0 %, met"
    assert told["right entry among three"] == "98.0 %, short"
    assert told["answered wrong"] == "3.0 %, short"
    assert told["right or offered"] == "93.0 %, short"
    assert told["out of scope, answered"] == "2.0 %, met"
    assert told["out of scope, declined"] == "88.0 %, short"


def test_a_target_is_written_as_it_is_meant() -> None:
    """A share to reach and one not to exceed read differently; AUROC is no percentage."""
    assert Target("x", 0.02, lambda _: 0.0, most=True).words == "at most 2.0 %"
    [_, auroc] = PUBLIC["clinc150"][0]
    assert (auroc.words, auroc.judged(FIGURES)) == ("at least 0.940", "0.950, met")


def test_a_table_has_a_line_for_each_row() -> None:
    """Markdown with numbers to the right."""
    assert page_table(["a", "b"], [["x", "1"]]) == "| a | b |\n| --- | ---: |\n| x | 1 |"


def test_a_curve_is_a_picture_with_a_title_and_looks_for_dark_pages() -> None:
    """The picture is whole XML, says what it is, keeps inside its frame, and has both looks."""
    picture = curve(
        "A < B",
        "across",
        "up",
        [
            Line("one", "one", ((0.0, 0.0), (1.0, 1.0))),
            Line("two", "two", ((0.0, 1.0), (1.0, 0.99))),
        ],
        [Dot(0.5, 0.5, 1.0)],
    )
    root = ElementTree.fromstring(picture)
    assert root.findtext(f"{SVG}title") == "A < B"
    assert "prefers-color-scheme: dark" in picture
    _, _, width, height = map(float, root.attrib["viewBox"].split())
    for line in root.findall(f"{SVG}polyline"):
        for point in line.attrib["points"].split():
            x, y = map(float, point.split(","))
            assert 0 <= x <= width and 0 <= y <= height
    names = [t for t in root.findall(f"{SVG}text") if t.attrib.get("class", "").startswith("label")]
    tops = sorted(float(text.attrib["y"]) for text in names)
    assert len(tops) == 2 and tops[1] - tops[0] >= 15


def level(name: str, meaning: PoolMeaning | None) -> Level:
    """What a level reaches on the made-up bank."""
    bank = [Example(one.text, one.label, "ab"[at % 2]) for at, one in enumerate(pool_bank())]
    fitted = fit_and_try(bank, meaning)
    cases = [Case("what does a ticket cost", "ticket-price", "anna", "short")]
    report = evaluate(cases, matching(fitted.index), build_s=0.0)
    anew = {"a": of(left_out("a", bank, lambda some: fit_and_try(some, meaning).index))}
    public = {"sofmattress": report}
    return Level(name, tried(fitted), anew, report, public, len(fitted.strays()))


def test_the_page_has_each_level_with_its_own_figures(tmp_path: Path) -> None:
    """Words alone and words with meaning stand side by side; the same figures give the same page,
    and curves of a level that is no more are taken away."""
    content = load_content(shipped_places(), TODAY)
    found = [level(WORDS, None), level(MEANING, PoolMeaning())]
    (tmp_path / "answers-coverage-old.svg").write_text("<svg/>", encoding="utf-8")
    write(content, found, tmp_path)
    names = sorted(path.name for path in tmp_path.iterdir())
    pictures = [name for one in (WORDS, MEANING) for name in picture_names(one)]
    assert names == sorted(["answers.md", *pictures])
    text = (tmp_path / "answers.md").read_text(encoding="utf-8")
    assert text == page(content, [level(WORDS, None), level(MEANING, PoolMeaning())])
    for one in found:
        assert f"| {one.name}: left out by author |" in text
        assert f"In all, {one.strays} of the examples" in text
        assert all(f"]({name})" in text for name in picture_names(one.name))
    assert found[0].strays != found[1].strays
    assert "| a, closed form |" in text and "| a, fitted anew |" in text


def test_the_held_out_file_is_told_and_not_judged() -> None:
    """Only what an author's absence shows is called met or short."""
    text = page(load_content(shipped_places(), TODAY), [level(WORDS, None)])
    [row] = [line for line in text.split("\n") if line.startswith("| right entry first |")]
    crossed, held_out = row.strip("| ").split(" | ")[2:]
    assert crossed.endswith((", met", ", short"))
    assert held_out == "100.0 %"


def test_a_level_is_measured_where_its_model_is_there(tmp_path: Path) -> None:
    """Without the weights the page is made of words alone; with them of both."""
    assert list(levels(tmp_path / "nothing")) == [WORDS]
    model = keep_tiny(tmp_path / "home", tmp_path / "source")
    assert levels(model) == {WORDS: None, MEANING: model}


def test_the_page_that_ships_is_of_the_bank_and_its_pictures_are_there() -> None:
    """What docs/answers.md shows is there, and text tables stand beside the pictures."""
    text = (DOCS / "answers.md").read_text(encoding="utf-8")
    for name in picture_names(WORDS):
        assert f"]({name})" in text
        ElementTree.parse(DOCS / name)
    assert "| confidence | messages | mean confidence | right |" in text
    assert "| bar | answered right | answered wrong | out of scope answered |" in text


def test_nobody_of_the_held_out_file_wrote_for_the_bank() -> None:
    """The held-out messages stay held out: their authors are none of the bank's, few of them stand
    there by coincidence, and these are not counted."""
    lines = HELD_OUT.read_text(encoding="utf-8").split("\n")
    cases = cases_of(lines, HELD_OUT.name)
    examples = load_content(shipped_places(), TODAY).examples
    held_out = {case.author for case in cases}
    assert held_out == {"vic", "dora"}
    assert held_out.isdisjoint({one.author for one in examples})
    counted = unseen(cases, examples)
    assert 0.8 * len(cases) < len(counted) <= len(cases)
    assert all(len(case.text.split()) < 14 for case in set(cases) - set(counted))
    texts = {one.text.casefold() for one in examples}
    assert not any(case.text.casefold() in texts for case in counted)


ROWS = "text,category\n" + "".join(f"{word} {at},{word}\n" for word in "ab" for at in range(12))


def test_public_sets_are_made_of_their_files(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Ten examples an intent, labels without a node are out of scope; sets that are not there
    are told and left out."""
    for name, text in {
        "banking77/train.csv": ROWS,
        "banking77/test.csv": ROWS,
        "hint3/train/curekart_train.csv": "sentence,label\n a fee ,FEE\n",
        "hint3/test/curekart_test.csv": 'sentence,label\n"hm, no",NO_NODES_DETECTED\n',
        "clinc150/data_full.json": json.dumps(
            {
                "train": [[f"{at} coins", "money"] for at in range(12)],
                "test": [["coin", "money"]],
                "oos_train": [[f"{at} cows", "oos"] for at in range(120)],
                "oos_test": [["a cow", "oos"]],
            }
        ),
    }.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    found = dict(sets(tmp_path))
    assert list(found) == ["clinc150", "banking77", "curekart"]
    assert {name: (len(bank), len(test)) for name, (bank, test) in found.items()} == {
        "clinc150": (110, 2), "banking77": (20, 24), "curekart": (1, 1),
    }  # fmt: skip
    assert "sofmattress is left out: there is no" in capsys.readouterr().err
    keep("curekart", tmp_path / "made", found["curekart"])
    made = tmp_path / "made/curekart"
    assert json.loads((made / "bank.jsonl").read_text()) == {"text": "a fee", "label": "FEE"}
    assert json.loads((made / "test.jsonl").read_text()) == {"text": "hm, no", "label": "oos"}
