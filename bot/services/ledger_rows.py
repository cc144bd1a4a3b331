"""The entries of the ledger as they are shown: each with what it counts for, in pages."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.eligibility_hours import is_whole
from bot.domain.eligibility_profile import CourseHours
from bot.domain.eligibility_rules import RuleSet, plain
from bot.domain.identity import MemberRef
from bot.domain.ledger import LedgerEntry
from bot.domain.ledger_form import CREDITS
from bot.domain.ledger_judging import Judgement, judge_all
from bot.domain.recertification_judging import judge_recertification_all
from bot.services.standing import plan_of, profile_of
from bot.services.transaction import Transaction, reads
from bot.store import holders, ledger

PAGE = 10
LATEST = 5


@dataclass(frozen=True, slots=True)
class Row:
    """An entry with what it counts for.

    `amount`, `category` and `subject` are words, the last two None for an entry without one, or
    with one that the rules no longer have. `keeping` is what it counts for keeping the CLM; None
    for a member who has no cycle to keep.
    """

    entry: LedgerEntry
    judgement: Judgement
    amount: str
    category: str | None
    subject: str | None = None
    keeping: Judgement | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """Some entries, the newest first; `number` of `pages` counts from 1. `total` is all of them."""

    rows: tuple[Row, ...]
    number: int
    pages: int
    total: int


@dataclass(frozen=True, slots=True)
class Shown:
    """One entry as its message shows it; `row` is None once it is no longer kept at all."""

    row: Row | None
    deleted: bool = False


@reads
def shown(tx: Transaction, member: MemberRef, entry_id: int) -> Shown:
    """One entry as its message shows it."""
    return shown_of(tx, member, entry_id)


def shown_of(tx: Transaction, member: MemberRef, entry_id: int) -> Shown:
    """The same inside a transaction that is already open."""
    kept = ledger.entry_of(tx.db, tx.workspace, member, entry_id)
    if kept is not None:
        return Shown(row_of(tx, member, kept))
    gone = ledger.deleted_of(tx.db, tx.workspace, member, entry_id)
    if gone is None:
        return Shown(None)
    return Shown(_rows(tx, member, (gone,), (0,))[0], deleted=True)


@reads
def page(tx: Transaction, member: MemberRef, number: int = 1, size: int = PAGE) -> Page:
    """One page of the member's entries; a number beyond the last page is the last page."""
    return page_of(tx, member, number, size)


@reads
def latest(tx: Transaction, member: MemberRef, count: int = LATEST) -> Page:
    """The latest entries."""
    return page_of(tx, member, 1, count)


def page_of(tx: Transaction, member: MemberRef, number: int = 1, size: int = PAGE) -> Page:
    """The same inside a transaction that is already open."""
    entries = ledger.entries_of(tx.db, tx.workspace, member)
    pages = max(1, -(-len(entries) // size))
    number = min(max(number, 1), pages)
    places = range(len(entries))[(number - 1) * size : number * size]
    return Page(_rows(tx, member, entries, places), number, pages, len(entries))


def row_of(tx: Transaction, member: MemberRef, kept: LedgerEntry) -> Row:
    """One entry that is kept, judged beside all others."""
    entries = ledger.entries_of(tx.db, tx.workspace, member)
    place = next(at for at, one in enumerate(entries) if one.id == kept.id)
    return _rows(tx, member, entries, (place,))[0]


def _rows(
    tx: Transaction, member: MemberRef, entries: Sequence[LedgerEntry], places: Sequence[int]
) -> tuple[Row, ...]:
    """The entries at `places`, beside all others and what was told in the check, for the plan."""
    rules, profile = tx.bank.content.rule_set, profile_of(tx, member)
    specialist = None if profile.role is None else profile.is_specialist
    judgements = judge_all(
        entries,
        specialist,
        rules,
        plan_of(tx, member).apply_on,
        _sums(profile.hours),
        places,
    )
    keeping = _keeping(tx, member, entries, places)
    subjects = tx.bank.content.recertification.subjects
    shown = (entries[at] for at in places)
    return tuple(
        Row(
            entry=one,
            judgement=judgement,
            amount=amount_in_words(one, rules),
            category=rules.labels.get(one.category or ""),
            subject=subjects[one.subject].label
            if one.subject and one.subject in subjects
            else None,
            keeping=kept,
        )
        for one, judgement, kept in zip(shown, judgements, keeping, strict=True)
    )


def _keeping(
    tx: Transaction, member: MemberRef, entries: Sequence[LedgerEntry], places: Sequence[int]
) -> Sequence[Judgement | None]:
    holder = holders.holder_of(tx.db, tx.workspace, member)
    if holder is None or holder.cycle_ends is None:
        return [None] * len(places)
    return judge_recertification_all(entries, holder, tx.bank.content.recertification, places)


def _sums(hours: tuple[CourseHours, ...] | None) -> tuple[CourseHours, ...]:
    return tuple(told for told in hours or () if told.summed and is_whole(told))


def amount_in_words(one: LedgerEntry, rules: RuleSet) -> str:
    """The hours of an entry; of college credits their bare number."""
    return plain(one.amount) if one.kind in CREDITS else rules.amount("hours", one.amount)
