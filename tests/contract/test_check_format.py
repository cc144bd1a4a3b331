"""`clm check --json`: the exact format that tools outside rely on."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.support.cli import Terminal, terminal
from tests.support.eligibility import MEETS, SPECIALIST

KEYS = ["overall", "rules", "gaps", "expiring"]
RULES = {
    "experience", "exempt_level", "supervision", "employment", "organization", "full_time",
    "ethics_code", "education_total", "education_categories", "specialist_extra",
    "self_study_cap",
}  # fmt: skip
SPECIALIST_ONLY = {"supervision", "specialist_extra"}
STATES = {"met", "not_met", "ask_ala", "unknown"}
OVERALL = {"not_yet", "incomplete", "ask_ala", "appears_to_meet"}
BASE = ["writing", "communication", "self_management", "technology", "organizational_development"]
COURSE = {"date": "2026-10-01", "hours": 1.5, "category": "writing", "kind": "live", "title": "é"}
SOON = {"date": "2025-03-14", "hours": 1.5, "category": "writing", "kind": "webinar"}


@pytest.fixture
def shell(tmp_path: Path) -> Terminal:
    return terminal(tmp_path)


def profiles(*rows: Any) -> str:
    return "".join(f"{json.dumps(dict(row))}\n" for row in rows)


def check_verdict(verdict: Any, *, specialist: bool) -> None:
    assert list(verdict) == KEYS
    assert verdict["overall"] in OVERALL
    ids = [rule["id"] for rule in verdict["rules"]]
    assert set(ids) == RULES - (set() if specialist else SPECIALIST_ONLY)
    assert len(ids) == len(set(ids))
    for rule in verdict["rules"]:
        assert list(rule) == ["id", "state", "reason"]
        assert rule["state"] in STATES
        assert isinstance(rule["reason"], str) and rule["reason"].strip()
    assert set(verdict["gaps"]) <= {*BASE, "specialist_extra"}
    assert all(hours > 0 for hours in verdict["gaps"].values())
    for item in verdict["expiring"]:
        assert list(item) == ["date", "leaves_on", "hours", "category"]


def test_each_profile_has_its_verdict_in_order(shell: Terminal) -> None:
    """One profile a line in, one verdict a line out, as a program of its own."""
    rows = [{}, MEETS, SPECIALIST, {**MEETS, "hours": []}, {**MEETS, "hours": [COURSE, SOON]}]
    ran = shell.starts("check", "--json", shell.file("in.jsonl", profiles(*rows)))
    assert (ran.code, ran.err, len(ran.rows)) == (0, "", len(rows))
    for verdict, row in zip(ran.rows, rows, strict=True):
        check_verdict(verdict, specialist=row.get("role") == "functional_specialist")
    overall = [verdict["overall"] for verdict in ran.rows]
    assert overall == ["incomplete", "appears_to_meet", "appears_to_meet", "not_yet", "not_yet"]


def test_numbers_are_numbers(shell: Terminal) -> None:
    """Hours are whole or with a point, days are ISO days, gaps hold only what is above 0."""
    row = {**MEETS, "hours": [COURSE, SOON], "apply_on": "2027-03-01"}
    [verdict] = shell.runs("check", "--json", shell.file("in.jsonl", profiles(row))).rows
    assert verdict["gaps"] == dict.fromkeys(BASE[1:], 2)
    [item] = verdict["expiring"]
    assert item == {
        "date": "2025-03-14", "leaves_on": "2027-03-15", "hours": 1.5, "category": "writing",
    }  # fmt: skip
    [none_told] = shell.runs("check", "--json", shell.file("a.jsonl", profiles({}))).rows
    assert none_told["gaps"] == {} and none_told["expiring"] == []


def test_blank_lines_do_not_matter(shell: Terminal) -> None:
    """Blank lines, Windows line ends and a byte order mark are passed over."""
    text = "\ufeff" + profiles({}, MEETS).replace("\n", "\r\n\r\n  \n")
    assert len(shell.runs("check", "--json", shell.file("in.jsonl", text)).rows) == 2
    assert len(shell.runs("check", "--json", "-", stdin=text).rows) == 2
    assert shell.runs("check", "--json", shell.file("none.jsonl", "\n")).out == ""


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("{role: 1}", "this is not valid JSON"),
        ("[]", "a profile is an object in { }, not"),
        ('{"rolle": "other"}', 'did you mean "role"?'),
        ('{"role": "boss"}', "role"),
        ('{"years_experience": -1}', "years_experience"),
        ('{"years_experience": "3"}', "years_experience"),
        ('{"exempt": "yes"}', "exempt"),
        ('{"apply_on": "2027-02-30"}', "apply_on"),
        ('{"hours": [{"hours": -1}]}', "hours"),
        ('{"hours": {}}', "hours"),
        ('{"hours": [{"date": "2026-10-01", "hours": 1, "category": "cooking", "kind": "live"}]}',
         "cooking"),
        ('{"role": "other", "role": "other"}', "stands twice"),
        ("[" * 100_000, "nested too deeply"),
    ],
)  # fmt: skip
def test_one_bad_line_means_nothing_on_standard_output(
    shell: Terminal, line: str, sentence: str
) -> None:
    """A file is read whole: one bad profile is told with file and line, and nothing is printed."""
    name = shell.file("in.jsonl", f"{profiles(MEETS)}\n{line}\n{profiles(MEETS)}")
    ran = shell.runs("check", "--json", name)
    assert (ran.code, ran.out) == (66, "")
    assert all(line.startswith(f"{name}:3: ") for line in ran.err.strip().split("\n"))
    assert sentence.lower() in ran.err.lower()


def test_a_bad_line_of_a_pipe_is_told(shell: Terminal) -> None:
    """The same holds for a program of its own that reads a pipe."""
    ran = shell.starts("check", "--json", "-", stdin=f"{profiles({})}no\n")
    assert (ran.code, ran.out) == (66, "")
    assert ran.err.startswith("-:2: this is not valid JSON")


def test_other_ends(shell: Terminal) -> None:
    """A missing file ends with 66, bad content with 65, bad settings with 78."""
    assert shell.runs("check", "--json", "missing.jsonl").code == 66
    assert shell.runs("check", "--json", "-", CLM_HOME="~nobody-of-that-name").code == 78
    shell.file("home/chapter.yaml", "names: x\n")
    ran = shell.runs("check", "--json", "-", stdin="{}")
    assert (ran.code, ran.out) == (65, "")
