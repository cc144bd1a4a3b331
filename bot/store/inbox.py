"""What came in: one row an envelope, kept until it is done; also the deduplication."""

from datetime import datetime

from sqlite_utils import Database

from bot.domain.identity import Workspace


def keep(db: Database, workspace: Workspace, key: str, body: str, now: datetime) -> bool:
    """Keep an envelope; False when one with this key came before."""
    cursor = db.execute(
        "INSERT INTO inbox (workspace, key, body, received_at) VALUES (?, ?, ?, ?) "
        "ON CONFLICT DO NOTHING",
        [workspace, key, body, now.isoformat()],
    )
    return cursor.rowcount == 1


def finish(db: Database, workspace: Workspace, key: str, now: datetime) -> None:
    """Mark as done; what was in it is not kept longer than it is needed."""
    db.execute(
        "UPDATE inbox SET done_at = ?, body = NULL WHERE workspace = ? AND key = ?",
        [now.isoformat(), workspace, key],
    )


def unfinished(db: Database) -> list[tuple[str, str, datetime]]:
    """What was acknowledged and never done: (key, body, received at), oldest first."""
    rows = db.query(
        "SELECT key, body, received_at FROM inbox WHERE done_at IS NULL AND body IS NOT NULL "
        "ORDER BY id"
    )
    return [(row["key"], row["body"], datetime.fromisoformat(row["received_at"])) for row in rows]


def forget_before(db: Database, moment: datetime) -> None:
    """Drop keys of envelopes so old that no platform sends them again.

    A click that a crash cut short cannot be taken up again: its row has no body and goes too.
    """
    before = moment.isoformat()
    db.execute(
        "DELETE FROM inbox WHERE done_at < ? OR (body = '' AND received_at < ?)", [before, before]
    )
