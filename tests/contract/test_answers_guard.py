"""The answers do not get worse unnoticed: cross-validated figures against a baseline."""

import json

import pytest

from bench.baseline import BASELINE, COMMAND, fallen, held_out_shares, shipped_shares, stored
from bot.domain.matching import Example
from bot.domain.matching_fit import fit_and_try
from bot.evaluation_authors import tried
from tests.support.cli import CACHE
from tests.support.small_bank import pool_bank


def test_no_figure_falls_by_more_than_a_point() -> None:
    """A change of the bank or the matcher that makes answers worse for people whose wording is
    not in the bank is seen before it ships."""
    worse = fallen(json.loads(BASELINE.read_text(encoding="utf-8")), shipped_shares(CACHE))
    assert not worse, "\n".join([*worse, f"To accept this on purpose: {COMMAND}"])


def test_the_guard_says_which_figure_fell_and_by_how_much() -> None:
    """Up to a point is let pass; more is told with both values; an absent figure as well."""
    before = {"first": 0.9, "second": 0.5, "third": 0.7}
    now = {"first": 0.8899, "second": 0.49, "new": 0.1}
    assert fallen(before, now) == [
        "third: there is no such figure any more",
        "first: 89.0%, which is 1.0 points below the baseline of 90.0%",
    ]
    assert fallen(before, before) == []


def shares_of(bank: list[Example]) -> dict[str, float]:
    return held_out_shares(tried(fit_and_try(bank)))


@pytest.mark.parametrize("spoiled", [False, True])
def test_a_worse_bank_is_noticed(spoiled: bool) -> None:
    """Utterances under the wrong entry lower the figures of their author and the means."""
    bank = [Example(one.text, one.label, "ab"[at % 2]) for at, one in enumerate(pool_bank())]
    good = shares_of(bank)
    assert list(good) == [
        "right entry first, a",
        "right entry first, b",
        "right entry first, mean",
        "right entry among three, mean",
        "answered right, mean",
        "not answered wrong, mean",
        "right or offered, mean",
        "out of scope not answered, mean",
        "out of scope declined, mean",
    ]
    swapped = {"ticket-price": "lost-things", "lost-things": "ticket-price"}
    other = [
        Example(one.text, swapped.get(one.label, one.label) if spoiled else one.label, one.author)
        if one.author == "b"
        else one
        for one in bank
    ]
    worse = fallen(good, shares_of(other))
    assert bool(worse) is spoiled
    assert any(line.startswith("right entry first, mean: ") for line in worse) is spoiled


def test_the_baseline_is_written_as_it_is_read() -> None:
    """Renewing the baseline without a change leaves the file as it is, but for rounding."""
    text = BASELINE.read_text(encoding="utf-8")
    assert stored(json.loads(text)) == text
