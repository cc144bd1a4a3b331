"""Large symmetric matrices: half of one is kept, which halves the memory and the work."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Singles = NDArray[np.float32]
Ints = NDArray[np.int64]

STRIP = 512
"""Rows in a strip: few enough for the processor's cache, many enough to multiply quickly."""


@dataclass(frozen=True, slots=True, eq=False)
class Symmetric:
    """A symmetric matrix in strips of rows, each from the first column to the strip's own last
    row. Single precision: what is inverted here is far from singular."""

    size: int
    strips: tuple[Singles, ...]

    def spans(self) -> Iterator[tuple[slice, Singles]]:
        """The strips with the rows that they hold."""
        for at, strip in zip(range(0, self.size, STRIP), self.strips, strict=True):
            yield slice(at, at + len(strip)), strip

    def rows(self, at: Ints) -> Singles:
        """Whole rows, in the order asked for."""
        found = np.empty((len(at), self.size), dtype=np.float32)
        for span, strip in self.spans():
            here = (at >= span.start) & (at < span.stop)
            found[here, : span.stop] = strip[at[here] - span.start]
            above = at < span.start
            found[above, span] = strip[:, at[above]].T
        return found

    def diagonal(self) -> Singles:
        """The values on the diagonal."""
        return np.concatenate(
            [strip[np.arange(len(strip)), np.arange(*_range(span))] for span, strip in self.spans()]
        )

    def add_to_diagonal(self, values: Singles) -> None:
        """Add a value to each place on the diagonal."""
        for span, strip in self.spans():
            strip[np.arange(len(strip)), np.arange(*_range(span))] += values[span]

    def times(self, dense: Singles) -> Singles:
        """The product with a matrix of as many rows."""
        product = np.zeros_like(dense)
        for span, strip in self.spans():
            product[span] += strip @ dense[: span.stop]
            product[: span.start] += strip[:, : span.start].T @ dense[span]
        return product

    def invert(self) -> None:
        """Replace a positive definite matrix by its inverse, in place: each strip is swept out of
        the others in turn (Gauss and Jordan, for symmetric matrices)."""
        for own, mine in self.spans():
            column = self.rows(np.arange(*_range(own))).T
            pivot = np.linalg.inv(column[own].astype(np.float64)).astype(np.float32)
            swept = column @ pivot
            for span, strip in self.spans():
                strip -= swept[span] @ column[: span.stop].T
                if span.start > own.start:
                    strip[:, own] = swept[span]
            mine[:, : own.start] = swept[: own.start].T
            mine[:, own] = -pivot
        for _, strip in self.spans():
            np.negative(strip, out=strip)


def _range(span: slice) -> tuple[int, int]:
    return span.start, span.stop


def empty(size: int) -> Symmetric:
    """A matrix to be filled strip by strip."""
    ends = [min(at + STRIP, size) for at in range(0, size, STRIP)]
    return Symmetric(
        size,
        tuple(
            np.empty((end - at, end), dtype=np.float32)
            for at, end in zip(range(0, size, STRIP), ends, strict=True)
        ),
    )
