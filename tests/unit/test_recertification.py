"""Keeping the CLM: cycles, what counts, the limits, and the pace, case by case."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from bot.domain.ledger import LedgerEntry
from bot.domain.recertification import CORE_SUBJECTS, Holder, cycle_of
from bot.domain.recertification_judging import judge_recertification, judge_recertification_all
from bot.domain.recertification_pace import pace
from tests.support.recertification import (
    ENDS,
    HOLDER,
    TODAY,
    counted_in,
    cycle,
    entry,
    measured,
    missing_in,
    rules,
)

EVERY_MINIMUM = [
    *(entry(3, subject) for subject in CORE_SUBJECTS),
    entry(1, "business_ethics"),
    entry(1, "substance_abuse"),
]


@pytest.mark.parametrize(
    ("season", "year", "today", "ends"),
    [
        ("spring", 2025, date(2026, 11, 23), date(2028, 6, 30)),
        ("spring", 2022, date(2025, 6, 30), date(2025, 6, 30)),
        ("spring", 2022, date(2025, 7, 1), date(2028, 6, 30)),
        ("fall", 1998, date(2026, 11, 23), date(2028, 11, 30)),
        ("fall", 2026, date(2026, 11, 23), date(2029, 11, 30)),
    ],
)
def test_the_cycle_of_now_follows_from_the_season(
    season: str, year: int, today: date, ends: date
) -> None:
    """Who passed in a season is shown the three-year cycle that today lies in, to the day."""
    assert cycle_of(season, year, rules(), today).ends == ends


def test_a_first_cycle_that_has_not_begun_is_told_as_such() -> None:
    """Who has just passed sees that hours of today do not count yet, and is not called behind."""
    holder = Holder("fall 2026", date(2029, 11, 30))
    found = measured(entry(5, day=TODAY), holder=holder)
    assert found.state == "not_begun"
    assert found.counted == 0
    assert found.behind == 0


@pytest.mark.parametrize(
    ("day", "counts"),
    [
        (date(2025, 6, 30), False),
        (date(2025, 7, 1), True),
        (date(2028, 6, 30), True),
        (date(2028, 7, 1), False),
    ],
)
def test_hours_count_between_the_two_anniversaries_to_the_day(day: date, counts: bool) -> None:
    """A course on the last anniversary was the last cycle's; one on the next is this one's."""
    assert bool(measured(entry(2, day=day)).counted) is counts
    judged = judge_recertification(entry(2, day=day), [], HOLDER, rules())
    assert judged.reason == ("counts" if counts else "outside")


def test_cycles_join_without_a_gap_and_without_an_overlap() -> None:
    """No day is in two cycles and none is in neither."""
    now, after = cycle(), cycle_of("spring", 2025, rules(), ENDS + timedelta(days=1))
    assert after.first_day == now.ends + timedelta(days=1)


def test_the_minimums_alone_do_not_make_the_total() -> None:
    """With every minimum met the rest of the total is still to earn, in any subject."""
    found = measured(*EVERY_MINIMUM)
    assert found.short == 0
    assert found.missing == rules().total - 17
    assert all(not one.missing for one in found.subjects)


def test_the_total_alone_does_not_make_the_minimums() -> None:
    """All hours in one subject leave every other minimum open."""
    found = measured(entry(40, "operations"))
    assert found.counted == 40
    assert found.missing == found.short == 14
    assert missing_in(found, "operations") == 0
    assert missing_in(found, "business_ethics") == 1


def test_ethics_hours_fill_no_subjects_minimum() -> None:
    """Hours in ethics are part of the total and leave each subject's minimum open."""
    found = measured(entry(10, "business_ethics"))
    assert found.counted == 10
    assert [missing_in(found, subject) for subject in CORE_SUBJECTS] == [3] * 5


def test_other_subjects_count_toward_the_total_only() -> None:
    """A course outside of every subject with a minimum still counts as free hours."""
    found = measured(*EVERY_MINIMUM, entry(19, "other"))
    assert found.state == "done"
    assert found.missing == 0


@pytest.mark.parametrize("kind", ["webinar", "self_study"])
def test_passive_formats_share_one_limit(kind: str) -> None:
    """Webinars and self-study together give no more than the limit."""
    found = measured(entry(8, kind="webinar"), entry(9, "financial_management", kind=kind))
    assert found.counted == rules().passive_cap
    assert found.passive.beyond == 5


def test_teaching_has_a_limit_of_its_own() -> None:
    """Teaching counts up to its own limit, beside the passive formats."""
    found = measured(entry(9, kind="teaching"), entry(20, kind="self_study"))
    assert found.counted == rules().teaching_cap + rules().passive_cap
    assert found.teaching.beyond == 5


def test_limited_hours_go_first_where_a_minimum_lacks_them() -> None:
    """The limits are applied in the member's favour: where a minimum is open comes first."""
    surplus = entry(12, "operations", kind="webinar", day=date(2026, 1, 1))
    needed = entry(3, "human_resources", kind="webinar", day=date(2026, 2, 1))
    found = measured(surplus, needed)
    assert found.short == 3 * 5 + 2 - 6
    judged = judge_recertification_all([surplus, needed], HOLDER, rules())
    assert [one.hours for one in judged] == [9, 3]
    assert [one.state for one in judged] == ["in_part", "counts"]


def test_teaching_leaves_the_passive_limit_to_those_who_need_it() -> None:
    """Where teaching can fill a minimum, passive hours are kept for what only they can fill."""
    subjects = CORE_SUBJECTS[:4]
    passive = [entry(3, subject, kind="webinar") for subject in subjects]
    taught = entry(3, subjects[0], kind="teaching")
    last = entry(3, CORE_SUBJECTS[4], kind="webinar")
    assert measured(*passive, taught, last).short == 2


def test_minimums_beyond_the_limit_are_told_apart() -> None:
    """When every minimum is there on paper but beyond the limit, the member hears how much."""
    found = measured(*(entry(3, subject, kind="webinar") for subject in CORE_SUBJECTS))
    assert [missing_in(found, subject) for subject in CORE_SUBJECTS] == [0] * 5
    assert found.beyond == 3
    assert found.short == 3 + 2


@pytest.mark.parametrize(
    ("kind", "state", "reason"),
    [
        ("live", "counts", "counts"),
        ("webinar", "counts", "passive"),
        ("self_study", "counts", "passive"),
        ("recording", "unsure", "ask_ala"),
        ("teaching", "counts", "teaching"),
        ("college_semester_credit", "unsure", "ask_ala"),
        ("college_quarter_credit", "unsure", "ask_ala"),
        ("vendor_demo", "not", "kind"),
        ("round_table", "not", "kind"),
        ("social", "not", "kind"),
        ("hologram", "unsure", "gone"),
    ],
)
def test_each_kind_of_course_is_judged(kind: str, state: str, reason: str) -> None:
    """A member reads for each kind of course whether it counts for keeping the CLM, and why."""
    found = judge_recertification(entry(2, kind=kind), [], HOLDER, rules())
    assert (found.state, found.reason) == (state, reason)
    assert bool(found.hours) is (state == "counts")


def test_outside_of_the_cycle_nobody_is_sent_to_ask() -> None:
    """A recording that is too old for the cycle is said to be so; asking ALA would not help."""
    found = judge_recertification(
        entry(2, kind="recording", day=date(2025, 6, 1)), [], HOLDER, rules()
    )
    assert (found.state, found.reason) == ("not", "outside")


@pytest.mark.parametrize(
    ("subject", "holder", "reason"),
    [
        (None, HOLDER, "no_subject"),
        ("astrology", HOLDER, "gone"),
        ("operations", None, "not_holder"),
        ("operations", Holder("", None, retired=True), "retired"),
    ],
)
def test_what_is_no_matter_of_recertification_is_said(
    subject: str | None, holder: Holder | None, reason: str
) -> None:
    """An entry without a subject, or of somebody without a cycle, says why it does not count."""
    found = judge_recertification(entry(2, subject), [], holder, rules())
    assert found.reason == reason
    assert found.hours == 0


def test_entries_without_a_subject_and_undecided_ones_are_counted_apart() -> None:
    """The member is told how many entries of the cycle wait for a subject, or for ALA."""
    found = measured(
        entry(2, None),
        entry(2, "astrology"),
        entry(2, None, day=date(2024, 1, 1)),
        entry(3, kind="college_semester_credit"),
    )
    assert (found.unassigned, found.undecided) == (2, 1)


TWO_SUBJECTS = [entry(3, "operations"), entry(3, "human_resources")]


@pytest.mark.parametrize(
    ("entries", "today", "state", "behind"),
    [
        ([], date(2025, 7, 1), "on_pace", 0),
        ([], date(2026, 1, 23), "behind", 6),
        (TWO_SUBJECTS, date(2026, 1, 23), "on_pace", 0),
        (TWO_SUBJECTS, date(2026, 4, 23), "behind", 3),
        ([*EVERY_MINIMUM, entry(19, "other")], date(2028, 6, 30), "done", 0),
        ([*EVERY_MINIMUM, entry(18, "other")], date(2028, 6, 30), "behind", 1),
        ([*EVERY_MINIMUM, entry(19, "other")], date(2028, 7, 1), "ended", 0),
    ],
)
def test_the_pace_is_an_even_share_of_the_days_gone_by(
    entries: list[LedgerEntry], today: date, state: str, behind: int
) -> None:
    """A holder reads "on pace", "6 hours behind" or "done" as their hours and the day make it."""
    found = measured(*entries, today=today)
    assert (found.state, found.behind) == (state, behind)


def test_hours_that_no_minimum_needs_do_not_hide_those_that_are_missing() -> None:
    """Somebody with many hours in one subject is measured by what is really still to earn."""
    late = date(2028, 3, 31)
    found = measured(entry(36, "operations"), today=late)
    assert found.missing == 14
    assert found.state == "behind"


def test_the_last_day_is_still_in_time() -> None:
    """On the anniversary itself there are no days left, and it is not over."""
    assert measured(today=ENDS).days_left == 0
    assert measured(today=ENDS).state == "behind"
    assert measured(today=ENDS + timedelta(days=1)).state == "ended"


def test_retired_holders_have_no_pace() -> None:
    """CLM (Ret.) is no race against a date."""
    assert pace(Holder("", None, retired=True), [entry(3)], rules(), TODAY) is None


def test_a_cycle_that_ends_on_29_february_is_three_years_long() -> None:
    """An anniversary on a leap day is no error, and its cycle begins at the end of February."""
    found = measured(holder=Holder("", date(2028, 2, 29)))
    assert found.cycle.first_day == date(2025, 3, 1)


def test_no_limit_without_hours_under_it() -> None:
    """Live hours alone touch no limit."""
    found = measured(entry(3))
    assert found.passive.recorded == found.teaching.recorded == Decimal(0)
    assert counted_in(found, "operations") == 3


def test_a_change_of_the_rules_changes_the_pace() -> None:
    """A higher total in the program file is asked for at once."""
    found = pace(HOLDER, EVERY_MINIMUM, replace(rules(), total=Decimal(40)), TODAY)
    assert found is not None and found.missing == 23
