"""The kernel machine and what it knows of texts that are held out."""

import numpy as np
import pytest
from numpy.typing import NDArray

from bot.domain.features import Point, Space, read
from bot.domain.kernel import Solution, closeness, solve
from tests.support.matrices import dense, symmetric
from tests.support.small_bank import pool_bank

HELD = np.array([0, 9, 20])
NO_MEANING = np.empty(0, dtype=np.float32)


def _space(texts: list[str]) -> tuple[Space, tuple[Point, ...]]:
    reading = read(texts)
    return reading.space(np.arange(len(texts))), reading.points


def _nearness(texts: list[str]) -> NDArray[np.float32]:
    space, points = _space(texts)
    return dense(space.gram_matrix(points))


def _machine(texts: list[str], classes: list[int], count: int) -> Solution:
    return solve(symmetric(_nearness(texts)), np.array(classes), np.ones(count))


def _pool() -> tuple[NDArray[np.float32], NDArray[np.int64]]:
    """The nearness of the made-up bank's texts to one another, and their classes."""
    bank = pool_bank()
    labels = sorted({one.label for one in bank})
    return _nearness([one.text for one in bank]), np.array([labels.index(b.label) for b in bank])


def _weighed_alike(gram: NDArray[np.float32], classes: NDArray[np.int64]) -> Solution:
    """A machine in which a text weighs the same whichever others there are."""
    return solve(symmetric(gram), classes, np.bincount(classes).astype(float))


def test_equal_texts_are_nearest() -> None:
    """A text lies at nearness one from itself and at less from every other."""
    space, points = _space([one.text for one in pool_bank()])
    gram = dense(space.gram_matrix(points))
    assert np.allclose(np.diag(gram), 1.0, atol=1e-5)
    assert (gram - np.eye(len(gram)) < 0.999).all()
    assert np.allclose(gram[3:5], space.nearness(points[3:5]), atol=1e-5)


def test_texts_with_nothing_in_common_are_strangers() -> None:
    """A text in another alphabet is near to nothing."""
    space, _ = _space(["exam fee", "exam date"])
    assert space.nearness([space.locate("пример", NO_MEANING)]).tolist() == [[0.0, 0.0]]


def test_closeness_runs_from_almost_nothing_to_one() -> None:
    """Equal texts pull with one, strangers hardly, and nearer texts always more."""
    pull = closeness(np.array([0.0, 0.2, 0.9, 1.0], dtype=np.float32))
    assert pull[-1] == pytest.approx(1.0)
    assert 0.0 < pull[0] < 0.05
    assert (np.diff(pull) > 0).all()


def test_held_out_scores_are_those_of_a_machine_that_never_saw_the_group() -> None:
    """What the closed form says of a left-out group is what fitting without it gives."""
    gram, classes = _pool()
    kept = np.setdiff1d(np.arange(len(classes)), HELD)
    held_out = _weighed_alike(gram, classes).held_out([HELD, kept])
    part = _weighed_alike(gram[np.ix_(kept, kept)], classes[kept])
    expected = closeness(gram[np.ix_(HELD, kept)]) @ part.pulls
    assert np.allclose(held_out[HELD], expected, atol=1e-4)


def test_a_machine_without_a_group_is_one_that_never_saw_it() -> None:
    """Messages that were not fitted on are tried without an author in the same closed form."""
    gram, classes = _pool()
    kept = np.setdiff1d(np.arange(len(classes)), HELD)
    pulls = _weighed_alike(gram, classes).without(HELD)
    part = _weighed_alike(gram[np.ix_(kept, kept)], classes[kept])
    assert np.allclose(pulls[kept], part.pulls, atol=1e-4)
    assert not pulls[HELD].any()


def test_single_texts_are_held_out_like_groups_of_one() -> None:
    """Leaving out one by one is the same as groups that hold one text each."""
    solution = _machine(["a fee", "the fee", "a date", "the date"], [0, 0, 1, 1], 2)
    scores = solution.held_out([np.array([at]) for at in range(4)])
    own = dense(solution.inverse)[np.ix_([2], [2])]
    expected = solution.targets[[2]] - np.linalg.solve(own, solution.pulls[[2]])
    assert np.allclose(scores[2], expected[0], atol=1e-4)
