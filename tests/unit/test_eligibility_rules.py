"""Each rule of the check with each of its edges, and what the rules come to together."""

import re
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from bot.domain.eligibility import check
from bot.domain.eligibility_profile import ROLES, Profile
from bot.domain.eligibility_rules import REASONS
from tests.support.eligibility import (
    MEETS,
    SPECIALIST,
    TODAY,
    course,
    profile,
    rule_set,
    states,
    verdict,
)

UNTOLD: dict[str, Any] = dict.fromkeys(MEETS)


@pytest.mark.parametrize(
    ("told", "state"),
    [
        ({"role": "principal_administrator", "years_experience": 3}, "met"),
        ({"role": "branch_office_manager", "years_experience": 3.0}, "met"),
        ({"role": "functional_specialist", "years_experience": 3}, "met"),
        ({"role": "principal_administrator", "years_experience": 2.99}, "not_met"),
        ({"role": "principal_administrator", "years_experience": 0}, "not_met"),
        ({"role": "principal_administrator", "years_experience": None}, "unknown"),
        ({"role": "other", "years_experience": 30}, "ask_ala"),
        ({"role": "other", "years_experience": 0}, "ask_ala"),
        ({"role": "other", "years_experience": None}, "ask_ala"),
        ({"role": "other", "years_experience": 1, "combined_roles": True}, "ask_ala"),
        ({"role": None, "years_experience": 30}, "unknown"),
        ({"role": None, "years_experience": 1}, "unknown"),
        ({"years_experience": 3, "combined_roles": True}, "ask_ala"),
        ({"years_experience": 2.5, "combined_roles": True}, "not_met"),
        ({"years_experience": None, "combined_roles": True}, "unknown"),
        ({"years_experience": 3, "combined_roles": None}, "met"),
        ({"years_experience": 3, "organization": "legal_clinic"}, "ask_ala"),
        ({"years_experience": 3, "organization": "court"}, "ask_ala"),
        ({"years_experience": 3, "organization": "government"}, "ask_ala"),
        ({"years_experience": 2, "organization": "government"}, "not_met"),
        ({"years_experience": None, "organization": "court"}, "unknown"),
        ({"years_experience": 3, "organization": "corporate_legal"}, "met"),
        ({"years_experience": 3, "organization": "other"}, "met"),
        ({"years_experience": 3, "organization": None}, "met"),
    ],
)
def test_experience(told: dict[str, Any], state: str) -> None:
    """Three years are enough to the day; roles and employers that no rule settles go to ALA."""
    assert states(verdict(MEETS, **told))["experience"] == state


@pytest.mark.parametrize(
    ("country", "exempt", "state"),
    [
        ("US", True, "met"),
        ("US", False, "not_met"),
        ("US", None, "unknown"),
        (None, True, "met"),
        (None, False, "not_met"),
        (None, None, "unknown"),
        (" u.s.a. ", False, "not_met"),
        ("United  States", True, "met"),
        ("CA", True, "ask_ala"),
        ("CA", False, "ask_ala"),
        ("Canada", None, "ask_ala"),
    ],
)
def test_exempt_level(country: str | None, exempt: bool | None, state: str) -> None:
    """Exempt is judged in the US alone; elsewhere ALA decides, whatever the member says."""
    assert states(verdict(MEETS, country=country, exempt=exempt))["exempt_level"] == state


@pytest.mark.parametrize(
    ("now", "months", "state"),
    [
        (True, None, "met"),
        (True, 0, "met"),
        (True, 99, "met"),
        (False, 0, "met"),
        (False, 24, "met"),
        (False, 24.01, "not_met"),
        (False, 25, "not_met"),
        (False, None, "unknown"),
        (None, 24, "met"),
        (None, 25, "not_met"),
        (None, None, "unknown"),
    ],
)
def test_employment(now: bool | None, months: float | None, state: str) -> None:
    """A job now, or one that ended at most 24 months before the application, is enough."""
    found = verdict(MEETS, employed_now=now, months_since_last_job=months)
    assert states(found)["employment"] == state


@pytest.mark.parametrize(
    ("rule", "key", "values"),
    [
        ("supervision", "supervises", {True: "met", False: "ask_ala", None: "unknown"}),
        ("full_time", "full_time", {True: "met", False: "ask_ala", None: "unknown"}),
        (
            "ethics_code",
            "endorses_ethics_code",
            {True: "met", False: "not_met", None: "unknown"},
        ),
        (
            "organization",
            "organization",
            {
                "law_firm": "met",
                "legal_clinic": "met",
                "government": "met",
                "corporate_legal": "met",
                "court": "met",
                "other": "ask_ala",
                None: "unknown",
            },
        ),
    ],
)
def test_rules_of_one_answer(rule: str, key: str, values: dict[Any, str]) -> None:
    """Rules that turn on one answer alone give the state that belongs to it."""
    found = {value: states(verdict(SPECIALIST, **{key: value}))[rule] for value in values}
    assert found == values


@pytest.mark.parametrize("role", [*ROLES, None])
def test_specialists_alone_have_two_rules_more(role: str | None) -> None:
    """Supervision and extra hours are judged for functional specialists and absent for others."""
    rules = list(states(verdict(MEETS, role=role)))
    extra = ["supervision", "specialist_extra"] if role == "functional_specialist" else []
    assert [rule for rule in rules if rule in ("supervision", "specialist_extra")] == extra
    assert rules == [rule for rule in REASONS if rule in rules]


@pytest.mark.parametrize(
    ("told", "overall"),
    [
        ({}, "appears_to_meet"),
        ({"supervises": False}, "ask_ala"),
        ({"supervises": False, "country": None}, "ask_ala"),
        ({"supervises": False, "full_time": None}, "incomplete"),
        ({"supervises": False, "full_time": None, "exempt": False}, "not_yet"),
        ({"exempt": False, "hours": None}, "not_yet"),
        ({"hours": None}, "incomplete"),
        ({"role": None}, "incomplete"),
        ({"organization": "other"}, "ask_ala"),
        ({"holds_degree": False, "ala_member": False}, "appears_to_meet"),
        ({"holds_degree": True, "ala_member": True, "years_experience": 2}, "not_yet"),
    ],
)
def test_overall(told: dict[str, Any], overall: str) -> None:
    """What is not met outweighs what is unknown, and that outweighs what ALA decides."""
    assert verdict(SPECIALIST, **told).overall == overall


def test_nothing_told() -> None:
    """Of an empty profile everything is unknown, but the limit on self-study is met."""
    found = verdict({})
    expected = {rule: "unknown" for rule in REASONS} | {"self_study_cap": "met"}
    del expected["supervision"], expected["specialist_extra"]
    assert states(found) == expected
    assert (found.overall, found.gaps, found.expiring) == ("incomplete", {}, ())


def test_today_stands_in_for_the_application() -> None:
    """Without a day of application the hours are judged as of today."""
    told = profile(MEETS, apply_on=None)
    assert check(told, rule_set(), date(2028, 10, 1)).overall == "appears_to_meet"
    assert check(told, rule_set(), date(2028, 10, 2)).overall == "not_yet"


def test_numbers_come_from_the_rule_set() -> None:
    """A chapter that changes a number of the program changes the verdict with it."""
    told = profile(MEETS, years_experience=4)
    assert check(told, rule_set(experience_years=Decimal(4)), TODAY).overall == "appears_to_meet"
    changed = check(told, rule_set(experience_years=Decimal("4.5")), TODAY)
    assert changed.rules[0].reason.text.startswith("You have 4 years: 0.5 years short")


def test_reasons_speak_plainly() -> None:
    """A reason says one hour and one year as people do, and no float noise."""
    found = {
        rule.id: rule.reason.text
        for rule in verdict(MEETS, years_experience=2, hours=[course(1.1), course(2.2)]).rules
    }
    assert (
        found["experience"] == "You have 2 years: 1 year short of the 3 full-time years asked for."
    )
    assert found["education_total"].startswith("3.3 hours counted: 6.7 hours short")


@pytest.mark.parametrize("told", [{}, MEETS, SPECIALIST, {**SPECIALIST, "hours": []}])
def test_every_rule_is_explained(told: dict[str, Any]) -> None:
    """Each rule comes with its words, source and age, and whatever is open with a way out."""
    for rule in verdict(told).rules:
        assert rule.title and rule.rule and rule.reason.text and rule.source.address and rule.as_of
        assert rule.settles or rule.state == "met"
        assert not re.search(r"[{}\[\]]|\beligible\b", f"{rule.rule} {rule.reason.text}")


def test_every_reason_can_occur() -> None:
    """No rule has a reason that no member can meet."""
    told = [
        {},
        MEETS,
        SPECIALIST,
        *({**SPECIALIST, **more} for more in (
            {"years_experience": 1, "exempt": False, "supervises": False, "employed_now": False},
            {"years_experience": 1, "combined_roles": True, "employed_now": None},
            {"combined_roles": True, "country": "CA", "months_since_last_job": 3},
            {"organization": "court", "employed_now": False, "months_since_last_job": 3},
            {"organization": "other", "employed_now": False, "months_since_last_job": 33},
            {"role": "other", "full_time": False, "endorses_ethics_code": False, "hours": []},
            {"years_experience": None, "supervises": None, "hours": [course(9, kind="self_study")]},
            {"hours": [course(2), course(None), course(3, "specialist_extra"), {}]},
            {"hours": [course(2, kind="self_study")], "supervises": None},
            {"hours": None},
        )),
    ]  # fmt: skip
    seen = {(rule.id, rule.reason.key) for one in told for rule in verdict(one).rules}
    assert seen == {(rule, reason) for rule, reasons in REASONS.items() for reason in reasons}


def test_a_profile_is_judged_without_being_changed() -> None:
    """The same profile gives the same verdict again."""
    told = profile(SPECIALIST)
    assert isinstance(told, Profile)
    assert check(told, rule_set(), TODAY) == check(told, rule_set(), TODAY)
