"""One use case, one transaction: it happens wholly or not at all, and one at a time."""

import asyncio
import sqlite3
from pathlib import Path

import pytest

from bot.domain.notices import Notice
from bot.errors import NotAllowed, StoreError
from bot.services import inbox as services
from bot.services import outbox as outbox_services
from bot.services.outbox import tell
from bot.services.transaction import Transaction, mode_of, promises, reads, writes
from bot.store import database, eligibility, faq, inbox, members, outbox
from bot.store.faq import Turn
from tests.support.database import ADA, HERE, Clock, asked, locked, running


class Interrupted(RuntimeError):
    """A fault that nobody foresaw."""


def _turn() -> Turn:
    return Turn(0, HERE, ADA, "", "", "Why?", "answer", "x", (), None, late=False, introduces=False)


def _everything(tx: Transaction) -> None:
    members.meet(tx.db, tx.workspace, ADA, tx.now)
    turn = faq.add(tx.db, _turn(), tx.now)
    faq.vote(tx.db, turn, ADA, True, tx.now)
    eligibility.begin_draft(tx.db, tx.workspace, ADA, "1", {"role": "other"}, "role", tx.now)
    eligibility.keep_told(tx.db, tx.workspace, ADA, "1", {"role": "other"}, tx.now)
    inbox.keep(tx.db, tx.workspace, "key", "body", tx.now)
    tell(tx, Notice(tx.workspace, ADA, "slot", "say", "ask.chat"))


@writes
def write_all(tx: Transaction) -> str:
    _everything(tx)
    return "done"


@writes
def write_and_fail(tx: Transaction, error: BaseException) -> None:
    _everything(tx)
    raise error


@promises
def promise_and_fail(tx: Transaction, error: BaseException) -> None:
    _everything(tx)
    raise error


@reads
def read_and_write(tx: Transaction) -> None:
    _everything(tx)


@reads
def read_twice(tx: Transaction, between: "asyncio.Event", loop: asyncio.AbstractEventLoop) -> bool:
    first = tx.db.execute("SELECT count(*) FROM inbox").fetchone()
    asyncio.run_coroutine_threadsafe(between.wait(), loop).result(timeout=10)
    return bool(first == tx.db.execute("SELECT count(*) FROM inbox").fetchone())


def unmarked(tx: Transaction) -> None:
    return None


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "clm.db"


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "BUSY_MS", 20)


TABLES = ("members", "turns", "votes", "drafts", "profiles", "inbox", "outbox")


def rows(path: Path) -> dict[str, int]:
    return {name: asked(path, f"SELECT count(*) FROM {name}")[0][0] for name in TABLES}


async def test_what_a_use_case_does_is_kept_together(path: Path) -> None:
    """A use case that ends well leaves every row of it, and its result comes back."""
    with running(path) as runtime:
        assert await runtime.run(write_all, HERE) == "done"
        assert rows(path) == dict.fromkeys(TABLES, 1)


@pytest.mark.parametrize("use_case", [write_and_fail, promise_and_fail])
@pytest.mark.parametrize(
    "error", [Interrupted("a bug"), NotAllowed("no"), KeyboardInterrupt(), sqlite3.Error("odd")]
)
async def test_a_use_case_that_raises_leaves_nothing(
    path: Path, use_case: object, error: BaseException
) -> None:
    """Whatever goes wrong in the middle, no table keeps half of it, and the next one works."""
    with running(path) as runtime:
        raised = StoreError if isinstance(error, sqlite3.Error) else type(error)
        with pytest.raises(raised):
            await runtime.run(use_case, HERE, error)  # type: ignore[arg-type]
        assert rows(path) == dict.fromkeys(TABLES, 0)
        assert not runtime.due.is_set()
        assert await runtime.run(write_all, HERE) == "done"
        assert rows(path) == dict.fromkeys(TABLES, 1)


async def test_reading_changes_nothing(path: Path) -> None:
    """A use case that is marked as reading and writes all the same is stopped."""
    with running(path) as runtime:
        with pytest.raises(StoreError, match="cannot be written"):
            await runtime.run(read_and_write, HERE)
        assert rows(path) == dict.fromkeys(TABLES, 0)


async def test_a_reader_sees_one_moment(path: Path) -> None:
    """What is written while somebody reads waits for nobody and does not show in the middle."""
    with running(path) as runtime:
        between = asyncio.Event()
        reading = asyncio.create_task(
            runtime.run(read_twice, HERE, between, asyncio.get_running_loop())
        )
        assert await runtime.run(write_all, HERE) == "done"
        between.set()
        assert await reading
        assert len(await runtime.run(services.unfinished, HERE)) == 1


async def test_writers_wait_for_one_another(path: Path) -> None:
    """Fifty things at once are done one after the other, and none is lost."""
    with running(path) as runtime:
        kept = await asyncio.gather(
            *(runtime.run(services.keep, HERE, str(n), "body") for n in range(50))
        )
        assert all(kept)
        assert len(await runtime.run(services.unfinished, HERE)) == 50


async def test_a_locked_database_is_told_and_later_works(path: Path) -> None:
    """While another program holds the database a sentence is told, and afterwards all works."""
    with running(path) as runtime:
        await runtime.run(services.keep, HERE, "before", "body")
        blocking = sqlite3.connect(path, isolation_level=None)
        blocking.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match="is in use by another program"):
            await runtime.run(write_all, HERE)
        blocking.close()
        assert await runtime.run(write_all, HERE) == "done"


def test_a_runtime_does_not_start_on_a_locked_database(path: Path) -> None:
    """A start on a database that is held by another program ends in a sentence."""
    with running(path):
        pass
    with locked(path), pytest.raises(StoreError, match="in use"), running(path):
        pytest.fail("it must not start")


async def test_notices_are_delivered_though_nobody_waits_any_more(path: Path) -> None:
    """A use case whose listener gave up is finished, and what it queued is looked after."""
    with running(path) as runtime:
        waiting = asyncio.create_task(runtime.run(write_all, HERE))
        await asyncio.wait([waiting], timeout=0)
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting
        await asyncio.wait_for(runtime.due.wait(), timeout=10)
        assert (await runtime.run(outbox_services.counts, HERE)) == {"due": 1}


async def test_a_use_case_that_is_not_marked_never_runs(path: Path) -> None:
    """A use case must say whether it reads, writes or promises."""
    with pytest.raises(KeyError):
        mode_of(unmarked)
    with running(path) as runtime, pytest.raises(KeyError):
        await runtime.run(unmarked, HERE)


async def test_a_use_case_is_given_the_time_of_the_clock(path: Path) -> None:
    """Rows carry the time that the clock told when the use case began."""
    clock = Clock()
    with running(path, clock) as runtime:
        await runtime.run(services.keep, HERE, "a", "body")
        later = clock.moves(hours=1)
        await runtime.run(services.keep, HERE, "b", "body")
        received = [when for _, _, when in await runtime.run(services.unfinished, HERE)]
        assert received[1] == later and (received[1] - received[0]).total_seconds() == 3600


async def test_a_kill_loses_nothing_that_was_committed(path: Path) -> None:
    """What was kept is there for a bot that starts on the files of one that was killed."""
    with running(path) as runtime:
        await runtime.run(write_all, HERE)
        killed = path.with_name("killed")
        killed.mkdir()
        for file in path.parent.glob("clm.db*"):
            (killed / file.name).write_bytes(file.read_bytes())
    with running(killed / "clm.db") as runtime:
        assert len(await runtime.run(services.unfinished, HERE)) == 1
        assert outbox.counts(runtime._store.reading) == {"due": 1}
