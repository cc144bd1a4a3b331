"""The committee's own private channel, where a request is shown too if the member agreed to it.

The direct messages of the desk stay the place of record: no fault of the channel stops anything.
"""

from bot.domain.handoff import Ticket
from bot.domain.identity import ConversationRef
from bot.services.transaction import Transaction
from bot.store import handoff_channels


def channel_of(tx: Transaction) -> ConversationRef | None:
    """The channel that the chapter has named; None without one."""
    named = tx.bank.content.chapter.desk_channel
    return ConversationRef(f"{tx.workspace}:{named}") if named else None


def is_shown_in(tx: Transaction, ticket: Ticket) -> list[ConversationRef]:
    """The channel of now, if a ticket's card stands there or is on its way."""
    return [place for place in has_been_in(tx, ticket) if place == channel_of(tx)]


def channel_known(tx: Transaction, ticket_id: int, recipient: str | None) -> ConversationRef | None:
    """A recipient of a ticket's card, if it is a channel and no person."""
    found = handoff_channels.channels(tx.db, ticket_id)
    return next((place for place in found if place == recipient), None)


def has_been_in(tx: Transaction, ticket: Ticket) -> list[ConversationRef]:
    """Every channel where a ticket's card stands, also one that the chapter no longer names."""
    found = handoff_channels.channels(tx.db, ticket.id)
    return [place for place, state in found.items() if state != "failed"]
