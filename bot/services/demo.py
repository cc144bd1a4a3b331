"""The people of the demo, as if they had used the bot before: kept by the same stores."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from bot.domain.identity import MemberRef
from bot.domain.ledger import LedgerEntry
from bot.domain.program import Season
from bot.domain.recertification import Holder
from bot.services import reminders
from bot.services.transaction import Transaction, promises
from bot.store import eligibility, holders, ledger, members, plan, seasons


@dataclass(frozen=True, slots=True)
class DemoMember:
    """What one member of the demo has told; `zone` is that of their profile."""

    member: MemberRef
    zone: str
    answers: Mapping[str, str]
    hours: tuple[LedgerEntry, ...]
    apply_on: date | None
    holder: Holder | None
    wants_reminders: bool


@promises
def enter(tx: Transaction, entered: Mapping[MemberRef, Season]) -> None:
    """Keep the seasons that the demo's chair has entered."""
    for by, season in entered.items():
        seasons.keep(tx.db, tx.workspace, season, by, tx.now)


@promises
def settle(tx: Transaction, told: tuple[DemoMember, ...]) -> None:
    """Keep what the demo's members have told."""
    for one in told:
        members.meet(tx.db, tx.workspace, one.member, tx.now)
        if one.answers:
            version = tx.bank.content.dialog.version
            eligibility.keep_told(tx.db, tx.workspace, one.member, version, one.answers, tx.now)
        for at, entry in enumerate(one.hours):
            ledger.added(tx.db, tx.workspace, one.member, entry, f"demo:{at}", tx.now)
        if one.apply_on is not None:
            plan.keep_plan(tx.db, tx.workspace, one.member, one.apply_on, tx.now)
        if one.holder is not None:
            holders.keep(tx.db, tx.workspace, one.member, one.holder, tx.now)
        if one.wants_reminders:
            reminders.turn_on(tx, one.member, one.zone)
