"""`clm content lint`: what strays, where it stands, and pair by pair."""

from pathlib import Path

from bot.content import ContentPlaces
from bot.content.whereabouts import utterance_places
from bot.domain.matching import OUT_OF_SCOPE, Example, Stray
from bot.linting import lint_text
from tests.support.content import copied

EXAMPLES = [
    Example("how much", "fee", "ann"),
    Example("how many", "fee", "bo"),
    Example("when and how much", "date"),
    Example("price of stamps", OUT_OF_SCOPE, "ann"),
]
STRAYS = [
    Stray("when and how much", "date", "fee"),
    Stray("how much", "fee", OUT_OF_SCOPE),
    Stray("how many", "fee", OUT_OF_SCOPE),
]


def test_strays_come_pair_by_pair_with_file_line_and_author() -> None:
    """An editor reads which entry takes which utterances, the worst pair first."""
    lines = lint_text(STRAYS, EXAMPLES, {"how much": "content/faq/a.yaml:7"}, pairs=9).split("\n")
    assert lines == [
        "3 of 4 utterances do not find their own entry when their author is held out.",
        "",
        "fee found as out of scope, 2:",
        '  content/faq/a.yaml:7: "how much" (ann)',
        '  "how many" (bo)',
        "",
        "date found as fee, 1:",
        '  "when and how much"',
    ]


def test_only_so_many_pairs_are_shown() -> None:
    """The rest is told as a number, with how to see it."""
    lines = lint_text(STRAYS, EXAMPLES, {}, pairs=1).split("\n")
    assert lines[-1] == "And 1 more; --pairs 2 shows every pair."
    assert not any(line.startswith("date") for line in lines)


def test_a_bank_without_strays_is_praised() -> None:
    """Nothing to remark is said in a sentence."""
    assert lint_text([], EXAMPLES, {}, pairs=3) == "Each of the 4 utterances finds its own entry."


def test_every_utterance_has_its_line(tmp_path: Path) -> None:
    """Each example of the content stands in the very line that is named, own files included."""
    tree = copied(tmp_path)
    own = tree.own(
        "content/out_of_scope.yaml",
        'out_of_scope:\n  near:\n    ann:\n      - "my own stranger"\n',
    )
    places = utterance_places(ContentPlaces(tree.content, own=tree.home))
    assert places["my own stranger"] == f"{own}:4"
    for example in tree.load().examples:
        name, _, line = places[example.text].rpartition(":")
        path = tree.content / name.removeprefix("content/")
        file = path if name.startswith("content/") else Path(name)
        text = file.read_text(encoding="utf-8").split("\n")[int(line) - 1]
        assert any(word in text for word in example.text.split())
