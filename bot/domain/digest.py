"""The Monday digest: what somebody of the desk reads in ten minutes a week, and when it comes."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta, tzinfo

from bot.domain.handoff import Ticket
from bot.domain.numbers import Span, monday_of
from bot.domain.reminders import Reminding, awake, due_at
from bot.domain.sharing import NearDeadline

HOUR = 9
"""On the reader's own wall, on Mondays; or when the quiet hours end, if that is later."""
LAST_DAY = timedelta(days=1)
"""It comes on Tuesday at the latest; after that the next Monday's says it all."""
WEEKS = 5
"""The chart shows so many weeks, the one that has just begun included."""
SHOWN = 4
"""Of each list so many lines; the rest is a number."""
FIRST_LOOK = timedelta(days=7)
"""Who has had no digest yet reads what is new of so long."""
MEMBER_DAYS = 10
"""Working days of silence after which closing is offered."""


@dataclass(frozen=True, slots=True)
class Line:
    """A request in a list. `name` is empty where the member did not share it; `since` is a date of
    the reader's."""

    ticket: int
    version: int
    number: int
    name: str
    since: date


@dataclass(frozen=True, slots=True)
class Listed:
    """The first few of a list, and how many there are in all."""

    lines: tuple[Line, ...] = ()
    total: int = 0

    @property
    def more(self) -> int:
        """How many are not shown."""
        return self.total - len(self.lines)


@dataclass(frozen=True, slots=True)
class Unanswered:
    """A question that nobody could answer, in its commonest wording; `key` names its group."""

    key: int
    wording: str
    times: int


@dataclass(frozen=True, slots=True)
class Digest:
    """What a digest says. `since` and all dates are the reader's own.

    `new` came since the last one, `on_me` waits for the reader's answer, `stalled` waits for the
    desk for too long, and `silent` for a member who has not written for many working days. `open`
    questions are those that nobody could answer, `due` answers past their review date, `proposed`
    wordings to accept.
    """

    since: date
    new: Listed
    on_me: Listed
    stalled: Listed
    silent: Listed
    due: int
    proposed: int
    near: tuple[NearDeadline, ...]
    near_total: int
    weeks: tuple[Span, ...]
    open: tuple[Unanswered, ...] = ()
    open_total: int = 0

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to do and nothing new; how the month went is no reason to
        write."""
        lists = (self.new, self.on_me, self.stalled, self.silent)
        counts = (self.open_total, self.due, self.proposed, self.near_total)
        return not any(one.total for one in lists) and not any(counts)


def line_of(ticket: Ticket, since: datetime, zone: tzinfo) -> Line:
    """A request as a line, with the date of something about it."""
    day = since.astimezone(zone).date()
    return Line(ticket.id, ticket.version, ticket.number, ticket.shared.name, day)


def listed(lines: Sequence[Line]) -> Listed:
    """The first few, in the order in which they come."""
    return Listed(tuple(lines[:SHOWN]), len(lines))


def week_of(now: datetime, zone: tzinfo) -> date:
    """The Monday that names the reader's week."""
    return monday_of(now.astimezone(zone).date())


def comes_at(now: datetime, zone: tzinfo, settings: Reminding, *, has_this_weeks: bool) -> datetime:
    """When the next digest is due; `now` or earlier when it is due now.

    The one of a week whose Tuesday is over does not come any more.
    """
    monday = week_of(now, zone)
    is_over = now.astimezone(zone).date() > monday + LAST_DAY
    if has_this_weeks or is_over:
        monday += timedelta(weeks=1)
    due = due_at(monday, 0, zone, replace(settings, at=HOUR))
    if due > now:
        return due
    morning = awake(now, zone, settings)
    if morning.astimezone(zone).date() > monday + LAST_DAY:
        return due_at(monday + timedelta(weeks=1), 0, zone, replace(settings, at=HOUR))
    return max(due, morning) if morning > now else due
