"""Symmetric matrices made of plain ones, and plain ones of them."""

import numpy as np
from numpy.typing import NDArray

from bot.domain.symmetric import Symmetric, empty

Singles = NDArray[np.float32]


def symmetric(dense: Singles) -> Symmetric:
    """A plain symmetric matrix in strips."""
    matrix = empty(len(dense))
    for span, strip in matrix.spans():
        strip[:] = dense[span, : span.stop]
    return matrix


def dense(matrix: Symmetric) -> Singles:
    """All rows of a matrix in strips."""
    return matrix.rows(np.arange(matrix.size))
