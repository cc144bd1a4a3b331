"""Questions that nobody could answer yet, without who asked."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from bot.domain.identity import MemberRef, Workspace

_OF_MEMBER = "turn IN (SELECT id FROM turns WHERE workspace = ? AND member = ?)"


def keep(db: Database, workspace: Workspace, turn: int, question: str, now: datetime) -> None:
    """Keep a turn's question; an edited one takes the place of what it was, and is open anew."""
    same = "question = excluded.question"
    db.execute(
        "INSERT INTO unknown_questions (turn, workspace, question, at) VALUES (?, ?, ?, ?) "
        f"ON CONFLICT DO UPDATE SET settled = iif({same}, settled, NULL), "
        f"settled_at = iif({same}, settled_at, NULL), gathered = iif({same}, gathered, NULL), "
        "question = excluded.question",
        [turn, workspace, question, now.isoformat()],
    )


def is_kept(db: Database, turn: int) -> bool:
    """Whether a turn's question is kept."""
    found = db.execute("SELECT 1 FROM unknown_questions WHERE turn = ?", [turn]).fetchone()
    return found is not None


def answer_of(db: Database, turn: int) -> str | None:
    """The entry that answers a kept question by now; None where none does."""
    row = db.execute(
        "SELECT settled FROM unknown_questions WHERE turn = ? AND settled <> 'dismissed'", [turn]
    ).fetchone()
    return row[0] if row else None


def drop(db: Database, turn: int) -> None:
    """Keep a turn's question no longer."""
    db.execute("DELETE FROM unknown_questions WHERE turn = ?", [turn])


def asked_in_words(
    db: Database, workspace: Workspace, member: MemberRef, texts: Sequence[str]
) -> list[int]:
    """The member's turns that got no answer and hold one of these wordings."""
    marks = ", ".join("?" for _ in texts)
    rows = db.execute(
        "SELECT id FROM turns WHERE workspace = ? AND member = ? AND outcome = 'unknown' "
        f"AND (question IN ({marks}) OR first_wording IN ({marks}))",
        [workspace, member, *texts, *texts],
    ).fetchall()
    return [int(row[0]) for row in rows]


def stored(
    db: Database, workspace: Workspace, member: MemberRef
) -> dict[str, list[dict[str, Any]]]:
    """Those that still lead to a turn of the member."""
    where = f"SELECT * FROM unknown_questions WHERE {_OF_MEMBER} ORDER BY turn"
    return {"unknown_questions": list(db.query(where, [workspace, member]))}


def erase(db: Database, workspace: Workspace, member: MemberRef) -> None:
    """Forget those; before the turns themselves go."""
    db.execute(f"DELETE FROM unknown_questions WHERE {_OF_MEMBER}", [workspace, member])
