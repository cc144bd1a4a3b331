"""The clock of a request: what is promised of it, and who is told while it waits for the desk.

Where ten requests have ended, the days that answers really took are said in place of the promise
of chapter.yaml: what usually happens is worth more to whoever waits than what was meant to.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.domain import handoff_clock as rules
from bot.domain import handoff_moves as moves
from bot.domain.handoff import Refusal, Ticket
from bot.domain.handoff_clock import MEASURED_OF, Alarm, Waiting
from bot.domain.handoff_reach import answering
from bot.domain.identity import MemberRef
from bot.domain.notices import Notice
from bot.domain.roles import Officer, Role, Roster
from bot.domain.working_days import within
from bot.services.handoff_telling import CARD, TICKET, give_card, holders, move, show, slot_of
from bot.services.one_by_one import PassedOver, one_by_one
from bot.services.outbox import tell
from bot.services.roles import roster_of
from bot.services.standing import zone_of
from bot.services.transaction import Transaction, promises, reads
from bot.store import handoff, handoff_clock

WOKEN = "woken"
UNREACHED = "tell_unreached"
_AT_DESK = "card_alarm"
_AT_MEMBER = "alarm"
_IN_ORDER: tuple[Role, ...] = ("chair", "deputy", "admin")


@dataclass(frozen=True, slots=True)
class Promise:
    """When an answer may be expected.

    `text` is the promise of chapter.yaml; `days` are the working days that it really takes, which
    are said in its place. `away` is the first of the desk while they are away; `stand_in` is who
    answers meanwhile, None where nobody does.
    """

    text: str | None
    days: int | None = None
    away: Officer | None = None
    stand_in: Officer | None = None


@dataclass(frozen=True, slots=True)
class Sounding:
    """An alarm as it is told: the request, since when it waits, and who of the desk is next.

    `what` is an Alarm, or that a request woke, or that the member waits for nobody in reach.
    """

    ticket: Ticket
    since: datetime
    what: str
    heir: Officer | None


@reads
def promise_of(tx: Transaction) -> Promise:
    """What may be said to a member who asks now when an answer will come."""
    roster = roster_of(tx)
    first = _first_of(roster)
    away = first if first and first.away_until else None
    here = _here(roster)
    stand_in = roster.of(here[0]) if away and here else None
    return Promise(tx.bank.content.chapter.reply_promise, _measured(tx), away, stand_in)


@reads
def stalled(tx: Transaction) -> tuple[int, ...]:
    """The requests that have waited for the desk so long that somebody is reminded of them."""
    chapter, roster = tx.bank.content.chapter, roster_of(tx)
    return tuple(
        ticket.id
        for ticket in handoff.all_open(tx.db, tx.workspace)
        if (waiting := _waiting(tx, ticket, roster)) is not None
        and rules.is_stalled(waiting, chapter.patience, chapter.working_hours, tx.now)
    )


def held_by(tx: Transaction, who: MemberRef) -> tuple[Ticket, ...]:
    """The open requests in which this person owes the next step, oldest first."""
    roster = roster_of(tx)
    return tuple(
        ticket
        for ticket in handoff.all_open(tx.db, tx.workspace)
        if ticket.waiting_since is not None
        and (holder := _holder(tx, ticket, roster)) is not None
        and holder.member == who
    )


def stand_in_for(tx: Transaction, who: MemberRef) -> Officer | None:
    """The first of the desk who is here and is somebody else."""
    roster = roster_of(tx)
    others = (one for one in _here(roster) if one != who)
    return next((roster.of(one) for one in others), None)


@reads
def next_due(tx: Transaction) -> datetime | None:
    """When an alarm sounds or a request wakes next, of whatever workspace; it may be past."""
    found: list[datetime] = []
    one_by_one(tx, handoff_clock.timed(tx.db), lambda own, who: found.extend(_dues(own, who)))
    return min(found, default=None)


@promises
def ring_due(tx: Transaction) -> tuple[PassedOver, ...]:
    """Sound what is due, each alarm once for each wait; wake what was put off until now."""
    return one_by_one(tx, handoff_clock.timed(tx.db), _ring_due)


@reads
def sounding(tx: Transaction, notice: Notice) -> Sounding | None:
    """An alarm that is to be told; None when the desk has seen to it meanwhile."""
    _, ticket_id, what, since = notice.slot.split(":", 3)
    ticket = handoff.get(tx.db, tx.workspace, int(ticket_id))
    if ticket is None or not ticket.is_open:
        return None
    waits = ticket.waiting_since
    if what == WOKEN:
        return Sounding(ticket, waits or tx.now, what, None)
    if waits is None or waits.isoformat() != since:
        return None
    roster = roster_of(tx)
    if what == "tell_member" and not _reaching(tx, ticket, roster):
        return Sounding(ticket, waits, UNREACHED, None)
    heir = _heir(tx, ticket, roster, _holder(tx, ticket, roster))
    return Sounding(ticket, waits, what, roster.of(heir) if heir else None)


def _dues(tx: Transaction, member: MemberRef) -> Iterator[datetime]:
    ticket = handoff.open_of(tx.db, tx.workspace, member)
    if ticket is None:
        return
    if ticket.snoozed_until is not None:
        yield ticket.snoozed_until
    elif (due := _next_alarm(tx, ticket)) is not None:
        yield due[1]


def _ring_due(tx: Transaction, member: MemberRef) -> None:
    ticket = handoff.open_of(tx.db, tx.workspace, member)
    if ticket is None:
        return
    if ticket.snoozed_until is not None:
        _wake(tx, ticket)
        return
    # What was overdue together sounds together; each is noted, so this comes to an end.
    while (due := _next_alarm(tx, ticket)) is not None and due[1] <= tx.now:
        if not _ring(tx, ticket, due[0]):
            return


def _next_alarm(tx: Transaction, ticket: Ticket) -> tuple[Alarm, datetime] | None:
    waiting = _waiting(tx, ticket, roster_of(tx))
    chapter = tx.bank.content.chapter
    if waiting is None:
        return None
    return rules.next_alarm(waiting, chapter.patience, chapter.working_hours, tx.now)


def _ring(tx: Transaction, ticket: Ticket, alarm: Alarm) -> bool:
    since = ticket.waiting_since
    if since is None or not handoff_clock.ring(tx.db, ticket.id, alarm, since, tx.now):
        return False
    roster = roster_of(tx)
    holder = _holder(tx, ticket, roster)
    if alarm == "tell_member":
        _tell(tx, ticket, ticket.member, alarm, since)
    elif alarm == "remind" and holder is not None:
        _tell(tx, ticket, holder.member, alarm, since)
    elif alarm == "pass_on" and (heir := _heir(tx, ticket, roster, holder)) is not None:
        _pass_on(tx, ticket, heir, since)
    return True


def _pass_on(tx: Transaction, ticket: Ticket, heir: MemberRef, since: datetime) -> None:
    """Give the next of the desk the card as well: whoever has it may still answer first."""
    handoff.happened(tx.db, ticket.id, heir, "passed_on", tx.now)
    if heir not in holders(tx, ticket):
        give_card(tx, ticket, heir)
    _tell(tx, ticket, heir, "pass_on", since)
    show(tx, ticket)


def _wake(tx: Transaction, ticket: Ticket) -> None:
    until = ticket.snoozed_until
    woken = moves.wake(ticket, tx.now)
    if isinstance(woken, Refusal) or woken == ticket or until is None:
        return
    holder = _holder(tx, woken, roster_of(tx))
    move(tx, ticket, woken, holder.member if holder else "", "woken")
    if holder is not None:
        _tell(tx, woken, holder.member, WOKEN, until)


def _tell(tx: Transaction, ticket: Ticket, who: MemberRef, what: str, since: datetime) -> None:
    is_member = what == "tell_member"
    side, name = (TICKET, _AT_MEMBER) if is_member else (CARD, _AT_DESK)
    slot = f"{name}:{ticket.id}:{what}:{since.isoformat()}"
    under = slot_of(side, ticket.id)
    tell(tx, Notice(tx.workspace, who, slot, "alarm", str(ticket.id), under=under))


def _waiting(tx: Transaction, ticket: Ticket, roster: Roster) -> Waiting | None:
    """The request as the clock sees it; None while the desk owes nothing in it."""
    since, holder = ticket.waiting_since, _holder(tx, ticket, roster)
    chapter = tx.bank.content.chapter
    if since is None or ticket.snoozed_until is not None:
        return None
    # Where nobody is left to answer, the member is told all the same.
    return Waiting(
        since=since,
        zone=zone_of(tx, holder.member) if holder else ZoneInfo(chapter.time_zone),
        away_until=holder.away_until if holder else None,
        has_heir=_heir(tx, ticket, roster, holder) is not None,
        rung=handoff_clock.rung(tx.db, ticket.id, since),
        has_holder=holder is not None,
    )


def _holder(tx: Transaction, ticket: Ticket, roster: Roster) -> Officer | None:
    """Who owes the next step: who claimed it, else the first of the desk who has the card."""
    found = [roster.of(one) for one in answering(roster.desk, ticket.member)]
    desk = [officer for officer in found if officer is not None and not officer.left]
    cards = holders(tx, ticket)
    claimed = [officer for officer in desk if officer.member == ticket.claimed_by]
    having = [officer for officer in desk if officer.member in cards]
    return next(iter((*claimed, *having, *desk)), None)


def _heir(
    tx: Transaction, ticket: Ticket, roster: Roster, holder: Officer | None
) -> MemberRef | None:
    """The next of the desk who is here and is not the member, first of those without the card."""
    taken = {ticket.member, holder.member if holder else None}
    others = [one for one in _here(roster) if one not in taken]
    cards = holders(tx, ticket)
    return next((one for one in others if one not in cards), others[0] if others else None)


def _reaching(tx: Transaction, ticket: Ticket, roster: Roster) -> bool:
    """Whether somebody has the card who is still there."""
    found = [roster.of(one) for one in holders(tx, ticket)]
    return any(officer is not None and not officer.left for officer in found)


def _here(roster: Roster) -> list[MemberRef]:
    found = [roster.of(one) for one in roster.desk]
    return [one.member for one in found if one and one.away_until is None and not one.left]


def _first_of(roster: Roster) -> Officer | None:
    """Whom a request would go to if nobody was away."""
    return next((one for role in _IN_ORDER for one in roster.reachable(role)), None)


def _measured(tx: Transaction) -> int | None:
    chapter = tx.bank.content.chapter
    return rules.measured(
        [
            within(sent, answered, chapter.working_hours, zone_of(tx, who))
            if answered is not None and who is not None
            else None
            for sent, answered, who in handoff_clock.first_answers(tx.db, tx.workspace, MEASURED_OF)
        ]
    )
