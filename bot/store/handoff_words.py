"""What is said in tickets, by whom and where it was typed, and what the desk notes of them."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from bot.domain.handoff import Note, Said
from bot.domain.identity import MemberRef, Workspace
from bot.domain.notices import Landing


def say(
    db: Database,
    ticket_id: int,
    author: MemberRef,
    by_member: bool,
    text: str,
    now: datetime,
    typed_at: Landing | None = None,
    part: int = 0,
) -> Said:
    """Keep a message; `part` is its place among the parts of a long one.

    `typed_at` is where it was typed; what came from a window can be neither edited nor taken back.
    """
    cursor = db.execute(
        "INSERT INTO ticket_messages (ticket, author, by_member, text, at, place, message, part) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [
            ticket_id,
            author,
            int(by_member),
            text,
            now.isoformat(),
            typed_at.conversation if typed_at else "",
            typed_at.message if typed_at else "",
            part,
        ],
    )
    return Said(int(cursor.lastrowid or 0), ticket_id, author, by_member, text, now)


def said(db: Database, message_id: int) -> Said | None:
    """A message by id."""
    return next(_messages(db, "id = ?", [message_id]), None)


def all_said(db: Database, ticket_id: int) -> list[Said]:
    """Everything said in a ticket, oldest first."""
    return list(_messages(db, "ticket = ?", [ticket_id]))


def said_at(db: Database, workspace: Workspace, typed_at: Landing) -> list[Said]:
    """The parts of what was typed there, in their order."""
    where = "place = ? AND message = ? AND ticket IN (SELECT id FROM tickets WHERE workspace = ?)"
    values = [typed_at.conversation, typed_at.message, workspace]
    return list(_messages(db, where, values, "part, id"))


def rewrite(db: Database, message: Said, text: str, edited_at: datetime) -> None:
    """Keep what a message says since its author edited it; nothing when it was taken back."""
    db.execute(
        "UPDATE ticket_messages SET text = ?, edited_at = ? WHERE id = ?",
        [text, edited_at.isoformat(), message.id],
    )


def blank_member_messages(db: Database, ticket_id: int) -> None:
    """Drop the words of a member who withdrew."""
    db.execute(
        "UPDATE ticket_messages SET text = '' WHERE ticket = ? AND by_member = 1", [ticket_id]
    )


def add_note(db: Database, ticket_id: int, author: MemberRef, text: str, now: datetime) -> None:
    """Keep a note of the desk."""
    db.execute(
        "INSERT INTO ticket_notes (ticket, author, text, at) VALUES (?, ?, ?, ?)",
        [ticket_id, author, text, now.isoformat()],
    )


def notes(db: Database, ticket_id: int) -> tuple[Note, ...]:
    """The desk's notes of a ticket, newest first."""
    rows = db.query(
        "SELECT author, text, at FROM ticket_notes WHERE ticket = ? ORDER BY id DESC", [ticket_id]
    )
    return tuple(
        Note(MemberRef(row["author"]), row["text"], datetime.fromisoformat(row["at"]))
        for row in rows
    )


def drop_notes(db: Database, ticket_id: int, author: MemberRef | None = None) -> None:
    """Forget the notes of a ticket; with an author, theirs alone."""
    where, values = ("", []) if author is None else (" AND author = ?", [author])
    db.execute(f"DELETE FROM ticket_notes WHERE ticket = ?{where}", [ticket_id, *values])


def _messages(db: Database, where: str, values: list[Any], order: str = "id") -> Iterator[Said]:
    rows = db.query(f"SELECT * FROM ticket_messages WHERE {where} ORDER BY {order}", values)
    for row in rows:
        yield Said(
            id=row["id"],
            ticket=row["ticket"],
            author=MemberRef(row["author"]),
            by_member=bool(row["by_member"]),
            text=row["text"],
            at=datetime.fromisoformat(row["at"]),
            edited_at=datetime.fromisoformat(row["edited_at"]) if row["edited_at"] else None,
        )
