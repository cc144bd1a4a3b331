"""Everything that Home shows of a member, read in one transaction."""

from dataclasses import dataclass, replace

from bot.domain.identity import MemberRef
from bot.domain.reminders import Overview
from bot.domain.standing import Standing
from bot.services import calendars
from bot.services.calendars import DatesShown
from bot.services.dates import dates_of
from bot.services.ledger_rows import LATEST, Page, page_of
from bot.services.reminders import overview
from bot.services.standing import standing_of
from bot.services.transaction import Transaction, reads


@dataclass(frozen=True, slots=True)
class Dashboard:
    """The member's standing, as the status shows it, the dates on which they have to do something,
    their latest courses, and their settings."""

    standing: Standing
    dates: DatesShown
    hours: Page
    reminders: Overview


@reads
def dashboard(tx: Transaction, member: MemberRef) -> Dashboard:
    """What the member's Home shows now."""
    return Dashboard(
        standing=standing_of(tx, member),
        dates=replace(calendars.shown(tx, member), coming=dates_of(tx, member)),
        hours=page_of(tx, member, 1, LATEST),
        reminders=overview(tx, member),
    )
