"""Turns: what was asked and shown; and the votes on them."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from bot.domain.faq import Outcome
from bot.domain.identity import MemberRef, Workspace

_LAST = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Turn:
    """One question and what the bot decided; `message` is the platform's name of the question.

    `also`, `follows`, `dropped` and `first` are those of the decision; `asked_at` is when the turn
    was first stored.
    """

    id: int
    workspace: Workspace
    member: MemberRef
    place: str
    message: str
    question: str
    outcome: Outcome
    entry: str | None
    choices: tuple[str, ...]
    digest: str | None
    late: bool
    introduces: bool
    also: tuple[str, ...] = ()
    follows: str | None = None
    dropped: tuple[str, ...] = ()
    first: str = ""
    asked_at: datetime | None = None


def add(db: Database, turn: Turn, now: datetime) -> int:
    """Store a turn and return its id."""
    cursor = db.execute(
        "INSERT INTO turns (workspace, member, place, message, question, outcome, entry, choices, "
        "digest, late, introduces, also, follows, dropped, first_wording, created_at) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [*_columns(turn), now.isoformat()],
    )
    return int(cursor.lastrowid or 0)


def replace(db: Database, turn: Turn) -> None:
    """The same turn decided anew, after its question was edited."""
    db.execute(
        "UPDATE turns SET workspace = ?, member = ?, place = ?, message = ?, question = ?, "
        "outcome = ?, entry = ?, choices = ?, digest = ?, late = ?, introduces = ?, also = ?, "
        "follows = ?, dropped = ?, first_wording = ? WHERE id = ?",
        [*_columns(turn), turn.id],
    )


def get(db: Database, turn_id: int) -> Turn | None:
    """A turn by id."""
    return _first(db, "id = ?", [turn_id])


def of_message(db: Database, workspace: Workspace, place: str, message: str) -> Turn | None:
    """The turn that a platform message began."""
    return _first(db, "workspace = ? AND place = ? AND message = ?", [workspace, place, message])


def latest(
    db: Database,
    workspace: Workspace,
    places: Sequence[str],
    member: MemberRef,
    since: datetime,
    before: int | None,
) -> Turn | None:
    """The last turn in these places since then (and before a turn), small talk left aside: the
    member's own, or an answer that somebody else was given."""
    marks = ", ".join("?" for _ in places)
    return _first(
        db,
        f"workspace = ? AND place IN ({marks}) AND created_at >= ? AND id < ? "
        "AND outcome <> 'chat' AND (member = ? OR outcome = 'answer')",
        [workspace, *places, since.isoformat(), _LAST if before is None else before, member],
        order="id DESC",
    )


def vote(db: Database, turn_id: int, member: MemberRef, helpful: bool, now: datetime) -> None:
    """One vote a person, changeable."""
    db.table("votes").upsert(
        {"turn": turn_id, "member": member, "helpful": int(helpful), "at": now.isoformat()},
        pk=("turn", "member"),
    )


def _columns(turn: Turn) -> list[Any]:
    return [
        turn.workspace,
        turn.member,
        turn.place,
        turn.message,
        turn.question,
        turn.outcome,
        turn.entry,
        json.dumps(turn.choices),
        turn.digest,
        int(turn.late),
        int(turn.introduces),
        json.dumps(turn.also),
        turn.follows,
        json.dumps(turn.dropped),
        turn.first,
    ]


def _first(db: Database, where: str, values: list[Any], order: str = "id") -> Turn | None:
    for row in db.query(f"SELECT * FROM turns WHERE {where} ORDER BY {order} LIMIT 1", values):
        return Turn(
            id=row["id"],
            workspace=Workspace(row["workspace"]),
            member=MemberRef(row["member"]),
            place=row["place"],
            message=row["message"],
            question=row["question"],
            outcome=row["outcome"],
            entry=row["entry"],
            choices=tuple(json.loads(row["choices"])),
            digest=row["digest"],
            late=bool(row["late"]),
            introduces=bool(row["introduces"]),
            also=tuple(json.loads(row["also"])),
            follows=row["follows"],
            dropped=tuple(json.loads(row["dropped"])),
            first=row["first_wording"],
            asked_at=datetime.fromisoformat(row["created_at"]),
        )
    return None


def ids_of(db: Database, workspace: Workspace, member: MemberRef) -> list[int]:
    """The ids of a member's turns."""
    rows = db.execute(
        "SELECT id FROM turns WHERE workspace = ? AND member = ?", [workspace, member]
    ).fetchall()
    return [int(row[0]) for row in rows]


def blank(db: Database, turn_id: int) -> None:
    """Drop the words of a turn; what came of it stays."""
    db.execute("UPDATE turns SET question = '', first_wording = '' WHERE id = ?", [turn_id])


def older_than(db: Database, workspace: Workspace, moment: datetime, limit: int) -> list[int]:
    """The ids of turns from before that moment, the oldest first."""
    rows = db.execute(
        "SELECT id FROM turns WHERE workspace = ? AND created_at < ? ORDER BY id LIMIT ?",
        [workspace, moment.isoformat(), limit],
    ).fetchall()
    return [int(row[0]) for row in rows]


def drop(db: Database, turn_id: int) -> None:
    """Forget a turn and the votes on it."""
    db.execute("DELETE FROM turns WHERE id = ?", [turn_id])


def stored(
    db: Database, workspace: Workspace, member: MemberRef
) -> dict[str, list[dict[str, Any]]]:
    """The member's questions and votes as they are kept."""
    owned = "WHERE workspace = ? AND member = ? ORDER BY id"
    return {
        "turns": list(db.query(f"SELECT * FROM turns {owned}", [workspace, member])),
        "votes": list(db.query("SELECT * FROM votes WHERE member = ? ORDER BY at", [member])),
    }


def erase(db: Database, workspace: Workspace, member: MemberRef) -> None:
    """Forget the member's questions and votes."""
    db.execute("DELETE FROM votes WHERE member = ?", [member])
    db.execute("DELETE FROM turns WHERE workspace = ? AND member = ?", [workspace, member])
