"""The day to apply on, and where a member stands for it: the services on a real database."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.domain.eligibility_window import months_after
from bot.domain.ledger import LedgerEntry
from bot.domain.plan import Plan, day_fault, plan_for
from bot.domain.standing import Standing
from bot.services import eligibility, plan, standing
from bot.services.plan import Compared, Refused
from tests.support.road import ADA, BEN, NOON, Road, season, sums, work_answers

TODAY = date(2026, 11, 23)
SPRING, FALL = season("Spring 2027", date(2027, 3, 12)), season("Fall 2027", date(2027, 9, 3))
EXAM_KNOWN = season("Spring 2027", date(2027, 3, 12), date(2027, 5, 16))
UNKNOWN = season("Spring 2028", None, date(2028, 5, 16))


@pytest.fixture
def road() -> Iterator[Road]:
    opened = Road()
    yield opened
    opened.close()


def course(day: date = date(2026, 10, 1), hours: Any = 2, category: str = "writing") -> LedgerEntry:
    return LedgerEntry(day, "A course", Decimal(str(hours)), "live", category)


def stands(road: Road) -> Standing:
    return road.run(standing.read, ADA)


def counted(found: Standing) -> Decimal:
    assert found.gap is not None
    return found.gap.total.counted


@pytest.mark.parametrize(
    ("chosen", "seasons", "expected"),
    [
        (None, (), Plan(TODAY)),
        (None, (UNKNOWN,), Plan(TODAY)),
        (None, (FALL, SPRING), Plan(date(2027, 3, 12), "Spring 2027")),
        (None, (season("Fall 2024", date(2024, 9, 5)),), Plan(TODAY)),
        (None, (season("Now", TODAY),), Plan(TODAY, "Now")),
        (date(2027, 9, 3), (SPRING, FALL), Plan(date(2027, 9, 3), "Fall 2027", is_own=True)),
        (date(2027, 1, 1), (SPRING,), Plan(date(2027, 1, 1), is_own=True)),
        (TODAY, (SPRING,), Plan(TODAY, is_own=True)),
        (
            date(2027, 3, 13),
            (SPRING,),
            Plan(date(2027, 3, 13), is_own=True, too_late_for=SPRING),
        ),
        (date(2027, 3, 13), (SPRING, FALL), Plan(date(2027, 3, 13), is_own=True)),
        (
            date(2027, 5, 16),
            (EXAM_KNOWN, FALL),
            Plan(date(2027, 5, 16), is_own=True, too_late_for=EXAM_KNOWN),
        ),
        (date(2027, 5, 17), (EXAM_KNOWN,), Plan(date(2027, 5, 17), is_own=True)),
        (date(2026, 1, 1), (), Plan(TODAY, passed=date(2026, 1, 1))),
        (
            date(2026, 1, 1),
            (SPRING,),
            Plan(date(2027, 3, 12), "Spring 2027", passed=date(2026, 1, 1)),
        ),
    ],
)
def test_the_plan_is_ones_own_or_the_next_known_season_or_today(
    chosen: date | None, seasons: tuple[Any, ...], expected: Plan
) -> None:
    """An own day that is not over comes first, then a known last day, and never a guessed one."""
    assert plan_for(chosen, seasons, TODAY) == expected


@pytest.mark.parametrize(
    ("day", "fault"),
    [
        (None, "missing"),
        (TODAY - timedelta(days=1), "passed"),
        (TODAY, None),
        (months_after(TODAY, 120), None),
        (months_after(TODAY, 120) + timedelta(days=1), "far"),
        (date.max, "far"),
    ],
)
def test_a_day_that_will_not_do_is_refused_with_its_reason(
    day: date | None, fault: str | None
) -> None:
    """An empty field, a day that is over and a slip in the year each have their own sentence."""
    assert day_fault(day, TODAY) == fault


def test_a_chosen_day_is_kept_and_home_is_drawn_anew(road: Road) -> None:
    """The standing is measured for the chosen day from then on, and Home shows it once."""
    road.records(course())
    for _ in range(2):
        found = road.run(plan.choose, ADA, date(2027, 6, 1))
        assert isinstance(found, Standing)
        assert found.plan == Plan(date(2027, 6, 1), is_own=True)
    assert stands(road).plan == Plan(date(2027, 6, 1), is_own=True)
    assert road.told("home") == [ADA]


def test_a_refused_day_changes_nothing(road: Road) -> None:
    """A day that is over leaves the plan as it was."""
    road.run(plan.choose, ADA, date(2027, 6, 1))
    assert road.run(plan.choose, ADA, date(2026, 6, 1)) == Refused("passed")
    found = stands(road).plan
    assert found is not None and found.apply_on == date(2027, 6, 1)


def test_a_plan_is_each_members_own(road: Road) -> None:
    """One member's day is not another's."""
    road.run(plan.choose, ADA, date(2027, 6, 1))
    assert road.run(standing.read, BEN).plan == Plan(TODAY)


def test_a_what_if_keeps_nothing(road: Road) -> None:
    """Looking at another day and role changes neither plan nor Home nor the role told."""
    road.tells({**work_answers(), **sums()})
    shown = road.run(plan.compare, ADA, date(2028, 6, 1), "functional_specialist")
    assert isinstance(shown, Compared)
    assert shown.role == "functional_specialist"
    assert shown.found.other.categories[-1].category == "specialist_extra"
    assert shown.found.own.verdict.overall == "appears_to_meet"
    assert shown.found.other.verdict.overall == "not_yet"
    assert road.told("home") == []
    assert stands(road).plan == Plan(TODAY)


def test_a_what_if_with_todays_data_is_todays_standing(road: Road) -> None:
    """One's own day and role, asked as a what-if, show what the status shows."""
    road.tells({**work_answers(), **sums()})
    road.records(course())
    shown = road.run(plan.compare, ADA)
    assert isinstance(shown, Compared)
    assert shown.found.own == shown.found.other == stands(road).gap
    assert not shown.is_other_day


def test_a_role_that_does_not_exist_is_ones_own(road: Road) -> None:
    """A forged role in a window changes nothing."""
    road.tells(work_answers())
    shown = road.run(plan.compare, ADA, None, "astronaut")
    assert isinstance(shown, Compared)
    assert shown.role is None


def test_whoever_told_nothing_has_nothing_to_measure(road: Road) -> None:
    """Without a check and without a course there is no gap, so nobody reads zeros as a verdict."""
    assert stands(road).gap is None


def test_courses_alone_show_the_hours_but_no_verdict(road: Road) -> None:
    """A member who has a ledger and never did the check sees their hours, and no verdict."""
    road.records(course())
    found = stands(road)
    assert found.verdict is None
    assert counted(found) == 2
    assert found.next_step == "check"


def test_sums_and_courses_both_count_until_the_sums_are_taken_out(road: Road) -> None:
    """Taking the sums out leaves the courses and every other answer, and the day it was told."""
    road.tells({**work_answers(), **sums()})
    road.records(course())
    before = stands(road)
    assert counted(before) == 12
    assert [told.category for told in before.sums][:2] == ["writing", "communication"]
    road.now += timedelta(days=30)
    for _ in range(2):
        after = road.run(eligibility.drop_sums, ADA)
    assert counted(after) == 2
    assert after.sums == ()
    assert after.told_at == before.told_at
    assert road.told("home") == [ADA]
    assert after.verdict is not None
    states = {rule.id: rule.state for rule in after.verdict.rules}
    assert states["experience"] == "met"
    assert states["education_total"] == "not_met"


def test_taking_out_sums_that_nobody_told_does_nothing(road: Road) -> None:
    """An old button pressed by somebody without a check is harmless."""
    assert road.run(eligibility.drop_sums, ADA).verdict is None
    assert road.told("home") == []


ZONES = ["Pacific/Kiritimati", "America/Chicago", "UTC", "Pacific/Pago_Pago", "Asia/Kathmandu"]
moments = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC))


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(moments, st.sampled_from(ZONES))
def test_the_window_is_exact_to_the_day_in_any_time_zone(moment: datetime, zone: str) -> None:
    """The first and the last day of the window are those of the member's own calendar."""
    road = Road(moment)
    try:
        road.lives_in(zone)
        day = road.run(standing.today, ADA)
        assert abs(day - moment.date()) <= timedelta(days=1)
        window = road.bank.content.rule_set.numbers.window_months
        first = months_after(day, -window)
        road.records(course(first), course(day, 1))
        assert counted(stands(road)) == 3
        road.records(course(first - timedelta(days=1)), course(day + timedelta(days=1)))
        assert counted(stands(road)) == 3
    finally:
        road.close()


def test_two_members_at_one_moment_have_their_own_dates(road: Road) -> None:
    """On both sides of midnight the same course is in one member's window and not in another's."""
    road.now = datetime(2026, 11, 24, 10, 30, tzinfo=UTC)
    road.lives_in("Pacific/Kiritimati")
    road.lives_in("Pacific/Pago_Pago", BEN)
    old = course(date(2024, 11, 24))
    road.records(old)
    road.records(old, member=BEN)
    there = [road.run(standing.read, member) for member in (ADA, BEN)]
    assert [found.today.day for found in there] == [25, 23]
    assert [counted(found) for found in there] == [0, 2]


def test_sums_count_from_the_members_own_day(road: Road) -> None:
    """A check finished shortly before one's midnight counts at once, wherever one lives."""
    for zone in ZONES:
        road.lives_in(zone)
        road.tells({**work_answers(), **sums()})
        assert counted(stands(road)) == 10


def test_a_zone_that_means_nothing_gives_way_to_the_chapters(road: Road) -> None:
    """A garbled profile does not stop the bot: the chapter's date holds."""
    for zone in ("Mars/Olympus", "", "../../etc/passwd"):
        road.lives_in(zone)
        assert road.run(standing.today, ADA) == road.run(standing.today) == NOON.date()
