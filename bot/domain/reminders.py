"""Reminders: when each is due, in the member's own zone, and which still help.

Every hour is one on the member's wall clock; every instant is aware UTC.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.domain.dates import MemberDate

WEEK = 7
MORNINGS = 3
"""A zone may skip a whole day when it crosses the date line, never two."""

State = Literal["planned", "snoozed", "sent", "superseded", "done"]
Choice = Literal["done", "snooze", "stop"]


@dataclass(frozen=True, slots=True)
class Reminding:
    """A chapter's settings: how many days before a date, at which hour, and the quiet hours.

    Hours are whole, from 0 to 23. Quiet hours begin with `quiet_from` and end before `quiet_to`;
    the same hour twice means that none are quiet.
    """

    days_before: tuple[int, ...]
    at: int
    quiet_from: int
    quiet_to: int

    def is_quiet(self, hour: int) -> bool:
        """Whether nothing is sent in this hour of the day."""
        if self.quiet_from <= self.quiet_to:
            return self.quiet_from <= hour < self.quiet_to
        return hour >= self.quiet_from or hour < self.quiet_to


USUAL = Reminding((60, 30, 14, 3), at=9, quiet_from=20, quiet_to=8)
"""What holds where a chapter says nothing else."""


@dataclass(frozen=True, slots=True)
class Reminder:
    """One reminder of one date, due once. `id` is 0 before it is kept."""

    subject: str
    day: date
    days_before: int
    due_at: datetime
    state: State = "planned"
    id: int = 0

    @property
    def waits(self) -> bool:
        """Whether it is still to come."""
        return self.state in ("planned", "snoozed")


def clock(hour: int) -> str:
    """8 AM, 12 PM, 8 PM."""
    return f"{hour % 12 or 12} {'AM' if hour < 12 else 'PM'}"


def zone_named(name: str) -> ZoneInfo | None:
    """The time zone of that name; None when there is none."""
    try:
        return ZoneInfo(name)
    except (ValueError, OSError, ZoneInfoNotFoundError):
        return None


def today_in(zone: tzinfo, now: datetime) -> date:
    """The date on the member's calendar."""
    return now.astimezone(zone).date()


def days_left(day: date, zone: tzinfo, now: datetime) -> int:
    """How many days lie between the member's today and the date; below zero once it has passed."""
    return (day - today_in(zone, now)).days


def awake(now: datetime, zone: tzinfo, settings: Reminding) -> datetime:
    """The first instant from `now` on that lies in no quiet hour."""
    if not _is_quiet(now, zone, settings):
        return now
    first = today_in(zone, now)
    mornings = (
        instant
        for later in range(MORNINGS)
        for instant in _instants(first + timedelta(days=later), settings.quiet_to, zone)
    )
    return next(i for i in mornings if i >= now and not _is_quiet(i, zone, settings))


def due_at(day: date, days_before: int, zone: tzinfo, settings: Reminding) -> datetime:
    """When the reminder of so many days before a date is due.

    An hour that the clocks skip falls on the first instant after them; of an hour that comes
    twice the first is meant.
    """
    wanted = next(_instants(day - timedelta(days=days_before), settings.at, zone))
    return awake(wanted, zone, settings)


def planned(
    subject: str, day: date, zone: tzinfo, settings: Reminding, since: datetime
) -> tuple[Reminder, ...]:
    """The reminders of a date that are due after `since`, the soonest first."""
    found = (
        Reminder(subject, day, before, due_at(day, before, zone, settings))
        for before in settings.days_before
    )
    return tuple(sorted((r for r in found if r.due_at > since), key=lambda r: r.due_at))


@dataclass(frozen=True, slots=True)
class Coming:
    """A reminder that waits, and the date that it is for."""

    reminder: Reminder
    date: MemberDate


@dataclass(frozen=True, slots=True)
class Overview:
    """A member's reminders: whether wanted, the name of the zone of all times, and the next few.

    `own_zone` says that the zone is the member's; else the chapter's stands in. `shares` says
    whether the chair may see a near deadline; None for whoever holds the CLM and has none.
    """

    wanted: bool
    zone: str
    own_zone: bool
    settings: Reminding
    coming: tuple[Coming, ...] = ()
    shares: bool | None = False


@dataclass(frozen=True, slots=True)
class Dated:
    """A date of the member's; of one that is new, what is due after `since` is owed."""

    subject: str
    day: date
    since: datetime


@dataclass(frozen=True, slots=True)
class Replan:
    """What becomes of the reminders of a member: `moved` wait already and come at another time."""

    add: tuple[Reminder, ...] = ()
    moved: tuple[tuple[Reminder, datetime], ...] = ()
    gone: tuple[Reminder, ...] = ()


def replanned(
    dates: Iterable[Dated],
    kept: Sequence[Reminder],
    zone: tzinfo,
    settings: Reminding,
    now: datetime,
) -> Replan:
    """Hold the kept reminders against the member's dates, zone and settings of now.

    Nothing is planned twice. A date that moved is a new one; a date that was seen to stays so.
    """
    add: list[Reminder] = []
    current: set[tuple[str, date]] = set()
    for dated in dates:
        own = [r for r in kept if (r.subject, r.day) == (dated.subject, dated.day)]
        current.add((dated.subject, dated.day))
        if any(r.state == "done" for r in own):
            continue
        known = {r.days_before for r in own}
        since = now if own else dated.since
        found = planned(dated.subject, dated.day, zone, settings, since)
        add.extend(r for r in found if r.days_before not in known)
    stays = {r for r in kept if r.waits and _still_fits(r, current, settings)}
    return Replan(
        add=tuple(add),
        moved=tuple(_moved(stays, zone, settings, now)),
        gone=tuple(r for r in kept if r.waits and r not in stays),
    )


def _still_fits(reminder: Reminder, current: set[tuple[str, date]], settings: Reminding) -> bool:
    is_asked_for = reminder.state == "snoozed" or reminder.days_before in settings.days_before
    return is_asked_for and (reminder.subject, reminder.day) in current


def _moved(
    stays: Iterable[Reminder], zone: tzinfo, settings: Reminding, now: datetime
) -> Iterator[tuple[Reminder, datetime]]:
    for reminder in stays:
        due = due_at(reminder.day, reminder.days_before, zone, settings)
        # What is late already waits for the next waking hour, and keeps to that.
        if due != reminder.due_at and due > now:
            yield reminder, due


@dataclass(frozen=True, slots=True)
class Sorted:
    """What is due, sorted: one of each date is sent, the rest are past helping."""

    send: tuple[Reminder, ...]
    superseded: tuple[Reminder, ...]


def sort_due(due: Iterable[Reminder], zone: tzinfo, now: datetime) -> Sorted:
    """Of several due reminders of one date the nearest helps; of a date that has passed, none."""
    by_date: dict[tuple[str, date], list[Reminder]] = {}
    for reminder in due:
        by_date.setdefault((reminder.subject, reminder.day), []).append(reminder)
    send: list[Reminder] = []
    superseded: list[Reminder] = []
    for (_, day), found in by_date.items():
        *late, nearest = sorted(found, key=lambda r: -r.days_before)
        superseded.extend(late)
        (superseded if days_left(day, zone, now) < 0 else send).append(nearest)
    return Sorted(tuple(send), tuple(superseded))


def snoozed(reminder: Reminder, zone: tzinfo, settings: Reminding, now: datetime) -> Reminder:
    """The same reminder a week later, or tomorrow when fewer days than a week are left.

    Raises ValueError on the date itself and after it: nothing is ever reminded of past its date.
    """
    left = days_left(reminder.day, zone, now)
    if left < 1:
        raise ValueError("the date does not lie ahead")
    before = left - (WEEK if left >= WEEK else 1)
    due = due_at(reminder.day, before, zone, settings)
    return Reminder(reminder.subject, reminder.day, before, due, "snoozed")


def carried_out(kept: Sequence[Reminder], replan: Replan) -> tuple[Reminder, ...]:
    """What waits once a replan is carried out, the soonest first."""
    moved = {reminder.id: due for reminder, due in replan.moved}
    gone = {reminder.id for reminder in replan.gone}
    stays = (
        replace(r, due_at=moved.get(r.id, r.due_at)) for r in kept if r.waits and r.id not in gone
    )
    return tuple(sorted([*stays, *replan.add], key=lambda r: (r.due_at, r.day)))


def _is_quiet(instant: datetime, zone: tzinfo, settings: Reminding) -> bool:
    return settings.is_quiet(instant.astimezone(zone).hour)


def _instants(day: date, hour: int, zone: tzinfo) -> Iterator[datetime]:
    local = datetime.combine(day, time(hour), zone)
    for fold in (0, 1):
        yield local.replace(fold=fold).astimezone(UTC)
