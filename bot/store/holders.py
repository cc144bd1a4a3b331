"""Members who say that they hold the CLM."""

from datetime import date, datetime
from typing import Any

from sqlite_utils import Database

from bot.domain.identity import MemberRef, Workspace
from bot.domain.recertification import Holder

_OF = "WHERE workspace = ? AND member = ?"


def holder_of(db: Database, workspace: Workspace, member: MemberRef) -> Holder | None:
    """What a member said of holding the CLM; None when they do not hold it, or never said."""
    for row in db.query(f"SELECT * FROM holders {_OF}", [workspace, member]):
        ends = date.fromisoformat(row["cycle_ends"]) if row["cycle_ends"] else None
        return Holder(row["season"], ends, bool(row["retired"]))
    return None


def keep(
    db: Database, workspace: Workspace, member: MemberRef, holder: Holder, now: datetime
) -> None:
    """Keep what a member said, in place of what they said before."""
    db.table("holders").upsert(
        {
            "workspace": workspace,
            "member": member,
            "season": holder.passed,
            "cycle_ends": holder.cycle_ends.isoformat() if holder.cycle_ends else "",
            "retired": int(holder.retired),
            "told_at": now.isoformat(),
        },
        pk=("workspace", "member"),
    )


def erase(db: Database, workspace: Workspace, member: MemberRef) -> None:
    """Forget that a member holds the CLM."""
    db.execute(f"DELETE FROM holders {_OF}", [workspace, member])


def stored(
    db: Database, workspace: Workspace, member: MemberRef
) -> dict[str, list[dict[str, Any]]]:
    """Every row about a member, by table."""
    return {"holders": list(db.query(f"SELECT * FROM holders {_OF}", [workspace, member]))}
