"""Telling a session: one card in its channel, one list at each of the desk, a word to members.

Slots: `session:<id>` in the channel, `session_list:<id>` at the desk, both edited in place, and
`session_credit:<id>:...` at a member, a message of its own for each thing that happened.
"""

from datetime import date
from zoneinfo import ZoneInfo

from bot.domain.identity import MemberRef
from bot.domain.notices import Notice
from bot.domain.sessions import Session, SessionRecord
from bot.errors import NotAllowed
from bot.services.outbox import publish_home, tell
from bot.services.roles import roster_of
from bot.services.transaction import Transaction
from bot.store import sessions


def desk_of(tx: Transaction) -> tuple[MemberRef, ...]:
    """Who holds sessions for the chapter now, in order."""
    return roster_of(tx).having("tend")


def only_desk(tx: Transaction, who: MemberRef) -> None:
    """Raise NotAllowed unless this is somebody who answers for the chapter."""
    if who not in desk_of(tx):
        raise NotAllowed("sessions")


def today(tx: Transaction) -> date:
    """The chapter's date."""
    return tx.now.astimezone(ZoneInfo(tx.bank.content.chapter.time_zone)).date()


def record_of(tx: Transaction, session: Session) -> SessionRecord:
    """A session with who attended it."""
    found = sessions.attendances(tx.db, session.id)
    return SessionRecord(session, found, desk_of(tx), today(tx))


def card_slot(session: Session) -> str:
    """The slot of the card in its channel."""
    return f"session:{session.id}"


def list_slot(session: Session) -> str:
    """The slot of the list at the desk."""
    return f"session_list:{session.id}"


def show(tx: Transaction, session: Session) -> None:
    """Have the card and every list drawn anew."""
    if session.state != "unposted":
        slot = card_slot(session)
        tell(tx, Notice(tx.workspace, session.place, slot, "session", str(session.id)))
    show_lists(tx, session)


def show_lists(tx: Transaction, session: Session) -> None:
    """Have the lists drawn anew, also of somebody who has left the desk and sees no names then."""
    known = sessions.holders(tx.db, tx.workspace, list_slot(session))
    for holder in dict.fromkeys((*desk_of(tx), *known)):
        show_list(tx, session, holder)


def show_list(tx: Transaction, session: Session, holder: MemberRef) -> None:
    """Have one list drawn anew."""
    slot = list_slot(session)
    tell(tx, Notice(tx.workspace, holder, slot, "session_list", str(session.id)))


def call_desk(tx: Transaction, session: Session) -> None:
    """Say that somebody waits to be confirmed; edits go unnoticed. Once a day for each session."""
    slot, under = f"session_waiting:{session.id}:{today(tx)}", list_slot(session)
    subject = f"waiting:{session.id}"
    for holder in desk_of(tx):
        tell(tx, Notice(tx.workspace, holder, slot, "session_list", subject, under))


def tell_member(tx: Transaction, session: Session, member: MemberRef, what: str) -> None:
    """Tell a member what came of their attendance, and have their Home drawn anew."""
    slot = f"session_credit:{session.id}:{tx.now.isoformat()}"
    subject = f"{session.id}:{what}"
    tell(tx, Notice(tx.workspace, member, slot, "session_credit", subject))
    publish_home(tx, member)
