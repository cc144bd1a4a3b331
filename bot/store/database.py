"""The database file: opened, guarded, and every failure of SQLite as a sentence."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from sqlite_utils import Database

from bot.errors import StoreError
from bot.store.migrations import migrate, refuse_newer

BUSY_MS = 5_000
EMPTYING_MS = 100


@dataclass(frozen=True, slots=True)
class Store:
    """What one running bot holds: a connection that writes, one that reads, and the file itself."""

    writing: Database
    reading: Database
    held: IO[str]

    def close(self) -> None:
        """Let go of everything; the one that writes goes last and tidies up behind all."""
        self.reading.conn.close()
        self.writing.conn.close()
        self.held.close()


def open_store(path: Path) -> Store:
    """Everything that a running bot needs; raises StoreError when it cannot be had."""
    held = hold(path)
    try:
        writing = open_database(path)
        with _closed_on_failure(writing), told(path):
            return Store(writing, connect(path, reads_only=True), held)
    except BaseException:
        held.close()
        raise


def open_database(path: Path) -> Database:
    """Open (or make) the file with mode 0600, check it, and bring it up to date.

    Raises StoreError when it is locked, full, read-only, damaged or newer than this version.
    """
    with told(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        _refuse_folder(path)
        if not path.exists():
            path.touch(mode=0o600)
        path.chmod(0o600)
        db = connect(path)
        with _closed_on_failure(db):
            _check(db, path)
            db.execute("PRAGMA journal_mode=WAL")
            migrate(db, path)
    return db


def open_to_look(path: Path) -> Database:
    """The file as it is, for reading only: nothing is made, changed or brought up to date.

    Raises StoreError likewise.
    """
    with told(path):
        _refuse_folder(path)
        db = connect(path, reads_only=True)
        with _closed_on_failure(db):
            _check(db, path)
            refuse_newer(db, path)
    return db


def open_memory(name: str) -> Database:
    """A fresh database in memory, up to date."""
    db = Database(
        sqlite3.connect(f"file:{name}?mode=memory&cache=shared", uri=True, check_same_thread=False)
    )
    _set_up(db)
    migrate(db, None)
    return db


def connect(path: Path, *, reads_only: bool = False) -> Database:
    """A further connection to a file that `open_database` has prepared."""
    where = f"{path.absolute().as_uri()}?mode={'ro' if reads_only else 'rw'}"
    connection = sqlite3.connect(where, check_same_thread=False, timeout=BUSY_MS / 1000, uri=True)
    db = Database(connection)
    with _closed_on_failure(db):
        _set_up(db)
        if reads_only:
            db.execute("PRAGMA query_only=ON")
    return db


def _set_up(db: Database) -> None:
    db.execute("PRAGMA foreign_keys=ON")
    db.execute("PRAGMA synchronous=NORMAL")
    # What a member erases is overwritten in the file as well.
    db.execute("PRAGMA secure_delete=ON")


@contextmanager
def _closed_on_failure(db: Database) -> Iterator[None]:
    try:
        yield
    except BaseException:
        db.conn.close()
        raise


def _refuse_folder(path: Path) -> None:
    if path.is_dir():
        raise StoreError(f"The database {path} is a folder. Move it aside, then start again.")


def _check(db: Database, path: Path) -> None:
    result = str(db.execute("PRAGMA quick_check(1)").fetchone()[0])
    if result != "ok":
        raise StoreError(
            f"The database {path} is damaged ({result}). Put the newest backup in its place, "
            "or move the file aside to begin with an empty one."
        )


def hold(path: Path) -> IO[str]:
    """Hold the database for one running bot, until the returned file is closed or the bot ends.

    Two bots on one database would each send what the other is sending. Raises StoreError when
    another one holds it.
    """
    with told(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        held = path.with_name(f"{path.name}.lock").open("a", encoding="utf-8")
    try:
        import fcntl
    except ImportError:  # no such locks on this system
        return held
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        held.close()
        raise StoreError(
            f"The database {path} is in use by another running bot. End that one, then start again."
        ) from None
    return held


@contextmanager
def transaction(db: Database, *, durable: bool = False) -> Iterator[None]:
    """One write transaction; `durable` waits for the disk, for what was promised to a person."""
    db.execute(f"PRAGMA synchronous={'FULL' if durable else 'NORMAL'}")
    db.conn.execute("BEGIN IMMEDIATE")
    try:
        yield
        db.conn.execute("COMMIT")
    except BaseException:
        _undo(db)
        raise


@contextmanager
def apart(db: Database) -> Iterator[None]:
    """A part of a transaction: when it fails, it alone is undone, and the error goes on."""
    db.conn.execute("SAVEPOINT apart")
    try:
        yield
    except BaseException:
        db.conn.execute("ROLLBACK TO apart")
        raise
    finally:
        db.conn.execute("RELEASE apart")


def empty_log(db: Database) -> bool:
    """Bring all that was written into the file itself and cut its log back to nothing.

    What was deleted is overwritten in the file, but stands in the log until then. False when
    somebody is reading, so that it is to be tried again.
    """
    db.execute(f"PRAGMA busy_timeout={EMPTYING_MS}")
    try:
        return not db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
    finally:
        db.execute(f"PRAGMA busy_timeout={BUSY_MS}")


@contextmanager
def snapshot(db: Database) -> Iterator[None]:
    """One moment of the database to read from, whatever is written meanwhile."""
    db.conn.execute("BEGIN")
    try:
        yield
    finally:
        _undo(db)


def _undo(db: Database) -> None:
    # A connection that cannot even go back must not hide what went wrong before.
    with suppress(sqlite3.Error):
        db.conn.rollback()


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
        reason = (error.strerror or "unknown").lower()
        raise StoreError(f"The database {where} cannot be used ({reason}).") from error


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
