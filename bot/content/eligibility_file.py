"""The shape of eligibility.yaml."""

from typing import Annotated

from pydantic import Field

from bot.content.schema import Line, Strict
from bot.domain.eligibility_questions import QuestionKind
from bot.domain.eligibility_rules import Counting, Standing


class UnitFile(Strict):
    """A number with its unit, for one and for any other number."""

    one: Line
    other: Line


class ReasonFile(Strict):
    """Why a rule has its state, and what would settle it."""

    says: Line
    settles: Line | None = None


class RuleFile(Strict):
    """One rule: what it asks for, the fact that it rests on, and its reasons by name."""

    title: Line
    rule: Line
    basis: Line
    reasons: dict[str, ReasonFile]


class ChoiceFile(Strict):
    """One answer to choose."""

    value: Line
    label: Line
    note: Line | None = None


class QuestionFile(Strict):
    """One question. `smallest` names a fact in hours or minutes; `when`: values by question."""

    id: Line
    kind: QuestionKind
    label: Line
    hint: Line | None = None
    choices: Annotated[list[ChoiceFile], Field(default_factory=list)]
    smallest: Line | None = None
    most: Annotated[int, Field(gt=0)] | None = None
    when: Annotated[dict[str, list[str]], Field(default_factory=dict)]


class StepFile(Strict):
    """One step of the dialog."""

    id: Line
    title: Line
    intro: Line | None = None
    questions: Annotated[list[QuestionFile], Field(min_length=1)]
    when: Annotated[dict[str, list[str]], Field(default_factory=dict)]


class DialogFile(Strict):
    """The dialog, and the answers that every question of its kind has."""

    yes_label: Line
    no_label: Line
    unknown_label: Line
    steps: Annotated[list[StepFile], Field(min_length=1, max_length=7)]


class EligibilityFile(Strict):
    """eligibility.yaml."""

    version: Line
    expiring_within_days: Annotated[int, Field(ge=0, le=3660)]
    home_country_names: Annotated[list[Line], Field(min_length=1)]
    categories: dict[str, Line]
    kinds: dict[str, Counting]
    organizations: dict[str, Standing]
    units: dict[str, UnitFile]
    phrases: dict[str, Line]
    rules: dict[str, RuleFile]
    dialog: DialogFile
