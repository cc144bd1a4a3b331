"""Keeping the CLM: the rules as they are handed in, who holds it, and the cycle of now.

Hours count per subject. The subjects are not the categories of an application: the two lists are
never mixed.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Literal

from bot.domain.copy import Values, fill
from bot.domain.eligibility_rules import plain
from bot.domain.eligibility_window import months_after

CORE_SUBJECTS = (
    "communication_management",
    "financial_management",
    "human_resources",
    "operations",
    "legal_industry",
)
OTHER_SUBJECT = "other"
SUBJECTS = (*CORE_SUBJECTS, "business_ethics", "substance_abuse", OTHER_SUBJECT)
SEASONS = ("spring", "fall")

Counting = Literal["full", "passive", "teaching", "ask_ala", "none"]


@dataclass(frozen=True, slots=True)
class Subject:
    """One subject; `needed` hours are the least in a cycle, 0 where no minimum is set."""

    id: str
    label: str
    needed: Decimal


@dataclass(frozen=True, slots=True)
class RecertificationRules:
    """All that is needed to know about keeping the CLM; made by the content loader.

    `subjects` are in order. `total` and the caps are hours in one cycle of `cycle_years`.
    `anniversaries` are month and day by season; a season whose day is unknown is not in it.
    `units` are the words for one hour and for any other number of them.
    """

    subjects: Mapping[str, Subject]
    kinds: Mapping[str, Counting]
    total: Decimal
    teaching_cap: Decimal
    passive_cap: Decimal
    cycle_years: int
    anniversaries: Mapping[str, tuple[int, int]]
    units: tuple[str, str]
    values: Values = field(default_factory=dict)

    def amount(self, hours: Decimal) -> str:
        """Hours in words: `1 hour`, `2.5 hours`."""
        one, other = self.units
        return fill(one if hours == 1 else other, {**self.values, "number": plain(hours)})

    def cap_of(self, kind: str) -> Decimal | None:
        """The most hours that a kind of course can give in a cycle; None without a limit."""
        caps = {"passive": self.passive_cap, "teaching": self.teaching_cap}
        return caps.get(self.kinds.get(kind, ""))


@dataclass(frozen=True, slots=True)
class Cycle:
    """One cycle: hours count after the anniversary on which it `starts`, through the day on which
    it `ends`, so that a day is never in two cycles."""

    starts: date
    ends: date

    def __contains__(self, day: date) -> bool:
        return self.starts < day <= self.ends

    @property
    def first_day(self) -> date:
        """The first day on which hours count."""
        return self.starts + timedelta(days=1)

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.ends - self.starts).days


@dataclass(frozen=True, slots=True)
class Holder:
    """A member who says that they hold the CLM, or CLM (Ret.) when `retired`.

    `passed` is the season of the exam, such as `spring 2025`; empty when they gave the day on
    which their cycle ends. A retired holder has no cycle, so that day is None for them.
    """

    passed: str
    cycle_ends: date | None
    retired: bool = False


def cycle_ending(ends: date, rules: RecertificationRules) -> Cycle:
    """The cycle that ends on a day."""
    return Cycle(months_after(ends, -12 * rules.cycle_years), ends)


def cycle_of(season: str, year: int, rules: RecertificationRules, today: date) -> Cycle:
    """The cycle that today lies in, for who passed in a season; the first one if none has begun.

    Raises KeyError for a season whose anniversary is not known.
    """
    return next(cycle for cycle in _cycles(season, year, rules) if today <= cycle.ends)


def _cycles(season: str, year: int, rules: RecertificationRules) -> Iterator[Cycle]:
    # Counted from a leap year, so that an anniversary on 29 February is found in every year.
    from_year = 2000
    month, day = rules.anniversaries[season]
    years = year - from_year
    while True:
        years += rules.cycle_years
        yield cycle_ending(months_after(date(from_year, month, day), 12 * years), rules)
