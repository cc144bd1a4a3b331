"""Who has met the bot."""

from datetime import datetime
from typing import Any

from sqlite_utils import Database

from bot.domain.identity import ConversationRef, MemberRef, Workspace


def meet(db: Database, workspace: Workspace, member: MemberRef, now: datetime) -> None:
    """Note that this member has been here."""
    db.execute(
        "INSERT INTO members (workspace, member, first_seen, last_seen) VALUES (?, ?, ?, ?) "
        "ON CONFLICT DO UPDATE SET last_seen = excluded.last_seen",
        [workspace, member, now.isoformat(), now.isoformat()],
    )


def is_known(db: Database, workspace: Workspace, member: MemberRef) -> bool:
    """Whether this member has been here, and was not erased since."""
    found = db.execute(
        "SELECT 1 FROM members WHERE workspace = ? AND member = ?", [workspace, member]
    ).fetchone()
    return found is not None


def welcome_once(db: Database, workspace: Workspace, member: MemberRef, now: datetime) -> bool:
    """True the first time; the member is welcomed from then on."""
    meet(db, workspace, member, now)
    cursor = db.execute(
        "UPDATE members SET welcomed_at = ? WHERE workspace = ? AND member = ? "
        "AND welcomed_at IS NULL",
        [now.isoformat(), workspace, member],
    )
    return cursor.rowcount == 1


def time_zone_of(db: Database, workspace: Workspace, member: MemberRef) -> str | None:
    """The name of the member's time zone as last heard; None when it was never told."""
    for row in db.query(
        "SELECT time_zone FROM members WHERE workspace = ? AND member = ?", [workspace, member]
    ):
        return row["time_zone"] or None
    return None


def set_time_zone(db: Database, workspace: Workspace, member: MemberRef, zone: str | None) -> bool:
    """Keep the name of a known member's time zone; False when it is that already."""
    cursor = db.execute(
        "UPDATE members SET time_zone = ? WHERE workspace = ? AND member = ? "
        "AND time_zone IS NOT ?",
        [zone, workspace, member, zone],
    )
    return cursor.rowcount == 1


def present(db: Database, workspace: Workspace) -> tuple[MemberRef, ...]:
    """Everybody who has met the bot and has not left."""
    rows = db.execute(
        "SELECT member FROM members WHERE workspace = ? AND left_at IS NULL ORDER BY member",
        [workspace],
    ).fetchall()
    return tuple(MemberRef(row[0]) for row in rows)


def writes_in(
    db: Database,
    workspace: Workspace,
    member: MemberRef,
    direct: ConversationRef,
    now: datetime,
) -> None:
    """Note where the member's own conversation with the bot is."""
    meet(db, workspace, member, now)
    db.execute(
        "UPDATE members SET direct = ? WHERE workspace = ? AND member = ? AND direct IS NOT ?",
        [direct, workspace, member, direct],
    )


def leave(db: Database, workspace: Workspace, member: MemberRef, now: datetime) -> None:
    """Note that a member has left; the first time counts until they are back."""
    db.execute(
        "INSERT INTO members (workspace, member, first_seen, left_at) VALUES (?, ?, ?, ?) "
        "ON CONFLICT DO UPDATE SET left_at = coalesce(left_at, excluded.left_at)",
        [workspace, member, now.isoformat(), now.isoformat()],
    )


def come_back(db: Database, workspace: Workspace, member: MemberRef) -> None:
    """Note that a member is here again."""
    db.execute(
        "UPDATE members SET left_at = NULL WHERE workspace = ? AND member = ?", [workspace, member]
    )


def gone(db: Database, workspace: Workspace) -> frozenset[MemberRef]:
    """Everybody known to have left."""
    rows = db.execute(
        "SELECT member FROM members WHERE workspace = ? AND left_at IS NOT NULL", [workspace]
    ).fetchall()
    return frozenset(MemberRef(row[0]) for row in rows)


def gone_everywhere(db: Database) -> dict[Workspace, frozenset[MemberRef]]:
    """Everybody known to have left, by workspace."""
    rows = db.execute("SELECT DISTINCT workspace FROM members WHERE left_at IS NOT NULL").fetchall()
    return {Workspace(row[0]): gone(db, Workspace(row[0])) for row in rows}


def left_before(db: Database, workspace: Workspace, moment: datetime) -> tuple[MemberRef, ...]:
    """Members who left before that moment."""
    rows = db.execute(
        "SELECT member FROM members WHERE workspace = ? AND left_at < ? ORDER BY member",
        [workspace, moment.isoformat()],
    ).fetchall()
    return tuple(MemberRef(row[0]) for row in rows)


def stored(
    db: Database, workspace: Workspace, member: MemberRef
) -> dict[str, list[dict[str, Any]]]:
    """Since when the member is known, and their time zone."""
    owned = "SELECT * FROM members WHERE workspace = ? AND member = ?"
    return {"members": list(db.query(owned, [workspace, member]))}


def erase(db: Database, workspace: Workspace, member: MemberRef) -> None:
    """Forget that the member has been here."""
    db.execute("DELETE FROM members WHERE workspace = ? AND member = ?", [workspace, member])
