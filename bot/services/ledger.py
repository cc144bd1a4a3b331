"""The ledger: a member records courses, sees what each counts for, changes and deletes them."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from bot.domain.eligibility_rules import RuleSet
from bot.domain.identity import ConversationRef, MemberRef
from bot.domain.ledger import LedgerEntry
from bot.domain.ledger_duplicates import like_one_of
from bot.domain.ledger_form import NO_CATEGORY, Days, Fields, FormFaults, read_form, read_notes
from bot.domain.ledger_reading import Told, read_told
from bot.domain.notices import Notice
from bot.domain.text import words
from bot.services.faq import own_words
from bot.services.ledger_rows import Page, Row, Shown, latest, page, row_of, shown, shown_of
from bot.services.outbox import publish_home, tell
from bot.services.standing import today
from bot.services.transaction import Transaction, promises, reads, writes
from bot.store import holders, ledger, outbox

__all__ = [
    "Alike",
    "Gone",
    "Kept",
    "Overtaken",
    "Page",
    "Row",
    "Shown",
    "beginning",
    "change",
    "delete",
    "entry",
    "latest",
    "page",
    "read",
    "restore",
    "said",
    "save",
    "shown",
    "tell_latest",
]

_AHEAD = timedelta(hours=14)
"""Nowhere on earth is it later than so much after UTC."""


@dataclass(frozen=True, slots=True)
class Kept:
    """The entry is kept as it stands here."""

    row: Row


@dataclass(frozen=True, slots=True)
class Alike:
    """Nothing is kept yet: there is an entry that may be the same course."""

    like: Row


@dataclass(frozen=True, slots=True)
class Overtaken:
    """Nothing is kept: the entry has changed since the window was opened, to what stands here."""

    row: Row


@dataclass(frozen=True, slots=True)
class Gone:
    """Nothing is kept: the entry was deleted meanwhile."""


@reads
def read(tx: Transaction, member: MemberRef, text: str) -> Told:
    """What somebody says of a course in their own words."""
    return _read(tx, member, text)


@reads
def said(tx: Transaction, member: MemberRef, turn: int) -> Told:
    """What the member said of a course in a turn of theirs; empty for any other turn."""
    return _read(tx, member, own_words(tx, member, turn))


@reads
def beginning(tx: Transaction, member: MemberRef) -> Fields:
    """What a new form stands filled in with: who keeps the CLM applies for it no more."""
    holder = holders.holder_of(tx.db, tx.workspace, member)
    return {"category": NO_CATEGORY} if holder and not holder.retired else {}


@reads
def entry(tx: Transaction, member: MemberRef, entry_id: int) -> LedgerEntry | None:
    """An entry of the member's own, to be changed."""
    return ledger.entry_of(tx.db, tx.workspace, member, entry_id)


@promises
def save(
    tx: Transaction, member: MemberRef, form: str, raw: Fields, *, anyway: bool = False
) -> Kept | FormFaults | Alike | Gone:
    """Keep a new entry; the same `form` again gives the entry that it gave before."""
    before = ledger.of_form(tx.db, tx.workspace, member, form)
    if before is not None:
        return Kept(row_of(tx, member, before))
    made = read_form(raw, _rules(tx), tx.bank.content.recertification.subjects, _days(tx, member))
    if isinstance(made, FormFaults):
        return made
    if not anyway and (like := _like(tx, member, made)):
        return Alike(like)
    new = ledger.added(tx.db, tx.workspace, member, made, form, tx.now)
    return Gone() if new is None else _kept(tx, member, replace(made, id=new))


@promises
def change(
    tx: Transaction,
    member: MemberRef,
    entry_id: int,
    version: int,
    raw: Fields,
    *,
    anyway: bool = False,
) -> Kept | FormFaults | Alike | Overtaken | Gone:
    """Change an entry; of one that the chapter confirmed only what is the member's own."""
    old = ledger.entry_of(tx.db, tx.workspace, member, entry_id)
    if old is None:
        return Gone()
    made = _changed(tx, member, old, raw)
    if isinstance(made, FormFaults):
        return made
    if made == old:
        return Kept(row_of(tx, member, old))
    if old.version != version:
        return Overtaken(row_of(tx, member, old))
    if not anyway and _is_moved(old, made) and (like := _like(tx, member, made)):
        return Alike(like)
    ledger.changed(tx.db, tx.workspace, member, made, tx.now)
    return _kept(tx, member, replace(made, version=version + 1))


@promises
def delete(tx: Transaction, member: MemberRef, entry_id: int) -> Shown:
    """Take an entry out; it can be brought back from what its message then shows."""
    if ledger.deleted(tx.db, tx.workspace, member, entry_id, tx.now):
        publish_home(tx, member)
    return _told(tx, member, entry_id)


@promises
def restore(tx: Transaction, member: MemberRef, entry_id: int) -> Shown:
    """Bring a deleted entry back."""
    if ledger.restored(tx.db, tx.workspace, member, entry_id):
        publish_home(tx, member)
    return _told(tx, member, entry_id)


@writes
def tell_latest(tx: Transaction, member: MemberRef, place: ConversationRef, key: str) -> None:
    """Send the latest entries to where the member asked for them."""
    tell(tx, Notice(tx.workspace, place, f"hours:{key}", "ledger_entry", member))


def _read(tx: Transaction, member: MemberRef, text: str) -> Told:
    content = tx.bank.content
    subjects = {words(one.label): name for name, one in content.recertification.subjects.items()}
    return read_told(text, content.ledger_words, today(tx, member), subjects)


def _rules(tx: Transaction) -> RuleSet:
    return tx.bank.content.rule_set


def _days(tx: Transaction, member: MemberRef) -> Days:
    latest_date: date = (tx.now + _AHEAD).date()
    return Days(today(tx, member), latest_date)


def _changed(
    tx: Transaction, member: MemberRef, old: LedgerEntry, raw: Fields
) -> LedgerEntry | FormFaults:
    if old.is_confirmed:
        return read_notes(raw, old)
    made = read_form(raw, _rules(tx), tx.bank.content.recertification.subjects, _days(tx, member))
    if isinstance(made, FormFaults):
        return made
    return replace(made, id=old.id, version=old.version, session=old.session)


def _is_moved(old: LedgerEntry, made: LedgerEntry) -> bool:
    """Whether what tells a course from another has changed."""
    kept = (old.day, old.title, old.amount, old.category)
    return kept != (made.day, made.title, made.amount, made.category)


def _like(tx: Transaction, member: MemberRef, made: LedgerEntry) -> Row | None:
    others = ledger.entries_of(tx.db, tx.workspace, member)
    like = like_one_of(made, others)
    return row_of(tx, member, like) if like else None


def _kept(tx: Transaction, member: MemberRef, kept: LedgerEntry) -> Kept:
    _tell(tx, member, kept.id)
    publish_home(tx, member)
    return Kept(row_of(tx, member, kept))


def _told(tx: Transaction, member: MemberRef, entry_id: int) -> Shown:
    """The entry as it is now, also in its message; of what the member never had there is none."""
    found = shown_of(tx, member, entry_id)
    if found.row or outbox.landing(tx.db, tx.workspace, member, f"ledger:{entry_id}"):
        _tell(tx, member, entry_id)
    return found


def _tell(tx: Transaction, member: MemberRef, entry_id: int) -> None:
    """Post or edit the entry's own message."""
    tell(tx, Notice(tx.workspace, member, f"ledger:{entry_id}", "ledger_entry", str(entry_id)))
