"""From scores to probabilities, and from probabilities to what the bot does.

Three probabilities are read off a message's scores: that it is in scope at all; if so, that the
first entry is the right one; and that the right one is among the first three. Each is a logistic
curve over the same evidence, fitted on the scores that the bank's own texts get when they are
held out, so that every bank calibrates itself and nobody types a threshold.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from bot.domain.features import Floats, Ints

Move = Literal["answer", "clarify", "unknown"]

ASKED = 1.0
"""Cost of a question that the bot asks back; the unit of the others."""
WRONG = 5.0
"""Cost of a wrong answer, and of any answer to a message that is out of scope."""
MISSED = 2.0
"""Cost of sending a member who asked about the CLM to the chair: a detour for two people."""
OUT_OF_SCOPE_SHARE = 0.3
"""The share of messages that are out of scope, as calibration assumes it; a bank's own number of
out-of-scope examples says how well they are covered, not how often they come."""
ENOUGH_NEGATIVES = 20
"""With fewer out-of-scope examples, texts whose whole entry is held out stand in for them."""

CHOICES = 3
_LOWEST_SCORE = 0.01
_UNRIVALLED = 1.0
_PRIOR_WEIGHT = 1.0
_STEPS = 60


@dataclass(frozen=True, slots=True)
class Belief:
    """Probabilities of one message: in scope; the first entry right; the right one in the first
    three."""

    in_scope: float
    first: float
    among: float


@dataclass(frozen=True, slots=True, eq=False)
class Odds:
    """Coefficients of the three curves: constant, then one for each column of `evidence`."""

    in_scope: Floats
    first: Floats
    among: Floats

    def believe(self, scores: Floats, outside: int | None) -> Belief:
        """The probabilities for one message's scores."""
        row = _with_constant(evidence(scores[None, :], outside))[0]
        in_scope = _curve(row @ self.in_scope)
        first = in_scope * _curve(row @ self.first)
        return Belief(in_scope, first, max(first, in_scope * _curve(row @ self.among)))


PRIOR = Odds(
    np.array([7.0, 1.4, 0.6, -17.5]),
    np.array([2.2, 1.7, 3.2, 0.0]),
    np.array([6.5, 2.8, 0.8, 0.0]),
)
"""The curves of a bank of 3,000 texts: where a small bank starts from."""
PRIOR_WITHOUT_NEGATIVES = np.array([2.5, 1.6, 1.2, 0.0])
"""The first of these curves in the same bank without its out-of-scope examples."""


def _curve(value: float) -> float:
    return float(1.0 / (1.0 + np.exp(-np.clip(value, -30.0, 30.0))))


def _with_constant(rows: Floats) -> Floats:
    return np.hstack([np.ones((len(rows), 1)), rows])


def evidence(scores: Floats, outside: int | None) -> Floats:
    """What a row of scores tells, in three columns: how high the best entry scores and how far it
    is ahead of the second (both as logarithms, and bounded: two entries that score high together
    are two questions in one message, not more certainty), and the score of the out-of-scope
    class (column `outside`; 0 without one)."""
    entries = scores if outside is None else np.delete(scores, outside, axis=1)
    best = np.log(np.clip(-np.sort(-entries, axis=1)[:, :2], _LOWEST_SCORE, 2.0))
    ahead = best[:, 0] - best[:, 1] if best.shape[1] > 1 else np.full(len(best), _UNRIVALLED)
    strange = np.zeros(len(scores)) if outside is None else scores[:, outside]
    return np.column_stack(
        [np.minimum(best[:, 0], -1.0), np.minimum(ahead, 3.0), np.clip(strange, -0.2, 1.2)]
    )


def _fit_curve(rows: Floats, truth: Floats, weight: Floats, prior: Floats) -> Floats:
    """Logistic regression by Newton's method, drawn to `prior` by the weight of one text."""
    design = _with_constant(rows)
    curve = prior.copy()
    for _ in range(_STEPS):
        chance = 1.0 / (1.0 + np.exp(-np.clip(design @ curve, -30.0, 30.0)))
        slope = design.T @ (weight * (truth - chance)) - _PRIOR_WEIGHT * (curve - prior)
        bend = (design * (weight * chance * (1.0 - chance))[:, None]).T @ design
        bend[np.diag_indices_from(bend)] += _PRIOR_WEIGHT
        step = np.linalg.solve(bend, slope)
        curve = curve + step * min(1.0, 5.0 / max(float(np.abs(step).max()), 1e-12))
        if float(np.abs(step).max()) < 1e-9:
            break
    return curve


def places(scores: Floats, classes: Ints, outside: int | None) -> Ints:
    """At which place, from 0, each row's own class stands among the entries."""
    own = scores[np.arange(len(classes)), classes]
    ahead = scores > own[:, None]
    if outside is not None:
        ahead[:, outside] = False
    place: Ints = ahead.sum(axis=1)
    return place


def calibrate(inside: Floats, classes: Ints, strangers: Floats, outside: int | None) -> Odds:
    """Fit the curves on held-out scores: of texts in scope with their classes, and of strangers."""
    place = places(inside, classes, outside)
    rows = evidence(inside, outside)
    even = np.ones(len(rows))
    return Odds(
        _fit_scope(rows, evidence(strangers, outside), outside),
        _fit_curve(rows, (place < 1).astype(np.float64), even, PRIOR.first),
        _fit_curve(rows, (place < CHOICES).astype(np.float64), even, PRIOR.among),
    )


def _fit_scope(rows: Floats, beyond: Floats, outside: int | None) -> Floats:
    prior = PRIOR_WITHOUT_NEGATIVES if outside is None else PRIOR.in_scope
    if not len(beyond):
        return prior
    share = OUT_OF_SCOPE_SHARE / (1.0 - OUT_OF_SCOPE_SHARE)
    each = share * max(len(rows), 1) / len(beyond)
    truth = np.concatenate([np.ones(len(rows)), np.zeros(len(beyond))])
    weight = np.concatenate([np.ones(len(rows)), np.full(len(beyond), each)])
    return _fit_curve(np.vstack([rows, beyond]), truth, weight, prior)


def costs(belief: Belief) -> dict[Move, float]:
    """What each move is expected to cost, in questions asked back; the most careful first."""
    return {
        "unknown": MISSED * belief.in_scope,
        "clarify": ASKED + MISSED * (belief.in_scope - belief.among),
        "answer": WRONG * (1.0 - belief.first),
    }


def choose(belief: Belief) -> Move:
    """The move that is expected to cost least; of equals the most careful."""
    expected = costs(belief)
    return min(expected, key=lambda move: expected[move])
