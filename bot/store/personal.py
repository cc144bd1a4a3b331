"""Whose data a database holds, whichever tables it has."""

from collections.abc import Iterator
from datetime import datetime

from sqlite_utils import Database

from bot.domain.identity import MemberRef, Workspace

NAMING = ("member", "recipient", "author", "who", "holder", "by", "claimed_by")
"""The columns that name somebody."""

IN_OFFICE = (
    ("tickets", "claimed_by"),
    ("ticket_cards", "holder"),
    ("ticket_history", "who"),
    ("ticket_messages", "author"),
    ("ticket_notes", "author"),
    ("sessions", "by"),
    ("seasons", "by"),
    ("season_history", "by"),
    ("revisions", "by"),
    ("roles", "member"),
    ("role_history", "member"),
    ("role_history", "by"),
    ("handovers", "member"),
    ("handovers", "by"),
    ("away", "member"),
)
"""What somebody did for the chapter, for others. Of a request it stays until that goes; sessions,
seasons and edits of entries lose the name when its bearer erases their data. A role stays with
whoever holds it, so that the chapter knows who answers for it."""

_TIMES = ("last_seen", "first_seen", "created_at", "changed_at", "told_at", "set_at", "at")
_UNHEARD = frozenset(
    "outbox receipts reminders calendars ticket_cards ticket_history ticket_messages "
    "role_history handovers".split()
)
"""Times of these tables are the bot's or the chair's doing and no sign of a member."""


def naming_columns(db: Database) -> tuple[tuple[str, str], ...]:
    """Every (table, column) that names somebody."""
    return tuple(
        (table, column)
        for table in _tables(db)
        for column in _columns(db, table)
        if column in NAMING
    )


def members_in(db: Database, workspace: Workspace) -> tuple[MemberRef, ...]:
    """Everybody of a workspace whom the database names, wherever."""
    found: set[str] = set()
    for table, column in naming_columns(db):
        rows = db.execute(
            f"SELECT DISTINCT [{column}] FROM [{table}] WHERE [{column}] GLOB ?", [f"{workspace}:*"]
        ).fetchall()
        found |= {row[0] for row in rows}
    return tuple(MemberRef(one) for one in sorted(found))


def workspaces_in(db: Database) -> tuple[Workspace, ...]:
    """Every workspace that the database has anything of."""
    found: set[str] = set()
    for table in _of_workspaces(db):
        found |= {row[0] for row in db.execute(f"SELECT DISTINCT workspace FROM [{table}]")}
    return tuple(Workspace(one) for one in sorted(found) if one)


def in_office(db: Database, workspace: Workspace, member: MemberRef) -> int:
    """How many rows say that somebody acted for the chapter, for others."""
    known = set(naming_columns(db))
    own = "SELECT id FROM tickets WHERE workspace = ? AND member = ?"
    number = 0
    for table, column in IN_OFFICE:
        if (table, column) not in known:
            continue
        ticket = {"tickets": "id"}.get(table, "ticket")
        others = f" AND {ticket} NOT IN ({own})" if table.startswith("ticket") else ""
        values = [member, *([workspace, member] if others else [])]
        rows = db.execute(f"SELECT count(*) FROM [{table}] WHERE [{column}] = ?{others}", values)
        number += int(rows.fetchone()[0])
    return number


def unseen_since(db: Database, workspace: Workspace, moment: datetime) -> tuple[MemberRef, ...]:
    """Members of whom nothing was heard since then."""
    last: dict[str, str] = {}
    for table in _tables(db):
        columns = set(_columns(db, table))
        times = [name for name in _TIMES if name in columns]
        if "member" not in columns or "workspace" not in columns or table in _UNHEARD or not times:
            continue
        newest = ", ".join(f"coalesce([{name}], '')" for name in times)
        newest = f"max({newest})" if len(times) > 1 else newest
        rows = db.execute(
            f"SELECT member, max({newest}) FROM [{table}] WHERE workspace = ? GROUP BY member",
            [workspace],
        ).fetchall()
        for member, at in rows:
            last[member] = max(last.get(member, ""), at or "")
    return tuple(MemberRef(m) for m, at in sorted(last.items()) if at and at < moment.isoformat())


def clear(db: Database, workspace: Workspace) -> None:
    """Delete all of a workspace; what hangs on its rows goes with them."""
    for table in _of_workspaces(db):
        if table != "erasures":
            db.execute(f"DELETE FROM [{table}] WHERE workspace = ?", [workspace])


def _of_workspaces(db: Database) -> Iterator[str]:
    # The newest tables first: what refers to a row goes before the row.
    tables = [table for table in _tables(db) if "workspace" in _columns(db, table)]
    return reversed(tables)


def _tables(db: Database) -> list[str]:
    rows = db.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT GLOB 'sqlite_*' "
        "AND name NOT GLOB '_sqlite_*' ORDER BY rowid"
    ).fetchall()
    return [str(row[0]) for row in rows]


def _columns(db: Database, table: str) -> list[str]:
    return [str(row[1]) for row in db.execute(f"PRAGMA table_info([{table}])").fetchall()]
