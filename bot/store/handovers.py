"""Who was asked to be the next chair, and what came of it."""

from datetime import datetime
from typing import Any

from sqlite_utils import Database

from bot.domain.identity import MemberRef, Workspace
from bot.domain.succession import Handover, Kept, State


def add(
    db: Database,
    workspace: Workspace,
    chair: MemberRef,
    successor: MemberRef,
    name: str,
    keeps: Kept,
    *,
    notes: bool,
    key: str,
    now: datetime,
) -> Handover:
    """Note that the chair asks somebody; `key` names what was submitted."""
    cursor = db.execute(
        "INSERT INTO handovers (workspace, by, member, name, keeps, notes, state, key, at) "
        "VALUES (?, ?, ?, ?, ?, ?, 'asked', ?, ?)",
        [workspace, chair, successor, name, keeps, int(notes), key, now.isoformat()],
    )
    found = get(db, workspace, int(cursor.lastrowid or 0))
    assert found is not None
    return found


def get(db: Database, workspace: Workspace, handover: int) -> Handover | None:
    """A handover by its id."""
    return _one(db, "workspace = ? AND id = ?", workspace, handover)


def asked_by_key(db: Database, workspace: Workspace, key: str) -> Handover | None:
    """What a submission has led to already."""
    return _one(db, "workspace = ? AND key = ?", workspace, key)


def pending(db: Database, workspace: Workspace) -> Handover | None:
    """The one whose answer is waited for; there is one at the most."""
    return _one(db, "workspace = ? AND state = 'asked'", workspace)


def end(
    db: Database,
    handover: int,
    state: State,
    *,
    requests: int | None = None,
    drafts: int | None = None,
) -> None:
    """Note what came of it, and how much has moved."""
    db.execute(
        "UPDATE handovers SET state = ?, requests = ?, drafts = ? WHERE id = ?",
        [state, requests, drafts, handover],
    )


def of_member(db: Database, workspace: Workspace, member: MemberRef) -> list[Handover]:
    """Every handover that somebody asked for or was asked to take."""
    rows = db.query(
        "SELECT * FROM handovers WHERE workspace = ? AND (by = ? OR member = ?) ORDER BY id",
        [workspace, member, member],
    )
    return [_handover(row) for row in rows]


def drop_notes(db: Database, workspace: Workspace, author: MemberRef) -> None:
    """Delete what somebody noted of requests that are open."""
    db.execute(
        "DELETE FROM ticket_notes WHERE author = ? AND ticket IN (SELECT id FROM tickets "
        "WHERE workspace = ? AND state NOT IN ('closed', 'withdrawn'))",
        [author, workspace],
    )


def stored(
    db: Database, workspace: Workspace, member: MemberRef
) -> dict[str, list[dict[str, Any]]]:
    """What is kept of handovers that somebody asked for or was asked to take."""
    owned = "SELECT * FROM handovers WHERE workspace = ? AND (by = ? OR member = ?) ORDER BY id"
    return {"handovers": list(db.query(owned, [workspace, member, member]))}


def erase(db: Database, workspace: Workspace, member: MemberRef) -> None:
    """Forget them; who held which role when is in the history of roles."""
    db.execute(
        "DELETE FROM handovers WHERE workspace = ? AND (by = ? OR member = ?)",
        [workspace, member, member],
    )


def _one(db: Database, where: str, *values: object) -> Handover | None:
    rows = db.query(f"SELECT * FROM handovers WHERE {where}", list(values))
    return next((_handover(row) for row in rows), None)


def _handover(row: dict[str, Any]) -> Handover:
    return Handover(
        id=row["id"],
        chair=MemberRef(row["by"]),
        successor=MemberRef(row["member"]),
        name=row["name"],
        keeps=row["keeps"],
        notes=bool(row["notes"]),
        state=row["state"],
        asked_at=datetime.fromisoformat(row["at"]),
        requests=row["requests"],
        drafts=row["drafts"],
    )
