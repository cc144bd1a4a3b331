"""Killed in the middle of an erasure: it is finished, all of it, at the next start."""

import asyncio
import json
import shutil
import signal
from collections.abc import AsyncIterator
from contextlib import suppress
from pathlib import Path

import aiohttp
import pytest

from bot.playground.server import Playground
from tests.e2e.test_restart import STALL
from tests.support.process import all_done, change, clm_run, gone, talk_beside
from tests.support.talk import Person, Shown, Stuck, Talk, local_slack

QUESTION = "How many education hours do I need before applying?"
NOTE = "My firm must not hear of this."
STALL_ERASING = STALL[1].replace("BEFORE INSERT ON turns", "BEFORE DELETE ON turns")


@pytest.fixture
async def slack() -> AsyncIterator[Playground]:
    async with local_slack() as opened:
        yield opened


@pytest.fixture
async def talk(slack: Playground, tmp_path: Path) -> AsyncIterator[Talk]:
    (tmp_path / "chapter.yaml").write_text("chair: {slack_id: U0CHRISTINA, name: Christina}\n")
    async with talk_beside(slack, tmp_path) as opened:
        yield opened


async def at_last_step(talk: Talk) -> tuple[Person, Shown]:
    """Ada has asked and handed over, and stands before the word."""
    ada = talk.as_("ada")
    await ada.says(QUESTION)
    await ada.submits(await ada.runs("chair"), {"note": NOTE})
    await talk.as_("christina").sees(NOTE)
    await all_done(talk)
    return ada, await ada.goes_on(await ada.runs("delete my data"))


def about_ada(talk: Talk) -> list[str]:
    tables = talk.rows(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT GLOB '*sqlite_*'"
    )
    return [
        f"{table}: {row}"
        for (table,) in tables
        for row in talk.rows(f"SELECT * FROM [{table}]")
        if any(mark in repr(row) for mark in ("U0ADA", "D0ADA", NOTE))
    ]


async def all_told(talk: Talk) -> None:
    """Wait for what is to be told; the click that the kill cut short has no body to wait for."""

    async def look() -> bool:
        return not talk.rows("SELECT 1 FROM outbox WHERE state IN ('due', 'sending')")

    await talk.until(look, "the end of what is to be told")


async def emptied(talk: Talk) -> None:
    chair = talk.as_("christina")
    await chair.sees("erased their data")
    assert NOTE not in str([message.raw for message in await chair.messages()])
    await talk.as_("ada").sees("This request was erased")


async def test_killed_before_the_rows_were_gone(talk: Talk, tmp_path: Path) -> None:
    """The member has typed the word, and the bot is killed while it erases: the next start does
    what was asked for, empties the chair's card, and the member need not ask again."""
    async with clm_run(talk.slack, tmp_path) as bot:
        ada, really = await at_last_step(talk)
        change(tmp_path, STALL[0], STALL_ERASING)
        pressing = asyncio.create_task(ada.submits(really, {"word": "erase"}))

        async def is_written() -> bool:
            file = tmp_path / "erasures.jsonl"
            return file.exists() and len(file.read_text().splitlines()) == 2

        await talk.until(is_written, "the line in the file")
        await bot.ends_by(signal.SIGKILL)
        with suppress(Stuck, aiohttp.ClientError):
            await pressing
        await gone(talk.slack)
    change(tmp_path, "DROP TRIGGER stall", "DROP VIEW for_ever")
    assert about_ada(talk)
    async with clm_run(talk.slack, tmp_path):
        await emptied(talk)
        await all_told(talk)
        assert about_ada(talk) == []


async def test_killed_before_the_card_was_emptied(talk: Talk, tmp_path: Path) -> None:
    """The rows are gone and Slack keeps the bot waiting when it is killed: no name is left for
    it, and the next start still empties the card and the member's own message."""
    async with clm_run(talk.slack, tmp_path) as bot:
        ada, really = await at_last_step(talk)
        await talk.post("fault", kind="timeout", method="chat.update", count=9)
        await ada.goes_on(really, {"word": "erase"})

        async def is_waiting() -> bool:
            return bool(talk.rows("SELECT 1 FROM outbox WHERE kind = 'erased'"))

        await talk.until(is_waiting, "the edit that waits")
        await bot.ends_by(signal.SIGKILL)
        await gone(talk.slack)
    talk.slack._slack.troubles.ordered.clear()
    named = [row for row in about_ada(talk) if "U0ADA" in row or NOTE in row]
    assert [row for row in named if "'home'" not in row] == []
    async with clm_run(talk.slack, tmp_path):
        await all_told(talk)
        await emptied(talk)
        assert about_ada(talk) == []


async def test_a_backup_put_back_is_clean_after_the_start(talk: Talk, tmp_path: Path) -> None:
    """The whole way: a copy is made, the member erases, the copy is put back, the bot starts, and
    Slack shows nothing of it either."""
    async with clm_run(talk.slack, tmp_path) as bot:
        ada, really = await at_last_step(talk)
        await bot.ends_by(signal.SIGTERM)
        await gone(talk.slack)
    shutil.copy(tmp_path / "clm.db", tmp_path / "backup.db")
    async with clm_run(talk.slack, tmp_path) as bot:
        await ada.goes_on(really, {"word": "erase"})
        await all_done(talk)
        await bot.ends_by(signal.SIGTERM)
        await gone(talk.slack)
    shutil.move(tmp_path / "backup.db", tmp_path / "clm.db")
    assert about_ada(talk)
    async with clm_run(talk.slack, tmp_path):
        await all_told(talk)
        assert about_ada(talk) == []
        await emptied(talk)
    lines = (tmp_path / "erasures.jsonl").read_text().splitlines()
    assert [json.loads(line).get("reason") for line in lines] == [None, "asked"]


async def test_a_card_that_the_chair_deleted_does_not_come_back(talk: Talk, tmp_path: Path) -> None:
    """Where there is nothing left to empty, nobody is sent a new message about it."""
    async with clm_run(talk.slack, tmp_path):
        ada, really = await at_last_step(talk)
        for _ in range(2):
            await talk.post(
                "fault", kind="slack_error", method="chat.update", error="message_not_found"
            )
        before = len(await talk.as_("christina").messages())
        await ada.goes_on(really, {"word": "erase"})
        await all_done(talk)
        assert len(await talk.as_("christina").messages()) == before
        assert about_ada(talk) == []
