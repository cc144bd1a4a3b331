"""From scores to probabilities, and from probabilities to the bot's move."""

import numpy as np
import pytest

from bot.domain.calibration import PRIOR, Belief, calibrate, choose, costs, evidence, places


@pytest.mark.parametrize(
    ("belief", "move"),
    [
        (Belief(0.99, 0.97, 0.99), "answer"),
        (Belief(0.95, 0.60, 0.93), "clarify"),
        (Belief(0.95, 0.20, 0.30), "unknown"),
        (Belief(0.10, 0.09, 0.10), "unknown"),
        (Belief(0.0, 0.0, 0.0), "unknown"),
    ],
)
def test_the_move_that_costs_least_is_made(belief: Belief, move: str) -> None:
    """Sure is answered, nearly sure is asked back, unsure is said to be unknown."""
    assert choose(belief) == move


def test_a_wrong_answer_weighs_five_questions() -> None:
    """At four chances in five the bot stops answering and asks, everything else being certain."""
    assert choose(Belief(1.0, 0.81, 1.0)) == "answer"
    assert choose(Belief(1.0, 0.79, 1.0)) == "clarify"


@pytest.mark.parametrize("in_scope", [0.0, 0.3, 0.7, 1.0])
@pytest.mark.parametrize("first", [0.0, 0.5, 0.9, 1.0])
@pytest.mark.parametrize("more", [0.0, 0.5, 1.0])
def test_the_least_of_the_costs_told_is_what_is_done(
    in_scope: float, first: float, more: float
) -> None:
    """No explanation names a cost that contradicts the decision."""
    right = in_scope * first
    belief = Belief(in_scope, right, right + (in_scope - right) * more)
    told = costs(belief)
    assert told[choose(belief)] == min(told.values())


def test_a_bank_without_evidence_keeps_the_prior() -> None:
    """Nothing to learn from leaves the curves where a large bank had them."""
    nothing = np.zeros((0, 3))
    odds = calibrate(nothing, np.zeros(0, dtype=np.int64), nothing, 2)
    assert np.allclose(odds.first, PRIOR.first)
    assert np.allclose(odds.in_scope, PRIOR.in_scope)


def test_probabilities_follow_what_held_out_texts_met() -> None:
    """Where half of the held-out texts found their entry, the confidence is about one half."""
    scores = np.tile([0.4, 0.3, 0.0], (400, 1))
    classes = np.tile([0, 1], 200)
    strangers = np.tile([0.02, 0.01, 0.9], (100, 1))
    belief = calibrate(scores, classes, strangers, 2).believe(np.array([0.4, 0.3, 0.0]), 2)
    assert belief.first == pytest.approx(0.5, abs=0.03)
    assert belief.among > 0.9
    outside = calibrate(scores, classes, strangers, 2).believe(np.array([0.02, 0.01, 0.9]), 2)
    assert outside.in_scope < 0.1


def test_perfectly_separated_scores_stay_finite() -> None:
    """A bank whose texts all find their entry gives probabilities, not overflows."""
    scores = np.tile([0.9, 0.0, 0.0], (50, 1))
    odds = calibrate(scores, np.zeros(50, dtype=np.int64), np.tile([0.0, 0.0, 0.9], (50, 1)), 2)
    belief = odds.believe(np.array([0.9, 0.0, 0.0]), 2)
    assert 0.9 < belief.first <= belief.among <= belief.in_scope <= 1.0


def test_two_high_scores_are_no_certainty() -> None:
    """Two entries that both score high, as when two things are asked at once, are asked back."""
    belief = PRIOR.believe(np.array([0.62, 0.60, 0.0, 0.0]), 3)
    assert choose(belief) == "clarify"


def test_evidence_of_a_single_entry_has_no_rival() -> None:
    """With one entry there is no runner-up, and a middling lead is taken for granted."""
    row = evidence(np.array([[0.2]]), None)[0]
    assert row.tolist() == pytest.approx([np.log(0.2), 1.0, 0.0])


def test_places_leave_the_out_of_scope_class_aside() -> None:
    """An entry is first among entries even when the out-of-scope class scores higher."""
    scores = np.array([[0.3, 0.2, 0.9], [0.3, 0.2, 0.9]])
    assert places(scores, np.array([0, 1]), 2).tolist() == [0, 1]
