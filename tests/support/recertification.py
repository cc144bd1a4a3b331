"""The shipped rules of keeping the CLM, and entries to try on them."""

from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from bot.content.documents import Faults
from bot.content.places import ContentPlaces, Shelf, shipped_path
from bot.content.program import program_from, sources_from
from bot.content.recertification_schema import recertification_from
from bot.domain.ledger import LedgerEntry
from bot.domain.recertification import Cycle, Holder, RecertificationRules, cycle_ending
from bot.domain.recertification_pace import Pace, pace

ENDS = date(2028, 6, 30)
TODAY = date(2026, 11, 23)
HOLDER = Holder("spring 2025", ENDS)


@cache
def rules() -> RecertificationRules:
    """The rules that ship with the product."""
    faults = Faults()
    shelf = Shelf(ContentPlaces(shipped=shipped_path("content")), faults)
    facts, _ = program_from(shelf, sources_from(shelf, faults), faults)
    values = {name: fact.text for name, fact in facts.items()}
    made = recertification_from(shelf, facts, values, faults)
    assert made is not None, faults.sentences
    return made


def cycle() -> Cycle:
    """The cycle of HOLDER."""
    return cycle_ending(ENDS, rules())


def entry(hours: Any, subject: str | None = "operations", **more: Any) -> LedgerEntry:
    """One course in the cycle, live unless it says otherwise."""
    given = {"day": date(2026, 3, 1), "title": "A course", "kind": "live", **more}
    return LedgerEntry(amount=Decimal(str(hours)), subject=subject, **given)


def measured(*entries: LedgerEntry, today: date = TODAY, holder: Holder = HOLDER) -> Pace:
    """The pace of somebody who passed in spring 2025."""
    found = pace(holder, entries, rules(), today)
    assert found is not None
    return found


def counted_in(found: Pace, subject: str) -> Decimal:
    """The hours that a pace shows for a subject."""
    return next(one.counted for one in found.subjects if one.subject.id == subject)


def missing_in(found: Pace, subject: str) -> Decimal:
    """The hours that a pace shows as missing in a subject."""
    return next(one.missing for one in found.subjects if one.subject.id == subject)
