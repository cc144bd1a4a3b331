"""The database file: opened, guarded, and every failure of SQLite as a sentence."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlite_utils import Database

from bot.errors import StoreError
from bot.store.migrations import migrate

BUSY_MS = 5_000


def open_database(path: Path) -> Database:
    """Open (or make) the file with mode 0600, check it, and bring it up to date.

    Raises StoreError when it is locked, full, read-only, damaged or newer than this version.
    """
    with told(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            path.touch(mode=0o600)
        path.chmod(0o600)
        db = connect(path)
        _check(db, path)
        db.execute("PRAGMA journal_mode=WAL")
        migrate(db, path)
    return db


def open_memory(name: str) -> Database:
    """A fresh database in memory, up to date."""
    db = Database(
        sqlite3.connect(f"file:{name}?mode=memory&cache=shared", uri=True, check_same_thread=False)
    )
    migrate(db, None)
    return db


def connect(path: Path) -> Database:
    """A further connection to a file that `open_database` has prepared."""
    connection = sqlite3.connect(path, check_same_thread=False, timeout=BUSY_MS / 1000)
    db = Database(connection)
    db.execute("PRAGMA foreign_keys=ON")
    db.execute("PRAGMA synchronous=NORMAL")
    return db


def _check(db: Database, path: Path) -> None:
    result = str(db.execute("PRAGMA quick_check(1)").fetchone()[0])
    if result != "ok":
        raise StoreError(
            f"The database {path} is damaged ({result}). Put the newest backup in its place, "
            "or move the file aside to begin with an empty one."
        )


@contextmanager
def transaction(db: Database, *, durable: bool = False) -> Iterator[None]:
    """One write transaction; `durable` waits for the disk, for what was promised to a person."""
    db.execute(f"PRAGMA synchronous={'FULL' if durable else 'NORMAL'}")
    db.conn.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        db.conn.rollback()
        raise
    try:
        db.conn.execute("COMMIT")
    except BaseException:
        db.conn.rollback()
        raise


@contextmanager
def told(path: Path | None) -> Iterator[None]:
    """Turn SQLite's and the file system's errors into StoreError with a way out."""
    where = str(path) if path else "in memory"
    try:
        yield
    except sqlite3.Error as error:
        raise StoreError(_sentence(error, where)) from error
    except PermissionError as error:
        raise StoreError(
            f"The database {where} cannot be written: its folder belongs to somebody else or is "
            "read-only. Set CLM_HOME to a folder of your own."
        ) from error
    except OSError as error:
        raise StoreError(f"The database {where} cannot be used ({error.strerror}).") from error


def _sentence(error: sqlite3.Error, where: str) -> str:
    text = str(error)
    if "locked" in text or "busy" in text:
        return f"The database {where} is in use by another program. End that one, then start again."
    if "full" in text:
        return f"The disk that holds the database {where} is full. Nothing was lost; make room."
    if "readonly" in text or "unable to open" in text:
        return f"The database {where} cannot be written. Check the rights of the file and folder."
    if "malformed" in text or "not a database" in text or "disk image" in text:
        return (
            f"The database {where} is damaged or is no database. Put the newest backup in its "
            "place, or move the file aside to begin with an empty one."
        )
    return f"The database {where} refused: {text}."
