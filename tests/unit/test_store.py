"""The database file: opened with care, and every failure a sentence with a way out."""

import os
import sqlite3
import stat
from contextlib import closing
from pathlib import Path

import pytest

from bot.errors import StoreError
from bot.store import database, inbox
from bot.store.database import (
    connect,
    empty_log,
    open_database,
    open_memory,
    open_store,
    open_to_look,
    snapshot,
    told,
    transaction,
)
from tests.support.database import (
    HERE,
    NOW,
    asked,
    become_nobody,
    folder_of_nobody,
    locked,
    owned_by_nobody,
    told_to,
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "home" / "clm.db"


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "BUSY_MS", 20)


def opened(path: Path) -> None:
    open_database(path).conn.close()


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_the_file_is_made_for_its_owner_alone(path: Path) -> None:
    """The database, and what SQLite puts beside it, can be read by nobody else."""
    old = os.umask(0)
    try:
        db = open_database(path)
        inbox.keep(db, HERE, "key", "body", NOW)
        assert {p.name: mode(p) for p in path.parent.glob("clm.db*")} == {
            "clm.db": 0o600, "clm.db-wal": 0o600, "clm.db-shm": 0o600,
        }  # fmt: skip
        db.conn.close()
    finally:
        os.umask(old)


def test_a_file_that_others_could_read_is_closed_to_them(path: Path) -> None:
    """A database that was copied with open rights is closed at the next start."""
    opened(path)
    path.chmod(0o644)
    opened(path)
    assert mode(path) == 0o600


def test_it_is_written_ahead_and_checked(path: Path) -> None:
    """Readers never wait for the writer, references hold, and what is erased is overwritten."""
    db = open_database(path)
    settings = {
        name: db.execute(f"PRAGMA {name}").fetchone()[0]
        for name in ("journal_mode", "foreign_keys", "synchronous", "secure_delete")
    }
    assert settings == {
        "journal_mode": "wal", "foreign_keys": 1, "synchronous": 1, "secure_delete": 1,
    }  # fmt: skip
    db.conn.close()


def test_what_was_promised_waits_for_the_disk(path: Path) -> None:
    """A promise is on the disk before anybody hears of it; anything else survives a kill."""
    db = open_database(path)
    with transaction(db, durable=True):
        assert db.execute("PRAGMA synchronous").fetchone()[0] == 2
    with transaction(db):
        assert db.execute("PRAGMA synchronous").fetchone()[0] == 1
    db.conn.close()


def test_the_reader_cannot_write(path: Path) -> None:
    """A use case that says it only reads cannot change anything by mistake."""
    opened(path)
    db = connect(path, reads_only=True)
    with pytest.raises(StoreError, match="cannot be written"), told(path):
        inbox.keep(db, HERE, "key", "body", NOW)
    db.conn.close()


def test_an_erased_word_is_gone_from_the_file(path: Path) -> None:
    """What a member erased cannot be found in the file any more."""
    db = open_database(path)
    inbox.keep(db, HERE, "key", "a word that must vanish", NOW)
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    assert b"must vanish" in path.read_bytes()
    inbox.finish(db, HERE, "key", NOW)
    db.conn.close()
    assert b"must vanish" not in path.read_bytes()


def test_an_erased_word_is_gone_from_the_log_unless_somebody_reads(path: Path) -> None:
    """While somebody reads, the log cannot be cut back; that is told, so that it is tried again."""
    db = open_database(path)
    reader = connect(path, reads_only=True)
    inbox.keep(db, HERE, "key", "a word that must vanish", NOW)
    log = path.with_name(f"{path.name}-wal")
    with snapshot(reader):
        reader.execute("SELECT * FROM inbox").fetchall()
        inbox.finish(db, HERE, "key", NOW)
        assert not empty_log(db)
        assert b"must vanish" in log.read_bytes()
    assert empty_log(db)
    assert b"must vanish" not in log.read_bytes() + path.read_bytes()
    reader.conn.close()
    db.conn.close()


def test_a_memory_database_is_like_a_file() -> None:
    """Tests in memory meet the same schema and the same rules."""
    db = open_memory("one")
    with pytest.raises(sqlite3.IntegrityError, match="FOREIGN KEY"):
        db.execute("INSERT INTO votes (turn, member, helpful, at) VALUES (1, 'm', 1, 'now')")
    db.conn.close()


def text_file(path: Path) -> None:
    path.write_text("Dear diary, today I am no database. " * 40, encoding="utf-8")


def damaged(path: Path) -> None:
    opened(path)
    content = bytearray(path.read_bytes())
    content[4096:12288] = b"\xa5" * 8192
    path.write_bytes(content)


def cut_short(path: Path) -> None:
    opened(path)
    path.write_bytes(path.read_bytes()[:9000])


def newer(path: Path) -> None:
    opened(path)
    told_to(
        path,
        "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) "
        "VALUES ('clm', 'm999_from_the_future', 'now')",
    )


def a_folder(path: Path) -> None:
    path.mkdir()


SPOILED = [
    (text_file, "is damaged or is no database. Put the newest backup in its place, or move"),
    (damaged, "is damaged"),
    (cut_short, "is damaged"),
    (newer, "was written by a newer version of the bot (m999_from_the_future). Install that"),
    (a_folder, "is a folder. Move it aside, then start again."),
]


@pytest.mark.parametrize(("spoil", "sentence"), SPOILED, ids=lambda f: getattr(f, "__name__", ""))
@pytest.mark.parametrize("opening", [open_database, open_to_look, open_store])
def test_a_file_that_cannot_be_used_is_told_in_words(
    path: Path, spoil: object, sentence: str, opening: object
) -> None:
    """A damaged, strange or newer file is named with the way out, and is left as it is."""
    path.parent.mkdir()
    assert callable(spoil) and callable(opening)
    spoil(path)
    before = path.read_bytes() if path.is_file() else b""
    with pytest.raises(StoreError) as error:
        opening(path)
    assert sentence in str(error.value) and str(path) in str(error.value)
    assert error.value.exit_code == 74
    assert (path.read_bytes() if path.is_file() else b"") == before


def test_a_locked_file_is_told_in_words(path: Path) -> None:
    """A database that another program holds is named, and so is what to do."""
    opened(path)
    with locked(path), pytest.raises(StoreError, match="in use by another program"):
        open_database(path)
    opened(path)


def test_a_second_bot_on_the_same_database_is_refused(path: Path) -> None:
    """Two bots would each send what the other sends; the second one says so and ends."""
    first = open_store(path)
    with pytest.raises(StoreError, match="in use by another running bot"):
        open_store(path)
    first.close()
    open_store(path).close()


def test_a_failed_start_lets_go_of_the_file(path: Path) -> None:
    """After a start that failed the next one is not told that another bot is running."""
    path.parent.mkdir()
    text_file(path)
    with pytest.raises(StoreError, match="no database"):
        open_store(path)
    path.unlink()
    open_store(path).close()


def test_the_doctor_can_look_while_the_bot_runs(path: Path) -> None:
    """Looking at the database takes nothing from the bot that uses it."""
    store = open_store(path)
    with transaction(store.writing):
        inbox.keep(store.writing, HERE, "key", "body", NOW)
        look = open_to_look(path)
        assert inbox.unfinished(look) == []
        look.conn.close()
    store.close()


def test_a_full_disk_is_told_and_nothing_is_half_written(path: Path) -> None:
    """When the disk is full the whole use case is undone, and works again once there is room."""
    db = open_database(path)
    pages = db.execute("PRAGMA page_count").fetchone()[0]
    db.execute(f"PRAGMA max_page_count={pages + 2}")
    too_much = [str(number) for number in range(100)]
    with pytest.raises(StoreError, match="is full"), told(path), transaction(db):
        assert all(inbox.keep(db, HERE, key, "x" * 4000, NOW) for key in too_much)
    assert inbox.unfinished(db) == []
    db.execute("PRAGMA max_page_count=100000")
    with transaction(db):
        assert inbox.keep(db, HERE, "1", "x" * 40000, NOW)
    db.conn.close()


def test_a_folder_that_cannot_be_written_is_told() -> None:
    """A home that belongs to somebody else is told, with the setting that changes it."""
    with folder_of_nobody() as folder:
        folder.chmod(0o555)
        become_nobody()
        with pytest.raises(StoreError, match="its folder belongs to somebody else or is read-only"):
            open_database(folder / "clm.db")
        with pytest.raises(StoreError, match="Set CLM_HOME"):
            open_database(folder / "home" / "clm.db")
    assert not (folder / "clm.db").exists()


def test_a_file_that_cannot_be_written_is_told() -> None:
    """A database that belongs to somebody else is told, and not read in part."""
    with folder_of_nobody() as folder:
        path = folder / "clm.db"
        opened(path)
        if os.geteuid() != 0:
            pytest.skip("only root can make a file that belongs to somebody else")
        path.chmod(0o444)
        become_nobody()
        with pytest.raises(StoreError, match="cannot be written"):
            open_database(path)


def test_a_read_only_folder_around_a_file_is_told() -> None:
    """A file of one's own in a folder that takes no new files cannot be worked with."""
    with folder_of_nobody() as folder:
        path = folder / "clm.db"
        opened(path)
        owned_by_nobody(path)
        folder.chmod(0o555)
        become_nobody()
        with pytest.raises(StoreError, match="cannot be written"):
            open_database(path)


def test_home_may_have_any_name(tmp_path: Path) -> None:
    """Spaces, question marks and percent signs in the path are part of the path."""
    path = tmp_path / "a b?mode=memory#x%20" / "clm.db"
    store = open_store(path)
    with transaction(store.writing):
        inbox.keep(store.writing, HERE, "key", "body", NOW)
    assert [row[0] for row in inbox.unfinished(store.reading)] == ["key"]
    store.close()
    assert asked(path, "SELECT count(*) FROM inbox") == [(1,)]


def test_a_home_that_is_a_file_is_told(tmp_path: Path) -> None:
    """CLM_HOME that names a file is a sentence and no stack trace."""
    (tmp_path / "home").write_text("", encoding="utf-8")
    with pytest.raises(StoreError, match="cannot be used"):
        open_database(tmp_path / "home" / "clm.db")


def test_a_writer_that_waits_for_another_says_so(path: Path) -> None:
    """A write that cannot begin, since another program writes, is told and changes nothing."""
    db = open_database(path)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match="in use"), told(path), transaction(db):
            pytest.fail("the transaction must not begin")
    with transaction(db):
        assert inbox.keep(db, HERE, "key", "body", NOW)
    db.conn.close()
