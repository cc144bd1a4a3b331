"""The chair confirms who attended; ledgers follow, and every member is told."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.identity import MemberRef
from bot.domain.sessions import Attendance, Decision, Refusal, Session
from bot.services.ledger_rows import Row, row_of
from bot.services.sessions_telling import only_desk, record_of, show, tell_member
from bot.services.transaction import Transaction, promises, reads
from bot.store import ledger, sessions


@dataclass(frozen=True, slots=True)
class Credit:
    """What a member is told of a session; `row` is what their ledger has of it now, as judged."""

    session: Session
    what: str
    row: Row | None


@promises
def decide_all(
    tx: Transaction,
    by: MemberRef,
    session_id: int,
    version: int,
    until: str,
    decision: Decision,
) -> Session | Refusal:
    """Decide on everybody who waited at `until`, the newest attendance that the list showed.

    Compare and set: of two who press at once, the second is told that it is decided.
    """
    only_desk(tx, by)
    session = sessions.get(tx.db, tx.workspace, session_id)
    if session is None or session.state == "cancelled":
        return Refusal("cancelled" if session else "gone")
    if session.version != version:
        return Refusal("changed")
    waiting = [one for one in record_of(tx, session).marked("noted") if one.at <= until]
    if not waiting:
        return Refusal("decided")
    sessions.changed(tx.db, session, tx.now)
    for attendance in waiting:
        _decided(tx, session, attendance, decision)
    show(tx, session)
    return session


@promises
def decide(
    tx: Transaction,
    by: MemberRef,
    session_id: int,
    version: int,
    members: Sequence[MemberRef],
    decision: Decision,
    *,
    waiting: bool = False,
) -> Session | Refusal:
    """Decide on some, also anew; with `waiting` only while nobody has decided on them yet."""
    only_desk(tx, by)
    session = sessions.get(tx.db, tx.workspace, session_id)
    if session is None or session.state == "cancelled":
        return Refusal("cancelled" if session else "gone")
    if session.version != version:
        return Refusal("changed")
    found = [sessions.attendance_of(tx.db, session.id, member) for member in members]
    listed = [attendance for attendance in found if attendance is not None]
    if len(listed) < len(members) or not listed:
        return Refusal("not_listed")
    open_ones = [attendance for attendance in listed if attendance.mark != decision]
    if waiting and any(attendance.mark != "noted" for attendance in open_ones):
        return Refusal("decided")
    for attendance in open_ones:
        _decided(tx, session, attendance, decision)
    if open_ones:
        show(tx, session)
    return session


@reads
def credit(tx: Transaction, member: MemberRef, session_id: int, what: str) -> Credit | None:
    """What there is to tell; None when it was overtaken by what a later notice tells."""
    session = sessions.get(tx.db, tx.workspace, session_id)
    attendance = sessions.attendance_of(tx.db, session_id, member) if session else None
    if session is None or attendance is None or attendance.mark != _MARK_WHEN[what]:
        return None
    entry = ledger.of_session(tx.db, tx.workspace, member, session.id)
    return Credit(session, what, row_of(tx, member, entry) if entry else None)


_MARK_WHEN = {
    "confirmed": "confirmed",
    "corrected": "confirmed",
    "declined": "declined",
    "taken_back": "declined",
    "cancelled": "cancelled",
    "taken_out": "cancelled",
}


def _decided(tx: Transaction, session: Session, attendance: Attendance, decision: Decision) -> None:
    member = attendance.member
    what: str = decision
    if decision == "confirmed":
        provider = tx.bank.content.copy.say("session.provider")
        form = f"session:{session.id}"
        ledger.credited(tx.db, tx.workspace, member, session.entry(provider), form, tx.now)
    elif attendance.mark == "confirmed":
        ledger.taken_back(tx.db, tx.workspace, member, session.id, tx.now)
        what = "taken_back"
    sessions.mark(tx.db, session.id, member, decision, tx.now)
    tell_member(tx, session, member, what)
