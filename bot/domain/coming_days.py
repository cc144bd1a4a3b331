"""Days to come as people write them: `5 December`, `12/5/2026`, `Friday`, `in two weeks`."""

import re
from datetime import date, timedelta
from decimal import Decimal

from bot.domain.eligibility_numbers import read_number
from bot.domain.ledger_days import DayFault, read_day
from bot.domain.program import long_date

FARTHEST = timedelta(days=183)
"""A day farther off is more likely misread than meant: a day of last month without its year."""
_YEAR = timedelta(days=364)

_LEAD = re.compile(
    r"^(?:(?:away|off|out|until|till|til|through|up to|to|on|and including|including)[ :]+)+"
)
_NEAR = {"today": 0, "tonight": 0, "tomorrow": 1, "day after tomorrow": 2}
_FOR = re.compile(r"(?:(?:in|for|another) )?(?P<count>\d{1,3}|[a-z-]+) (?P<unit>day|week)s?")
_DAYS_IN = {"day": 1, "week": 7}
_WEEKDAY = re.compile(r"(?:(?:this|next|coming|this coming) )?(?P<name>[a-z]+)")
_WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
_OF_MONTH = re.compile(r"(?:the )?(?P<day>\d{1,2})(?:st|nd|rd|th)")


def read_coming_day(written: str, today: date) -> date | DayFault | None:
    """The day that is meant, `today` or later; None where nothing is written.

    Without a year it is the next such day. A fault's `key` is `day_ambiguous`, `past`, `too_far`
    or `not_read`.
    """
    text = _LEAD.sub("", " ".join(written.casefold().split()).strip(" .,!"))
    if not text:
        return None
    found = _read(text, today)
    if found is None:
        return DayFault("not_read")
    if isinstance(found, DayFault):
        return found
    if found < today:
        return DayFault("past", {"day": long_date(found)})
    is_far = found > today + FARTHEST
    return DayFault("too_far", {"day": long_date(found)}) if is_far else found


def _read(text: str, today: date) -> date | DayFault | None:
    if (near := text.removeprefix("the ")) in _NEAR:
        return today + timedelta(days=_NEAR[near])
    if lasting := _FOR.fullmatch(text):
        return _after(lasting["count"], lasting["unit"], today)
    if (named := _WEEKDAY.fullmatch(text)) and (weekday := _weekday(named["name"])) is not None:
        return today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)
    if found := _OF_MONTH.fullmatch(text):
        return _of_month(int(found["day"]), today)
    return _dated(text, today)


def _after(count: str, unit: str, today: date) -> date | None:
    number = Decimal(1) if count in ("a", "an", "one") else read_number(count, None)
    if not isinstance(number, Decimal) or number % 1 or number < 1:
        return None
    return today + timedelta(days=int(number) * _DAYS_IN[unit])


def _weekday(name: str) -> int | None:
    found = [at for at, one in enumerate(_WEEKDAYS) if len(name) >= 3 and one.startswith(name)]
    return found[0] if found else None


def _of_month(day: int, today: date) -> date | None:
    """The next such day: of this month, or of the next one that has it."""
    coming = (today + timedelta(days=later) for later in range(1, 63))
    return next((one for one in coming if one.day == day), None)


def _dated(text: str, today: date) -> date | DayFault | None:
    found = read_day(text, today, today + _YEAR)
    if isinstance(found, DayFault):
        if found.key == "day_in_future":
            return DayFault("too_far", found.values)
        return found if found.key == "day_ambiguous" else None
    return found
