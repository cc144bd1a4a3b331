"""docs/answers.md: its tables, its judgement of targets, its curves, and the public sets."""

import json
from pathlib import Path
from xml.etree import ElementTree

import pytest

from bench.answers import DOCS, HELD_OUT
from bench.curves import Dot, Line, curve
from bench.pages import page_table
from bench.public_sets import keep, sets
from bench.targets import ANSWERS, PUBLIC, Target
from bot.content import shipped_places
from bot.domain.measures import Figures, InScope, OutOfScope

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


def test_the_page_that_ships_is_of_the_bank_and_its_pictures_are_there() -> None:
    """What docs/answers.md shows is there, and text tables stand beside the pictures."""
    text = (DOCS / "answers.md").read_text(encoding="utf-8")
    for name in ("answers-reliability.svg", "answers-coverage.svg"):
        assert f"]({name})" in text
        ElementTree.parse(DOCS / name)
    assert "| confidence | messages | mean confidence | right |" in text
    assert "| bar | answered right | answered wrong | out of scope answered |" in text


def test_nobody_of_the_held_out_file_wrote_for_the_bank() -> None:
    """The held-out messages stay held out: none of their wordings or authors is in the bank."""
    rows = [json.loads(line) for line in HELD_OUT.read_text(encoding="utf-8").splitlines()]
    files = sorted(shipped_places().shipped.rglob("*.yaml"))
    bank = "\n".join(path.read_text(encoding="utf-8") for path in files).casefold()
    assert {row["author"] for row in rows} == {"otto"}
    assert "otto:" not in bank
    long = [row["text"] for row in rows if len(row["text"].split()) > 6]
    assert [text for text in long if f'"{text.casefold()}"' in bank] == []


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
