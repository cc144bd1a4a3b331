"""What is written in a ticket's thread, and how it reaches the other side."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from bot.domain import handoff_moves as rules
from bot.domain.handoff import MOST_PARTS, Refusal, Said, Ticket, parts_of
from bot.domain.handoff_reach import reach_of
from bot.domain.identity import ConversationRef, MemberRef
from bot.domain.notices import Landing
from bot.services.desk_channel import channel_known
from bot.services.handoff_delivery import ensure_card, give_again, without_lost_claim
from bot.services.handoff_telling import CARD, TICKET, keep, relay, say_in_thread, show
from bot.services.roles import desk_of
from bot.services.transaction import Transaction, promises, reads
from bot.store import handoff, handoff_cards, handoff_words, outbox

Side = Literal["ticket", "card"]


@dataclass(frozen=True, slots=True)
class Thread:
    """A ticket's thread: `ticket` is the member's, `card` the desk's.

    `place` is the committee's channel, for the thread of the card there.
    """

    side: Side
    ticket: int
    place: ConversationRef | None = None


@dataclass(frozen=True, slots=True)
class Written:
    """What somebody wrote there; `key` names the envelope, the same one again changes nothing.

    `typed_at` is where the platform has it; `edited_at` is when its author changed it last.
    """

    text: str
    has_files: bool
    key: str
    typed_at: Landing | None = None
    edited_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Carried:
    """What is said of words that were carried over, or were not; `number` is another ticket's."""

    sentence: str
    was_carried: bool = False
    number: int = 0


@reads
def thread_at(tx: Transaction, conversation: str, message: str) -> Thread | None:
    """The ticket whose thread a message of the bot begins; None for every other message."""
    slot = outbox.slot_at(tx.db, tx.workspace, conversation, message) or ""
    side, _, ticket_id = slot.partition(":")
    if side == TICKET:
        return Thread("ticket", int(ticket_id))
    if side != CARD:
        return None
    place = outbox.recipient_at(tx.db, tx.workspace, conversation, message)
    return Thread("card", int(ticket_id), channel_known(tx, int(ticket_id), place))


@reads
def is_arriving(tx: Transaction, who: MemberRef | ConversationRef) -> bool:
    """Whether a card or a ticket's message may stand at somebody already though its place is not
    known yet: what is written below it cannot be told from any other message so long."""
    return outbox.is_arriving(tx.db, tx.workspace, who, ("ticket", "ticket_card"))


@promises
def hear(tx: Transaction, who: MemberRef, thread: Thread, written: Written) -> None:
    """Relay what was written, or say there why it was not; nothing is lost in silence."""
    if handoff.done_by(tx.db, tx.workspace, written.key):
        return
    if written.typed_at and handoff_words.said_at(tx.db, tx.workspace, written.typed_at):
        # An edit of it came first and was carried over, with newer words.
        return
    hear_now(tx, who, thread, written)


def hear_now(tx: Transaction, who: MemberRef, thread: Thread, written: Written) -> None:
    """Relay what is known not to have been carried over before."""
    ticket = handoff.get(tx.db, tx.workspace, thread.ticket)
    unfit = _unfit(tx, who, thread, ticket, written)
    if unfit or ticket is None:
        carried = Carried(unfit or "handoff.thread_gone")
    elif thread.side == "ticket":
        carried = _carry_to_desk(tx, ticket, written)
    else:
        carried = _carry_to_member(tx, who, ticket, written, thread.place)
    _say(tx, who, thread, ticket, carried, written)


@reads
def said(tx: Transaction, message_id: int) -> tuple[Said, Ticket] | None:
    """A relayed message and its ticket; None when it was erased."""
    message = handoff_words.said(tx.db, message_id)
    ticket = handoff.get(tx.db, tx.workspace, message.ticket) if message else None
    return (message, ticket) if message and ticket else None


def answer(
    tx: Transaction,
    ticket: Ticket,
    who: MemberRef,
    written: Written,
    *,
    typed_in_thread: bool,
    place: ConversationRef | None = None,
) -> Ticket | Refusal:
    """Carry the desk's words to the member, and to everybody of the desk who does not see them.

    It claims what nobody has, and reopens what ended lately. `place` is the committee's channel
    where the words were typed there.
    """
    moved = rules.reply(ticket, who, tx.now)
    if isinstance(moved, Refusal):
        return moved
    keep(tx, ticket, moved)
    if not ticket.is_open:
        handoff.happened(tx.db, ticket.id, who, "reopened", tx.now)
    elif ticket.claimed_by != who:
        handoff.happened(tx.db, ticket.id, who, "claimed", tx.now)
    handoff.happened(tx.db, ticket.id, who, "answered", tx.now, written.key)
    give_again(tx, moved, who)
    for part, text in enumerate(parts_of(written.text)):
        message = handoff_words.say(
            tx.db, ticket.id, who, False, text, tx.now, written.typed_at, part
        )
        relay(tx, ticket, message, (place or who) if typed_in_thread else None)
    show(tx, moved)
    return moved


def add(tx: Transaction, ticket: Ticket, written: Written, *, typed_in_thread: bool) -> None:
    """Carry a member's further words to the desk, and to their own thread if not typed there."""
    moved = rules.wrote(ticket, tx.now)
    assert isinstance(moved, Ticket)
    keep(tx, ticket, moved)
    handoff.happened(tx.db, ticket.id, ticket.member, "added", tx.now, written.key)
    for part, text in enumerate(parts_of(written.text)):
        message = handoff_words.say(
            tx.db, ticket.id, ticket.member, True, text, tx.now, written.typed_at, part
        )
        relay(tx, ticket, message, to_member=not typed_in_thread)
    show(tx, moved)


def reopen_for_member(tx: Transaction, ticket: Ticket, key: str = "") -> Ticket | Refusal:
    """Let a closed ticket go on with whoever had it, or with the desk if they have left it."""
    moved = rules.reopen(ticket, tx.now)
    if isinstance(moved, Refusal):
        return moved
    keep(tx, ticket, moved)
    handoff.happened(tx.db, ticket.id, ticket.member, "reopened", tx.now, key)
    desk = desk_of(tx)
    moved = without_lost_claim(tx, moved, desk)
    give_again(tx, moved, moved.claimed_by)
    ensure_card(tx, moved, desk)
    show(tx, moved)
    return moved


def _unfit(
    tx: Transaction, who: MemberRef, thread: Thread, ticket: Ticket | None, written: Written
) -> str | None:
    """The sentence that says why nothing of it can be carried over."""
    at_desk = thread.side == "card"
    if at_desk and who not in desk_of(tx):
        return "handoff.thread_not_desk"
    if ticket is None:
        return "handoff.desk_thread_gone" if at_desk else "handoff.thread_gone"
    if not at_desk and ticket.member != who:
        return "handoff.thread_gone"
    if ticket.state == "withdrawn":
        return "handoff.desk_thread_withdrawn" if at_desk else "handoff.thread_withdrawn"
    if not written.text:
        return "handoff.only_text"
    if len(parts_of(written.text)) > MOST_PARTS:
        return "handoff.thread_too_long"
    return None


def _carry_to_desk(tx: Transaction, ticket: Ticket, written: Written) -> Carried:
    if ticket.is_open:
        add(tx, ticket, written, typed_in_thread=True)
        return Carried(_how_far(tx, ticket), was_carried=True)
    if newer := handoff.open_of(tx.db, tx.workspace, ticket.member):
        return _carry_to_newer(tx, ticket, newer, written)
    reopened = reopen_for_member(tx, ticket)
    if isinstance(reopened, Refusal):
        return Carried("handoff.thread_too_late")
    add(tx, reopened, written, typed_in_thread=True)
    how_far = _how_far(tx, reopened)
    sentence = "handoff.thread_reopened" if how_far == "handoff.thread_passed_on" else how_far
    return Carried(sentence, was_carried=True)


def _carry_to_newer(tx: Transaction, ticket: Ticket, newer: Ticket, written: Written) -> Carried:
    """A member has one open request, so what they write below an older one belongs there."""
    add(tx, newer, written, typed_in_thread=False)
    key = "handoff.told_from_closed"
    for card in handoff_cards.cards(tx.db, newer.id):
        if card.state != "failed" and card.holder in desk_of(tx):
            say_in_thread(
                tx, card.holder, CARD, newer.id, key, about=written.key, number=ticket.number
            )
    return Carried("handoff.thread_moved", was_carried=True, number=newer.number)


def _carry_to_member(
    tx: Transaction,
    who: MemberRef,
    ticket: Ticket,
    written: Written,
    place: ConversationRef | None,
) -> Carried:
    newer = None if ticket.is_open else handoff.open_of(tx.db, tx.workspace, ticket.member)
    target = newer or ticket
    moved = answer(tx, target, who, written, typed_in_thread=newer is None, place=place)
    if isinstance(moved, Refusal):
        if newer is not None:
            return Carried("handoff.desk_thread_newer_taken", number=newer.number)
        refused = "taken" if moved.reason == "taken" else "too_late"
        return Carried(f"handoff.desk_thread_{refused}")
    if newer is not None:
        ensure_card(tx, moved, desk_of(tx), who)
        return Carried("handoff.desk_thread_moved", was_carried=True, number=newer.number)
    reopened = not ticket.is_open
    sentence = "handoff.desk_thread_reopened" if reopened else "handoff.desk_thread_passed_on"
    return Carried(sentence, was_carried=True)


def _how_far(tx: Transaction, ticket: Ticket) -> str:
    reached = reach_of(desk_of(tx), handoff_cards.cards(tx.db, ticket.id))
    waits = reached in ("nobody", "unreachable")
    return "handoff.thread_kept" if waits else "handoff.thread_passed_on"


def _say(
    tx: Transaction,
    who: MemberRef,
    thread: Thread,
    ticket: Ticket | None,
    carried: Carried,
    written: Written,
) -> None:
    side, about, to = thread.side, written.key, thread.place or who
    say_in_thread(tx, to, side, thread.ticket, carried.sentence, about=about, number=carried.number)
    if not written.has_files or ticket is None:
        return
    if carried.was_carried:
        key = "handoff.files_left_behind"
        say_in_thread(tx, to, side, thread.ticket, key, about=f"{about}:files")
    if carried.was_carried or carried.sentence == "handoff.only_text":
        key = _how_to_send_files(thread, ticket)
        say_in_thread(tx, to, side, thread.ticket, key, about=f"{about}:how")


def _how_to_send_files(thread: Thread, ticket: Ticket) -> str:
    """How a file gets across; never by a way that tells who asked without their name."""
    side = "desk" if thread.side == "card" else "member"
    return f"handoff.files_{side}" if ticket.shared.name else f"handoff.files_{side}_nameless"
