"""A member says that they attended a session, and takes it back."""

from bot.domain.identity import MemberRef
from bot.domain.sessions import Session, Tap, tap_of
from bot.services.sessions_telling import call_desk, show, today
from bot.services.transaction import Transaction, promises, reads
from bot.store import members, sessions


@reads
def tap(tx: Transaction, member: MemberRef, session_id: int) -> tuple[Tap, Session | None]:
    """What pressing the card's button shows; nothing goes to the chair yet."""
    return _tapped(tx, member, session_id)


@promises
def attend(tx: Transaction, member: MemberRef, session_id: int) -> tuple[Tap, Session | None]:
    """The member's yes: their name goes on the chair's list, once."""
    found, session = _tapped(tx, member, session_id)
    if found != "ask" or session is None:
        return found, session
    members.meet(tx.db, tx.workspace, member, tx.now)
    waiting = [one for one in sessions.attendances(tx.db, session.id) if one.mark == "noted"]
    sessions.noted(tx.db, tx.workspace, session.id, member, tx.now)
    show(tx, session)
    if not waiting:
        call_desk(tx, session)
    return "noted", session


@promises
def undo(tx: Transaction, member: MemberRef, session_id: int) -> tuple[Tap, Session | None]:
    """The member did not attend after all; what the chair has decided on stays."""
    session = sessions.get(tx.db, tx.workspace, session_id)
    if session is not None and sessions.undone(tx.db, session.id, member):
        show(tx, session)
        return "undone", session
    found, session = _tapped(tx, member, session_id)
    return ("undone" if found == "ask" else found), session


def _tapped(tx: Transaction, member: MemberRef, session_id: int) -> tuple[Tap, Session | None]:
    session = sessions.get(tx.db, tx.workspace, session_id)
    attendance = sessions.attendance_of(tx.db, session_id, member) if session else None
    return tap_of(session, attendance, today(tx)), session
