"""What a member says of holding the CLM, read field by field."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from bot.domain.eligibility_window import months_after
from bot.domain.recertification import Holder, RecertificationRules, cycle_of

Status = Literal["holds", "retired", "none"]
STATUSES: tuple[Status, ...] = ("holds", "retired", "none")

STATUS, SEASON, YEAR, ENDS = "status", "season", "year", "ends"

_LONGEST_AGO = 60
"""Years; nobody has held it for longer, so an earlier year is a slip of the keys."""


@dataclass(frozen=True, slots=True)
class Said:
    """The fields as they were filled in; what was left empty is empty or None."""

    status: str = ""
    season: str = ""
    year: str = ""
    ends: date | None = None


@dataclass(frozen=True, slots=True)
class Refused:
    """Some fields will not do: the sentence `recertification.fault_<name>` for each of them."""

    faults: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Told:
    """What the fields come to; without a `holder` the member does not hold the CLM."""

    holder: Holder | None = field(default=None)


def read_said(said: Said, rules: RecertificationRules, today: date) -> Told | Refused:
    """The fields as one statement. The cycle is the one that `today` lies in."""
    if said.status not in STATUSES:
        return Refused({STATUS: "status"})
    if said.status == "none":
        return Told()
    if said.status == "retired":
        return Told(Holder("", None, retired=True))
    if not said.season and not said.year.strip():
        return _by_day(said.ends, rules, today)
    return _by_season(said, rules, today)


def _by_day(ends: date | None, rules: RecertificationRules, today: date) -> Told | Refused:
    if ends is None:
        return Refused({SEASON if rules.anniversaries else ENDS: "nothing"})
    if ends < today:
        return Refused({ENDS: "ends_passed"})
    # Who has just passed has a first cycle that begins only at the coming anniversary.
    if ends > months_after(today, 12 * (rules.cycle_years + 1)):
        return Refused({ENDS: "ends_far"})
    return Told(Holder("", ends))


def _by_season(said: Said, rules: RecertificationRules, today: date) -> Told | Refused:
    if said.season not in rules.anniversaries:
        return Refused({SEASON: "season"})
    year = _year(said.year)
    if year is None:
        return Refused({YEAR: "year_not_read" if said.year.strip() else "year"})
    if year > today.year:
        return Refused({YEAR: "year_ahead"})
    if year < today.year - _LONGEST_AGO:
        return Refused({YEAR: "year_long_ago"})
    cycle = cycle_of(said.season, year, rules, today)
    if said.ends not in (None, cycle.ends):
        return Refused({ENDS: "both"})
    return Told(Holder(f"{said.season} {year}", cycle.ends))


def _year(written: str) -> int | None:
    digits = written.strip()
    return int(digits) if len(digits) == 4 and digits.isdecimal() else None
