"""How good decisions are: the figures of `clm eval`, from cases and what was decided on them."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.domain.faq import Decision
from bot.domain.matching import OUT_OF_SCOPE

AMONG = 3


@dataclass(frozen=True, slots=True)
class Case:
    """A message and the entry that is right for it, or `OUT_OF_SCOPE`; who wrote it and in what
    style, such as `short` or `implied/firm`, where that is known."""

    text: str
    label: str
    author: str = ""
    style: str = ""


@dataclass(frozen=True, slots=True)
class InScope:
    """Shares (0..1) of `n` messages that have a right entry: found first; found among the first
    three; answered right, answered wrong, offered among choices, missed (these four make 1).
    Without messages every share is 0."""

    n: int
    top1: float
    top3: float
    right: float
    wrong: float
    offered: float
    missed: float


@dataclass(frozen=True, slots=True)
class OutOfScope:
    """Shares (0..1) of `n` messages that no entry answers: answered all the same, offered choices,
    declined (these three make 1). Without messages every share is 0."""

    n: int
    answered: float
    offered: float
    declined: float


@dataclass(frozen=True, slots=True)
class LabelFigures:
    """One label's shares, and which entries came first in its place how often."""

    n: int
    top1: float
    right: float
    wrong: float
    offered: float
    missed: float
    confused_with: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Figures:
    """Everything that can be counted. `auroc`: the chance that a message in scope gets a higher
    confidence than one out of scope; None when either kind is absent."""

    in_scope: InScope
    out_of_scope: OutOfScope
    auroc: float | None
    per_label: Mapping[str, LabelFigures]


@dataclass(frozen=True, slots=True)
class _Counted:
    n: int
    top1: int
    top3: int
    right: int
    wrong: int
    offered: int
    confused_with: Mapping[str, int]

    def share(self, count: int) -> float:
        return count / self.n if self.n else 0.0

    @property
    def missed(self) -> int:
        return self.n - self.right - self.wrong - self.offered


def answers(decision: Decision) -> bool:
    """Whether one entry is shown or done, and nothing asked back."""
    return decision.outcome in ("answer", "action")


def _counted(pairs: Sequence[tuple[Case, Decision]]) -> _Counted:
    top1 = top3 = right = wrong = offered = 0
    confused: Counter[str] = Counter()
    for case, decision in pairs:
        ranked = [label for label, _ in decision.ranking]
        top1 += ranked[:1] == [case.label]
        top3 += case.label in ranked[:AMONG]
        right += answers(decision) and decision.entry == case.label
        wrong += answers(decision) and decision.entry != case.label
        offered += decision.outcome == "clarify" and case.label in decision.choices
        if ranked[:1] != [case.label]:
            confused.update(ranked[:1])
    by_count = sorted(confused.items(), key=lambda pair: (-pair[1], pair[0]))
    return _Counted(len(pairs), top1, top3, right, wrong, offered, dict(by_count))


def measure(cases: Sequence[Case], decisions: Sequence[Decision]) -> Figures:
    """Count decisions against their cases, which stand in the same order."""
    pairs = list(zip(cases, decisions, strict=True))
    inside = [pair for pair in pairs if pair[0].label != OUT_OF_SCOPE]
    outside = [decision for case, decision in pairs if case.label == OUT_OF_SCOPE]
    labels = sorted({case.label for case, _ in inside})
    return Figures(
        _in_scope(_counted(inside)),
        _out_of_scope(outside),
        auroc([decision.confidence for _, decision in inside], [d.confidence for d in outside]),
        {label: _of_label([pair for pair in inside if pair[0].label == label]) for label in labels},
    )


def _in_scope(counted: _Counted) -> InScope:
    share = counted.share
    return InScope(
        counted.n,
        share(counted.top1),
        share(counted.top3),
        share(counted.right),
        share(counted.wrong),
        share(counted.offered),
        share(counted.missed),
    )


def _of_label(pairs: Sequence[tuple[Case, Decision]]) -> LabelFigures:
    counted = _counted(pairs)
    share = counted.share
    return LabelFigures(
        counted.n,
        share(counted.top1),
        share(counted.right),
        share(counted.wrong),
        share(counted.offered),
        share(counted.missed),
        counted.confused_with,
    )


def _out_of_scope(decisions: Sequence[Decision]) -> OutOfScope:
    n = len(decisions)
    answered = sum(map(answers, decisions))
    offered = sum(decision.outcome == "clarify" for decision in decisions)
    if not n:
        return OutOfScope(0, 0.0, 0.0, 0.0)
    return OutOfScope(n, answered / n, offered / n, (n - answered - offered) / n)


def auroc(inside: Sequence[float], outside: Sequence[float]) -> float | None:
    """The chance that a value of `inside` is above one of `outside`, ties counting half; None
    when either is empty."""
    if not inside or not outside:
        return None
    ranked = sorted([(value, True) for value in inside] + [(value, False) for value in outside])
    won = 0.0
    below = at = 0
    while at < len(ranked):
        end = at
        while end < len(ranked) and ranked[end][0] == ranked[at][0]:
            end += 1
        higher = sum(is_inside for _, is_inside in ranked[at:end])
        lower = end - at - higher
        won += higher * (below + lower / 2)
        below += lower
        at = end
    return won / (len(inside) * len(outside))


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which about `share` (0..1) of the values lie; 0 when there are none."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0.0
