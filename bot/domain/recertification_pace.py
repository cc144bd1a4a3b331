"""Whether a holder of the CLM is on pace for the next anniversary, requirement by requirement."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from math import ceil
from typing import Literal

from bot.domain.ledger import LedgerEntry
from bot.domain.minutes import added, less
from bot.domain.recertification import (
    Cycle,
    Holder,
    RecertificationRules,
    Subject,
    cycle_ending,
)
from bot.domain.recertification_hours import NOTHING, Group, Tally, tally

PaceState = Literal["not_begun", "on_pace", "behind", "done", "ended"]


@dataclass(frozen=True, slots=True)
class SubjectPace:
    """One subject: hours counted in it, and missing of its minimum."""

    subject: Subject
    counted: Decimal
    missing: Decimal

    @property
    def share(self) -> float:
        """How much of the minimum is there, from 0 to 1."""
        needed = self.subject.needed
        return float(min(self.counted / needed, Decimal(1))) if needed else 1.0


@dataclass(frozen=True, slots=True)
class Limited:
    """Hours recorded in a kind that counts up to a limit, and those that do count."""

    recorded: Decimal
    counted: Decimal
    most: Decimal

    @property
    def beyond(self) -> Decimal:
        """Hours that do not count."""
        return less(self.recorded, self.counted)


@dataclass(frozen=True, slots=True)
class Pace:
    """A holder measured on one day; all amounts are hours.

    `counted` is what counts toward the `needed` total. `missing` is the least that is still to be
    earned, the minimums included; `short` is what the minimums lack in all, of which `beyond` is
    recorded, but in kinds whose limit is used up. `even_left` is what would still be to earn today
    at an even pace through the cycle, and `behind` how many full hours more it is: our own measure,
    no rule of ALA's. `unassigned` are entries of the cycle without a subject that is known,
    `undecided` those that no rule was found for.
    """

    cycle: Cycle
    today: date
    state: PaceState
    needed: Decimal
    counted: Decimal
    missing: Decimal
    short: Decimal
    beyond: Decimal
    even_left: Decimal
    behind: int
    subjects: tuple[SubjectPace, ...]
    passive: Limited
    teaching: Limited
    unassigned: int
    undecided: int

    @property
    def days_left(self) -> int:
        """Days until the anniversary, the last day to apply; negative after it."""
        return (self.cycle.ends - self.today).days

    @property
    def share(self) -> float:
        """How much of the total is there, from 0 to 1."""
        return float(min(self.counted / self.needed, Decimal(1))) if self.needed else 1.0


@dataclass(frozen=True, slots=True)
class Keeping:
    """A member who holds the CLM, as it is shown: `pace` is None for CLM (Ret.).

    `withheld` are the facts that nobody has checked for too long to be shown.
    """

    holder: Holder
    pace: Pace | None
    rules: RecertificationRules
    withheld: frozenset[str] = frozenset()


def pace(
    holder: Holder, entries: Iterable[LedgerEntry], rules: RecertificationRules, today: date
) -> Pace | None:
    """Where a holder stands in the cycle that they named; None when they are retired."""
    if holder.cycle_ends is None:
        return None
    cycle, entries = cycle_ending(holder.cycle_ends, rules), tuple(entries)
    found = tally(entries, cycle, rules)
    missing = max(less(rules.total, found.counted), found.short, NOTHING)
    subjects = tuple(
        SubjectPace(subject, found.in_subject(name), found.missing_in(name))
        for name, subject in rules.subjects.items()
    )
    even_left = _even_left(cycle, rules, today)
    behind = max(int(Fraction(missing) - even_left), 0)
    inside = [entry for entry in entries if entry.day in cycle]
    return Pace(
        cycle=cycle,
        today=today,
        state=_state(cycle, missing, behind, today),
        needed=rules.total,
        counted=found.counted,
        missing=missing,
        short=found.short,
        beyond=less(found.short, added(one.missing for one in subjects)),
        even_left=Decimal(ceil(even_left)),
        behind=behind,
        subjects=subjects,
        passive=_limited(found, "passive", rules.passive_cap),
        teaching=_limited(found, "teaching", rules.teaching_cap),
        unassigned=sum(entry.subject not in rules.subjects for entry in inside),
        undecided=sum(_is_undecided(entry, rules) for entry in inside),
    )


def _even_left(cycle: Cycle, rules: RecertificationRules, today: date) -> Fraction:
    left = min(max((cycle.ends - today).days, 0), cycle.days)
    return Fraction(rules.total) * Fraction(left, cycle.days)


def _state(cycle: Cycle, missing: Decimal, behind: int, today: date) -> PaceState:
    if today > cycle.ends:
        return "ended"
    if not missing:
        return "done"
    if today < cycle.first_day:
        return "not_begun"
    return "behind" if behind else "on_pace"


def _limited(found: Tally, group: Group, most: Decimal) -> Limited:
    return Limited(found.all_of(group), found.counted_of(group), most)


def _is_undecided(entry: LedgerEntry, rules: RecertificationRules) -> bool:
    return entry.subject in rules.subjects and rules.kinds.get(entry.kind, "ask_ala") == "ask_ala"
