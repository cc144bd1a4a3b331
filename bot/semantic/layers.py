"""The arithmetic of a BERT encoder, on texts laid end to end.

Texts are never padded: the matrices of a layer see the tokens of all texts in one stack, attention
sees each text by itself. So nothing has to be masked, and no text feels its neighbours.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

_TINY = 1e-12
"""Keeps a norm from dividing by nothing; the value that the model was trained with."""
_PIECE = 1 << 14


@dataclass(frozen=True, slots=True)
class Dense:
    """A matrix of inputs x outputs, and what is added to each output."""

    weight: Floats
    bias: Floats

    def __call__(self, rows: Floats) -> Floats:
        """The outputs, row by row."""
        out: Floats = rows @ self.weight
        out += self.bias
        return out


@dataclass(frozen=True, slots=True)
class Norm:
    """Brings each row to mean 0 and variance 1, then stretches and shifts its columns."""

    weight: Floats
    bias: Floats

    def __call__(self, rows: Floats) -> Floats:
        """The rows, evened out."""
        centred: Floats = rows - rows.mean(axis=1, keepdims=True)
        variance = np.einsum("ij,ij->i", centred, centred) / np.float32(rows.shape[1])
        centred /= np.sqrt(variance + np.float32(_TINY))[:, None]
        centred *= self.weight
        centred += self.bias
        return centred


@dataclass(frozen=True, slots=True)
class Run:
    """Neighbouring texts of one length: tokens `start` to `stop`, `length` to a text."""

    start: int
    stop: int
    length: int


def runs_of(lengths: Sequence[int]) -> tuple[Run, ...]:
    """The runs of texts that lie end to end, in tokens."""
    found: list[Run] = []
    start = 0
    for length, texts in groupby(lengths):
        stop = start + length * len(list(texts))
        found.append(Run(start, stop, length))
        start = stop
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Layer:
    """One layer: every token looks at its text, then is thought over by itself."""

    heads: int
    looking: Dense
    """Queries, keys and values side by side."""
    seen: Dense
    seen_norm: Norm
    wide: Dense
    narrow: Dense
    norm: Norm

    def __call__(self, rows: Floats, runs: Sequence[Run]) -> Floats:
        """The tokens after this layer."""
        rows = self.seen_norm(rows + self.seen(self._looked(rows, runs)))
        return self.norm(rows + self.narrow(gelu(self.wide(rows))))

    def _looked(self, rows: Floats, runs: Sequence[Run]) -> Floats:
        looking = self.looking(rows)
        found = np.empty_like(rows)
        for run in runs:
            here = slice(run.start, run.stop)
            found[here] = self._attention(looking[here], run.length)
        return found

    def _attention(self, looking: Floats, length: int) -> Floats:
        parts = looking.reshape(-1, length, 3, self.heads, looking.shape[1] // (3 * self.heads))
        queries, keys, values = parts.transpose(2, 0, 3, 1, 4)
        scores = queries @ keys.swapaxes(2, 3)
        scores /= np.float32(queries.shape[3] ** 0.5)
        scores -= scores.max(axis=3, keepdims=True)
        np.exp(scores, out=scores)
        scores /= scores.sum(axis=3, keepdims=True)
        found: Floats = (scores @ values).swapaxes(1, 2)
        return found.reshape(looking.shape[0], -1)


def gelu(values: Floats) -> Floats:
    """Each value times the share of the normal distribution below it; changes `values` itself.

    The error function is Abramowitz and Stegun's 7.1.26, off by 1.5e-7 at most.
    """
    flat = values.reshape(-1)
    # Piece by piece, in memory that stays in the processor's cache.
    size, step, tail = np.empty((3, min(_PIECE, flat.size)), dtype=np.float32)
    for start in range(0, flat.size, _PIECE):
        part = flat[start : start + _PIECE]
        _gelu(part, size[: part.size], step[: part.size], tail[: part.size])
    return values


def _gelu(values: Floats, size: Floats, step: Floats, tail: Floats) -> None:
    np.abs(values, out=size)
    np.multiply(size, np.float32(0.3275911 * 0.5**0.5), out=step)
    step += 1
    np.reciprocal(step, out=step)
    np.multiply(step, np.float32(1.061405429), out=tail)
    for factor in (-1.453152027, 1.421413741, -0.284496736, 0.254829592):
        tail += np.float32(factor)
        tail *= step
    np.multiply(size, size, out=step)
    step *= np.float32(-0.5)
    np.exp(step, out=step)
    tail *= step
    tail *= size
    tail *= np.float32(0.5)
    np.maximum(values, 0, out=values)
    values -= tail
