"""Seasons that the committee enters: what may be entered, and how it lies over the files."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise
from typing import Literal

from bot.domain.identity import MemberRef
from bot.domain.program import Season, long_date

Field = Literal["apply_by", "test_from", "test_to", "source"]
DAYS: tuple[Field, ...] = ("apply_by", "test_from", "test_to")

HALVES = ("Spring", "Fall")
YEARS_AHEAD = 3
LONGEST_SOURCE = 300
SPAN = timedelta(days=366)
"""The days of a season lie within a year; anything else is a slip in a year."""

_NAMED = re.compile(rf"(?:{'|'.join(HALVES)}) (\d{{4}})")


@dataclass(frozen=True, slots=True)
class SeasonDraft:
    """A season as somebody filled it in; `source` is where it stands, in their words."""

    name: str
    apply_by: date | None
    test_from: date | None
    test_to: date | None
    source: str

    @property
    def days(self) -> tuple[date, ...]:
        """The days that are given."""
        return tuple(day for day in (self.apply_by, self.test_from, self.test_to) if day)


@dataclass(frozen=True, slots=True)
class SeasonFault:
    """What is wrong with a field: the key of the sentence and its values."""

    key: str
    values: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class EnteredSeason:
    """A season as it was entered in chat; `version` grows with each change of it."""

    season: Season
    version: int
    by: MemberRef


def faults_in(draft: SeasonDraft, today: date) -> dict[Field, SeasonFault]:
    """The first fault of each field; empty when it can be kept."""
    found: dict[Field, SeasonFault] = {}
    for field, fault in _faults(draft, today):
        found.setdefault(field, fault)
    return found


def _faults(draft: SeasonDraft, today: date) -> Iterator[tuple[Field, SeasonFault]]:
    if not draft.source.strip():
        yield "source", _fault("season.no_source")
    elif len(draft.source) > LONGEST_SOURCE:
        yield "source", _fault("season.long_source", longest=str(LONGEST_SOURCE))
    if not draft.days:
        yield "apply_by", _fault("season.no_day")
        return
    if wrong := list(_wrong_years(draft)):
        yield from wrong
        return
    yield from _out_of_order(draft)
    last = max(draft.days)
    if last < today:
        field = next(name for name in reversed(DAYS) if getattr(draft, name))
        yield field, _fault("season.over", day=long_date(last))


def _wrong_years(draft: SeasonDraft) -> Iterator[tuple[Field, SeasonFault]]:
    named = _NAMED.fullmatch(draft.name)
    if named is None:
        return
    year = int(named[1])
    may_lie: dict[Field, tuple[int, ...]] = {
        "apply_by": (year - 1, year),
        "test_from": (year,),
        "test_to": (year, year + 1),
    }
    for field, years in may_lie.items():
        day: date | None = getattr(draft, field)
        if day is not None and day.year not in years:
            yield field, _fault("season.wrong_year", name=draft.name, day=long_date(day))


def _out_of_order(draft: SeasonDraft) -> Iterator[tuple[Field, SeasonFault]]:
    given: list[tuple[Field, date]] = [
        (field, day) for field in DAYS if (day := getattr(draft, field)) is not None
    ]
    for (before, earlier), (field, day) in pairwise(given):
        if day < earlier:
            yield field, _fault(f"season.before_{before}", day=long_date(earlier))
    first, last = given[0][1], given[-1][1]
    if last - first > SPAN:
        yield given[-1][0], _fault("season.too_long", day=long_date(first))


def _fault(key: str, **values: str) -> SeasonFault:
    return SeasonFault(key, values)


def names_to_offer(seasons: Sequence[Season], today: date) -> tuple[str, ...]:
    """The names under which a season may be entered: those of the next years, and of known ones
    that still lie ahead."""
    first = (today.year, 0 if today.month <= 6 else 1)
    named = [
        f"{half} {year}"
        for year in range(today.year, today.year + YEARS_AHEAD + 1)
        for at, half in enumerate(HALVES)
        if (year, at) >= first
    ]
    known = [s.name for s in seasons if any(d >= today for d in days_of(s)) and s.name not in named]
    return (*named, *known)


def days_of(season: Season) -> tuple[date, ...]:
    """The days of a season that are known."""
    return tuple(day for day in (season.apply_by, season.test_from, season.test_to) if day)


def entered(draft: SeasonDraft, today: date) -> Season:
    """The season of a draft without faults, entered today."""
    return Season(
        name=draft.name,
        apply_by=draft.apply_by,
        test_from=draft.test_from,
        test_to=draft.test_to,
        source=draft.source.strip(),
        checked=today,
        entered=True,
    )


def says_the_same(one: Season, other: Season) -> bool:
    """Whether two seasons differ in nothing but the day on which they were entered."""
    return replace(one, checked=other.checked) == other


def laid_over(base: Sequence[Season], found: Sequence[Season]) -> tuple[Season, ...]:
    """The seasons of the files with those of the chat in their place, the oldest first."""
    names = {season.name for season in found}
    merged = [season for season in base if season.name not in names]
    for season in sorted(found, key=lambda one: (one.first_day or date.max, one.name)):
        merged.insert(_place_for(season, merged), season)
    return tuple(merged)


def _place_for(season: Season, among: Sequence[Season]) -> int:
    first = season.first_day
    for at, other in enumerate(among):
        if first and other.first_day and other.first_day > first:
            return at
    return len(among)


def season_named(name: str, seasons: Sequence[Season]) -> Season | None:
    """The season of that name; None when it is not known."""
    return next((season for season in seasons if season.name == name), None)
