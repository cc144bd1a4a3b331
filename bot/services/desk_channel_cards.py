"""A ticket's card in the committee's private channel: given with consent, arrived, lost."""

from bot.domain.handoff import Ticket
from bot.domain.identity import ConversationRef, MemberRef
from bot.domain.notices import Notice
from bot.services.desk_channel import channel_of
from bot.services.handoff_telling import CARD, bring, slot_of
from bot.services.transaction import Transaction, reads
from bot.store import handoff, handoff_channels, outbox


@reads
def agreed_to(tx: Transaction, member: MemberRef) -> str:
    """The platform's id of the channel that sees what this member is about to send; empty for none.

    What adds to an open request is seen there only if the request itself is.
    """
    current = handoff.open_of(tx.db, tx.workspace, member)
    if current and channel_of(tx) not in handoff_channels.channels(tx.db, current.id):
        return ""
    return tx.bank.content.chapter.desk_channel or ""


def give_channel(tx: Transaction, ticket: Ticket, agreed: str) -> None:
    """Show a new request in the channel that its preview named, if that is still the one."""
    place = channel_of(tx)
    if place is not None and agreed == tx.bank.content.chapter.desk_channel:
        _give(tx, ticket, place)


def arrived_in_channel(tx: Transaction, ticket: Ticket, notice: Notice) -> bool:
    """Note that a card has arrived in a channel; False when it was not for one."""
    place = ConversationRef(notice.recipient)
    if place not in handoff_channels.channels(tx.db, ticket.id):
        return False
    handoff_channels.set_channel(tx.db, ticket.id, place, "delivered", tx.now)
    return True


def lost_in_channel(tx: Transaction, ticket: Ticket, notice: Notice) -> bool:
    """Note that a channel cannot be written to; False when the notice was not for one."""
    place = ConversationRef(notice.recipient)
    if place not in handoff_channels.channels(tx.db, ticket.id):
        return False
    handoff_channels.set_channel(tx.db, ticket.id, place, "failed", tx.now)
    return True


def try_again(tx: Transaction, ticket: Ticket) -> None:
    """The bot may have been invited meanwhile: what the channel of now could not be given goes
    there once more. What arrived as the bot ended is noted."""
    slot = slot_of(CARD, ticket.id)
    for place, state in handoff_channels.channels(tx.db, ticket.id).items():
        if state == "sent" and outbox.landing(tx.db, tx.workspace, place, slot):
            handoff_channels.set_channel(tx.db, ticket.id, place, "delivered", tx.now)
        elif state == "failed" and place == channel_of(tx):
            outbox.drop_failed(tx.db, tx.workspace, place, slot)
            _give(tx, ticket, place)


def _give(tx: Transaction, ticket: Ticket, place: ConversationRef) -> None:
    handoff_channels.set_channel(tx.db, ticket.id, place, "sent", tx.now)
    bring(tx, ticket, place)
