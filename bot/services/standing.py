"""Where a member stands, read once and shown in `/clm status` and the Home tab alike."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.domain.eligibility import Profile
from bot.domain.eligibility_dialog import profile_from, still_valid
from bot.domain.gap import gap_on, told_sums, with_ledger
from bot.domain.identity import MemberRef
from bot.domain.ledger import course_hours
from bot.domain.notices import Notice
from bot.domain.plan import Plan, plan_for
from bot.domain.program import upcoming
from bot.domain.reminders import zone_named
from bot.domain.standing import Standing
from bot.services import handoff
from bot.services.outbox import publish_home, tell
from bot.services.recertification_pace import keeping_of
from bot.services.transaction import Transaction, reads, writes
from bot.store import eligibility, ledger, members, plan
from bot.store.eligibility import Told


@dataclass(frozen=True, slots=True)
class Record:
    """What a member told: the check and the ledger as one profile; `told` is the check alone,
    `courses` are the entries of the ledger that serve an application."""

    profile: Profile
    told: Told | None
    courses: int

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to measure."""
        return self.told is None and not self.courses


def zone_of(tx: Transaction, member: MemberRef) -> ZoneInfo:
    """The member's own time zone; the chapter's where theirs is not known or means nothing."""
    name = members.time_zone_of(tx.db, tx.workspace, member)
    chapters = ZoneInfo(tx.bank.content.chapter.time_zone)
    return (zone_named(name) if name else None) or chapters


def today(tx: Transaction, member: MemberRef | None = None) -> date:
    """The member's date; without a member, the chapter's."""
    chapters = ZoneInfo(tx.bank.content.chapter.time_zone)
    return tx.now.astimezone(zone_of(tx, member) if member else chapters).date()


@reads
def read(tx: Transaction, member: MemberRef) -> Standing:
    """The member's standing under the rules of now."""
    return standing_of(tx, member)


def standing_of(tx: Transaction, member: MemberRef) -> Standing:
    """The member's standing, inside a transaction that is already open."""
    content, day = tx.bank.content, today(tx, member)
    record = record_of(tx, member)
    told, rules = record.told, content.rule_set
    chosen = plan_of(tx, member)
    gap = None if record.is_empty else gap_on(record.profile, rules, chosen.apply_on, day)
    draft = eligibility.draft_of(tx.db, tx.workspace, member)
    ticket = handoff.open_ticket_of(tx, member)
    return Standing(
        verdict=gap.verdict if gap and told else None,
        told_at=told.told_at if told else None,
        rules_changed=told is not None and told.rule_set != rules.version,
        draft_step=content.dialog.title_of(draft.step) if draft and draft.is_begun else None,
        ticket=handoff.read(tx, ticket.id) if ticket else None,
        seasons=upcoming(content.seasons, day),
        today=day,
        gap=gap,
        plan=chosen,
        sums=told_sums(record.profile, rules, chosen.apply_on),
        courses=record.courses,
        keeping=keeping_of(tx, member, day),
        told_on=told_on(tx, member, told.told_at) if told else None,
    )


def plan_of(tx: Transaction, member: MemberRef) -> Plan:
    """The day that the member's standing is drawn for."""
    chosen = plan.plan_of(tx.db, tx.workspace, member)
    return plan_for(chosen, tx.bank.content.seasons, today(tx, member))


def record_of(tx: Transaction, member: MemberRef) -> Record:
    """Everything that the member told and that an application turns on."""
    content = tx.bank.content
    told = eligibility.told_by(tx.db, tx.workspace, member)
    entries = ledger.entries_of(tx.db, tx.workspace, member)
    profile = _told_profile(tx, member, told)
    return Record(
        profile=with_ledger(profile, entries, content.rule_set),
        told=told,
        courses=len(course_hours(entries)),
    )


def profile_of(tx: Transaction, member: MemberRef) -> Profile:
    """What the member told in the check alone; empty before they have finished one."""
    return _told_profile(tx, member, eligibility.told_by(tx.db, tx.workspace, member))


def _told_profile(tx: Transaction, member: MemberRef, told: Told | None) -> Profile:
    if told is None:
        return Profile()
    dialog = tx.bank.content.dialog
    # Sums count from the day they were told, so that they leave the window in time.
    return profile_from(
        still_valid(told.answers, dialog), dialog, told_on(tx, member, told.told_at)
    )


def told_on(tx: Transaction, member: MemberRef, told_at: datetime) -> date:
    """The member's date at the moment when they told something."""
    return told_at.astimezone(zone_of(tx, member)).date()


def summary_line(tx: Transaction, member: MemberRef) -> str:
    """Where the member stands in a few words, for the chair; empty before a finished check."""
    verdict = standing_of(tx, member).verdict
    return tx.bank.content.copy.say(f"handoff.standing_{verdict.overall}") if verdict else ""


@writes
def tell_status(tx: Transaction, member: MemberRef, key: str) -> None:
    """Send the member's standing to their direct conversation."""
    tell(tx, Notice(tx.workspace, member, f"status:{key}", "status", member))


@writes
def refresh_home(tx: Transaction, member: MemberRef) -> None:
    """Have the member's Home tab published anew."""
    publish_home(tx, member)
