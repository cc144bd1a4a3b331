"""What came in: one row an envelope, kept until it is done; also the deduplication."""

import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from bot.domain.identity import MemberRef, Workspace


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


def authors(db: Database, workspace: Workspace) -> set[MemberRef]:
    """Who sent what is not done yet."""
    found = {author for _, author in _unfinished(db, workspace)}
    return {MemberRef(f"{workspace}:{author}") for author in found if author}


def stored(
    db: Database, workspace: Workspace, member: MemberRef
) -> dict[str, list[dict[str, Any]]]:
    """What came from a member and is not done yet."""
    return {"inbox": [row for row, author in _unfinished(db, workspace) if _is(author, member)]}


def erase(db: Database, workspace: Workspace, member: MemberRef) -> None:
    """Drop what came from a member and is not done; the key stays, so that it is not done later."""
    for row, author in _unfinished(db, workspace):
        if _is(author, member):
            db.execute(
                "UPDATE inbox SET done_at = received_at, body = NULL WHERE id = ?", [row["id"]]
            )


def _unfinished(db: Database, workspace: Workspace) -> Iterator[tuple[dict[str, Any], str]]:
    """Rows with the platform's id of who sent them."""
    rows = db.query(
        "SELECT * FROM inbox WHERE workspace = ? AND done_at IS NULL AND body <> '' ORDER BY id",
        [workspace],
    )
    for row in list(rows):
        yield row, _author(json.loads(row["body"]).get("event") or {})


def _author(event: Mapping[str, Any]) -> str:
    user = event.get("user") or (event.get("message") or {}).get("user") or ""
    return str(user.get("id") or "") if isinstance(user, Mapping) else str(user)


def _is(author: str, member: MemberRef) -> bool:
    # A MemberRef is the workspace and the platform's own id.
    return bool(author) and member.endswith(f":{author}")
