"""What an explanation says is what the matcher went by."""

import pytest

from bot.domain.calibration import Belief, choose
from bot.domain.matching_fit import fit
from bot.domain.matching_reasons import against, believed, costs
from tests.support.small_bank import pool_bank

INDEX = fit(pool_bank())
QUESTIONS = [
    "how much is a ticket",
    "opening hours and price",
    "I lost my towel",
    "good recipe for soup",
    "the printer",
    "is there a course for my daughter on sunday",
]


@pytest.mark.parametrize("text", QUESTIONS)
def test_the_chances_told_are_those_decided_by(text: str) -> None:
    """The confidence and the move that are explained are those of the answer itself."""
    match, belief = INDEX.match(text), believed(INDEX, text)
    assert round(belief.first, 4) == match.confidence
    assert choose(belief) == match.outcome


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


def test_what_pulls_towards_out_of_scope_is_named() -> None:
    """For a message about something else the examples and the words that say so are told."""
    reason = against(INDEX, "a recipe for onion soup", reasons=3)
    assert reason is not None and reason.label == "oos"
    assert reason.utterances[0][0] == "good recipe for soup"
    assert {word for word, _ in reason.words} >= {"recipe", "soup"}
    assert reason.score > 0.3


def test_without_strange_examples_nothing_can_pull_there() -> None:
    """A bank of entries alone says so instead of naming a class that it does not have."""
    assert against(fit(pool_bank(strange=False)), "soup", reasons=3) is None
