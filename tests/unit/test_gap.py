"""What is missing for an application on a day, from whatever a member told."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.eligibility import Profile, check
from bot.domain.eligibility_answers import profile_from
from bot.domain.eligibility_hours import education_of
from bot.domain.eligibility_profile import KINDS, SPECIALIST, CourseHours
from bot.domain.eligibility_window import months_after
from bot.domain.gap import Gap, gap_on, told_sums, what_if, with_ledger
from bot.domain.ledger import LedgerEntry
from tests.support.eligibility import CATEGORIES, TODAY, rule_set, shipped

APPLY_ON = date(2027, 3, 1)
ALL = [*CATEGORIES, "specialist_extra"]
MANAGER = "principal_administrator"


def entry(hours: Any, category: str | None = "writing", **more: Any) -> LedgerEntry:
    """A live course in the window, unless told otherwise."""
    known = {"day": date(2026, 10, 1), "title": "A course", "kind": "live", **more}
    return LedgerEntry(amount=Decimal(str(hours)), category=category, **known)


def measured(*entries: LedgerEntry, role: str = MANAGER, on: date = APPLY_ON) -> Gap:
    """The gap of a member of whom nothing but courses is known."""
    return gap_on(with_ledger(Profile(role=role), entries, rule_set()), rule_set(), on)


def missing(gap: Gap) -> dict[str, Decimal]:
    return {row.category: row.missing for row in gap.categories if row.missing}


days = st.dates(date(2024, 12, 1), date(2027, 4, 1))
courses = st.builds(
    LedgerEntry,
    day=days,
    title=st.sampled_from(["", "May conference", "=1+1", "Ω"]),
    amount=st.integers(0, 16).map(lambda quarters: Decimal(quarters) / 4),
    kind=st.sampled_from(KINDS),
    category=st.sampled_from([*ALL, None]),
)
answered = st.one_of(st.none(), st.integers(0, 6).map(str))
sums_told = st.fixed_dictionaries(
    {f"hours_{category}": answered for category in CATEGORIES}
    | {"hours_specialist_extra": answered, "self_study": st.none(), "self_study_extra": answered}
)
roles = st.sampled_from([SPECIALIST, MANAGER])


def profiles(role: str, told: dict[str, str | None], entries: list[LedgerEntry]) -> Profile:
    """Sums of the check and courses of the ledger, as one."""
    rules, dialog = shipped()
    asked = profile_from({"role": role, **told}, dialog, date(2026, 6, 1))
    return with_ledger(asked, entries, rules)


@settings(deadline=None)
@given(roles, sums_told, st.lists(courses, max_size=12), courses, days)
def test_an_hour_more_never_makes_the_gap_larger(
    role: str,
    told: dict[str, str | None],
    entries: list[LedgerEntry],
    more: LedgerEntry,
    on: date,
) -> None:
    """Whoever enters a course more never has more hours to earn than before, on any day."""
    before = gap_on(profiles(role, told, entries), rule_set(), on)
    after = gap_on(profiles(role, told, [*entries, more]), rule_set(), on)
    assert after.missing <= before.missing
    assert after.total.missing <= before.total.missing
    assert after.total.counted >= before.total.counted


@settings(deadline=None)
@given(roles, sums_told, st.lists(courses, max_size=12), courses, days)
def test_a_course_without_a_limit_makes_no_single_gap_larger(
    role: str,
    told: dict[str, str | None],
    entries: list[LedgerEntry],
    more: LedgerEntry,
    on: date,
) -> None:
    """A course that no limit holds back leaves no category with more missing than before."""
    more = replace(more, kind="live")
    before = gap_on(profiles(role, told, entries), rule_set(), on)
    after = gap_on(profiles(role, told, [*entries, more]), rule_set(), on)
    for row, then in zip(before.categories, after.categories, strict=True):
        assert then.missing <= row.missing


@settings(deadline=None)
@given(roles, sums_told, st.lists(courses, max_size=12), courses, days)
def test_self_study_makes_no_single_gap_larger_while_the_limit_has_room(
    role: str,
    told: dict[str, str | None],
    entries: list[LedgerEntry],
    more: LedgerEntry,
    on: date,
) -> None:
    """Self-study takes from another category only where the limit is used up, and never in sum."""
    more = replace(more, kind="self_study")
    wider = rule_set(self_study_cap=Decimal(1000), extra_self_study_cap=Decimal(1000))
    before = gap_on(profiles(role, told, entries), wider, on)
    after = gap_on(profiles(role, told, [*entries, more]), wider, on)
    for row, then in zip(before.categories, after.categories, strict=True):
        assert then.missing <= row.missing


@settings(deadline=None)
@given(roles, st.lists(courses, max_size=15), days)
def test_no_more_self_study_counts_than_the_limits_allow(
    role: str, entries: list[LedgerEntry], on: date
) -> None:
    """However much self-study the ledger holds, the counted hours grow by the limits at most."""
    rules = rule_set()
    all_of_it = gap_on(profiles(role, {}, entries), rules, on)
    without = [one for one in entries if one.kind != "self_study"]
    live = gap_on(profiles(role, {}, without), rules, on)
    assert all_of_it.total.counted - live.total.counted <= rules.numbers.self_study_cap
    extra = [g.categories[-1].counted for g in (all_of_it, live)]
    if role == SPECIALIST:
        assert extra[0] - extra[1] <= rules.numbers.extra_self_study_cap


@settings(deadline=None)
@given(
    roles,
    sums_told,
    st.lists(courses, max_size=10).flatmap(
        lambda found: st.tuples(st.just(found), st.permutations(found))
    ),
    days,
)
def test_the_order_of_the_ledger_plays_no_part(
    role: str,
    told: dict[str, str | None],
    orders: tuple[list[LedgerEntry], list[LedgerEntry]],
    on: date,
) -> None:
    """The same courses entered in another order give the same picture to the last word."""
    one, other = (gap_on(profiles(role, told, found), rule_set(), on) for found in orders)
    assert one == other


@settings(deadline=None)
@given(days, st.integers(-3, 3))
def test_the_window_is_exact_to_the_day(on: date, off: int) -> None:
    """A course of the first day of the window counts, one of the day before does not."""
    first = months_after(on, -rule_set().numbers.window_months)
    found = measured(entry(2, day=first + timedelta(days=off)), on=on)
    assert found.total.counted == (2 if off >= 0 else 0)


@settings(deadline=None)
@given(st.lists(courses, max_size=10), days)
def test_hours_that_leave_count_until_the_day_before(entries: list[LedgerEntry], on: date) -> None:
    """What is said to leave on a day counts on the day before and no longer on it."""
    entries = [replace(one, kind="live", title=str(at)) for at, one in enumerate(entries)]
    for leaving in measured(*entries, on=on, role=SPECIALIST).leaving:
        course = entries[int(leaving.title)]
        last = measured(course, on=leaving.leaves_on - timedelta(days=1), role=SPECIALIST)
        gone = measured(course, on=leaving.leaves_on, role=SPECIALIST)
        counted = [sum(row.counted for row in found.categories) for found in (last, gone)]
        assert counted == [leaving.hours, 0]


@settings(deadline=None)
@given(roles, sums_told, st.lists(courses, max_size=10), days)
def test_a_what_if_with_nothing_changed_shows_the_same_twice(
    role: str, told: dict[str, str | None], entries: list[LedgerEntry], on: date
) -> None:
    """One's own day and role beside themselves differ in nothing."""
    profile = profiles(role, told, entries)
    found = what_if(profile, rule_set(), on, on, since=TODAY)
    assert found.own == found.other == gap_on(profile, rule_set(), on, TODAY)


@settings(deadline=None)
@given(roles, sums_told, st.lists(courses, max_size=10), days)
def test_the_verdict_is_the_one_of_the_check(
    role: str, told: dict[str, str | None], entries: list[LedgerEntry], on: date
) -> None:
    """The gap's verdict is the check's, and both miss the same hours once all is told."""
    profile = replace(profiles(role, told, entries), apply_on=on)
    gap = gap_on(profile, rule_set(), on)
    assert gap.verdict == check(profile, rule_set(), TODAY)
    if education_of(profile, rule_set(), on).told_all:
        assert gap.is_told
        assert missing(gap) == gap.verdict.gaps


def test_what_is_missing_is_said_by_category() -> None:
    """Each category names its hours, and what is missing with its name in words."""
    gap = measured(entry(2), entry("1.5", "technology"))
    assert gap.missing == Decimal("6.5")
    assert gap.missing_words[-2:] == (
        "0.5 hours in information technology",
        "2 hours in organizational development",
    )
    assert [row.state for row in gap.categories] == ["met", *["missing"] * 4]
    assert gap.total.counted == Decimal("3.5")


def test_a_total_beyond_the_categories_is_asked_for_anywhere() -> None:
    """Where the total asks for more than the categories do, the rest may be earned in any."""
    rules = rule_set(total_hours=Decimal(12))
    full = [entry(2, category) for category in CATEGORIES]
    gap = gap_on(with_ledger(Profile(), full, rules), rules, APPLY_ON)
    assert missing(gap) == {}
    assert gap.anywhere == gap.missing == 2
    assert gap.missing_words == ("2 hours",)


def test_only_specialists_have_extra_hours() -> None:
    """The extra hours are a row of a specialist's and of nobody else's."""
    extra = entry(4, "specialist_extra")
    assert [row.category for row in measured(extra).categories] == CATEGORIES
    special = measured(extra, role=SPECIALIST).categories[-1]
    assert special.category == "specialist_extra"
    assert special.counted == 4
    assert special.missing == 11


def test_a_share_is_full_only_when_nothing_lacks() -> None:
    """A bar never looks full while something is missing, nor beyond full."""
    rows = measured(entry("1.9"), entry(7, "communication")).categories
    assert rows[0].share == pytest.approx(0.95)
    assert rows[1].share == 1.0
    assert rows[2].share == 0.0


def test_what_goes_soon_is_named_with_course_and_day() -> None:
    """Hours that stop counting soon after the day are named, the first to go first."""
    old = entry(3, title="May conference", day=date(2025, 3, 20))
    older = entry(1, "technology", title="", day=date(2025, 3, 5))
    found = measured(old, older, entry(2)).leaving
    assert [(one.title, one.hours, one.leaves_on) for one in found] == [
        ("", Decimal(1), date(2027, 3, 6)),
        ("May conference", Decimal(3), date(2027, 3, 21)),
    ]


def test_waiting_names_the_hours_that_it_costs() -> None:
    """Between today and the day of the application some hours may become too old."""
    old = entry(3, title="May conference", day=date(2025, 1, 10))
    profile = with_ledger(Profile(), [old, entry(2)], rule_set())
    gap = gap_on(profile, rule_set(), APPLY_ON, TODAY)
    assert [(one.title, one.leaves_on) for one in gap.lost] == [
        ("May conference", date(2027, 1, 11))
    ]
    assert gap.categories[0].counted == 2


def test_sums_and_courses_both_count_and_are_told_apart() -> None:
    """Sums of the check stand beside the courses of the ledger, each category one sum."""
    told: dict[str, str | None] = {"hours_writing": "2", "hours_technology": "0", "self_study": "1"}
    profile = profiles(MANAGER, told, [entry(1)])
    (found,) = told_sums(profile, rule_set(), APPLY_ON)
    assert (found.category, found.hours, found.counts) == ("writing", Decimal(2), True)
    assert gap_on(profile, rule_set(), APPLY_ON).categories[0].counted == 3


def test_a_sum_stops_counting_when_the_window_has_left_its_day() -> None:
    """For an application more than the window after they were told, sums count no longer."""
    profile = profiles(MANAGER, {"hours_writing": "2", "self_study": "0"}, [])
    last = months_after(date(2026, 6, 1), rule_set().numbers.window_months)
    for on, counts in ((last, True), (last + timedelta(days=1), False)):
        (found,) = told_sums(profile, rule_set(), on)
        assert found.counts == counts
        assert gap_on(profile, rule_set(), on).categories[0].counted == (2 if counts else 0)


def test_open_sums_are_not_waited_for_once_there_is_a_course() -> None:
    """Whoever left the hours open in the check and enters courses has the ledger as the record."""
    open_sums: dict[str, str | None] = {f"hours_{category}": None for category in CATEGORIES}
    before = gap_on(profiles(MANAGER, open_sums, []), rule_set(), APPLY_ON)
    assert {row.state for row in before.categories} == {"not_told"}
    after = gap_on(profiles(MANAGER, open_sums, [entry(1)]), rule_set(), APPLY_ON)
    assert {row.state for row in after.categories} == {"missing"}
    assert after.is_told


def test_what_the_rules_no_longer_know_is_passed_over() -> None:
    """An entry of a category or kind that a rule set has lost breaks nothing and counts nothing."""
    known = Profile(hours=(CourseHours(date(2026, 10, 1), Decimal(2), "writing", "live"),))
    odd = [entry(5, "astrology"), entry(5, kind="hologram"), entry(5, None)]
    assert with_ledger(known, odd, rule_set()) == known
    assert measured(*odd).total.counted == 0
