"""`clm eval --cross-validate`: each author left out, and what is told about it."""

import json
from collections.abc import Callable, Sequence

import pytest

from bot.content.examples import QUESTION
from bot.domain.matching import OUT_OF_SCOPE, Example, Index, Stray
from bot.domain.matching_fit import fit, fit_and_try
from bot.evaluation_authors import (
    Crossed,
    authors_of,
    cross_validate,
    crossed_json,
    crossed_text,
    tried,
)
from tests.support.small_bank import pool_bank

BANK = [Example(one.text, one.label, ("ada", "bo")[at % 2]) for at, one in enumerate(pool_bank())]
GROUPS = {
    "opening-hours": "visit",
    "ticket-price": "visit",
    "swimming-course": "learn",
    "lost-things": "learn",
}


@pytest.fixture(params=["closed", "refit"])
def crossing(request: pytest.FixtureRequest) -> Callable[[Sequence[Example]], Crossed]:
    """Both ways to cross-validate."""
    if request.param == "refit":
        return cross_validate
    return lambda bank: tried(fit_and_try(bank))


Crossing = Callable[[Sequence[Example]], Crossed]


def test_each_author_is_tested_on_a_bank_without_him(crossing: Crossing) -> None:
    """Nobody is measured on his own wording."""
    crossed = crossing([*BANK, Example("cost", "ticket-price")])
    assert list(crossed.by_author) == ["ada", "bo"]
    assert all(one.in_scope.n == 12 for one in crossed.figures.values())
    assert all(one.out_of_scope.n == 6 for one in crossed.figures.values())
    assert all(one.in_scope.top1 < 1 for one in crossed.figures.values())
    assert len(crossed.judged) == 36


def test_what_is_computed_at_once_is_near_to_fitting_anew() -> None:
    """The quick figures may be believed: most messages find the same entry either way."""
    bank = [Example(one.text, one.label, "abc"[at % 3]) for at, one in enumerate(pool_bank())]
    quick, slow = tried(fit_and_try(bank)), cross_validate(bank)
    first = [
        {case.text: decision.ranking[0][0] for case, decision in crossed.judged}
        for crossed in (quick, slow)
    ]
    assert first[0].keys() == first[1].keys()
    alike = sum(first[0][text] == first[1][text] for text in first[0])
    assert alike >= 0.8 * len(bank)
    assert abs(quick.mean.in_scope.top1 - slow.mean.in_scope.top1) < 0.1


def test_who_wrote_only_what_is_out_of_scope_is_tested_on_too(crossing: Crossing) -> None:
    """Strangers by somebody who wrote nothing else count as his, once there are enough."""
    strange = [Example(f"my car number {at} is too slow", OUT_OF_SCOPE, "iris") for at in range(20)]
    crossed = crossing([*BANK, *strange])
    assert list(crossed.by_author) == ["ada", "bo", "iris"]
    iris = crossed.figures["iris"]
    assert (iris.in_scope.n, iris.out_of_scope.n) == (0, 20)
    assert (
        crossed.mean.in_scope.top1
        == sum(crossed.figures[author].in_scope.top1 for author in ("ada", "bo")) / 2
    )
    assert list(crossing([*BANK, *strange[1:]]).by_author) == ["ada", "bo"]


def test_who_wrote_little_is_not_tested_on_but_learned_from() -> None:
    """An editor's three wordings are no author's figures, and are never left out."""
    later = [Example("cost of entering", "ticket-price", "committee")]
    seen: list[int] = []

    def fitted(examples: Sequence[Example]) -> Index:
        seen.append(sum(one.author == "committee" for one in examples))
        return fit(examples)

    assert authors_of([*BANK, *later]) == ["ada", "bo"]
    assert list(cross_validate([*BANK, *later], fitted).by_author) == ["ada", "bo"]
    assert seen == [1, 1]


def test_the_questions_of_the_entries_flatter_nobody() -> None:
    """The plain questions that stand on the buttons are no author to be measured on."""
    plain = [Example(f"what about {label}", label, QUESTION) for label in GROUPS]
    assert authors_of([*BANK, *plain]) == ["ada", "bo"]


def test_an_author_who_wrote_everything_is_passed_over(crossing: Crossing) -> None:
    """Without anybody else's wording there is nothing to test against, and that is said."""
    crossed = crossing([Example("a fee", "fee", "ada"), Example("hi", "oos")])
    assert crossed.by_author == {}
    assert "none can be left out" in crossed_text(crossed, {})
    assert json.loads(crossed_json(crossed))["mean"]["in_scope"]["n"] == 0


def test_the_mean_counts_every_author_alike(crossing: Crossing) -> None:
    """The mean is over authors, whatever the number of their messages."""
    more = [Example(f"{one.text} please", one.label, "ada") for one in BANK if one.author == "ada"]
    crossed = crossing([*BANK, *more])
    data = json.loads(crossed_json(crossed))
    assert list(data) == ["ada", "bo", "mean"]
    assert all(list(one) == ["in_scope", "oos", "auroc"] for one in data.values())
    assert data["ada"]["in_scope"]["n"] == 24 and data["mean"]["in_scope"]["n"] == 36
    for share in ("top1", "top3", "right", "wrong", "offered", "missed"):
        both = data["ada"]["in_scope"][share] + data["bo"]["in_scope"][share]
        assert data["mean"]["in_scope"][share] == both / 2


def test_a_person_reads_authors_groups_and_the_worst_pairs() -> None:
    """The tables have a line for each author, their mean and each group; strays are counted."""
    strays = [Stray("a", "x", "y"), Stray("b", "x", OUT_OF_SCOPE), Stray("c", "x", "y")]
    lines = crossed_text(tried(fit_and_try(BANK)), GROUPS, strays).split("\n")
    names = [line.split()[0] for line in lines if "%" in line]
    assert names == ["ada", "bo", "mean", "learn", "visit"]
    at = lines.index("  x finds y, 2")
    assert lines[at + 1] == "  x finds oos, 1"


def test_a_person_reads_which_way_it_was_computed() -> None:
    """Nobody takes the quick figures for those of a bank fitted anew, nor the other way."""
    quick, slow = tried(fit_and_try(BANK)), cross_validate(BANK)
    assert "all from one fit (--refit" in crossed_text(quick, GROUPS).split("\n")[0]
    assert "nobody's wording but the others'" in crossed_text(slow, GROUPS).split("\n")[0]


def test_trials_are_counted_by_the_author_of_each_example() -> None:
    """A wording that two authors have in common is each one's own, and nobody else's trial."""
    both = [Example("season ticket", "ticket-price", author) for author in ("ada", "bo")]
    crossed = tried(fit_and_try([*BANK, *both]))
    for author in ("ada", "bo"):
        assert [case.text for case, _ in crossed.by_author[author]].count("season ticket") == 1
