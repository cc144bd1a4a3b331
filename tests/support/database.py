"""Databases to open, damage and lock, and a runtime over one without any content."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, cast

from bot.domain.identity import MemberRef, Workspace
from bot.runtime import Runtime
from bot.services.bank import Bank

HERE = Workspace("slack:T0CHAPTER")
ADA = MemberRef("slack:T0CHAPTER:U0ADA")
NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
NOBODY = 65534


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now

    def moves(self, **by: float) -> datetime:
        self.now += timedelta(**by)
        return self.now


def no_bank(today: date) -> Bank:
    """Use cases of the store alone ask the bank nothing."""
    return cast(Bank, None)


@contextmanager
def running(path: Path, clock: Clock | None = None) -> Iterator[Runtime]:
    """A runtime over a database, without content."""
    runtime = Runtime(no_bank, path, clock or Clock())
    try:
        yield runtime
    finally:
        runtime.close()


def asked(path: Path, sql: str) -> list[tuple[Any, ...]]:
    """What a database holds, read beside the bot."""
    with closing(sqlite3.connect(path)) as db:
        return db.execute(sql).fetchall()


def told_to(path: Path, sql: str) -> None:
    """Change a database beside the bot."""
    with closing(sqlite3.connect(path)) as db:
        db.executescript(sql)


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Another program that holds the database for itself."""
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute("PRAGMA locking_mode=EXCLUSIVE")
        db.execute("BEGIN EXCLUSIVE")
        yield


@contextmanager
def folder_of_nobody() -> Iterator[Path]:
    """A folder below which this process has no more rights than a stranger, even run by root."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        root = os.geteuid() == 0
        try:
            yield folder
        finally:
            if root:
                os.seteuid(0)
            for path in (folder, *folder.rglob("*")):
                path.chmod(0o755)


def become_nobody() -> None:
    """Give up the rights of root until `folder_of_nobody` ends; nothing for anybody else."""
    if os.geteuid() == 0:
        os.seteuid(NOBODY)


def owned_by_nobody(path: Path) -> None:
    """Make a file belong to whom `become_nobody` makes of this process."""
    if os.geteuid() == 0:
        os.chown(path, NOBODY, NOBODY)
