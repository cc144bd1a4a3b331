"""Open requests follow the people: to the next chair, and on from whoever no longer answers."""

from bot.domain import handoff_moves
from bot.domain.handoff import Refusal, Ticket
from bot.domain.handoff_reach import answering
from bot.domain.identity import MemberRef
from bot.domain.roles import Roster
from bot.services.handoff_delivery import deliver_missing
from bot.services.handoff_telling import give_card, move, show_cards, show_member
from bot.services.roles import desk_of
from bot.services.transaction import Transaction
from bot.store import handoff, handoff_cards


def move_requests(tx: Transaction, chair: MemberRef, successor: MemberRef) -> int:
    """Give the next chair every open request: those that the chair had are theirs now, of the
    others they have the card. How many they have now that the chair had."""
    desk, moved = desk_of(tx), 0
    for ticket in handoff.all_open(tx.db, tx.workspace):
        after = ticket
        if ticket.claimed_by == chair and successor in answering(desk, ticket.member):
            given = handoff_moves.reassign(ticket, chair, successor, desk, None)
            after = ticket if isinstance(given, Refusal) else given
            moved += after != ticket
        if successor not in _holders(tx, ticket) and ticket.member != successor:
            give_card(tx, after, successor)
        move(tx, ticket, after, chair, "reassigned", detail=successor)
    return moved


def pass_on(tx: Transaction, member: MemberRef, roster: Roster) -> None:
    """What somebody had who was deactivated goes to the first of the desk who is still there;
    where nobody is, whoever sent it reads that."""
    here = [one for one in roster.desk if not _left(roster, one)]
    for ticket in handoff.all_open(tx.db, tx.workspace):
        after = handoff_moves.freed(ticket, here, tx.now)
        heirs = answering(here, ticket.member)
        if not heirs:
            _unreached(tx, ticket, member)
        elif not set(_holders(tx, ticket)) & set(heirs):
            handoff.happened(tx.db, ticket.id, heirs[0], "passed_on", tx.now)
            give_card(tx, after, heirs[0])
        move(tx, ticket, after, member, "released")


def settle_desk(tx: Transaction) -> None:
    """After a change of who answers: every open request has somebody, and a card of somebody who
    no longer answers for the chapter is emptied."""
    deliver_missing(tx)
    for ticket in handoff.all_open(tx.db, tx.workspace):
        show_cards(tx, ticket)


def _unreached(tx: Transaction, ticket: Ticket, member: MemberRef) -> None:
    for holder in _holders(tx, ticket):
        handoff_cards.set_card(tx.db, ticket.id, holder, "failed", tx.now)
    handoff.happened(tx.db, ticket.id, member, "unreachable", tx.now)
    show_member(tx, ticket)


def _holders(tx: Transaction, ticket: Ticket) -> list[MemberRef]:
    cards = handoff_cards.cards(tx.db, ticket.id)
    return [card.holder for card in cards if card.state != "failed"]


def _left(roster: Roster, member: MemberRef) -> bool:
    officer = roster.of(member)
    return officer is not None and officer.left
