"""Tickets: what is previewed, shared, held, said, and what happened to them."""

import json
from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from bot.domain.handoff import Card, CardState, Happened, Preview, Said, SharedFields, Ticket, What
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
    db: Database, ticket_id: int, who: str, what: What, now: datetime, key: str = ""
) -> None:
    """Add a line of history; `key` names the envelope that brought it."""
    db.execute(
        "INSERT INTO ticket_history (ticket, who, what, key, at) VALUES (?, ?, ?, ?, ?)",
        [ticket_id, who, what, key, now.isoformat()],
    )


def history(db: Database, ticket_id: int) -> tuple[Happened, ...]:
    """What happened, oldest first."""
    rows = db.query(
        "SELECT who, what, at FROM ticket_history WHERE ticket = ? ORDER BY id", [ticket_id]
    )
    return tuple(
        Happened(row["who"], row["what"], datetime.fromisoformat(row["at"])) for row in rows
    )


def done_by(db: Database, workspace: Workspace, key: str) -> tuple[int, What] | None:
    """The ticket that an envelope has moved already, and how."""
    row = db.execute(
        "SELECT h.ticket, h.what FROM ticket_history h JOIN tickets t ON t.id = h.ticket "
        "WHERE t.workspace = ? AND h.key = ? AND h.key <> '' ORDER BY h.id LIMIT 1",
        [workspace, key],
    ).fetchone()
    return (int(row[0]), row[1]) if row else None


def say(
    db: Database, ticket_id: int, author: MemberRef, by_member: bool, text: str, now: datetime
) -> Said:
    """Keep a message."""
    cursor = db.execute(
        "INSERT INTO ticket_messages (ticket, author, by_member, text, at) VALUES (?, ?, ?, ?, ?)",
        [ticket_id, author, int(by_member), text, now.isoformat()],
    )
    return Said(int(cursor.lastrowid or 0), ticket_id, author, by_member, text, now)


def said(db: Database, message_id: int) -> Said | None:
    """A message by id."""
    return next(_messages(db, "id = ?", message_id), None)


def all_said(db: Database, ticket_id: int) -> list[Said]:
    """Everything said in a ticket, oldest first."""
    return list(_messages(db, "ticket = ?", ticket_id))


def blank_member_messages(db: Database, ticket_id: int) -> None:
    """Drop the words of a member who withdrew."""
    db.execute(
        "UPDATE ticket_messages SET text = '' WHERE ticket = ? AND by_member = 1", [ticket_id]
    )


def set_card(
    db: Database, ticket_id: int, holder: MemberRef, state: CardState, now: datetime
) -> None:
    """Where a holder's card stands."""
    db.execute(
        "INSERT INTO ticket_cards (ticket, holder, state, at) VALUES (?, ?, ?, ?) "
        "ON CONFLICT DO UPDATE SET state = excluded.state, at = excluded.at",
        [ticket_id, holder, state, now.isoformat()],
    )


def cards(db: Database, ticket_id: int) -> tuple[Card, ...]:
    """Everybody who was given the card, in that order."""
    rows = db.query(
        "SELECT holder, state FROM ticket_cards WHERE ticket = ? ORDER BY rowid", [ticket_id]
    )
    return tuple(Card(MemberRef(row["holder"]), row["state"]) for row in rows)


def has_begun(db: Database, workspace: Workspace, recipient: str, slot: str) -> bool:
    """Whether a slot stands at its recipient, or may by now."""
    return _in_hand(db, workspace, recipient, slot, tried=1)


def is_in_hand(db: Database, workspace: Workspace, recipient: str, slot: str) -> bool:
    """Whether a slot stands at its recipient or is still to be delivered."""
    return _in_hand(db, workspace, recipient, slot, tried=0)


def _in_hand(db: Database, workspace: Workspace, recipient: str, slot: str, *, tried: int) -> bool:
    row = db.execute(
        "SELECT 1 FROM receipts WHERE workspace = :w AND recipient = :r AND slot = :s "
        "UNION SELECT 1 FROM outbox WHERE workspace = :w AND recipient = :r AND slot = :s "
        "AND attempts >= :tried AND state <> 'failed'",
        {"w": workspace, "r": recipient, "s": slot, "tried": tried},
    ).fetchone()
    return row is not None


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
        **dict.fromkeys(
            ("ticket_messages", "ticket_history", "ticket_cards"), f"ticket IN ({tickets})"
        ),
    }
    return {
        table: list(
            db.query(f"SELECT * FROM {table} WHERE {owned} ORDER BY rowid", [workspace, member])
        )
        for table, owned in where.items()
    }


def erase(db: Database, workspace: Workspace, member: MemberRef) -> None:
    """Delete a member's previews and tickets, with all that hangs on them."""
    owned = "(SELECT id FROM tickets WHERE workspace = ? AND member = ?)"
    for table in ("ticket_messages", "ticket_history", "ticket_cards"):
        db.execute(f"DELETE FROM {table} WHERE ticket IN {owned}", [workspace, member])
    for table in ("tickets", "ticket_drafts"):
        db.execute(f"DELETE FROM {table} WHERE workspace = ? AND member = ?", [workspace, member])


def _packed(shared: SharedFields) -> str:
    return json.dumps(asdict(shared), ensure_ascii=False)


def _unpacked(text: str) -> SharedFields:
    return SharedFields(**json.loads(text))


def _written(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def _read(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


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


def _messages(db: Database, where: str, value: int) -> Iterator[Said]:
    for row in db.query(f"SELECT * FROM ticket_messages WHERE {where} ORDER BY id", [value]):
        yield Said(
            id=row["id"],
            ticket=row["ticket"],
            author=MemberRef(row["author"]),
            by_member=bool(row["by_member"]),
            text=row["text"],
            at=datetime.fromisoformat(row["at"]),
        )
