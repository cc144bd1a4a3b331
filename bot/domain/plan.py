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
    `too_late_for` is a season whose last day to apply comes before the chosen day.
    """

    apply_on: date
    season: str = ""
    is_own: bool = False
    passed: date | None = None
    too_late_for: Season | None = None


def plan_for(chosen: date | None, seasons: Sequence[Season], today: date) -> Plan:
    """The plan as of `today`. A season whose last day is not known never makes one."""
    open_seasons = seasons_to_apply(seasons, today)
    if chosen is not None and chosen >= today:
        name = next((s.name for s in open_seasons if s.apply_by == chosen), "")
        return Plan(chosen, name, is_own=True, too_late_for=_missed_by(chosen, open_seasons))
    if open_seasons and (last := open_seasons[0].apply_by):
        return Plan(last, open_seasons[0].name, passed=chosen)
    return Plan(today, passed=chosen)


def _missed_by(chosen: date, open_seasons: Sequence[Season]) -> Season | None:
    """The season that a plan for this day comes too late for, while its exam is still ahead then.

    A last day to apply may have moved before a day that was in time when it was chosen. Where no
    day of the exam is known, a day that is in time for a later season is meant for that one.
    """
    last_days = [season.apply_by for season in open_seasons if season.apply_by]
    if chosen in last_days:
        return None
    in_time_later = any(last >= chosen for last in last_days)
    for season in reversed(open_seasons):
        exam = season.test_to or season.test_from
        is_ahead = chosen <= exam if exam else not in_time_later
        if season.apply_by and season.apply_by < chosen and is_ahead:
            return season
    return None


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
