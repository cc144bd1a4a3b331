"""`clm eval --cross-validate`: each author left out, and what is told about it."""

import json
from collections.abc import Sequence

from bot.content.examples import QUESTION
from bot.domain.matching import OUT_OF_SCOPE, Example, Index, Stray
from bot.domain.matching_fit import fit
from bot.evaluation_authors import (
    Crossed,
    authors_of,
    cross_validate,
    crossed_json,
    crossed_text,
)
from tests.support.small_bank import pool_bank

BANK = [Example(one.text, one.label, ("ada", "bo")[at % 2]) for at, one in enumerate(pool_bank())]
GROUPS = {
    "opening-hours": "visit",
    "ticket-price": "visit",
    "swimming-course": "learn",
    "lost-things": "learn",
}


def test_each_author_is_tested_on_a_bank_without_him() -> None:
    """Nobody is measured on his own wording."""
    crossed = cross_validate([*BANK, Example("cost", "ticket-price")])
    assert list(crossed.reports) == ["ada", "bo"]
    assert all(one.figures.in_scope.n == 12 for one in crossed.reports.values())
    assert all(one.figures.out_of_scope.n == 6 for one in crossed.reports.values())
    assert all(one.figures.in_scope.top1 < 1 for one in crossed.reports.values())
    assert len(crossed.judged) == 36


def test_who_wrote_little_is_not_tested_on_but_learned_from() -> None:
    """An editor's three wordings are no author's figures, and are never left out."""
    later = [Example("cost of entering", "ticket-price", "committee")]
    seen: list[int] = []

    def fitted(examples: Sequence[Example]) -> Index:
        seen.append(sum(one.author == "committee" for one in examples))
        return fit(examples)

    assert authors_of([*BANK, *later]) == ["ada", "bo"]
    assert list(cross_validate([*BANK, *later], fitted).reports) == ["ada", "bo"]
    assert seen == [1, 1]


def test_the_questions_of_the_entries_flatter_nobody() -> None:
    """The plain questions that stand on the buttons are no author to be measured on."""
    plain = [Example(f"what about {label}", label, QUESTION) for label in GROUPS]
    assert authors_of([*BANK, *plain]) == ["ada", "bo"]


def test_an_author_who_wrote_everything_is_passed_over() -> None:
    """Without anybody else's wording there is nothing to test against, and that is said."""
    crossed = cross_validate([Example("a fee", "fee", "ada"), Example("hi", "oos")])
    assert crossed == Crossed({})
    assert "none can be left out" in crossed_text(crossed, {})
    assert json.loads(crossed_json(crossed))["mean"]["in_scope"]["n"] == 0


def test_the_mean_counts_every_author_alike() -> None:
    """The mean is over authors, whatever the number of their messages."""
    more = [Example(f"{one.text} please", one.label, "ada") for one in BANK if one.author == "ada"]
    crossed = cross_validate([*BANK, *more])
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
    lines = crossed_text(cross_validate(BANK), GROUPS, strays).split("\n")
    names = [line.split()[0] for line in lines if "%" in line]
    assert names == ["ada", "bo", "mean", "learn", "visit"]
    at = lines.index("  x finds y, 2")
    assert lines[at + 1] == "  x finds oos, 1"
