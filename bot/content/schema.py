"""The shape of each content file. Unknown keys are refused, so that a typing error never passes."""

import re
from datetime import date, datetime
from typing import Annotated, Any, Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainValidator,
    model_validator,
)

from bot.content.platform_ids import MaybeChannel, MaybeId, blank_is_none
from bot.content.retention_schema import RetentionFile
from bot.content.times_schema import PatienceFile, RemindersFile, WorkingHoursFile

_NUMBERS = frozenset(
    "years months weeks days hours minutes questions percent USD people lawyers number year".split()
)
UNITS = _NUMBERS | frozenset("date month_day text list link".split())
VOLATILE_UNITS = frozenset("USD date month_day link".split())
"""What changes from season to season, where a fact does not say otherwise."""

Value = int | float | date | str | list[str] | None


class Strict(BaseModel):
    """Refuses what it does not know."""

    model_config = ConfigDict(extra="forbid", strict=True, allow_inf_nan=False)


def _known_unit(unit: str) -> str:
    if unit not in UNITS:
        raise ValueError(f"'{unit}' is not a unit; use one of {', '.join(sorted(UNITS))}.")
    return unit


def _known_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ValueError(f"'{name}' is not a time zone such as America/Chicago.") from error
    return name


def _speaking_id(text: str) -> str:
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", text) or text == "oos":
        raise ValueError(f"'{text}' is no id: small letters, digits and hyphens, such as exam-fee.")
    return text


def _value(given: Any) -> Value:
    is_list = isinstance(given, list) and all(isinstance(item, str) for item in given)
    is_plain = isinstance(given, int | float | date | str) and not isinstance(
        given, bool | datetime
    )
    if given is None or is_plain or (is_list and given):
        return given  # type: ignore[no-any-return]
    raise ValueError(
        "a number, a day (2026-03-14), text in quotation marks, or a list of texts is expected; "
        "null when nobody knows it."
    )


def _age(given: Any) -> str:
    if isinstance(given, str | int | date) and not isinstance(given, bool):
        return str(given)
    raise ValueError('say how old it is, such as "January 2027"; put it in quotation marks.')


def _empty_person(given: Any) -> Any:
    return {} if given is None else given


def _no_blank(text: str) -> str:
    if not text.strip():
        raise ValueError("it holds nothing but spaces.")
    return text.strip()


Line = Annotated[str, Field(min_length=1)]
Id = Annotated[Line, AfterValidator(_speaking_id)]
Name = Annotated[str, Field(min_length=1, max_length=120), AfterValidator(_no_blank)]
Sentence = Annotated[str, Field(min_length=1, max_length=600), AfterValidator(_no_blank)]


class SourceFile(Strict):
    """One source in sources.yaml."""

    title: Line
    publisher: Line
    address: Line
    edition: Line


class FactFile(Strict):
    """One fact in program.yaml."""

    value: Annotated[Value, PlainValidator(_value)]
    formula: Annotated[Line, Field(max_length=200)] | None = None
    unit: Annotated[str, AfterValidator(_known_unit)]
    source: str | None = None
    edition: str = ""
    as_of: Annotated[str, PlainValidator(_age)] = ""
    confidence: str
    checked: date | None = None
    volatile: bool | None = None
    note: str = ""

    @model_validator(mode="before")
    @classmethod
    def _worked_out(cls, given: Any) -> Any:
        if isinstance(given, dict) and given.get("formula") is not None and "value" not in given:
            return {**given, "value": None}
        return given

    @model_validator(mode="after")
    def _says_it_once(self) -> Self:
        if self.formula is not None and self.value is not None:
            raise ValueError(
                "it has a formula, so it has no value of its own. Change the facts that the "
                "formula names; or keep the value and write formula: null."
            )
        if self.formula is not None and self.unit not in _NUMBERS:
            raise ValueError(f"a formula makes a number, and the unit is {self.unit}.")
        return self

    @property
    def is_volatile(self) -> bool:
        """Whether it changes from season to season: as it says itself, else by its unit."""
        return self.unit in VOLATILE_UNITS if self.volatile is None else self.volatile

    @model_validator(mode="after")
    def _fits_unit(self) -> Self:
        if self.value is not None and (wanted := _wanted(self.value, self.unit)):
            raise ValueError(f"the unit is {self.unit}, so the value must be {wanted}.")
        return self


def _wanted(value: Value, unit: str) -> str:
    """What a value of this unit looks like; empty when it does."""
    if unit in _NUMBERS:
        fits = isinstance(value, int | float) and abs(value) < float("inf")
        return "" if fits else "a number, such as 1200 or 1.5, without sign and quotation marks"
    if unit == "date":
        return "" if isinstance(value, date) else "a day, such as 2026-03-14"
    if unit == "list":
        return "" if isinstance(value, list) else 'a list, such as ["finance", "marketing"]'
    if unit == "month_day":
        return "" if _is_month_day(value) else 'a day of the year, such as "06-30"'
    return "" if isinstance(value, str) and value.strip() else "text in quotation marks"


def _is_month_day(value: Value) -> bool:
    if not isinstance(value, str) or not re.fullmatch(r"\d\d-\d\d", value):
        return False
    try:
        date.fromisoformat(f"2000-{value}")
    except ValueError:
        return False
    return True


class SeasonFile(Strict):
    """One exam season in program.yaml."""

    name: Line
    apply_by: date | None = None
    test_from: date | None = None
    test_to: date | None = None
    source: Line
    as_of: Annotated[str, PlainValidator(_age)] = ""
    checked: date | None = None
    confidence: str = ""
    note: str = ""

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        days = [day for day in (self.apply_by, self.test_from, self.test_to) if day]
        if days != sorted(days):
            raise ValueError("apply_by comes first, then test_from, then test_to.")
        return self


class ProgramFile(Strict):
    """program.yaml."""

    facts: dict[str, FactFile]
    seasons: list[SeasonFile] = []


class ApprovalFile(Strict):
    """Who approved an entry."""

    by: Name
    on: date


class EntryFile(Strict):
    """One entry of faq/<group>.yaml."""

    id: Id
    question: Annotated[str, Field(min_length=1, max_length=75), AfterValidator(_no_blank)]
    answer: Line
    sources: list[str]
    verified: date
    review: date | None = None
    approved: ApprovalFile | None = None
    related: list[str] = []
    utterances: dict[str, list[str]]
    retired: bool = False

    @model_validator(mode="after")
    def _looks_ahead(self) -> Self:
        if self.review is not None and self.review <= self.verified:
            raise ValueError("review is a day after verified: the day to read the answer again.")
        return self


class RetiredFile(BaseModel):
    """An entry that is not to be shown; whatever else stands there waits to be shown again."""

    id: Id
    retired: bool


MaybeName = Annotated[Name | None, BeforeValidator(blank_is_none)]
MaybeSentence = Annotated[Sentence | None, BeforeValidator(blank_is_none)]


class PersonFile(Strict):
    """A person with a role: the id that the chat platform gives them, and the name to show."""

    slack_id: MaybeId = None
    name: MaybeName = None


Person = Annotated[PersonFile, BeforeValidator(_empty_person)]


class ChapterFile(Strict):
    """chapter.yaml."""

    name: MaybeName = None
    chair: Person = PersonFile()
    deputy: Person = PersonFile()
    admin: Person = PersonFile()
    desk_channel: MaybeChannel = None
    time_zone: Annotated[str, AfterValidator(_known_zone)]
    reply_promise: MaybeName = None
    study_group: MaybeSentence = None
    scholarship: MaybeSentence = None
    next_events: MaybeSentence = None
    reminders: RemindersFile = RemindersFile()
    retention: RetentionFile = RetentionFile()
    working_hours: WorkingHoursFile = WorkingHoursFile()
    handoff: PatienceFile = PatienceFile()

    @model_validator(mode="after")
    def _two_people(self) -> Self:
        if self.chair.slack_id and self.chair.slack_id == self.deputy.slack_id:
            raise ValueError("chair and deputy are the same person; leave the deputy empty.")
        return self


class OutOfScopeFile(Strict):
    """out_of_scope.yaml: kind of message -> author -> examples."""

    out_of_scope: dict[str, dict[str, list[str]]]
