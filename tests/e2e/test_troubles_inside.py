"""Trouble inside the bot: a database that is held, a failure nobody foresaw, and the log of it."""

import logging
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
import structlog

from bot import log
from tests.support.sent import bot_says
from tests.support.talk import Person, Shown, Talk, connected
from tests.support.wizard import ADMINISTRATOR, walks

QUESTION = "How many education hours do I need before applying?"
ANSWER = "10 hours"
OTHER = "What are the education categories?"
SECRET = "Zebedee Quartermain earns 41,000"


async def test_a_locked_database_is_waited_for(talk: Talk, ada: Person) -> None:
    """While another program holds the records, nothing is lost; the answer comes after, once."""
    with held(talk.runtime.database) as release:
        seq = talk.slack.journal.seq
        await ada.writes(QUESTION)
        assert await talk.slack.journal.wait(seq, '"kind": "event"', 5.0)
        release()
        assert await ada.sees(ANSWER)
    await talk.quiet()
    assert len(await bot_says(ada, ANSWER)) == 1


@contextmanager
def held(database: Path) -> Iterator[Callable[[], None]]:
    """Another program that holds the database's write lock until it is released."""
    db = sqlite3.connect(database, isolation_level=None)
    db.execute("BEGIN IMMEDIATE")

    def release() -> None:
        if db.in_transaction:
            db.rollback()

    try:
        yield release
    finally:
        release()
        db.close()


async def test_a_database_that_stays_locked_is_said(talk: Talk, ada: Person) -> None:
    """When the records cannot be reached at all, the person reads that, with a reference."""
    talk.runtime._store.writing.execute("PRAGMA busy_timeout=100")
    with held(talk.runtime.database):
        shown = await ada.says(QUESTION)
        assert "I cannot reach my records right now" in shown.text
        assert "Reference" in shown.text
    assert ANSWER in (await ada.says(QUESTION)).text


@pytest.mark.parametrize(
    ("when", "kind"),
    [("DELETE ON outbox", None), ("UPDATE ON outbox WHEN NEW.state = 'due'", "server_error")],
)
async def test_a_receipt_that_cannot_be_kept_is_made_good(
    talk: Talk, ada: Person, when: str, kind: str | None
) -> None:
    """When the records fail just after a delivery, it is looked up later: told, and told once."""
    refuse = f"CREATE TRIGGER refuse BEFORE {when} BEGIN SELECT RAISE(ABORT, 'disk full'); END"
    with closing(sqlite3.connect(talk.runtime.database)) as db:
        db.execute(refuse)
        if kind:
            await talk.post("fault", kind=kind, method="chat.postMessage")
        seq = talk.slack.journal.seq
        await ada.writes(QUESTION)
        assert await talk.slack.journal.wait(seq, '"name": "chat.postMessage"', 5.0)
        await talk.until(lambda: unsettled(talk), "a delivery without a receipt")
        db.execute("DROP TRIGGER refuse")
    await ada.sees(ANSWER)
    await talk.quiet()
    assert len(await bot_says(ada, ANSWER)) == 1


async def unsettled(talk: Talk) -> bool:
    # On a Monday the chair's digest may wait beside it.
    return talk.rows("SELECT state FROM outbox WHERE kind = 'answer'") == [("sending",)]


@pytest.fixture
def listening(capsys: pytest.CaptureFixture[str]) -> Iterator[Callable[[], Callable[[], str]]]:
    """Begins to keep the log as an operator has it, and gives a way to read it so far."""
    levels = {name: logging.getLogger(name).level for name in log.QUIET}

    def begin() -> Callable[[], str]:
        log.set_up("DEBUG", json=True)
        return lambda: "".join(capsys.readouterr())

    yield begin
    structlog.reset_defaults()
    for name, level in levels.items():
        logging.getLogger(name).setLevel(level)


@pytest.mark.parametrize("way", ["DM", "mention", "command", "button", "window"])
async def test_an_unforeseen_failure_gives_a_reference_that_is_in_the_log(
    talk: Talk, ada: Person, monkeypatch: pytest.MonkeyPatch, listening: Any, way: str
) -> None:
    """The person reads "Something went wrong" with a reference; the log has it and nothing else."""
    written_so_far = listening()
    answer = await ada.says(QUESTION)
    await ada.runs("ask")

    def broken(*_: object) -> None:
        raise RuntimeError(f"{SECRET} {ada.name} {talk.slack.bot_token}")

    monkeypatch.setattr("bot.store.faq.add", broken)
    monkeypatch.setattr("bot.store.faq.vote", broken)
    shown = await fails(ada, way, answer)
    assert "Something went wrong on my side, and nothing was lost" in shown.text
    reference = shown.text.rpartition("reference ")[2].strip(" .")
    assert len(reference) == 8
    written = written_so_far()
    assert reference in written
    assert "RuntimeError" in written
    for private in (SECRET, "Zebedee", QUESTION, "xoxb-", "xapp-", "U0ADA", "Okafor"):
        assert private not in written


async def fails(ada: Person, way: str, answer: Shown) -> Shown:
    """Do something that fails inside, and return what the person is shown."""
    if way == "DM":
        return await ada.says(f"{QUESTION} {SECRET}")
    if way == "mention":
        return await ada.says(f"@clm {QUESTION} {SECRET}", channel="clm")
    if way == "command":
        return await ada.runs(f"{QUESTION} {SECRET}")
    if way == "button":
        return await ada.presses_for("Yes", answer)
    window = (await ada.modals())[-1]
    refused = await ada.submits(window, {"question": f"{QUESTION} {SECRET}"})
    assert "trouble connecting" in refused["detail"]
    assert (await ada.modals())[-1].raw["id"] == window.raw["id"]
    return await ada.sees("Something went wrong")


async def test_the_log_of_an_ordinary_day_holds_nothing_personal(
    talk: Talk, ada: Person, listening: Any
) -> None:
    """Questions, windows, votes and troubles leave no name, no word and no token in the log."""
    written_so_far = listening()
    answer = await ada.says(QUESTION)
    await ada.presses("Yes", answer)
    await talk.post("fault", kind="server_error", method="chat.postMessage")
    await ada.writes(f"{OTHER} {SECRET}")
    await talk.quiet()
    await walks(ada, await ada.runs("check"), ADMINISTRATOR)
    await talk.post("fault", kind="disconnect", reason="none")
    await connected(talk.slack)
    await ada.home()
    written = written_so_far()
    assert "notice not delivered" in written
    for private in (SECRET, "Zebedee", QUESTION, "xoxb-", "xapp-", "U0ADA", "D0ADA", "Okafor"):
        assert private not in written
