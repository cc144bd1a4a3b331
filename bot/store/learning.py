"""What is to be learned from: questions without an answer, and votes against answers; no names.

Both are counted and settled by their wording; only numbers of people leave this module.
"""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from bot.domain.identity import Workspace
from bot.domain.learning import Wording

DISMISSED = "dismissed"
"""What is written in place of an entry where a question is not for the chapter to answer."""

_UNKNOWN = (
    "FROM unknown_questions u LEFT JOIN turns t ON t.id = u.turn "
    "WHERE u.workspace = ? AND u.settled_at IS NULL"
)
_WRONG = (
    "FROM votes v JOIN turns t ON t.id = v.turn LEFT JOIN wishes w ON w.turn = t.id "
    "WHERE v.helpful = 0 AND v.settled_at IS NULL AND t.workspace = ? "
    "AND coalesce(t.entry, w.entry) IS NOT NULL"
)
# Of what somebody else asked only the answer is known: it may have been asked in private.
_OWN_WORDS = "iif(v.member = t.member, t.question, '')"


def open_wordings(db: Database, workspace: Workspace, most: int) -> tuple[Wording, ...]:
    """The newest wordings of questions that nobody could answer yet, counted."""
    rows = db.execute(
        "SELECT u.question, min(u.turn), count(*), count(DISTINCT coalesce(t.member, u.turn)), "
        f"min(u.at), max(u.at), NULL {_UNKNOWN} GROUP BY u.question "
        "ORDER BY max(u.turn) DESC LIMIT ?",
        [workspace, most],
    )
    return tuple(_wording(row) for row in rows.fetchall())


def wrong_wordings(db: Database, workspace: Workspace, most: int) -> tuple[Wording, ...]:
    """The newest wordings whose answer was voted wrong, each with the entry that answered it; the
    text is empty where somebody else than the voter had asked."""
    rows = db.execute(
        f"SELECT {_OWN_WORDS} AS said, min(v.turn), count(*), count(DISTINCT v.member), "
        f"min(v.at), max(v.at), coalesce(t.entry, w.entry) AS entry {_WRONG} "
        "GROUP BY said, coalesce(t.entry, w.entry) ORDER BY max(v.turn) DESC LIMIT ?",
        [workspace, most],
    )
    return tuple(_wording(row) for row in rows.fetchall())


def count_open(db: Database, workspace: Workspace) -> int:
    """How many different wordings wait for an answer."""
    row = db.execute(
        "SELECT count(DISTINCT question) FROM unknown_questions "
        "WHERE workspace = ? AND settled_at IS NULL",
        [workspace],
    ).fetchone()
    return int(row[0])


def askers(db: Database, workspace: Workspace, texts: Sequence[str]) -> tuple[int, int]:
    """How many people asked one of these, and how many of them want to hear of an answer."""
    row = db.execute(
        "SELECT count(DISTINCT coalesce(t.member, u.turn)), "
        "(SELECT count(DISTINCT w.member) FROM wishes w JOIN unknown_questions o ON o.turn = w.turn"
        " WHERE o.workspace = ? AND o.settled_at IS NULL AND w.told_at IS NULL"
        f" AND o.question IN {_LISTED}) {_UNKNOWN} AND u.question IN {_LISTED}",
        [workspace, _listed(texts), workspace, _listed(texts)],
    ).fetchone()
    return int(row[0]), int(row[1])


def voters(
    db: Database, workspace: Workspace, entry: str, texts: Sequence[str], question: str
) -> int:
    """How many people voted against this entry as the answer to these; `question` is its own."""
    row = db.execute(
        f"SELECT count(DISTINCT v.member) {_WRONG} AND coalesce(t.entry, w.entry) = ? "
        f"AND coalesce(nullif({_OWN_WORDS}, ''), ?) IN {_LISTED}",
        [workspace, entry, question, _listed(texts)],
    ).fetchone()
    return int(row[0])


def gather(db: Database, workspace: Workspace, key: int, texts: Sequence[str]) -> None:
    """Note of what the desk begins to answer that it belongs together."""
    db.execute(
        "UPDATE unknown_questions SET gathered = ? "
        f"WHERE workspace = ? AND settled_at IS NULL AND question IN {_LISTED}",
        [key, workspace, _listed(texts)],
    )


def gather_votes(
    db: Database, workspace: Workspace, key: int, entry: str, texts: Sequence[str], question: str
) -> None:
    """The same for votes against an entry."""
    db.execute(
        f"UPDATE votes SET gathered = ? WHERE rowid IN (SELECT v.rowid {_WRONG} "
        "AND coalesce(t.entry, w.entry) = ? "
        f"AND coalesce(nullif({_OWN_WORDS}, ''), ?) IN {_LISTED})",
        [key, workspace, entry, question, _listed(texts)],
    )


def gathered(db: Database, workspace: Workspace, key: int) -> tuple[str, ...]:
    """The wordings of what was gathered as this group and is still open, the commonest first."""
    rows = db.execute(
        "SELECT question FROM unknown_questions WHERE workspace = ? AND gathered = ? "
        "AND settled_at IS NULL GROUP BY question ORDER BY count(*) DESC, min(turn)",
        [workspace, key],
    ).fetchall()
    return tuple(row[0] for row in rows)


def gathered_votes(db: Database, workspace: Workspace, key: int) -> tuple[str, tuple[str, ...]]:
    """The entry that was voted wrong in this group and the voters' own wordings; empty when all of
    it is settled."""
    rows = db.execute(
        f"SELECT coalesce(t.entry, w.entry), {_OWN_WORDS} AS said {_WRONG} AND v.gathered = ? "
        "GROUP BY 1, said ORDER BY count(*) DESC, min(v.turn)",
        [workspace, key],
    ).fetchall()
    return (rows[0][0] if rows else ""), tuple(said for _, said in rows if said)


def settle(
    db: Database, workspace: Workspace, key: int, settled: str, now: datetime
) -> tuple[int, ...]:
    """Close everything that was gathered with this turn, also what was asked in the same words
    since; an answer reaches what was put aside as well. The turns of the questions."""
    together = "(turn = ? OR gathered = ?)"
    waiting = "(settled_at IS NULL OR (settled = ? AND settled <> ?))"
    values = [settled, now.isoformat(), workspace, DISMISSED, settled, workspace, key, key]
    turns = db.execute(
        "UPDATE unknown_questions SET settled = ?, settled_at = ? WHERE workspace = ? "
        f"AND {waiting} AND question IN (SELECT question FROM unknown_questions "
        f"WHERE workspace = ? AND {together}) RETURNING turn",
        values,
    ).fetchall()
    db.execute(
        f"UPDATE votes SET settled_at = ? WHERE helpful = 0 AND settled_at IS NULL AND {together} "
        "AND turn IN (SELECT id FROM turns WHERE workspace = ?)",
        [now.isoformat(), key, key, workspace],
    )
    return tuple(int(row[0]) for row in turns)


def newest_texts(db: Database, workspace: Workspace, most: int) -> tuple[str, ...]:
    """What was asked last and has no answer, each wording once."""
    rows = db.execute(
        "SELECT question FROM unknown_questions WHERE workspace = ? AND settled_at IS NULL "
        "ORDER BY turn DESC LIMIT ?",
        [workspace, most],
    ).fetchall()
    return tuple(dict.fromkeys(row[0] for row in rows))


def settle_wording(
    db: Database, workspace: Workspace, text: str, entry: str, now: datetime
) -> tuple[int, ...]:
    """Close what was asked in exactly these words; the turns."""
    turns = db.execute(
        "UPDATE unknown_questions SET settled = ?, settled_at = ? "
        "WHERE workspace = ? AND question = ? AND settled_at IS NULL RETURNING turn",
        [entry, now.isoformat(), workspace, text],
    ).fetchall()
    return tuple(int(row[0]) for row in turns)


def restore(db: Database, workspace: Workspace, key: int) -> bool:
    """Open again what was put aside together with this turn; False when there is nothing."""
    own = "SELECT id FROM turns WHERE workspace = ?"
    found = db.execute(
        "SELECT settled_at FROM unknown_questions "
        "WHERE workspace = ? AND turn = ? AND settled = ? UNION ALL "
        f"SELECT settled_at FROM votes WHERE turn = ? AND turn IN ({own}) AND helpful = 0 "
        "AND settled_at IS NOT NULL",
        [workspace, key, DISMISSED, key, workspace],
    ).fetchone()
    if found is None:
        return False
    db.execute(
        "UPDATE unknown_questions SET settled = NULL, settled_at = NULL "
        "WHERE workspace = ? AND settled = ? AND settled_at = ?",
        [workspace, DISMISSED, found[0]],
    )
    db.execute(
        f"UPDATE votes SET settled_at = NULL WHERE settled_at = ? AND turn IN ({own})",
        [found[0], workspace],
    )
    return True


_LISTED = "(SELECT value FROM json_each(?))"


def _listed(texts: Sequence[str]) -> str:
    return json.dumps(list(texts))


def _wording(row: Sequence[Any]) -> Wording:
    text, turn, times, people, first, last, entry = row
    when = datetime.fromisoformat
    return Wording(text, turn, times, people, when(first), when(last), entry)
