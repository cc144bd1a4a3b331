"""The education hours that members recorded."""

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlite_utils import Database

from bot.domain.identity import MemberRef, Workspace
from bot.domain.ledger import LedgerEntry

_KEPT = "SELECT * FROM ledger WHERE workspace = ? AND member = ? AND deleted_at IS NULL"


def entries_of(db: Database, workspace: Workspace, member: MemberRef) -> tuple[LedgerEntry, ...]:
    """All entries of a member, the newest day first."""
    rows = db.query(f"{_KEPT} ORDER BY day DESC, id DESC", [workspace, member])
    return tuple(_entries(rows))


def entry_of(
    db: Database, workspace: Workspace, member: MemberRef, entry: int
) -> LedgerEntry | None:
    """One entry of the member's own; None when there is no such entry, or it was deleted."""
    rows = db.query(f"{_KEPT} AND id = ?", [workspace, member, entry])
    return next(_entries(rows), None)


def of_form(db: Database, workspace: Workspace, member: MemberRef, form: str) -> LedgerEntry | None:
    """The entry that came from a window; None when none did, or it was deleted."""
    return next(_entries(db.query(f"{_KEPT} AND form = ?", [workspace, member, form])), None)


def deleted_of(
    db: Database, workspace: Workspace, member: MemberRef, entry: int
) -> LedgerEntry | None:
    """A deleted entry of the member's own, as long as it can be brought back."""
    rows = db.query(
        "SELECT * FROM ledger WHERE workspace = ? AND member = ? AND id = ? "
        "AND deleted_at IS NOT NULL",
        [workspace, member, entry],
    )
    return next(_entries(rows), None)


def added(
    db: Database,
    workspace: Workspace,
    member: MemberRef,
    entry: LedgerEntry,
    form: str,
    now: datetime,
) -> int | None:
    """Keep an entry and return its id; None when `form`, the window it came from, was used."""
    cursor = db.execute(
        "INSERT INTO ledger (workspace, member, version, day, title, provider, amount, kind, "
        "category, subject, proof, note, session, form, created_at, changed_at) "
        "VALUES (?, ?, 1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
        [workspace, member, *_values(entry), entry.session, form, now.isoformat(), now.isoformat()],
    )
    return int(cursor.lastrowid or 0) if cursor.rowcount == 1 else None


def changed(
    db: Database, workspace: Workspace, member: MemberRef, entry: LedgerEntry, now: datetime
) -> bool:
    """Compare and set; False when the entry has changed meanwhile or is gone."""
    cursor = db.execute(
        "UPDATE ledger SET version = version + 1, day = ?, title = ?, provider = ?, amount = ?, "
        "kind = ?, category = ?, subject = ?, proof = ?, note = ?, changed_at = ? "
        "WHERE workspace = ? AND member = ? AND id = ? AND version = ? AND deleted_at IS NULL",
        [*_values(entry), now.isoformat(), workspace, member, entry.id, entry.version],
    )
    return cursor.rowcount == 1


def deleted(
    db: Database, workspace: Workspace, member: MemberRef, entry: int, now: datetime
) -> bool:
    """Take an entry out; `restored` brings it back until retention forgets it."""
    cursor = db.execute(
        "UPDATE ledger SET deleted_at = ? WHERE workspace = ? AND member = ? AND id = ? "
        "AND deleted_at IS NULL",
        [now.isoformat(), workspace, member, entry],
    )
    return cursor.rowcount == 1


def restored(db: Database, workspace: Workspace, member: MemberRef, entry: int) -> bool:
    """Bring a deleted entry back; False when it is no longer there.

    Credit of a chapter session that was taken back meanwhile stays out.
    """
    cursor = db.execute(
        "UPDATE ledger SET deleted_at = NULL WHERE workspace = ? AND member = ? AND id = ? "
        "AND deleted_at IS NOT NULL AND NOT EXISTS (SELECT 1 FROM attendances a "
        "WHERE a.session = ledger.session AND a.member = ledger.member "
        "AND a.state <> 'confirmed')",
        [workspace, member, entry],
    )
    return cursor.rowcount == 1


def of_session(
    db: Database, workspace: Workspace, member: MemberRef, session: int
) -> LedgerEntry | None:
    """The member's entry that a chapter session confirmed; None when they have deleted it."""
    return next(_entries(db.query(f"{_KEPT} AND session = ?", [workspace, member, session])), None)


def credited(
    db: Database,
    workspace: Workspace,
    member: MemberRef,
    entry: LedgerEntry,
    form: str,
    now: datetime,
) -> None:
    """Keep the one entry of a chapter session, bringing back what was taken out before."""
    if added(db, workspace, member, entry, form, now) is None:
        db.execute(
            "UPDATE ledger SET deleted_at = NULL WHERE workspace = ? AND member = ? AND form = ?",
            [workspace, member, form],
        )


def corrected(db: Database, workspace: Workspace, entry: LedgerEntry, now: datetime) -> None:
    """Bring every member's entry of a chapter session up to date, also where it is taken out."""
    db.execute(
        "UPDATE ledger SET version = version + 1, day = ?, title = ?, amount = ?, kind = ?, "
        "category = ?, subject = ?, changed_at = ? WHERE workspace = ? AND session = ?",
        [
            entry.day.isoformat(),
            entry.title,
            str(entry.amount),
            entry.kind,
            entry.category,
            entry.subject,
            now.isoformat(),
            workspace,
            entry.session,
        ],
    )


def taken_back(
    db: Database, workspace: Workspace, member: MemberRef, session: int, now: datetime
) -> None:
    """Take out what a chapter session had given a member."""
    db.execute(
        "UPDATE ledger SET deleted_at = coalesce(deleted_at, ?) WHERE workspace = ? "
        "AND member = ? AND session = ?",
        [now.isoformat(), workspace, member, session],
    )


def erase(db: Database, workspace: Workspace, member: MemberRef) -> None:
    """Forget every entry of a member."""
    db.execute("DELETE FROM ledger WHERE workspace = ? AND member = ?", [workspace, member])


def stored(
    db: Database, workspace: Workspace, member: MemberRef
) -> dict[str, list[dict[str, Any]]]:
    """Everything kept of the member's hours, by table; deleted entries too."""
    rows = db.query(
        "SELECT * FROM ledger WHERE workspace = ? AND member = ? ORDER BY id", [workspace, member]
    )
    return {"ledger": list(rows)}


def _values(entry: LedgerEntry) -> list[Any]:
    return [
        entry.day.isoformat(),
        entry.title,
        entry.provider,
        str(entry.amount),
        entry.kind,
        entry.category,
        entry.subject,
        entry.proof,
        entry.note,
    ]


def _entries(rows: Iterator[dict[str, Any]]) -> Iterator[LedgerEntry]:
    for row in rows:
        yield LedgerEntry(
            day=date.fromisoformat(row["day"]),
            title=row["title"],
            amount=Decimal(row["amount"]),
            kind=row["kind"],
            category=row["category"],
            subject=row["subject"],
            provider=row["provider"],
            proof=row["proof"],
            note=row["note"],
            session=row["session"],
            id=row["id"],
            version=row["version"],
        )
