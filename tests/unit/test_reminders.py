"""When reminders are due: in the member's own zone, never at night, never past the date."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.reminders import (
    USUAL,
    Dated,
    Reminder,
    Reminding,
    Replan,
    awake,
    clock,
    days_left,
    due_at,
    planned,
    replanned,
    snoozed,
    sort_due,
    zone_named,
)

CHICAGO = ZoneInfo("America/Chicago")
DAY = date(2027, 3, 15)
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)

zones = st.sampled_from(sorted(available_timezones())).map(ZoneInfo)
days = st.dates(date(1990, 1, 1), date(2037, 12, 1))
instants = st.datetimes(datetime(1990, 1, 2), datetime(2037, 12, 1)).map(
    lambda moment: moment.replace(tzinfo=UTC)
)


@st.composite
def settings(draw: st.DrawFn) -> Reminding:
    """Any quiet hours, over midnight or not, and an hour of the day outside of them."""
    found = Reminding((60, 30, 14, 3), 0, draw(st.integers(0, 23)), draw(st.integers(0, 23)))
    hours = [hour for hour in range(24) if not found.is_quiet(hour)]
    return Reminding((60, 30, 14, 3), draw(st.sampled_from(hours)), *_quiet(found))


def _quiet(found: Reminding) -> tuple[int, int]:
    return found.quiet_from, found.quiet_to


def local(day: date, hour: int, minute: int = 0, zone: ZoneInfo = CHICAGO) -> datetime:
    moment = datetime(day.year, day.month, day.day, hour, minute, tzinfo=zone)
    return moment.astimezone(UTC)


def reminder(before: int, state: str = "planned", day: date = DAY, number: int = 0) -> Reminder:
    due = due_at(day, before, CHICAGO, USUAL)
    return Reminder("plan", day, before, due, state, number or before)  # type: ignore[arg-type]


@given(zones, days, st.integers(0, 90), settings())
def test_a_reminder_is_due_in_a_waking_hour(
    zone: ZoneInfo, day: date, before: int, chosen: Reminding
) -> None:
    """Wherever a member lives, and whatever the clocks do, no reminder is due at night."""
    there = due_at(day, before, zone, chosen).astimezone(zone)
    assert not chosen.is_quiet(there.hour)
    assert there.date() >= day - timedelta(days=before)


@given(zones, days, st.integers(0, 90), settings())
def test_a_reminder_is_due_at_its_hour(
    zone: ZoneInfo, day: date, before: int, chosen: Reminding
) -> None:
    """It is due at the chapter's hour on the member's clock, wherever that hour exists."""
    wanted = datetime.combine(day - timedelta(days=before), datetime.min.time(), zone)
    wanted = wanted.replace(hour=chosen.at)
    exists = wanted.astimezone(UTC).astimezone(zone).replace(tzinfo=None) == wanted.replace(
        tzinfo=None
    )
    if exists:
        there = due_at(day, before, zone, chosen).astimezone(zone)
        assert there.replace(tzinfo=None) == wanted.replace(tzinfo=None)


@given(zones, instants, settings())
def test_night_ends_with_the_first_waking_instant(
    zone: ZoneInfo, now: datetime, chosen: Reminding
) -> None:
    """What waits for the morning comes with the morning: no earlier and no later."""
    found = awake(now, zone, chosen)
    assert found >= now
    assert not chosen.is_quiet(found.astimezone(zone).hour)
    if found > now:
        assert chosen.is_quiet((found - timedelta(seconds=1)).astimezone(zone).hour)
        minutes = (found - now) // timedelta(minutes=1)
        assert all(
            chosen.is_quiet((now + timedelta(minutes=m)).astimezone(zone).hour)
            for m in range(0, minutes, 15)
        )


@pytest.mark.parametrize(
    ("zone", "day", "hour", "utc"),
    [
        ("America/Chicago", date(2027, 3, 13), 9, "2027-03-13 15:00"),
        ("America/Chicago", date(2027, 3, 14), 9, "2027-03-14 14:00"),
        ("America/Chicago", date(2027, 3, 14), 2, "2027-03-14 08:00"),
        ("America/Chicago", date(2027, 11, 7), 1, "2027-11-07 06:00"),
        ("Pacific/Apia", date(2011, 12, 30), 9, "2011-12-30 19:00"),
        ("Australia/Lord_Howe", date(2027, 10, 3), 2, "2027-10-02 15:30"),
    ],
)
def test_clock_changes_are_exact(zone: str, day: date, hour: int, utc: str) -> None:
    """An hour that is skipped, comes twice, or falls on a day that never was, is still met once."""
    never_quiet = Reminding((0,), hour, 0, 0)
    assert f"{due_at(day, 0, ZoneInfo(zone), never_quiet):%Y-%m-%d %H:%M}" == utc


def test_the_plan_of_a_date_is_in_order_and_ahead() -> None:
    """Sixty, thirty, fourteen and three days before, in that order; what is over is not owed."""
    found = planned("plan", DAY, CHICAGO, USUAL, LONG_AGO)
    assert [r.days_before for r in found] == [60, 30, 14, 3]
    since = local(DAY - timedelta(days=30), 9)
    assert [r.days_before for r in planned("plan", DAY, CHICAGO, USUAL, since)] == [14, 3]


def test_of_several_that_are_late_only_the_nearest_is_sent() -> None:
    """After a long absence there is one reminder of a date, not one for each that was missed."""
    due = [reminder(60), reminder(14), reminder(30)]
    found = sort_due(due, CHICAGO, local(DAY - timedelta(days=10), 12))
    assert [r.days_before for r in found.send] == [14]
    assert sorted(r.days_before for r in found.superseded) == [30, 60]


def test_each_date_is_reminded_of_by_itself() -> None:
    """Two dates whose reminders fall together are both told."""
    other = Reminder("anniversary", DAY, 14, reminder(14).due_at)
    found = sort_due([reminder(14), other], CHICAGO, local(DAY - timedelta(days=14), 9))
    assert {r.subject for r in found.send} == {"plan", "anniversary"}


def test_on_the_day_it_still_helps_and_after_it_never() -> None:
    """A late reminder is sent up to the end of the date on the member's calendar."""
    last = local(DAY, 23, 59)
    assert sort_due([reminder(3)], CHICAGO, last).send
    after = sort_due([reminder(3)], CHICAGO, last + timedelta(minutes=1))
    assert not after.send
    assert after.superseded


@given(zones, days, instants)
def test_days_left_are_those_of_the_member_s_calendar(
    zone: ZoneInfo, day: date, now: datetime
) -> None:
    """The number in a reminder is what a member counts on their own calendar."""
    left = days_left(day, zone, now)
    assert now.astimezone(zone).date() + timedelta(days=left) == day


@pytest.mark.parametrize(("left", "before"), [(60, 53), (8, 1), (7, 0), (6, 5), (2, 1), (1, 0)])
def test_a_snooze_is_a_week_or_a_day_and_never_past_the_date(left: int, before: int) -> None:
    """With a week or more to go it comes a week later, else tomorrow."""
    now = local(DAY - timedelta(days=left), 17)
    again = snoozed(reminder(3), CHICAGO, USUAL, now)
    assert again.days_before == before
    assert again.due_at == local(DAY - timedelta(days=before), 9)


@pytest.mark.parametrize("late", [0, 1, 30])
def test_nothing_is_snoozed_past_its_date(late: int) -> None:
    """On the date itself and after it there is no later."""
    with pytest.raises(ValueError, match="ahead"):
        snoozed(reminder(3), CHICAGO, USUAL, local(DAY + timedelta(days=late), 9))


def test_planning_again_changes_nothing() -> None:
    """What is planned already is neither planned twice nor moved."""
    kept = [reminder(60, "sent"), reminder(30), reminder(14), reminder(3)]
    now = local(DAY - timedelta(days=40), 12)
    assert replanned([Dated("plan", DAY, LONG_AGO)], kept, CHICAGO, USUAL, now) == Replan()


def test_a_date_that_moves_is_planned_anew() -> None:
    """The reminders of the old day go, and what was sent for it holds back none of the new day."""
    kept = [reminder(60, "sent"), reminder(30, "sent"), reminder(14), reminder(3)]
    now = local(DAY - timedelta(days=20), 12)
    later = DAY + timedelta(days=90)
    found = replanned([Dated("plan", later, now)], kept, CHICAGO, USUAL, now)
    assert [r.days_before for r in found.gone] == [14, 3]
    assert [(r.day, r.days_before) for r in found.add] == [(later, n) for n in (60, 30, 14, 3)]


def test_a_date_that_was_seen_to_is_left_alone() -> None:
    """After Done nothing is planned for that day again, whatever else changes."""
    kept = [reminder(60, "done")]
    now = local(DAY - timedelta(days=50), 12)
    more = Reminding((45, 30, 14, 3), 9, 20, 8)
    assert replanned([Dated("plan", DAY, LONG_AGO)], kept, CHICAGO, more, now) == Replan()


def test_another_zone_moves_what_waits() -> None:
    """Who moves to another zone is reminded at that zone's hour."""
    kept = [reminder(30), reminder(14), reminder(3)]
    now = local(DAY - timedelta(days=40), 12)
    berlin = ZoneInfo("Europe/Berlin")
    found = replanned([Dated("plan", DAY, LONG_AGO)], kept, berlin, USUAL, now)
    assert {(r.days_before, due) for r, due in found.moved} == {
        (n, local(DAY - timedelta(days=n), 9, zone=berlin)) for n in (30, 14, 3)
    }
    assert found.add == ()


def test_settings_that_change_hold_for_what_waits() -> None:
    """A chapter that reminds on other days stops the old ones and begins the new, ahead only."""
    kept = [reminder(60, "sent"), reminder(30), reminder(14), reminder(3)]
    now = local(DAY - timedelta(days=40), 12)
    fewer = Reminding((50, 7, 3), 9, 20, 8)
    found = replanned([Dated("plan", DAY, LONG_AGO)], kept, CHICAGO, fewer, now)
    assert [r.days_before for r in found.gone] == [30, 14]
    assert [r.days_before for r in found.add] == [7]


@pytest.mark.parametrize(
    ("hour", "said"), [(0, "12 AM"), (8, "8 AM"), (12, "12 PM"), (20, "8 PM"), (23, "11 PM")]
)
def test_hours_read_as_on_a_clock(hour: int, said: str) -> None:
    """The quiet hours are told as people in the US say them."""
    assert clock(hour) == said


@pytest.mark.parametrize("name", ["", "Mars/Olympus", "../etc/passwd", "America", "x" * 300])
def test_a_zone_that_means_nothing_is_none(name: str) -> None:
    """Whatever a profile holds, a name that is no zone breaks nothing."""
    assert zone_named(name) is None
    assert zone_named("America/Chicago") == CHICAGO
