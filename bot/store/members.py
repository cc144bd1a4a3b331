"""Who has met the bot."""

from datetime import datetime

from sqlite_utils import Database

from bot.domain.identity import MemberRef, Workspace


def meet(db: Database, workspace: Workspace, member: MemberRef, now: datetime) -> None:
    """Note that this member has been here."""
    db.execute(
        "INSERT INTO members (workspace, member, first_seen) VALUES (?, ?, ?) "
        "ON CONFLICT DO NOTHING",
        [workspace, member, now.isoformat()],
    )


def welcome_once(db: Database, workspace: Workspace, member: MemberRef, now: datetime) -> bool:
    """True the first time; the member is welcomed from then on."""
    meet(db, workspace, member, now)
    cursor = db.execute(
        "UPDATE members SET welcomed_at = ? WHERE workspace = ? AND member = ? "
        "AND welcomed_at IS NULL",
        [now.isoformat(), workspace, member],
    )
    return cursor.rowcount == 1


def erase(db: Database, workspace: Workspace, member: MemberRef) -> None:
    """Forget that the member has been here."""
    db.execute("DELETE FROM members WHERE workspace = ? AND member = ?", [workspace, member])
