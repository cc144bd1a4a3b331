"""Days as people write them: `3 Nov`, `11/3/2026`, `2026-11-03`, `3.11.2026`, `last Friday`.

Without a year it is the latest such day that is not in the future. With a year, figures between
slashes are in US order, month first; without one they are asked about, since either is likely.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import MINYEAR, date, timedelta
from decimal import Decimal

from bot.domain.eligibility_numbers import read_number
from bot.domain.program import long_date

_MONTHS = (
    "january february march april may june july august september october november december"
).split()
_WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
_SHORT_MONTHS = {"sept": 9}
_SHORT_WEEKDAYS = {"tues": 1, "weds": 2, "thur": 3, "thurs": 3}
_NEAR = {
    "today": 0,
    "yesterday": 1,
    "yday": 1,
    "day before yesterday": 2,
    "tomorrow": -1,
    "day after tomorrow": -2,
}
_TODAY = ("this morning", "this afternoon", "this evening", "tonight", "earlier today", "just now")
_CENTURY = 2000
_EARLIEST = date(1950, 1, 1)
_LEAP_YEARS = 9
"""Between two days of 29 February lie at most eight years."""

_ISO = re.compile(r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})")
_DOTS = re.compile(r"(?P<day>\d{1,2})\.\s?(?P<month>\d{1,2})\.?(?:\s?(?P<year>\d{4}|\d{2}))?")
_SLASHES = re.compile(r"(?P<first>\d{1,2})[/-](?P<second>\d{1,2})(?:[/-](?P<year>\d{4}|\d{2}))?")
_DAY_FIRST = re.compile(
    r"(?:the )?(?P<day>\d{1,2})(?:st|nd|rd|th)?[ .-]*(?:of )?(?P<month>[a-z]+)\.?"
    r"(?:[ ,-]*(?P<year>\d{4}|['’]?\d{2}))?"
)
_MONTH_FIRST = re.compile(
    r"(?P<month>[a-z]+)\.?[ -]*(?:the )?(?P<day>\d{1,2})(?:st|nd|rd|th)?"
    r"(?:[ ,]+(?P<year>\d{4}|['’]?\d{2}))?"
)
_OF_MONTH = re.compile(r"(?:the )?(?P<day>\d{1,2})(?:st|nd|rd|th)(?: of (?:this|the) month)?")
_WEEKDAY = re.compile(
    r"(?:(?P<which>last|past|this past|this|next|coming|this coming) )?(?P<name>[a-z]+)"
)
_AGO = re.compile(r"(?P<count>\d{1,3}|[a-z][a-z -]*) (?P<unit>day|week)s? ago")
_DAYS_IN = {"day": 1, "week": 7}
_ROUGHLY = re.compile(
    r"(?:\d{1,3}|[a-z]+|a (?:few|couple of)) (?:month|year)s? ago|(?:last|this) (?:week|month|year)"
)
_WHOLE_MONTH = re.compile(
    r"(?:(?:last|this|early|mid|late|end of) )?(?P<month>[a-z]+)\.?"
    r"(?:[ ,]+(?:of )?(?:\d{4}|['’]\d{2}))?"
)
_SEVERAL = re.compile(
    r"\d(?:st|nd|rd|th)?\s?[-–—]\s?\d|\s(?:[-–—]|to|until|till|through|and|&)\s.*\d"
)
_LEAD = re.compile(r"^(?:on|in|from|dated|as of|of|date:?) +")
_LAST = re.compile(r"^last +(?=[a-z]+\.? +\d|\d)")
_PART_OF_DAY = re.compile(r" (?:morning|afternoon|evening|night|at lunch|noon)$")
_NAMED_FIRST = re.compile(r"^(?P<name>[a-z]+)\.?,? +(?=.*\d)")


@dataclass(frozen=True, slots=True)
class DayFault:
    """Why a text is not a day; `key` names the sentence among the ledger messages."""

    key: str
    values: Mapping[str, str] = field(default_factory=dict)


def read_day(written: str, today: date, latest: date | None = None) -> date | DayFault | None:
    """The day that is meant, counted from `today`; None where nothing is written.

    No day after `latest` is taken; it is `today`, unless it is later somewhere else.
    """
    text = _LEAD.sub("", " ".join(written.casefold().split()).rstrip(" .,!"))
    if not text:
        return None
    latest = max(latest or today, today)
    found = _read(text, today, latest)
    if isinstance(found, DayFault):
        return found
    if found > latest or (found > today and text.endswith("tomorrow")):
        return DayFault("day_in_future", {"day": long_date(found)})
    return DayFault("day_too_early", {"day": long_date(found)}) if found < _EARLIEST else found


def _read(text: str, today: date, latest: date) -> date | DayFault:
    if text in _TODAY:
        return today
    text = _PART_OF_DAY.sub("", text)
    if text.removeprefix("the ") in _NEAR:
        return today - timedelta(days=_NEAR[text.removeprefix("the ")])
    if ago := _AGO.fullmatch(text):
        return _ago(ago["count"], ago["unit"], today)
    named = _NAMED_FIRST.match(text)
    if named and _weekday(named["name"]) is not None:
        text = text[named.end() :]
        found = _dated(_LAST.sub("", text), latest)
        return _checked(found, named["name"]) if isinstance(found, date) else found or _unread(text)
    return _dated(_LAST.sub("", text), latest) or _by_weekday(text, today) or _unread(text)


def _unread(text: str) -> DayFault:
    """Why a text is no day, as far as can be told: too wide, more than one, or not understood."""
    if _ROUGHLY.fullmatch(text):
        return DayFault("day_not_exact")
    whole = _WHOLE_MONTH.fullmatch(text)
    if whole and _month(whole["month"]):
        return DayFault("day_whole_month")
    return DayFault("day_several" if _SEVERAL.search(text) else "day_not_read")


def _checked(found: date, weekday: str) -> date | DayFault:
    """The day, unless the name of the weekday beside it is that of another."""
    if found.weekday() == _weekday(weekday):
        return found
    name = _WEEKDAYS[found.weekday()].capitalize()
    return DayFault("day_other_weekday", {"day": long_date(found), "weekday": name})


def _ago(count: str, unit: str, today: date) -> date | DayFault:
    number = Decimal(1) if count in ("a", "an") else read_number(count, None)
    if not isinstance(number, Decimal) or number % 1 or number < 0:
        return DayFault("day_not_read")
    days = int(number) * _DAYS_IN[unit]
    return today - timedelta(days=min(days, (today - date.min).days))


def _dated(text: str, latest: date) -> date | DayFault | None:
    """A day written with figures; None for any other text."""
    if found := _ISO.fullmatch(text) or _DOTS.fullmatch(text):
        return _day(found["year"], int(found["month"]), int(found["day"]), latest)
    if found := _SLASHES.fullmatch(text):
        return _slashes(int(found["first"]), int(found["second"]), found["year"], latest)
    for form in (_DAY_FIRST, _MONTH_FIRST):
        found = form.fullmatch(text)
        if found and (month := _month(found["month"])):
            return _day(found["year"], month, int(found["day"]), latest)
    if found := _OF_MONTH.fullmatch(text):
        return _of_month(int(found["day"]), latest)
    return None


def _slashes(first: int, second: int, year: str | None, latest: date) -> date | DayFault:
    if first > 12:
        return _day(year, second, first, latest)
    if year is None and second <= 12 and first != second:
        readings = [_day(None, *pair, latest) for pair in ((first, second), (second, first))]
        days = [long_date(day).partition(",")[0] for day in readings if isinstance(day, date)]
        if len(days) == 2:
            return DayFault("day_ambiguous", {"one": days[0], "other": days[1]})
    return _day(year, first, second, latest)


def _day(year: str | None, month: int, day: int, latest: date) -> date | DayFault:
    if year is None:
        return _latest(month, day, latest)
    figures = year.lstrip("'’")
    number = int(figures) + (_CENTURY if len(figures) < 4 else 0)
    return _made(number, month, day) or DayFault("day_not_in_calendar")


def _latest(month: int, day: int, latest: date) -> date | DayFault:
    """The latest such day of any year that is not in the future."""
    for year in range(latest.year, max(latest.year - _LEAP_YEARS, MINYEAR), -1):
        found = _made(year, month, day)
        if found and found <= latest:
            return found
    return DayFault("day_not_in_calendar")


def _of_month(day: int, latest: date) -> date | DayFault:
    """`the 14th`: in this month, or else in the last one that had it."""
    year, month = latest.year, latest.month
    for _ in range(3):
        found = _made(year, month, day)
        if found and found <= latest:
            return found
        year, month = (year, month - 1) if month > 1 else (year - 1, 12)
    return DayFault("day_not_in_calendar")


def _by_weekday(text: str, today: date) -> date | None:
    found = _WEEKDAY.fullmatch(text)
    weekday = _weekday(found["name"]) if found else None
    if found is None or weekday is None:
        return None
    back = (today.weekday() - weekday) % 7
    match found["which"]:
        case "next" | "coming" | "this coming":
            return today + timedelta(days=7 - back)
        case "this":
            return today + timedelta(days=weekday - today.weekday())
        case "last" | "past" | "this past":
            return today - timedelta(days=back or 7)
        case _:
            return today - timedelta(days=back)


def _made(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _month(name: str) -> int | None:
    return _named(name, _MONTHS, _SHORT_MONTHS, 1)


def _weekday(name: str) -> int | None:
    return _named(name, _WEEKDAYS, _SHORT_WEEKDAYS, 0)


def _named(name: str, full: list[str], short: Mapping[str, int], first: int) -> int | None:
    """The place of a name that is written in full or with its first three letters."""
    for at, one in enumerate(full, start=first):
        if name in (one, one[:3]):
            return at
    return short.get(name)
