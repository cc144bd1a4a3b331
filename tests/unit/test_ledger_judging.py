"""What each entry counts for, and that all judgements together are what the check counts."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.eligibility_hours import education_of
from bot.domain.eligibility_profile import CATEGORIES, KINDS, SPECIALIST, Profile
from bot.domain.gap import with_ledger
from bot.domain.ledger import LedgerEntry
from bot.domain.ledger_judging import judge, judge_all
from tests.support.road import content

TODAY = date(2026, 11, 23)
RULES = content().rule_set
ENTRY = LedgerEntry(date(2026, 11, 3), "Letters", Decimal(2), "live", "writing")
ENTRIES = st.lists(
    st.builds(
        LedgerEntry,
        day=st.dates(date(2024, 10, 1), date(2026, 12, 1)),
        title=st.sampled_from(["A", "B"]),
        amount=st.decimals(Decimal("0.25"), 6, places=2),
        kind=st.sampled_from(KINDS),
        category=st.sampled_from([None, "lost", *CATEGORIES]),
    ),
    max_size=12,
)


@pytest.mark.parametrize(
    ("changed", "state", "hours", "reason"),
    [
        ({}, "counts", 2, "counts"),
        ({"kind": "webinar"}, "counts", 2, "counts"),
        ({"amount": Decimal("0.25")}, "not", 0, "too_short"),
        ({"amount": Decimal("0.25"), "kind": "self_study"}, "not", 0, "too_short"),
        (
            {"amount": Decimal("0.25"), "kind": "college_semester_credit"},
            "counts",
            "3.75",
            "counts_credits",
        ),
        ({"amount": Decimal(1), "kind": "college_quarter_credit"}, "counts", 12, "counts_credits"),
        ({"kind": "recording"}, "not", 0, "recording"),
        ({"kind": "vendor_demo"}, "not", 0, "vendor_demo"),
        ({"kind": "round_table"}, "not", 0, "round_table"),
        ({"kind": "social"}, "not", 0, "social"),
        ({"kind": "teaching"}, "not", 0, "teaching"),
        ({"kind": "self_study"}, "counts", 2, "counts"),
        ({"kind": "self_study", "amount": Decimal(7)}, "in_part", 4, "capped_in_part"),
        ({"day": date(2024, 11, 23)}, "counts", 2, "counts"),
        ({"day": date(2024, 11, 22)}, "not", 0, "too_old"),
        ({"day": date(2024, 10, 23)}, "not", 0, "too_old"),
        ({"day": date(2026, 11, 24)}, "not", 0, "after"),
        ({"category": None}, "unsure", 0, "no_category"),
        ({"category": None, "subject": "operations"}, "not", 0, "elsewhere"),
        ({"category": "lost"}, "unsure", 0, "gone"),
        ({"kind": "lost"}, "unsure", 0, "gone"),
    ],
)
def test_what_one_entry_counts_and_why(
    changed: dict[str, object], state: str, hours: object, reason: str
) -> None:
    """Each entry counts, counts in part, does not count or is unsure, with the reason for it."""
    entry = replace(ENTRY, **changed)  # type: ignore[arg-type]
    found = judge(entry, (), False, RULES, TODAY)
    assert (found.state, found.hours, found.reason) == (state, Decimal(str(hours)), reason)


@pytest.mark.parametrize(
    ("specialist", "state", "reason"),
    [
        (True, "counts", "counts_extra"),
        (False, "not", "no_specialist"),
        (None, "unsure", "role_unknown"),
    ],
)
def test_extra_hours_are_for_specialists(specialist: bool | None, state: str, reason: str) -> None:
    """Extra hours count for functional specialists; until the role is told it stays open."""
    entry = replace(ENTRY, category="specialist_extra")
    found = judge(entry, (), specialist, RULES, TODAY)
    assert (found.state, found.reason) == (state, reason)


def test_the_limit_on_self_study_is_shared() -> None:
    """Beyond the limit the oldest self-study gives way, and the newest says so."""
    study = replace(ENTRY, kind="self_study", amount=Decimal(3))
    old, new = replace(study, day=date(2026, 10, 1)), replace(study, day=date(2026, 11, 1))
    oldest = replace(study, day=date(2026, 9, 1), amount=Decimal(1))
    found = judge_all([old, new, oldest], False, RULES, TODAY)
    assert [(one.hours, one.reason) for one in found] == [
        (Decimal(1), "capped_in_part"),
        (Decimal(3), "counts_cap_full"),
        (Decimal(0), "capped"),
    ]


def test_a_category_that_the_rules_lost_is_kept_and_said() -> None:
    """An entry whose category has left the rules counts nothing, breaks nothing, and says so."""
    fewer = replace(
        RULES,
        categories=tuple(name for name in RULES.categories if name != "writing"),
        labels={name: label for name, label in RULES.labels.items() if name != "writing"},
    )
    for kind in ("live", "self_study"):
        found = judge(replace(ENTRY, kind=kind), (), False, fewer, TODAY)
        assert (found.state, found.hours, found.reason) == ("unsure", Decimal(0), "gone")


@given(ENTRIES, st.booleans(), st.integers(-40, 400))
def test_all_judgements_together_are_what_the_check_counts(
    entries: list[LedgerEntry], specialist: bool, days: int
) -> None:
    """No entry is judged by other rules than the check: the hours agree in every category."""
    apply_on = TODAY + timedelta(days=days)
    found = judge_all(entries, specialist, RULES, apply_on)
    profile = with_ledger(Profile(role=SPECIALIST if specialist else None), entries, RULES)
    counted = education_of(replace(profile, hours=profile.hours or ()), RULES, apply_on).least
    for category in CATEGORIES:
        mine = [one.hours for e, one in zip(entries, found, strict=True) if e.category == category]
        assert sum(mine, Decimal(0)) == counted.hours([category])


@given(ENTRIES, st.data())
def test_an_entry_on_a_page_counts_what_it_counts_among_all(
    entries: list[LedgerEntry], data: st.DataObject
) -> None:
    """Which page an entry is shown on plays no part in what is said of it."""
    places = data.draw(st.lists(st.integers(0, len(entries) - 1))) if entries else []
    whole = judge_all(entries, True, RULES, TODAY)
    assert judge_all(entries, True, RULES, TODAY, (), places) == tuple(whole[at] for at in places)


@given(ENTRIES)
def test_no_entry_counts_more_than_it_has(entries: list[LedgerEntry]) -> None:
    """State and hours always fit: in part is some and not all; every reason has its words."""
    for one in judge_all(entries, True, RULES, TODAY):
        assert 0 <= one.hours <= one.of or one.of == 0
        assert (one.state == "counts") == (one.hours > 0 and one.hours == one.of)
        assert (one.state == "in_part") == (0 < one.hours < one.of)
        assert content().copy.say(f"ledger.because_{one.reason}", **one.values)
