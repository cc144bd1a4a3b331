"""A member's ledger as files: asked for, read in one transaction, and laid out off the loop."""

from dataclasses import dataclass
from datetime import date

from bot.content import ContentBank
from bot.domain.eligibility_profile import Profile
from bot.domain.identity import MemberRef
from bot.domain.ledger import LedgerEntry
from bot.domain.ledger_export import Sheet, application_sheet, recertification_sheet
from bot.domain.notices import Notice
from bot.domain.recertification import Holder
from bot.services.ledger_export_page import page_of
from bot.services.ledger_export_paper import paper_of
from bot.services.ledger_export_table import table_of
from bot.services.outbox import tell
from bot.services.standing import plan_of, record_of, today
from bot.services.transaction import Transaction, reads, writes
from bot.store import holders, ledger


@dataclass(frozen=True, slots=True)
class Recorded:
    """All that an export is made of; `today` is the member's date."""

    profile: Profile
    entries: tuple[LedgerEntry, ...]
    holder: Holder | None
    apply_on: date
    today: date

    @property
    def is_empty(self) -> bool:
        """Whether there are no hours to export, neither entries nor sums told in the check."""
        return not self.entries and not any(told.hours for told in self.profile.hours or ())


@dataclass(frozen=True, slots=True)
class Exported:
    """The files, and their common name without an ending."""

    name: str
    table: bytes
    page: bytes


@writes
def ask(tx: Transaction, member: MemberRef, key: str, place: str = "") -> None:
    """Have the member's own hours sent to their direct conversation, once for each `key`."""
    tell(tx, Notice(tx.workspace, place or member, f"export:{key}", "ledger_export", member))


@reads
def read(tx: Transaction, member: MemberRef) -> Recorded:
    """Everything that the member recorded, under the rules and the plan of now."""
    return Recorded(
        profile=record_of(tx, member).profile,
        entries=ledger.entries_of(tx.db, tx.workspace, member),
        holder=holders.holder_of(tx.db, tx.workspace, member),
        apply_on=plan_of(tx, member).apply_on,
        today=today(tx, member),
    )


def export(recorded: Recorded, content: ContentBank) -> Exported:
    """Lay out the files; takes a moment with thousands of entries, and needs no database."""
    paper = paper_of(_sheets(recorded, content), content, recorded.today)
    return Exported(
        name=f"clm-hours-{recorded.today.isoformat()}",
        table=table_of(paper, content.copy),
        page=page_of(paper, content.copy),
    )


def _sheets(recorded: Recorded, content: ContentBank) -> tuple[Sheet, ...]:
    """The application first; a holder who recorded nothing for one has no such sheet."""
    entries, holder = recorded.entries, recorded.holder
    application = application_sheet(recorded.profile, entries, content.rule_set, recorded.apply_on)
    keeping = recertification_sheet(holder, entries, content.recertification, recorded.today)
    if holder is None:
        return (application, keeping) if keeping.lines else (application,)
    return (application, keeping) if application.lines or application.counted else (keeping,)
