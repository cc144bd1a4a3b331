"""Sessions as the desk fills them in, and what pressing a card's button comes to."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.identity import ConversationRef, MemberRef
from bot.domain.sessions import (
    MOST_MINUTES,
    Attendance,
    Details,
    Fault,
    Mark,
    Session,
    State,
    read_details,
    tap_of,
)
from tests.support.road import content

TODAY = date(2026, 11, 23)
CATEGORIES, SUBJECTS = ("writing", "communication"), ("operations",)
FILLED = {
    "title": "Plain letters",
    "day": "2026-11-23",
    "length": "90 minutes",
    "kind": "live",
    "category": "writing",
    "subject": "",
}
DETAILS = Details("Plain letters", TODAY, 90, "live", "writing", None)


def read(**changes: str) -> Details | dict[str, Fault]:
    return read_details({**FILLED, **changes}, TODAY, CATEGORIES, SUBJECTS)


def session(day: date = TODAY, state: State = "open") -> Session:
    details = Details("Plain letters", day, 90, "live", "writing", None)
    return Session(1, 1, details, state, ConversationRef("slack:T:C"), MemberRef("slack:T:U"))


def test_a_session_is_read_as_it_was_filled_in() -> None:
    """What the chair writes is what is announced, for one list or for both."""
    assert read() == DETAILS
    both = read(subject="operations")
    assert isinstance(both, Details)
    assert (both.category, both.subject) == ("writing", "operations")
    kept = read(category="", subject="operations")
    assert isinstance(kept, Details)
    assert (kept.category, kept.subject) == (None, "operations")


@pytest.mark.parametrize(
    ("written", "minutes"),
    [
        ("90 minutes", 90),
        ("90 min", 90),
        ("1.5", 90),
        ("1,5 h", 90),
        ("one and a half hours", 90),
        ("2 hours and 30 minutes", 150),
        ("1/3 hour", 20),
        ("50 min", 50),
        ("0.25", 15),
        ("59.7 minutes", 59),
    ],
)
def test_a_length_is_read_in_minutes_or_hours(written: str, minutes: int) -> None:
    """However a length is written, it is the length that was meant, never rounded up."""
    found = read(length=written)
    assert isinstance(found, Details)
    assert found.minutes == minutes


@pytest.mark.parametrize(
    ("field", "value", "key"),
    [
        ("title", "", "title_empty"),
        ("day", "", "day_empty"),
        ("day", "2026-02-29", "day_empty"),
        ("day", "2062-11-23", "day_far"),
        ("day", "2006-11-23", "day_far"),
        ("length", "", "length_not_read"),
        ("length", "long", "length_not_read"),
        ("length", "not sure", "length_not_read"),
        ("length", "1-2 hours", "length_not_read"),
        ("length", "0", "length_nothing"),
        ("length", "90", "length_too_long"),
        ("kind", "", "kind_empty"),
        ("kind", "recording", "kind_empty"),
        ("category", "", "category_empty"),
        ("category", "cooking", "not_offered"),
        ("subject", "writing", "not_offered"),
    ],
)
def test_a_fault_stands_at_its_field(field: str, value: str, key: str) -> None:
    """Each slip is told where it was made, and nothing else is."""
    found = read(**{field: value})
    assert isinstance(found, dict)
    assert {name: fault.key for name, fault in found.items()} == {field: key}


def test_every_fault_is_told_at_once() -> None:
    """The chair does not mend one field after the other."""
    found = read_details({}, TODAY, CATEGORIES, SUBJECTS)
    assert isinstance(found, dict)
    assert set(found) == {"title", "day", "length", "kind", "category"}


@given(st.integers(1, MOST_MINUTES))
def test_hours_never_grow_by_rounding(minutes: int) -> None:
    """The hours that a member gets are at most the minutes that the session had."""
    hours = Details("x", TODAY, minutes, "live", "writing", None).hours
    assert hours * 60 <= minutes
    assert minutes - hours * 60 < Decimal("0.01")
    assert (minutes % 60 == 0) == (hours == hours.to_integral_value())


def test_a_session_below_the_rules_minimum_is_known_as_such() -> None:
    """The warning comes for an application's category only, one minute below the minimum."""
    numbers = content().rule_set.numbers
    least = int(numbers.session_hours * 60)

    def short(minutes: int, category: str | None) -> bool:
        return Details("x", TODAY, minutes, "live", category, "other").is_too_short(numbers)

    assert short(least - 1, "writing")
    assert not short(least, "writing")
    assert not short(least - 1, None)


@pytest.mark.parametrize("mark", ["noted", "confirmed", "declined"])
def test_who_pressed_before_sees_how_it_stands(mark: Mark) -> None:
    """A second press asks nothing anew."""
    attendance = Attendance(MemberRef("slack:T:U"), mark, "2026-11-23T12:00:00+00:00")
    assert tap_of(session(), attendance, TODAY) == mark


def test_pressing_asks_from_the_day_on_and_never_before() -> None:
    """Nobody attends a session that is still to come, and nobody a cancelled one."""
    tomorrow = date(2026, 11, 24)
    assert tap_of(session(), None, TODAY) == "ask"
    assert tap_of(session(), None, tomorrow) == "ask"
    assert tap_of(session(tomorrow), None, TODAY) == "early"
    assert tap_of(session(state="cancelled"), None, TODAY) == "cancelled"
    assert tap_of(None, None, TODAY) == "gone"
