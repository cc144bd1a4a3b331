"""Wordings that members chose an entry for, to be taken into the bank or not; without names."""

import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from bot.domain.identity import MemberRef, Workspace
from bot.domain.learning import Proposal

_OF_MEMBER = "turn IN (SELECT id FROM turns WHERE workspace = ? AND member = ?)"
_ALIKE = (
    "workspace = ? AND state = 'open' AND (entry, text) IN "
    "(SELECT entry, text FROM proposals WHERE workspace = ? AND id IN "
    "(SELECT value FROM json_each(?)))"
)


def add(
    db: Database, workspace: Workspace, turn: int, entry: str, text: str, now: datetime
) -> None:
    """Propose a wording for an entry; a turn proposes it once."""
    db.execute(
        "INSERT INTO proposals (workspace, turn, entry, text, at) VALUES (?, ?, ?, ?, ?) "
        "ON CONFLICT DO NOTHING",
        [workspace, turn, entry, text, now.isoformat()],
    )


def decided_before(db: Database, workspace: Workspace, entry: str, text: str) -> bool:
    """Whether the desk has said yes or no to this wording of this entry."""
    found = db.execute(
        "SELECT 1 FROM proposals WHERE workspace = ? AND entry = ? AND text = ? "
        "AND state <> 'open' LIMIT 1",
        [workspace, entry, text],
    ).fetchone()
    return found is not None


def open_ones(db: Database, workspace: Workspace) -> tuple[Proposal, ...]:
    """What waits, by entry; equal wordings are one, counted."""
    rows = db.execute(
        "SELECT min(id), entry, text, count(*) FROM proposals WHERE workspace = ? "
        "AND state = 'open' GROUP BY entry, text ORDER BY entry, min(id)",
        [workspace],
    ).fetchall()
    return tuple(Proposal(*row) for row in rows)


def decide(db: Database, workspace: Workspace, ids: Sequence[int], state: str) -> None:
    """Take these in or refuse them, with all that say the same of the same entry."""
    db.execute(
        f"UPDATE proposals SET state = ? WHERE {_ALIKE}",
        [state, workspace, workspace, json.dumps(list(ids))],
    )


def drop_words(db: Database, workspace: Workspace, member: MemberRef, texts: Iterable[str]) -> None:
    """Forget what the member's own turns propose in these words."""
    for text in texts:
        db.execute(
            f"DELETE FROM proposals WHERE {_OF_MEMBER} AND text = ?", [workspace, member, text]
        )


def stored(
    db: Database, workspace: Workspace, member: MemberRef
) -> dict[str, list[dict[str, Any]]]:
    """Those that still lead to a turn of the member."""
    where = f"SELECT * FROM proposals WHERE {_OF_MEMBER} ORDER BY id"
    return {"proposals": list(db.query(where, [workspace, member]))}


def erase(db: Database, workspace: Workspace, member: MemberRef) -> None:
    """Forget those; before the turns themselves go."""
    db.execute(f"DELETE FROM proposals WHERE {_OF_MEMBER}", [workspace, member])
