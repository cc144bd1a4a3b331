"""The kernel machine and what it knows of texts that are held out."""

import numpy as np
import pytest

from bot.domain.features import build
from bot.domain.kernel import Solution, closeness, invert, solve
from tests.support.small_bank import pool_bank


def _machine(texts: list[str], classes: list[int], count: int) -> Solution:
    space, points = build(texts)
    return solve(space.gram_matrix(points), np.array(classes), np.ones(count))


@pytest.mark.parametrize("size", [1, 2, 255, 256, 257, 600])
def test_invert_is_the_inverse(size: int) -> None:
    """The inverse made in place is the inverse, at every size around a block's edge."""
    spread = np.cos(np.outer(np.arange(size), np.arange(1, 8)))
    matrix = (spread @ spread.T / size + np.eye(size)).astype(np.float32)
    inverse = matrix.copy()
    invert(inverse)
    assert np.allclose(inverse @ matrix, np.eye(size), atol=1e-4)


def test_equal_texts_are_nearest() -> None:
    """A text lies at nearness one from itself and at less from every other."""
    space, points = build([one.text for one in pool_bank()])
    gram = space.gram_matrix(points)
    assert np.allclose(np.diag(gram), 1.0, atol=1e-5)
    assert (gram - np.eye(len(gram)) < 0.999).all()
    assert np.allclose(gram[3], space.nearness(points[3]), atol=1e-5)


def test_texts_with_nothing_in_common_are_strangers() -> None:
    """A text in another alphabet is near to nothing."""
    space, _ = build(["exam fee", "exam date"])
    assert space.nearness(space.locate("пример")).tolist() == [0.0, 0.0]


def test_closeness_runs_from_almost_nothing_to_one() -> None:
    """Equal texts pull with one, strangers hardly, and nearer texts always more."""
    pull = closeness(np.array([0.0, 0.2, 0.9, 1.0]))
    assert pull[-1] == pytest.approx(1.0)
    assert 0.0 < pull[0] < 0.05
    assert (np.diff(pull) > 0).all()


def test_held_out_scores_are_those_of_a_machine_that_never_saw_the_group() -> None:
    """What the closed form says of a left-out group is what fitting without it gives."""
    bank = pool_bank()
    labels = sorted({one.label for one in bank})
    classes = [labels.index(one.label) for one in bank]
    space, points = build([one.text for one in bank])
    gram = space.gram_matrix(points)
    # Emphasis is set so that every text weighs the same with and without the group.
    counts = np.bincount(classes).astype(float)
    groups = [
        np.array([0, 9, 20]),
        np.array([at for at in range(len(bank)) if at not in (0, 9, 20)]),
    ]
    held_out = solve(gram.copy(), np.array(classes), counts).held_out(groups)
    kept = groups[1]
    kept_classes = np.array(classes)[kept]
    part = solve(gram[np.ix_(kept, kept)], kept_classes, np.bincount(kept_classes).astype(float))
    expected = closeness(gram[np.ix_(groups[0], kept)]) @ part.pulls
    assert np.allclose(held_out[groups[0]], expected, atol=1e-4)


def test_single_texts_are_held_out_like_groups_of_one() -> None:
    """Leaving out one by one is the same as groups that hold one text each."""
    solution = _machine(["a fee", "the fee", "a date", "the date"], [0, 0, 1, 1], 2)
    singles = [np.array([at]) for at in range(4)]
    scores = solution.held_out(singles)
    own = solution.inverse[np.ix_([2], [2])]
    expected = solution.targets[[2]] - np.linalg.solve(own, solution.pulls[[2]])
    assert np.allclose(scores[2], expected[0], atol=1e-4)
