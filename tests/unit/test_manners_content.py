"""not_the_clm.yaml and remarks.yaml: a chapter's own words, and what the check says of mistakes."""

from pathlib import Path

import pytest

from bot.domain.manners import beside
from bot.domain.strangers import stranger_in
from tests.support.content import Tree, copied

STRANGERS, REMARKS = "not_the_clm.yaml", "remarks.yaml"


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    return copied(tmp_path)


def test_a_chapter_names_one_thing_more(tree: Tree) -> None:
    """A thing in the chapter's own file is declined too, and the shipped ones stay."""
    tree.own(f"content/{STRANGERS}", "things:\n  the town quiz:\n    always: [town quiz]\n")
    strangers = tree.load().manners.strangers
    assert "That is about the town quiz" in str(stranger_in("town quiz fee", strangers))
    assert "the PMP" in str(stranger_in("pmp fee", strangers))


def test_a_chapter_words_its_own_sympathy(tree: Tree) -> None:
    """A chapter's sentence takes the place of ours, with the chair's name filled in."""
    tree.own("chapter.yaml", "chair: {name: Ada Bly}\n")
    own = "kinds:\n  laid_off:\n    first: Hang in there, says {chapter_chair_name|the chair}.\n"
    tree.own(f"content/{REMARKS}", own)
    manners = tree.load().manners
    assert beside("I was laid off", "answer", manners).remark == "Hang in there, says Ada Bly."
    assert "sorry about your job" in beside("I was laid off", "unknown", manners).instead


@pytest.mark.parametrize(
    ("name", "old", "new", "at", "sentence"),
    [
        (STRANGERS, "  - other-clm-meanings", "  - other-clm-meaning", "about:",
         "there is no entry 'other-clm-meaning'. Did you mean 'other-clm-meanings'?"),
        (STRANGERS, "  the PMP:\n    always:", "  the PMP:\n    alwys:", "alwys:",
         "unknown key 'alwys'. Did you mean 'always'?"),
        (STRANGERS, "    always: [lsat, law school admission test]", "    always: []", "the LSAT:",
         "it needs 'always' or 'beside': how people write it."),
        (STRANGERS, "    always: [lsat,", '    always: ["??",', "the LSAT:",
         "'??' begins with no word; a * stands between two words."),
        (REMARKS, "only: [accommodations, test-day-rules,", "only: [acommodations, test-day-rules,",
         "only: [acommodations",
         "there is no entry 'acommodations'. Did you mean 'accommodations'?"),
        (REMARKS, "    first: I am sorry about your job.", "    first: Dear {name}.",
         "first: Dear", "nothing is called {name}."),
        (REMARKS, "      - passed away", '      - "* passed away"', '"* passed away"',
         "'* passed away' begins with no word; a * stands between two words."),
        (REMARKS, "words: [der, das,", "words: [der, what,", "words: [der, what",
         "'what' is an English word too, and tells nothing."),
        (REMARKS, "      letters: [THAI]", "      letter: [THAI]", "letter: [THAI]",
         "unknown key 'letter'. Did you mean 'letters'?"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_with_its_place(
    tree: Tree, name: str, old: str, new: str, at: str, sentence: str
) -> None:
    """`clm content check` tells a mistake in either file with its line and what to do."""
    tree.edit(name, old, new)
    faults = tree.faults()
    assert [fault for fault in faults if sentence in fault], faults
    line = tree.line_of(name, at)
    lines = {f"content/{name}:{number}: " for number in (line, line + 1)}
    assert any(faults[0].startswith(place) for place in lines), (faults, line)
