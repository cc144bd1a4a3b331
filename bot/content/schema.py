"""The shape of each content file. Unknown keys are refused, so that a typing error never passes."""

from datetime import date
from typing import Annotated
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

UNITS = frozenset(
    "years months weeks days hours minutes questions percent USD people lawyers number year date "
    "month_day text list link".split()
)


class Strict(BaseModel):
    """Refuses what it does not know."""

    model_config = ConfigDict(extra="forbid", strict=True)


def _known_unit(unit: str) -> str:
    if unit not in UNITS:
        raise ValueError(f"'{unit}' is not a unit; use one of {', '.join(sorted(UNITS))}.")
    return unit


def _known_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise ValueError(f"'{name}' is not a time zone such as America/Chicago.") from error
    return name


Line = Annotated[str, Field(min_length=1)]


class SourceFile(Strict):
    """One source in sources.yaml."""

    title: Line
    publisher: Line
    address: Line
    edition: Line


class FactFile(Strict):
    """One fact in program.yaml."""

    value: int | float | date | str | list[str] | None
    unit: Annotated[str, AfterValidator(_known_unit)]
    source: str | None = None
    edition: str = ""
    as_of: str | date | int = ""
    confidence: str
    note: str = ""


class SeasonFile(Strict):
    """One exam season in program.yaml."""

    name: Line
    apply_by: date | None = None
    test_from: date | None = None
    test_to: date | None = None
    source: Line
    confidence: str = ""
    note: str = ""


class ProgramFile(Strict):
    """program.yaml."""

    facts: dict[str, FactFile]
    seasons: list[SeasonFile] = []


class ApprovalFile(Strict):
    """Who approved an entry."""

    by: Line
    on: date


class EntryFile(Strict):
    """One entry of faq/<group>.yaml."""

    id: Line
    question: Annotated[str, Field(min_length=1, max_length=75)]
    answer: Line
    sources: list[str]
    verified: date
    approved: ApprovalFile | None = None
    related: list[str] = []
    utterances: dict[str, list[str]]


class PersonFile(Strict):
    """A person with a role: the id that the chat platform gives them, and the name to show."""

    slack_id: str | None = None
    name: str | None = None


class ChapterFile(Strict):
    """chapter.yaml."""

    name: str | None = None
    chair: PersonFile = PersonFile()
    deputy: PersonFile = PersonFile()
    time_zone: Annotated[str, AfterValidator(_known_zone)]
    reply_promise: str | None = None
    study_group: str | None = None
    scholarship: str | None = None
    next_events: str | None = None


class OutOfScopeFile(Strict):
    """out_of_scope.yaml: kind of message -> author -> examples."""

    out_of_scope: dict[str, dict[str, list[str]]]
