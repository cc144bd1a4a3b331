"""Which entry a message asks for, and how sure that is.

`matching_fit.fit` turns example utterances into an `Index`; `Index.match` decides one message.
Texts become points (features.py), a kernel machine scores every entry and the out-of-scope class
(kernel.py), and the bank's own held-out scores say what a score is worth (calibration.py).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from bot.domain.calibration import CHOICES, Move, Odds, choose
from bot.domain.features import Floats, Ints, Space
from bot.domain.kernel import closeness
from bot.domain.text import words

OUT_OF_SCOPE = "oos"
RANKED = 5
_DIGITS = 4
"""Scores are rounded to this: another number of processor cores adds up in another order, which
shows from the sixth digit on and must not change a decision."""


@dataclass(frozen=True, slots=True, order=True)
class Example:
    """An utterance and the entry it asks for, or `OUT_OF_SCOPE`; its author where known."""

    text: str
    label: str
    author: str = ""


@dataclass(frozen=True, slots=True)
class Match:
    """What one message comes to.

    `label` is the entry for an answer, else None; `confidence` the probability that the first of
    `ranking` is what was asked for; `choices` up to three entries to offer, for clarify; `ranking`
    the five best entries with their scores, best first (fewer when the bank has fewer).
    """

    outcome: Move
    label: str | None
    confidence: float
    choices: tuple[str, ...]
    ranking: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class Reason:
    """Why an entry was scored as it was: the words without which its score would fall most, and
    the utterances that speak most for it, each with its share of the score."""

    label: str
    score: float
    words: tuple[tuple[str, float], ...]
    utterances: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class Stray:
    """An utterance that, held out, finds another entry (or `OUT_OF_SCOPE`) than its own."""

    text: str
    label: str
    found: str


@dataclass(frozen=True, slots=True, eq=False)
class Index:
    """A fitted bank. `labels` are sorted, the out-of-scope class (if any) last; `owners[i]` is
    the class of text i, `found[i]` the class that it finds when it is held out."""

    labels: tuple[str, ...]
    texts: tuple[str, ...]
    owners: Ints
    found: Ints
    space: Space
    pulls: Floats
    odds: Odds

    @property
    def outside(self) -> int | None:
        """The column of the out-of-scope class, or None when the bank has no such examples."""
        return len(self.labels) - 1 if self.labels[-1] == OUT_OF_SCOPE else None

    @property
    def entries(self) -> tuple[str, ...]:
        """The labels that can be answered."""
        return self.labels if self.outside is None else self.labels[:-1]

    def match(self, text: str) -> Match:
        """Decide one message. A text that shares nothing with the bank is unknown."""
        point = self.space.locate(text)
        scores = np.round(closeness(self.space.nearness(point)) @ self.pulls, _DIGITS) + 0.0
        order = np.argsort(-scores[: len(self.entries)], kind="stable")[:RANKED]
        ranking = tuple((self.labels[at], float(scores[at])) for at in order)
        if not len(point.columns):
            return Match("unknown", None, 0.0, (), ranking)
        belief = self.odds.believe(scores, self.outside)
        outcome = choose(belief)
        return Match(
            outcome,
            ranking[0][0] if outcome == "answer" else None,
            round(belief.first, _DIGITS),
            tuple(label for label, _ in ranking[:CHOICES]) if outcome == "clarify" else (),
            ranking,
        )

    def knows(self, word: str) -> bool:
        """Whether an utterance of an entry holds this word; out-of-scope examples do not tell,
        since noise stands among them."""
        holders = self.owners[self.space.texts_with(word)]
        return bool((holders < len(self.entries)).any())

    def explain(self, text: str, *, entries: int = 3, reasons: int = 5) -> tuple[Reason, ...]:
        """Why the best entries came first; costs about one match for each word of the text."""
        ranking = self.match(text).ranking[:entries]
        columns = [self.labels.index(label) for label, _ in ranking]
        pull = closeness(self.space.nearness(self.space.locate(text)))
        tokens = words(text)
        without = self._without_each(tokens, columns)
        return tuple(
            Reason(
                label,
                score,
                _largest([(word, score - rest[at]) for word, rest in without], reasons),
                _largest(self._spoken(pull, column), reasons),
            )
            for at, (column, (label, score)) in enumerate(zip(columns, ranking, strict=True))
        )

    def _without_each(
        self, tokens: Sequence[str], columns: Sequence[int]
    ) -> list[tuple[str, Floats]]:
        rest: list[tuple[str, Floats]] = []
        for word in dict.fromkeys(tokens):
            others = " ".join(token for token in tokens if token != word)
            pull = closeness(self.space.nearness(self.space.locate(others)))
            rest.append((word, pull @ self.pulls[:, columns]))
        return rest

    def _spoken(self, pull: Floats, column: int) -> list[tuple[str, float]]:
        own = np.flatnonzero(self.owners == column)
        return [(self.texts[at], float(pull[at] * self.pulls[at, column])) for at in own]

    def strays(self) -> tuple[Stray, ...]:
        """The utterances that do not find their own entry when they are held out: what a bank's
        editors should look at."""
        wrong = np.flatnonzero(self.found != self.owners)
        return tuple(
            Stray(self.texts[at], self.labels[self.owners[at]], self.labels[self.found[at]])
            for at in wrong
        )


def _largest(weighed: Iterable[tuple[str, float]], count: int) -> tuple[tuple[str, float], ...]:
    rounded = [(name, round(float(weight), _DIGITS)) for name, weight in weighed]
    rounded.sort(key=lambda pair: (-pair[1], pair[0]))
    return tuple(pair for pair in rounded[:count] if pair[1] > 0)
