"""The dialog of eligibility.yaml, checked and made into steps."""

from collections.abc import Mapping
from decimal import Decimal

from bot.content.documents import Loc, did_you_mean
from bot.content.eligibility_file import ChoiceFile, DialogFile, QuestionFile, StepFile
from bot.content.eligibility_making import Making
from bot.domain.eligibility_questions import (
    CHOICES,
    NO,
    NUMBERS,
    UNKNOWN,
    YES,
    YES_NO,
    Choice,
    Condition,
    Question,
    Step,
)

# What chat platforms show whole: the title of a window, a label, a choice.
LONGEST_STEP_TITLE, LONGEST_INTRO, LONGEST_LABEL, LONGEST_CHOICE = 24, 400, 150, 75
_QUESTIONS = (*CHOICES, *YES_NO, *NUMBERS)


def steps_from(file: DialogFile, making: Making) -> tuple[Step, ...]:
    """The steps in order; what is wrong is noted in `making`."""
    seen: dict[str, QuestionFile] = {}
    steps: list[Step] = []
    for at, step in enumerate(file.steps):
        loc: Loc = ("dialog", "steps", at)
        if step.id in {other.id for other in steps}:
            making.fault((*loc, "id"), f"there are two steps '{step.id}'.")
        steps.append(_step(step, file, loc, seen, making))
    for question in _QUESTIONS:
        if question not in seen:
            making.fault(("dialog", "steps"), f"no step has the question '{question}'.")
    return tuple(steps)


def _step(
    step: StepFile, file: DialogFile, loc: Loc, seen: dict[str, QuestionFile], making: Making
) -> Step:
    when = _conditions(step.when, (*loc, "when"), seen, making)
    return Step(
        id=step.id,
        title=making.text(step.title, (*loc, "title"), LONGEST_STEP_TITLE),
        intro=making.maybe_text(step.intro, (*loc, "intro"), LONGEST_INTRO),
        questions=tuple(
            _question(question, file, (*loc, "questions", at), seen, making)
            for at, question in enumerate(step.questions)
        ),
        when=when,
    )


def _question(
    question: QuestionFile,
    file: DialogFile,
    loc: Loc,
    seen: dict[str, QuestionFile],
    making: Making,
) -> Question:
    name = question.id
    if name in seen:
        making.fault((*loc, "id"), f"the question '{name}' is asked twice.")
    if name not in _QUESTIONS:
        hint = did_you_mean(name, _QUESTIONS)
        making.fault((*loc, "id"), f"there is no question '{name}'{hint}")
    elif question.kind != (kind := _kind(name)):
        making.fault((*loc, "kind"), f"the question '{name}' is of the kind '{kind}'.")
    when = _conditions(question.when, (*loc, "when"), seen, making)
    seen[name] = question
    return Question(
        id=name,
        kind=question.kind,
        label=making.text(question.label, (*loc, "label"), LONGEST_LABEL),
        hint=making.maybe_text(question.hint, (*loc, "hint"), LONGEST_LABEL),
        choices=_choices(question, file, loc, making),
        unit=NUMBERS.get(name),
        smallest=_smallest(question, loc, making),
        most=None if question.most is None else Decimal(question.most),
        when=when,
    )


def _kind(name: str) -> str:
    if name in CHOICES:
        return "choice"
    return "number" if name in NUMBERS else "yes_no"


def _smallest(question: QuestionFile, loc: Loc, making: Making) -> Decimal:
    if question.smallest is None or making.fact(question.smallest, (*loc, "smallest")) is None:
        return Decimal(0)
    return making.hours(question.smallest)


def _choices(
    question: QuestionFile, file: DialogFile, loc: Loc, making: Making
) -> tuple[Choice, ...]:
    """The choices of a question; those of yes and no, and "I don't know yet", are always there."""
    if question.kind != "choice":
        if question.choices:
            making.fault((*loc, "choices"), f"a question of the kind '{question.kind}' has none.")
        offered = {YES: file.yes_label, NO: file.no_label}
        given = [ChoiceFile(value=value, label=label) for value, label in offered.items()]
        if question.kind == "number":
            return ()
    else:
        given = question.choices
        _check_values(question, (*loc, "choices"), making)
    unknown = ChoiceFile(value=UNKNOWN, label=file.unknown_label)
    return tuple(
        Choice(
            choice.value,
            making.text(choice.label, (*loc, "choices", at, "label"), LONGEST_CHOICE),
            making.maybe_text(choice.note, (*loc, "choices", at, "note"), LONGEST_CHOICE),
        )
        for at, choice in enumerate([*given, unknown])
    )


def _check_values(question: QuestionFile, loc: Loc, making: Making) -> None:
    known, values = CHOICES.get(question.id, ()), [choice.value for choice in question.choices]
    for at, value in enumerate(values):
        if value not in known:
            making.fault((*loc, at), f"there is no choice '{value}'{did_you_mean(value, known)}")
        elif value in values[:at]:
            making.fault((*loc, at), f"the choice '{value}' is offered twice.")
    if not values:
        making.fault(loc, "a question of the kind 'choice' needs choices.")


def _conditions(
    given: Mapping[str, list[str]], loc: Loc, seen: Mapping[str, QuestionFile], making: Making
) -> tuple[Condition, ...]:
    for name, values in given.items():
        if name not in seen:
            making.fault((*loc, name), f"'{name}' is not a question that was put before this.")
            continue
        known = (*CHOICES.get(name, (YES, NO)), UNKNOWN)
        for at, value in enumerate(values):
            if value not in known:
                hint = did_you_mean(value, known)
                making.fault((*loc, name, at), f"'{name}' has no answer '{value}'{hint}")
    return tuple(Condition(name, frozenset(values)) for name, values in given.items())
