"""Which erasures were asked for: in the database, and in a file beside it that no backup undoes.

The file is written before the database is changed. Its first line is the key of the marks: with
it a mark tells a member again who is at hand, and names nobody who is not.
"""

import hmac
import json
import os
import secrets
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from bot.domain.identity import Workspace
from bot.errors import StoreError

FILE = "erasures.jsonl"


@dataclass(frozen=True, slots=True)
class Erasure:
    """One erasure: `mark` stands for whose data they were."""

    workspace: Workspace
    mark: str
    reason: str
    at: str


def file_of(db: Database) -> Path | None:
    """The file of a database; None for one in memory."""
    for _, name, path in db.execute("PRAGMA database_list").fetchall():
        if name == "main" and path:
            return Path(path)
    return None


def file_beside(db: Database) -> Path | None:
    """Where the erasures of a database are written; None for a database in memory."""
    path = file_of(db)
    return path.with_name(FILE) if path else None


def mark_of(db: Database, who: str) -> str:
    """The mark of a member (or of a workspace). Raises OSError or StoreError with the file."""
    path = file_beside(db)
    key = _key_of(path) if path else b""
    return hmac.new(key, who.encode(), sha256).hexdigest()


def write_ahead(db: Database, erasure: Erasure) -> None:
    """Put an erasure on the disk before it is carried out. Raises OSError."""
    path = file_beside(db)
    if path is not None:
        values = {name: getattr(erasure, name) for name in Erasure.__slots__}
        _append(path, json.dumps(values))


def written(db: Database) -> tuple[Erasure, ...]:
    """Every erasure of the file, oldest first."""
    path = file_beside(db)
    if path is None or not path.exists():
        return ()
    found = (_parsed(line) for line in path.read_text(encoding="utf-8").splitlines())
    return tuple(
        Erasure(Workspace(row["workspace"]), row["mark"], row["reason"], row["at"])
        for row in found
        if row.keys() >= set(Erasure.__slots__)
    )


def note(db: Database, erasure: Erasure) -> None:
    """The database knows from now on that this erasure is done."""
    db.execute(
        "INSERT INTO erasures (workspace, mark, reason, at) VALUES (?, ?, ?, ?) "
        "ON CONFLICT DO NOTHING",
        [erasure.workspace, erasure.mark, erasure.reason, erasure.at],
    )


def undone(db: Database) -> tuple[Erasure, ...]:
    """What the file says and this database does not know: it is older than the file."""
    rows = db.execute("SELECT workspace, mark, at FROM erasures").fetchall()
    known = {tuple(row) for row in rows}
    return tuple(e for e in written(db) if (e.workspace, e.mark, e.at) not in known)


def uninstalled(db: Database, workspace: Workspace, now: datetime) -> None:
    """The app was removed from a workspace; the first time counts."""
    db.execute(
        "INSERT INTO uninstalls (workspace, at) VALUES (?, ?) ON CONFLICT DO NOTHING",
        [workspace, now.isoformat()],
    )


def installed(db: Database, workspace: Workspace) -> None:
    """The app is there again."""
    db.execute("DELETE FROM uninstalls WHERE workspace = ?", [workspace])


def uninstalled_before(db: Database, moment: datetime) -> tuple[Workspace, ...]:
    """The workspaces that removed the app before that moment."""
    rows = db.execute(
        "SELECT workspace FROM uninstalls WHERE at < ?", [moment.isoformat()]
    ).fetchall()
    return tuple(Workspace(row[0]) for row in rows)


def _key_of(path: Path) -> bytes:
    if not path.exists():
        _begin(path)
    with path.open(encoding="utf-8") as file:
        key = _parsed(file.readline()).get("key")
    if not isinstance(key, str):
        raise StoreError(
            f"The first line of {path} is not the key that belongs there. Put the file back from "
            "its newest copy; without it a restored backup cannot be cleaned of what was erased."
        )
    return bytes.fromhex(key)


def _begin(path: Path) -> None:
    unfinished = path.with_name(f"{path.name}.part")
    unfinished.unlink(missing_ok=True)
    _append(unfinished, json.dumps({"key": secrets.token_hex(32)}))
    unfinished.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _append(path: Path, line: str) -> None:
    # A line of its own in any case: the last one may have been cut short by a power cut.
    torn = path.exists() and not path.read_bytes().endswith(b"\n")
    before = "\n" if torn else ""
    file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        os.write(file, f"{before}{line}\n".encode())
        os.fsync(file)
    finally:
        os.close(file)


def _parsed(line: str) -> dict[str, Any]:
    try:
        found = json.loads(line)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
