"""Who wants reminders, and each reminder: one row, sent once."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from sqlite_utils import Database

from bot.domain.identity import MemberRef, Workspace
from bot.domain.reminders import Reminder, State

_WAITS = "r.state IN ('planned', 'snoozed')"
# Nobody is reminded who has left; should they come back, what still helps is sent.
_HERE = (
    "NOT EXISTS (SELECT 1 FROM members m WHERE m.workspace = r.workspace "
    "AND m.member = r.member AND m.left_at IS NOT NULL)"
)


def wanted_since(db: Database, workspace: Workspace, member: MemberRef) -> datetime | None:
    """Since when the member wants reminders; None when they do not."""
    row = db.execute(
        "SELECT changed_at FROM reminder_settings WHERE workspace = ? AND member = ? "
        "AND wanted = 1",
        [workspace, member],
    ).fetchone()
    return datetime.fromisoformat(row[0]) if row else None


def set_wanted(
    db: Database, workspace: Workspace, member: MemberRef, wanted: bool, now: datetime
) -> bool:
    """Turn reminders on or off; False when they are so already."""
    cursor = db.execute(
        "INSERT INTO reminder_settings (workspace, member, wanted, changed_at) "
        "VALUES (?, ?, ?, ?) ON CONFLICT (workspace, member) DO UPDATE "
        "SET wanted = excluded.wanted, changed_at = excluded.changed_at "
        "WHERE wanted <> excluded.wanted",
        [workspace, member, int(wanted), now.isoformat()],
    )
    return cursor.rowcount == 1


def wanting(db: Database) -> list[tuple[Workspace, MemberRef]]:
    """Everybody who wants reminders, of every workspace."""
    rows = db.execute(
        f"SELECT r.workspace, r.member FROM reminder_settings r WHERE r.wanted = 1 AND {_HERE}"
    ).fetchall()
    return [(Workspace(workspace), MemberRef(member)) for workspace, member in rows]


def reminders_of(db: Database, workspace: Workspace, member: MemberRef) -> tuple[Reminder, ...]:
    """Every reminder of a member, in whatever state."""
    rows = db.query(
        "SELECT * FROM reminders WHERE workspace = ? AND member = ? ORDER BY id",
        [workspace, member],
    )
    return tuple(_reminders(rows))


def reminder_of(
    db: Database, workspace: Workspace, member: MemberRef, reminder: int
) -> Reminder | None:
    """One reminder of the member's own."""
    rows = db.query(
        "SELECT * FROM reminders WHERE workspace = ? AND member = ? AND id = ?",
        [workspace, member, reminder],
    )
    return next(_reminders(rows), None)


def put(
    db: Database, workspace: Workspace, member: MemberRef, reminder: Reminder, now: datetime
) -> None:
    """Keep a reminder that is to come; one that was sent or seen to stays as it is."""
    db.execute(
        "INSERT INTO reminders (workspace, member, subject, day, days_before, due_at, state, "
        "changed_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?) "
        "ON CONFLICT (workspace, member, subject, day, days_before) DO UPDATE "
        "SET due_at = excluded.due_at, state = excluded.state, changed_at = excluded.changed_at "
        "WHERE state IN ('planned', 'snoozed', 'superseded')",
        [
            *(workspace, member, reminder.subject, reminder.day.isoformat()),
            *(reminder.days_before, reminder.due_at.isoformat(), reminder.state, now.isoformat()),
        ],
    )


def move(db: Database, reminder: Reminder, due_at: datetime) -> None:
    """Have a reminder that waits come at another instant."""
    db.execute(
        f"UPDATE reminders AS r SET due_at = ? WHERE id = ? AND {_WAITS}",
        [due_at.isoformat(), reminder.id],
    )


def postpone(
    db: Database, workspace: Workspace, member: MemberRef, now: datetime, until: datetime
) -> None:
    """Have what is due for a member wait until then."""
    db.execute(
        "UPDATE reminders AS r SET due_at = ? WHERE workspace = ? AND member = ? "
        f"AND due_at <= ? AND {_WAITS}",
        [until.isoformat(), workspace, member, now.isoformat()],
    )


def change(db: Database, reminder: Reminder, state: State, now: datetime) -> bool:
    """Compare and set; False when the reminder no longer waits."""
    cursor = db.execute(
        f"UPDATE reminders AS r SET state = ?, changed_at = ? WHERE id = ? AND {_WAITS}",
        [state, now.isoformat(), reminder.id],
    )
    return cursor.rowcount == 1


def drop(db: Database, reminder: Reminder) -> None:
    """Take out a reminder that waits for what no longer is."""
    db.execute(f"DELETE FROM reminders AS r WHERE id = ? AND {_WAITS}", [reminder.id])


def see_to(
    db: Database, workspace: Workspace, member: MemberRef, reminder: Reminder, now: datetime
) -> None:
    """The date of this reminder is taken care of: neither it nor another of the date comes."""
    db.execute(
        "UPDATE reminders AS r SET state = 'done', changed_at = ? WHERE workspace = ? "
        f"AND member = ? AND subject = ? AND day = ? AND (id = ? OR {_WAITS})",
        [
            *(now.isoformat(), workspace, member),
            *(reminder.subject, reminder.day.isoformat(), reminder.id),
        ],
    )


def drop_all(db: Database, workspace: Workspace, member: MemberRef) -> None:
    """Take out everything of a member that is to come; what was sent or seen to stays known."""
    db.execute(
        f"DELETE FROM reminders AS r WHERE workspace = ? AND member = ? AND {_WAITS}",
        [workspace, member],
    )


def members_due(db: Database, now: datetime, limit: int) -> list[tuple[Workspace, MemberRef]]:
    """Whose reminders are due, the longest waiting first."""
    rows = db.execute(
        f"SELECT r.workspace, r.member FROM reminders r WHERE {_WAITS} AND r.due_at <= ? "
        f"AND {_HERE} GROUP BY r.workspace, r.member ORDER BY min(r.due_at) LIMIT ?",
        [now.isoformat(), limit],
    ).fetchall()
    return [(Workspace(workspace), MemberRef(member)) for workspace, member in rows]


def next_due(db: Database) -> datetime | None:
    """When the next reminder is due, of whomever."""
    row = db.execute(f"SELECT min(r.due_at) FROM reminders r WHERE {_WAITS} AND {_HERE}").fetchone()
    return datetime.fromisoformat(row[0]) if row[0] else None


def counts(db: Database, now: datetime, missed_before: datetime) -> tuple[int, int, int]:
    """How many wait, how many of them are due, and how many were to come long ago.

    What was postponed after a fault is not due just now, and is missed all the same.
    """
    row = db.execute(
        "SELECT count(*), count(*) FILTER (WHERE r.due_at <= ?), "
        "count(*) FILTER (WHERE r.due_at < ? "
        "OR date(r.day, '-' || r.days_before || ' days') < ?) "
        f"FROM reminders r WHERE {_WAITS} AND {_HERE}",
        [now.isoformat(), missed_before.isoformat(), missed_before.date().isoformat()],
    ).fetchone()
    return int(row[0]), int(row[1]), int(row[2])


def forget_past(db: Database, before: date) -> int:
    """Retention: forget the reminders of dates before this day; how many there were."""
    cursor = db.execute("DELETE FROM reminders WHERE day < ?", [before.isoformat()])
    return cursor.rowcount


def stored(
    db: Database, workspace: Workspace, member: MemberRef
) -> dict[str, list[dict[str, Any]]]:
    """Every row about a member, by table."""
    return {
        table: list(
            db.query(
                f"SELECT * FROM {table} WHERE workspace = ? AND member = ?", [workspace, member]
            )
        )
        for table in ("reminder_settings", "reminders")
    }


def erase(db: Database, workspace: Workspace, member: MemberRef) -> None:
    """Forget that the member wanted reminders, and which they had."""
    for table in ("reminder_settings", "reminders"):
        db.execute(f"DELETE FROM {table} WHERE workspace = ? AND member = ?", [workspace, member])


def _reminders(rows: Iterator[dict[str, Any]]) -> Iterator[Reminder]:
    for row in rows:
        yield Reminder(
            subject=row["subject"],
            day=date.fromisoformat(row["day"]),
            days_before=row["days_before"],
            due_at=datetime.fromisoformat(row["due_at"]),
            state=row["state"],
            id=row["id"],
        )
