"""What the desk notes of a ticket for itself; the member never sees it."""

from bot.domain.handoff import Note, Refusal, Ticket
from bot.domain.identity import MemberRef
from bot.services.handoff_delivery import give_again
from bot.services.handoff_telling import show_cards
from bot.services.roles import desk_of
from bot.services.transaction import Transaction, promises, reads
from bot.store import handoff, handoff_words


@reads
def to_note(
    tx: Transaction, who: MemberRef, ticket_id: int
) -> tuple[Ticket, tuple[Note, ...]] | Refusal:
    """The ticket and the notes of it, newest first, when this person may read and add to them."""
    ticket = _noted_by(tx, who, ticket_id)
    if isinstance(ticket, Refusal):
        return ticket
    return ticket, handoff_words.notes(tx.db, ticket.id)


@promises
def note(tx: Transaction, who: MemberRef, ticket_id: int, text: str, key: str) -> Ticket | Refusal:
    """Add a note for the desk alone; whoever had the ticket keeps it."""
    if before := handoff.done_by(tx.db, tx.workspace, key):
        return handoff.get(tx.db, tx.workspace, before[0]) or Refusal("gone")
    ticket = _noted_by(tx, who, ticket_id)
    if isinstance(ticket, Refusal):
        return ticket
    handoff_words.add_note(tx.db, ticket.id, who, text, tx.now)
    handoff.happened(tx.db, ticket.id, who, "noted", tx.now, key)
    give_again(tx, ticket, who)
    show_cards(tx, ticket)
    return ticket


def _noted_by(tx: Transaction, who: MemberRef, ticket_id: int) -> Ticket | Refusal:
    if who not in desk_of(tx):
        return Refusal("not_desk")
    ticket = handoff.get(tx.db, tx.workspace, ticket_id)
    if ticket is None:
        return Refusal("gone")
    if ticket.member == who:
        # Somebody of the desk who asked as a member: these notes are about them.
        return Refusal("not_desk")
    return Refusal("withdrawn") if ticket.state == "withdrawn" else ticket
