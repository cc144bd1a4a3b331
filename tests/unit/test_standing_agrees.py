"""`clm check --json`, the dialog, the status and Home say the same of the same member."""

import json
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.domain.eligibility import RuleSet
from bot.domain.eligibility_dialog import Refused, still_valid
from bot.domain.eligibility_profile import EXTRA_CATEGORY, KINDS, SPECIALIST
from bot.domain.eligibility_questions import CHOICES, HOURS_OF, NUMBERS, YES_NO
from bot.domain.ledger import LedgerEntry
from bot.domain.standing import Standing
from bot.services import eligibility, standing
from bot.services.eligibility import Finished, StepShown
from bot.services.eligibility_files import run_check, verdict_line
from tests.support.road import ADA, Road, content

TODAY = date(2026, 11, 23)

hours = st.one_of(st.none(), st.integers(0, 5).map(str))
answers = st.fixed_dictionaries(
    {question: st.sampled_from([*values, None]) for question, values in CHOICES.items()}
    | {question: st.sampled_from(["yes", "no", None]) for question in YES_NO}
    | {
        "years_experience": st.sampled_from([None, "0", "2.5", "3", "12"]),
        "months_since_last_job": st.sampled_from([None, "0", "24", "25"]),
    }
)
entries = st.lists(
    st.builds(
        LedgerEntry,
        day=st.dates(date(2024, 10, 1), TODAY),
        title=st.sampled_from(["A course", "=cmd()"]),
        amount=st.integers(1, 20).map(lambda quarters: Decimal(quarters) / 4),
        kind=st.sampled_from(KINDS),
        category=st.sampled_from([*HOURS_OF, EXTRA_CATEGORY]),
    ),
    min_size=1,
    max_size=12,
)


def walked(road: Road, told: Mapping[str, str | None]) -> Finished:
    """The dialog gone through with these answers, step by step."""
    shown = road.run(eligibility.begin, ADA)
    while isinstance(shown, StepShown):
        asked = {question.id for question in shown.step.questions}
        raw = {question: told.get(question) for question in asked}
        result = road.run(eligibility.submit, ADA, shown.draft, shown.version, raw)
        assert not isinstance(result, Refused), result.errors
        if isinstance(result, Finished):
            return result
        shown = result
    raise AssertionError("the dialog did not end")


def as_json(told: Mapping[str, Any], courses: list[LedgerEntry], rules: RuleSet) -> str:
    """The same member as a line for `clm check`."""
    flags = {"yes": True, "no": False}
    profile: dict[str, Any] = {}
    for question, value in told.items():
        if value is None or question in HOURS_OF.values():
            continue
        number = question in NUMBERS
        profile[question] = float(value) if number else flags.get(value, value)
    profile["hours"] = [
        {
            "date": course.day.isoformat(),
            "hours": float(course.amount),
            "category": course.category,
            "kind": course.kind,
            "title": course.title,
        }
        for course in courses
    ]
    return json.dumps(profile)


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(answers, entries)
def test_check_dialog_and_standing_agree(
    told: dict[str, str | None], courses: list[LedgerEntry]
) -> None:
    """Whatever a member tells and records, the four places have one verdict, rule by rule."""
    road = Road()
    try:
        road.records(*courses)
        finished = walked(road, told)
        status = road.run(standing.read, ADA)
        # What the dialog did not ask of this member is not part of what they told.
        kept = still_valid(told, content().dialog)
        line = as_json(kept, courses, content().rule_set)
        (checked,) = run_check([line], "a", content().rule_set, TODAY)
        for found in (finished.standing, status):
            assert found.verdict is not None and found.gap is not None
            assert verdict_line(found.verdict) == checked
            assert found.gap.verdict == found.verdict
        assert finished.standing.gap == status.gap
        assert_gap_agrees(status, json.loads(checked))
    finally:
        road.close()


def assert_gap_agrees(found: Standing, checked: Mapping[str, Any]) -> None:
    """The bars miss the very hours that `clm check` says are missing."""
    assert found.gap is not None
    missing = {row.category: float(row.missing) for row in found.gap.categories if row.missing}
    assert missing == {category: float(amount) for category, amount in checked["gaps"].items()}


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(answers, st.fixed_dictionaries({question: hours for question in HOURS_OF.values()}))
def test_check_and_standing_agree_on_sums(
    told: dict[str, str | None], summed: dict[str, str | None]
) -> None:
    """Sums told in the check come to what the same hours as courses of today come to."""
    summed = {question: value or "0" for question, value in summed.items()}
    told = {**told, **summed, "self_study": "0"}
    if told["role"] == SPECIALIST:
        told |= {"hours_specialist_extra": "15", "self_study_extra": "0"}
    road = Road()
    try:
        found = walked(road, told).standing
        kept = still_valid(told, content().dialog)
        as_courses = [
            LedgerEntry(TODAY, "", Decimal(kept[question] or 0), "live", category)
            for category, question in (
                *HOURS_OF.items(),
                (EXTRA_CATEGORY, "hours_specialist_extra"),
            )
            if kept.get(question) not in (None, "0")
        ]
        plain = {q: v for q, v in kept.items() if q not in NUMBERS or not q.startswith(("h", "s"))}
        line = as_json(plain, as_courses, content().rule_set)
        (checked,) = run_check([line], "a", content().rule_set, TODAY)
        assert found.verdict is not None
        assert verdict_line(found.verdict) == checked
        assert_gap_agrees(found, json.loads(checked))
    finally:
        road.close()
