"""Days as people write them, read for the ledger."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.ledger_days import DayFault, read_day
from bot.domain.program import long_date

TODAY = date(2026, 11, 23)  # a Monday
DAYS = st.dates(date(1950, 1, 1), date(2100, 1, 1))


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("3 Nov", "2026-11-03"),
        ("Nov 3rd", "2026-11-03"),
        ("on the 3rd of November", "2026-11-03"),
        ("Nov. 3", "2026-11-03"),
        ("November 3, 2026", "2026-11-03"),
        ("11/3/2026", "2026-11-03"),
        ("11/3/26", "2026-11-03"),
        ("13/3/2026", "2026-03-13"),
        ("11/23", "2026-11-23"),
        ("4/4", "2026-04-04"),
        ("2026-11-03", "2026-11-03"),
        ("3.11.2026", "2026-11-03"),
        ("3.11.", "2026-11-03"),
        ("25 December", "2025-12-25"),
        ("last March 14", "2026-03-14"),
        ("29 February", "2024-02-29"),
        ("Feb 29, 2024", "2024-02-29"),
        ("today", "2026-11-23"),
        ("this morning", "2026-11-23"),
        ("yesterday", "2026-11-22"),
        ("the day before yesterday", "2026-11-21"),
        ("two days ago", "2026-11-21"),
        ("twenty days ago", "2026-11-03"),
        ("a week ago", "2026-11-16"),
        ("two weeks ago", "2026-11-09"),
        ("Tuesday, 3 Nov", "2026-11-03"),
        ("last Friday", "2026-11-20"),
        ("on Friday", "2026-11-20"),
        ("friday afternoon", "2026-11-20"),
        ("Friday, 13 Nov", "2026-11-13"),
        ("Monday", "2026-11-23"),
        ("last Monday", "2026-11-16"),
        ("the 14th", "2026-11-14"),
        ("the 31st", "2026-10-31"),
        ("23 October 2024", "2024-10-23"),
    ],
)
def test_a_day_is_read_as_it_is_meant(written: str, day: str) -> None:
    """Words, figures in many orders and days without a year come to the day that was meant."""
    assert read_day(written, TODAY) == date.fromisoformat(day)


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("03/04", "day_ambiguous"),
        ("soon", "day_not_read"),
        ("one and a half weeks ago", "day_not_read"),
        ("tomorrow", "day_in_future"),
        ("25 months ago", "day_not_exact"),
        ("two years ago", "day_not_exact"),
        ("last week", "day_not_exact"),
        ("June 2026", "day_whole_month"),
        ("in October", "day_whole_month"),
        ("3-5 November 2026", "day_several"),
        ("Nov 3 and 4", "day_several"),
        ("Wednesday, November 3, 2026", "day_other_weekday"),
        ("12/2026", "day_not_read"),
        ("²/3", "day_not_read"),
        ("next Friday", "day_in_future"),
        ("this Friday", "day_in_future"),
        ("November 24, 2026", "day_in_future"),
        ("9999-12-31", "day_in_future"),
        ("Feb 29, 2025", "day_not_in_calendar"),
        ("31 November", "day_not_in_calendar"),
        ("31/31", "day_not_in_calendar"),
        ("0/5", "day_not_in_calendar"),
        ("0000-01-01", "day_not_in_calendar"),
        ("1850-01-01", "day_too_early"),
    ],
)
def test_what_is_no_certain_day_is_said(written: str, key: str) -> None:
    """A day that is in doubt, to come, or in no calendar is named as that and never guessed."""
    found = read_day(written, TODAY)
    assert isinstance(found, DayFault)
    assert found.key == key


def test_an_ambiguous_day_names_both_readings() -> None:
    """The member sees the two days between which the figures leave the choice."""
    found = read_day("03/04", TODAY)
    assert isinstance(found, DayFault)
    assert dict(found.values) == {"one": "March 4", "other": "April 3"}


def test_nothing_written_is_no_day() -> None:
    """An empty field is empty, and no fault of reading."""
    assert read_day("  ", TODAY) is None


def test_a_day_that_has_begun_elsewhere_is_taken() -> None:
    """Who is ahead of the chapter's zone can enter their own today."""
    tomorrow = TODAY + timedelta(days=1)
    assert read_day("2026-11-24", TODAY, tomorrow) == tomorrow
    assert isinstance(read_day("2026-11-25", TODAY, tomorrow), DayFault)


def test_tomorrow_is_never_taken() -> None:
    """Who says that a course is tomorrow has not taken it, wherever they are."""
    found = read_day("tomorrow", TODAY, TODAY + timedelta(days=1))
    assert isinstance(found, DayFault)
    assert found.key == "day_in_future"


def test_a_day_under_another_weekday_names_the_right_one() -> None:
    """Where weekday and date contradict each other, the member sees which weekday the date is."""
    found = read_day("Wednesday, November 3, 2026", TODAY)
    assert isinstance(found, DayFault)
    assert dict(found.values) == {"day": "November 3, 2026", "weekday": "Tuesday"}


@given(DAYS, st.integers(0, 4000))
def test_a_written_day_is_read_back(day: date, later: int) -> None:
    """The day as the form shows it, or as a computer writes it, is read as the same day."""
    today = day + timedelta(days=later)
    for written in (long_date(day), day.isoformat(), f"{day.day}.{day.month}.{day.year}"):
        assert read_day(written, today) == day


@given(DAYS, st.dates(date(1960, 1, 1), date(2100, 1, 1)))
def test_a_day_without_a_year_is_the_latest_one(day: date, today: date) -> None:
    """It is never in the future, and no later year would do."""
    found = read_day(f"{day.day} {day:%B}", today)
    assert isinstance(found, date)
    assert found <= today
    assert (found.month, found.day) == (day.month, day.day)
    assert (today - found).days <= (8 * 366 if (day.month, day.day) == (2, 29) else 366)


@given(st.text(max_size=40))
def test_no_text_breaks_the_reading(written: str) -> None:
    """Whatever is typed comes to a past day, to a fault in words, or to nothing."""
    found = read_day(written, TODAY)
    assert found is None or isinstance(found, DayFault) or found <= TODAY
