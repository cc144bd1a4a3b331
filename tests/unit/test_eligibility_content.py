"""eligibility.yaml: what ships is sound, and what an editor gets wrong is told in words."""

import re
import shutil
from collections.abc import Callable
from copy import deepcopy
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.content.eligibility_rule_set import RULE_FACTS
from bot.content.eligibility_steps import (
    LONGEST_CHOICE,
    LONGEST_INTRO,
    LONGEST_LABEL,
    LONGEST_STEP_TITLE,
)
from bot.content.places import shipped_path
from bot.domain.eligibility_profile import BASE_CATEGORIES
from bot.domain.eligibility_rules import REASONS
from tests.support.eligibility import eligibility_in, shipped

Edit = Callable[[Any], object]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the content that the rules are made of, without the facts they do not use."""
    for name in ("eligibility.yaml", "sources.yaml"):
        shutil.copy(shipped_path("content") / name, tmp_path / name)
    (tmp_path / "program.yaml").write_text(_used_facts(), encoding="utf-8")
    return tmp_path


@cache
def _used_facts() -> str:
    root = shipped_path("content")
    data = yaml.safe_load((root / "program.yaml").read_text(encoding="utf-8"))
    rules = (root / "eligibility.yaml").read_text(encoding="utf-8")
    used = {*re.findall(r"\w+", rules), *RULE_FACTS.values(), "exam_fee_member"}
    facts = {name: fact for name, fact in data["facts"].items() if name in used}
    return yaml.safe_dump({"facts": facts}, sort_keys=False)


def edited(folder: Path, edit: Edit, name: str = "eligibility.yaml") -> list[str]:
    """The faults after an edit of one file."""
    path = folder / name
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    edit(data)
    path.write_text(yaml.safe_dump(data, sort_keys=False, width=10_000), encoding="utf-8")
    made, faults = eligibility_in(folder)
    assert (made is None) == bool(faults)
    return faults


def version(folder: Path) -> str:
    """The version of the rule set in a folder."""
    made, faults = eligibility_in(folder)
    assert made is not None, faults
    return made[0].version


def test_what_ships_is_sound(folder: Path) -> None:
    """The shipped rules and questions have no fault, and rules and dialog are of one version."""
    made, faults = eligibility_in(folder)
    assert made is not None and faults == []
    assert made[0].version == made[1].version
    assert made[0].categories == made[1].categories == BASE_CATEGORIES
    assert tuple(made[0].rules) == tuple(REASONS)


def test_texts_fit_where_they_are_shown() -> None:
    """Titles, labels, hints and choices are short enough for a phone and for Slack."""
    steps = shipped()[1].steps
    assert len(steps) <= 7
    for step in steps:
        assert len(step.title) <= LONGEST_STEP_TITLE and len(step.intro or "") <= LONGEST_INTRO
        for question in step.questions:
            assert (
                len(question.label) <= LONGEST_LABEL and len(question.hint or "") <= LONGEST_LABEL
            )
            for choice in question.choices:
                assert max(len(choice.label), len(choice.note or "")) <= LONGEST_CHOICE


def test_nobody_is_called_eligible() -> None:
    """No text promises eligibility, and none shows an unfilled placeholder."""
    rules, dialog = shipped()
    messages = yaml.safe_load((shipped_path("content") / "messages.yaml").read_text("utf-8"))
    finished = [str(asdict(step)) for step in dialog.steps]
    finished += [f"{rule.title} {rule.rule}" for rule in rules.rules.values()]
    templates = [why.template for rule in rules.rules.values() for why in rule.reasons.values()]
    templates += messages["eligibility"].values()
    assert not [text for text in finished + templates if re.search(r"\beligible\b", text)]
    assert not [text for text in finished if re.search(r"\{[a-z_]+[|}]", text)]


def test_every_field_error_has_its_sentence() -> None:
    """Each error that the dialog can tell stands in messages.yaml."""
    root = shipped_path("bot/domain")
    used = set()
    for name in ("eligibility_dialog.py", "eligibility_numbers.py"):
        source = (root / name).read_text(encoding="utf-8")
        used |= set(re.findall(r'FieldError\("eligibility\.(\w+)"', source))
        used |= set(re.findall(r'NumberFault\("(\w+)"', source))
    messages = yaml.safe_load((shipped_path("content") / "messages.yaml").read_text("utf-8"))
    assert len(used) >= 7 and used <= set(messages["eligibility"])


def _set(*path: Any, value: Any) -> Edit:
    def edit(data: Any) -> None:
        for part in path[:-1]:
            data = data[part]
        data[path[-1]] = value

    return edit


def _drop(*path: Any) -> Edit:
    def edit(data: Any) -> None:
        for part in path[:-1]:
            data = data[part]
        del data[path[-1]]

    return edit


STEPS = ("dialog", "steps")
QUESTION = (*STEPS, 0, "questions", 0)
MET = ("rules", "experience", "reasons", "met")


@pytest.mark.parametrize(
    ("edit", "parts"),
    [
        (_set("versoin", value="2"), ["unknown key 'versoin'", "'version'"]),
        (_set("version", value=2), ["'version'"]),
        (_set("expiring_within_days", value=-1), ["'expiring_within_days'"]),
        (_drop("rules", "employment"), ["'employment' is missing."]),
        (_set("rules", "degree", value={}), ["'rules.degree.title' is missing."]),
        (_drop(*MET), ["'met' is missing."]),
        (_set(*MET[:-1], "mett", value={"says": "x"}), ["unknown key 'mett'. Did you mean 'met'?"]),
        (_set(*MET, "says", value="You have {yaers}."), ["{yaers}. Did you mean 'years'?"]),
        (_set(*MET, "says", value="You have {missing}."), ["nothing is called {missing}"]),
        (_set(*MET, "says", value="You have {years."), ["never closed"]),
        (_set(*MET, "says", value="Pay {exam_fee_member}."), ["{exam_fee_member} is empty"]),
        (_drop("rules", "experience", "reasons", "short", "settles"), ["'settles' is missing"]),
        (_set("rules", "experience", "basis", value="experience_yeers"),
         ["there is no fact 'experience_yeers'. Did you mean 'experience_years'?"]),
        (_set("rules", "experience", "basis", value="exam_fee_member"), ["names no source"]),
        (_set("rules", "experience", "title", value="x" * 61), ["this has 61 characters"]),
        (_set("kinds", "live", value="half"), ["'kinds.live'"]),
        (_drop("kinds", "webinar"), ["'webinar' is missing."]),
        (_set("kinds", "webinr", value="full"), ["'webinr'. Did you mean 'webinar'?"]),
        (_drop("categories", "technology"), ["'technology' is missing."]),
        (_drop("organizations", "court"), ["'court' is missing."]),
        (_drop("units", "years"), ["'years' is missing."]),
        (_set("phrases", "in_category", value="{amont}"), ["Did you mean 'amount'?"]),
        (_set(*QUESTION, "id", value="rol"), ["there is no question 'rol'. Did you mean 'role'?"]),
        (_set(*QUESTION, "id", value="combined_roles"), ["is asked twice"]),
        (_set(*QUESTION, "kind", value="yes_no"), ["is of the kind 'choice'"]),
        (_set(*QUESTION, "label", value="x" * 151), ["this has 151 characters; at most 150"]),
        (_set(*QUESTION, "choices", 0, "value", value="boss"), ["there is no choice 'boss'"]),
        (_set(*QUESTION, "choices", 1, "value", value="principal_administrator"),
         ["is offered twice"]),
        (_set(*QUESTION, "choices", value=[]), ["needs choices"]),
        (_set(*STEPS, 0, "questions", 2, "choices", value=[{"value": "x", "label": "x"}]),
         ["of the kind 'yes_no' has none"]),
        (_set(*STEPS, 0, "title", value="x" * 25), ["this has 25 characters; at most 24"]),
        (_set(*STEPS, 1, "id", value="role"), ["there are two steps 'role'"]),
        (_set(*STEPS, 6, "when", value={"rolle": ["other"]}), ["'rolle' is not a question"]),
        (_set(*STEPS, 6, "when", value={"role": ["boss"]}), ["'role' has no answer 'boss'"]),
        (_set(*STEPS, 1, "when", value={"exempt": ["yes"]}), ["question that was put before"]),
        (_set(*STEPS, 3, "questions", 1, "when", value={"employed_now": [False]}),
         ["employed_now"]),
        (_set(*STEPS, 1, "questions", 0, "smallest", value="x"), ["there is no fact 'x'"]),
        (_drop(*STEPS, 4), ["no step has the question 'endorses_ethics_code'"]),
        (lambda data: data["dialog"]["steps"].append(deepcopy(data["dialog"]["steps"][0])),
         ["dialog.steps"]),
    ],
)  # fmt: skip
def test_each_fault_is_told_with_its_place(folder: Path, edit: Edit, parts: list[str]) -> None:
    """What an editor gets wrong is told with file, line and a sentence, and nothing is guessed."""
    faults = edited(folder, edit)
    told = [fault for fault in faults if all(part in fault for part in parts)]
    assert told, faults
    assert re.match(r"content/eligibility\.yaml:\d+: ", told[0])


@pytest.mark.parametrize(
    ("name", "value", "part"),
    [
        ("experience_years", None, "the rules need a number in 'experience_years'"),
        ("edu_total_hours", -10, "the rules need a number in 'edu_total_hours'"),
        ("edu_window_months", 24.5, "the rules need a whole number in 'edu_window_months'"),
    ],
)
def test_rules_need_their_numbers(folder: Path, name: str, value: Any, part: str) -> None:
    """A number that the rules turn on cannot be left empty; the fault points into program.yaml."""
    faults = edited(folder, _set("facts", name, "value", value=value), "program.yaml")
    assert any(
        re.match(r"content/program\.yaml:\d+: ", fault) and part in fault for fault in faults
    )


def test_rules_need_their_facts(folder: Path) -> None:
    """A fact that was removed from program.yaml is missed by name."""
    faults = edited(folder, _drop("facts", "edu_selfstudy_cap_extra"), "program.yaml")
    assert any("the rules need a fact 'edu_selfstudy_cap_extra'" in fault for fault in faults)


@pytest.mark.parametrize(
    ("name", "edit", "is_new"),
    [
        ("program.yaml", _set("facts", "experience_years", "value", value=4), True),
        ("program.yaml", _set("facts", "exam_fee_member", "value", value=400), False),
        ("eligibility.yaml", _set("version", value="2"), True),
        ("eligibility.yaml", _set("kinds", "recording", value="full"), True),
        ("eligibility.yaml", _set("rules", "experience", "title", value="Years"), False),
        ("eligibility.yaml", _set(*QUESTION, "label", value="Your role?"), False),
        ("eligibility.yaml", _drop(*QUESTION, "choices", 3), True),
    ],
)
def test_version_follows_what_decides(folder: Path, name: str, edit: Edit, is_new: bool) -> None:
    """A changed number or rule is a new version, a changed wording is not."""
    before = version(folder)
    assert edited(folder, edit, name) == []
    assert (version(folder) != before) == is_new
