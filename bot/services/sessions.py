"""Chapter sessions: announced, changed and cancelled by those who answer for the chapter."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from bot.domain.identity import ConversationRef, MemberRef
from bot.domain.notices import Notice
from bot.domain.sessions import Details, Fault, Refusal, Session, SessionRecord, read_details
from bot.services.outbox import tell
from bot.services.sessions_attending import attend, tap, undo
from bot.services.sessions_deciding import Credit, credit, decide, decide_all
from bot.services.sessions_telling import (
    card_slot,
    desk_of,
    only_desk,
    record_of,
    show,
    show_list,
    show_lists,
    tell_member,
    today,
)
from bot.services.transaction import Transaction, promises, reads, writes
from bot.store import ledger, outbox, sessions

__all__ = [
    "Credit",
    "Drafted",
    "announce",
    "answer_typed",
    "attend",
    "cancel",
    "change",
    "credit",
    "decide",
    "decide_all",
    "draft",
    "erase",
    "post_again",
    "read",
    "tap",
    "to_change",
    "undeliverable",
    "undo",
]


@dataclass(frozen=True, slots=True)
class Drafted:
    """What was filled in, and the session as it is `before` it is changed so."""

    details: Details
    before: SessionRecord | None


@reads
def draft(
    tx: Transaction,
    by: MemberRef,
    place: ConversationRef,
    raw: Mapping[str, str],
    changes: int = 0,
) -> Drafted | Refusal | Mapping[str, Fault]:
    """What was filled in, or a fault for each field; `changes` is the session to be changed."""
    only_desk(tx, by)
    before = to_change(tx, by, changes) if changes else None
    if isinstance(before, Refusal):
        return before
    categories = tx.bank.content.rule_set.labels
    details = read_details(raw, today(tx), categories, tx.bank.content.recertification.subjects)
    if not isinstance(details, Details):
        return details
    refusal = _refusal(tx, place, details, changes)
    if refusal is None:
        return Drafted(details, before)
    return {"title" if refusal.reason == "twin" else "day": Fault(refusal.reason)}


@promises
def announce(
    tx: Transaction, by: MemberRef, place: ConversationRef, details: Details, form: str
) -> Session | Refusal:
    """Announce a session in a channel; a window that was sent before has announced it already."""
    only_desk(tx, by)
    known = sessions.from_form(tx.db, tx.workspace, form)
    if known is not None:
        return known
    if refusal := _refusal(tx, place, details, 0):
        return refusal
    added = sessions.added(tx.db, tx.workspace, details, place, by, form, tx.now)
    session = sessions.get(tx.db, tx.workspace, added or 0)
    if session is None:
        return Refusal("gone")
    show(tx, session)
    return session


@reads
def read(tx: Transaction, session_id: int) -> SessionRecord | None:
    """A session as it is now."""
    session = sessions.get(tx.db, tx.workspace, session_id)
    return record_of(tx, session) if session else None


@reads
def to_change(tx: Transaction, by: MemberRef, session_id: int) -> SessionRecord | Refusal:
    """The session whose window is to be opened for the desk."""
    only_desk(tx, by)
    session = sessions.get(tx.db, tx.workspace, session_id)
    if session is None:
        return Refusal("gone")
    return Refusal("cancelled") if session.state == "cancelled" else record_of(tx, session)


@promises
def change(
    tx: Transaction, by: MemberRef, session_id: int, version: int, details: Details
) -> Session | Refusal:
    """Correct a session; entries that rest on it follow, and their members are told."""
    only_desk(tx, by)
    session = sessions.get(tx.db, tx.workspace, session_id)
    if session is None:
        return Refusal("gone")
    if session.state != "cancelled" and session.details == details:
        return session
    if refusal := _over(session, version) or _refusal(tx, session.place, details, session.id):
        return refusal
    changed = replace(session, details=details)
    sessions.changed(tx.db, changed, tx.now)
    ledger.corrected(tx.db, tx.workspace, changed.entry(""), tx.now)
    is_only_title = session.details.is_retitled(details)
    for attendance in record_of(tx, changed).marked("confirmed"):
        kept = ledger.of_session(tx.db, tx.workspace, attendance.member, session.id)
        if kept is not None and not is_only_title:
            tell_member(tx, changed, attendance.member, "corrected")
    show(tx, changed)
    return changed


@promises
def cancel(tx: Transaction, by: MemberRef, session_id: int, version: int) -> Session | Refusal:
    """Cancel a session: nobody gets credit, and what was credited is taken back."""
    only_desk(tx, by)
    session = sessions.get(tx.db, tx.workspace, session_id)
    if session is None:
        return Refusal("gone")
    if refusal := _over(session, version):
        return refusal
    cancelled = replace(session, state="cancelled")
    sessions.changed(tx.db, cancelled, tx.now)
    record = record_of(tx, cancelled)
    for attendance in (*record.marked("noted"), *record.marked("confirmed")):
        what = "taken_out" if attendance.mark == "confirmed" else "cancelled"
        ledger.taken_back(tx.db, tx.workspace, attendance.member, session.id, tx.now)
        sessions.mark(tx.db, session.id, attendance.member, "cancelled", tx.now)
        tell_member(tx, cancelled, attendance.member, what)
    if session.state == "unposted":
        show_lists(tx, cancelled)
    else:
        show(tx, cancelled)
    return cancelled


@writes
def post_again(tx: Transaction, by: MemberRef, session_id: int) -> Session | Refusal:
    """Post the card that could not be posted before."""
    only_desk(tx, by)
    session = sessions.get(tx.db, tx.workspace, session_id)
    if session is None or session.state != "unposted":
        return Refusal("changed" if session else "gone")
    sessions.set_state(tx.db, session.id, "open")
    posted = replace(session, state="open")
    show(tx, posted)
    return posted


@writes
def answer_typed(tx: Transaction, by: MemberRef, place: ConversationRef, key: str) -> None:
    """Say how a session is announced; the desk also gets the lists that need it."""
    says = "session.only_desk"
    if by in desk_of(tx):
        found = sessions.to_decide(tx.db, tx.workspace, today(tx))
        says = "session.typed" if found else "session.typed_none"
        for session in (sessions.get(tx.db, tx.workspace, one) for one in found):
            if session is not None:
                show_list(tx, session, by)
    tell(tx, Notice(tx.workspace, place, f"session_typed:{key}", "say", says))


@writes
def undeliverable(tx: Transaction, notice: Notice) -> None:
    """The card cannot be posted, or no longer changed: whoever answers for it is told."""
    session = sessions.get(tx.db, tx.workspace, int(notice.subject))
    if session is None:
        return
    key = "session.card_stays"
    if outbox.landing(tx.db, tx.workspace, session.place, card_slot(session)) is None:
        if session.state != "open":
            return
        key = "session.not_in_channel"
        sessions.set_state(tx.db, session.id, "unposted")
        show_lists(tx, session)
    if session.by:
        slot = f"refused:{notice.slot}:{tx.now.isoformat()}"
        tell(tx, Notice(tx.workspace, session.by, slot, "say", key))


def erase(tx: Transaction, member: MemberRef) -> None:
    """Take a member's name off every list; how many were confirmed stays as a count."""
    for session_id in sessions.erase(tx.db, tx.workspace, member):
        session = sessions.get(tx.db, tx.workspace, session_id)
        if session is not None:
            show(tx, session)


def _over(session: Session, version: int) -> Refusal | None:
    if session.state == "cancelled":
        return Refusal("cancelled")
    return Refusal("changed") if session.version != version else None


def _refusal(
    tx: Transaction, place: ConversationRef, details: Details, changes: int
) -> Refusal | None:
    twin = sessions.twin_of(tx.db, tx.workspace, place, details)
    if twin is not None and twin.id != changes:
        return Refusal("twin")
    if details.day > today(tx) and sessions.attendances(tx.db, changes):
        return Refusal("ahead")
    return None
