"""How the chair passes on: who may be asked, what each holds afterwards, when a request lapses."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, get_args

from bot.domain.identity import MemberRef
from bot.domain.roles import OFFICES, Appointment, Role, Roster

Kept = Literal["deputy", "editor", "member"]
"""What the chair may be afterwards; `member` is no role at all."""
KEPT: tuple[Kept, ...] = get_args(Kept)

State = Literal["asked", "accepted", "declined", "withdrawn", "expired", "unreachable"]
"""unreachable: the platform no longer knows one of the two."""

ASKED_FOR = timedelta(days=14)
"""So long somebody may think it over; a promise of the bot's own, no number of the CLM program."""

Reason = Literal[
    "not_allowed", "yourself", "already", "pending", "gone", "last", "late", "not_yours"
]
"""not_allowed: whoever acts has no right to it (any more); already: they hold it already; pending:
somebody else is asked already; gone: it is over or never was; last: nobody else could be reached in
that role; late: it has lapsed; not_yours: that role is not theirs to give or take."""


@dataclass(frozen=True, slots=True)
class Refused:
    """Why nothing changed."""

    reason: Reason


@dataclass(frozen=True, slots=True)
class Handover:
    """The chair asks somebody to be the next; nothing moves before they accept.

    `name` is that of the next as the platform had it. `notes` says whether the chair's notes on
    open requests go along. `requests` and `drafts` are how many have moved, once they have.
    """

    id: int
    chair: MemberRef
    successor: MemberRef
    name: str
    keeps: Kept
    notes: bool
    state: State
    asked_at: datetime
    requests: int | None = None
    drafts: int | None = None

    @property
    def is_open(self) -> bool:
        """Whether the answer is still waited for."""
        return self.state == "asked"

    @property
    def until(self) -> datetime:
        """When it lapses."""
        return self.asked_at + ASKED_FOR

    def other(self, member: MemberRef) -> MemberRef:
        """The other one of the two."""
        return self.successor if member == self.chair else self.chair


def to_ask(
    roster: Roster, chair: MemberRef, successor: MemberRef, pending: Handover | None
) -> Refused | None:
    """Why the chair cannot ask this person now; None when they can."""
    if not roster.may(chair, "hand_over"):
        return Refused("not_allowed")
    if successor == chair:
        return Refused("yourself")
    if pending is not None:
        return Refused("pending")
    found = roster.of(successor)
    return Refused("already") if found is not None and "chair" in found.roles else None


def to_accept(
    roster: Roster, handover: Handover | None, who: MemberRef, now: datetime
) -> Refused | None:
    """Why this person cannot take over now; None when they can."""
    if handover is None or handover.successor != who or not handover.is_open:
        return Refused("gone")
    if now >= handover.until:
        return Refused("late")
    # The chair may have lost the office since, and what is not theirs cannot be passed on.
    return None if roster.may(handover.chair, "hand_over") else Refused("gone")


def passes(roster: Roster, handover: Handover) -> tuple[tuple[Appointment, ...], ...]:
    """What the next is given, and then what is taken from and given to the chair before.

    An admin passes that on too, as what they keep is what they chose. What the next held before is
    contained in the chair.
    """
    before, coming = roster.of(handover.chair), roster.of(handover.successor)
    held = before.roles if before else frozenset()
    taken_up = coming.roles if coming else frozenset()
    is_admin = "admin" in held | taken_up
    coming_to = frozenset[Role]({"chair", "admin"} if is_admin else {"chair"})
    given = _changes(handover.successor, taken_up, coming_to, handover.name)
    kept = frozenset[Role]() if handover.keeps == "member" else frozenset({handover.keeps})
    return given, _changes(handover.chair, held, kept, before.name if before else None)


def _changes(
    member: MemberRef, before: frozenset[Role], after: frozenset[Role], name: str | None
) -> tuple[Appointment, ...]:
    return tuple(
        Appointment(member, role, role in after, name)
        for role in OFFICES
        if (role in before) != (role in after)
    )


def to_give(roster: Roster, who: MemberRef, member: MemberRef, role: Role) -> Refused | None:
    """Why somebody cannot give this role to this person now; None when they can."""
    if not roster.may(who, "appoint"):
        return Refused("not_allowed")
    if role not in roster.gives(who):
        return Refused("not_yours")
    found = roster.of(member)
    return Refused("already") if found is not None and role in found.roles else None


def to_take(roster: Roster, who: MemberRef, member: MemberRef, role: Role) -> Refused | None:
    """Why somebody cannot take this role from this person now; None when they can.

    Everybody may lay down their own, save the last reachable chair and the last reachable admin.
    """
    found = roster.of(member)
    if who != member and not roster.may(who, "appoint"):
        return Refused("not_allowed")
    if who != member and role not in roster.gives(who):
        return Refused("not_yours")
    if found is None or role not in found.roles:
        return Refused("gone")
    # Who has left cannot be reached in it either, so taking it from them loses nothing.
    is_last = not found.left and roster.is_last(member, role)
    return Refused("last") if role in ("chair", "admin") and is_last else None


def takeable(roster: Roster, who: MemberRef) -> tuple[tuple[MemberRef, Role], ...]:
    """Every role that somebody may take from whom now, their own included."""
    return tuple(
        (officer.member, role)
        for officer in roster.officers
        for role in OFFICES
        if role in officer.roles and to_take(roster, who, officer.member, role) is None
    )
