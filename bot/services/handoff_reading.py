"""Hand-offs as they are shown: a ticket with its history, its notes and the names of the desk."""

from bot.domain.handoff import Happened, Ticket, TicketRecord
from bot.domain.handoff_moves import may_be_reopened
from bot.domain.handoff_reach import reach_of
from bot.domain.roles import Officer
from bot.services.roles import roster_of
from bot.services.transaction import Transaction, reads
from bot.store import handoff, handoff_cards, handoff_words


@reads
def read(tx: Transaction, ticket_id: int) -> TicketRecord | None:
    """A ticket with its history and how far it has come; None when it was erased."""
    ticket = handoff.get(tx.db, tx.workspace, ticket_id)
    return _record_of(tx, ticket) if ticket else None


@reads
def open_tickets(tx: Transaction) -> tuple[TicketRecord, ...]:
    """Every open ticket of the chapter, oldest first."""
    return tuple(_record_of(tx, ticket) for ticket in handoff.all_open(tx.db, tx.workspace))


@reads
def happened(tx: Transaction, ticket_id: int, line: int) -> Happened | None:
    """A line of a ticket's history by its id."""
    found = handoff.line_of_history(tx.db, line)
    return found[1] if found and found[0] == ticket_id else None


@reads
def names(tx: Transaction) -> dict[str, str]:
    """The names under which members know the people who answer for the chapter."""
    return {one.member: _name_of(tx, one) for one in roster_of(tx).officers}


def _name_of(tx: Transaction, officer: Officer) -> str:
    role = officer.role if officer.role in ("chair", "deputy") else "desk"
    return officer.name or tx.bank.content.copy.say(f"handoff.role_{role}")


def _record_of(tx: Transaction, ticket: Ticket) -> TicketRecord:
    desk = roster_of(tx).desk
    return TicketRecord(
        ticket,
        handoff.history(tx.db, ticket.id),
        reach_of(desk, handoff_cards.cards(tx.db, ticket.id)),
        desk,
        handoff_words.notes(tx.db, ticket.id),
        names(tx),
        can_reopen=may_be_reopened(ticket, tx.now),
    )
