"""Which digest went to whom, and the counts of it that nothing else keeps."""

from datetime import date, datetime
from typing import Any

from sqlite_utils import Database

from bot.domain.identity import MemberRef, Workspace

_OF = "WHERE workspace = ? AND holder = ?"
_SENT = "WHERE workspace = ? AND created_at > ? AND state <> 'withdrawn'"


def note(db: Database, workspace: Workspace, holder: MemberRef, week: date, now: datetime) -> bool:
    """Note that the digest of a week (its Monday) is on its way; False when it was already."""
    cursor = db.execute(
        "INSERT INTO digests (workspace, holder, week, at) VALUES (?, ?, ?, ?) "
        "ON CONFLICT DO NOTHING",
        [workspace, holder, week.isoformat(), now.isoformat()],
    )
    return cursor.rowcount == 1


def is_noted(db: Database, workspace: Workspace, holder: MemberRef, week: date) -> bool:
    """Whether somebody's digest of a week is on its way, or was sent."""
    found = db.execute(
        f"SELECT 1 FROM digests {_OF} AND week = ?", [workspace, holder, week.isoformat()]
    )
    return found.fetchone() is not None


def noted_between(
    db: Database, workspace: Workspace, since: datetime, until: datetime
) -> list[tuple[MemberRef, str]]:
    """Whose digest of which week was made in that time."""
    rows = db.execute(
        "SELECT holder, week FROM digests WHERE workspace = ? AND at BETWEEN ? AND ? ORDER BY at",
        [workspace, since.isoformat(), until.isoformat()],
    ).fetchall()
    return [(MemberRef(row[0]), str(row[1])) for row in rows]


def last_before(
    db: Database, workspace: Workspace, holder: MemberRef, week: date
) -> datetime | None:
    """When somebody's last digest before that of a week was made; None when there was none."""
    row = db.execute(
        f"SELECT max(at) FROM digests {_OF} AND week < ?", [workspace, holder, week.isoformat()]
    ).fetchone()
    return datetime.fromisoformat(row[0]) if row[0] else None


def sent_since(db: Database, workspace: Workspace, since: datetime) -> int:
    """How many requests were sent after a moment; those taken back since do not count."""
    row = db.execute(f"SELECT count(*) FROM tickets {_SENT}", [workspace, since.isoformat()])
    return int(row.fetchone()[0])


def newest_sent(db: Database, workspace: Workspace, since: datetime, limit: int) -> list[int]:
    """The newest of them, in the order in which they were sent."""
    rows = db.execute(
        f"SELECT id FROM tickets {_SENT} ORDER BY created_at DESC, id DESC LIMIT ?",
        [workspace, since.isoformat(), limit],
    ).fetchall()
    return [int(row[0]) for row in reversed(rows)]


def stored(
    db: Database, workspace: Workspace, member: MemberRef
) -> dict[str, list[dict[str, Any]]]:
    """Every row about somebody, by table."""
    return {"digests": list(db.query(f"SELECT * FROM digests {_OF}", [workspace, member]))}


def erase(db: Database, workspace: Workspace, member: MemberRef) -> None:
    """Forget which digests somebody was sent."""
    db.execute(f"DELETE FROM digests {_OF}", [workspace, member])
