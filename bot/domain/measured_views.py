"""Figures seen from several sides: by author, style and group, by confidence, pair by pair."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import TypeVar

from bot.domain.calibration import OUT_OF_SCOPE_SHARE
from bot.domain.faq import Decision
from bot.domain.matching import OUT_OF_SCOPE
from bot.domain.measures import Case, Figures, InScope, OutOfScope, measure

Judged = tuple[Case, Decision]
Shares = TypeVar("Shares", InScope, OutOfScope)

BINS = 10


@dataclass(frozen=True, slots=True)
class Confusion:
    """Messages of one label (`OUT_OF_SCOPE` for such as were answered or offered) for which
    another entry came first."""

    label: str
    found: str
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Bin:
    """The messages of which the matcher was about equally sure: their number, their mean
    confidence, and the share of them whose first entry was right (both 0..1)."""

    low: float
    high: float
    n: int
    confidence: float
    right: float


@dataclass(frozen=True, slots=True)
class Coverage:
    """What would happen if everything at or above the confidence `bar` were answered, and nothing
    else: shares of the messages in scope that are answered right and wrong, and of the messages
    out of scope that are answered."""

    bar: float
    right: float
    wrong: float
    strange: float


def by_author(judged: Iterable[Judged]) -> dict[str, Figures]:
    """Figures for each author that is named, in the order of names."""
    return _by(judged, lambda case: [case.author] if case.author else [])


def by_style(judged: Iterable[Judged]) -> dict[str, Figures]:
    """Figures for each style, and for what stands before a slash over all that begin so."""
    return _by(judged, _styles)


def by_group(judged: Iterable[Judged], groups: Mapping[str, str]) -> dict[str, Figures]:
    """Figures for each group of entries; `groups` names the group of an entry."""
    return _by(judged, lambda case: [groups[case.label]] if case.label in groups else [])


def _styles(case: Case) -> list[str]:
    if not case.style:
        return []
    return list(dict.fromkeys([case.style.partition("/")[0], case.style]))


def _by(judged: Iterable[Judged], names: Callable[[Case], list[str]]) -> dict[str, Figures]:
    parts: dict[str, list[Judged]] = defaultdict(list)
    for case, decision in judged:
        for name in names(case):
            parts[name].append((case, decision))
    return {name: of(parts[name]) for name in sorted(parts)}


def of(judged: Sequence[Judged]) -> Figures:
    """The figures of cases with their decisions."""
    return measure([case for case, _ in judged], [decision for _, decision in judged])


def mean(figures: Sequence[Figures]) -> Figures:
    """The mean of each share, every part counting alike; `n` are sums. Parts without messages of
    a kind do not count for that kind. Labels are left out."""
    inside = [one.in_scope for one in figures if one.in_scope.n]
    outside = [one.out_of_scope for one in figures if one.out_of_scope.n]
    known = [one.auroc for one in figures if one.auroc is not None]
    return Figures(
        _mean(inside) if inside else InScope(0, *[0.0] * 6),
        _mean(outside) if outside else OutOfScope(0, 0.0, 0.0, 0.0),
        sum(known) / len(known) if known else None,
        {},
    )


def _mean(parts: Sequence[Shares]) -> Shares:
    values = {
        field.name: sum(getattr(part, field.name) for part in parts) / len(parts)
        for field in fields(parts[0])
    }
    return type(parts[0])(**{**values, "n": sum(part.n for part in parts)})


def confusions(judged: Iterable[Judged]) -> list[Confusion]:
    """The pairs of a label and what came first in its place, most messages first. A message out
    of scope is confused when it was answered or offered choices."""
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for case, decision in judged:
        first = decision.ranking[0][0] if decision.ranking else ""
        declined = case.label == OUT_OF_SCOPE and decision.outcome in ("unknown", "chat")
        if first and first != case.label and not declined:
            found[case.label, first].append(case.text)
    pairs = sorted(found.items(), key=lambda pair: (-len(pair[1]), pair[0]))
    return [Confusion(label, first, tuple(texts)) for (label, first), texts in pairs]


def _weighed(judged: Iterable[Judged]) -> list[tuple[float, float, bool]]:
    """Confidence, weight, and whether the first entry is right. Messages out of scope together
    weigh the share of all that calibration takes for granted: how many of them somebody wrote
    says nothing about how often they come."""
    rows = [
        (decision.confidence, case.label == OUT_OF_SCOPE, _first_is_right(case, decision))
        for case, decision in judged
        if decision.outcome != "chat"
    ]
    outside = sum(is_strange for _, is_strange, _ in rows)
    inside = len(rows) - outside
    share = OUT_OF_SCOPE_SHARE / (1.0 - OUT_OF_SCOPE_SHARE)
    each = share * inside / outside if inside and outside else 1.0
    return [(confidence, each if strange else 1.0, right) for confidence, strange, right in rows]


def _first_is_right(case: Case, decision: Decision) -> bool:
    return bool(decision.ranking) and decision.ranking[0][0] == case.label


def reliability(judged: Iterable[Judged]) -> list[Bin]:
    """Confidence against truth in ten equal bins; bins without messages are left out."""
    bins: dict[int, list[tuple[float, float, bool]]] = defaultdict(list)
    for row in _weighed(judged):
        bins[min(BINS - 1, int(row[0] * BINS))].append(row)
    return [_bin(at, bins[at]) for at in sorted(bins)]


def _bin(at: int, rows: Sequence[tuple[float, float, bool]]) -> Bin:
    weight = sum(each for _, each, _ in rows)
    return Bin(
        at / BINS,
        (at + 1) / BINS,
        len(rows),
        sum(confidence * each for confidence, each, _ in rows) / weight,
        sum(each for _, each, right in rows if right) / weight,
    )


def coverage(judged: Sequence[Judged], bars: Iterable[float]) -> list[Coverage]:
    """What each bar would let through; see `Coverage`."""
    inside = [pair for pair in judged if pair[0].label != OUT_OF_SCOPE]
    outside = [pair for pair in judged if pair[0].label == OUT_OF_SCOPE]
    return [_covered(bar, inside, outside) for bar in bars]


def _covered(bar: float, inside: Sequence[Judged], outside: Sequence[Judged]) -> Coverage:
    passed = [pair for pair in inside if pair[1].confidence >= bar]
    right = sum(_first_is_right(*pair) for pair in passed)
    strange = sum(decision.confidence >= bar for _, decision in outside)
    n = max(len(inside), 1)
    return Coverage(bar, right / n, (len(passed) - right) / n, strange / max(len(outside), 1))
