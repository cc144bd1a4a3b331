"""What members let the chair see of how far they are."""

from datetime import datetime
from typing import Any

from sqlite_utils import Database

from bot.domain.identity import MemberRef, Workspace
from bot.domain.sharing import Shared

_OF = "WHERE workspace = ? AND member = ?"


def agree(
    db: Database, workspace: Workspace, member: MemberRef, what: Shared, now: datetime
) -> None:
    """Note that a member agreed; the first time counts until they take it back."""
    db.execute(
        "INSERT INTO sharing (workspace, member, what, at) VALUES (?, ?, ?, ?) "
        "ON CONFLICT DO NOTHING",
        [workspace, member, what, now.isoformat()],
    )


def take_back(db: Database, workspace: Workspace, member: MemberRef, what: Shared) -> None:
    """Note that a member agrees no longer."""
    db.execute(f"DELETE FROM sharing {_OF} AND what = ?", [workspace, member, what])


def agrees(db: Database, workspace: Workspace, member: MemberRef, what: Shared) -> bool:
    """Whether a member agrees now."""
    found = db.execute(f"SELECT 1 FROM sharing {_OF} AND what = ?", [workspace, member, what])
    return found.fetchone() is not None


def agreed_at(
    db: Database, workspace: Workspace, member: MemberRef, what: Shared
) -> datetime | None:
    """Since when a member agrees; None when they do not."""
    row = db.execute(
        f"SELECT at FROM sharing {_OF} AND what = ?", [workspace, member, what]
    ).fetchone()
    return datetime.fromisoformat(row[0]) if row else None


def agreeing(db: Database, workspace: Workspace, what: Shared) -> tuple[MemberRef, ...]:
    """Everybody who agrees and has not left, whoever agreed first first."""
    rows = db.execute(
        "SELECT s.member FROM sharing s LEFT JOIN members m "
        "ON m.workspace = s.workspace AND m.member = s.member "
        "WHERE s.workspace = ? AND s.what = ? AND m.left_at IS NULL ORDER BY s.at, s.member",
        [workspace, what],
    ).fetchall()
    return tuple(MemberRef(row[0]) for row in rows)


def stored(
    db: Database, workspace: Workspace, member: MemberRef
) -> dict[str, list[dict[str, Any]]]:
    """Every row about a member, by table."""
    return {"sharing": list(db.query(f"SELECT * FROM sharing {_OF}", [workspace, member]))}


def erase(db: Database, workspace: Workspace, member: MemberRef) -> None:
    """Forget what a member agreed to."""
    db.execute(f"DELETE FROM sharing {_OF}", [workspace, member])
