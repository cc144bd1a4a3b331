"""A member's dates: only what somebody told, and nothing worked out."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.dates import OwnDates, coming_dates, dates_to_heed, known_dates
from bot.domain.program import Season
from bot.services import calendars, dates
from bot.store import plan
from tests.support.road import ADA, BEN, HERE, Road

TODAY = date(2026, 11, 23)
SPRING = Season("Spring 2027", date(2027, 3, 4), date(2027, 5, 3), date(2027, 5, 28), "x")
PAST = Season("Fall 2024", date(2024, 9, 5), date(2024, 11, 4), date(2024, 11, 30), "x")
NOTHING = Season("Fall 2027", None, None, None, "x")

DAYS = st.none() | st.dates(date(2024, 1, 1), date(2030, 12, 31))


@st.composite
def seasons(draw: st.DrawFn) -> Season:
    """Any season of a program file: some days known, in order, or none."""
    found = sorted(day for day in draw(st.tuples(DAYS, DAYS, DAYS)) if day)
    kept = iter(found)
    which = sorted(draw(st.permutations(range(3)))[: len(found)])
    apply_by, test_from, test_to = (next(kept) if at in which else None for at in range(3))
    return Season(draw(st.text(min_size=1, max_size=9)), apply_by, test_from, test_to, "x")


OWN = st.builds(OwnDates, DAYS, DAYS, st.booleans())


@given(st.lists(seasons(), max_size=5, unique_by=lambda one: one.name), OWN, st.dates())
def test_no_date_is_ever_worked_out(found: list[Season], own: OwnDates, today: date) -> None:
    """Whatever is known of other seasons, each date that is told is one that somebody gave."""
    told = {day for one in found for day in (one.apply_by, one.test_from, one.test_to) if day}
    told |= {day for day in (own.plan, own.cycle_ends) if day}
    known = known_dates(found, own)
    assert {one.day for one in known} == told
    assert all(one.day >= today for one in coming_dates(known, today))
    assert set(dates_to_heed(known, own, today)) <= set(known)
    assert len({one.subject for one in known}) == len(known)


@given(st.lists(seasons(), max_size=5), st.dates())
def test_a_season_without_days_yields_none(found: list[Season], today: date) -> None:
    """A season of which only the name is known is no date of anybody's."""
    known = known_dates([*found, NOTHING], OwnDates())
    assert known == known_dates(found, OwnDates())


def test_dates_come_in_their_order() -> None:
    """The next date stands first, whoever told it."""
    own = OwnDates(plan=date(2027, 4, 1))
    kinds = [one.kind for one in known_dates([SPRING], own)]
    assert kinds == ["apply_by", "plan", "test_from", "test_to"]


def test_a_plan_for_the_last_day_is_that_day() -> None:
    """Nobody is reminded twice of one day on which they do one thing."""
    own = OwnDates(plan=SPRING.apply_by)
    known = known_dates([SPRING], own)
    assert [one.kind for one in dates_to_heed(known, own, TODAY)][:2] == ["apply_by", "test_from"]


def test_whoever_holds_the_clm_applies_for_nothing() -> None:
    """A holder has their anniversary to heed, and no days of seasons."""
    own = OwnDates(cycle_ends=date(2028, 6, 30), holds=True)
    known = known_dates([SPRING], own)
    assert [one.kind for one in dates_to_heed(known, own, TODAY)] == ["anniversary"]


def test_an_exam_on_a_single_day_is_one_date() -> None:
    """First and last day are not told as two where they are the same."""
    day = date(2027, 5, 18)
    found = known_dates([Season("Spring 2027", None, day, day, "x")], OwnDates())
    assert [one.kind for one in coming_dates(found, TODAY)] == ["test_from"]


def test_the_dates_of_a_member_are_theirs() -> None:
    """The plan of one is no date of another, and what is past is nobody's any more."""
    road = Road(seasons=[PAST, SPRING])
    plan.keep_plan(road.db, HERE, ADA, TODAY + timedelta(days=9), road.now)
    assert [one.kind for one in road.run(dates.dates_of, ADA)][:2] == ["plan", "apply_by"]
    assert [one.kind for one in road.run(dates.dates_of, BEN)][:1] == ["apply_by"]
    road.close()


def test_what_is_shown_without_a_coming_season_is_the_newest_known() -> None:
    """Where no season comes, the newest that was found is named with its age, and no date."""
    road = Road(seasons=[PAST])
    shown = road.run(calendars.read, ADA)
    assert (shown.coming, shown.newest, shown.is_season_coming) == ((), PAST, False)
    road.close()
