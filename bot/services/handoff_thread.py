"""What is written in a ticket's thread, and how it reaches the other side."""

from dataclasses import dataclass
from typing import Literal

from bot.domain import handoff as rules
from bot.domain.handoff import MOST_PARTS, Refusal, Said, Ticket
from bot.domain.identity import MemberRef
from bot.services.handoff_telling import CARD, TICKET, move, relay, say_in_thread, show
from bot.services.roles import desk_of
from bot.services.transaction import Transaction, promises, reads
from bot.store import handoff, outbox

Side = Literal["ticket", "card"]


@dataclass(frozen=True, slots=True)
class Thread:
    """A ticket's thread: `ticket` is the member's, `card` the desk's."""

    side: Side
    ticket: int


@dataclass(frozen=True, slots=True)
class Written:
    """What somebody wrote there; `key` names the envelope, the same one again changes nothing."""

    text: str
    has_files: bool
    key: str


@reads
def thread_at(tx: Transaction, conversation: str, message: str) -> Thread | None:
    """The ticket whose thread a message of the bot begins; None for every other message."""
    slot = outbox.slot_at(tx.db, tx.workspace, conversation, message) or ""
    side, _, ticket_id = slot.partition(":")
    if side == TICKET:
        return Thread("ticket", int(ticket_id))
    return Thread("card", int(ticket_id)) if side == CARD else None


@promises
def hear(tx: Transaction, who: MemberRef, thread: Thread, written: Written) -> None:
    """Relay what was written, or say there why it was not; nothing is lost in silence."""
    if handoff.done_by(tx.db, tx.workspace, written.key):
        return
    ticket = handoff.get(tx.db, tx.workspace, thread.ticket)
    sentence = _unfit(tx, who, thread, ticket, written)
    if sentence is None and ticket is not None:
        sentence = _carried(tx, who, thread, ticket, written)
    _say(tx, who, thread, sentence or "", written)


@promises
def edited(tx: Transaction, who: MemberRef, thread: Thread, key: str) -> None:
    """A message that was carried over was edited: the other side keeps what it has."""
    say_in_thread(tx, who, thread.side, thread.ticket, "handoff.edit_not_carried", about=key)


@reads
def said(tx: Transaction, message_id: int) -> tuple[Said, Ticket] | None:
    """A relayed message and its ticket; None when it was erased."""
    message = handoff.said(tx.db, message_id)
    ticket = handoff.get(tx.db, tx.workspace, message.ticket) if message else None
    return (message, ticket) if message and ticket else None


def answered(
    tx: Transaction, ticket: Ticket, who: MemberRef, text: str, key: str, *, typed_in_thread: bool
) -> None:
    """Carry the desk's words to the member, and to everybody of the desk who does not see them."""
    handoff.happened(tx.db, ticket.id, who, "answered", tx.now, key)
    for part in rules.parts_of(text):
        message = handoff.say(tx.db, ticket.id, who, False, part, tx.now)
        relay(tx, ticket, message, who if typed_in_thread else None)
    show(tx, ticket)


def added(tx: Transaction, ticket: Ticket, text: str, key: str, *, typed_in_thread: bool) -> None:
    """Carry a member's further words to the desk, and to their own thread if not typed there."""
    handoff.happened(tx.db, ticket.id, ticket.member, "added", tx.now, key)
    for part in rules.parts_of(text):
        message = handoff.say(tx.db, ticket.id, ticket.member, True, part, tx.now)
        relay(tx, ticket, message, to_member=not typed_in_thread)
    show(tx, ticket)


def _unfit(
    tx: Transaction, who: MemberRef, thread: Thread, ticket: Ticket | None, written: Written
) -> str | None:
    """The sentence that says why nothing of it can be carried over."""
    at_desk = thread.side == "card"
    if at_desk and who not in desk_of(tx):
        return "handoff.thread_not_desk"
    if ticket is None or (not at_desk and ticket.member != who):
        return "handoff.thread_gone"
    if not ticket.is_open:
        return "handoff.desk_thread_closed" if at_desk else "handoff.thread_closed"
    if not written.text:
        return "handoff.only_text"
    if len(rules.parts_of(written.text)) > MOST_PARTS:
        return "handoff.thread_too_long"
    return None


def _carried(
    tx: Transaction, who: MemberRef, thread: Thread, ticket: Ticket, written: Written
) -> str:
    """Relay it, and return the sentence that says so."""
    if thread.side == "ticket":
        added(tx, ticket, written.text, written.key, typed_in_thread=True)
        reached = rules.reach_of(desk_of(tx), handoff.cards(tx.db, ticket.id))
        waits = reached in ("nobody", "unreachable")
        return "handoff.thread_kept" if waits else "handoff.thread_passed_on"
    moved = rules.reply(ticket, who)
    if isinstance(moved, Refusal):
        return "handoff.desk_thread_taken"
    move(tx, ticket, moved, who, "claimed")
    answered(tx, moved, who, written.text, written.key, typed_in_thread=True)
    return "handoff.desk_thread_passed_on"


def _say(tx: Transaction, who: MemberRef, thread: Thread, sentence: str, written: Written) -> None:
    say_in_thread(tx, who, thread.side, thread.ticket, sentence, about=written.key)
    if written.has_files and written.text:
        about = f"{written.key}:files"
        key = "handoff.files_left_behind"
        say_in_thread(tx, who, thread.side, thread.ticket, key, about=about)
