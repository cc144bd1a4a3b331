"""The day on which each member wants to apply."""

from datetime import date, datetime
from typing import Any

from sqlite_utils import Database

from bot.domain.identity import MemberRef, Workspace


def plan_of(db: Database, workspace: Workspace, member: MemberRef) -> date | None:
    """The day that the member chose; None when they never chose one."""
    for row in db.query(
        "SELECT apply_on FROM plans WHERE workspace = ? AND member = ?", [workspace, member]
    ):
        return date.fromisoformat(row["apply_on"])
    return None


def keep_plan(
    db: Database, workspace: Workspace, member: MemberRef, apply_on: date, now: datetime
) -> bool:
    """Keep the day in place of any before; False when it was the same day already."""
    if plan_of(db, workspace, member) == apply_on:
        return False
    db.execute(
        "INSERT INTO plans (workspace, member, apply_on, set_at) VALUES (?, ?, ?, ?) "
        "ON CONFLICT (workspace, member) DO UPDATE SET apply_on = excluded.apply_on, "
        "set_at = excluded.set_at",
        [workspace, member, apply_on.isoformat(), now.isoformat()],
    )
    return True


def drop_plan(db: Database, workspace: Workspace, member: MemberRef) -> bool:
    """Forget the day; False when there was none."""
    cursor = db.execute("DELETE FROM plans WHERE workspace = ? AND member = ?", [workspace, member])
    return cursor.rowcount == 1


def erase(db: Database, workspace: Workspace, member: MemberRef) -> None:
    """Forget the member's plan."""
    drop_plan(db, workspace, member)


def stored(
    db: Database, workspace: Workspace, member: MemberRef
) -> dict[str, list[dict[str, Any]]]:
    """Everything kept of the member's plan, by table."""
    rows = db.query("SELECT * FROM plans WHERE workspace = ? AND member = ?", [workspace, member])
    return {"plans": list(rows)}
