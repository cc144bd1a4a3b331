"""How a ticket goes its way: one table says what moves it from where to where, and who may."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Literal, get_args

from bot.domain.handoff import Outcome, Refusal, SharedFields, State, Ticket
from bot.domain.identity import MemberRef

REOPENED_WITHIN = timedelta(days=14)
"""So long after its end a request goes on where it ended; this is a promise of the bot's own and
no number of the CLM program."""

LONGEST_SNOOZE = timedelta(days=92)
"""Whoever would put a request off for longer closes it: until then the member hears nothing."""

Move = Literal[
    "claim",
    "release",
    "reply",
    "write",
    "reassign",
    "snooze",
    "wake",
    "lose",
    "close",
    "reopen",
    "withdraw",
]
"""write: the member does; lose: who had it no longer answers for the chapter; wake: the day until
which it was put off has come."""
MOVES: tuple[Move, ...] = get_args(Move)

_ENDS: Mapping[Move, State] = {"close": "closed", "withdraw": "withdrawn"}

TABLE: Mapping[State, Mapping[Move, State]] = {
    "new": {
        "claim": "claimed",
        "release": "new",
        "reply": "waiting_member",
        "write": "new",
        "reassign": "claimed",
        "snooze": "claimed",
        "wake": "new",
        "lose": "new",
        **_ENDS,
    },
    "claimed": {
        "claim": "claimed",
        "release": "new",
        "reply": "waiting_member",
        "write": "waiting_chair",
        "reassign": "claimed",
        "snooze": "claimed",
        "wake": "claimed",
        "lose": "new",
        **_ENDS,
    },
    "waiting_member": {
        "claim": "waiting_member",
        "release": "new",
        "reply": "waiting_member",
        "write": "waiting_chair",
        "reassign": "waiting_member",
        "snooze": "waiting_member",
        "wake": "waiting_member",
        "lose": "new",
        **_ENDS,
    },
    "waiting_chair": {
        "claim": "waiting_chair",
        "release": "new",
        "reply": "waiting_member",
        "write": "waiting_chair",
        "reassign": "waiting_chair",
        "snooze": "waiting_chair",
        "wake": "waiting_chair",
        "lose": "new",
        **_ENDS,
    },
    "closed": {"reply": "waiting_member", "reopen": "waiting_chair"},
    "withdrawn": {},
}
"""From a state by a move to a state; what is not in it is refused."""

Moved = Ticket | Refusal


def claim(ticket: Ticket, who: MemberRef, seen: int) -> Moved:
    """Take a ticket; from somebody else only when `seen`, the version clicked on, showed that."""
    if refusal := _refused(ticket, "claim"):
        return refusal
    if ticket.claimed_by == who:
        return ticket
    if ticket.claimed_by is not None and seen != ticket.version:
        return Refusal("taken", ticket.claimed_by)
    return _moved(ticket, "claim", claimed_by=who, snoozed_until=None)


def release(ticket: Ticket, who: MemberRef, now: datetime) -> Moved:
    """Give a ticket back, for anybody of the desk to take: the desk owes the next step again."""
    if refusal := _refused(ticket, "release") or _taken(ticket, who):
        return refusal
    if ticket.claimed_by is None:
        return ticket
    return _moved(ticket, "release", claimed_by=None, **_owing(ticket, now))


def reply(ticket: Ticket, who: MemberRef, now: datetime) -> Moved:
    """Answer in a ticket, which also claims it; one that ended lately goes on with that."""
    if refusal := _refused(ticket, "reply"):
        return refusal
    if ticket.state == "closed":
        return _late(ticket, now) or _moved(ticket, "reply", claimed_by=who, **_AFRESH)
    if refusal := _taken(ticket, who):
        return refusal
    return _moved(ticket, "reply", claimed_by=who, waiting_since=None, snoozed_until=None)


def wrote(ticket: Ticket, now: datetime) -> Moved:
    """The member wrote: the desk owes an answer, and nothing stays put off."""
    if refusal := _refused(ticket, "write"):
        return refusal
    waiting = now if ticket.snoozed_until else ticket.waiting_since or now
    return _moved(ticket, "write", waiting_since=waiting, snoozed_until=None)


def reassign(
    ticket: Ticket, who: MemberRef, to: MemberRef, desk: Collection[MemberRef], seen: int | None
) -> Moved:
    """Give a ticket to somebody of the desk.

    With `seen`, the version clicked on, not over a claim that this click did not know of.
    """
    if refusal := _refused(ticket, "reassign"):
        return refusal
    if to not in desk:
        return Refusal("not_their_desk")
    if ticket.claimed_by == to:
        return ticket
    if seen is not None and seen != ticket.version and (refusal := _taken(ticket, who)):
        return refusal
    return _moved(ticket, "reassign", claimed_by=to, snoozed_until=None)


def snooze(ticket: Ticket, who: MemberRef, until: datetime) -> Moved:
    """Put a ticket off; whoever does that has it."""
    if refusal := _refused(ticket, "snooze") or _taken(ticket, who):
        return refusal
    return _moved(ticket, "snooze", claimed_by=who, snoozed_until=until)


def wake(ticket: Ticket, now: datetime) -> Moved:
    """The day has come: what the desk owes, it owes from now on."""
    if refusal := _refused(ticket, "wake"):
        return refusal
    if ticket.snoozed_until is None or ticket.snoozed_until > now:
        return ticket
    waiting = now if ticket.waiting_since else None
    return _moved(ticket, "wake", waiting_since=waiting, snoozed_until=None)


def close(ticket: Ticket, who: MemberRef, outcome: Outcome, now: datetime) -> Moved:
    """End a ticket with what came of it."""
    if refusal := _refused(ticket, "close") or _taken(ticket, who):
        return refusal
    ended = {"outcome": outcome, "closed_at": now, "waiting_since": None, "snoozed_until": None}
    return _moved(ticket, "close", claimed_by=who, **ended)


def reopen(ticket: Ticket, now: datetime) -> Moved:
    """The member goes on with what was closed, with whoever had it."""
    if ticket.is_open:
        return Refusal("still_open")
    if refusal := _refused(ticket, "reopen") or _late(ticket, now):
        return refusal
    return _moved(ticket, "reopen", **{**_AFRESH, "waiting_since": now})


def may_be_reopened(ticket: Ticket, now: datetime) -> bool:
    """Whether it ended so lately that it can go on."""
    return "reopen" in TABLE[ticket.state] and _late(ticket, now) is None


def withdraw(ticket: Ticket) -> Moved:
    """The member takes it back; nothing that was shared is kept."""
    if refusal := _refused(ticket, "withdraw"):
        return refusal
    nothing = {"shared": SharedFields(), "waiting_since": None, "snoozed_until": None}
    return _moved(ticket, "withdraw", **nothing)


def freed(ticket: Ticket, desk: Collection[MemberRef], now: datetime) -> Ticket:
    """The ticket without a claim of somebody who is not (or no longer) of this desk."""
    lost = ticket.claimed_by is not None and ticket.claimed_by not in desk
    if not lost or "lose" not in TABLE[ticket.state]:
        return ticket
    return _moved(ticket, "lose", claimed_by=None, **_owing(ticket, now))


_AFRESH: Mapping[str, Any] = {
    "outcome": None,
    "closed_at": None,
    "waiting_since": None,
    "snoozed_until": None,
}


def _owing(ticket: Ticket, now: datetime) -> dict[str, Any]:
    return {"waiting_since": ticket.waiting_since or now, "snoozed_until": None}


def _refused(ticket: Ticket, move: Move) -> Refusal | None:
    if move in TABLE[ticket.state]:
        return None
    if ticket.state == "withdrawn":
        return Refusal("withdrawn")
    return Refusal("closed", ticket.claimed_by)


def _taken(ticket: Ticket, who: MemberRef) -> Refusal | None:
    return None if ticket.claimed_by in (None, who) else Refusal("taken", ticket.claimed_by)


def _late(ticket: Ticket, now: datetime) -> Refusal | None:
    ended = ticket.closed_at or ticket.changed_at
    return Refusal("too_late") if now - ended > REOPENED_WITHIN else None


def _moved(ticket: Ticket, move: Move, **changes: Any) -> Ticket:
    """The ticket after a move; the same one when that changes nothing."""
    after = replace(ticket, state=TABLE[ticket.state][move], **changes)
    return after if after == ticket else replace(after, version=ticket.version + 1)
