"""Reading a profile that somebody else wrote: every fault of it at once, as sentences."""

import difflib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import date
from decimal import Decimal

from bot.domain.eligibility_profile import (
    CATEGORIES,
    KINDS,
    ORGANIZATIONS,
    ROLES,
    SPECIALTIES,
    CourseHours,
    Profile,
)

# No life or course reaches these: a larger number is a slip, such as a missing decimal point.
MOST_YEARS, MOST_MONTHS, MOST_HOURS = 200, 2400, 10_000
# Enough for any number that a program writes, and few enough that every sum stays exact.
_DECIMALS = 20
_STEP = Decimal(1).scaleb(-_DECIMALS)
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_SHOWN = 60
_TELLING = 3
_PROFILE_KEYS = tuple(item.name for item in fields(Profile))
_HOURS_KEYS = ("date", "hours", "category", "kind", "title")


def read_profile(given: Mapping[str, object]) -> Profile | list[str]:
    """The profile, or a sentence for every fault in it. A key that is absent or null is unknown."""
    reading = _Reading(given)
    reading.refuse_unknown(_PROFILE_KEYS)
    profile = Profile(
        role=reading.choice("role", ROLES),
        specialty=reading.choice("specialty", SPECIALTIES),
        years_experience=reading.number("years_experience", MOST_YEARS),
        full_time=reading.flag("full_time"),
        exempt=reading.flag("exempt"),
        supervises=reading.flag("supervises"),
        employed_now=reading.flag("employed_now"),
        months_since_last_job=reading.number("months_since_last_job", MOST_MONTHS),
        organization=reading.choice("organization", ORGANIZATIONS),
        combined_roles=reading.flag("combined_roles"),
        country=reading.text("country", may_be_empty=False),
        endorses_ethics_code=reading.flag("endorses_ethics_code"),
        holds_degree=reading.flag("holds_degree"),
        ala_member=reading.flag("ala_member"),
        hours=_hours(given.get("hours"), reading.faults),
        apply_on=reading.day("apply_on"),
    )
    return reading.faults or profile


def _hours(given: object, faults: list[str]) -> tuple[CourseHours, ...] | None:
    if given is None:
        return None
    if not isinstance(given, list | tuple):
        faults.append(f"hours: a list in [ ] is expected, not {shown(given)}.")
        return None
    return tuple(_course(item, at, faults) for at, item in enumerate(given, start=1))


def _course(given: object, at: int, faults: list[str]) -> CourseHours:
    place = f"hours, entry {at}"
    if not isinstance(given, Mapping):
        faults.append(f"{place}: an object in {{ }} is expected, not {shown(given)}.")
        return CourseHours()
    reading = _Reading(given, f"{place}, ", faults)
    reading.refuse_unknown(_HOURS_KEYS)
    return CourseHours(
        day=reading.day("date"),
        hours=reading.number("hours", MOST_HOURS),
        category=reading.choice("category", CATEGORIES),
        kind=reading.choice("kind", KINDS),
        title=reading.text("title"),
    )


@dataclass(frozen=True, slots=True)
class _Reading:
    """Takes values out of a mapping; what is not as it should be becomes a fault and None."""

    given: Mapping[str, object]
    place: str = ""
    faults: list[str] = field(default_factory=list)

    def refuse_unknown(self, known: Sequence[str]) -> None:
        for key in self.given:
            if key not in known:
                self.faults.append(
                    f"{self.place}unknown key {shown(key)}{_did_you_mean(str(key), known)}"
                )

    def choice(self, key: str, allowed: Sequence[str]) -> str | None:
        value = self.given.get(key)
        if value is None or value in allowed:
            return None if value is None else str(value)
        near = _did_you_mean(value, allowed) if isinstance(value, str) else "."
        self._fault(key, f"{shown(value)} is none of {', '.join(allowed)}{near}")
        return None

    def flag(self, key: str) -> bool | None:
        value = self.given.get(key)
        if value is None or isinstance(value, bool):
            return value
        self._fault(key, f"true or false is expected, not {shown(value)}.")
        return None

    def number(self, key: str, most: int) -> Decimal | None:
        value = self.given.get(key)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
            self._fault(key, f"a number is expected, not {shown(value)}.")
            return None
        # repr: a float stands for the short number that somebody wrote, not for its binary tail.
        number = value if isinstance(value, Decimal) else Decimal(repr(value))
        if not number.is_finite():
            self._fault(key, f"a finite number is expected, not {number}.")
        elif number < 0:
            self._fault(key, f"{shown(value)} is negative; 0 or more is expected.")
        elif number > most:
            self._fault(key, f"{shown(value)} is too large; at most {most} is expected.")
        elif number != number.quantize(_STEP):
            self._fault(key, f"{shown(value)} has more than {_DECIMALS} decimals.")
        else:
            return number
        return None

    def day(self, key: str) -> date | None:
        value = self.given.get(key)
        if value is None:
            return None
        if not isinstance(value, str) or not _DAY.fullmatch(value):
            self._fault(key, f"a date such as 2026-03-14 is expected, not {shown(value)}.")
            return None
        try:
            return date.fromisoformat(value)
        except ValueError:
            self._fault(key, f"{shown(value)} is not a day of the calendar.")
            return None

    def text(self, key: str, *, may_be_empty: bool = True) -> str | None:
        value = self.given.get(key)
        if value is None:
            return None
        if not isinstance(value, str):
            self._fault(key, f"a text in quotation marks is expected, not {shown(value)}.")
        elif not may_be_empty and not value.strip():
            self._fault(key, "the text is empty; leave the key out where it is unknown.")
        else:
            return value
        return None

    def _fault(self, key: str, sentence: str) -> None:
        self.faults.append(f"{self.place}{key}: {sentence}")


def shown(value: object) -> str:
    """A value as its writer would recognise it in a sentence: as JSON, and not too long."""
    text = str(value) if isinstance(value, Decimal) else json.dumps(value, default=str)
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


def _did_you_mean(word: str, known: Sequence[str]) -> str:
    word = word[:_SHOWN].casefold()
    begun = [name for name in known if len(word) >= _TELLING and name.startswith(word)]
    near = difflib.get_close_matches(word, known, n=1, cutoff=0.6) or begun
    return f'; did you mean "{near[0]}"?' if near else "."
