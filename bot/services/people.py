"""Who holds which role; roles given and taken, each change told to whom it is about."""

from dataclasses import dataclass
from datetime import date, datetime

from bot.domain import succession as rules
from bot.domain.identity import MemberRef
from bot.domain.notices import Notice
from bot.domain.roles import OFFICES, Appointment, Decided, Role, Roster
from bot.domain.succession import Handover, Refused
from bot.services.outbox import tell
from bot.services.roles import roster_of
from bot.services.succession_requests import settle_desk
from bot.services.transaction import Transaction, promises, reads
from bot.store import handovers, roles


@dataclass(frozen=True, slots=True)
class RoleHeld:
    """A role of somebody; `since` is None where it is that of the files. `by` is who gave it, with
    the name that they have or had in their own role."""

    role: Role
    since: datetime | None
    by: MemberRef | None
    by_name: str | None
    may_be_taken: bool


@dataclass(frozen=True, slots=True)
class PersonInOffice:
    """Somebody with roles, as the list shows them."""

    member: MemberRef
    name: str | None
    roles: tuple[RoleHeld, ...]
    away_until: date | None
    left: bool


@dataclass(frozen=True, slots=True)
class People:
    """Everybody with a role, in the order of the desk; `gives` is what the reader may give.

    `chair` is the name of whoever asked for the handover that waits.
    """

    people: tuple[PersonInOffice, ...]
    gives: tuple[Role, ...]
    handover: Handover | None
    chair: str | None


@dataclass(frozen=True, slots=True)
class RoleChange:
    """A change as it is told: what it is about, and the name of whoever is meant and did it."""

    decided: Decided
    name: str | None
    by: str | None
    roster: Roster


@reads
def people(tx: Transaction, who: MemberRef) -> People | None:
    """The list as this person may see and change it; None for somebody without a role."""
    roster = roster_of(tx)
    if roster.of(who) is None:
        return None
    notes = {(one.member, one.role): one for one in reversed(roles.history(tx.db, tx.workspace))}
    takeable = frozenset(rules.takeable(roster, who))

    def held(member: MemberRef, role: Role) -> RoleHeld:
        note = notes.get((member, role))
        may_be_taken = (member, role) in takeable
        if note is None or not note.held:
            return RoleHeld(role, None, None, None, may_be_taken)
        by_name = name_of(tx, roster, note.by) if note.by else None
        return RoleHeld(role, note.at, note.by, by_name, may_be_taken)

    order = dict.fromkeys((*roster.desk, *(one.member for one in roster.officers)))
    listed = tuple(
        PersonInOffice(
            officer.member,
            officer.name,
            tuple(held(officer.member, role) for role in OFFICES if role in officer.roles),
            officer.away_until,
            officer.left,
        )
        for member in order
        if (officer := roster.of(member)) is not None
    )
    gives = tuple(role for role in OFFICES if role in roster.gives(who))
    pending = handovers.pending(tx.db, tx.workspace)
    chair = name_of(tx, roster, pending.chair) if pending else None
    return People(listed, gives, pending, chair)


@promises
def give(
    tx: Transaction, who: MemberRef, member: MemberRef, name: str, role: Role
) -> Refused | None:
    """Give somebody a role; the same once more changes nothing and is refused as `already`."""
    roster = roster_of(tx)
    if refused := rules.to_give(roster, who, member, role):
        return refused
    _decide(tx, roster, Appointment(member, role, held=True, name=name or None), who)
    settle_desk(tx)
    return None


@promises
def take(tx: Transaction, who: MemberRef, member: MemberRef, role: Role) -> Refused | None:
    """Take a role from somebody, or lay down one's own."""
    roster = roster_of(tx)
    if refused := rules.to_take(roster, who, member, role):
        return refused
    _decide(tx, roster, Appointment(member, role, held=False, name=None), who)
    settle_desk(tx)
    pending = handovers.pending(tx.db, tx.workspace)
    if pending is not None and not roster_of(tx).may(pending.chair, "hand_over"):
        handovers.end(tx.db, pending.id, "withdrawn")
        tell_handover_ended(tx, pending, pending.chair)
    return None


@reads
def change(tx: Transaction, note: int) -> RoleChange | None:
    """A change by the id of its note; None when it was erased."""
    decided = roles.decided(tx.db, tx.workspace, note)
    if decided is None:
        return None
    roster = roster_of(tx)
    return RoleChange(
        decided,
        name_of(tx, roster, decided.member),
        name_of(tx, roster, decided.by) if decided.by else None,
        roster,
    )


def name_of(tx: Transaction, roster: Roster, member: MemberRef) -> str | None:
    """The name that somebody with a role has, or had when they held one."""
    if found := roster.of(member):
        return found.name
    given = roles.appointments(tx.db, tx.workspace)
    return next((one.name for one in given if one.member == member and one.name), None)


def tell_handover_ended(tx: Transaction, handover: Handover, by: MemberRef | None) -> None:
    """Tell both how a handover ended; whoever ended it only sees it where they pressed."""
    subject = f"handover:{handover.id}"
    for member in (handover.chair, handover.successor):
        tell(tx, Notice(tx.workspace, member, subject, "role", subject))
        if member != by:
            slot = f"handover_end:{handover.id}"
            tell(tx, Notice(tx.workspace, member, slot, "role", f"ended:{handover.id}"))


def _decide(tx: Transaction, roster: Roster, given: Appointment, who: MemberRef) -> None:
    """Note it, and tell whom it is about and everybody else who gives roles."""
    note = roles.decide(tx.db, tx.workspace, given, who, tx.now)
    for member in dict.fromkeys((given.member, *roster.having("appoint"))):
        if member != who:
            tell(tx, Notice(tx.workspace, member, f"role:{note}", "role", f"change:{note}"))
