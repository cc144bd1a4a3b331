"""Which education hours count, what is missing, and what expires soon."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.eligibility import Profile, Verdict, check
from bot.domain.eligibility_hours import education_of
from bot.domain.eligibility_profile import CATEGORIES, KINDS, SPECIALIST, CourseHours
from tests.support import eligibility as support
from tests.support.eligibility import CATEGORIES as BASE
from tests.support.eligibility import ENOUGH, MEETS, course, rule_set, states, verdict

APPLY_ON = date(2027, 3, 1)


def counted(*hours: dict[str, Any]) -> Decimal:
    """How many hours of writing count, by what the gap to a large minimum leaves."""
    rules = rule_set(hours_per_category=Decimal(1000))
    told = support.profile({"hours": list(hours), "apply_on": "2027-03-01"})
    return 1000 - check(told, rules, support.TODAY).gaps["writing"]


@pytest.mark.parametrize(
    ("entry", "hours"),
    [
        (course(1), 1),
        (course(0.99), 0),
        (course(0), 0),
        (course(1.5), 1.5),
        (course(1, kind="webinar"), 1),
        (course(3, kind="self_study"), 3),
        (course(0.5, kind="self_study"), 0),
        (course(5, kind="self_study"), 4),
        (course(9, kind="recording"), 0),
        (course(9, kind="vendor_demo"), 0),
        (course(9, kind="round_table"), 0),
        (course(9, kind="social"), 0),
        (course(9, kind="teaching"), 0),
        (course(1, kind="college_semester_credit"), 15),
        (course(0.5, kind="college_semester_credit"), 7.5),
        (course(1, kind="college_quarter_credit"), 12),
        (course(0.1, kind="college_quarter_credit"), 1.2),
        (course(2, date="2025-03-01"), 2),
        (course(2, date="2025-02-28"), 0),
        (course(2, date="2027-03-01"), 2),
        (course(2, date="2027-03-02"), 0),
        (course(1, date="2025-02-28", kind="college_semester_credit"), 0),
        (course(2, "technology"), 0),
        (course(20, "specialist_extra"), 0),
    ],
)
def test_what_an_entry_counts(entry: dict[str, Any], hours: float) -> None:
    """Kind, length, day and category decide how many hours of an entry count."""
    assert counted(entry) == Decimal(str(hours))


def test_short_sessions_do_not_add_up() -> None:
    """Two half hours are not an hour, while two hours add up."""
    assert counted(course(0.5), course(0.5)) == 0
    assert counted(course(1.1), course(2.2)) == Decimal("3.3")


def gaps(*hours: dict[str, Any], **more: Any) -> dict[str, float]:
    """The gaps of a member with these hours."""
    found = verdict(MEETS, hours=list(hours), **more)
    return {category: float(missing) for category, missing in found.gaps.items()}


@pytest.mark.parametrize(
    ("studied", "missing"),
    [
        # Ties go to the categories that come first.
        ([2, 2, 2, 2, 2], {"self_management": 2, "technology": 2,
                           "organizational_development": 2}),
        # Surplus is not preferred to a gap further down the list.
        ([4, 0, 0, 2, 2], {"communication": 2, "self_management": 2,
                           "organizational_development": 2}),
        ([1, 1, 1, 1, 1], {"writing": 1, "communication": 1, "self_management": 1, "technology": 1,
                           "organizational_development": 2}),
        ([1.5, 1.5, 1.5, 0, 0], {"writing": 0.5, "communication": 0.5, "self_management": 1,
                                 "technology": 2, "organizational_development": 2}),
    ],
)  # fmt: skip
def test_self_study_closes_gaps_first(studied: list[float], missing: dict[str, float]) -> None:
    """Four hours of self-study go where hours are missing, in the order of the categories."""
    hours = [
        course(amount, category, "self_study")
        for category, amount in zip(BASE, studied, strict=True)
        if amount
    ]
    assert gaps(*hours) == missing


def test_live_hours_leave_the_cap_to_others() -> None:
    """Self-study beside enough live hours does not use up what another category needs."""
    live = [course(2, category) for category in BASE[:3]]
    studied = [course(4, category, "self_study") for category in (BASE[0], BASE[3], BASE[4])]
    assert gaps(*live, *studied) == {}


def test_surplus_does_not_spill_over() -> None:
    """Many hours in one category meet the total and leave the other categories open."""
    found = verdict(MEETS, hours=[course(50)])
    assert states(found)["education_total"] == "met"
    assert states(found)["education_categories"] == "not_met"
    assert dict(found.gaps) == dict.fromkeys(BASE[1:], 2)
    specialist = verdict(support.SPECIALIST, hours=[*ENOUGH, course(50)])
    assert dict(specialist.gaps) == {"specialist_extra": 15}


@pytest.mark.parametrize(
    ("entries", "state", "missing"),
    [
        ([(15, "live")], "met", None),
        ([(14.5, "live")], "not_met", 0.5),
        ([(9, "live"), (6, "self_study")], "met", None),
        ([(8, "live"), (7, "self_study")], "not_met", 1),
        ([(1, "college_semester_credit")], "met", None),
        ([(1, "college_quarter_credit"), (3, "self_study")], "met", None),
        ([], "not_met", 15),
    ],
)
def test_extra_hours(entries: list[tuple[float, str]], state: str, missing: float | None) -> None:
    """Specialists need fifteen hours more, of which six may be self-study beside the other four."""
    hours = [course(amount, "specialist_extra", kind) for amount, kind in entries]
    base = [course(2, category, "self_study") for category in BASE[:2]] + ENOUGH[2:]
    found = verdict(support.SPECIALIST, hours=[*base, *hours])
    assert states(found)["specialist_extra"] == state
    assert found.gaps.get("specialist_extra") == missing
    assert states(found)["education_categories"] == "met"
    reason = next(rule.reason.text for rule in found.rules if rule.id == "specialist_extra")
    assert "ALA decides which subjects count" in reason


def test_hours_that_did_not_count_are_named() -> None:
    """The limit on self-study is always met, and its reason names what it left out."""
    hours = [course(5.5, kind="self_study"), course(8, "specialist_extra", "self_study")]
    rule = verdict(support.SPECIALIST, hours=hours).rules[-1]
    assert (rule.id, rule.state) == ("self_study_cap", "met")
    assert rule.reason.text.startswith("3.5 hours of self-study did not count: 1.5 hours")
    assert "2 hours of the extra hours" in rule.reason.text


def test_hours_not_told_and_none_earned_differ() -> None:
    """Hours that were not told are unknown without gaps; none earned is not met with all gaps."""
    untold, none = verdict(support.SPECIALIST, hours=None), verdict(support.SPECIALIST, hours=[])
    rules = ("education_total", "education_categories", "specialist_extra")
    assert {states(untold)[rule] for rule in rules} == {"unknown"}
    assert {states(none)[rule] for rule in rules} == {"not_met"}
    assert dict(untold.gaps) == {}
    assert dict(none.gaps) == dict.fromkeys(BASE, 2) | {"specialist_extra": 15}


@pytest.mark.parametrize("part", ["date", "hours", "category", "kind"])
def test_an_entry_that_lacks_a_part_leaves_open_what_it_could_settle(part: str) -> None:
    """An incomplete entry never counts, and never turns what it could still close into a no."""
    lacking = course(2) | {part: None}
    found = states(verdict(MEETS, hours=[*ENOUGH[1:], lacking]))
    assert found["education_total"] == found["education_categories"] == "unknown"
    settled = states(verdict(MEETS, hours=[*ENOUGH, lacking]))
    assert settled["education_total"] == settled["education_categories"] == "met"
    short = verdict(MEETS, hours=[*ENOUGH[2:], course(2) | {part: None}])
    if part != "category":
        assert states(short)["education_categories"] == "not_met"
        assert dict(short.gaps) == {"communication": 2}


@pytest.mark.parametrize(
    ("day", "expires"),
    [
        ("2025-03-01", "2027-03-02"),
        ("2025-05-29", "2027-05-30"),
        ("2025-05-30", None),
        ("2025-02-28", None),
        ("2027-03-02", None),
    ],
)
def test_hours_that_expire_within_ninety_days(day: str, expires: str | None) -> None:
    """Counted hours are named when they stop counting within 90 days of the application."""
    found = verdict(MEETS, hours=[course(1.5, date=day)]).expiring
    expected = [(date.fromisoformat(expires), Decimal("1.5"), "writing")] if expires else []
    assert [(item.leaves_on, item.hours, item.category) for item in found] == expected


def test_expiring_hours_are_those_that_count() -> None:
    """Only what counts can expire: credits as hours, self-study up to its limit, newest kept."""
    hours = [
        course(3, "technology", "self_study", date="2025-03-20"),
        course(3, "technology", "self_study", date="2025-03-10"),
        course(1, "technology", "college_quarter_credit", date="2025-03-05"),
        course(5, "technology", "recording", date="2025-03-05"),
        course(5, "specialist_extra", date="2025-03-05"),
    ]
    found = [(item.day.day, item.hours) for item in verdict(MEETS, hours=hours).expiring]
    assert found == [(5, Decimal(12)), (10, Decimal(1)), (20, Decimal(3))]


entries = st.builds(
    CourseHours,
    day=st.dates(date(2024, 12, 1), date(2027, 4, 1)),
    hours=st.integers(0, 12).map(lambda quarters: Decimal(quarters) / 4),
    category=st.sampled_from(CATEGORIES),
    kind=st.sampled_from(KINDS),
)
roles = st.sampled_from([SPECIALIST, "principal_administrator"])


def judged(role: str, hours: list[CourseHours], **parts: Any) -> Verdict:
    """The verdict on hours alone."""
    told = Profile(role=role, hours=tuple(hours), apply_on=APPLY_ON)
    return check(told, rule_set(**parts), support.TODAY)


@settings(deadline=None)
@given(roles, st.lists(entries, max_size=12), entries)
def test_more_hours_never_leave_more_missing(
    role: str, hours: list[CourseHours], more: CourseHours
) -> None:
    """An entry more never makes the missing hours more, and never turns a met rule around."""
    before, after = judged(role, hours), judged(role, [*hours, more])
    assert sum(after.gaps.values()) <= sum(before.gaps.values())
    met = {rule for rule, state in states(before).items() if state == "met"}
    assert met <= {rule for rule, state in states(after).items() if state == "met"}


@settings(deadline=None)
@given(roles, st.lists(entries, max_size=10).flatmap(
    lambda found: st.tuples(st.just(found), st.permutations(found))
))  # fmt: skip
def test_the_order_of_entries_plays_no_part(
    role: str, orders: tuple[list[CourseHours], list[CourseHours]]
) -> None:
    """The same courses in another order give the same verdict."""
    assert judged(role, orders[0]) == judged(role, orders[1])


@settings(deadline=None)
@given(roles, st.lists(entries, max_size=15))
def test_caps_are_never_exceeded(role: str, hours: list[CourseHours]) -> None:
    """However much self-study there is, no more than the limits counts."""
    told = Profile(role=role, hours=tuple(hours), apply_on=APPLY_ON)
    tally = education_of(told, rule_set(), APPLY_ON).least
    live = Profile(
        role=role,
        hours=tuple(entry for entry in hours if entry.kind != "self_study"),
        apply_on=APPLY_ON,
    )
    without = education_of(live, rule_set(), APPLY_ON).least
    for names, cap in ((BASE, 4), (["specialist_extra"], 6)):
        assert 0 <= tally.hours(names) - without.hours(names) <= cap


def divisions(offered: list[int], cap: int) -> Iterator[tuple[int, ...]]:
    """Every way to let whole hours of self-study count within a cap."""
    for taken in product(*(range(most + 1) for most in offered)):
        if sum(taken) <= cap:
            yield taken


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 4)), min_size=5, max_size=5))
def test_self_study_is_divided_as_well_as_can_be(hours: list[tuple[int, int]]) -> None:
    """No other division of self-study leaves fewer hours missing, or counts more hours."""
    told = [
        CourseHours(APPLY_ON, Decimal(amount), category, kind)
        for category, both in zip(BASE, hours, strict=True)
        for kind, amount in zip(("live", "self_study"), both, strict=True)
    ]
    profile = Profile(hours=tuple(told), apply_on=APPLY_ON)
    found = education_of(profile, rule_set(), APPLY_ON).least
    live, offered = [both[0] for both in hours], [both[1] for both in hours]
    missing = [
        sum(max(2 - have - more, 0) for have, more in zip(live, taken, strict=True))
        for taken in divisions(offered, 4)
    ]
    most = max(sum(live) + sum(taken) for taken in divisions(offered, 4))
    assert sum(max(2 - found.hours([category]), Decimal(0)) for category in BASE) == min(missing)
    assert found.hours(BASE) == most
