"""The bank edited in chat: every revision of every entry, and what is being written."""

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from bot.domain.curation import Change, EntryDraft, EntryText, Revision
from bot.domain.curation_text import packed, unpacked
from bot.domain.identity import MemberRef, Workspace

_NEWEST = """
SELECT r.* FROM revisions r JOIN (
  SELECT workspace, entry, max(number) AS number FROM revisions GROUP BY workspace, entry
) n ON n.workspace = r.workspace AND n.entry = r.entry AND n.number = r.number
"""
_OF = "WHERE workspace = ? AND entry = ?"


def newest(db: Database, workspace: Workspace) -> dict[str, Revision]:
    """The newest revision of each entry, in the order in which the entries were first edited."""
    sql = f"{_NEWEST} WHERE r.workspace = ? ORDER BY r.id"
    found = {row["entry"]: _revision(row) for row in db.query(sql, [workspace])}
    first = db.execute(
        "SELECT entry FROM revisions WHERE workspace = ? AND number = 1 ORDER BY id", [workspace]
    )
    return {row[0]: found[row[0]] for row in first.fetchall()}


def newest_everywhere(db: Database) -> dict[Workspace, tuple[Revision, ...]]:
    """The same for every workspace in which anything was edited."""
    rows = db.execute("SELECT DISTINCT workspace FROM revisions ORDER BY workspace").fetchall()
    return {Workspace(row[0]): tuple(newest(db, Workspace(row[0])).values()) for row in rows}


def newest_of(db: Database, workspace: Workspace, entry: str) -> Revision | None:
    """The newest revision of an entry; None when it was never edited in chat."""
    return next(_revisions(db, f"{_OF} ORDER BY number DESC LIMIT 1", [workspace, entry]), None)


def history(db: Database, workspace: Workspace, entry: str) -> tuple[Revision, ...]:
    """Every revision of an entry, the newest first."""
    return tuple(_revisions(db, f"{_OF} ORDER BY number DESC", [workspace, entry]))


def before(db: Database, workspace: Workspace, revision: Revision) -> Revision | None:
    """The revision of the same entry before this one; None when this is the first."""
    where = f"{_OF} AND number = ?"
    values = [workspace, revision.entry, revision.number - 1]
    return next(_revisions(db, where, values), None)


def last_text(db: Database, workspace: Workspace, entry: str) -> EntryText | None:
    """What an entry said last in chat, also when it was retired since; None when it never did."""
    where = f"{_OF} AND text IS NOT NULL ORDER BY number DESC LIMIT 1"
    found = next(_revisions(db, where, [workspace, entry]), None)
    return found.text if found else None


def made_by(db: Database, workspace: Workspace, key: str) -> Revision | None:
    """The revision that was made by pressing or submitting this; None when none was."""
    where = "WHERE workspace = ? AND key = ? AND key <> ''"
    return next(_revisions(db, where, [workspace, key]), None)


def add(
    db: Database,
    workspace: Workspace,
    entry: str,
    change: Change,
    text: EntryText | None,
    *,
    base: str,
    by: MemberRef,
    key: str,
    now: datetime,
) -> Revision:
    """Keep a further revision of an entry."""
    before = newest_of(db, workspace, entry)
    number = before.number + 1 if before else 1
    row = {
        "workspace": workspace,
        "entry": entry,
        "number": number,
        "change": change,
        "text": json.dumps(packed(text)) if text else None,
        "base": base,
        "by": by,
        "key": key,
        "at": now.isoformat(),
    }
    names = ", ".join(f'"{name}"' for name in row)
    marks = ", ".join("?" * len(row))
    made = db.execute(
        f"INSERT INTO revisions ({names}) VALUES ({marks})", list(row.values())
    ).lastrowid
    return Revision(int(made or 0), entry, number, change, text, base, by, now)


def rest_on(db: Database, revision: int, base: str) -> None:
    """Note anew what the files say of the entry of a revision."""
    db.execute("UPDATE revisions SET base = ? WHERE id = ?", [base, revision])


def told_of(db: Database, revision: int) -> str | None:
    """What the files said when the desk was told that they and this revision differ."""
    row = db.execute("SELECT told FROM revisions WHERE id = ?", [revision]).fetchone()
    return row[0] if row else None


def note_told(db: Database, revision: int, files: str) -> None:
    """Note that the desk was told so."""
    db.execute("UPDATE revisions SET told = ? WHERE id = ?", [files, revision])


def keep_draft(
    db: Database,
    workspace: Workspace,
    author: MemberRef,
    text: EntryText,
    *,
    number: int,
    origin: str,
    now: datetime,
) -> int:
    """Keep a new draft; the same one of the same author again is the one that is there."""
    body = json.dumps(packed(text))
    same = db.execute(
        "SELECT id FROM entry_drafts WHERE workspace = ? AND author = ? AND entry = ? "
        "AND number = ? AND origin = ? AND text = ?",
        [workspace, author, text.id, number, origin, body],
    ).fetchone()
    if same:
        return int(same[0])
    made = db.execute(
        "INSERT INTO entry_drafts (workspace, author, entry, number, text, origin, created_at, "
        "changed_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [workspace, author, text.id, number, body, origin, now.isoformat(), now.isoformat()],
    ).lastrowid
    return int(made or 0)


def change_draft(
    db: Database,
    workspace: Workspace,
    author: MemberRef,
    draft: int,
    text: EntryText,
    number: int,
    now: datetime,
) -> bool:
    """Write a draft anew; False when its author has none of this id."""
    changed = db.execute(
        "UPDATE entry_drafts SET entry = ?, text = ?, number = ?, changed_at = ? "
        "WHERE id = ? AND workspace = ? AND author = ?",
        [text.id, json.dumps(packed(text)), number, now.isoformat(), draft, workspace, author],
    )
    return bool(changed.rowcount)


def drafts(db: Database, workspace: Workspace, author: MemberRef) -> tuple[EntryDraft, ...]:
    """What somebody is writing, the newest first."""
    rows = db.query(
        "SELECT * FROM entry_drafts WHERE workspace = ? AND author = ? ORDER BY id DESC",
        [workspace, author],
    )
    return tuple(_draft(row) for row in rows)


def draft(db: Database, workspace: Workspace, author: MemberRef, draft: int) -> EntryDraft | None:
    """One draft; None when it is somebody else's or gone."""
    rows = db.query(
        "SELECT * FROM entry_drafts WHERE id = ? AND workspace = ? AND author = ?",
        [draft, workspace, author],
    )
    return next((_draft(row) for row in rows), None)


def drop_draft(db: Database, workspace: Workspace, author: MemberRef, draft: int) -> bool:
    """Throw a draft away; False when its author has none of this id."""
    dropped = db.execute(
        "DELETE FROM entry_drafts WHERE id = ? AND workspace = ? AND author = ?",
        [draft, workspace, author],
    )
    return bool(dropped.rowcount)


def hand_over_drafts(db: Database, workspace: Workspace, author: MemberRef, to: MemberRef) -> int:
    """Give somebody's drafts to somebody else; how many."""
    given = db.execute(
        "UPDATE entry_drafts SET author = ? WHERE workspace = ? AND author = ?",
        [to, workspace, author],
    )
    return int(given.rowcount)


def erase(db: Database, workspace: Workspace, member: MemberRef) -> None:
    """Forget what somebody was writing, and who edited what; the entries are the chapter's."""
    db.execute("DELETE FROM entry_drafts WHERE workspace = ? AND author = ?", [workspace, member])
    db.execute(
        'UPDATE revisions SET "by" = \'\' WHERE workspace = ? AND "by" = ?', [workspace, member]
    )


def stored(
    db: Database, workspace: Workspace, member: MemberRef
) -> dict[str, list[dict[str, Any]]]:
    """What an editor is writing and has changed, by table."""
    return {
        table: list(
            db.query(
                f'SELECT * FROM {table} WHERE workspace = ? AND "{column}" = ?',
                [workspace, member],
            )
        )
        for table, column in (("entry_drafts", "author"), ("revisions", "by"))
    }


def _revisions(db: Database, where: str, values: list[Any]) -> Iterator[Revision]:
    return (_revision(row) for row in db.query(f"SELECT * FROM revisions {where}", values))


def _revision(row: dict[str, Any]) -> Revision:
    return Revision(
        id=row["id"],
        entry=row["entry"],
        number=row["number"],
        change=row["change"],
        text=unpacked(json.loads(row["text"])) if row["text"] else None,
        base=row["base"],
        by=MemberRef(row["by"]),
        at=datetime.fromisoformat(row["at"]),
    )


def _draft(row: dict[str, Any]) -> EntryDraft:
    text = unpacked(json.loads(row["text"]))
    return EntryDraft(row["id"], text, row["number"], row["origin"])
