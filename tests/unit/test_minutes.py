"""Courses whose minutes are thirds of an hour: together they come to what they lasted."""

from datetime import date
from decimal import Decimal

import pytest

from bot.domain.eligibility_profile import SPECIALIST, Profile
from bot.domain.gap import gap_on, with_ledger
from bot.domain.ledger import LedgerEntry
from bot.domain.ledger_amounts import read_amount
from bot.domain.minutes import added, less
from tests.support.eligibility import rule_set
from tests.support.recertification import counted_in, entry, measured, missing_in


def hours(written: str) -> Decimal:
    """An amount as the form keeps it."""
    found = read_amount(written)
    assert isinstance(found, Decimal)
    return found


@pytest.mark.parametrize("kind", ["live", "webinar", "teaching"])
def test_minutes_fill_a_minimum_of_recertification(kind: str) -> None:
    """100 and 80 minutes are the three hours that a subject needs, and nothing stays missing."""
    courses = [entry(hours(one), kind=kind) for one in ("100 minutes", "80 minutes")]
    found = measured(*courses)
    assert counted_in(found, "operations") == 3
    assert missing_in(found, "operations") == 0
    assert found.missing == 33


def test_minutes_fill_the_extra_hours_of_a_specialist() -> None:
    """Nine courses of 100 minutes are fifteen hours, and the rule is met."""
    courses = [
        LedgerEntry(date(2026, 3, 1), f"No. {at}", hours("100 minutes"), "live", "specialist_extra")
        for at in range(9)
    ]
    rules = rule_set()
    profile = with_ledger(Profile(role=SPECIALIST), courses, rules)
    found = gap_on(profile, rules, date(2026, 11, 23))
    states = {rule.id: rule.state for rule in found.verdict.rules}
    assert found.categories[-1].counted == 15
    assert found.categories[-1].missing == 0
    assert states["specialist_extra"] == "met"


def test_what_is_not_of_whole_minutes_is_taken_at_its_word() -> None:
    """A sum that really falls short of a limit is not rounded up to it."""
    assert added([Decimal("1.9999")]) == Decimal("1.9999")
    assert added([Decimal("0.99"), Decimal("0.0099")]) == Decimal("0.9999")
    assert added([hours("20 minutes")] * 2) == Decimal("0.6666")


def test_a_limit_is_shared_to_the_minute() -> None:
    """What is left of a limit is what the courses before have left of it, and never more."""
    left = less(less(Decimal(4), hours("100 minutes")), hours("80 minutes"))
    assert left == 1
