"""Who wants to be told when their question has an answer, and whether they were."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from bot.domain.identity import MemberRef, Workspace


@dataclass(frozen=True, slots=True)
class Wish:
    """One wish: `entry` is the answer, once there is one."""

    turn: int
    member: MemberRef
    entry: str | None
    told: bool


def add(
    db: Database,
    workspace: Workspace,
    turn: int,
    member: MemberRef,
    entry: str | None,
    now: datetime,
) -> None:
    """Keep a wish; `entry` answers it already."""
    db.execute(
        "INSERT INTO wishes (turn, workspace, member, at, entry) VALUES (?, ?, ?, ?, ?) "
        "ON CONFLICT DO NOTHING",
        [turn, workspace, member, now.isoformat(), entry],
    )


def get(db: Database, workspace: Workspace, turn: int) -> Wish | None:
    """The wish of a turn."""
    row = db.execute(
        "SELECT turn, member, entry, told_at FROM wishes WHERE workspace = ? AND turn = ?",
        [workspace, turn],
    ).fetchone()
    return _wish(row) if row else None


def drop(db: Database, turn: int) -> None:
    """Forget the wish of a turn."""
    db.execute("DELETE FROM wishes WHERE turn = ?", [turn])


def answered(db: Database, turns: Iterable[int], entry: str) -> None:
    """These turns have their answer; whoever wished to hear is still to be told."""
    for turn in turns:
        db.execute("UPDATE wishes SET entry = ? WHERE turn = ? AND told_at IS NULL", [entry, turn])


def to_tell(db: Database, workspace: Workspace) -> tuple[Wish, ...]:
    """Every wish whose answer is there and was not told."""
    rows = db.execute(
        "SELECT turn, member, entry, told_at FROM wishes "
        "WHERE workspace = ? AND entry IS NOT NULL AND told_at IS NULL ORDER BY turn",
        [workspace],
    ).fetchall()
    return tuple(_wish(row) for row in rows)


def told(db: Database, turn: int, now: datetime) -> None:
    """The answer is on its way."""
    db.execute("UPDATE wishes SET told_at = ? WHERE turn = ?", [now.isoformat(), turn])


def turns_of(db: Database, workspace: Workspace, member: MemberRef) -> tuple[int, ...]:
    """The turns whose answer the member wished to hear."""
    rows = db.execute(
        "SELECT turn FROM wishes WHERE workspace = ? AND member = ?", [workspace, member]
    ).fetchall()
    return tuple(int(row[0]) for row in rows)


def _wish(row: tuple[Any, ...]) -> Wish:
    return Wish(int(row[0]), MemberRef(row[1]), row[2], row[3] is not None)


def stored(
    db: Database, workspace: Workspace, member: MemberRef
) -> dict[str, list[dict[str, Any]]]:
    """The member's wishes."""
    where = "SELECT * FROM wishes WHERE workspace = ? AND member = ? ORDER BY turn"
    return {"wishes": list(db.query(where, [workspace, member]))}


def erase(db: Database, workspace: Workspace, member: MemberRef) -> None:
    """Forget them."""
    db.execute("DELETE FROM wishes WHERE workspace = ? AND member = ?", [workspace, member])
