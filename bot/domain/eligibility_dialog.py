"""The eligibility dialog as a wizard: which step comes, and what a submitted step comes to."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from bot.domain.eligibility_answers import profile_from
from bot.domain.eligibility_numbers import NumberFault, read_number
from bot.domain.eligibility_questions import (
    PART_OF,
    UNKNOWN,
    Answers,
    Choice,
    Condition,
    Dialog,
    Question,
    Step,
)
from bot.domain.eligibility_rules import plain

__all__ = [
    "Accepted",
    "Answers",
    "Choice",
    "Dialog",
    "FieldError",
    "Progress",
    "Question",
    "Refused",
    "Step",
    "next_step",
    "previous_step",
    "profile_from",
    "progress",
    "questions_for",
    "resume_at",
    "step_named",
    "steps_for",
    "still_valid",
    "submit_step",
]


@dataclass(frozen=True, slots=True)
class FieldError:
    """What is wrong with one field: the key of a message, and the values that it names."""

    key: str
    values: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Accepted:
    """The answers after a step, without those that no longer apply."""

    answers: Answers


@dataclass(frozen=True, slots=True)
class Refused:
    """Nothing of the step is taken over; each field's error by question id."""

    errors: Mapping[str, FieldError]


@dataclass(frozen=True, slots=True)
class Progress:
    """Step `number` of `of`, as far as the answers so far decide which steps there are."""

    number: int
    of: int


def steps_for(answers: Answers, dialog: Dialog) -> tuple[Step, ...]:
    """The steps that apply to a member with these answers."""
    return tuple(step for step in dialog.steps if _holds(step.when, answers))


def questions_for(step: Step, answers: Answers) -> tuple[Question, ...]:
    """The questions of a step that apply; `answers` may hold choices made but not yet submitted."""
    return tuple(question for question in step.questions if _holds(question.when, answers))


def step_named(dialog: Dialog, step_id: str) -> Step | None:
    """The step with this id; None when the rule set has no such step (any more)."""
    return next((step for step in dialog.steps if step.id == step_id), None)


def next_step(answers: Answers, dialog: Dialog, step: Step) -> Step | None:
    """The step after this one; None after the last."""
    return _first(_after(steps_for(answers, dialog), step))


def previous_step(answers: Answers, dialog: Dialog, step: Step) -> Step | None:
    """The step before this one; None before the first."""
    return _first(_after(reversed(steps_for(answers, dialog)), step))


def resume_at(answers: Answers, dialog: Dialog) -> Step | None:
    """The first step with a question that was not put yet; None when all were."""
    return _first(
        step
        for step in steps_for(answers, dialog)
        if any(question.id not in answers for question in questions_for(step, answers))
    )


def progress(answers: Answers, dialog: Dialog, step: Step) -> Progress:
    """How far a step is along the way."""
    ids = [other.id for other in steps_for(answers, dialog)]
    return Progress(ids.index(step.id) + 1 if step.id in ids else 1, len(ids))


def submit_step(
    answers: Answers, dialog: Dialog, step: Step, raw: Mapping[str, str | None]
) -> Accepted | Refused:
    """Take a step's fields as they were filled in; an empty or missing field is "I don't know"."""
    own = {question.id for question in step.questions}
    kept = {question: value for question, value in answers.items() if question not in own}
    errors: dict[str, FieldError] = {}
    for question in step.questions:
        if not _holds(question.when, kept):
            continue
        read = _answer(question, raw.get(question.id))
        if isinstance(read, FieldError):
            errors[question.id] = read
        else:
            kept[question.id] = read
    if not errors:
        errors = {question: error for question, error in _parts(kept) if question in own}
    return Refused(errors) if errors else Accepted(still_valid(kept, dialog))


def still_valid(answers: Mapping[str, object], dialog: Dialog) -> Answers:
    """The answers that a dialog can still use, such as a draft's after the rule set changed.

    Dropped is what the dialog no longer asks, no longer offers or no longer allows; it will be
    asked again where there is a question for it.
    """
    kept: dict[str, str | None] = {}
    for step in dialog.steps:
        for question in step.questions if _holds(step.when, kept) else ():
            value = answers.get(question.id)
            if question.id not in answers or not _holds(question.when, kept):
                continue
            if value is None or isinstance(value, str):
                read = _answer(question, value)
                if not isinstance(read, FieldError):
                    kept[question.id] = read
    for part, _ in _parts(kept):
        del kept[part]
    return kept


def _first(steps: Iterable[Step]) -> Step | None:
    return next(iter(steps), None)


def _after(steps: Iterable[Step], step: Step) -> list[Step]:
    found = list(steps)
    at = [other.id for other in found].index(step.id) if step in found else -1
    return found[at + 1 :]


def _holds(conditions: Iterable[Condition], answers: Answers) -> bool:
    return all(
        condition.question in answers
        and (answers[condition.question] or UNKNOWN) in condition.values
        for condition in conditions
    )


def _answer(question: Question, written: str | None) -> str | FieldError | None:
    if written is None or not written.strip() or written == UNKNOWN:
        return None
    if question.kind == "number":
        return _number(question, written)
    if written in {choice.value for choice in question.choices}:
        return written
    return FieldError("eligibility.choice_not_offered", {})


def _number(question: Question, written: str) -> str | FieldError | None:
    read = read_number(written, question.unit)
    if read is None:
        return None
    if isinstance(read, NumberFault):
        return FieldError(f"eligibility.{read.key}", {})
    if question.most is not None and read > question.most:
        return FieldError("eligibility.number_too_large", {"most": plain(question.most)})
    if 0 < read < question.smallest:
        smallest = plain(question.smallest)
        return FieldError("eligibility.number_too_small", {"smallest": smallest})
    return plain(read)


def _parts(answers: Answers) -> list[tuple[str, FieldError]]:
    """The questions whose number is larger than the whole that it is part of."""
    found = []
    for part, whole in PART_OF.items():
        told = [answers.get(question) for question in whole]
        hours = sum((Decimal(value) for value in told if value is not None), Decimal(0))
        studied = answers.get(part)
        if studied is not None and None not in told and Decimal(studied) > hours:
            values = {"hours": plain(hours)}
            found.append((part, FieldError("eligibility.self_study_above_hours", values)))
    return found
