"""A ledger of many entries: what is shown of it, and what is kept, takes little more work.

Work is counted in calls of functions, which are the same on every machine.
"""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal
from types import FrameType
from typing import Any

import pytest

from bot.domain.ledger import LedgerEntry
from bot.domain.ledger_duplicates import MOST_COMPARED, like_one_of
from bot.domain.recertification import Holder
from bot.services import home, ledger
from bot.store import holders
from tests.support.eligibility import CATEGORIES
from tests.support.road import ADA, HERE, NOON, Road, content, sums, work_answers

FEW, MANY = 100, 300
CALLS_AN_ENTRY = 80


@dataclass(slots=True)
class Count:
    calls: int = 0


@contextmanager
def counted() -> Iterator[Count]:
    count, before = Count(), sys.getprofile()

    def called(frame: FrameType, event: str, argument: Any) -> None:
        count.calls += event == "call"

    sys.setprofile(called)
    try:
        yield count
    finally:
        sys.setprofile(before)


def course(at: int) -> LedgerEntry:
    return LedgerEntry(
        NOON.date() - timedelta(days=1 + at % 600),
        f"Course {at}",
        Decimal(1),
        "self_study" if at % 3 == 0 else "live",
        CATEGORIES[at % len(CATEGORIES)],
        tuple(content().recertification.subjects)[at % 5],
    )


def calls_with(courses: int, act: Callable[[Road], object], *, holds: bool) -> int:
    """How many calls something takes once so many courses are recorded."""
    road = Road()
    road.tells({**work_answers(), **sums("0")})
    road.records(*(course(at) for at in range(courses)))
    if holds:
        holder = Holder("spring 2025", NOON.date().replace(year=2028, month=5, day=1))
        holders.keep(road.db, HERE, ADA, holder, NOON)
    with counted() as count:
        act(road)
    road.close()
    return count.calls


def _save(road: Road) -> object:
    raw = {"day": "today", "title": "New", "amount": "2", "category": "writing", "kind": "live"}
    return road.run(ledger.save, ADA, "new", raw)


@pytest.mark.parametrize("holds", [False, True], ids=["candidate", "holder"])
@pytest.mark.parametrize(
    "act",
    [
        pytest.param(lambda road: road.run(home.dashboard, ADA), id="Home"),
        pytest.param(lambda road: road.run(ledger.page, ADA, 3), id="a page of the list"),
        pytest.param(_save, id="one more course"),
    ],
)
def test_a_long_ledger_is_read_and_not_put_into_words(
    act: Callable[[Road], object], holds: bool
) -> None:
    """Each course more than those shown costs a few steps: it is tallied, and nothing is said."""
    calls_with(FEW, act, holds=holds)
    few, many = (calls_with(number, act, holds=holds) for number in (FEW, MANY))
    assert (many - few) / (MANY - FEW) < CALLS_AN_ENTRY


def test_of_a_day_with_very_many_courses_only_some_titles_are_compared() -> None:
    """Entering a course takes no longer once hundreds stand on the same day; one of the same hours
    and category is found among all of them."""
    new = replace(course(0), title="A new course about plain letters", amount=Decimal(9))
    others = [replace(new, title="Finance", amount=Decimal(2))] * MOST_COMPARED
    with counted() as few:
        assert like_one_of(new, others) is None
    with counted() as many:
        assert like_one_of(new, others * 3) is None
    assert many.calls < few.calls * 2
    same = replace(new, title="Something else", id=7)
    assert like_one_of(new, [*others * 3, same]) == same
