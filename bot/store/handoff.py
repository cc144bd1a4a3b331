"""Tickets: what is previewed and shared, where they stand, and what happened to them."""

import json
from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from bot.domain.handoff import Happened, Preview, SharedFields, Ticket, What
from bot.domain.identity import MemberRef, Workspace


def add_draft(
    db: Database,
    workspace: Workspace,
    member: MemberRef,
    offered: SharedFields,
    adds_to: int | None,
    now: datetime,
) -> Preview:
    """Keep what a preview offers, so that what is sent is what was shown."""
    cursor = db.execute(
        "INSERT INTO ticket_drafts (workspace, member, offered, adds_to, created_at) "
        "VALUES (?, ?, ?, ?, ?)",
        [workspace, member, _packed(offered), adds_to, now.isoformat()],
    )
    return Preview(int(cursor.lastrowid or 0), offered, adds_to)


def draft(db: Database, workspace: Workspace, member: MemberRef, draft_id: int) -> Preview | None:
    """What a member's preview offers."""
    row = db.execute(
        "SELECT offered, adds_to FROM ticket_drafts WHERE id = ? AND workspace = ? AND member = ?",
        [draft_id, workspace, member],
    ).fetchone()
    return Preview(draft_id, _unpacked(row[0]), row[1]) if row else None


def drop_draft(db: Database, draft_id: int) -> None:
    """The preview has been sent."""
    db.execute("DELETE FROM ticket_drafts WHERE id = ?", [draft_id])


def drop_drafts_before(db: Database, moment: datetime) -> None:
    """Forget previews that nobody sent."""
    db.execute("DELETE FROM ticket_drafts WHERE created_at < ?", [moment.isoformat()])


def next_number(db: Database, workspace: Workspace) -> int:
    """A number that no ticket of the workspace had before, erased ones included."""
    db.execute(
        "INSERT INTO ticket_numbers (workspace, last) VALUES (?, 1) "
        "ON CONFLICT DO UPDATE SET last = last + 1",
        [workspace],
    )
    row = db.execute("SELECT last FROM ticket_numbers WHERE workspace = ?", [workspace]).fetchone()
    return int(row[0])


def add(
    db: Database, workspace: Workspace, member: MemberRef, shared: SharedFields, now: datetime
) -> int:
    """A new ticket's id."""
    cursor = db.execute(
        "INSERT INTO tickets (workspace, number, member, state, version, shared, waiting_since, "
        "created_at, changed_at) VALUES (?, ?, ?, 'new', 1, ?, ?, ?, ?)",
        [
            workspace,
            next_number(db, workspace),
            member,
            _packed(shared),
            now.isoformat(),
            now.isoformat(),
            now.isoformat(),
        ],
    )
    return int(cursor.lastrowid or 0)


def get(db: Database, workspace: Workspace, ticket_id: int) -> Ticket | None:
    """A ticket by id."""
    return next(_tickets(db, "workspace = ? AND id = ?", [workspace, ticket_id]), None)


def open_of(db: Database, workspace: Workspace, member: MemberRef) -> Ticket | None:
    """The member's open ticket; the schema allows one."""
    where = "workspace = ? AND member = ? AND state NOT IN ('closed', 'withdrawn')"
    return next(_tickets(db, where, [workspace, member]), None)


def all_open(db: Database, workspace: Workspace) -> list[Ticket]:
    """Every open ticket, oldest first."""
    where = "workspace = ? AND state NOT IN ('closed', 'withdrawn')"
    return list(_tickets(db, where, [workspace]))


def asleep(db: Database, workspace: Workspace) -> list[Ticket]:
    """Every open ticket that was put off, the one that wakes first at the beginning."""
    where = "workspace = ? AND snoozed_until IS NOT NULL AND state NOT IN ('closed', 'withdrawn')"
    return sorted(_tickets(db, where, [workspace]), key=lambda one: str(one.snoozed_until))


def all_of(db: Database, workspace: Workspace, member: MemberRef) -> list[Ticket]:
    """Every ticket of a member."""
    return list(_tickets(db, "workspace = ? AND member = ?", [workspace, member]))


def change(db: Database, ticket: Ticket, now: datetime) -> None:
    """Store a ticket that moved on from the version before."""
    db.execute(
        "UPDATE tickets SET state = ?, version = ?, claimed_by = ?, outcome = ?, shared = ?, "
        "waiting_since = ?, snoozed_until = ?, closed_at = ?, changed_at = ? "
        "WHERE id = ? AND version = ?",
        [
            ticket.state,
            ticket.version,
            ticket.claimed_by,
            ticket.outcome,
            _packed(ticket.shared),
            _written(ticket.waiting_since),
            _written(ticket.snoozed_until),
            _written(ticket.closed_at),
            now.isoformat(),
            ticket.id,
            ticket.version - 1,
        ],
    )


def happened(
    db: Database,
    ticket_id: int,
    who: str,
    what: What,
    now: datetime,
    key: str = "",
    *,
    detail: str = "",
    reason: str = "",
) -> int:
    """Add a line of history and return its id; `key` names the envelope that brought it."""
    cursor = db.execute(
        "INSERT INTO ticket_history (ticket, who, what, key, at, detail, reason) "
        "VALUES (?, ?, ?, ?, ?, ?, ?)",
        [ticket_id, who, what, key, now.isoformat(), detail, reason],
    )
    return int(cursor.lastrowid or 0)


def history(db: Database, ticket_id: int) -> tuple[Happened, ...]:
    """What happened, oldest first."""
    rows = db.query("SELECT * FROM ticket_history WHERE ticket = ? ORDER BY id", [ticket_id])
    return tuple(_happened(row) for row in rows)


def line_of_history(db: Database, line_id: int) -> tuple[int, Happened] | None:
    """The ticket of a line of history, and the line."""
    rows = db.query("SELECT * FROM ticket_history WHERE id = ?", [line_id])
    return next(((int(row["ticket"]), _happened(row)) for row in rows), None)


def blank_reasons(db: Database, ticket_id: int) -> None:
    """Drop what the desk gave as reasons: they may tell of what a member has taken back."""
    db.execute("UPDATE ticket_history SET reason = '' WHERE ticket = ?", [ticket_id])


def done_by(db: Database, workspace: Workspace, key: str) -> tuple[int, What] | None:
    """The ticket that an envelope has moved already, and how."""
    row = db.execute(
        "SELECT h.ticket, h.what FROM ticket_history h JOIN tickets t ON t.id = h.ticket "
        "WHERE t.workspace = ? AND h.key = ? AND h.key <> '' ORDER BY h.id LIMIT 1",
        [workspace, key],
    ).fetchone()
    return (int(row[0]), row[1]) if row else None


def closed_before(db: Database, workspace: Workspace, moment: datetime, limit: int) -> list[Ticket]:
    """Tickets that ended before that moment."""
    rows = db.execute(
        "SELECT id FROM tickets WHERE workspace = ? AND state IN ('closed', 'withdrawn') "
        "AND changed_at < ? ORDER BY id LIMIT ?",
        [workspace, moment.isoformat(), limit],
    ).fetchall()
    found = (get(db, workspace, int(row[0])) for row in rows)
    return [ticket for ticket in found if ticket is not None]


def drop(db: Database, ticket_id: int) -> None:
    """Forget a ticket with all that hangs on it."""
    db.execute("DELETE FROM tickets WHERE id = ?", [ticket_id])


def stored(
    db: Database, workspace: Workspace, member: MemberRef
) -> dict[str, list[dict[str, Any]]]:
    """A member's previews and tickets, with all that hangs on them, as they are kept."""
    tickets = "SELECT id FROM tickets WHERE workspace = ? AND member = ?"
    where = {
        **dict.fromkeys(("tickets", "ticket_drafts"), "workspace = ? AND member = ?"),
        **dict.fromkeys(_OF_A_TICKET, f"ticket IN ({tickets})"),
    }
    # What the desk notes and gives as reasons is the desk's own; it goes with the ticket.
    columns = {"ticket_history": "id, ticket, who, what, key, at, detail"}
    where["ticket_history"] += " AND what <> 'noted'"
    return {
        table: list(
            db.query(
                f"SELECT {columns.get(table, '*')} FROM {table} WHERE {owned} ORDER BY rowid",
                [workspace, member],
            )
        )
        for table, owned in where.items()
    }


def erase(db: Database, workspace: Workspace, member: MemberRef) -> None:
    """Delete a member's previews and tickets, with all that hangs on them."""
    owned = "(SELECT id FROM tickets WHERE workspace = ? AND member = ?)"
    for table in (*_OF_A_TICKET, "ticket_notes"):
        db.execute(f"DELETE FROM {table} WHERE ticket IN {owned}", [workspace, member])
    for table in ("tickets", "ticket_drafts"):
        db.execute(f"DELETE FROM {table} WHERE workspace = ? AND member = ?", [workspace, member])


_OF_A_TICKET = ("ticket_messages", "ticket_history", "ticket_cards", "ticket_channels")


def _packed(shared: SharedFields) -> str:
    return json.dumps(asdict(shared), ensure_ascii=False)


def _unpacked(text: str) -> SharedFields:
    return SharedFields(**json.loads(text))


def _written(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def _read(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _happened(row: dict[str, Any]) -> Happened:
    at = datetime.fromisoformat(row["at"])
    return Happened(row["who"], row["what"], at, row["detail"], row["reason"])


def _tickets(db: Database, where: str, values: list[Any]) -> Iterator[Ticket]:
    for row in db.query(f"SELECT * FROM tickets WHERE {where} ORDER BY id", values):
        yield Ticket(
            id=row["id"],
            workspace=Workspace(row["workspace"]),
            number=row["number"],
            member=MemberRef(row["member"]),
            state=row["state"],
            version=row["version"],
            claimed_by=MemberRef(row["claimed_by"]) if row["claimed_by"] else None,
            outcome=row["outcome"],
            shared=_unpacked(row["shared"]),
            created_at=datetime.fromisoformat(row["created_at"]),
            changed_at=datetime.fromisoformat(row["changed_at"]),
            waiting_since=_read(row["waiting_since"]),
            snoozed_until=_read(row["snoozed_until"]),
            closed_at=_read(row["closed_at"]),
        )
