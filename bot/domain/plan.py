"""The day on which a member wants to apply: their own choice, the next known season's, or today."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from bot.domain.eligibility_window import months_after
from bot.domain.program import Season

LONGEST_MONTHS = 120
"""How far ahead a plan may lie; a day beyond it is a slip of the pen."""

DayFault = Literal["missing", "passed", "far"]


@dataclass(frozen=True, slots=True)
class Plan:
    """The day that a member's standing is drawn for.

    `season` is the name of the season whose last day that is, empty where it is none's. `is_own`
    says that the member chose it. `passed` is a day that they had chosen and that is over.
    """

    apply_on: date
    season: str = ""
    is_own: bool = False
    passed: date | None = None


def plan_for(chosen: date | None, seasons: Sequence[Season], today: date) -> Plan:
    """The plan as of `today`. A season whose last day is not known never makes one."""
    open_seasons = seasons_to_apply(seasons, today)
    if chosen is not None and chosen >= today:
        name = next((s.name for s in open_seasons if s.apply_by == chosen), "")
        return Plan(chosen, name, is_own=True)
    if open_seasons and (last := open_seasons[0].apply_by):
        return Plan(last, open_seasons[0].name, passed=chosen)
    return Plan(today, passed=chosen)


def seasons_to_apply(seasons: Sequence[Season], today: date) -> tuple[Season, ...]:
    """The seasons that one can still apply for, the next first."""
    found = [season for season in seasons if season.apply_by and season.apply_by >= today]
    return tuple(sorted(found, key=lambda season: (season.apply_by, season.name)))


def day_fault(day: date | None, today: date) -> DayFault | None:
    """What is wrong with a day to plan for; None when it will do."""
    if day is None:
        return "missing"
    if day < today:
        return "passed"
    return "far" if day > months_after(today, LONGEST_MONTHS) else None
