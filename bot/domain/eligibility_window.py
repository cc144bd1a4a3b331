"""The window in which education hours count, by calendar months and exact to the day."""

from calendar import monthrange
from datetime import MAXYEAR, MINYEAR, date, timedelta
from functools import lru_cache

_DAYS = 4096
"""Days that are remembered: a long ledger asks for the same few hundreds again and again."""


@lru_cache(_DAYS)
def months_after(day: date, months: int) -> date:
    """The same day of the month, `months` later (earlier when negative).

    A day that does not exist in that month is its last day; beyond the calendar, its end.
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if year < MINYEAR:
        return date.min
    if year > MAXYEAR:
        return date.max
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def in_window(day: date, apply_on: date, months: int) -> bool:
    """Whether a course of `day` counts for an application on `apply_on`, both ends included."""
    return months_after(apply_on, -months) <= day <= apply_on


@lru_cache(_DAYS)
def leaves_on(day: date, months: int) -> date | None:
    """The first application day for which a course of `day` no longer counts.

    Found by looking, not by adding: the last day of February stands for the days that it lacks,
    so a course of 28 February can count a day longer than the months alone would say. None when
    that day lies beyond the calendar.
    """
    last = months_after(day, months)
    while last < date.max:
        last += timedelta(days=1)
        if not months_after(last, -months) <= day:
            return last
    return None


def days_after(day: date, days: int) -> date:
    """`day` plus `days`; beyond the calendar, its end."""
    return date.max if (date.max - day).days < days else day + timedelta(days=days)
