"""A member's data are theirs: seeing all of it, taking it along, erasing it for good."""

from collections.abc import Mapping
from types import ModuleType
from typing import Any

from bot.domain.identity import ConversationRef, MemberRef
from bot.domain.notices import Notice
from bot.domain.privacy import Kind, Overview, Reason, Rows, overview_of
from bot.services import digest_traces, faq_forgetting, handoff, sessions, succession
from bot.services.outbox import tell
from bot.services.roles import desk_of, roster_of
from bot.services.transaction import Transaction, promises, reads, writes
from bot.store import (
    calendars,
    counts,
    digests,
    eligibility,
    erasures,
    handovers,
    holders,
    inbox,
    ledger,
    members,
    outbox,
    personal,
    plan,
    proposals,
    reminders,
    revisions,
    roles,
    seasons,
    sharing,
    unknown_questions,
    wishes,
)
from bot.store import faq as faq_store
from bot.store import handoff as handoff_store
from bot.store import sessions as session_store
from bot.store.erasures import Erasure

STORES: tuple[ModuleType, ...] = (
    unknown_questions,
    wishes,
    proposals,
    faq_store,
    handovers,
    roles,
    eligibility,
    ledger,
    plan,
    holders,
    session_store,
    seasons,
    revisions,
    calendars,
    handoff_store,
    reminders,
    sharing,
    digests,
    inbox,
    outbox,
    members,
)
"""Every module with rows about a member, in the order in which they may be erased."""

SENTENCES: Mapping[Reason, str] = {"asked": "erased", "left": "left", "inactive": "expired"}


@reads
def overview(tx: Transaction, member: MemberRef) -> Overview:
    """What is kept about the member, in words' reach."""
    rows = _rows(tx, member)
    office = personal.in_office(tx.db, tx.workspace, member)
    kept = tx.bank.content.chapter.retention
    return overview_of(rows, _seen_by(tx, rows), kept, office)


@reads
def export(tx: Transaction, member: MemberRef) -> Rows:
    """The same in full."""
    return _rows(tx, member)


@writes
def show(tx: Transaction, member: MemberRef, place: ConversationRef, key: str) -> None:
    """Tell the member there, in their direct conversation, what is kept."""
    tell(tx, Notice(tx.workspace, place, f"privacy:{key}", "privacy", member))


@writes
def send_export(tx: Transaction, member: MemberRef, key: str) -> None:
    """Send the member all of it as files; the same `key` again sends nothing more."""
    tell(tx, Notice(tx.workspace, member, f"privacy_export:{key}", "privacy_export", member))


@promises
def erase(tx: Transaction, member: MemberRef, reason: Reason = "asked") -> bool:
    """Erase everything about the member; False when there was nothing.

    It is on the disk that it was asked for before anything is changed, so that no crash and no
    restored backup undoes it. What stands of it in Slack is replaced through the outbox.
    """
    if not any(_rows(tx, member).values()):
        return False
    mark = erasures.mark_of(tx.db, member)
    erasure = Erasure(tx.workspace, mark, reason, tx.now.isoformat())
    erasures.write_ahead(tx.db, erasure)
    _forget(tx, member, reason)
    erasures.note(tx.db, erasure)
    return True


@promises
def clear_workspace(tx: Transaction) -> None:
    """Erase everything of a workspace that removed the app; not even counts are left."""
    erasure = Erasure(
        tx.workspace,
        erasures.mark_of(tx.db, tx.workspace),
        "uninstalled",
        tx.now.isoformat(),
    )
    erasures.write_ahead(tx.db, erasure)
    personal.clear(tx.db, tx.workspace)
    tx.erased.append(erasure.mark)
    erasures.note(tx.db, erasure)


@promises
def carry_out_again(tx: Transaction) -> int:
    """Erase what was erased after this database was copied; the number of erasures found.

    Also what was asked for when the bot ended, or could not write, before it was done.
    """
    missing = erasures.undone(tx.db)
    for erasure in missing:
        own = tx.of(erasure.workspace)
        if erasure.reason == "uninstalled":
            personal.clear(own.db, own.workspace)
            own.erased.append(erasure.mark)
        else:
            _forget_marked(own, erasure)
        erasures.note(own.db, erasure)
    return len(missing)


def known(tx: Transaction, member: MemberRef) -> bool:
    """Whether anything is kept about somebody, save the envelope that is being read."""
    return any(found for table, found in _rows(tx, member).items() if table != "inbox")


def _forget_marked(tx: Transaction, erasure: Erasure) -> None:
    everybody = {*personal.members_in(tx.db, tx.workspace), *inbox.authors(tx.db, tx.workspace)}
    for member in everybody:
        if erasures.mark_of(tx.db, member) == erasure.mark:
            _forget(tx, member, "left" if erasure.reason == "left" else "asked")


def _forget(tx: Transaction, member: MemberRef, reason: Reason) -> None:
    counts.add(tx.db, tx.workspace, f"erasure:{reason}")
    counts.keep_of_member(tx.db, tx.workspace, member)
    if reason == "left":
        succession.gone_for_good(tx, member)
    succession.erase(tx, member)
    digest_traces.forget_member(tx, member)
    handoff.erase(tx, member, SENTENCES[reason])
    sessions.erase(tx, member)
    faq_forgetting.erase(tx, member)
    for store in STORES:
        store.erase(tx.db, tx.workspace, member)
    tx.erased.append(member)


def _rows(tx: Transaction, member: MemberRef) -> Rows:
    found: dict[str, list[dict[str, Any]]] = {}
    for store in STORES:
        for table, rows in store.stored(tx.db, tx.workspace, member).items():
            found[table] = rows
    return found


def _seen_by(tx: Transaction, rows: Rows) -> dict[Kind, tuple[MemberRef | ConversationRef, ...]]:
    """Whom the member let see something: whoever got the card of a request, the committee's channel
    included, whoever has the list of a session, whoever reads a digest; and, without their name,
    whoever learns from their questions."""
    cards = (row["holder"] for row in rows["ticket_cards"] if row["state"] == "delivered")
    places = (row["place"] for row in rows["ticket_channels"] if row["state"] == "delivered")
    holders_of_cards: tuple[MemberRef | ConversationRef, ...] = (
        *dict.fromkeys(MemberRef(holder) for holder in cards),
        *dict.fromkeys(ConversationRef(place) for place in places),
    )
    desk = desk_of(tx) if rows["attendances"] else ()
    roster = roster_of(tx)
    learners = roster.having("edit")
    was_wrong = any(not row["helpful"] for row in rows["votes"])
    return {
        "tickets": holders_of_cards,
        "sessions": desk,
        "sharing": roster.having("tend"),
        "unknown_questions": learners,
        "proposals": learners,
        "votes": learners if was_wrong else (),
    }
