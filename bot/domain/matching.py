"""Which entry a message asks for, and how sure that is.

`matching_fit.fit` turns example utterances into an `Index`; `Index.match` decides one message.
Texts become points (features.py), a kernel machine scores every entry and the out-of-scope class
(kernel.py), and the bank's own held-out scores say what a score is worth (calibration.py).
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from bot.domain.calibration import CHOICES, Belief, Move, Odds, choose
from bot.domain.features import Floats, Ints, Meaning, Point, Singles, Space
from bot.domain.grams import Keys, saying
from bot.domain.kernel import closeness
from bot.domain.text import words

OUT_OF_SCOPE = "oos"
RANKED = 5
_SURE = 1.0
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
    the class of text i; of a large bank only the texts that teach most are kept. `sayings` are all
    texts of the bank as numbers and `said` their classes. `meaning` is the
    model that the bank was fitted with, if any."""

    labels: tuple[str, ...]
    texts: tuple[str, ...]
    owners: Ints
    space: Space
    pulls: Singles
    odds: Odds
    sayings: Keys
    said: Ints
    meaning: Meaning | None = None

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
        point = self._point(text)
        match = self.judge(self._pull(point) @ self.pulls, empty=not len(point.columns))
        at = np.flatnonzero(self.sayings == saying(text))
        return match if not len(at) else self._known(match, int(self.said[at[0]]))

    def _known(self, match: Match, column: int) -> Match:
        """The match of a text that stands in the bank word for word."""
        if column == self.outside:
            return Match("unknown", None, 0.0, (), match.ranking)
        label = self.labels[column]
        others = tuple(pair for pair in match.ranking if pair[0] != label)
        best = max([_SURE, *(score for _, score in others)])
        return Match("answer", label, _SURE, (), ((label, best), *others)[:RANKED])

    def judge(self, scores: Floats | Singles, *, empty: bool = False) -> Match:
        """Decide on the scores of one message; an `empty` one shares nothing with the bank."""
        rounded = np.round(scores, _DIGITS).astype(np.float64) + 0.0
        order = np.argsort(-rounded[: len(self.entries)], kind="stable")[:RANKED]
        ranking = tuple((self.labels[at], float(rounded[at])) for at in order)
        if empty:
            return Match("unknown", None, 0.0, (), ranking)
        belief = self.odds.believe(rounded, self.outside)
        outcome = choose(belief)
        return Match(
            outcome,
            ranking[0][0] if outcome == "answer" else None,
            round(belief.first, _DIGITS),
            tuple(label for label, _ in ranking[:CHOICES]) if outcome == "clarify" else (),
            ranking,
        )

    def believe(self, text: str) -> Belief:
        """The chances that `match` decides a message by."""
        scores = (self._pull(self._point(text)) @ self.pulls).astype(np.float64)
        return self.odds.believe(np.round(scores, _DIGITS) + 0.0, self.outside)

    def _point(self, text: str) -> Point:
        return self._points([text])[0]

    def _points(self, texts: Sequence[str]) -> list[Point]:
        width = self.space.meanings.shape[1]
        rows = np.empty((len(texts), 0), dtype=np.float32)
        if width and self.meaning is not None:
            rows = self.meaning.encode(texts)
        return [self.space.locate(text, row) for text, row in zip(texts, rows, strict=True)]

    def _pull(self, point: Point) -> Singles:
        pull: Singles = closeness(self.space.nearness([point]))[0]
        return pull

    def weighing(self, shares: Mapping[str, float]) -> "Index":
        """An index in which some entries score more or less; it is good for matching alone."""
        factors = np.array([shares.get(one, 1.0) for one in self.labels], dtype=np.float32)
        return replace(self, pulls=self.pulls * factors, sayings=self.sayings[:0])

    def without(self, dropped: Collection[str]) -> "Index":
        """An index without some entries; it is good for matching alone."""
        kept = [at for at, label in enumerate(self.labels) if label not in dropped]
        labels = tuple(self.labels[at] for at in kept)
        return replace(self, labels=labels, pulls=self.pulls[:, kept], sayings=self.sayings[:0])

    def knows(self, word: str) -> bool:
        """Whether an utterance of an entry holds this word; out-of-scope examples do not tell,
        since noise stands among them."""
        holders = self.owners[self.space.texts_with(word)]
        return bool((holders < len(self.entries)).any())

    def explain(self, text: str, *, entries: int = 3, reasons: int = 5) -> tuple[Reason, ...]:
        """Why the best entries came first, and last why out of scope scored as it did; costs
        about one match for each word of the text."""
        labels = [label for label, _ in self.match(text).ranking[:entries]]
        columns = [self.labels.index(label) for label in labels]
        if self.outside is not None:
            columns.append(self.outside)
        pull = self._pull(self._point(text))
        tokens = tuple(dict.fromkeys(words(text)))
        lost = [pull - rest for rest in self._without_each(text, tokens)]
        return tuple(
            Reason(
                self.labels[column],
                round(float(pull @ self.pulls[:, column]), _DIGITS),
                _largest(
                    zip(
                        tokens, [float(rest @ self.pulls[:, column]) for rest in lost], strict=True
                    ),
                    reasons,
                ),
                _largest(self._spoken(pull, column), reasons),
            )
            for column in columns
        )

    def _without_each(self, text: str, tokens: Sequence[str]) -> list[Singles]:
        read = words(text)
        others = [" ".join(other for other in read if other != token) for token in tokens]
        return [self._pull(point) for point in self._points(others)]

    def _spoken(self, pull: Singles, column: int) -> list[tuple[str, float]]:
        own = np.flatnonzero(self.owners == column)
        return [(self.texts[at], float(pull[at] * self.pulls[at, column])) for at in own]


def _largest(weighed: Iterable[tuple[str, float]], count: int) -> tuple[tuple[str, float], ...]:
    rounded = [(name, round(float(weight), _DIGITS)) for name, weight in weighed]
    rounded.sort(key=lambda pair: (-pair[1], pair[0]))
    return tuple(pair for pair in rounded[:count] if pair[1] > 0)
