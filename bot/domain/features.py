"""Texts as points: weighed grams and, where a model is at hand, meaning; how near two texts are.

A text is seen in three ways: its words (stems, and pairs that follow one another), its pairs of
words that stand near one another in any order, and the pieces of its words (2 to 5 characters).
Each way weighs a gram by how rare it is in the bank and is scaled to length one; the nearness of
two texts is the weighted mean of the cosines, so it is 1 for equal texts and 0 for texts with
nothing in common. With a model of meaning, the cosine of what it makes of both is mixed in.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from bot.domain.grams import Keys, Tokens, near_pairs, pieces, word_and_pair_keys
from bot.domain.symmetric import Symmetric, empty
from bot.domain.text import words

Floats = NDArray[np.float64]
Singles = NDArray[np.float32]
Ints = NDArray[np.int64]
Shorts = NDArray[np.int32]

VIEWS: tuple[Callable[[Tokens], Keys], ...] = (word_and_pair_keys, near_pairs, pieces)
"""The ways to take a text apart."""


@dataclass(frozen=True, slots=True)
class Look:
    """What each of `VIEWS` counts (they make 1), and what meaning counts beside all of them where
    there is a model."""

    views: tuple[float, ...]
    meaning: float


RICH = Look((0.3, 0.4, 0.3), 0.5)
"""For a bank with many wordings of each thing, where pairs of words meet again."""
PLAIN = Look((0.3, 0.2, 0.5), 0.65)
"""For a smaller one."""

_FREQUENT = 1 / 16
"""Grams in more than this share of the texts are kept as full rows, the others as lists: full
rows are quicker to add up, lists are smaller."""


class Meaning(Protocol):
    """A model that turns texts into vectors of length one, near where the texts mean alike."""

    @property
    def digest(self) -> str:
        """Names the model and its version."""

    def encode(self, texts: Sequence[str]) -> Singles:
        """A row for each text."""


@dataclass(frozen=True, slots=True)
class View:
    """One way to take texts apart: what it counts, the grams that the bank holds, in order (the
    column of a gram is its place, counted from `offset`), their weights, and the weight of a gram
    that no text of the bank holds: the weight it would have if one text did, since a word that
    the bank has never seen must count against nearness."""

    share: float
    offset: int
    keys: Keys
    weights: Singles
    unseen: float

    def columns(self, keys: Keys) -> Shorts:
        """Where grams stand, -1 for those that the bank does not hold."""
        at = np.searchsorted(self.keys, keys)
        at[at == len(self.keys)] = 0
        return np.where(self.keys[at] == keys, at + self.offset, -1).astype(np.int32)


@dataclass(frozen=True, slots=True)
class Point:
    """A text in the space: columns and values of the grams that the bank knows, and what it
    means (empty without a model)."""

    columns: Shorts
    values: Singles
    meaning: Singles


@dataclass(frozen=True, slots=True)
class Space:
    """The texts of an index as points, and the way to place any other text among them.

    `rows[starts[c]:starts[c + 1]]` are the texts that hold the gram of column c and `values` how
    much it counts in them; for a frequent gram both are empty and `frequent[places[c]]` has a
    value for every text (`places[c]` is -1 for the rare). `meanings` has a row for each text,
    empty where there is no model, and counts `meaning_share`.
    """

    views: tuple[View, ...]
    starts: Shorts
    rows: Shorts
    values: Singles
    places: Shorts
    frequent: Singles
    meanings: Singles
    meaning_share: float

    @property
    def size(self) -> int:
        """How many texts there are."""
        return int(self.frequent.shape[1])

    @property
    def has_meanings(self) -> bool:
        """Whether nearness rests on meaning too."""
        return bool(self.meanings.size)

    def texts_with(self, word: str) -> Ints:
        """The texts that have this word, or another form of it."""
        columns = self.views[0].columns(word_and_pair_keys(words(word)))
        found = np.zeros(self.size, dtype=bool)
        for column in columns[columns >= 0]:
            found[self.rows[self.starts[column] : self.starts[column + 1]]] = True
            if self.places[column] >= 0:
                found |= self.frequent[self.places[column]] > 0
        return np.flatnonzero(found)

    def locate(self, text: str, meaning: Singles) -> Point:
        """Where a text lies; `meaning` is its vector, empty without a model."""
        tokens = words(text)
        found = [_located(view, take(tokens)) for view, take in zip(self.views, VIEWS, strict=True)]
        return _point(found, meaning)

    def nearness(self, points: Sequence[Point], size: int | None = None) -> Singles:
        """A row for each point: its nearness to each text of the index (or the first `size`), 0
        to 1 or, by meaning, a little below 0."""
        end = self.size if size is None else size
        often = np.zeros((len(points), len(self.frequent)), dtype=np.float32)
        for row, point in zip(often, points, strict=True):
            places = self.places[point.columns]
            row[places[places >= 0]] = point.values[places >= 0]
        used = np.flatnonzero(often.any(axis=0))
        near: Singles = often[:, used] @ self.frequent[used, :end]
        for row, point in zip(near, points, strict=True):
            row += self._of_rare(point)[:end]
        if self.has_meanings:
            near *= 1.0 - self.meaning_share
            meanings = np.stack([point.meaning for point in points])
            near += self.meaning_share * (meanings @ self.meanings[:end].T)
        return near

    def _of_rare(self, point: Point) -> Floats:
        rare = self.places[point.columns] < 0
        columns, values = point.columns[rare], point.values[rare]
        starts = self.starts[columns]
        lengths = self.starts[columns + 1] - starts
        before = lengths.cumsum() - lengths
        at = np.repeat(starts - before, lengths) + np.arange(int(lengths.sum()))
        weights = np.repeat(values, lengths) * self.values[at]
        return np.bincount(self.rows[at], weights, self.size).astype(np.float64, copy=False)

    def gram_matrix(self, points: Sequence[Point]) -> Symmetric:
        """The nearness of each text of the index to each other; `points` are its own."""
        matrix = empty(self.size)
        for span, strip in matrix.spans():
            strip[:] = self.nearness(points[span], span.stop)
        return matrix


def _scaled(weighed: Singles, share: float, unseen: float = 0.0) -> Singles:
    length = sqrt(float(weighed @ weighed) + unseen)
    return weighed * np.float32(sqrt(share) / length) if length else weighed


def _damped(counts: Ints) -> Singles:
    """A gram said twice counts more than once, but not twice as much."""
    damped: Singles = (1.0 + np.log(counts)).astype(np.float32)
    return damped


def _located(view: View, keys: Keys) -> tuple[Shorts, Singles]:
    grams, counts = np.unique(keys, return_counts=True)
    at = view.columns(grams)
    damped = _damped(counts)
    known = at >= 0
    strange = damped[~known] * view.unseen
    weighed = damped[known] * view.weights[at[known] - view.offset]
    return at[known], _scaled(weighed, view.share, float(strange @ strange))


def rarity(counts: Ints, total: int) -> Floats:
    """Weights of grams that `counts` of `total` texts hold (smoothed inverse frequency)."""
    weights: Floats = np.log((1.0 + total) / (1.0 + counts)) + 1.0
    return weights


@dataclass(frozen=True, slots=True)
class Reading:
    """All texts of a bank as points, and the ways in which they were read."""

    views: tuple[View, ...]
    points: tuple[Point, ...]
    meaning_share: float

    def space(self, chosen: Ints) -> Space:
        """The space of some of the texts; the weights of grams are those of the whole bank."""
        points = [self.points[at] for at in chosen]
        size = len(points)
        width = self.views[-1].offset + len(self.views[-1].keys)
        columns = np.concatenate([point.columns for point in points])
        values = np.concatenate([point.values for point in points])
        owners = np.repeat(np.arange(size, dtype=np.int32), [len(p.columns) for p in points])
        counts = np.bincount(columns, minlength=width)
        often = np.flatnonzero(counts > size * _FREQUENT)
        places = np.full(width, -1, dtype=np.int32)
        places[often] = np.arange(len(often), dtype=np.int32)
        frequent = np.zeros((len(often), size), dtype=np.float32)
        full = places[columns] >= 0
        frequent[places[columns[full]], owners[full]] = values[full]
        columns, values, owners = columns[~full], values[~full], owners[~full]
        order = np.argsort(columns, kind="stable")
        starts = np.zeros(width + 1, dtype=np.int32)
        np.cumsum(np.bincount(columns, minlength=width), out=starts[1:])
        meanings = np.stack([point.meaning for point in points])
        return Space(
            self.views,
            starts,
            owners[order],
            values[order],
            places,
            frequent,
            meanings,
            self.meaning_share,
        )


def read(texts: Sequence[str], meanings: Singles | None = None, look: Look = RICH) -> Reading:
    """The texts of a bank in their order, with a row of `meanings` for each where there is a
    model. `texts` is not empty."""
    documents = [words(text) for text in texts]
    views: list[View] = []
    parts: list[list[tuple[Shorts, Singles]]] = []
    width = 0
    for take, share in zip(VIEWS, look.views, strict=True):
        view, part = _view([take(tokens) for tokens in documents], share, width)
        views.append(view)
        parts.append(part)
        width += len(view.keys)
    rows = np.empty((len(texts), 0), dtype=np.float32) if meanings is None else meanings
    points = tuple(
        _point(found, row) for found, row in zip(zip(*parts, strict=True), rows, strict=True)
    )
    return Reading(tuple(views), points, look.meaning)


def _point(found: Sequence[tuple[Shorts, Singles]], meaning: Singles) -> Point:
    return Point(
        np.concatenate([columns for columns, _ in found]),
        np.concatenate([values for _, values in found]),
        meaning,
    )


def _view(
    documents: Sequence[Keys], share: float, offset: int
) -> tuple[View, list[tuple[Shorts, Singles]]]:
    """One way to read the whole bank, and each text read in it."""
    counted = [np.unique(keys, return_counts=True) for keys in documents]
    grams, frequency = np.unique(np.concatenate([g for g, _ in counted]), return_counts=True)
    total = len(documents)
    weights = rarity(frequency, total).astype(np.float32)
    view = View(share, offset, grams, weights, float(rarity(np.array([1]), total)[0]))
    points = []
    for keys, counts in counted:
        at = np.searchsorted(grams, keys).astype(np.int32)
        points.append((at + np.int32(offset), _scaled(_damped(counts) * weights[at], share)))
    return view, points
