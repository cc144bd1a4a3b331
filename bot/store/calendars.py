"""Who was given which date for their calendar."""

import json
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from sqlite_utils import Database

from bot.domain.calendars import Given
from bot.domain.identity import MemberRef, Workspace

_OF = "WHERE workspace = ? AND member = ?"


def given_to(db: Database, workspace: Workspace, member: MemberRef) -> tuple[Given, ...]:
    """Every event that a member has."""
    rows = db.query(f"SELECT * FROM calendars {_OF} ORDER BY subject", [workspace, member])
    return tuple(_given(rows))


def given_of(db: Database, workspace: Workspace, member: MemberRef, subject: str) -> Given | None:
    """One event of a member; None when they do not have it."""
    rows = db.query(f"SELECT * FROM calendars {_OF} AND subject = ?", [workspace, member, subject])
    return next(_given(rows), None)


def keep(
    db: Database, workspace: Workspace, member: MemberRef, given: Given, now: datetime
) -> None:
    """Keep an event in place of what it was."""
    packed = {
        "kind": given.kind,
        "season": given.season,
        "days": [day.isoformat() if day else None for day in given.days],
    }
    db.execute(
        "INSERT INTO calendars (workspace, member, subject, dates, sequence, at) "
        "VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (workspace, member, subject) DO UPDATE SET "
        "dates = excluded.dates, sequence = excluded.sequence, at = excluded.at",
        [workspace, member, given.subject, json.dumps(packed), given.sequence, now.isoformat()],
    )


def all_holders(db: Database) -> tuple[tuple[Workspace, MemberRef], ...]:
    """Everybody who has an event and has not left, with their workspace."""
    rows = db.query(
        "SELECT DISTINCT c.workspace, c.member FROM calendars c WHERE NOT EXISTS (SELECT 1 "
        "FROM members m WHERE m.workspace = c.workspace AND m.member = c.member "
        "AND m.left_at IS NOT NULL) ORDER BY c.workspace, c.member"
    )
    return tuple((Workspace(row["workspace"]), MemberRef(row["member"])) for row in rows)


def count_with(db: Database, workspace: Workspace, season: str) -> int:
    """How many members have a date of a season."""
    row = db.execute(
        "SELECT count(DISTINCT member) FROM calendars WHERE workspace = ? "
        "AND json_extract(dates, '$.season') = ?",
        [workspace, season],
    ).fetchone()
    return int(row[0])


def erase(db: Database, workspace: Workspace, member: MemberRef) -> None:
    """Forget what a member was given."""
    db.execute(f"DELETE FROM calendars {_OF}", [workspace, member])


def stored(
    db: Database, workspace: Workspace, member: MemberRef
) -> dict[str, list[dict[str, Any]]]:
    """Every row about a member, by table."""
    return {"calendars": list(db.query(f"SELECT * FROM calendars {_OF}", [workspace, member]))}


def _given(rows: Iterator[dict[str, Any]]) -> Iterator[Given]:
    for row in rows:
        packed = json.loads(row["dates"])
        days = tuple(date.fromisoformat(day) if day else None for day in packed["days"])
        yield Given(row["subject"], packed["kind"], packed["season"], days)
