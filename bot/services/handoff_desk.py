"""Hand-offs from the desk's side: claimed, answered, given to somebody else, put off, ended."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from bot.domain import handoff_moves as rules
from bot.domain.handoff import Outcome, Refusal, Ticket
from bot.domain.handoff_reach import sharing
from bot.domain.identity import MemberRef
from bot.domain.reminders import zone_named
from bot.services.handoff_delivery import ensure_card, give_again
from bot.services.handoff_telling import CARD, TICKET, give_card, move, say_in_thread
from bot.services.handoff_thread import Written, answer
from bot.services.roles import desk_of
from bot.services.transaction import Transaction, promises, reads
from bot.store import handoff, handoff_cards, members

WAKES_AT = time(9)


@reads
def to_answer(tx: Transaction, who: MemberRef, ticket_id: int) -> Ticket | Refusal:
    """The ticket when this person may answer it now, be it by reopening it."""
    ticket = _at_desk(tx, who, ticket_id)
    if isinstance(ticket, Refusal):
        return ticket
    moved = _newer_open(tx, ticket) or rules.reply(ticket, who, tx.now)
    return moved if isinstance(moved, Refusal) else ticket


@reads
def to_move(tx: Transaction, who: MemberRef, ticket_id: int) -> Ticket | Refusal:
    """The ticket when this person may end it, put it off or give it away now."""
    ticket = _at_desk(tx, who, ticket_id)
    if isinstance(ticket, Refusal):
        return ticket
    moved = rules.close(ticket, who, "answered", tx.now)
    return moved if isinstance(moved, Refusal) else ticket


@promises
def claim(tx: Transaction, who: MemberRef, ticket_id: int, seen: int) -> Ticket | Refusal:
    """Take a ticket. Of two clicks at once the second meets a changed version and learns who."""
    ticket = _at_desk(tx, who, ticket_id)
    if isinstance(ticket, Refusal):
        return ticket
    moved = rules.claim(ticket, who, seen)
    if not isinstance(moved, Refusal):
        move(tx, ticket, moved, who, "claimed")
        give_again(tx, moved, who)
    return moved


@promises
def release(tx: Transaction, who: MemberRef, ticket_id: int) -> Ticket | Refusal:
    """Give a ticket back; from now on everybody of the desk has its card."""
    ticket = _at_desk(tx, who, ticket_id)
    if isinstance(ticket, Refusal):
        return ticket
    moved = rules.release(ticket, who, tx.now)
    if isinstance(moved, Refusal) or moved == ticket:
        return moved
    move(tx, ticket, moved, who, "released")
    cards = handoff_cards.cards(tx.db, ticket.id)
    held = {card.holder for card in cards if card.state != "failed"}
    for person in sharing(desk_of(tx), ticket.member):
        if person not in held:
            give_card(tx, moved, person)
    return moved


@promises
def reply(tx: Transaction, who: MemberRef, ticket_id: int, text: str, key: str) -> Ticket | Refusal:
    """Answer the member; both sides get the same text. Claims the ticket when nobody has."""
    if before := handoff.done_by(tx.db, tx.workspace, key):
        return handoff.get(tx.db, tx.workspace, before[0]) or Refusal("gone")
    ticket = _at_desk(tx, who, ticket_id)
    if isinstance(ticket, Refusal):
        return ticket
    if refusal := _newer_open(tx, ticket):
        return refusal
    return answer(tx, ticket, who, Written(text, False, key), typed_in_thread=False)


@promises
def close(
    tx: Transaction, who: MemberRef, ticket_id: int, outcome: Outcome, key: str
) -> Ticket | Refusal:
    """End a ticket with its outcome; the member is told in its thread."""
    if before := handoff.done_by(tx.db, tx.workspace, key):
        return handoff.get(tx.db, tx.workspace, before[0]) or Refusal("gone")
    ticket = _at_desk(tx, who, ticket_id)
    if isinstance(ticket, Refusal):
        return ticket
    moved = rules.close(ticket, who, outcome, tx.now)
    if isinstance(moved, Refusal):
        return moved
    line = move(tx, ticket, moved, who, "closed", key)
    give_again(tx, moved, who)
    told = f"handoff.told_closed_{outcome}"
    say_in_thread(tx, moved.member, TICKET, moved.id, told, about=f"closed:{line}")
    return moved


@promises
def reassign(
    tx: Transaction,
    who: MemberRef,
    ticket_id: int,
    to: MemberRef,
    reason: str,
    key: str,
    *,
    seen: int | None = None,
) -> Ticket | Refusal:
    """Give a ticket to somebody of the desk, with a reason that the desk alone reads.

    They get the card if they have none, else they are told in its thread. Whoever gives it must
    answer for the chapter themselves at this moment: in a handover the next chair is appointed
    first, then the requests move, then the former one steps down. `seen` is the version that was
    clicked on.
    """
    if before := handoff.done_by(tx.db, tx.workspace, key):
        return handoff.get(tx.db, tx.workspace, before[0]) or Refusal("gone")
    ticket = _at_desk(tx, who, ticket_id)
    if isinstance(ticket, Refusal):
        return ticket
    moved = rules.reassign(ticket, who, to, desk_of(tx), seen)
    if isinstance(moved, Refusal) or moved == ticket:
        return moved
    line = move(tx, ticket, moved, who, "reassigned", key, detail=to, reason=reason)
    give_again(tx, moved, who)
    has_card = not ensure_card(tx, moved, desk_of(tx), to)
    if has_card and to != who:
        # An edited card calls nobody; a new one does.
        told = "handoff.told_reassigned"
        say_in_thread(tx, to, CARD, moved.id, told, about=f"reassigned:{line}", line=line)
    return moved


@promises
def snooze(
    tx: Transaction, who: MemberRef, ticket_id: int, day: date, key: str
) -> Ticket | Refusal:
    """Put a ticket off until the morning of a day, in the zone of whoever does; the member is
    shown it. Refused are days that are not to come, or too far off."""
    if before := handoff.done_by(tx.db, tx.workspace, key):
        return handoff.get(tx.db, tx.workspace, before[0]) or Refusal("gone")
    ticket = _at_desk(tx, who, ticket_id)
    if isinstance(ticket, Refusal):
        return ticket
    zone = _zone_of(tx, who)
    today = tx.now.astimezone(zone).date()
    if day <= today or day - today > rules.LONGEST_SNOOZE:
        return Refusal("past" if day <= today else "too_far")
    until = datetime.combine(day, WAKES_AT, zone).astimezone(tx.now.tzinfo)
    moved = rules.snooze(ticket, who, until)
    if isinstance(moved, Refusal):
        return moved
    move(tx, ticket, moved, who, "snoozed", key, detail=until.isoformat())
    give_again(tx, moved, who)
    return moved


@reads
def today_of(tx: Transaction, who: MemberRef) -> date:
    """The date where somebody of the desk is."""
    return tx.now.astimezone(_zone_of(tx, who)).date()


@reads
def others(tx: Transaction, who: MemberRef, ticket_id: int) -> tuple[MemberRef, ...]:
    """Everybody of the desk to whom this person can give a ticket; who has it now is left out.

    So is somebody of the desk who asked as a member, unless without their name: the gap would
    tell who it is.
    """
    ticket = handoff.get(tx.db, tx.workspace, ticket_id)
    if ticket is None:
        return ()
    desk = desk_of(tx)
    people = sharing(desk, ticket.member) if ticket.shared.name else desk
    return tuple(one for one in people if one not in (who, ticket.claimed_by))


def _zone_of(tx: Transaction, who: MemberRef) -> ZoneInfo:
    name = members.time_zone_of(tx.db, tx.workspace, who)
    return (zone_named(name) if name else None) or ZoneInfo(tx.bank.content.chapter.time_zone)


def _newer_open(tx: Transaction, ticket: Ticket) -> Refusal | None:
    """A closed ticket cannot go on beside another open one of the same member."""
    if ticket.is_open:
        return None
    newer = handoff.open_of(tx.db, tx.workspace, ticket.member)
    return Refusal("another_open", number=newer.number) if newer else None


def _at_desk(tx: Transaction, who: MemberRef, ticket_id: int) -> Ticket | Refusal:
    """The ticket, when this person answers for the chapter now."""
    if who not in desk_of(tx):
        return Refusal("not_desk")
    return handoff.get(tx.db, tx.workspace, ticket_id) or Refusal("gone")
