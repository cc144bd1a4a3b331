"""The hours of a member laid out for the application and for keeping the CLM."""

from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.eligibility_answers import profile_from
from bot.domain.eligibility_profile import KINDS, SPECIALIST, Profile
from bot.domain.gap import gap_on, with_ledger
from bot.domain.ledger import LedgerEntry
from bot.domain.ledger_export import Sheet, application_sheet, recertification_sheet
from bot.domain.recertification import SUBJECTS, Holder
from bot.domain.recertification_pace import pace
from tests.support.eligibility import CATEGORIES, TODAY, rule_set, shipped
from tests.support.ledger_export import keeping_rules

APPLY_ON = date(2027, 3, 1)
MANAGER = "principal_administrator"
HOLDER = Holder("spring 2025", date(2028, 6, 30))
NOTHING = Decimal(0)


def entry(hours: Any = 2, category: str | None = "writing", **more: Any) -> LedgerEntry:
    known = {"day": date(2026, 10, 1), "title": "A course", "kind": "live", **more}
    return LedgerEntry(amount=Decimal(str(hours)), category=category, **known)


def laid_out(*entries: LedgerEntry, role: str | None = MANAGER, **told: str) -> Sheet:
    """The sheet for an application of a member who told sums in the check besides."""
    rules, dialog = shipped()
    asked = profile_from({"role": role, **told}, dialog, date(2026, 6, 1))
    profile = with_ledger(asked, entries, rules)
    return application_sheet(profile, entries, rules, APPLY_ON)


def titles(sheet: Sheet) -> dict[str, list[str]]:
    return {
        group.label: [line.entry.title for line in group.lines]
        for group in sheet.groups
        if group.lines
    }


days = st.dates(date(2024, 12, 1), date(2029, 4, 1))
courses = st.builds(
    LedgerEntry,
    day=days,
    title=st.sampled_from(["", "May conference", "=1+1", "Ω"]),
    amount=st.integers(0, 60).map(lambda quarters: Decimal(quarters) / 4),
    kind=st.sampled_from(KINDS),
    category=st.sampled_from([*CATEGORIES, "specialist_extra", "of old rules", None]),
    subject=st.sampled_from([*SUBJECTS, "of old rules", None]),
)
ledgers = st.lists(courses, max_size=12)
sums = st.fixed_dictionaries(
    {f"hours_{category}": st.integers(0, 6).map(str) for category in CATEGORIES}
    | {"self_study": st.sampled_from(["0", "3", "9"])}
)
roles = st.sampled_from([SPECIALIST, MANAGER, None])


@settings(deadline=None)
@given(roles, ledgers, st.one_of(st.just({}), sums), days)
def test_the_totals_are_those_that_the_member_is_shown(
    role: str | None, entries: list[LedgerEntry], told: dict[str, str | None], on: date
) -> None:
    """The exported hours of each category are those in Home and status, and the lines add up."""
    rules, dialog = shipped()
    profile = with_ledger(
        profile_from({"role": role, **told}, dialog, date(2026, 6, 1)), entries, rules
    )
    sheet, gap = application_sheet(profile, entries, rules, on), gap_on(profile, rules, on)
    assert {g.label: g.counted for g in sheet.groups if g.needed is not None} == {
        row.label: row.counted for row in gap.categories
    }
    assert sheet.counted == sum((row.counted for row in gap.categories), NOTHING)
    for group in sheet.groups:
        lines = sum((line.judgement.hours for line in group.lines), NOTHING)
        assert lines + group.told == group.counted
        assert group.told >= 0


@settings(deadline=None)
@given(roles, ledgers, days)
def test_no_entry_is_lost(role: str | None, entries: list[LedgerEntry], on: date) -> None:
    """Every entry stands in the part where it serves, and just once in it."""
    rules = rule_set()
    profile = with_ledger(Profile(role=role), entries, rules)
    application = application_sheet(profile, entries, rules, on)
    keeping = recertification_sheet(HOLDER, entries, keeping_rules(), on)
    assert application.lines == sum(e.category is not None or e.subject is None for e in entries)
    assert keeping.lines == sum(e.subject is not None for e in entries)


@settings(deadline=None)
@given(ledgers, days)
def test_the_hours_for_keeping_are_those_of_the_pace(
    entries: list[LedgerEntry], today: date
) -> None:
    """What the second part counts is what the member's pace counts, subject by subject in sum."""
    sheet = recertification_sheet(HOLDER, entries, keeping_rules(), today)
    measured = pace(HOLDER, entries, keeping_rules(), today)
    assert measured is not None
    assert sheet.counted == measured.counted
    assert sum((group.counted for group in sheet.groups), NOTHING) == measured.counted
    assert sheet.unassigned == measured.unassigned


def test_the_order_is_that_of_the_application() -> None:
    """Categories come as the application asks for them, and courses by date within each."""
    sheet = laid_out(
        entry(category="technology", title="Cloud"),
        entry(title="Late", day=date(2026, 11, 1)),
        entry(title="Early", day=date(2026, 9, 1)),
        entry(category="forgotten", title="Of old rules"),
        entry(category=None, subject="other", title="For keeping only"),
    )
    assert titles(sheet) == {
        "writing skills": ["Early", "Late"],
        "information technology": ["Cloud"],
        "": ["Of old rules"],
    }
    assert [group.label for group in sheet.groups][:2] == ["writing skills", "communication skills"]
    assert list(titles(sheet)) == ["writing skills", "information technology", ""]


def test_hours_beyond_a_limit_are_told() -> None:
    """Self-study that the limit leaves out is named in hours, and counts nowhere."""
    sheet = laid_out(entry(6, kind="self_study"))
    assert (sheet.counted, sheet.left_out["base"]) == (Decimal(4), Decimal(2))
    [line] = sheet.groups[0].lines
    assert (line.judgement.state, line.judgement.hours) == ("in_part", Decimal(4))


def test_a_sum_of_the_check_stands_beside_the_courses() -> None:
    """Hours told as a sum count in their category and are no course of the ledger."""
    sheet = laid_out(entry(1), hours_writing="2", self_study="0")
    writing = sheet.groups[0]
    assert (writing.counted, writing.told, len(writing.lines)) == (Decimal(3), Decimal(2), 1)
    assert sheet.told_on == date(2026, 6, 1)


def test_a_specialist_needs_the_extra_hours_too() -> None:
    """Only functional specialists have the extra hours among what they need."""
    extra = "the extra hours for specialists"
    assert laid_out(role=SPECIALIST).needed == 25
    assert laid_out(role=MANAGER).needed == 10
    needed = {group.label: group.needed for group in laid_out(role=SPECIALIST).groups}
    assert needed[extra] == 15
    recorded = laid_out(entry(3, "specialist_extra")).groups[-1]
    assert (recorded.label, recorded.needed, recorded.counted) == (extra, None, NOTHING)


def test_without_a_cycle_nothing_is_counted_for_keeping() -> None:
    """Who never said that they hold the CLM sees their hours by subject, and no judgement."""
    entries = [entry(2, subject="human_resources", title="Reviews")]
    sheet = recertification_sheet(None, entries, keeping_rules(), TODAY)
    assert titles(sheet) == {"human resources management": ["Reviews"]}
    assert (sheet.cycle, sheet.counted) == (None, NOTHING)
