"""A bot that nobody tends grows careful: late answers say so, values too old are left out."""

from datetime import date
from pathlib import Path

import pytest

from bot.config import Settings
from bot.content import ContentBank, ContentPlaces, load_content
from bot.content.due import Due, due
from bot.content.survey import surveyed
from bot.doctor import examine
from bot.domain.faq import Reply, answer_of, spoken
from bot.domain.freshness import Freshness
from bot.domain.identity import MemberRef
from bot.domain.program import Fact
from handlers.slack.views.faq import reply_blocks
from tests.support.cli import terminal
from tests.support.content import TODAY, Tree, copied

IN_TIME, LATE, LONG_AFTER = date(2027, 5, 23), date(2027, 5, 24), date(2028, 6, 1)
LATE_LINE = "This answer was last checked on November 23, 2026"
LEFT_OUT = "last checked on November 23, 2026 and may have changed, so I leave it out"
OWN = "content/program.yaml"


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    return copied(tmp_path)


def on(tree: Tree, day: date) -> ContentBank:
    return load_content(ContentPlaces(tree.content, own=tree.home), day)


def reply(bank: ContentBank, key: str) -> Reply:
    answer = answer_of(bank.entries[key], bank.entries)
    return Reply(1, MemberRef(""), "answer", answer, (), late=False, after_choices=False)


def found(tree: Tree, day: date = TODAY) -> dict[str, Due]:
    survey = surveyed(ContentPlaces(tree.content, own=tree.home), day)
    return {one.name: one for one in due(survey)}


def test_a_late_answer_says_when_it_was_last_checked(tree: Tree) -> None:
    """From the day after its review date on, plain text and blocks both say so; before, neither."""
    for day, is_late in ((IN_TIME, False), (LATE, True)):
        bank = on(tree, day)
        shown = reply(bank, "exam-format")
        assert (LATE_LINE in spoken(shown, bank.copy)) is is_late
        assert (LATE_LINE in str(reply_blocks(shown, bank.copy))) is is_late


def test_an_entry_names_a_review_date_of_its_own(tree: Tree) -> None:
    """A chair who wants an answer read again sooner writes the day."""
    tree.edit(
        "faq/exam.yaml", "verified: 2026-11-23", "verified: 2026-11-23\n    review: 2026-12-01"
    )
    bank = on(tree, date(2026, 12, 2))
    assert [key for key, entry in bank.entries.items() if entry.overdue] == ["exam-format"]


def test_a_review_date_lies_ahead(tree: Tree) -> None:
    """A review date that is not after the check is refused."""
    tree.edit(
        "faq/exam.yaml", "verified: 2026-11-23", "verified: 2026-11-23\n    review: 2026-11-23"
    )
    assert len(tree.faults()) == 1 and "review is a day after verified" in tree.faults()[0]


def test_a_chapter_sets_its_own_periods(tree: Tree) -> None:
    """A chapter decides how long content holds, and keeps the rest of the shipped style."""
    tree.own("content/style.yaml", "freshness: {review_after_months: 12}\n")
    assert not on(tree, LATE).entries["exam-format"].overdue
    assert on(tree, date(2027, 11, 24)).entries["exam-format"].overdue


def test_a_value_too_old_is_left_out_and_the_rest_stays(tree: Tree) -> None:
    """The sentence with an old fee gives way to an honest one, once; the rest is still said."""
    before, after = on(tree, TODAY).entries, on(tree, LONG_AFTER).entries
    fees = after["recert-fees-dates"].text
    assert "$59" in before["recert-fees-dates"].text
    assert "$" not in fees and fees.count(LEFT_OUT) == 1
    assert "\n- A detail that belongs here was last checked" in fees
    retired = after["retired-status"].text
    assert "$99" not in retired and retired.count(LEFT_OUT) == 1
    assert "You have to stay retired" in retired
    assert after["exam-format"].text == before["exam-format"].text


def test_a_passage_takes_its_other_words(tree: Tree) -> None:
    """A passage with words for a missing value uses these, and no sentence is replaced."""
    text = on(tree, LONG_AFTER).entries["exam-location"].text
    assert text.startswith("Online from your home or office, or at a test center in the US")
    assert LEFT_OUT not in text


def test_what_was_checked_again_is_said_again(tree: Tree) -> None:
    """A new day under 'checked' brings the value back."""
    tree.own(OWN, "facts:\n  retired_fee: {checked: 2028-05-01}\n")
    bank = on(tree, LONG_AFTER)
    assert "$99" in bank.entries["retired-status"].text
    assert "retired_fee" not in bank.withheld and "recert_fee" in bank.withheld


def test_a_value_of_the_chapter_s_own_is_not_judged_by_our_day(tree: Tree) -> None:
    """A fee that a chapter enters years later is said, and listed as never checked."""
    tree.own(OWN, "facts:\n  exam_fee_member: {value: 512}\n")
    assert "$512" in on(tree, LONG_AFTER).entries["exam-fee"].text
    assert found(tree)["exam_fee_member"].on is None


def test_rules_and_sentences_stay_as_they_are(tree: Tree) -> None:
    """The check of the requirements goes on with the numbers that it has."""
    before, after = on(tree, TODAY), on(tree, LONG_AFTER)
    assert (before.rule_set, before.dialog, before.copy) == (
        after.rule_set, after.dialog, after.copy,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("unit", "said", "withheld"),
    [
        ("USD", None, True),
        ("month_day", None, True),
        ("link", None, True),
        ("hours", None, False),
        ("hours", "true", True),
        ("USD", "false", False),
    ],
)
def test_what_is_volatile(tree: Tree, unit: str, said: str | None, withheld: bool) -> None:
    """Fees, days and links change from season to season unless the fact says otherwise."""
    value = {"month_day": '"06-30"', "link": '"https://example.org"'}.get(unit, "7")
    more = f", volatile: {said}" if said else ""
    tree.own(
        OWN,
        f"facts:\n  ours: {{value: {value}, unit: {unit}, confidence: high, "
        f"checked: 2026-11-23{more}}}\n",
    )
    assert ("ours" in on(tree, LONG_AFTER).withheld) is withheld


def test_the_last_day_is_still_said() -> None:
    """A value is said up to the very day on which its time is over."""
    fact = Fact("fee", 5, "USD", None, "", "", "high", date(2026, 8, 31), volatile=True)
    holds = Freshness(review_after_months=6, withhold_after_months=18)
    assert holds.review_on(date(2026, 8, 31)) == date(2027, 2, 28)
    assert not holds.withholds(fact, date(2028, 2, 29))
    assert holds.withholds(fact, date(2028, 3, 1))


def test_what_is_due_is_listed_overdue_first(tmp_path: Path) -> None:
    """`clm content due` tells what is late first, with file and line, and ends with 0."""
    shell = terminal(tmp_path)
    own = shell.home / "content" / "program.yaml"
    own.parent.mkdir()
    own.write_text("facts:\n  exam_fee_member: {value: 512}\n", encoding="utf-8")
    ran = shell.runs("content", "due", "--on", "2027-05-23")
    assert (ran.code, ran.err) == (0, "")
    first, *lines = ran.out.strip().split("\n")
    assert first.startswith("On May 23, 2027: 2 overdue, ")
    assert lines[0] == (
        f"{own}:2: the fact 'exam_fee_member' is overdue: nobody has said when it was checked."
    )
    assert "no season to apply for is known; the newest is Fall 2024." in lines[1]
    assert all("is due by May 23, 2027. Last checked on" in line for line in lines[2:])


def test_what_is_left_out_is_told_to_the_chapter(tmp_path: Path) -> None:
    """The list says of which values the answers are silent until somebody checks them."""
    ran = terminal(tmp_path).runs("content", "due", "--on", "2028-06-01")
    late = [line for line in ran.out.split("\n") if "'recert_fee'" in line]
    assert len(late) == 1
    assert "has been overdue since May 23, 2027" in late[0]
    assert late[0].endswith("Answers leave it out until then.")


def test_the_doctor_tells_what_is_late(tree: Tree) -> None:
    """`clm doctor` notes late answers and values left out, and is quiet about neither in time."""
    settings = Settings(clm_home=tree.home)
    places = ContentPlaces(tree.content, own=tree.home)
    assert "no answer is past its review date" in examine(settings, places, IN_TIME).text
    told = examine(settings, places, LONG_AFTER).text
    assert "note     Content: 93 answers are past their review date and say so;" in told
    assert "answers leave out" in told and "retired_fee" in told


def test_a_wrong_day_is_told(tmp_path: Path) -> None:
    """A day that is none ends with exit code 2 and how to write one."""
    ran = terminal(tmp_path).runs("content", "due", "--on", "tomorrow")
    assert ran.code == 2 and "%Y-%m-%d" in ran.err
