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
    """Bring a deleted entry back; False when it is no longer there."""
    cursor = db.execute(
        "UPDATE ledger SET deleted_at = NULL WHERE workspace = ? AND member = ? AND id = ? "
        "AND deleted_at IS NOT NULL",
        [workspace, member, entry],
    )
    return cursor.rowcount == 1


def erase(db: Database, workspace: Workspace, member: MemberRef) -> None:
    """Forget every entry of a member."""
    db.execute("DELETE FROM ledger WHERE workspace = ? AND member = ?", [workspace, member])


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
