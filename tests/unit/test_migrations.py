"""Migrations: each once, each whole, after a backup, and never backwards."""

import sqlite3
import stat
from contextlib import closing
from pathlib import Path

import pytest
from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

from bot.errors import StoreError
from bot.store import faq, inbox, migrations, schema
from bot.store.database import open_database, open_to_look
from bot.store.migrations import is_current
from tests.support.database import HERE, NOW, asked

TABLES = "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"
APPLIED = "SELECT name FROM _sqlite_migrations ORDER BY id"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "clm.db"


def opened(path: Path) -> None:
    open_database(path).conn.close()


def with_one_more(monkeypatch: pytest.MonkeyPatch, sql: str) -> None:
    """The version after this one: the same migrations and one more."""
    more = Migrations("clm")
    for one in schema.migrations._migrations:
        more(name=one.name)(one.fn)

    @more()
    def m900_more(db: Database) -> None:
        db.executescript(sql)

    monkeypatch.setattr(migrations, "migrations", more)


def test_each_migration_is_applied_once(path: Path) -> None:
    """A second start changes nothing, and makes no backup of what it did not change."""
    opened(path)
    first = asked(path, APPLIED)
    opened(path)
    assert asked(path, APPLIED) == first
    assert [name for (name,) in first] == sorted(name for (name,) in first)
    assert [p.name for p in path.parent.iterdir()] == ["clm.db"]


def test_an_upgrade_keeps_what_is_there_and_a_backup(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before an upgrade the database is copied beside itself, for its owner alone to read."""
    db = open_database(path)
    inbox.keep(db, HERE, "key", "body", NOW)
    db.conn.close()
    with_one_more(monkeypatch, "CREATE TABLE more (a TEXT)")
    opened(path)
    backup = path.with_name("clm.db.before-m900_more")
    assert ("more",) in asked(path, TABLES) and ("more",) not in asked(backup, TABLES)
    assert asked(path, "SELECT key FROM inbox") == asked(backup, "SELECT key FROM inbox")
    assert stat.S_IMODE(backup.stat().st_mode) == 0o600
    assert not list(path.parent.glob("*.part"))


def test_a_migration_that_fails_leaves_nothing_half_done(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After an upgrade that failed the database is as it was, and the old version starts on it."""
    opened(path)
    before = asked(path, TABLES), asked(path, APPLIED)
    with monkeypatch.context() as change:
        with_one_more(change, "CREATE TABLE more (a TEXT); INSERT INTO nowhere VALUES (1);")
        with pytest.raises(StoreError, match="no such table: nowhere"):
            open_database(path)
    assert (asked(path, TABLES), asked(path, APPLIED)) == before
    opened(path)


def test_an_upgrade_without_room_for_the_backup_does_not_begin(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When the backup cannot be made nothing is migrated, and no half of a backup is left."""
    opened(path)
    with_one_more(monkeypatch, "CREATE TABLE more (a TEXT)")
    path.with_name("clm.db.before-m900_more").mkdir()
    with pytest.raises(StoreError, match="cannot be used"):
        open_database(path)
    assert ("more",) not in asked(path, TABLES)
    assert not list(path.parent.glob("*.part"))


def test_an_old_backup_does_not_stand_in_the_way(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A backup from an attempt before is replaced, whatever is in it."""
    opened(path)
    backup = path.with_name("clm.db.before-m900_more")
    backup.write_text("no database", encoding="utf-8")
    with_one_more(monkeypatch, "CREATE TABLE more (a TEXT)")
    opened(path)
    assert asked(backup, APPLIED)


def test_going_back_to_the_old_version_is_refused_in_words(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The old version does not touch a database of the new one, and says what to do."""
    with monkeypatch.context() as change:
        with_one_more(change, "CREATE TABLE more (a TEXT)")
        opened(path)
    with pytest.raises(StoreError, match="newer version of the bot \\(m900_more\\)"):
        open_database(path)


def test_looking_does_not_migrate(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The doctor of a new version changes nothing in the database of the old one."""
    opened(path)
    with_one_more(monkeypatch, "CREATE TABLE more (a TEXT)")
    db = open_to_look(path)
    assert not is_current(db)
    db.conn.close()
    assert ("more",) not in asked(path, TABLES)
    opened(path)
    db = open_to_look(path)
    assert is_current(db)
    db.conn.close()


def test_an_empty_file_becomes_a_database(path: Path) -> None:
    """A file of no length, as a full disk may leave it, is no hindrance."""
    path.touch()
    opened(path)
    with closing(sqlite3.connect(path)) as db:
        assert db.execute("SELECT count(*) FROM tickets").fetchone() == (0,)


def test_what_was_asked_before_conversations_is_still_there(path: Path) -> None:
    """A question kept by an older version is read as one that went on from nothing."""
    before = Migrations("clm")
    for one in schema.migrations._migrations:
        if one.name < "m005":
            before(name=one.name)(one.fn)
    db = Database(path)
    before.apply(db)
    db.execute(
        "INSERT INTO turns (workspace, member, place, message, question, outcome, choices, "
        "created_at) VALUES (?, 'm', 'p', '', 'Why?', 'unknown', '[]', ?)",
        [HERE, NOW.isoformat()],
    )
    db.conn.commit()
    db.conn.close()
    opened_again = open_database(path)
    turn = faq.get(opened_again, 1)
    opened_again.conn.close()
    assert turn is not None and turn.question == "Why?"
    assert (turn.also, turn.follows, turn.dropped, turn.first) == ((), None, (), "")


@pytest.mark.parametrize(
    ("state", "last", "now", "waits", "ended"),
    [
        ("new", None, "new", True, False),
        ("claimed", None, "claimed", True, False),
        ("claimed", 0, "waiting_member", False, False),
        ("claimed", 1, "waiting_chair", True, False),
        ("closed", 0, "closed", False, True),
        ("withdrawn", 1, "withdrawn", False, False),
    ],
)
def test_a_request_from_before_waits_for_whoever_did_not_write_last(
    path: Path, state: str, last: int | None, now: str, waits: bool, ended: bool
) -> None:
    """Requests that an older version left open are with the right side, and closed ones go on."""
    before = Migrations("clm")
    for one in schema.migrations._migrations:
        if one.name < "m013":
            before(name=one.name)(one.fn)
    db = Database(path)
    before.apply(db)
    db.execute(
        "INSERT INTO tickets (workspace, number, member, state, version, shared, created_at, "
        "changed_at) VALUES (?, 1, 'm', ?, 1, '{}', ?, ?)",
        [HERE, state, NOW.isoformat(), NOW.isoformat()],
    )
    for by_member in (1 - last, last) if last is not None else ():
        db.execute(
            "INSERT INTO ticket_messages (ticket, author, by_member, text, at) "
            "VALUES (1, 'm', ?, 'Hi', ?)",
            [by_member, NOW.isoformat()],
        )
    db.conn.commit()
    db.conn.close()
    opened(path)
    found = asked(path, "SELECT state, waiting_since, closed_at FROM tickets")
    stamp = NOW.isoformat()
    assert found == [(now, stamp if waits else None, stamp if ended else None)]
