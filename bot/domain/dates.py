"""The dates of a member: what is known of coming seasons, their own plan, their anniversary.

A date that nobody told is not there; nothing is ever worked out from another season.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from bot.domain.copy import Copy
from bot.domain.program import Season

DateKind = Literal["apply_by", "test_from", "test_to", "plan", "anniversary", "fee"]

PLAN, ANNIVERSARY = "plan", "anniversary"
_SEASONAL: tuple[DateKind, ...] = ("apply_by", "test_from", "test_to")


@dataclass(frozen=True, slots=True)
class MemberDate:
    """One date that matters to a member.

    `subject` names it for good: it stays when the day changes. `season` is None where the date is
    the member's own.
    """

    subject: str
    day: date
    kind: DateKind
    season: Season | None = None

    @property
    def name(self) -> str:
        """The name of its season; empty where it is the member's own."""
        return self.season.name if self.season else ""

    @property
    def is_own(self) -> bool:
        """Whether the member told it."""
        return self.season is None


@dataclass(frozen=True, slots=True)
class OwnDates:
    """What a member told: the day to apply on, and the last day of the cycle of a CLM they hold.

    `holds` says that they hold the CLM, so that days to apply and to test are not theirs.
    """

    plan: date | None = None
    cycle_ends: date | None = None
    holds: bool = False


def known_dates(seasons: Iterable[Season], own: OwnDates) -> tuple[MemberDate, ...]:
    """Every date that is known, past ones too, the earliest first.

    Both days of an exam on a single day are there, so that what moves to that day is followed.
    """
    found = [*_of_seasons(seasons), *_of_the_member(own)]
    return tuple(sorted(found, key=lambda one: (one.day, one.subject)))


def coming_dates(dates: Sequence[MemberDate], today: date) -> tuple[MemberDate, ...]:
    """The dates from today on, in their order; an exam on a single day is one date."""
    begins = {(one.name, one.day) for one in dates if one.kind == "test_from"}
    return tuple(
        one
        for one in dates
        if one.day >= today and not (one.kind == "test_to" and (one.name, one.day) in begins)
    )


def dates_to_heed(
    dates: Sequence[MemberDate], own: OwnDates, today: date
) -> tuple[MemberDate, ...]:
    """The coming dates on which this member has to do something, each day once.

    A holder applies for nothing. A plan for a season's last day is that day.
    """
    coming = coming_dates(dates, today)
    if own.holds:
        coming = tuple(one for one in coming if one.is_own)
    last_days = {one.day for one in coming if one.kind == "apply_by"}
    return tuple(one for one in coming if one.kind != PLAN or one.day not in last_days)


def name_of(kind: DateKind, season: str, copy: Copy) -> str:
    """What a date is, in words."""
    return copy.say(f"dates.name_{kind}", season=season)


def season_subject(season: str, kind: DateKind) -> str:
    """What names a season's date for good."""
    return f"season:{season}:{kind}"


def _of_seasons(seasons: Iterable[Season]) -> Iterator[MemberDate]:
    for season in seasons:
        for kind in _SEASONAL:
            day: date | None = getattr(season, kind)
            if day is not None:
                yield MemberDate(season_subject(season.name, kind), day, kind, season)


def _of_the_member(own: OwnDates) -> Iterator[MemberDate]:
    if own.plan is not None:
        yield MemberDate(PLAN, own.plan, "plan")
    if own.cycle_ends is not None:
        yield MemberDate(ANNIVERSARY, own.cycle_ends, "anniversary")
