"""Answers say only what the facts tell: `clm content check` refuses what goes beyond them."""

from pathlib import Path

import pytest

from bot.content.truth import numbers_in
from tests.support.content import Tree, copied

EXAM, KEEPING, VALUE = "faq/exam.yaml", "faq/keeping.yaml", "faq/value.yaml"
MESSAGES, RULES, STYLE = "messages.yaml", "eligibility.yaml", "style.yaml"
OWN_STYLE = "content/style.yaml"


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    return copied(tmp_path)


@pytest.mark.parametrize(
    ("template", "numbers"),
    [
        ("It has 125 questions.", ["125"]),
        ("It costs $1,200.50, says ALA.", ["$1,200.50"]),
        ("Since 2010: a 501(c)(3).", ["2010", "501(c)(3)"]),
        ("{exam_questions} in {exam_hours_2} hours", []),
        ("{fee|about 500 dollars}", ["500"]),
        ("[[It is {fee}. | It was 400.]]", ["400"]),
        ("some one hundred twenty-five of them", ["one hundred twenty-five"]),
        ("Twenty-four months; a dozen people; eleven", ["Twenty-four", "a dozen", "eleven"]),
        ("three years, ten full-time hours, two-year", ["three", "ten", "two"]),
        ("two things to watch, one of three roles, in one piece", []),
        ("hundreds of people, often", []),
    ],
)
def test_numbers_are_seen_in_digits_and_in_words(template: str, numbers: list[str]) -> None:
    """A number of the program is seen however it is written, an everyday "two things" is not."""
    assert [number for _, number in numbers_in(template)] == numbers


@pytest.mark.parametrize(
    ("name", "old", "new", "at", "number"),
    [
        (EXAM, "{exam_questions} multiple", "125 multiple", "125 multiple", "125"),
        (EXAM, "The other {exam_questions_pilot}", "The other 25", "The other 25", "25"),
        (EXAM, "you have {exam_hours} hours", "you have four hours", "four hours", "four"),
        (MESSAGES, "voted: Thank you", "voted: Thank you 2", "voted:", "2"),
        (RULES, "At least {experience_years} full-time", "At least 3 full-time", "At least 3", "3"),
        (RULES, "hint: Every applicant does.", "hint: All 99 do.", "hint: All 99", "99"),
        (RULES, "intro: ALA goes by", "intro: For two years ALA goes by", "intro: For", "two"),
        (RULES, "technology: information", "technology: 4th information", "technology: 4", "4th"),
    ],
)
def test_a_number_in_a_text_itself_is_refused(
    tree: Tree, name: str, old: str, new: str, at: str, number: str
) -> None:
    """A number typed into an answer, a sentence, a rule or a question is told with its line."""
    tree.edit(name, old, new)
    faults = tree.faults()
    assert len(faults) == 1, faults
    assert faults[0].startswith(f"content/{name}:{tree.line_of(name, at)}: '{number}' stands in")


def test_an_own_answer_may_not_have_a_number_either(tree: Tree) -> None:
    """The rule holds for a chapter's own sentences, with the chapter's file and line."""
    path = tree.own("content/messages.yaml", "ask:\n  chat: Ask me 24 hours a day.\n")
    assert [fault.split(" stands")[0] for fault in tree.faults()] == [f"{path}:2: '24'"]


def test_a_chapter_allows_a_number_of_its_own(tree: Tree) -> None:
    """An allowed number passes where it is allowed, and the shipped ones stay allowed."""
    tree.own("content/messages.yaml", "ask:\n  chat: Room 12.\n  chair: Room 12.\n")
    tree.own(OWN_STYLE, 'digits:\n  - {text: "12", at: [ask.chat], why: our room}\n')
    faults = tree.faults()
    assert len(faults) == 1 and "messages.yaml:3: '12' stands" in faults[0]
    tree.own(OWN_STYLE, 'digits:\n  - {text: "12", why: our room}\n')
    assert tree.faults() == []


def test_an_allowed_number_names_a_text_that_is_there(tree: Tree) -> None:
    """A misspelled place in the list of allowed numbers is told with the one that was meant."""
    path = tree.own(OWN_STYLE, 'digits:\n  - {text: "12", at: [ask.chatt], why: our room}\n')
    assert tree.faults() == [
        f"{path}:2: there is no text called 'ask.chatt'. Did you mean 'ask.chat'?"
    ]


def test_an_allowed_number_needs_its_reason(tree: Tree) -> None:
    """Nobody allows a number without saying why."""
    path = tree.own(OWN_STYLE, 'digits:\n  - {text: "12"}\n')
    assert tree.faults() == [f"{path}:2: 'digits.why' is missing."]


def test_low_confidence_is_worded_as_such(tree: Tree) -> None:
    """A value of low confidence that is said as if it were sure is refused."""
    tree.edit("faq/contact.yaml", "The later one seems to be {ala_post}", "It is {ala_post}")
    faults = tree.faults()
    assert len(faults) == 1, faults
    line = tree.line_of("faq/contact.yaml", "It is {ala_post}")
    assert faults[0].startswith(f"content/faq/contact.yaml:{line}: {{ala_post}} is of low confid")


def test_the_hedge_stands_in_the_same_sentence(tree: Tree) -> None:
    """A hedge elsewhere in the answer does not excuse the sentence with the value."""
    tree.edit(
        "faq/contact.yaml",
        "The later one seems to be {ala_post}; confirm",
        "One seems to be newer. It is {ala_post}; confirm",
    )
    assert len(tree.faults()) == 1


def test_a_value_that_loses_confidence_is_told_in_every_answer(tree: Tree) -> None:
    """When a chapter marks a fact as doubtful, the check names the answers to reword."""
    tree.own("content/program.yaml", "facts:\n  exam_hours: {confidence: low}\n")
    faults = tree.faults()
    assert len(faults) == 1 and "{exam_hours} is of low confidence" in faults[0]


def test_a_chapter_s_own_hedges_count(tree: Tree) -> None:
    """A hedge that a chapter adds is accepted beside the shipped ones."""
    tree.own("content/program.yaml", "facts:\n  exam_hours: {confidence: low}\n")
    tree.own(OWN_STYLE, "hedges: [each with one right answer]\n")
    assert tree.faults() == []


def test_what_is_unknown_comes_with_who_knows(tree: Tree) -> None:
    """An answer that says that nobody here knows also says whom to ask."""
    tree.edit(EXAM, "is published; if you need to know more, ask ALA.]]", "is published.]]")
    faults = tree.faults()
    assert len(faults) == 1, faults
    assert "'passing-score' says that something is not known, and not who knows it" in faults[0]


def test_who_knows_is_said_for_each_unknown(tree: Tree) -> None:
    """Whom to ask may not vanish once another value of the same answer is found."""
    tree.edit("faq/eligibility.yaml", "not seen all amounts; ask ALA.]]", "not seen all amounts.]]")
    faults = tree.faults()
    assert len(faults) == 1 and "'non-member' says" in faults[0], faults


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("freshnes: {}\n", "unknown key 'freshnes'. Did you mean 'freshness'?"),
        ("limits: {grade: many}\n", "'limits.grade'"),
        ("freshness: {withhold_after_months: 2}\n", "a value is withheld no sooner than it is due"),
        ("freshness: {review_after_months: 0}\n", "'freshness.review_after_months'"),
    ],
)
def test_a_fault_in_the_chapter_s_style_is_told(tree: Tree, text: str, sentence: str) -> None:
    """A chapter's own style.yaml is checked like every other file."""
    path = tree.own(OWN_STYLE, text)
    faults = tree.faults()
    assert len(faults) == 1, faults
    assert faults[0].startswith(f"{path}:1: ") and sentence in faults[0]
