"""From the sums of the dialog to a profile: the same rules, in the member's favour."""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.eligibility import Profile, Verdict, check
from bot.domain.eligibility_dialog import profile_from
from bot.domain.eligibility_profile import BASE_CATEGORIES, CourseHours
from tests.support.eligibility import rule_set, shipped, states

APPLY_ON = date(2027, 3, 1)
QUALIFIED: Mapping[str, str | None] = {
    "role": "principal_administrator",
    "combined_roles": "no",
    "years_experience": "3",
    "full_time": "yes",
    "exempt": "yes",
    "country": "US",
    "employed_now": "yes",
    "organization": "law_firm",
    "endorses_ethics_code": "yes",
}


def hours_of(*hours: object, studied: object = "0") -> dict[str, str | None]:
    """Answers on the five categories and on self-study; None is not known."""
    told = {f"hours_{name}": value for name, value in zip(BASE_CATEGORIES, hours, strict=True)}
    told["self_study"] = studied
    return {question: None if value is None else str(value) for question, value in told.items()}


def judged(answers: Mapping[str, str | None]) -> Verdict:
    """The verdict that ends the dialog."""
    return check(profile_from(answers, shipped()[1], APPLY_ON), rule_set(), APPLY_ON)


def test_answers_become_the_profile() -> None:
    """Each answer reaches the rule that it is for."""
    profile = profile_from({**QUALIFIED, **hours_of(2, 2, 2, 2, 2)}, shipped()[1], APPLY_ON)
    assert profile.role == "principal_administrator" and profile.years_experience == 3
    assert (profile.full_time, profile.combined_roles, profile.exempt) == (True, False, True)
    assert profile.supervises is None and profile.apply_on == APPLY_ON
    assert judged({**QUALIFIED, **hours_of(2, 2, 2, 2, 2)}).overall == "appears_to_meet"


def test_nothing_answered() -> None:
    """Who knows nothing yet gets an incomplete verdict without gaps."""
    found = judged(dict.fromkeys([*QUALIFIED, *hours_of(*[None] * 5)]))
    assert (found.overall, dict(found.gaps)) == ("incomplete", {})


@pytest.mark.parametrize(
    ("country", "state"), [("US", "met"), (None, "met"), ("elsewhere", "ask_ala")]
)
def test_country(country: str | None, state: str) -> None:
    """Another country is for ALA to judge; no answer is taken as the United States."""
    assert states(judged({**QUALIFIED, "country": country}))["exempt_level"] == state


@pytest.mark.parametrize(
    ("hours", "studied", "total", "categories", "gaps"),
    [
        ((2, 2, 2, 2, 2), "0", "met", "met", {}),
        ((2, 2, 2, 2, 2), "4", "met", "met", {}),
        ((2, 2, 2, 2, 2), "5", "not_met", "not_met", {"organizational_development": 1}),
        ((2, 2, 2, 2, 2), "10", "not_met", "not_met",
         {"self_management": 2, "technology": 2, "organizational_development": 2}),
        ((8, 2, 2, 2, 2), "10", "met", "met", {}),
        ((2.5, 2, 2, 2, 2), "2.2", "met", "met", {}),
        ((0, 0, 0, 0, 0), "0", "not_met", "not_met", dict.fromkeys(BASE_CATEGORIES, 2)),
        ((0, 0, 0, 0, 0), None, "not_met", "not_met", dict.fromkeys(BASE_CATEGORIES, 2)),
        ((None, 2, 2, 2, 2), "0", "unknown", "unknown", {}),
        ((None, 9, 2, 2, 2), "2", "met", "unknown", {}),
        ((None, 9, 2, 2, 2), "9", "unknown", "unknown", {}),
        ((None, 1, 2, 2, 2), "0", "unknown", "not_met", {"communication": 1}),
        ((2, 2, 2, 2, 2), None, "unknown", "unknown", {}),
        ((1, 2, 2, 2, 2), None, "not_met", "not_met", {"writing": 1}),
        ((None, None, None, None, None), "3", "unknown", "unknown", {}),
    ],
)  # fmt: skip
def test_sums_are_judged_in_favour(
    hours: tuple[float | None, ...],
    studied: str | None,
    total: str,
    categories: str,
    gaps: dict[str, float],
) -> None:
    """Self-study is laid where it hurts least, and what was left open stays open."""
    found = judged({**QUALIFIED, **hours_of(*hours, studied=studied)})
    assert states(found)["education_total"] == total
    assert states(found)["education_categories"] == categories
    assert dict(found.gaps) == gaps
    assert found.expiring == ()


@pytest.mark.parametrize(
    ("extra", "studied", "state", "missing"),
    [
        ("15", "6", "met", None),
        ("15", "7", "not_met", 1),
        ("15", None, "unknown", None),
        ("14", None, "not_met", 1),
        ("0", None, "not_met", 15),
        (None, None, "unknown", None),
    ],
)
def test_extra_hours(
    extra: str | None, studied: str | None, state: str, missing: int | None
) -> None:
    """The extra hours have a limit on self-study of their own."""
    answers = {**QUALIFIED, **hours_of(2, 2, 2, 2, 2, studied="4"), "role": "functional_specialist"}
    found = judged({**answers, "hours_specialist_extra": extra, "self_study_extra": studied})
    assert states(found)["specialist_extra"] == state
    assert found.gaps.get("specialist_extra") == missing
    assert states(found)["education_categories"] == "met"


def divisions(hours: tuple[int, ...], studied: int) -> Iterator[tuple[int, ...]]:
    """Every way in which so many of the hours can have been self-study."""
    for shares in product(*(range(amount + 1) for amount in hours)):
        if sum(shares) == studied:
            yield shares


@settings(deadline=None)
@given(
    st.tuples(*[st.integers(0, 4)] * 5).flatmap(
        lambda hours: st.tuples(st.just(hours), st.integers(0, sum(hours)))
    )
)
def test_no_other_division_is_better(told: tuple[tuple[int, ...], int]) -> None:
    """Whatever courses make up the sums, none leave fewer hours missing than the dialog says."""
    hours, studied = told
    found = judged(hours_of(*hours, studied=studied))
    possible = []
    for shares in divisions(hours, studied):
        entries = [
            CourseHours(APPLY_ON, Decimal(amount), category, kind)
            for category, whole, share in zip(BASE_CATEGORIES, hours, shares, strict=True)
            for kind, amount in (("live", whole - share), ("self_study", share))
        ]
        other = check(Profile(hours=tuple(entries), apply_on=APPLY_ON), rule_set(), APPLY_ON)
        possible.append(sum(other.gaps.values()))
    assert sum(found.gaps.values()) == min(possible)


@settings(deadline=None)
@given(st.tuples(*[st.sampled_from(["0", "1", "2", "2.5", "12", None])] * 6))
def test_learning_more_never_takes_back_a_verdict(told: tuple[str | None, ...]) -> None:
    """A rule that is met or not met while something is open stays so whatever comes to light."""
    answers = hours_of(*told[:5], studied=told[5])
    before = states(judged(answers))
    for question in [question for question, value in answers.items() if value is None]:
        for value in ("0", "1", "30"):
            whole = [answers[f"hours_{name}"] for name in BASE_CATEGORIES]
            if question == "self_study" and None not in whole:
                value = min(value, str(sum(Decimal(hours or 0) for hours in whole)), key=Decimal)
            after = states(judged({**answers, question: value}))
            for rule in ("education_total", "education_categories"):
                assert before[rule] in ("unknown", after[rule])
