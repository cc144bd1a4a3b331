"""The day on which a member wants to apply, and what another day or role would come to."""

from dataclasses import dataclass
from datetime import date

from bot.domain.eligibility_profile import ROLES
from bot.domain.gap import WhatIf, what_if
from bot.domain.identity import ConversationRef, MemberRef
from bot.domain.notices import Notice
from bot.domain.plan import DayFault, Plan, day_fault
from bot.domain.standing import Standing
from bot.services.calendars import follow
from bot.services.outbox import publish_home, tell
from bot.services.reminders import replan
from bot.services.standing import plan_of, record_of, standing_of, today
from bot.services.transaction import Transaction, reads, writes
from bot.store import members, plan


@dataclass(frozen=True, slots=True)
class Refused:
    """The day will not do."""

    fault: DayFault


@dataclass(frozen=True, slots=True)
class Compared:
    """A what-if as it is shown: `role` is the other role, None where it is the member's own."""

    plan: Plan
    found: WhatIf
    role: str | None
    today: date

    @property
    def is_other_day(self) -> bool:
        """Whether the other day is one that could become the plan."""
        return self.found.other.apply_on != self.found.own.apply_on


@writes
def choose(tx: Transaction, member: MemberRef, day: date | None) -> Standing | Refused:
    """Make a day the member's plan; the same day again changes nothing."""
    if fault := day_fault(day, today(tx, member)):
        return Refused(fault)
    if day is not None and plan.keep_plan(tx.db, tx.workspace, member, day, tx.now):
        members.meet(tx.db, tx.workspace, member, tx.now)
        follow(tx, member)
        replan(tx, member)
        publish_home(tx, member)
    return standing_of(tx, member)


@reads
def compare(
    tx: Transaction, member: MemberRef, day: date | None = None, role: str | None = None
) -> Compared | Refused:
    """The plan beside another day or role; without a day the plan's own. Nothing is kept."""
    own, now, record = plan_of(tx, member), today(tx, member), record_of(tx, member)
    if day is not None and (fault := day_fault(day, now)):
        return Refused(fault)
    asked = role if role in ROLES and role != record.profile.role else None
    rules = tx.bank.content.rule_set
    other = day or own.apply_on
    found = what_if(record.profile, rules, own.apply_on, other, role=asked, since=now)
    return Compared(own, found, asked, now)


@writes
def tell_plan(tx: Transaction, member: MemberRef, place: ConversationRef, key: str) -> None:
    """Answer the word typed in the direct conversation."""
    tell(tx, Notice(tx.workspace, place, f"plan:{key}", "plan", member))
