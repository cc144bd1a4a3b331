"""Texts as points: weighted words and pieces of words, and how near two texts are.

A text has two views: its words (stems and neighbouring pairs) and the pieces of its words
(2 to 5 characters). Each view weighs a gram by how rare it is in the bank and is scaled to
length one; the nearness of two texts is the weighted mean of the cosines of both views, so it is
1 for equal texts and 0 for texts with nothing in common.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import NDArray

from bot.domain.text import character_grams, word_grams, words

Floats = NDArray[np.float64]
Singles = NDArray[np.float32]
Ints = NDArray[np.int64]
Tokens = tuple[str, ...]

SHORTEST, LONGEST = 2, 5
WORD_SHARE = 0.5
_FREQUENT = 1 / 16
"""Grams in more than this share of the texts are kept as full rows, the others as lists: full
rows are quicker to add up, lists are smaller."""
_STRIP = 256


def _pieces(tokens: Tokens) -> list[str]:
    return character_grams(tokens, SHORTEST, LONGEST)


_VIEWS: tuple[tuple[Callable[[Tokens], list[str]], float], ...] = (
    (word_grams, WORD_SHARE),
    (_pieces, 1.0 - WORD_SHARE),
)


@dataclass(frozen=True, slots=True)
class View:
    """One way to take texts apart: each gram's column, counted from `offset`, and its weight; and
    the weight of a gram that no text of the bank holds: the weight it would have if one text did,
    since a word that the bank has never seen must count against nearness."""

    offset: int
    columns: dict[str, int]
    weights: Floats
    unseen: float


@dataclass(frozen=True, slots=True)
class Point:
    """A text in the space: columns and values of the grams that the bank knows."""

    columns: Ints
    values: Floats


@dataclass(frozen=True, slots=True)
class Space:
    """The texts of a bank as points, and the way to place any other text among them.

    `rows[starts[c]:starts[c + 1]]` are the texts that hold the gram of column c and `values` how
    much it counts in them; for a frequent gram both are empty and `frequent[places[c]]` has a
    value for every text (`places[c]` is -1 for the rare).
    """

    views: tuple[View, ...]
    starts: Ints
    rows: NDArray[np.int32]
    values: Singles
    places: NDArray[np.int32]
    frequent: Singles

    @property
    def size(self) -> int:
        """How many texts the bank has."""
        return int(self.frequent.shape[1])

    def texts_with(self, word: str) -> Ints:
        """The texts that have this word, or another form of it."""
        view = self.views[0]
        found = np.zeros(self.size, dtype=bool)
        for gram in word_grams(words(word)):
            column = view.columns.get(gram)
            if column is None:
                continue
            column += view.offset
            found[self.rows[self.starts[column] : self.starts[column + 1]]] = True
            if self.places[column] >= 0:
                found |= self.frequent[self.places[column]] > 0
        return np.flatnonzero(found)

    def locate(self, text: str) -> Point:
        """Where a text lies."""
        tokens = words(text)
        found = [
            _locate(view, share, Counter(take(tokens)))
            for view, (take, share) in zip(self.views, _VIEWS, strict=True)
        ]
        return Point(*(np.concatenate(parts) for parts in zip(*found, strict=True)))

    def nearness(self, point: Point) -> Floats:
        """The nearness of each text of the bank to a point, 0 to 1."""
        places = self.places[point.columns]
        often = places >= 0
        total = self._of_rare(point.columns[~often], point.values[~often])
        if often.any():
            total += point.values[often].astype(np.float32) @ self.frequent[places[often]]
        return total

    def _of_rare(self, columns: Ints, values: Floats) -> Floats:
        starts = self.starts[columns]
        lengths = self.starts[columns + 1] - starts
        before = lengths.cumsum() - lengths
        at = np.repeat(starts - before, lengths) + np.arange(int(lengths.sum()))
        weights = np.repeat(values, lengths) * self.values[at]
        return np.bincount(self.rows[at], weights, self.size).astype(np.float64, copy=False)

    def gram_matrix(self, points: Sequence[Point]) -> Singles:
        """The nearness of each text of the bank to each other; `points` are the bank's own."""
        matrix = np.empty((self.size, self.size), dtype=np.float32)
        for at in range(0, self.size, _STRIP):
            strip = slice(at, at + _STRIP)
            matrix[strip] = self.frequent[:, strip].T @ self.frequent
        for row, point in enumerate(points):
            rare = self.places[point.columns] < 0
            near = self._of_rare(point.columns[rare], point.values[rare])
            matrix[row] += near.astype(np.float32)
        return matrix


def _scaled(weighted: Floats, share: float, unseen: float = 0.0) -> Floats:
    length = sqrt(float(weighted @ weighted) + unseen)
    return weighted * (sqrt(share) / length) if length else weighted


def _damped(counts: Sequence[int] | Ints) -> Floats:
    """A gram said twice counts more than once, but not twice as much."""
    return 1.0 + np.log(np.asarray(counts, dtype=np.float64))


def _locate(view: View, share: float, grams: Counter[str]) -> tuple[Ints, Floats]:
    at = np.array([view.columns.get(gram, -1) for gram in grams], dtype=np.int64)
    damped = _damped(list(grams.values()))
    known = at >= 0
    strange = damped[~known] * view.unseen
    weighted = damped[known] * view.weights[at[known]]
    return at[known] + view.offset, _scaled(weighted, share, float(strange @ strange))


def rarity(counts: Ints, total: int) -> Floats:
    """Weights of grams that `counts` of `total` texts hold (smoothed inverse frequency)."""
    weights: Floats = np.log((1.0 + total) / (1.0 + counts)) + 1.0
    return weights


def _read(
    documents: Sequence[Tokens], take: Callable[[Tokens], list[str]], share: float, offset: int
) -> tuple[View, Iterator[tuple[Ints, Floats]]]:
    """One view of the whole bank, and each text in it."""
    columns: dict[str, int] = {}
    counted = [
        np.unique(
            np.array([columns.setdefault(g, len(columns)) for g in take(tokens)], dtype=np.int64),
            return_counts=True,
        )
        for tokens in documents
    ]
    total = len(documents)
    frequency = np.bincount(np.concatenate([ids for ids, _ in counted]), minlength=len(columns))
    weights = rarity(frequency, total)
    view = View(offset, columns, weights, float(rarity(np.array([1]), total)[0]))
    return view, (
        (ids + offset, _scaled(_damped(counts) * weights[ids], share)) for ids, counts in counted
    )


def build(texts: Sequence[str]) -> tuple[Space, tuple[Point, ...]]:
    """The space of a bank, and its texts as points in their order. `texts` is not empty."""
    documents = [words(text) for text in texts]
    views: list[View] = []
    parts: list[Iterator[tuple[Ints, Floats]]] = []
    width = 0
    for take, share in _VIEWS:
        view, part = _read(documents, take, share, width)
        views.append(view)
        parts.append(part)
        width += len(view.columns)
    points = tuple(
        Point(*(np.concatenate(both) for both in zip(*found, strict=True)))
        for found in zip(*parts, strict=True)
    )
    return _space(tuple(views), points, width), points


def _space(views: tuple[View, ...], points: Sequence[Point], width: int) -> Space:
    size = len(points)
    columns = np.concatenate([point.columns for point in points])
    values = np.concatenate([point.values for point in points]).astype(np.float32)
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
    starts = np.concatenate(([0], np.bincount(columns, minlength=width).cumsum()))
    return Space(views, starts, owners[order], values[order], places, frequent)
