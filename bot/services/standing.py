"""Where a member stands, read once and shown in `/clm status` and the Home tab alike."""

from dataclasses import replace
from datetime import date
from zoneinfo import ZoneInfo

from bot.domain.eligibility import check
from bot.domain.eligibility_dialog import profile_from, still_valid
from bot.domain.identity import MemberRef
from bot.domain.notices import Notice
from bot.domain.program import upcoming
from bot.domain.standing import Standing
from bot.services import handoff
from bot.services.outbox import publish_home, tell
from bot.services.transaction import Transaction, reads, writes
from bot.store import eligibility


def today(tx: Transaction) -> date:
    """The chapter's date."""
    return tx.now.astimezone(ZoneInfo(tx.bank.content.chapter.time_zone)).date()


@reads
def read(tx: Transaction, member: MemberRef) -> Standing:
    """The member's standing under the rules of now."""
    return standing_of(tx, member)


def standing_of(tx: Transaction, member: MemberRef) -> Standing:
    """The member's standing, inside a transaction that is already open."""
    content, day = tx.bank.content, today(tx)
    told = eligibility.told_by(tx.db, tx.workspace, member)
    draft = eligibility.draft_of(tx.db, tx.workspace, member)
    ticket = handoff.open_ticket_of(tx, member)
    rules = content.rule_set
    verdict = None
    if told is not None:
        answers = still_valid(told.answers, content.dialog)
        # Hours count from the day they were told, so that they leave the window in time.
        told_on = told.told_at.astimezone(ZoneInfo(content.chapter.time_zone)).date()
        verdict = check(
            replace(profile_from(answers, content.dialog, told_on), apply_on=day), rules, day
        )
    return Standing(
        verdict=verdict,
        told_at=told.told_at if told else None,
        rules_changed=told is not None and told.rule_set != rules.version,
        draft_step=content.dialog.title_of(draft.step) if draft and draft.is_begun else None,
        ticket=handoff.read(tx, ticket.id) if ticket else None,
        seasons=upcoming(content.seasons, day),
        today=day,
    )


def summary_line(tx: Transaction, member: MemberRef) -> str:
    """Where the member stands in one sentence, for the chair; empty before a finished check."""
    verdict = standing_of(tx, member).verdict
    return tx.bank.content.copy.say(f"eligibility.overall_{verdict.overall}") if verdict else ""


@writes
def tell_status(tx: Transaction, member: MemberRef, key: str) -> None:
    """Send the member's standing to their direct conversation."""
    tell(tx, Notice(tx.workspace, member, f"status:{key}", "status", member))


@writes
def refresh_home(tx: Transaction, member: MemberRef) -> None:
    """Have the member's Home tab published anew."""
    publish_home(tx, member)
