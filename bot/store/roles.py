"""Roles that were given or taken in chat, what became of them, and who is away."""

from datetime import date, datetime
from typing import Any

from sqlite_utils import Database

from bot.domain.identity import MemberRef, Workspace
from bot.domain.roles import Appointment, Role


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
    by: MemberRef,
    now: datetime,
) -> None:
    """Give or take a role, and note who did."""
    db.execute(
        "INSERT INTO roles (workspace, member, role, held, name) VALUES (?, ?, ?, ?, ?) "
        "ON CONFLICT DO UPDATE SET held = excluded.held, name = coalesce(excluded.name, name)",
        [workspace, given.member, given.role, int(given.held), given.name],
    )
    db.execute(
        "INSERT INTO role_history (workspace, member, role, held, by, at) "
        "VALUES (?, ?, ?, ?, ?, ?)",
        [workspace, given.member, given.role, int(given.held), by, now.isoformat()],
    )


def history(db: Database, workspace: Workspace) -> list[tuple[MemberRef, Role, bool, str, str]]:
    """Member, role, whether it was given, by whom and when; the newest first."""
    rows = db.execute(
        "SELECT member, role, held, by, at FROM role_history WHERE workspace = ? ORDER BY id DESC",
        [workspace],
    ).fetchall()
    return [(MemberRef(row[0]), row[1], bool(row[2]), row[3], row[4]) for row in rows]


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
    where = "workspace = ? AND member = ?"
    return {
        table: list(
            db.query(f"SELECT * FROM {table} WHERE {where} ORDER BY rowid", [workspace, member])
        )
        for table in ("roles", "role_history", "away")
    }


def erase(db: Database, workspace: Workspace, member: MemberRef) -> None:
    """Forget an absence; roles stay, as the chapter must know who answers for it."""
    db.execute("DELETE FROM away WHERE workspace = ? AND member = ?", [workspace, member])
