"""The bank as its editors see it: a list to search, one entry opened, and the form of an entry."""

from dataclasses import dataclass
from datetime import date

from bot.domain.curation import Curated, EntryDraft, EntryText, Revision
from bot.domain.curation_form import Fields, written
from bot.domain.faq import Entry
from bot.domain.identity import MemberRef
from bot.domain.roles import Right
from bot.services import curation
from bot.services.roles import roster_of
from bot.services.standing import today
from bot.services.transaction import Transaction, reads


@dataclass(frozen=True, slots=True)
class Listing:
    """One page of what was found; `offset` counts from 0. On the first page without words stand
    as well what somebody has begun to write, and what differs between chat and files."""

    words: str
    offset: int
    items: tuple[Curated, ...]
    total: int
    drafts: tuple[EntryDraft, ...]
    conflicts: tuple[Curated, ...]


@dataclass(frozen=True, slots=True)
class Opened:
    """One entry: as members read it (None when they do not), and what somebody may do to it."""

    curated: Curated
    entry: Entry | None
    rights: frozenset[Right]


@dataclass(frozen=True, slots=True)
class Base:
    """What a form lies over: `text` is what it is filled with, `live` what members read now.

    `entry` is the id where there is such an entry, also a retired one, else empty; `number` is its
    newest revision, 0 where there is none. `draft` is what was begun.
    """

    entry: str
    text: EntryText | None
    live: EntryText | None
    number: int
    draft: EntryDraft | None


@reads
def listing(tx: Transaction, who: MemberRef, words: str, offset: int = 0) -> Listing:
    """What is found for some words; everything without them."""
    found = curation.find(tx, words, offset)
    is_first = not words and not offset
    return Listing(
        words=words,
        offset=offset,
        items=found.items,
        total=found.total,
        drafts=curation.drafts(tx, who) if is_first else (),
        conflicts=curation.conflicts(tx) if is_first else (),
    )


@reads
def opened(tx: Transaction, who: MemberRef, entry: str) -> Opened | None:
    """An entry as it is now; None when there is no such one."""
    curated = curation.read(tx, entry)
    if curated is None:
        return None
    live = tx.bank.content.entries.get(entry) if curated.is_live else None
    return Opened(curated, live, roster_of(tx).rights_of(who))


@reads
def history(
    tx: Transaction, who: MemberRef, entry: str
) -> tuple[Opened, tuple[Revision, ...]] | None:
    """An entry with everything that was done to it in chat, newest first."""
    found = opened(tx, who, entry)
    return (found, curation.history(tx, entry)) if found else None


@reads
def base(tx: Transaction, who: MemberRef, entry: str, draft: int) -> Base | None:
    """What a form lies over; None when its draft or its entry is gone."""
    kept = curation.draft(tx, who, draft) if draft else None
    if draft and kept is None:
        return None
    named = kept.text.id if kept else entry
    curated = curation.read(tx, named) if named else None
    if kept is None and entry and curated is None:
        return None
    text = kept.text if kept else curated.text if curated else None
    if curated is None:
        return Base("", text, None, 0, kept)
    live = curated.text if curated.is_live else None
    return Base(curated.text.id, text, live, curated.number, kept)


@reads
def text_of(
    tx: Transaction, who: MemberRef, given: Fields, entry: str, draft: int
) -> tuple[EntryText, Base] | None:
    """What was written in a form as an entry, beside what it lies over; None when that is gone."""
    found = base(tx, who, entry, draft)
    if found is None:
        return None
    new_id = found.entry or curation.free_id(tx, given.question)
    return written(given, found.text, new_id), found


@reads
def compared(
    tx: Transaction, who: MemberRef, entry: str
) -> tuple[Curated, EntryText | None] | None:
    """An entry as it is live beside what the files say of it now; None when there is none."""
    curated = curation.read(tx, entry)
    return (curated, tx.bank.content.filed.get(entry)) if curated else None


@reads
def day(tx: Transaction) -> date:
    """Today, for a form that has a day filled in."""
    return today(tx)
