"""Somebody of the desk is away until a day: new requests go to the next, and members read it."""

from dataclasses import dataclass
from datetime import date

from bot.domain.handoff import Refusal
from bot.domain.identity import MemberRef
from bot.domain.roles import Officer
from bot.services import handoff
from bot.services.handoff_clock import held_by, stand_in_for
from bot.services.handoff_telling import show_member
from bot.services.roles import roster_of
from bot.services.standing import today
from bot.services.transaction import Transaction, promises, reads
from bot.store import handoff as tickets
from bot.store import roles

REASON = "away.reason"


@dataclass(frozen=True, slots=True)
class Absence:
    """Somebody's absence: `until` is its last day on the chapter's calendar, None when they are
    here.

    `stand_in` is who gets new requests meanwhile; None where nobody else of the desk is here.
    `waiting` counts the open requests in which it is this person's turn.
    """

    today: date
    until: date | None
    stand_in: Officer | None
    waiting: int


@dataclass(frozen=True, slots=True)
class HandedOver:
    """How many requests went over, and to whom."""

    number: int
    to: Officer


@reads
def shown(tx: Transaction, who: MemberRef) -> Absence:
    """Somebody's absence, as they see it."""
    return _absence(tx, who)


@promises
def set(tx: Transaction, who: MemberRef, until: date) -> Absence | None:
    """Somebody is away until this day, with it; None when they do not answer for the chapter.

    The same once more changes nothing; another day takes the place of the one before.
    """
    if not roster_of(tx).may(who, "answer"):
        return None
    roles.set_away(tx.db, tx.workspace, who, until, tx.now)
    _show_members(tx)
    return _absence(tx, who)


@promises
def back(tx: Transaction, who: MemberRef) -> Absence | None:
    """Somebody is back: new requests come to them again. What was handed over stays there.

    None when they do not answer for the chapter any more.
    """
    roles.set_back(tx.db, tx.workspace, who)
    if not roster_of(tx).may(who, "answer"):
        return None
    _show_members(tx)
    return _absence(tx, who)


@promises
def hand_over(tx: Transaction, who: MemberRef, key: str) -> HandedOver | None:
    """Give whatever waits for somebody to who stands in; None where nobody does.

    `key` names the press: the same one again moves nothing more.
    """
    to = stand_in_for(tx, who)
    if to is None or not roster_of(tx).may(who, "answer"):
        return None
    reason = tx.bank.content.copy.say(REASON)
    moved = [
        handoff.reassign(tx, who, ticket.id, to.member, reason, f"{key}:{ticket.id}")
        for ticket in held_by(tx, who)
        if ticket.member != to.member
    ]
    return HandedOver(sum(not isinstance(one, Refusal) for one in moved), to)


def _absence(tx: Transaction, who: MemberRef) -> Absence:
    officer = roster_of(tx).of(who)
    until = officer.away_until if officer else None
    return Absence(today(tx), until, stand_in_for(tx, who), len(held_by(tx, who)))


def _show_members(tx: Transaction) -> None:
    """What a member reads of when an answer comes follows who is here."""
    for ticket in tickets.all_open(tx.db, tx.workspace):
        if ticket.waiting_since is not None:
            show_member(tx, ticket)
