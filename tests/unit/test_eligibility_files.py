"""`clm check --json`: profiles in, one line of JSON for each out, or nothing and a sentence."""

import json
from typing import Any

import pytest

from bot.errors import InputError
from bot.services.eligibility_files import run_check
from tests.support.eligibility import MEETS, TODAY, course, rule_set


def checked(*lines: str) -> list[Any]:
    """What comes out for these lines, read back."""
    return [json.loads(line) for line in run_check(lines, "profiles.jsonl", rule_set(), TODAY)]


def faults(*lines: str) -> list[str]:
    """The sentences for lines of which at least one is bad."""
    with pytest.raises(InputError) as caught:
        run_check(lines, "profiles.jsonl", rule_set(), TODAY)
    return str(caught.value).splitlines()


def test_the_format() -> None:
    """A verdict is one compact object with plain numbers, in the order of the contract."""
    hours = [
        course(0.5, kind="college_semester_credit", date="2025-03-10"),
        course(1, "technology"),
    ]
    [line] = run_check([json.dumps({**MEETS, "hours": hours})], "-", rule_set(), TODAY)
    found = json.loads(line)
    assert line == json.dumps(found, separators=(",", ":"))
    assert list(found) == ["overall", "rules", "gaps", "expiring"]
    assert found["overall"] == "not_yet"
    assert all(
        list(rule) == ["id", "state", "reason"] and rule["reason"] for rule in found["rules"]
    )
    assert line.endswith(
        '"gaps":{"communication":2,"self_management":2,"technology":1,'
        '"organizational_development":2},"expiring":[{"date":"2025-03-10",'
        '"leaves_on":"2027-03-11","hours":7.5,"category":"writing"}]}'
    )


def test_numbers_have_no_float_noise() -> None:
    """1.1 and 2.2 hours leave what a person would reckon."""
    line = json.dumps({**MEETS, "hours": [course(1.1, "technology"), course(0.3)]})
    assert checked(line)[0]["gaps"]["technology"] == 0.9
    many = [course(1.1, kind="live"), course(2.2, kind="self_study", date="2025-03-10")]
    assert checked(json.dumps({"hours": many, "apply_on": "2027-03-01"}))[0]["expiring"][0] == {
        "date": "2025-03-10",
        "leaves_on": "2027-03-11",
        "hours": 2.2,
        "category": "writing",
    }


def test_one_line_for_each_profile_in_order() -> None:
    """Verdicts come in the order of the profiles; blank lines are passed over."""
    lines = ['{"role":"other"}\n', "\n", "  \t", "{}\r\n", json.dumps(dict(MEETS)), ""]
    assert [found["overall"] for found in checked(*lines)] == [
        "incomplete",
        "incomplete",
        "appears_to_meet",
    ]
    assert checked() == []


def test_a_byte_order_mark_is_no_fault() -> None:
    """A file saved by an editor that marks its encoding is read."""
    assert checked("\ufeff{}")[0]["overall"] == "incomplete"


@pytest.mark.parametrize(
    ("line", "part"),
    [
        ("{", "not valid JSON"),
        ("{'role': 1}", "not valid JSON"),
        ("{} {}", "not valid JSON"),
        ("[]", "a profile is an object"),
        ("null", "a profile is an object in { }, not null."),
        ("3", "not 3."),
        ('{"role":"other","role":"other"}', 'the key "role" stands twice'),
        ('{"hours":[{"hours":1,"hours":2}]}', 'the key "hours" stands twice'),
        ('{"years_experience":NaN}', "a finite number is expected"),
        ('{"years_experience":-Infinity}', "a finite number is expected"),
        ('{"years_experience":1e400}', "is too large"),
        ('{"years_experience":1e99999999999999999999}', "far too long"),
        ('{"years_experience":' + "9" * 5000 + "}", "far too long"),
        ("[" * 100_000, "nested too deeply"),
        ('{"xyz":1}', 'unknown key "xyz"'),
    ],
)
def test_one_bad_line_spoils_all(line: str, part: str) -> None:
    """One bad line among good ones gives no verdict at all, but its file, line and a sentence."""
    [sentence] = faults("{}", "", line, "{}")
    assert sentence.startswith("profiles.jsonl:3: ")
    assert part in sentence


def test_all_bad_lines_are_told_up_to_a_limit() -> None:
    """Each bad line is named; a file of another kind does not flood the screen."""
    assert [s.split(":")[1] for s in faults("x", "{}", "y")] == ["1", "3"]
    many = faults(*["x"] * 50)
    assert len(many) == 21 and many[-1] == "... and 30 more."
