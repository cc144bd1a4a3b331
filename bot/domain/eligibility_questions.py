"""The dialog as it is handed in: steps of questions, each question for one thing of a profile."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, TypeAlias

from bot.domain.eligibility_profile import BASE_CATEGORIES, ORGANIZATIONS, ROLES, SPECIALTIES
from bot.domain.eligibility_rules import Numbers

Answers: TypeAlias = Mapping[str, str | None]
"""Question id -> value, ready to be stored: a choice's value, `yes`, `no`, or a number in digits.
None is an answer too: the member does not know. A question that was not yet put is absent."""

QuestionKind = Literal["choice", "number", "yes_no"]
UNKNOWN, YES, NO = "unknown", "yes", "no"
HOME, ELSEWHERE = "US", "elsewhere"
SELF_STUDY_BASE, SELF_STUDY_EXTRA = "self_study", "self_study_extra"
HOURS_OF = {category: f"hours_{category}" for category in BASE_CATEGORIES}
HOURS_EXTRA = "hours_specialist_extra"
PART_OF: Mapping[str, tuple[str, ...]] = {
    SELF_STUDY_BASE: tuple(HOURS_OF.values()),
    SELF_STUDY_EXTRA: (HOURS_EXTRA,),
}
"""Questions whose number is part of the sum of others and cannot be larger."""

CHOICES: Mapping[str, tuple[str, ...]] = {
    "role": ROLES,
    "specialty": SPECIALTIES,
    "country": (HOME, ELSEWHERE),
    "organization": ORGANIZATIONS,
}
YES_NO = (
    "combined_roles",
    "full_time",
    "exempt",
    "supervises",
    "employed_now",
    "endorses_ethics_code",
)
NUMBERS: Mapping[str, str] = {
    "years_experience": "years",
    "months_since_last_job": "months",
    **{question: "hours" for question in (*HOURS_OF.values(), SELF_STUDY_BASE)},
    HOURS_EXTRA: "hours",
    SELF_STUDY_EXTRA: "hours",
}
"""All questions that a dialog can put: those with values, those without, those for a number."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer to choose; `note` is a second, smaller line."""

    value: str
    label: str
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Condition:
    """Holds when `question` has one of `values`; `unknown` stands for "I don't know"."""

    question: str
    values: frozenset[str]


@dataclass(frozen=True, slots=True)
class Question:
    """One question. `choices` is complete for choice and yes_no, "I don't know yet" included.

    A number lies in 0 .. `most`, and is not between 0 and `smallest`.
    """

    id: str
    kind: QuestionKind
    label: str
    hint: str | None = None
    choices: tuple[Choice, ...] = ()
    unit: str | None = None
    smallest: Decimal = Decimal(0)
    most: Decimal | None = None
    when: tuple[Condition, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """One subject, shown at once; `intro` is a line above the questions."""

    id: str
    title: str
    intro: str | None
    questions: tuple[Question, ...]
    when: tuple[Condition, ...] = ()


@dataclass(frozen=True, slots=True)
class Dialog:
    """All steps in order; `version` is the rule set's.

    The dialog asks for sums of hours; `categories`, in the order of the rule set, and its `numbers`
    are what they are divided by again.
    """

    version: str
    steps: tuple[Step, ...]
    categories: tuple[str, ...]
    numbers: Numbers

    def title_of(self, step_id: str) -> str:
        """A step's title; the first one's where there is no such step any more."""
        titles = {step.id: step.title for step in self.steps}
        return titles.get(step_id, self.steps[0].title)
