"""How much waits at the desk."""

from datetime import datetime

from sqlite_utils import Database

from bot.domain.identity import MemberRef, Workspace

_OPEN = "workspace = ? AND state NOT IN ('closed', 'withdrawn')"


def open_requests(db: Database, workspace: Workspace) -> int:
    """How many requests have not ended."""
    return _count(db, f"SELECT count(*) FROM tickets WHERE {_OPEN}", workspace)


def waiting_on(db: Database, workspace: Workspace, who: MemberRef, now: datetime) -> int:
    """How many of them wait for the desk where it is this person's turn: they have taken it up,
    or nobody has and they hold its card. What is put off waits for nobody."""
    return _count(
        db,
        f"SELECT count(*) FROM tickets WHERE {_OPEN} AND waiting_since IS NOT NULL "
        "AND (snoozed_until IS NULL OR snoozed_until <= ?) "
        "AND (claimed_by = ? OR (claimed_by IS NULL "
        "AND id IN (SELECT ticket FROM ticket_cards WHERE holder = ?)))",
        workspace,
        now.isoformat(),
        who,
        who,
    )


def claimed_by(db: Database, workspace: Workspace, who: MemberRef) -> int:
    """How many open requests somebody has taken up."""
    sql = f"SELECT count(*) FROM tickets WHERE {_OPEN} AND claimed_by = ?"
    return _count(db, sql, workspace, who)


def notes_of(db: Database, workspace: Workspace, who: MemberRef) -> int:
    """How many notes somebody has made on open requests."""
    sql = (
        "SELECT count(*) FROM ticket_notes n JOIN tickets t ON t.id = n.ticket "
        f"WHERE t.{_OPEN} AND n.author = ?"
    )
    return _count(db, sql, workspace, who)


def drafts_of(db: Database, workspace: Workspace, who: MemberRef) -> int:
    """How many answers somebody has begun to write."""
    return _count(
        db,
        "SELECT count(*) FROM entry_drafts WHERE workspace = ? AND author = ?",
        workspace,
        who,
    )


def _count(db: Database, sql: str, *values: str) -> int:
    return int(db.execute(sql, values).fetchone()[0])
