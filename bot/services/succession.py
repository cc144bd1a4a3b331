"""The chair passes on: asked, answered, moved in one transaction; and who is told where none is."""

from dataclasses import dataclass

from bot.domain import succession as rules
from bot.domain.identity import MemberRef
from bot.domain.notices import Notice
from bot.domain.roles import Appointment, Roster
from bot.domain.succession import Handover, Kept, Refused
from bot.services import curation
from bot.services.outbox import tell
from bot.services.people import tell_handover_ended
from bot.services.roles import roster_of
from bot.services.succession_requests import move_requests, pass_on, settle_desk
from bot.services.transaction import Transaction, promises, reads
from bot.store import desk, handovers, roles


@dataclass(frozen=True, slots=True)
class Belongings:
    """What would move: requests that the chair has, drafts, and notes of theirs on open requests.

    `is_admin` says that they pass that on too; `pending` is who is asked already.
    """

    requests: int
    drafts: int
    notes: int
    is_admin: bool
    pending: Handover | None


@reads
def belongings(tx: Transaction, who: MemberRef) -> Belongings:
    """What this person would pass on now."""
    officer = roster_of(tx).of(who)
    return Belongings(
        requests=desk.claimed_by(tx.db, tx.workspace, who),
        drafts=desk.drafts_of(tx.db, tx.workspace, who),
        notes=desk.notes_of(tx.db, tx.workspace, who),
        is_admin=officer is not None and "admin" in officer.roles,
        pending=handovers.pending(tx.db, tx.workspace),
    )


@reads
def read(tx: Transaction, handover: int) -> Handover | None:
    """A handover by its id; None when it was erased."""
    return handovers.get(tx.db, tx.workspace, handover)


@reads
def to_ask(tx: Transaction, who: MemberRef, successor: MemberRef) -> Refused | None:
    """Why this person cannot ask that one to be next; None when they can."""
    pending = handovers.pending(tx.db, tx.workspace)
    return rules.to_ask(roster_of(tx), who, successor, pending)


@promises
def ask(
    tx: Transaction,
    who: MemberRef,
    successor: MemberRef,
    name: str,
    keeps: Kept,
    *,
    notes: bool,
    key: str,
) -> Handover | Refused:
    """Ask somebody to be the next chair; nothing moves before they accept.

    `key` names the submission: the same one again comes to the same handover.
    """
    if before := handovers.asked_by_key(tx.db, tx.workspace, key):
        return before
    pending = handovers.pending(tx.db, tx.workspace)
    if refused := rules.to_ask(roster_of(tx), who, successor, pending):
        return refused
    made = handovers.add(
        tx.db, tx.workspace, who, successor, name, keeps, notes=notes, key=key, now=tx.now
    )
    for member in (successor, who):
        subject = f"handover:{made.id}"
        tell(tx, Notice(tx.workspace, member, subject, "role", subject))
    return made


@promises
def accept(tx: Transaction, who: MemberRef, handover_id: int) -> Handover | Refused:
    """Take over: roles, open requests, drafts and notes move together, and both are told."""
    found = handovers.get(tx.db, tx.workspace, handover_id)
    if found is not None and found.successor == who and found.state == "accepted":
        return found
    roster = roster_of(tx)
    refused = rules.to_accept(roster, found, who, tx.now)
    if refused or found is None:
        return refused or Refused("gone")
    coming, going = rules.passes(roster, found)
    _decide(tx, coming, found)
    requests = move_requests(tx, found.chair, who)
    _decide(tx, going, found)
    if not found.notes:
        handovers.drop_notes(tx.db, tx.workspace, found.chair)
    drafts = curation.hand_over_drafts(tx, found.chair, who)
    roles.set_back(tx.db, tx.workspace, who)
    handovers.end(tx.db, found.id, "accepted", requests=requests, drafts=drafts)
    settle_desk(tx)
    _tell_accepted(tx, found, roster)
    return handovers.get(tx.db, tx.workspace, found.id) or found


@promises
def decline(tx: Transaction, who: MemberRef, handover_id: int) -> Handover | Refused:
    """No thanks: everything stays, and the chair is told."""
    found = handovers.get(tx.db, tx.workspace, handover_id)
    if found is None or found.successor != who or not found.is_open:
        return Refused("gone")
    return _end(tx, found, "declined", by=who)


@promises
def withdraw(tx: Transaction, who: MemberRef, handover_id: int) -> Handover | Refused:
    """The chair thinks better of it, while there is no answer."""
    found = handovers.get(tx.db, tx.workspace, handover_id)
    if found is None or found.chair != who or not found.is_open:
        return Refused("gone")
    return _end(tx, found, "withdrawn", by=who)


@promises
def expire(tx: Transaction) -> None:
    """What nobody has answered for too long lapses; both are told."""
    found = handovers.pending(tx.db, tx.workspace)
    if found is not None and tx.now >= found.until:
        _end(tx, found, "expired", by=None)


@promises
def undeliverable(tx: Transaction, notice: Notice) -> None:
    """The next chair cannot be reached: the one who asked is told, and may ask somebody else."""
    kind, _, number = notice.subject.partition(":")
    found = handovers.get(tx.db, tx.workspace, int(number)) if kind == "handover" else None
    if found is not None and found.is_open and notice.recipient == found.successor:
        _end(tx, found, "unreachable", by=None)


def left(tx: Transaction, member: MemberRef) -> None:
    """Somebody with a role was deactivated: their requests go on to the next, and where no chair
    is left, those who may name one are told how."""
    roster = roster_of(tx)
    found = roster.of(member)
    if found is None:
        return
    pending = handovers.pending(tx.db, tx.workspace)
    if pending is not None and member in (pending.chair, pending.successor):
        _end(tx, pending, "unreachable", by=None)
    pass_on(tx, member, roster)
    if "chair" not in found.roles or roster.reachable("chair"):
        return
    for officer in roster.officers:
        if not officer.left and officer.member in roster.desk:
            slot = f"no_chair:{member}:{tx.now.date()}"
            tell(tx, Notice(tx.workspace, officer.member, slot, "role", "no_chair"))


def gone_for_good(tx: Transaction, member: MemberRef) -> None:
    """Whoever left so long ago that their data go holds no role any more."""
    officer = roster_of(tx).of(member)
    for role in officer.roles if officer else ():
        ended = Appointment(member, role, held=False, name=None)
        roles.decide(tx.db, tx.workspace, ended, None, tx.now)


def erase(tx: Transaction, member: MemberRef) -> None:
    """What somebody asked for or was asked who erases their data: the other one is told that it is
    over, without a name."""
    for one in handovers.of_member(tx.db, tx.workspace, member):
        other = one.other(member)
        key = "handover.erased"
        tell(tx, Notice(tx.workspace, other, f"handover:{one.id}", "say", key))
        if one.is_open:
            tell(tx, Notice(tx.workspace, other, f"handover_end:{one.id}", "say", key))


def _end(tx: Transaction, found: Handover, state: rules.State, by: MemberRef | None) -> Handover:
    handovers.end(tx.db, found.id, state)
    tell_handover_ended(tx, found, by)
    return handovers.get(tx.db, tx.workspace, found.id) or found


def _decide(tx: Transaction, changes: tuple[Appointment, ...], found: Handover) -> None:
    for change in changes:
        roles.decide(tx.db, tx.workspace, change, found.chair, tx.now)


def _tell_accepted(tx: Transaction, found: Handover, before: Roster) -> None:
    subject = f"handover:{found.id}"
    for member in (found.chair, found.successor):
        tell(tx, Notice(tx.workspace, member, subject, "role", subject))
    introduction = f"introduction:{found.id}"
    tell(tx, Notice(tx.workspace, found.successor, introduction, "introduction", subject))
    others = (*before.desk, *(one.member for one in before.officers))
    for member in dict.fromkeys((found.chair, *others)):
        if member != found.successor:
            slot = f"handover_end:{found.id}"
            tell(tx, Notice(tx.workspace, member, slot, "role", f"ended:{found.id}"))
