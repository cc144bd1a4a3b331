"""Letting the chair see that a deadline is near: agreed to by the member, taken back at once."""

from bot.domain.gap import gap_on
from bot.domain.identity import MemberRef
from bot.domain.sharing import NearDeadline, is_near, near_deadline, nearest_first
from bot.services import digest_traces
from bot.services.standing import plan_of, record_of, today
from bot.services.transaction import Transaction, promises
from bot.store import holders, members, sharing


@promises
def agree(tx: Transaction, member: MemberRef) -> None:
    """The member lets the chair see it."""
    members.meet(tx.db, tx.workspace, member, tx.now)
    sharing.agree(tx.db, tx.workspace, member, "deadline", tx.now)


@promises
def take_back(tx: Transaction, member: MemberRef) -> None:
    """The member lets nobody see it any more, also where it was told already."""
    digest_traces.forget_shared(tx, member)
    sharing.take_back(tx.db, tx.workspace, member, "deadline")


def offered(tx: Transaction, member: MemberRef) -> bool | None:
    """Whether the member lets the chair see it; None where there is nothing to share, as
    the member holds the CLM and never agreed."""
    if sharing.agrees(tx.db, tx.workspace, member, "deadline"):
        return True
    return None if holders.holder_of(tx.db, tx.workspace, member) else False


def near_deadlines(tx: Transaction) -> tuple[NearDeadline, ...]:
    """The members who agreed, whose day to apply is near, and who lack hours for it."""
    found = (_near(tx, one) for one in sharing.agreeing(tx.db, tx.workspace, "deadline"))
    return nearest_first([one for one in found if one is not None])


def _near(tx: Transaction, member: MemberRef) -> NearDeadline | None:
    day, plan = today(tx, member), plan_of(tx, member)
    is_holder = holders.holder_of(tx.db, tx.workspace, member) is not None
    if is_holder or not is_near(plan, day):
        return None
    record = record_of(tx, member)
    if record.is_empty:
        return None
    gap = gap_on(record.profile, tx.bank.content.rule_set, plan.apply_on, day)
    return near_deadline(member, plan, gap, day)
