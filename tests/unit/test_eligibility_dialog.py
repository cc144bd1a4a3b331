"""The eligibility dialog: its steps, what it accepts, and what a draft keeps."""

import json
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from bot.domain.eligibility_dialog import (
    Accepted,
    Answers,
    Dialog,
    FieldError,
    Progress,
    Refused,
    next_step,
    previous_step,
    progress,
    questions_for,
    resume_at,
    step_named,
    steps_for,
    still_valid,
    submit_step,
)
from bot.domain.eligibility_questions import CHOICES, NUMBERS, UNKNOWN, YES_NO
from tests.support.eligibility import shipped

SPECIALIST = {"role": "functional_specialist"}
HOURS = ["writing", "communication", "self_management", "technology", "organizational_development"]


@pytest.fixture
def dialog() -> Dialog:
    """The dialog that ships with the product."""
    return shipped()[1]


def submitted(dialog: Dialog, answers: Answers, step_id: str, **raw: str | None) -> Any:
    """What a step comes to when it is sent."""
    step = step_named(dialog, step_id)
    assert step is not None
    return submit_step(answers, dialog, step, raw)


def accepted(dialog: Dialog, answers: Answers, step_id: str, **raw: str | None) -> Answers:
    """The answers after a step that must be accepted."""
    outcome = submitted(dialog, answers, step_id, **raw)
    assert isinstance(outcome, Accepted), outcome
    return outcome.answers


def refused(dialog: Dialog, step_id: str, **raw: str | None) -> dict[str, FieldError]:
    """The field errors of a step that must be refused."""
    outcome = submitted(dialog, {}, step_id, **raw)
    assert isinstance(outcome, Refused), outcome
    return dict(outcome.errors)


def ids(dialog: Dialog, answers: Answers) -> list[str]:
    """The steps that apply."""
    return [step.id for step in steps_for(answers, dialog)]


def test_steps_by_role(dialog: Dialog) -> None:
    """Everybody has six steps, one subject each; functional specialists have a seventh."""
    six = ["role", "experience", "level", "employment", "ethics", "hours"]
    assert ids(dialog, {}) == ids(dialog, {"role": "other"}) == ids(dialog, {"role": None}) == six
    assert ids(dialog, SPECIALIST) == [*six, "extra"]


@pytest.mark.parametrize(
    ("step_id", "answers", "asked"),
    [
        ("role", {}, ["role", "combined_roles"]),
        ("role", SPECIALIST, ["role", "specialty", "combined_roles"]),
        ("level", {}, ["exempt", "country"]),
        ("level", SPECIALIST, ["exempt", "supervises", "country"]),
        ("employment", {"employed_now": "yes"}, ["employed_now", "organization"]),
        (
            "employment",
            {"employed_now": "no"},
            ["employed_now", "months_since_last_job", "organization"],
        ),
        (
            "employment",
            {"employed_now": None},
            ["employed_now", "months_since_last_job", "organization"],
        ),
    ],
)
def test_questions_by_answers(
    dialog: Dialog, step_id: str, answers: Answers, asked: list[str]
) -> None:
    """A question shows only where the answers so far make it matter."""
    step = step_named(dialog, step_id)
    assert step and [question.id for question in questions_for(step, answers)] == asked


def test_the_way_forth_and_back(dialog: Dialog) -> None:
    """Next and Back walk the steps that apply, and the progress counts them."""
    first, last = dialog.steps[0], step_named(dialog, "hours")
    assert last is not None
    second = next_step({}, dialog, first)
    assert second and second.id == "experience"
    assert previous_step({}, dialog, second) == first
    assert previous_step({}, dialog, first) is None
    assert next_step({}, dialog, last) is None
    extra = next_step(SPECIALIST, dialog, last)
    assert extra and extra.id == "extra" and next_step(SPECIALIST, dialog, extra) is None
    assert progress({}, dialog, last) == Progress(6, 6)
    assert progress(SPECIALIST, dialog, last) == Progress(6, 7)
    assert (step_named(dialog, "gone"), dialog.title_of("gone")) == (None, first.title)


def test_a_draft_is_taken_up_where_it_stopped(dialog: Dialog) -> None:
    """The next open step is found from the answers alone, which survive being stored as JSON."""
    answers: Answers = {}
    for expected in ("role", "experience", "level", "employment", "ethics", "hours"):
        step = resume_at(json.loads(json.dumps(answers)), dialog)
        assert step is not None and step.id == expected
        answers = accepted(dialog, answers, expected)
    assert resume_at(answers, dialog) is None
    assert set(answers.values()) == {None}
    specialist = accepted(dialog, answers, "role", role="functional_specialist")
    step = resume_at(specialist, dialog)
    assert step is not None and step.id == "level"


def test_answers_are_plain_values(dialog: Dialog) -> None:
    """Choices, yes and no, and numbers are kept as they are meant; the rest is not known."""
    answers = accepted(
        dialog, {}, "role", role="functional_specialist", specialty="hr", combined_roles="no"
    )
    answers = accepted(dialog, answers, "experience", years_experience=" 3,50 years ")
    assert answers == {
        "role": "functional_specialist",
        "specialty": "hr",
        "combined_roles": "no",
        "years_experience": "3.5",
        "full_time": None,
    }


@pytest.mark.parametrize("written", [None, "", " ", UNKNOWN])
def test_not_knowing_is_possible_everywhere(dialog: Dialog, written: str | None) -> None:
    """Every question can be left open, and every one with choices offers "I don't know yet"."""
    for step in dialog.steps:
        raw = {question.id: written for question in step.questions}
        outcome = submit_step(SPECIALIST, dialog, step, raw)
        assert isinstance(outcome, Accepted)
        assert all(outcome.answers.get(question) is None for question in raw)
        for question in step.questions:
            assert question.kind == "number" or question.choices[-1].value == UNKNOWN


@pytest.mark.parametrize(
    ("step_id", "question", "written", "error"),
    [
        ("experience", "years_experience", "lots", FieldError("number_not_read", {})),
        ("experience", "years_experience", "-1", FieldError("number_negative", {})),
        ("experience", "years_experience", "3-4", FieldError("number_range", {})),
        ("experience", "years_experience", "71", FieldError("number_too_large", {"most": "70"})),
        ("experience", "years_experience", "1" * 12_000, FieldError("number_not_read", {})),
        ("experience", "full_time", "maybe", FieldError("choice_not_offered", {})),
        ("role", "role", "<!channel>", FieldError("choice_not_offered", {})),
        ("hours", "hours_writing", "0.5", FieldError("number_too_small", {"smallest": "1"})),
        ("hours", "hours_writing", "1,000", FieldError("number_ambiguous", {})),
        ("hours", "self_study", "0.25", FieldError("number_too_small", {"smallest": "1"})),
    ],
)
def test_errors_at_the_field(
    dialog: Dialog, step_id: str, question: str, written: str, error: FieldError
) -> None:
    """What cannot be meant is told at its own field, with the limit where there is one."""
    found = refused(dialog, step_id, **{question: written})
    assert found == {question: replace(error, key=f"eligibility.{error.key}")}


def test_all_fields_of_a_step_are_told_at_once(dialog: Dialog) -> None:
    """Two wrong fields are two errors, and nothing of the step is taken over."""
    found = refused(dialog, "hours", hours_writing="x", hours_technology="-1", self_study="2")
    assert set(found) == {"hours_writing", "hours_technology"}


def test_self_study_is_part_of_the_hours(dialog: Dialog) -> None:
    """More self-study than hours is told at the self-study field; an open category forgives it."""
    told: dict[str, str | None] = {f"hours_{category}": "1" for category in HOURS}
    found = refused(dialog, "hours", **told, self_study="5.5")
    key = "eligibility.self_study_above_hours"
    assert found == {"self_study": FieldError(key, {"hours": "5"})}
    assert accepted(dialog, {}, "hours", **told, self_study="5")["self_study"] == "5"
    told["hours_writing"] = ""
    assert accepted(dialog, {}, "hours", **told, self_study="5.5")["self_study"] == "5.5"


def test_a_changed_answer_drops_what_hung_on_it(dialog: Dialog) -> None:
    """Who is no specialist after all has no specialist's answers left, and no field for them."""
    answers = accepted(
        dialog, SPECIALIST, "extra", hours_specialist_extra="15", self_study_extra="2"
    )
    answers = accepted(dialog, answers, "level", supervises="yes", exempt="yes")
    changed = accepted(dialog, answers, "role", role="other", specialty="hr")
    assert changed == {
        "role": "other",
        "combined_roles": None,
        "exempt": "yes",
        "country": None,
    }
    employed = accepted(dialog, {}, "employment", employed_now="yes", months_since_last_job="x")
    assert "months_since_last_job" not in employed


def test_a_newer_rule_set_keeps_what_still_applies(dialog: Dialog) -> None:
    """After a change of the rules, only answers that are still possible are carried over."""
    answers = {
        "role": "branch_office_manager",
        "combined_roles": None,
        "specialty": "hr",
        "years_experience": "60",
        "full_time": "yes",
        "organization": "museum",
        "employed_now": True,
        "old_question": "yes",
        "hours_writing": ["2"],
        "endorses_ethics_code": "perhaps",
    }
    kept = {"role": "branch_office_manager", "combined_roles": None, "full_time": "yes"}
    assert still_valid(answers, dialog) == kept | {"years_experience": "60"}
    tighter = _with_most(dialog, "years_experience", Decimal(50))
    assert still_valid(answers, tighter) == kept
    assert still_valid(still_valid(answers, dialog), dialog) == kept | {"years_experience": "60"}


def _with_most(dialog: Dialog, question_id: str, most: Decimal) -> Dialog:
    steps = tuple(
        replace(
            step,
            questions=tuple(
                replace(question, most=most) if question.id == question_id else question
                for question in step.questions
            ),
        )
        for step in dialog.steps
    )
    return replace(dialog, steps=steps)


def test_every_question_is_asked_once(dialog: Dialog) -> None:
    """Each thing that the rules need is asked in exactly one step."""
    asked = [question.id for step in dialog.steps for question in step.questions]
    assert sorted(asked) == sorted([*CHOICES, *YES_NO, *NUMBERS])
