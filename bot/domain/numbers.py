"""The chapter's numbers: what was asked, what came of it, and never who."""

from bisect import bisect_right
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Literal, get_args

Period = Literal["month", "year", "all"]
"""This month, the twelve months that end with it, or everything that is kept."""
PERIODS: tuple[Period, ...] = get_args(Period)

FEWEST = 3
"""A topic that fewer people asked about is not named: it could tell who asked."""

_TOPICS_OF_REST = 2
"""What is left of the sum of all would name a single one."""

_MONTHS = 12


@dataclass(frozen=True, slots=True)
class Tally:
    """Questions asked at one moment, in seconds of the common clock."""

    at: int
    asked: int
    answered: int


@dataclass(frozen=True, slots=True)
class TopicCount:
    """How often an entry was shown as an answer, and to how many people."""

    entry: str
    times: int
    people: int


@dataclass(frozen=True, slots=True)
class Votes:
    """Votes on answers."""

    helpful: int
    wrong: int


@dataclass(frozen=True, slots=True)
class Funnel:
    """How many people asked, finished a check, talked to the chair, apply, and hold the CLM."""

    asked: int
    checked: int
    handed_off: int
    applying: int
    certified: int


@dataclass(frozen=True, slots=True)
class Span:
    """Questions from a day on until the next span begins."""

    begins: date
    asked: int
    answered: int

    @property
    def others(self) -> int:
        """Those that were not answered without a human."""
        return max(0, self.asked - self.answered)


@dataclass(frozen=True, slots=True)
class Topic:
    """How often an entry was shown, by its question; empty for all that are not told one by one."""

    name: str
    times: int


@dataclass(frozen=True, slots=True)
class Gone:
    """Questions that are kept as counts alone, whose members erased them or that grew too old."""

    asked: int
    answered: int


@dataclass(frozen=True, slots=True)
class Numbers:
    """A period's numbers. `reply_days` is within how many working days half of the requests that
    were answered had their first reply; None where none was."""

    period: Period
    since: date
    today: date
    months: tuple[Span, ...]
    votes: Votes
    requests: int
    reply_days: int | None
    funnel: Funnel
    topics: tuple[Topic, ...]
    gone: Gone

    @property
    def asked(self) -> int:
        """Questions in all."""
        return sum(month.asked for month in self.months)

    @property
    def answered(self) -> int:
        """Those answered without a human."""
        return sum(month.answered for month in self.months)


def months_of(period: Period, today: date, first: date | None) -> tuple[date, ...]:
    """The first day of each month of a period, the earliest first; `first` is the day of the first
    thing that is kept."""
    this = today.replace(day=1)
    begins = {
        "month": this,
        "year": _months_before(this, _MONTHS - 1),
        "all": min((first or today).replace(day=1), this),
    }[period]
    found = [begins]
    while found[-1] < this:
        found.append(_months_before(found[-1], -1))
    return tuple(found)


def weeks_of(today: date, number: int) -> tuple[date, ...]:
    """The Mondays of so many weeks up to the one of today, the earliest first."""
    monday = monday_of(today)
    return tuple(monday - timedelta(weeks=back) for back in reversed(range(number)))


def monday_of(day: date) -> date:
    """The Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def midnight(day: date, zone: tzinfo) -> datetime:
    """When a day begins there."""
    return datetime.combine(day, time(), zone).astimezone(UTC)


def spans_of(tallies: Iterable[Tally], days: Sequence[date], zone: tzinfo) -> tuple[Span, ...]:
    """The tallies by the days on which spans begin; what came before the first is left out."""
    edges = [int(midnight(day, zone).timestamp()) for day in days]
    asked, answered = [0] * len(days), [0] * len(days)
    for tally in tallies:
        place = bisect_right(edges, tally.at) - 1
        if place >= 0:
            asked[place] += tally.asked
            answered[place] += tally.answered
    return tuple(map(Span, days, asked, answered))


def beyond(period: Period) -> tuple[Period, ...]:
    """The periods that hold this one and more."""
    return PERIODS[PERIODS.index(period) + 1 :]


def scarce(counted: Iterable[TopicCount]) -> frozenset[str]:
    """The entries that too few people asked about for anything to be told of them."""
    return frozenset(one.entry for one in counted if one.people < FEWEST)


def told_topics(
    counted: Iterable[TopicCount],
    questions: Mapping[str, str],
    people_of: Callable[[Collection[str]], int],
    held_back: Collection[str] = (),
) -> tuple[Topic, ...]:
    """The topics that enough people asked about, the most asked first, and the rest as one.

    `questions` are those of the entries in the bank; another one has no name to be told by.
    `held_back` would tell of a few people to whoever takes this period from a longer one. Nor is
    the rest told where it is a single topic, or that of a few: `people_of` says of how many.
    """
    found = tuple(counted)
    untold = {*scarce(found), *held_back}
    rest = [one for one in found if one.entry in untold or one.entry not in questions]
    told = [Topic(questions[one.entry], one.times) for one in found if one not in rest]
    ordered = tuple(sorted(told, key=lambda topic: (-topic.times, topic.name)))
    if len(rest) < _TOPICS_OF_REST or people_of([one.entry for one in rest]) < FEWEST:
        return ordered
    return (*ordered, Topic("", sum(one.times for one in rest)))


def middle(values: Sequence[int]) -> int | None:
    """The smallest value that at least half of them do not exceed; None of nothing."""
    return sorted(values)[(len(values) - 1) // 2] if values else None


def _months_before(first: date, months: int) -> date:
    whole = first.year * _MONTHS + first.month - 1 - months
    return date(whole // _MONTHS, whole % _MONTHS + 1, 1)
