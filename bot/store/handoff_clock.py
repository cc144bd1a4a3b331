"""Which alarms a waiting ticket has set off, how long answers took, and what the desk can reach."""

from datetime import datetime
from typing import Any

from sqlite_utils import Database

from bot.domain.handoff_clock import Alarm
from bot.domain.identity import MemberRef, Workspace

_OPEN = "t.state NOT IN ('closed', 'withdrawn')"
_TIMED = f"{_OPEN} AND (t.waiting_since IS NOT NULL OR t.snoozed_until IS NOT NULL)"


def timed(db: Database) -> list[tuple[Workspace, MemberRef]]:
    """Whose open requests wait for the desk or were put off, of every workspace, oldest first."""
    rows = db.execute(
        f"SELECT t.workspace, t.member FROM tickets t WHERE {_TIMED} ORDER BY t.id"
    ).fetchall()
    return [(Workspace(workspace), MemberRef(member)) for workspace, member in rows]


def rung(db: Database, ticket: int, since: datetime) -> dict[Alarm, datetime]:
    """When each alarm of one wait sounded."""
    rows = db.execute(
        "SELECT what, at FROM ticket_alarms WHERE ticket = ? AND since = ?",
        [ticket, since.isoformat()],
    ).fetchall()
    return {what: datetime.fromisoformat(at) for what, at in rows}


def ring(db: Database, ticket: int, alarm: Alarm, since: datetime, now: datetime) -> bool:
    """Note that an alarm sounds; False when it did before, whatever the clock says now."""
    cursor = db.execute(
        "INSERT INTO ticket_alarms (ticket, what, since, at) VALUES (?, ?, ?, ?) "
        "ON CONFLICT DO NOTHING",
        [ticket, alarm, since.isoformat(), now.isoformat()],
    )
    return cursor.rowcount == 1


def first_answers(
    db: Database, workspace: Workspace, limit: int
) -> list[tuple[datetime, datetime | None, MemberRef | None]]:
    """Of the newest closed tickets: when each was sent, first answered, and by whom."""
    rows = db.execute(
        "SELECT t.created_at, h.at, h.who FROM tickets t LEFT JOIN ticket_history h ON h.id = "
        "(SELECT min(a.id) FROM ticket_history a WHERE a.ticket = t.id AND a.what = 'answered') "
        "WHERE t.workspace = ? AND t.state = 'closed' "
        "ORDER BY coalesce(t.closed_at, t.changed_at) DESC, t.id DESC LIMIT ?",
        [workspace, limit],
    ).fetchall()
    return [
        (
            datetime.fromisoformat(sent),
            datetime.fromisoformat(at) if at else None,
            MemberRef(who) if who else None,
        )
        for sent, at, who in rows
    ]


def open_counts(db: Database) -> tuple[int, int, datetime | None]:
    """How many requests are open, how many of them wait for the desk, and since when the first."""
    row = db.execute(
        "SELECT count(*), count(t.waiting_since), min(t.waiting_since) FROM tickets t "
        f"WHERE {_OPEN}"
    ).fetchone()
    return int(row[0]), int(row[1]), datetime.fromisoformat(row[2]) if row[2] else None


def without_reach(db: Database) -> int:
    """How many open requests nobody has: every card that was tried has failed, or none was."""
    row = db.execute(
        f"SELECT count(*) FROM tickets t WHERE {_OPEN} AND NOT EXISTS "
        "(SELECT 1 FROM ticket_cards c WHERE c.ticket = t.id AND c.state <> 'failed')"
    ).fetchone()
    return int(row[0])


def lost_holders(db: Database) -> dict[MemberRef, int]:
    """Who of the desk could not be given an open request, and how many of them."""
    rows = db.execute(
        f"SELECT c.holder, count(*) FROM ticket_cards c JOIN tickets t ON t.id = c.ticket "
        f"WHERE {_OPEN} AND c.state = 'failed' GROUP BY c.holder ORDER BY c.holder"
    ).fetchall()
    return {MemberRef(holder): int(number) for holder, number in rows}


def failed_kinds(db: Database) -> list[tuple[str, str, int]]:
    """Kind, reason and number of the notices that never will be delivered."""
    rows: list[Any] = db.execute(
        "SELECT kind, coalesce(reason, ''), count(*) FROM outbox WHERE state = 'failed' "
        "GROUP BY kind, reason ORDER BY count(*) DESC, kind"
    ).fetchall()
    return [(kind, reason, int(number)) for kind, reason, number in rows]
