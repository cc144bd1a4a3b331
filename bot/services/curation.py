"""The bank edited in chat: find, draft, publish, change; every change is a revision."""

from dataclasses import dataclass, replace
from typing import Literal

from bot.domain.curation import Change, Curated, EntryDraft, EntryText, Revision
from bot.domain.curation_finding import ids_for, ranked
from bot.domain.curation_text import digest_of, is_of_files, says_the_same, tidied
from bot.domain.faq import ACTIONS, Approval
from bot.domain.identity import MemberRef
from bot.domain.roles import Right
from bot.services import learning
from bot.services.curation_state import curated, everything
from bot.services.roles import roster_of
from bot.services.standing import today
from bot.services.transaction import Transaction, promises, reads
from bot.store import revisions

PAGE = 10
"""Entries found at a time."""

Why = Literal["not_allowed", "gone", "changed_meanwhile", "nothing_new", "needed"]


@dataclass(frozen=True, slots=True)
class Found:
    """A page of entries, and how many there are in all."""

    items: tuple[Curated, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Refused:
    """Nothing was changed. `needed`: the bot cannot do without this entry."""

    reason: Why


@reads
def find(tx: Transaction, words: str, offset: int = 0) -> Found:
    """Entries by words of their id, question and answer, the best first; without words all, in the
    order of the files."""
    found = ranked(words, tuple(everything(tx).values()))
    return Found(found[offset : offset + PAGE], len(found))


@reads
def read(tx: Transaction, entry: str) -> Curated | None:
    """One entry as it is now; None when there never was one."""
    return curated(tx, entry, revisions.newest_of(tx.db, tx.workspace, entry))


@reads
def history(tx: Transaction, entry: str) -> tuple[Revision, ...]:
    """Every change that was made of an entry in chat, the newest first."""
    return revisions.history(tx.db, tx.workspace, entry)


@reads
def free_id(tx: Transaction, question: str) -> str:
    """An id for a new entry that no other has, made of the words of its question."""
    known = everything(tx)
    return next(one for one in ids_for(question) if one not in known)


@reads
def conflicts(tx: Transaction) -> tuple[Curated, ...]:
    """The entries of which the files say something else than when they were edited in chat, and
    those whose edit fits no more."""
    return tuple(one for one in everything(tx).values() if one.conflict)


@reads
def draft(tx: Transaction, who: MemberRef, draft_id: int) -> EntryDraft | None:
    """One's own draft; None when it was published or thrown away."""
    return revisions.draft(tx.db, tx.workspace, who, draft_id)


@reads
def drafts(tx: Transaction, who: MemberRef) -> tuple[EntryDraft, ...]:
    """What somebody is writing, the newest first."""
    return revisions.drafts(tx.db, tx.workspace, who)


@promises
def keep_draft(
    tx: Transaction,
    who: MemberRef,
    text: EntryText,
    *,
    number: int,
    origin: str = "",
    draft: int | None = None,
) -> int:
    """Keep what an editor has written so far; its id.

    `number` is the newest revision that they saw. `draft` is written anew where it is still there.
    """
    text = tidied(text)
    if draft is not None and revisions.change_draft(
        tx.db, tx.workspace, who, draft, text, number, tx.now
    ):
        return draft
    return revisions.keep_draft(
        tx.db, tx.workspace, who, text, number=number, origin=origin, now=tx.now
    )


@promises
def discard(tx: Transaction, who: MemberRef, draft_id: int) -> bool:
    """Throw one's own draft away; False when it was gone."""
    return revisions.drop_draft(tx.db, tx.workspace, who, draft_id)


@promises
def publish(tx: Transaction, who: MemberRef, draft_id: int, key: str) -> Revision | Refused:
    """Make a draft the entry, from the next look at the overlay on; the same `key` again changes
    nothing. The approval is lost where question or answer change."""
    if not _may(tx, who, "edit"):
        return Refused("not_allowed")
    if done := revisions.made_by(tx.db, tx.workspace, key):
        return done
    found = revisions.draft(tx.db, tx.workspace, who, draft_id)
    if found is None:
        return Refused("gone")
    before = revisions.newest_of(tx.db, tx.workspace, found.text.id)
    if found.number != (before.number if before else 0):
        is_retired = before is not None and before.text is None
        return Refused("gone" if is_retired else "changed_meanwhile")
    now = curated(tx, found.text.id, before)
    text = _with_approval(found.text, now)
    if now is not None and now.is_live and not now.faults and says_the_same(text, now.text):
        return Refused("nothing_new")
    revisions.drop_draft(tx.db, tx.workspace, who, draft_id)
    # With the revision: whoever wished to hear of an answer is not left behind by a crash.
    learning.settle(tx, found.origin, text.id)
    return _add(tx, who, now or _new(text), _what(now), text, key)


@promises
def change(
    tx: Transaction, who: MemberRef, entry: str, what: Change, seen: int, key: str
) -> Revision | Refused:
    """Retire, restore, find right, approve or undo; `seen` is the newest revision that was seen.

    What is undone is the newest change. The same `key` again changes nothing.
    """
    if not _may(tx, who, "approve" if what == "approved" else "edit"):
        return Refused("not_allowed")
    if done := revisions.made_by(tx.db, tx.workspace, key):
        return done
    before = revisions.newest_of(tx.db, tx.workspace, entry)
    now = curated(tx, entry, before)
    if now is None:
        return Refused("gone")
    if now.number != seen:
        return Refused("changed_meanwhile")
    text = _undone(tx, entry, before) if what == "undone" else _changed(tx, who, now, what)
    if isinstance(text, Refused):
        return text
    if text is None and entry in ACTIONS:
        return Refused("needed")
    return _add(tx, who, now, what, text, key)


@promises
def settle(
    tx: Transaction,
    who: MemberRef,
    entry: str,
    keep: Literal["chat", "files"],
    seen: int,
    key: str,
) -> Revision | Refused:
    """Decide a conflict: what was written in chat stays, over the files as they are now, or the
    files have the word again. Either is a revision of its own."""
    if not _may(tx, who, "edit"):
        return Refused("not_allowed")
    if done := revisions.made_by(tx.db, tx.workspace, key):
        return done
    before = revisions.newest_of(tx.db, tx.workspace, entry)
    now = curated(tx, entry, before)
    if now is None or before is None:
        return Refused("gone")
    if before.number != seen:
        return Refused("changed_meanwhile")
    if not now.conflict:
        return Refused("nothing_new")
    text = before.text if keep == "chat" else tx.bank.content.filed.get(entry)
    if text is None and entry in ACTIONS:
        return Refused("needed")
    settled = replace(now, conflict=False)
    return _add(tx, who, settled, "edited" if text else "retired", text, key)


def hand_over_drafts(tx: Transaction, who: MemberRef, to: MemberRef) -> int:
    """Give all of somebody's drafts to whoever comes after them; how many."""
    return revisions.hand_over_drafts(tx.db, tx.workspace, who, to)


def _may(tx: Transaction, who: MemberRef, right: Right) -> bool:
    return roster_of(tx).may(who, right)


def _add(
    tx: Transaction,
    who: MemberRef,
    now: Curated,
    what: Change,
    text: EntryText | None,
    key: str,
) -> Revision:
    entry = now.text.id
    return revisions.add(
        tx.db,
        tx.workspace,
        entry,
        what,
        text,
        base=_base(tx, now, text),
        by=who,
        key=key,
        now=tx.now,
    )


def _base(tx: Transaction, now: Curated, text: EntryText | None) -> str:
    """What the files say, or said when the conflict arose: only deciding it settles it."""
    files = digest_of(tx.bank.content.filed.get(now.text.id))
    before = revisions.newest_of(tx.db, tx.workspace, now.text.id)
    if not now.conflict or before is None or digest_of(text) in (files, before.base):
        return files
    return before.base


def _new(text: EntryText) -> Curated:
    return Curated(text, is_live=False, number=0, in_files=False, conflict=False)


def _what(now: Curated | None) -> Change:
    if now is None:
        return "added"
    return "edited" if now.is_live or now.faults else "restored"


def _with_approval(text: EntryText, now: Curated | None) -> EntryText:
    """An approval is of these words: whoever writes a draft cannot bring one along."""
    is_same = now is not None and (now.text.question, now.text.answer) == (
        text.question,
        text.answer,
    )
    return replace(text, approved=now.text.approved if now and is_same else None)


def _changed(
    tx: Transaction, who: MemberRef, now: Curated, what: Change
) -> EntryText | Refused | None:
    """The entry afterwards, None when it is retired."""
    if what == "restored":
        return Refused("nothing_new") if now.is_live else now.text
    if not now.is_live:
        return Refused("nothing_new" if what == "retired" else "gone")
    if what == "retired":
        return None
    day = today(tx)
    review = now.text.review if now.text.review and now.text.review > day else None
    if what == "verified":
        text = replace(now.text, verified=day, review=review)
    else:
        given = now.text.approved or Approval(_name_of(tx, who), day)
        text = replace(now.text, approved=given)
    return Refused("nothing_new") if text == now.text else text


def _undone(tx: Transaction, entry: str, newest: Revision | None) -> EntryText | Refused | None:
    """What stood before the newest change: of the first one what the files say, and nothing where
    they have no such entry."""
    if newest is None:
        return Refused("nothing_new")
    before = revisions.before(tx.db, tx.workspace, newest)
    if before is None or is_of_files(before):
        return tx.bank.content.filed.get(entry)
    return before.text


def _name_of(tx: Transaction, who: MemberRef) -> str:
    officer = roster_of(tx).of(who)
    unnamed = tx.bank.content.copy.say("revision.committee")
    return officer.name or unnamed if officer else unnamed
