"""What a member was given for their calendar, and what has changed since.

A calendar keeps one event per subject: its days in the order in which they were told. The place
of a day in that order is the event's sequence, so that a calendar takes the newest for true.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from bot.domain.dates import DateKind, MemberDate

Change = Literal["same", "moved", "withdrawn", "again"]


@dataclass(frozen=True, slots=True)
class Given:
    """One event that a member has; `days` holds None where its date was withdrawn.

    `kind` and `season` say what it is, also once nothing else knows of it any more.
    """

    subject: str
    kind: DateKind
    season: str
    days: tuple[date | None, ...]

    @property
    def day(self) -> date | None:
        """The day that the member was told last; None when it was withdrawn."""
        return self.days[-1]

    @property
    def sequence(self) -> int:
        """How often it has changed since it was first given."""
        return len(self.days) - 1


@dataclass(frozen=True, slots=True)
class CalendarEvent:
    """One event as it goes into a file: `before` is the day it stood on until then."""

    given: Given
    sequence: int
    day: date | None
    before: date | None

    @property
    def change(self) -> Change:
        """What the member is told of it."""
        if self.day is None:
            return "withdrawn"
        if self.sequence and self.given.days[self.sequence - 1] is None:
            return "again"
        return "moved" if self.before else "same"

    @property
    def shown_day(self) -> date:
        """The day on which the event stands, or stood before it was withdrawn."""
        found = self.day or self.before
        if found is None:
            raise ValueError("an event has always stood on a day")
        return found


def given_first(found: MemberDate) -> Given:
    """An event that the member takes for the first time."""
    return Given(found.subject, found.kind, found.name, (found.day,))


def given_again(given: Given, found: MemberDate) -> Given:
    """The same event as of now, when the member asks for it again."""
    return given if given.day == found.day else replace(given, days=(*given.days, found.day))


def changed(
    given: Sequence[Given], known: Mapping[str, MemberDate], today: date
) -> tuple[Given, ...]:
    """The events that stand on another day now, or on none, with that day added.

    What is over, and was not moved ahead, has not changed: nobody is told of the past.
    """
    return tuple(now for one in given if (now := _as_of_now(one, known, today)) != one)


def _as_of_now(given: Given, known: Mapping[str, MemberDate], today: date) -> Given:
    found = known.get(given.subject)
    day = found.day if found else None
    lies_ahead = any(one is not None and one >= today for one in (given.day, day))
    if day == given.day or not lies_ahead:
        return given
    return replace(given, days=(*given.days, day))


def event_at(given: Given, sequence: int) -> CalendarEvent | None:
    """The event as it stood after so many changes; None when it never came to that."""
    if not 0 <= sequence < len(given.days):
        return None
    before = next((day for day in reversed(given.days[:sequence]) if day is not None), None)
    return CalendarEvent(given, sequence, given.days[sequence], before)
