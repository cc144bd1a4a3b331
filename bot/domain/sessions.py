"""Chapter sessions: what is announced, who says that they attended, what the chair made of it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import ROUND_DOWN, Decimal
from typing import Literal, get_args

from bot.domain.eligibility_numbers import NumberFault, read_number
from bot.domain.eligibility_rules import Numbers, plain
from bot.domain.identity import ConversationRef, MemberRef
from bot.domain.ledger import LedgerEntry

State = Literal["open", "unposted", "cancelled"]
"""`unposted`: the card could not be posted into its channel, and the desk was told."""
Mark = Literal["noted", "confirmed", "declined", "cancelled"]
"""What an attendance has come to: `noted` waits for the chair."""
Decision = Literal["confirmed", "declined"]
DECISIONS: tuple[Decision, ...] = get_args(Decision)
Kind = Literal["live", "webinar"]
KINDS: tuple[Kind, ...] = get_args(Kind)
"""How a session of the chapter can be held, of the kinds that the rules know."""
FIELDS = ("title", "day", "length", "kind", "category", "subject")

LONGEST_TITLE = 120
MOST_MINUTES = 16 * 60
"""A longer session is a slip, such as minutes written as hours."""
FURTHEST_AHEAD = timedelta(days=2 * 366)
FURTHEST_BACK = timedelta(days=5 * 366)
"""A day beyond these is a slip in the year."""
_FINEST = Decimal("0.0001")
_SLACK = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Details:
    """What a session is; `category` serves the application, `subject` recertification."""

    title: str
    day: date
    minutes: int
    kind: str
    category: str | None
    subject: str | None

    @property
    def hours(self) -> Decimal:
        """The length in hours, cut so that it never reaches a limit unearned."""
        return Decimal(plain((Decimal(self.minutes) / 60).quantize(_FINEST, ROUND_DOWN)))

    def is_too_short(self, numbers: Numbers) -> bool:
        """Whether the rules ask for longer sessions before they count for an application."""
        return self.category is not None and self.minutes < numbers.session_hours * 60

    def is_retitled(self, other: "Details") -> bool:
        """Whether the other differs in its title at most: then nobody's hours change by it."""
        return replace(self, title=other.title) == other


@dataclass(frozen=True, slots=True)
class Session:
    """An announced session; `by` is empty once whoever announced it erased their data.

    `erased` counts confirmed attendances of members who erased their data. `version` grows with
    each change of the session itself and with each decision about everybody.
    """

    id: int
    version: int
    details: Details
    state: State
    place: ConversationRef
    by: MemberRef
    erased: int = 0

    def has_begun(self, today: date) -> bool:
        """Whether its day has come, in the chapter's zone."""
        return today >= self.details.day

    def entry(self, provider: str) -> LedgerEntry:
        """What a confirmed member's ledger gets."""
        details = self.details
        return LedgerEntry(
            day=details.day,
            title=details.title,
            amount=details.hours,
            kind=details.kind,
            category=details.category,
            subject=details.subject,
            provider=provider,
            session=self.id,
        )


@dataclass(frozen=True, slots=True)
class Attendance:
    """A member's word that they attended, and what came of it; `at` is the ISO time of that."""

    member: MemberRef
    mark: Mark
    at: str


@dataclass(frozen=True, slots=True)
class SessionRecord:
    """A session with all that is shown of it, oldest attendance first."""

    session: Session
    attendances: tuple[Attendance, ...]
    desk: tuple[MemberRef, ...]
    today: date

    def marked(self, mark: Mark) -> tuple[Attendance, ...]:
        """The attendances that have come to this."""
        return tuple(one for one in self.attendances if one.mark == mark)

    @property
    def said(self) -> int:
        """How many say that they attended, but for those whom the chair declined."""
        return len(self.marked("noted")) + len(self.marked("confirmed")) + self.session.erased


Reason = Literal["changed", "cancelled", "gone", "decided", "not_listed", "twin", "ahead"]


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why something was not done; each has its sentence."""

    reason: Reason


Tap = Literal["early", "ask", "noted", "confirmed", "declined", "cancelled", "gone", "undone"]
"""What a member who presses the card's button is to see."""


def tap_of(session: Session | None, attendance: Attendance | None, today: date) -> Tap:
    """What pressing "I attended" comes to for one member."""
    if session is None:
        return "gone"
    if session.state == "cancelled":
        return "cancelled"
    if attendance is not None:
        return attendance.mark
    return "ask" if session.has_begun(today) else "early"


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a field is not accepted; `key` names the sentence among the session messages."""

    key: str
    values: Mapping[str, str] = field(default_factory=dict)


def read_details(
    raw: Mapping[str, str],
    today: date,
    categories: Collection[str],
    subjects: Collection[str],
) -> Details | dict[str, Fault]:
    """The session as it was filled in, or a fault for each field that has one."""
    title, category, subject = raw.get("title", ""), raw.get("category"), raw.get("subject")
    day, minutes = _day(raw.get("day", ""), today), _minutes(raw.get("length", ""))
    faults: dict[str, Fault] = {}
    if not title:
        faults["title"] = Fault("title_empty")
    if isinstance(day, Fault):
        faults["day"] = day
    if isinstance(minutes, Fault):
        faults["length"] = minutes
    if raw.get("kind") not in KINDS:
        faults["kind"] = Fault("kind_empty")
    if category and category not in categories:
        faults["category"] = Fault("not_offered")
    elif subject and subject not in subjects:
        faults["subject"] = Fault("not_offered")
    elif not category and not subject:
        faults["category"] = Fault("category_empty")
    if faults or isinstance(day, Fault) or isinstance(minutes, Fault):
        return faults
    return Details(
        title[:LONGEST_TITLE], day, minutes, raw["kind"], category or None, subject or None
    )


def _day(written: str, today: date) -> date | Fault:
    try:
        day = date.fromisoformat(written)
    except ValueError:
        return Fault("day_empty")
    if not today - FURTHEST_BACK <= day <= today + FURTHEST_AHEAD:
        return Fault("day_far")
    return day


def _minutes(written: str) -> int | Fault:
    hours = read_number(written, "hours")
    if hours is None or isinstance(hours, NumberFault):
        return Fault("length_not_read")
    # A third of an hour comes as 0.3333 hours and is 20 minutes.
    minutes = int((hours * 60 + _SLACK).to_integral_value(ROUND_DOWN))
    if minutes < 1:
        return Fault("length_nothing")
    if minutes > MOST_MINUTES:
        return Fault("length_too_long", {"hours": plain(hours)})
    return minutes
