"""Large symmetric matrices in strips do what plain ones do."""

import numpy as np
import pytest

from bot.domain.symmetric import STRIP, Singles
from tests.support.matrices import dense, symmetric

SIZES = [1, 2, STRIP - 1, STRIP, STRIP + 1, 2 * STRIP, 2 * STRIP + 3]


def made(size: int) -> Singles:
    """A matrix like those that are inverted: somewhat alike rows, and more on the diagonal."""
    spread = np.cos(np.outer(np.arange(size), np.arange(1, 8)))
    return (spread @ spread.T / 7 + np.eye(size)).astype(np.float32)


@pytest.mark.parametrize("size", SIZES)
def test_the_inverse_is_the_inverse(size: int) -> None:
    """Fitting solves its equations rightly, whatever the number of texts."""
    matrix = made(size)
    inverse = symmetric(matrix)
    inverse.invert()
    assert np.allclose(dense(inverse) @ matrix, np.eye(size), atol=1e-4)


@pytest.mark.parametrize("size", SIZES)
def test_rows_come_whole_and_in_the_order_asked_for(size: int) -> None:
    """The texts of one author are found wherever they stand, also twice and backwards."""
    matrix = made(size)
    at = np.array([size - 1, 0, size // 2, 0])
    assert np.array_equal(symmetric(matrix).rows(at), matrix[at])
    assert symmetric(matrix).rows(at[:0]).shape == (0, size)


@pytest.mark.parametrize("size", SIZES)
def test_the_product_is_that_of_the_whole_matrix(size: int) -> None:
    """What each text counts is the same as with both halves of the matrix kept."""
    matrix = made(size)
    other = np.sin(np.arange(3 * size)).reshape(size, 3).astype(np.float32)
    assert np.allclose(symmetric(matrix).times(other), matrix @ other, atol=1e-3)


@pytest.mark.parametrize("size", SIZES)
def test_the_diagonal_is_read_and_raised_place_by_place(size: int) -> None:
    """Each text has its own weight on the diagonal, and nothing beside it changes."""
    matrix, more = made(size), np.arange(size, dtype=np.float32)
    strips = symmetric(matrix)
    assert np.array_equal(strips.diagonal(), np.diag(matrix))
    strips.add_to_diagonal(more)
    assert np.array_equal(dense(strips), matrix + np.diag(more))
