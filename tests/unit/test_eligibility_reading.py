"""Profiles that somebody else wrote: what is read, and how each fault is told."""

import json
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from bot.domain.eligibility_profile import Profile
from bot.domain.eligibility_reading import read_profile
from tests.support.eligibility import SPECIALIST


def test_a_full_profile() -> None:
    """Every key of the format arrives where it belongs."""
    entry = {"date": "2026-03-14", "hours": 1.5, "category": "writing", "kind": "live"}
    given = {**SPECIALIST, "months_since_last_job": 0, "hours": [{**entry, "title": "Memos"}]}
    read = read_profile({**given, "holds_degree": True, "ala_member": False})
    assert isinstance(read, Profile) and read.hours is not None
    assert (read.role, read.specialty) == ("functional_specialist", "hr")
    assert read.years_experience == 5
    assert (read.holds_degree, read.ala_member, read.country) == (True, False, "US")
    assert read.apply_on == date(2027, 3, 1)
    assert (read.hours[0].day, read.hours[0].hours) == (date(2026, 3, 14), Decimal("1.5"))
    assert (read.hours[0].category, read.hours[0].title) == ("writing", "Memos")


def test_absent_and_null_are_unknown() -> None:
    """A key that is absent or null is unknown, while an empty list of hours is none earned."""
    nulls = dict.fromkeys(json.loads(json.dumps(SPECIALIST)))
    assert read_profile({}) == read_profile(nulls) == Profile()
    assert read_profile({"hours": []}) == Profile(hours=())


@pytest.mark.parametrize(
    ("given", "parts"),
    [
        ({"rol": "other"}, ['unknown key "rol"', 'did you mean "role"?']),
        ({"Role": "other"}, ['unknown key "Role"', 'did you mean "role"?']),
        ({"xyzzy": 1}, ['unknown key "xyzzy".']),
        ({"role": "principal"}, ["role:", "none of principal_administrator", "did you mean"]),
        ({"role": 3}, ["role: 3 is none of"]),
        ({"role": ""}, ['role: "" is none of']),
        ({"role": ["other"]}, ["role:", "is none of"]),
        ({"specialty": "HR"}, ["specialty:", 'did you mean "hr"?']),
        ({"organization": "lawfirm"}, ['did you mean "law_firm"?']),
        ({"full_time": 1}, ["full_time: true or false is expected, not 1."]),
        ({"exempt": "yes"}, ['exempt: true or false is expected, not "yes".']),
        ({"years_experience": True}, ["years_experience: a number is expected, not true."]),
        ({"years_experience": "3"}, ['years_experience: a number is expected, not "3".']),
        ({"years_experience": -1}, ["years_experience: -1 is negative"]),
        ({"years_experience": float("nan")}, ["a finite number is expected"]),
        ({"years_experience": float("inf")}, ["a finite number is expected"]),
        ({"years_experience": 1e308}, ["is too large"]),
        ({"years_experience": 10**400}, ["is too large"]),
        ({"years_experience": Decimal("1e-40")}, ["decimals"]),
        ({"months_since_last_job": -0.5}, ["months_since_last_job: -0.5 is negative"]),
        ({"country": 1}, ["country: a text in quotation marks is expected, not 1."]),
        ({"country": " "}, ["country: the text is empty"]),
        ({"apply_on": "2027-02-29"}, ['"2027-02-29" is not a day of the calendar']),
        ({"apply_on": "01/03/2027"}, ["a date such as 2026-03-14 is expected"]),
        ({"apply_on": "20270301"}, ["a date such as"]),
        ({"apply_on": "2027-W09-1"}, ["a date such as"]),
        ({"apply_on": "2027-03-01T00:00"}, ["a date such as"]),
        ({"apply_on": "٢٠٢٧-٠٣-٠١"}, ["a date such as"]),
        ({"apply_on": 20270301}, ["a date such as"]),
        ({"hours": {}}, ["hours: a list in [ ] is expected"]),
        ({"hours": "none"}, ["hours: a list in [ ] is expected"]),
        ({"hours": [3]}, ["hours, entry 1: an object in { } is expected, not 3."]),
        ({"hours": [None]}, ["hours, entry 1: an object in { } is expected"]),
        (
            {"hours": [{}, {"hour": 2}]},
            ['hours, entry 2, unknown key "hour"; did you mean "hours"?'],
        ),
        ({"hours": [{"kind": "Live"}]}, ["hours, entry 1, kind:", 'did you mean "live"?']),
        ({"hours": [{"category": "finance"}]}, ["hours, entry 1, category:", "is none of writing"]),
        ({"hours": [{"hours": False}]}, ["hours, entry 1, hours: a number is expected"]),
        ({"hours": [{"hours": -2}]}, ["hours, entry 1, hours: -2 is negative"]),
        ({"hours": [{"hours": 1e6}]}, ["hours, entry 1, hours:", "is too large"]),
        ({"hours": [{"date": "soon"}]}, ["hours, entry 1, date:"]),
        ({"hours": [{"title": 7}]}, ["hours, entry 1, title:"]),
    ],
)
def test_each_fault_has_its_sentence(given: dict[str, Any], parts: list[str]) -> None:
    """A value that cannot be meant is told with its place, itself, and what is expected."""
    read = read_profile(given)
    assert isinstance(read, list) and len(read) == 1
    assert all(part in read[0] for part in parts), read[0]
    assert read[0].endswith((".", "?"))


def test_all_faults_are_told_at_once() -> None:
    """A profile with several faults gets a sentence for each of them."""
    read = read_profile({"role": 1, "exempt": 1, "hours": [{"hours": "2"}, 5], "typo": 1})
    assert isinstance(read, list) and len(read) == 5


def test_a_long_value_is_cut_in_the_sentence() -> None:
    """A page of text in the wrong place does not come back whole."""
    read = read_profile({"role": "x" * 12_000})
    assert isinstance(read, list) and len(read[0]) < 300


@pytest.mark.parametrize("day", ["2030-01-01", "1900-01-01", "9999-12-31", "0001-01-01"])
def test_days_outside_the_window_are_no_faults(day: str) -> None:
    """A course long ago or in the future is read; it just does not count."""
    assert isinstance(read_profile({"hours": [{"date": day}], "apply_on": day}), Profile)
