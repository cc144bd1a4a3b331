"""Days to come, as whoever goes away writes them."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.coming_days import FARTHEST, read_coming_day
from bot.domain.ledger_days import DayFault
from bot.domain.program import long_date

TODAY = date(2026, 11, 23)
"""A Monday."""


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("until 5 December", "2026-12-05"),
        ("until Dec 5", "2026-12-05"),
        ("till December 5th, 2026", "2026-12-05"),
        ("until 2026-12-05", "2026-12-05"),
        ("until 12/05/2026", "2026-12-05"),
        ("until 5.12.2026", "2026-12-05"),
        ("until January 4", "2027-01-04"),
        ("5 dec.", "2026-12-05"),
        ("until friday", "2026-11-27"),
        ("until next Friday", "2026-11-27"),
        ("until Monday", "2026-11-30"),
        ("until tomorrow", "2026-11-24"),
        ("until the day after tomorrow", "2026-11-25"),
        ("today", "2026-11-23"),
        ("for two weeks", "2026-12-07"),
        ("for a week", "2026-11-30"),
        ("in 10 days", "2026-12-03"),
        ("until the 14th", "2026-12-14"),
        ("until the 30th", "2026-11-30"),
        ("until the 31st", "2026-12-31"),
        ("  UNTIL   5   December!  ", "2026-12-05"),
    ],
)
def test_a_day_to_come_is_read_as_people_write_it(written: str, day: str) -> None:
    """Who goes away writes the day as they like, and the next such day is meant."""
    assert read_coming_day(written, TODAY) == date.fromisoformat(day)


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("until 5/12", "day_ambiguous"),
        ("until 2026-11-22", "past"),
        ("until 22 November 2025", "past"),
        ("until 22 November", "too_far"),
        ("until 2031-01-01", "too_far"),
        ("until June 2027", "not_read"),
        ("until later", "not_read"),
        ("for no days", "not_read"),
        ("for -3 days", "not_read"),
        ("until 31 February", "not_read"),
        ("until 💥", "not_read"),
    ],
)
def test_what_is_no_day_to_come_is_told_and_not_guessed(written: str, key: str) -> None:
    """A day that is past, months away, or could be two, is asked about."""
    found = read_coming_day(written, TODAY)
    assert isinstance(found, DayFault) and found.key == key


def test_nothing_written_is_no_day() -> None:
    """The bare word asks for nothing."""
    assert read_coming_day("  ", TODAY) is None
    assert read_coming_day("until", TODAY) == DayFault("not_read")


@given(
    today=st.dates(min_value=date(2020, 1, 1), max_value=date(2040, 1, 1)),
    later=st.integers(0, FARTHEST.days),
)
def test_a_day_as_the_bot_writes_it_is_read_back(today: date, later: int) -> None:
    """What the bot answers can be typed back, and means the same day."""
    day = today + timedelta(days=later)
    assert read_coming_day(f"until {long_date(day)}", today) == day
    assert read_coming_day(day.isoformat(), today) == day


@given(written=st.text(max_size=60))
def test_whatever_is_written_never_breaks(written: str) -> None:
    """Any text at all is a day within reach, nothing, or a fault that can be told."""
    found = read_coming_day(written, TODAY)
    assert found is None or isinstance(found, DayFault) or TODAY <= found <= TODAY + FARTHEST
