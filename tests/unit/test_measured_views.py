"""Figures from several sides: reliability, coverage, means and confusions."""

import pytest

from bot.domain.faq import Decision, Outcome
from bot.domain.measured_views import (
    Bin,
    Confusion,
    Coverage,
    Judged,
    by_group,
    confusions,
    coverage,
    mean,
    of,
    reliability,
)
from bot.domain.measures import Case


def judged(label: str, first: str, confidence: float, outcome: Outcome = "answer") -> Judged:
    entry = first if outcome == "answer" else None
    return Case("text", label), Decision(outcome, entry, confidence, (), ((first, 0.5),))


def test_a_confidence_is_compared_with_how_often_it_was_right() -> None:
    """Messages of like confidence are counted together; bins that nothing falls into are absent."""
    found = reliability(
        [
            judged("fee", "fee", 0.92),
            judged("fee", "fee", 0.98),
            judged("fee", "date", 1.0),
            judged("date", "date", 0.4),
            judged("date", "fee", 0.41),
        ]
    )
    assert [(one.low, one.high, one.n) for one in found] == [(0.4, 0.5, 2), (0.9, 1.0, 3)]
    assert found[0].right == 0.5 and found[1].right == pytest.approx(2 / 3)
    assert found[1].confidence == pytest.approx(2.9 / 3)


def test_strangers_count_as_they_are_expected_to_come() -> None:
    """How many out-of-scope messages a file has does not move the curve: they weigh as three
    tenths of all."""
    few = reliability([*[judged("fee", "fee", 0.8)] * 7, judged("oos", "fee", 0.8)])
    many = reliability([*[judged("fee", "fee", 0.8)] * 7, *[judged("oos", "fee", 0.8)] * 9])
    assert few[0].right == pytest.approx(0.7) == many[0].right


def test_small_talk_has_no_confidence_to_judge() -> None:
    """Thanks and greetings are left out of the curve."""
    assert reliability([judged("oos", "fee", 0.0, "chat")]) == []
    assert reliability([]) == []


def test_a_bar_lets_through_what_is_at_or_above_it() -> None:
    """For each bar: answered right and wrong of those in scope, and strangers answered."""
    cases = [
        judged("fee", "fee", 0.9),
        judged("fee", "date", 0.5),
        judged("date", "date", 0.3, "clarify"),
        judged("date", "fee", 0.1, "unknown"),
        judged("oos", "fee", 0.5),
        judged("oos", "fee", 0.0, "unknown"),
    ]
    assert coverage(cases, [0.0, 0.5, 1.0]) == [
        Coverage(0.0, 0.5, 0.5, 1.0),
        Coverage(0.5, 0.25, 0.25, 0.5),
        Coverage(1.0, 0.0, 0.0, 0.0),
    ]
    assert coverage([], [0.5]) == [Coverage(0.5, 0.0, 0.0, 0.0)]


def test_a_mean_leaves_out_who_has_no_messages_of_a_kind() -> None:
    """An author who wrote nothing out of scope does not count as one who did badly there."""
    both = of([judged("fee", "fee", 0.9), judged("oos", "fee", 0.1, "unknown")])
    inside = of([judged("fee", "date", 0.9)])
    found = mean([both, inside])
    assert (found.in_scope.n, found.in_scope.top1) == (2, 0.5)
    assert (found.out_of_scope.n, found.out_of_scope.declined) == (1, 1.0)
    assert found.auroc == both.auroc
    assert mean([]).in_scope.n == 0 and mean([]).auroc is None


def test_confused_pairs_come_by_number_and_a_declined_stranger_is_none() -> None:
    """The most frequent mistake stands first; what was declined is not one."""
    cases = [
        judged("fee", "date", 0.9),
        judged("oos", "fee", 0.9),
        judged("oos", "fee", 0.9),
        judged("oos", "date", 0.1, "unknown"),
        judged("fee", "fee", 0.9),
    ]
    assert confusions(cases) == [
        Confusion("oos", "fee", ("text", "text")),
        Confusion("fee", "date", ("text",)),
    ]


def test_groups_hold_only_what_belongs_to_one() -> None:
    """A message out of scope, or of an entry that is gone, is in no group."""
    cases = [judged("fee", "fee", 0.9), judged("gone", "fee", 0.9), judged("oos", "fee", 0.9)]
    found = by_group(cases, {"fee": "money"})
    assert list(found) == ["money"] and found["money"].in_scope.n == 1


def test_full_confidence_falls_into_the_last_bin() -> None:
    """A confidence of one is not lost above the last bin."""
    assert reliability([judged("fee", "fee", 1.0)]) == [Bin(0.9, 1.0, 1, 1.0, 1.0)]
