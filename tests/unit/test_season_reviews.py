"""Answers that change with the exam season are due when it does; values found right come back."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from bot.content import ContentBank, ContentPlaces, load_content
from bot.domain.freshness import FactCheck, checked_again, season_turn
from bot.domain.overlay import Overlay
from bot.domain.program import Season
from tests.support.content import TODAY, Tree, copied

SPRING = Season(
    "Spring 2027", date(2027, 3, 4), date(2027, 5, 3), date(2027, 5, 28), "x", date(2026, 12, 1),
    entered=True,
)  # fmt: skip
IN_SEASON, BEYOND = date(2026, 12, 2), date(2028, 6, 1)
FEE = FactCheck("recert_fee", "$189", date(2028, 5, 30))


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    return copied(tmp_path)


def laid(tree: Tree, overlay: Overlay, day: date) -> ContentBank:
    loaded = load_content(ContentPlaces(tree.content, own=tree.home), TODAY)
    return loaded.with_overlay(overlay, day)


def test_a_new_season_makes_the_answers_that_depend_on_it_due(tree: Tree) -> None:
    """The day after a season was entered, the answers that name seasons or fees are overdue, and
    those that do not are not."""
    bank = laid(tree, Overlay(seasons=(SPRING,)), IN_SEASON)
    assert bank.entries["exam-dates"].due_on == date(2026, 12, 1)
    assert bank.entries["exam-dates"].overdue and bank.entries["exam-fee"].overdue
    assert not bank.entries["exam-format"].overdue


def test_the_setting_can_be_switched_off(tree: Tree) -> None:
    """A chapter that goes by months alone is not asked for a look with each season."""
    tree.edit("style.yaml", "with_each_season: true", "with_each_season: false")
    bank = laid(tree, Overlay(seasons=(SPRING,)), IN_SEASON)
    assert not bank.entries["exam-dates"].overdue


def test_a_review_day_of_its_own_goes_before_the_season(tree: Tree) -> None:
    """An editor who names the day has decided it, whatever the seasons do."""
    text = (tree.content / "faq/exam.yaml").read_text()
    start = text.index("- id: exam-dates")
    at = text.index("verified: 2026-11-23", start)
    edited = text[:at] + "verified: 2026-11-23\n    review: 2027-09-01" + text[at + 20 :]
    (tree.content / "faq/exam.yaml").write_text(edited)
    bank = laid(tree, Overlay(seasons=(SPRING,)), IN_SEASON)
    assert bank.entries["exam-dates"].due_on == date(2027, 9, 1)


@pytest.mark.parametrize(
    ("checked", "turn"),
    [
        (date(2026, 11, 23), date(2026, 12, 1)),
        (date(2026, 12, 1), date(2027, 3, 4)),
        (date(2027, 3, 4), None),
        (date(2027, 6, 1), None),
    ],
)
def test_the_season_turns_when_one_is_known_and_when_one_closes(
    checked: date, turn: date | None
) -> None:
    """Checked before the season was known, it is due from then; checked in it, when it closes; and
    nothing is made up of seasons that nobody knows."""
    assert season_turn(checked, [SPRING]) == turn


def test_a_value_found_right_in_chat_is_said_again(tree: Tree) -> None:
    """Long after its check a fee is left out of the answer; found right, it alone is back."""
    without = laid(tree, Overlay(), BEYOND)
    assert "recert_fee" in without.withheld
    assert "$189" not in without.entries["recert-fees-dates"].text
    bank = laid(tree, Overlay(checks=(FEE,)), BEYOND)
    assert "recert_fee" not in bank.withheld and "maintenance_fee_annual" in bank.withheld
    assert "$189" in bank.entries["recert-fees-dates"].text


def test_a_check_is_of_the_value_that_was_seen(tree: Tree) -> None:
    """When the files say another fee later, the old check does not vouch for it, and an older
    check never makes a value older."""
    facts = laid(tree, Overlay(), TODAY).facts
    changed = replace(facts["recert_fee"], value=250)
    assert checked_again({"recert_fee": changed}, [FEE])["recert_fee"].checked == TODAY
    early = replace(FEE, on=date(2020, 1, 1))
    assert checked_again(facts, [early])["recert_fee"].checked == TODAY
    assert checked_again(facts, [FEE])["recert_fee"].checked == FEE.on
