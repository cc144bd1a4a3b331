"""Reminders over weeks: each sent once, whatever the clock, the dates and the bot's own days do."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.domain.identity import MemberRef
from bot.services import plan, reminders
from bot.services.reminders_telling import Quiet, Telling
from tests.support.reminders import (
    DAY,
    FALL,
    OFFSETS,
    ZONE,
    at,
    befores,
    daily,
    knows,
    road_of,
    sent,
    ticks,
    told,
)
from tests.support.road import ADA, BEN, HERE, Road, season


@pytest.fixture
def road() -> Iterator[Road]:
    with road_of(at(80), season(FALL, DAY)) as made:
        yield made


def test_each_comes_once_on_its_day(road: Road) -> None:
    """Sixty, thirty, fourteen and three days before, at nine, and nothing else."""
    for before in range(80, -5, -1):
        for hour in (0, 8, 9, 10, 19, 23):
            ticks(road, at(before, hour))
    assert befores(road) == OFFSETS


def test_a_fault_with_one_member_keeps_nothing_from_the_others(road: Road) -> None:
    """Dates of Ada's that cannot be read stop her reminders alone, and those only until then."""
    road.run(plan.choose, ADA, DAY + timedelta(days=20))
    road.run(reminders.turn_on, BEN, ZONE.key)
    road.db.execute("UPDATE plans SET apply_on = 'no day'")
    road.now = at(60)
    assert [one.error for one in road.run(reminders.plan_all)] == ["ValueError"]
    assert [one.member for one in road.run(reminders.send_due)] == [ADA]
    assert [before for _, before in sent(road, BEN)] == [60]
    assert befores(road) == []
    # It is not tried in every round, and comes late once the fault is gone.
    due = road.run(reminders.next_due)
    assert due is not None and due >= at(60, 10)
    road.db.execute("UPDATE plans SET apply_on = ?", [(DAY + timedelta(days=20)).isoformat()])
    ticks(road, at(60, 10))
    assert befores(road) == [60]


def test_many_with_a_fault_stand_in_nobodys_way(road: Road) -> None:
    """More of them than are looked at in a round do not keep Ada's reminder back."""
    for number in range(reminders.BATCH + 1):
        other = MemberRef(f"{HERE}:U{number}")
        road.run(plan.choose, other, DAY + timedelta(days=20))
        road.run(reminders.turn_on, other, "Europe/Stockholm")
    road.db.execute("UPDATE plans SET apply_on = 'no day'")
    for _ in range(2):
        ticks(road, at(60))
    assert befores(road) == [60]


def test_nothing_comes_before_its_hour(road: Road) -> None:
    """A minute too early nothing is sent."""
    ticks(road, at(60, 8, 59))
    assert befores(road) == []
    ticks(road, at(60, 9))
    assert befores(road) == [60]


def test_who_did_not_ask_gets_nothing() -> None:
    """Without having asked for them nobody gets reminders."""
    made = Road(at(80), [season(FALL, DAY)])
    made.run(reminders.plan_all)
    daily(made, 80, 0)
    assert made.told("reminder") == []
    made.close()


def test_what_was_missed_is_sent_late_and_once(road: Road) -> None:
    """A bot that was down over two reminders sends the nearer one, with the days that are left."""
    ticks(road, at(12, 15))
    assert befores(road) == [14]
    late = told(road)
    assert isinstance(late, Telling)
    assert late.left == 12
    daily(road, 12, 0)
    assert befores(road) == [14, 3]


def test_after_the_date_nothing_is_sent(road: Road) -> None:
    """A bot that comes back after the date says nothing of it."""
    daily(road, -1, -10)
    assert befores(road) == []


def test_at_night_it_waits_for_the_morning(road: Road) -> None:
    """What is due when the bot comes back at night is sent when the quiet hours end."""
    ticks(road, at(58, 22))
    ticks(road, at(57, 3))
    assert befores(road) == []
    assert road.run(reminders.next_due) == at(57, 8)
    ticks(road, at(57, 8))
    assert befores(road) == [60]


def test_a_delivery_held_up_into_the_night_waits(road: Road) -> None:
    """Queued in the evening and deliverable only at night, it waits for eight o'clock."""
    ticks(road, at(60, 19, 30))
    assert isinstance(told(road), Telling)
    road.now = at(60, 20)
    assert told(road) == Quiet(12 * 3600.0)
    road.now = at(59, 8)
    held = told(road)
    assert isinstance(held, Telling)
    assert held.left == 59


def test_a_delivery_that_comes_too_late_is_dropped(road: Road) -> None:
    """Deliverable only after the date, or once reminders are off, it is not sent at all."""
    ticks(road, at(3))
    road.now = at(-1)
    assert told(road) is None
    road.now = at(3, 10)
    road.run(reminders.turn_off, ADA)
    assert told(road) is None


def test_two_ticks_at_once_send_one(road: Road) -> None:
    """The same moment looked at twice sends nothing twice."""
    road.now = at(60)
    road.run(reminders.send_due)
    road.run(reminders.send_due)
    assert befores(road) == [60]


def test_a_clock_that_jumps_sends_nothing_twice(road: Road) -> None:
    """Set back, set forward and planned anew in between, each is sent once."""
    for before in (60, 75, 60, 59, 30, 61, 60, 30, 14, 40, 14, 3, 80, 3):
        ticks(road, at(before))
        road.run(reminders.plan_all)
    assert befores(road) == OFFSETS


def test_a_date_that_moves_begins_anew(road: Road) -> None:
    """When the chair moves a date, the old reminders go and the new day gets all of its own."""
    daily(road, 80, 30)
    later = DAY + timedelta(days=100)
    knows(road, season(FALL, later))
    daily(road, 29, -100)
    assert sent(road) == [(DAY, 60), (DAY, 30), *((later, before) for before in OFFSETS)]


def test_a_date_that_is_withdrawn_is_forgotten_at_once(road: Road) -> None:
    """A reminder that was planned for a day that no longer holds is never sent."""
    knows(road)
    daily(road, 61, 0)
    assert befores(road) == []


def test_a_date_that_moves_before_delivery_is_not_told(road: Road) -> None:
    """What is under way when its date changes is dropped, not told with the old day."""
    ticks(road, at(60))
    knows(road, season(FALL, DAY + timedelta(days=5)))
    assert told(road) is None


def test_a_date_that_is_new_and_near_is_told_at_once(road: Road) -> None:
    """A date that is announced twenty days ahead is told of once, and then at its next days."""
    spring, near = "Spring 2027", DAY - timedelta(days=20)
    road.now = at(40)
    knows(road, season(spring, near), season(FALL, DAY))
    road.run(reminders.plan_all)
    ticks(road, at(40))
    assert sent(road)[-1] == (near, 30)


def test_who_asks_late_is_not_flooded() -> None:
    """Twenty days before, the past days are over: the next reminder is that of fourteen days."""
    with road_of(at(20), season(FALL, DAY)) as made:
        daily(made, 20, 0)
        assert befores(made) == [14, 3]


def test_a_plan_of_one_s_own_is_reminded_of_ahead_only(road: Road) -> None:
    """Who chooses a day near ahead knows it: the first reminder is the next one due."""
    mine = at(20, day=DAY).astimezone(ZONE).date()
    road.now = at(45)
    road.run(plan.choose, ADA, mine)
    road.run(reminders.plan_all)
    daily(road, 45, 21)
    assert [found for found in sent(road) if found[0] == mine] == [(mine, 14), (mine, 3)]


zones = st.sampled_from(
    "America/Chicago America/Los_Angeles America/St_Johns Europe/London Australia/Lord_Howe "
    "Pacific/Apia Asia/Kathmandu Africa/Casablanca America/Sao_Paulo Asia/Tehran UTC".split()
).map(ZoneInfo)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    zone=zones,
    day=st.dates(date(2027, 3, 1), date(2028, 12, 31)),
    hours=st.lists(st.integers(-30, 200), min_size=5, max_size=60),
)
def test_whatever_the_clock_does_each_comes_once_and_never_at_night(
    zone: ZoneInfo, day: date, hours: list[int]
) -> None:
    """Looked at in leaps, forward and back, no reminder comes twice, at night or past its date."""
    start = datetime(day.year, day.month, day.day, tzinfo=zone).astimezone(UTC)
    with road_of(start - timedelta(days=70), season(FALL, day), zone=zone.key) as made:
        for step in hours:
            before = befores(made)
            ticks(made, made.now + timedelta(hours=step))
            if befores(made) != before:
                there = made.now.astimezone(zone)
                assert 8 <= there.hour < 20
                assert there.date() <= day
        assert len(befores(made)) == len(set(befores(made)))


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(zone=zones, day=st.dates(date(2027, 3, 1), date(2028, 12, 31)), minute=st.integers(0, 59))
def test_looked_at_each_hour_every_one_comes_on_its_day(
    zone: ZoneInfo, day: date, minute: int
) -> None:
    """In any zone, over any change of the clocks, each comes once, on its own day, after nine."""
    start = datetime(day.year, day.month, day.day, tzinfo=zone).astimezone(UTC)
    now = start - timedelta(days=64) + timedelta(minutes=minute)
    came: dict[int, datetime] = {}
    with road_of(now, season(FALL, day), zone=zone.key) as made:
        while made.now < start + timedelta(days=2):
            ticks(made, made.now + timedelta(hours=1))
            for before in befores(made):
                came.setdefault(before, made.now.astimezone(zone))
        assert befores(made) == OFFSETS
    for before, there in came.items():
        assert there.date() == day - timedelta(days=before)
        assert there.hour in (9, 10)
