"""Bringing a database up to date; one that is newer than this version is refused."""

import sqlite3
from datetime import datetime
from pathlib import Path

from sqlite_utils import Database

from bot.errors import StoreError
from bot.store.schema import migrations


def migrate(db: Database, path: Path | None) -> None:
    """Apply what is missing, after a copy of the file beside it; refuse a newer database."""
    refuse_newer(db, path)
    if not migrations.pending(db):
        return
    if migrations.applied(db) and path is not None:
        _back_up(db, path.with_name(f"{path.name}.before-{_names()[-1]}"))
    migrations.apply(db)


def refuse_newer(db: Database, path: Path | None) -> None:
    """Raise StoreError for a database that a newer version has written."""
    applied = {migration.name for migration in migrations.applied(db)}
    if newer := sorted(applied.difference(_names())):
        raise StoreError(
            f"The database {path} was written by a newer version of the bot ({newer[-1]}). "
            "Install that version again, or put back the backup made before the upgrade."
        )


def is_current(db: Database) -> bool:
    """Whether nothing is left to apply."""
    return not migrations.pending(db)


def drop_backups_before(path: Path, moment: datetime) -> None:
    """Delete the copies made before an upgrade that are older than that. Raises OSError."""
    for copy in path.parent.glob(f"{path.name}.before-*"):
        if copy.stat().st_mtime < moment.timestamp():
            copy.unlink(missing_ok=True)


def _names() -> list[str]:
    return sorted(migration.name for migration in migrations._migrations)


def _back_up(db: Database, target: Path) -> None:
    unfinished = target.with_name(f"{target.name}.part")
    unfinished.unlink(missing_ok=True)
    unfinished.touch(mode=0o600)
    try:
        copy = sqlite3.connect(unfinished)
        try:
            db.conn.backup(copy)
        finally:
            copy.close()
        unfinished.replace(target)
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise
