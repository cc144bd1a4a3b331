"""Working days of the desk: weekends, the clocks' changes, time zones, the ends of months."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.working_days import OFFICE, WorkingHours, after, at_work, opening_after, within

CHICAGO = ZoneInfo("America/Chicago")
ZONES = [
    ZoneInfo(name)
    for name in (
        *("America/Chicago", "Europe/Berlin", "Asia/Kolkata", "Pacific/Apia"),
        *("Australia/Lord_Howe", "America/Sao_Paulo", "UTC"),
    )
]

instants = st.datetimes(
    min_value=datetime(2010, 1, 1), max_value=datetime(2035, 1, 1), timezones=st.just(UTC)
)
zones = st.sampled_from(ZONES)
office_hours = st.builds(
    lambda days, first, length: WorkingHours(days, first, min(24, first + length)),
    st.frozensets(st.integers(0, 6), min_size=1),
    st.integers(0, 23),
    st.integers(1, 24),
)


def chicago(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=CHICAGO).astimezone(UTC)


@pytest.mark.parametrize(
    ("start", "days", "end"),
    [
        pytest.param("2026-11-23T10:15", 1, "2026-11-24T10:15", id="Monday to Tuesday"),
        pytest.param("2026-11-27T16:00", 1, "2026-11-30T16:00", id="over the weekend"),
        pytest.param("2026-11-27T20:00", 1, "2026-12-01T09:00", id="Friday evening"),
        pytest.param("2026-11-28T12:00", 2, "2026-12-02T09:00", id="Saturday"),
        pytest.param("2026-11-23T06:00", 1, "2026-11-24T09:00", id="before work begins"),
        pytest.param("2026-11-23T17:00", 1, "2026-11-25T09:00", id="as work ends"),
        pytest.param("2026-10-30T10:00", 1, "2026-11-02T10:00", id="the clocks go back"),
        pytest.param("2026-03-06T10:00", 1, "2026-03-09T10:00", id="the clocks go forward"),
        pytest.param("2026-12-30T10:00", 3, "2027-01-04T10:00", id="over the year's end"),
        pytest.param("2026-11-02T10:00", 15, "2026-11-23T10:00", id="three weeks"),
    ],
)
def test_working_days_pass_on_the_desks_own_calendar(start: str, days: int, end: str) -> None:
    """A reminder comes at the same time of day so many working days later, never on a weekend."""
    assert after(chicago(start), days, OFFICE, CHICAGO) == chicago(end)


@given(start=instants, days=st.integers(0, 40), zone=zones, hours=office_hours)
def test_whatever_is_due_lies_in_working_hours_and_never_before_it_began(
    start: datetime, days: int, zone: ZoneInfo, hours: WorkingHours
) -> None:
    """Nobody of the desk is rung at night, whatever the zone, the clocks and the hours are."""
    due = after(start, days, hours, zone)
    assert hours.includes(due, zone)
    assert due >= start
    assert due <= after(start, days + 1, hours, zone)


@given(start=instants, zone=zones, hours=office_hours)
def test_work_is_waited_for_no_longer_than_it_must(
    start: datetime, zone: ZoneInfo, hours: WorkingHours
) -> None:
    """Out of hours something waits for the first hour of work, and in hours not at all."""
    begun = at_work(start, hours, zone)
    assert hours.includes(begun, zone)
    assert begun == start or not any(
        hours.includes(start + timedelta(minutes=30 * half), zone)
        for half in range(int((begun - start) / timedelta(minutes=30)))
        if start + timedelta(minutes=30 * half) < begun
    )


@given(start=instants, minutes=st.integers(0, 60 * 24 * 120), zone=zones, hours=office_hours)
def test_the_days_an_answer_took_are_the_fewest_it_fits_in(
    start: datetime, minutes: int, zone: ZoneInfo, hours: WorkingHours
) -> None:
    """ "Within two working days" is said of an answer that one working day was too short for."""
    end = start + timedelta(minutes=minutes)
    days = within(start, end, hours, zone)
    assert days >= 1
    assert end <= after(start, days, hours, zone)
    assert days == 1 or end > after(start, days - 1, hours, zone)


def test_an_answer_long_after_is_counted_without_a_step_for_each_day() -> None:
    """An answer after years is still counted, at once."""
    assert within(chicago("2016-11-21T10:00"), chicago("2026-11-23T10:00"), OFFICE, CHICAGO) == 2610


@given(start=instants, zone=zones, hours=office_hours)
def test_work_after_an_absence_begins_on_a_later_day(
    start: datetime, zone: ZoneInfo, hours: WorkingHours
) -> None:
    """Who is away until a day is waited for from the next working morning on."""
    day = start.astimezone(zone).date()
    opening = opening_after(day, hours, zone)
    assert hours.includes(opening, zone) and opening.astimezone(zone).date() > day
