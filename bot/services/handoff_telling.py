"""Telling a ticket: one message at the member, one card at each of the desk, words in between.

Slots: `ticket:<id>` at the member and `card:<id>` at the desk, `message:<id>` and
`card_message:<id>` in their threads. They differ because a chair may be a member too.
"""

from bot.domain.handoff import Said, Ticket, What
from bot.domain.identity import ConversationRef, MemberRef
from bot.domain.notices import Landing, Notice
from bot.services.desk_channel import has_been_in, is_shown_in
from bot.services.outbox import publish_home, tell
from bot.services.roles import desk_of
from bot.services.transaction import Transaction
from bot.store import handoff, handoff_cards, handoff_channels, handoff_words, outbox

CARD = "card"
TICKET = "ticket"

Reader = MemberRef | ConversationRef
"""Who or what at the desk has a card: a person, or the committee's channel."""


def slot_of(side: str, ticket_id: int) -> str:
    """The slot of a ticket at the member (`ticket`) or at the desk (`card`)."""
    return f"{side}:{ticket_id}"


def keep(tx: Transaction, before: Ticket, after: Ticket) -> None:
    """Store a ticket's step, if it is one; whoever calls this notes it and tells both sides."""
    if after != before:
        handoff.change(tx.db, after, tx.now)


def move(
    tx: Transaction,
    before: Ticket,
    after: Ticket,
    who: str,
    what: What,
    key: str = "",
    *,
    detail: str = "",
    reason: str = "",
) -> int:
    """Store a ticket's step, note it, and tell both sides; nothing when nothing moved.

    The id of its line in the history; 0 when nothing moved.
    """
    if after == before:
        return 0
    keep(tx, before, after)
    line = handoff.happened(tx.db, after.id, who, what, tx.now, key, detail=detail, reason=reason)
    show(tx, after)
    return line


def show(tx: Transaction, ticket: Ticket) -> None:
    """Have the member's message, every standing card and the member's Home drawn anew."""
    show_cards(tx, ticket)
    show_member(tx, ticket)


def show_member(tx: Transaction, ticket: Ticket) -> None:
    """Have the member's message and Home drawn anew."""
    slot = slot_of(TICKET, ticket.id)
    tell(tx, Notice(tx.workspace, ticket.member, slot, "ticket", str(ticket.id)))
    publish_home(tx, ticket.member)


def show_cards(tx: Transaction, ticket: Ticket) -> None:
    """Have every standing card drawn anew; that of somebody who left the desk is emptied."""
    for reader in _everywhere(tx, ticket):
        _tell_card(tx, ticket, reader)


def give_card(tx: Transaction, ticket: Ticket, holder: MemberRef) -> None:
    """Give somebody of the desk the card, with everything said so far below it."""
    handoff_cards.set_card(tx.db, ticket.id, holder, "sent", tx.now)
    bring(tx, ticket, holder)


def bring(tx: Transaction, ticket: Ticket, reader: Reader) -> None:
    """Have the card brought to a reader, with everything said so far below it."""
    _tell_card(tx, ticket, reader)
    for message in handoff_words.all_said(tx.db, ticket.id):
        _tell_desk(tx, message, reader)


def relay(
    tx: Transaction,
    ticket: Ticket,
    message: Said,
    seen_by: Reader | None = None,
    *,
    to_member: bool = True,
) -> None:
    """Carry one message to both sides, save to the place at the desk where it was typed."""
    for reader in _readers(tx, ticket):
        if reader != seen_by:
            _tell_desk(tx, message, reader)
    if to_member:
        _tell_member(tx, ticket, message)


def draw_again(tx: Transaction, ticket: Ticket, message: Said) -> None:
    """Have a message drawn anew wherever it stands or is on its way."""
    _draw_again_at_desk(tx, ticket, message)
    if _may_stand(tx, ticket.member, f"message:{message.id}"):
        _tell_member(tx, ticket, message)


def draw_messages_again(tx: Transaction, ticket: Ticket) -> None:
    """Have the desk's copies of what the member wrote drawn anew."""
    for message in handoff_words.all_said(tx.db, ticket.id):
        if message.by_member:
            _draw_again_at_desk(tx, ticket, message)


def say_at_desk(tx: Transaction, ticket: Ticket, key: str, *, about: str = "") -> None:
    """Say a sentence in the thread of every standing card."""
    for reader in _readers(tx, ticket):
        say_in_thread(tx, reader, CARD, ticket.id, key, about=about or key)


def say_in_thread(
    tx: Transaction,
    recipient: Reader,
    side: str,
    ticket_id: int,
    key: str,
    *,
    about: str,
    number: int = 0,
    line: int = 0,
) -> None:
    """Say a sentence in a ticket's thread; `about` names what it answers, so it is said once.

    `number` is that of the ticket it speaks of, `line` the id of the line of history.
    """
    under = slot_of(side, ticket_id)
    slot = f"said:{side}:{ticket_id}:{about}"
    subject = f"{key}|{ticket_id}|{number}|{line}"
    tell(tx, Notice(tx.workspace, recipient, slot, "ticket_word", subject, under=under))


def replace_in_slack(tx: Transaction, ticket: Ticket, why: str) -> None:
    """Put a sentence in the place of everything that stands of a ticket that is to be deleted.

    At the member's the landing alone is kept for it, under a name that says nothing of them.
    """
    said = handoff_words.all_said(tx.db, ticket.id)
    slot = slot_of(CARD, ticket.id)
    readers: list[Reader] = [card.holder for card in handoff_cards.cards(tx.db, ticket.id)]
    for reader in (*readers, *handoff_channels.channels(tx.db, ticket.id)):
        _replace(tx, reader, slot, f"handoff.card_{why}", "")
        for message in said:
            _replace(tx, reader, f"card_message:{message.id}", f"handoff.message_{why}", slot)
    own = [slot_of(TICKET, ticket.id), *(f"message:{message.id}" for message in said)]
    for slot in own:
        if landing := outbox.landing(tx.db, tx.workspace, ticket.member, slot):
            empty(tx, landing, f"handoff.request_{why}")


def empty(tx: Transaction, landing: Landing, key: str) -> None:
    """Put a sentence in the place of a message, whoever it was for."""
    place = ConversationRef(f"{tx.workspace}:{landing.conversation}")
    notice = Notice(tx.workspace, place, f"{outbox.ERASED}{landing.message}", "erased", key)
    outbox.stands_at(tx.db, notice, landing, tx.now)
    tell(tx, notice)


def holders(tx: Transaction, ticket: Ticket) -> list[MemberRef]:
    """Whoever answers for the chapter now and has the card."""
    desk = desk_of(tx)
    return [holder for holder in _everybody_with(tx, ticket) if holder in desk]


def _everybody_with(tx: Transaction, ticket: Ticket) -> list[MemberRef]:
    cards = handoff_cards.cards(tx.db, ticket.id)
    return [card.holder for card in cards if card.state != "failed"]


def _readers(tx: Transaction, ticket: Ticket) -> list[Reader]:
    return [*holders(tx, ticket), *is_shown_in(tx, ticket)]


def _everywhere(tx: Transaction, ticket: Ticket) -> list[Reader]:
    """Wherever the card may stand; what was taken back vanishes from an old one as well."""
    people = _everybody_with(tx, ticket)
    if ticket.state == "withdrawn":
        slot = slot_of(CARD, ticket.id)
        cards = [card for card in handoff_cards.cards(tx.db, ticket.id) if card.state == "failed"]
        had = [card.holder for card in cards]
        people += [one for one in had if handoff_cards.has_begun(tx.db, tx.workspace, one, slot)]
    return [*people, *has_been_in(tx, ticket)]


def _draw_again_at_desk(tx: Transaction, ticket: Ticket, message: Said) -> None:
    # Who has left the desk keeps what they had, save what its author took back.
    cards = handoff_cards.cards(tx.db, ticket.id)
    ever: list[Reader] = [*(card.holder for card in cards), *has_been_in(tx, ticket)]
    readers = _readers(tx, ticket) if message.text else ever
    slot = f"card_message:{message.id}"
    for reader in readers:
        if _may_stand(tx, reader, slot):
            _tell_desk(tx, message, reader)


def _may_stand(tx: Transaction, reader: Reader, slot: str) -> bool:
    """Whether it stands there, is on its way, or came before its reader was given up."""
    is_in_hand = handoff_cards.is_in_hand(tx.db, tx.workspace, reader, slot)
    return is_in_hand or handoff_cards.has_begun(tx.db, tx.workspace, reader, slot)


def _replace(tx: Transaction, reader: Reader, slot: str, key: str, under: str) -> None:
    if handoff_cards.has_begun(tx.db, tx.workspace, reader, slot):
        tell(tx, Notice(tx.workspace, reader, slot, "erased", key, under))


def _tell_card(tx: Transaction, ticket: Ticket, reader: Reader) -> None:
    slot = slot_of(CARD, ticket.id)
    tell(tx, Notice(tx.workspace, reader, slot, "ticket_card", str(ticket.id)))


def _tell_desk(tx: Transaction, message: Said, reader: Reader) -> None:
    slot, under = f"card_message:{message.id}", slot_of(CARD, message.ticket)
    tell(tx, Notice(tx.workspace, reader, slot, "relay", str(message.id), under))


def _tell_member(tx: Transaction, ticket: Ticket, message: Said) -> None:
    slot, under = f"message:{message.id}", slot_of(TICKET, ticket.id)
    tell(tx, Notice(tx.workspace, ticket.member, slot, "relay", str(message.id), under))
