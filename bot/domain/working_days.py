"""Working days: how long somebody of the desk has had, on their own calendar and clock.

Every instant is aware UTC; hours and days are those of the zone that is given.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Literal, get_args

Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
WEEKDAYS: tuple[Weekday, ...] = get_args(Weekday)

_DAY = timedelta(days=1)
_WEEK = 7


@dataclass(frozen=True, slots=True)
class WorkingHours:
    """When a desk is at work: places in WEEKDAYS, and whole hours, `to_hour` no longer in them.

    At least one day, and `from_hour` < `to_hour` <= 24.
    """

    days: frozenset[int]
    from_hour: int
    to_hour: int

    def includes(self, instant: datetime, zone: tzinfo) -> bool:
        """Whether an instant lies in them."""
        local = instant.astimezone(zone)
        return self.works_on(local.date()) and self.from_hour <= local.hour < self.to_hour

    def works_on(self, day: date) -> bool:
        """Whether a day is a working day."""
        return day.weekday() in self.days


OFFICE = WorkingHours(frozenset(range(5)), 9, 17)
"""What holds where a chapter says nothing else."""


def at_work(instant: datetime, hours: WorkingHours, zone: tzinfo) -> datetime:
    """The first instant from this one on that lies in working hours."""
    if hours.includes(instant, zone):
        return instant
    openings = _openings(instant.astimezone(zone).date(), hours, zone)
    return next(opening for opening in openings if opening >= instant)


def opening_after(day: date, hours: WorkingHours, zone: tzinfo) -> datetime:
    """When work begins on the first working day after this one."""
    return next(_openings(day + _DAY, hours, zone))


def after(start: datetime, days: int, hours: WorkingHours, zone: tzinfo) -> datetime:
    """The same time of day so many working days after `start`, in working hours.

    What begins out of hours counts from when work begins next: with one working day, Friday
    evening comes to Tuesday morning.
    """
    begun = at_work(start, hours, zone)
    local = begun.astimezone(zone)
    day = _moved(local.date(), days, hours)
    return at_work(max(begun, _instant(day, local.time(), zone)), hours, zone)


def within(start: datetime, end: datetime, hours: WorkingHours, zone: tzinfo) -> int:
    """The smallest whole number of working days, at least one, within which `end` follows."""
    begun = at_work(start, hours, zone).astimezone(zone).date()
    # One too few at the most: the time of day decides, which `after` knows.
    days = max(1, _between(begun, end.astimezone(zone).date(), hours) - 1)
    while after(start, days, hours, zone) < end:
        days += 1
    return days


def _openings(day: date, hours: WorkingHours, zone: tzinfo) -> Iterator[datetime]:
    while True:
        if hours.works_on(day):
            opening = _instant(day, time(hours.from_hour), zone)
            # Where the clocks skip the hour, or a zone the whole day, work begins later.
            if hours.includes(opening, zone):
                yield opening
        day += _DAY


def _instant(day: date, clock: time, zone: tzinfo) -> datetime:
    return datetime.combine(day, clock.replace(tzinfo=None, fold=0), zone).astimezone(UTC)


def _moved(day: date, days: int, hours: WorkingHours) -> date:
    """The working day that comes so many after a working day."""
    weeks, left = divmod(days, len(hours.days))
    day += weeks * _WEEK * _DAY
    while left:
        day += _DAY
        left -= hours.works_on(day)
    return day


def _between(first: date, last: date, hours: WorkingHours) -> int:
    """How many working days lie after `first`, up to and with `last`."""
    if last <= first:
        return 0
    weeks, left = divmod((last - first).days, _WEEK)
    rest = sum(hours.works_on(first + later * _DAY) for later in range(1, left + 1))
    return weeks * len(hours.days) + rest
