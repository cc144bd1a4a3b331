"""What becomes of a ticket's notices: delivered, undeliverable, or never sent."""

from collections.abc import Collection, Sequence

from bot.domain import handoff_moves as rules
from bot.domain.handoff import Ticket
from bot.domain.handoff_reach import Card, answering, next_holder, reach_of
from bot.domain.identity import MemberRef
from bot.domain.notices import Notice
from bot.services.desk_channel_cards import arrived_in_channel, lost_in_channel, try_again
from bot.services.handoff_telling import (
    CARD,
    give_card,
    say_at_desk,
    show,
    show_cards,
    show_member,
    slot_of,
)
from bot.services.roles import desk_of
from bot.services.transaction import Transaction, promises
from bot.store import handoff, handoff_cards, handoff_words, outbox


@promises
def card_delivered(tx: Transaction, notice: Notice) -> None:
    """A card has arrived: the member's message says so from now on."""
    ticket = handoff.get(tx.db, tx.workspace, int(notice.subject))
    if ticket is not None and not arrived_in_channel(tx, ticket, notice):
        _arrived(tx, ticket, MemberRef(notice.recipient))


@promises
def undeliverable(tx: Transaction, notice: Notice) -> None:
    """A notice of a ticket will never arrive: the next of the desk gets the card.

    When nobody is left the ticket stays new and the member is told. When it is the member who
    cannot be reached, the desk is told.
    """
    ticket = _ticket_of(tx, notice)
    if ticket is None or lost_in_channel(tx, ticket, notice):
        return
    if notice.slot.startswith(CARD):
        _lost(tx, ticket, MemberRef(notice.recipient))
        return
    if ticket.is_open:
        handoff.happened(tx.db, ticket.id, ticket.member, "member_unreachable", tx.now)
        show_cards(tx, ticket)
    if notice.kind == "relay":
        _say_it_did_not_arrive(tx, ticket, int(notice.subject))


@promises
def deliver_missing(tx: Transaction) -> None:
    """Every open ticket whose card nobody of the present desk has goes to the desk.

    At start, since the desk may have changed, and every hour, since somebody may be back.
    """
    desk = desk_of(tx)
    for ticket in handoff.all_open(tx.db, tx.workspace):
        cards = handoff_cards.cards(tx.db, ticket.id)
        for card in cards:
            if card.state == "sent" and _has_landed(tx, ticket, card):
                _arrived(tx, ticket, card.holder)
        free = without_lost_claim(tx, ticket, desk)
        if ensure_card(tx, free, desk) or free != ticket:
            show(tx, free)
        try_again(tx, free)


def ensure_card(
    tx: Transaction, ticket: Ticket, desk: Sequence[MemberRef], holder: MemberRef | None = None
) -> bool:
    """Give the card to `holder`, or to the first of the desk, if it stands there with nobody yet.

    True when it was given.
    """
    held = handoff_cards.cards(tx.db, ticket.id)
    wanted = (holder,) if holder else answering(desk, ticket.member)
    if not wanted or any(card.holder in wanted and _stands(tx, ticket, card) for card in held):
        return False
    give_card(tx, ticket, wanted[0])
    return True


def give_again(tx: Transaction, ticket: Ticket, who: MemberRef | None) -> None:
    """Whoever has a request or works on it gets the card anew, where that could not be brought to
    them once: from an old one they can act all the same, and would not read what follows."""
    if who is not None and Card(who, "failed") in handoff_cards.cards(tx.db, ticket.id):
        give_card(tx, ticket, who)


def without_lost_claim(tx: Transaction, ticket: Ticket, desk: Collection[MemberRef]) -> Ticket:
    """The ticket, freed and stored, if who has it is not of this desk."""
    free = rules.freed(ticket, desk, tx.now)
    if free != ticket:
        handoff.change(tx.db, free, tx.now)
        handoff.happened(tx.db, ticket.id, ticket.claimed_by or "", "released", tx.now)
    return free


def _ticket_of(tx: Transaction, notice: Notice) -> Ticket | None:
    ticket_id = int(notice.subject)
    if notice.kind == "relay":
        message = handoff_words.said(tx.db, ticket_id)
        if message is None:
            return None
        ticket_id = message.ticket
    return handoff.get(tx.db, tx.workspace, ticket_id)


def _say_it_did_not_arrive(tx: Transaction, ticket: Ticket, message_id: int) -> None:
    """An edited card calls nobody, and below it stands that the words were passed on."""
    message = handoff_words.said(tx.db, message_id)
    if message is not None and not message.by_member:
        # The parts of a long message were written at one time, so this is said once of them all.
        about = f"lost:{message.at.isoformat()}"
        say_at_desk(tx, ticket, "handoff.told_not_delivered", about=about)


def _arrived(tx: Transaction, ticket: Ticket, holder: MemberRef) -> None:
    cards = {card.holder: card.state for card in handoff_cards.cards(tx.db, ticket.id)}
    if cards.get(holder) != "sent":
        return
    handoff_cards.set_card(tx.db, ticket.id, holder, "delivered", tx.now)
    if ticket.is_open:
        handoff.happened(tx.db, ticket.id, holder, "delivered", tx.now)
        show_member(tx, ticket)


def _lost(tx: Transaction, ticket: Ticket, holder: MemberRef) -> None:
    cards = handoff_cards.cards(tx.db, ticket.id)
    if Card(holder, "failed") in cards:
        return
    handoff_cards.set_card(tx.db, ticket.id, holder, "failed", tx.now)
    if not ticket.is_open:
        return
    desk = desk_of(tx)
    ticket = without_lost_claim(tx, ticket, [person for person in desk if person != holder])
    heir = next_holder(answering(desk, ticket.member), cards)
    if reach_of(desk, handoff_cards.cards(tx.db, ticket.id)) == "unreachable":
        if heir is None:
            handoff.happened(tx.db, ticket.id, holder, "unreachable", tx.now)
        else:
            handoff.happened(tx.db, ticket.id, heir, "passed_on", tx.now)
            give_card(tx, ticket, heir)
    show(tx, ticket)


def _stands(tx: Transaction, ticket: Ticket, card: Card) -> bool:
    # The bot may have ended between a receipt and what follows from it, so the outbox is asked.
    slot = slot_of(CARD, ticket.id)
    return card.state != "failed" and handoff_cards.is_in_hand(
        tx.db, tx.workspace, card.holder, slot
    )


def _has_landed(tx: Transaction, ticket: Ticket, card: Card) -> bool:
    slot = slot_of(CARD, ticket.id)
    return outbox.landing(tx.db, tx.workspace, card.holder, slot) is not None
