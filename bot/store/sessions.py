"""Educational sessions of the chapter, and who says that they attended."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlite_utils import Database

from bot.domain.identity import ConversationRef, MemberRef, Workspace
from bot.domain.sessions import Attendance, Details, Mark, Session, State


def added(
    db: Database,
    workspace: Workspace,
    details: Details,
    place: ConversationRef,
    by: MemberRef,
    form: str,
    now: datetime,
) -> int | None:
    """Keep a new session and return its id; None when `form`, the window it came from, was used."""
    cursor = db.execute(
        "INSERT INTO sessions (workspace, version, title, day, minutes, kind, category, subject, "
        "state, place, by, form, created_at, changed_at) "
        "VALUES (?, 1, ?, ?, ?, ?, ?, ?, 'open', ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
        [workspace, *_values(details), place, by, form, now.isoformat(), now.isoformat()],
    )
    return int(cursor.lastrowid or 0) if cursor.rowcount == 1 else None


def get(db: Database, workspace: Workspace, session: int) -> Session | None:
    """A session of this workspace."""
    return _one(db, "WHERE workspace = ? AND id = ?", [workspace, session])


def from_form(db: Database, workspace: Workspace, form: str) -> Session | None:
    """The session that a window has made."""
    return _one(db, "WHERE workspace = ? AND form = ?", [workspace, form])


def twin_of(
    db: Database, workspace: Workspace, place: ConversationRef, details: Details
) -> Session | None:
    """A session of the same title and day that stands in the same channel."""
    return _one(
        db,
        "WHERE workspace = ? AND place = ? AND title = ? AND day = ? AND state <> 'cancelled'",
        [workspace, place, details.title, details.day.isoformat()],
    )


def to_decide(db: Database, workspace: Workspace, today: date) -> tuple[int, ...]:
    """Sessions that are still to come, or on which somebody waits to be confirmed."""
    rows = db.execute(
        "SELECT id FROM sessions s WHERE workspace = ? AND state <> 'cancelled' AND (day >= ? OR "
        "EXISTS (SELECT 1 FROM attendances a WHERE a.session = s.id AND a.state = 'noted')) "
        "ORDER BY day, id",
        [workspace, today.isoformat()],
    ).fetchall()
    return tuple(int(row[0]) for row in rows)


def changed(db: Database, session: Session, now: datetime) -> bool:
    """Compare and set, by version; False when the session has changed meanwhile or is gone."""
    cursor = db.execute(
        "UPDATE sessions SET version = version + 1, title = ?, day = ?, minutes = ?, kind = ?, "
        "category = ?, subject = ?, state = ?, changed_at = ? WHERE id = ? AND version = ?",
        [
            *_values(session.details),
            session.state,
            now.isoformat(),
            session.id,
            session.version,
        ],
    )
    return cursor.rowcount == 1


def set_state(db: Database, session: int, state: State) -> None:
    """Note whether the card stands; no change of the session itself."""
    db.execute("UPDATE sessions SET state = ? WHERE id = ?", [state, session])


def attendances(db: Database, session: int) -> tuple[Attendance, ...]:
    """Who says that they attended, the longest wait first."""
    rows = db.execute(
        "SELECT member, state, at FROM attendances WHERE session = ? ORDER BY at, rowid", [session]
    ).fetchall()
    return tuple(Attendance(*row) for row in rows)


def attendance_of(db: Database, session: int, member: MemberRef) -> Attendance | None:
    """One member's attendance."""
    row = db.execute(
        "SELECT member, state, at FROM attendances WHERE session = ? AND member = ?",
        [session, member],
    ).fetchone()
    return Attendance(*row) if row else None


def noted(
    db: Database, workspace: Workspace, session: int, member: MemberRef, now: datetime
) -> bool:
    """Note that a member says they attended; False when something is noted already."""
    cursor = db.execute(
        "INSERT INTO attendances (session, workspace, member, state, at) "
        "VALUES (?, ?, ?, 'noted', ?) ON CONFLICT DO NOTHING",
        [session, workspace, member, now.isoformat()],
    )
    return cursor.rowcount == 1


def undone(db: Database, session: int, member: MemberRef) -> bool:
    """Forget what a member said, while nobody has decided on it."""
    cursor = db.execute(
        "DELETE FROM attendances WHERE session = ? AND member = ? AND state = 'noted'",
        [session, member],
    )
    return cursor.rowcount == 1


def mark(db: Database, session: int, member: MemberRef, to: Mark, now: datetime) -> None:
    """What an attendance has come to."""
    db.execute(
        "UPDATE attendances SET state = ?, at = ? WHERE session = ? AND member = ?",
        [to, now.isoformat(), session, member],
    )


def holders(db: Database, workspace: Workspace, slot: str) -> tuple[MemberRef, ...]:
    """In whose conversations a slot stands."""
    rows = db.execute(
        "SELECT recipient FROM receipts WHERE workspace = ? AND slot = ?", [workspace, slot]
    ).fetchall()
    return tuple(MemberRef(row[0]) for row in rows)


def erase(db: Database, workspace: Workspace, member: MemberRef) -> tuple[int, ...]:
    """Forget a member; confirmed attendances stay as a count. Returns the sessions touched."""
    rows = db.execute(
        "SELECT session FROM attendances WHERE workspace = ? AND member = ? "
        "UNION SELECT id FROM sessions WHERE workspace = ? AND by = ?",
        [workspace, member, workspace, member],
    ).fetchall()
    db.execute(
        "UPDATE sessions SET erased = erased + 1 WHERE id IN (SELECT session FROM attendances "
        "WHERE workspace = ? AND member = ? AND state = 'confirmed')",
        [workspace, member],
    )
    db.execute("DELETE FROM attendances WHERE workspace = ? AND member = ?", [workspace, member])
    db.execute("UPDATE sessions SET by = '' WHERE workspace = ? AND by = ?", [workspace, member])
    return tuple(int(row[0]) for row in rows)


def stored(
    db: Database, workspace: Workspace, member: MemberRef
) -> dict[str, list[dict[str, Any]]]:
    """Every row about a member: sessions that they say they attended, or that they announced."""
    said = db.query(
        "SELECT s.title, s.day, a.state, a.at FROM attendances a JOIN sessions s "
        "ON s.id = a.session WHERE a.workspace = ? AND a.member = ? ORDER BY s.day, s.id",
        [workspace, member],
    )
    announced = db.query(
        "SELECT title, day, minutes, kind, category, subject, state, created_at FROM sessions "
        "WHERE workspace = ? AND by = ? ORDER BY day, id",
        [workspace, member],
    )
    return {"attendances": list(said), "sessions": list(announced)}


def _values(details: Details) -> list[Any]:
    return [
        details.title,
        details.day.isoformat(),
        details.minutes,
        details.kind,
        details.category,
        details.subject,
    ]


def _one(db: Database, where: str, given: Sequence[Any]) -> Session | None:
    row = next(iter(db.query(f"SELECT * FROM sessions {where} ORDER BY id LIMIT 1", given)), None)
    if row is None:
        return None
    return Session(
        id=row["id"],
        version=row["version"],
        details=Details(
            title=row["title"],
            day=date.fromisoformat(row["day"]),
            minutes=row["minutes"],
            kind=row["kind"],
            category=row["category"],
            subject=row["subject"],
        ),
        state=row["state"],
        place=ConversationRef(row["place"]),
        by=MemberRef(row["by"]),
        erased=row["erased"],
    )
