"""Roles that were given or taken in chat, what became of them, and who is away."""

from datetime import date, datetime
from typing import Any

from sqlite_utils import Database

from bot.domain.identity import MemberRef, Workspace
from bot.domain.roles import Appointment, Decided


def appointments(db: Database, workspace: Workspace) -> tuple[Appointment, ...]:
    """Every decision that holds, in the order in which the roles were first given."""
    rows = db.query(
        "SELECT member, role, held, name FROM roles WHERE workspace = ? ORDER BY rowid", [workspace]
    )
    return tuple(
        Appointment(MemberRef(row["member"]), row["role"], bool(row["held"]), row["name"])
        for row in rows
    )


def workspaces(db: Database) -> list[Workspace]:
    """Every workspace in which a role was given or taken."""
    rows = db.execute("SELECT DISTINCT workspace FROM roles").fetchall()
    return [Workspace(row[0]) for row in rows]


def decide(
    db: Database,
    workspace: Workspace,
    given: Appointment,
    by: MemberRef | None,
    now: datetime,
) -> int:
    """Give or take a role, and note who did (nobody where it ended by itself); the note's id."""
    db.execute(
        "INSERT INTO roles (workspace, member, role, held, name) VALUES (?, ?, ?, ?, ?) "
        "ON CONFLICT DO UPDATE SET held = excluded.held, name = coalesce(excluded.name, name)",
        [workspace, given.member, given.role, int(given.held), given.name],
    )
    cursor = db.execute(
        "INSERT INTO role_history (workspace, member, role, held, by, at) "
        "VALUES (?, ?, ?, ?, ?, ?)",
        [workspace, given.member, given.role, int(given.held), by or "", now.isoformat()],
    )
    return int(cursor.lastrowid or 0)


def history(db: Database, workspace: Workspace) -> list[Decided]:
    """Everything that was decided in chat, the newest first."""
    rows = db.query("SELECT * FROM role_history WHERE workspace = ? ORDER BY id DESC", [workspace])
    return [_decided(row) for row in rows]


def decided(db: Database, workspace: Workspace, note: int) -> Decided | None:
    """One of them by its id."""
    rows = db.query("SELECT * FROM role_history WHERE workspace = ? AND id = ?", [workspace, note])
    return next(map(_decided, rows), None)


def set_away(
    db: Database, workspace: Workspace, member: MemberRef, until: date, now: datetime
) -> None:
    """Note until when somebody is away, that day included."""
    db.table("away").upsert(
        {
            "workspace": workspace,
            "member": member,
            "until": until.isoformat(),
            "at": now.isoformat(),
        },
        pk=("workspace", "member"),
    )


def set_back(db: Database, workspace: Workspace, member: MemberRef) -> None:
    """Somebody is back."""
    db.execute("DELETE FROM away WHERE workspace = ? AND member = ?", [workspace, member])


def away(db: Database, workspace: Workspace) -> dict[MemberRef, date]:
    """Until when each is away; past absences included."""
    rows = db.execute("SELECT member, until FROM away WHERE workspace = ?", [workspace]).fetchall()
    return {MemberRef(row[0]): date.fromisoformat(row[1]) for row in rows}


def stored(
    db: Database, workspace: Workspace, member: MemberRef
) -> dict[str, list[dict[str, Any]]]:
    """What is kept of somebody's roles."""
    where = {"role_history": "(member = :who OR by = :who)"}
    values = {"workspace": workspace, "who": member}
    return {
        table: list(
            db.query(
                f"SELECT * FROM {table} WHERE workspace = :workspace "
                f"AND {where.get(table, 'member = :who')} ORDER BY rowid",
                values,
            )
        )
        for table in ("roles", "role_history", "away")
    }


def erase(db: Database, workspace: Workspace, member: MemberRef) -> None:
    """Forget an absence, and who gave or took what; whoever holds a role keeps it.

    The chapter must know who answers for it; of somebody who no longer does, only that stays.
    """
    owned = [workspace, member]
    db.execute("DELETE FROM away WHERE workspace = ? AND member = ?", owned)
    db.execute("UPDATE role_history SET by = '' WHERE workspace = ? AND by = ?", owned)
    holds = "SELECT 1 FROM roles WHERE workspace = ? AND member = ? AND held = 1"
    if db.execute(holds, owned).fetchone() is None:
        db.execute("DELETE FROM role_history WHERE workspace = ? AND member = ?", owned)
        db.execute("UPDATE roles SET name = NULL WHERE workspace = ? AND member = ?", owned)


def _decided(row: dict[str, Any]) -> Decided:
    at = datetime.fromisoformat(row["at"])
    by = MemberRef(row["by"]) if row["by"] else None
    return Decided(row["id"], MemberRef(row["member"]), row["role"], bool(row["held"]), by, at)
