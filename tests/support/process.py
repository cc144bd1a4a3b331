"""The real `clm run` as a program of its own, beside a playground: to be killed and restarted."""

import asyncio
import os
import shutil
import sqlite3
import sys
from asyncio.subprocess import Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import aiohttp

from bot.playground.server import Playground
from bot.runtime import Runtime
from tests.support.talk import CACHE, PATIENCE_S, Talk, connected

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class Started:
    """A bot that runs as a program, and the file that takes what it prints."""

    process: Process
    printed: Path

    async def ends_by(self, number: int) -> int:
        """Send a signal and wait for the end; the exit code, negative for a signal."""
        self.process.send_signal(number)
        return await asyncio.wait_for(self.process.wait(), PATIENCE_S)


@asynccontextmanager
async def clm_run(slack: Playground, home: Path) -> AsyncIterator[Started]:
    """`clm run` on a playground; whatever is left of it at the end is killed."""
    if CACHE.is_dir():
        shutil.copytree(CACHE, home / "cache", dirs_exist_ok=True)
    printed = home / "printed.txt"
    with printed.open("ab") as output:
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            *("-m", "bot.cli", "run"),
            cwd=home,
            env=_environment(slack, home),
            stdout=output,
            stderr=output,
        )
    try:
        await connected(slack)
        yield Started(process, printed)
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


def _environment(slack: Playground, home: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("SLACK_")}
    return {
        **kept,
        "PYTHONPATH": str(ROOT),
        "CLM_HOME": str(home),
        "LOG_LEVEL": "INFO",
        "SLACK_API_URL": slack.api_url,
        "SLACK_BOT_TOKEN": slack.bot_token,
        "SLACK_APP_TOKEN": slack.app_token,
    }


@asynccontextmanager
async def talk_beside(slack: Playground, home: Path) -> AsyncIterator[Talk]:
    """The people of a playground whose bot is another program."""
    beside = SimpleNamespace(database=home / "clm.db")
    async with aiohttp.ClientSession() as session:
        yield Talk(slack, cast(Runtime, beside), session)


def change(home: Path, *statements: str) -> None:
    """Change the bot's database from outside."""
    with closing(sqlite3.connect(home / "clm.db", timeout=PATIENCE_S)) as db:
        for statement in statements:
            db.execute(statement)
        db.commit()


async def gone(slack: Playground) -> None:
    """Wait until the playground has noticed that nobody is connected."""
    async with asyncio.timeout(PATIENCE_S):
        while slack.connections:
            await slack.journal.wait(slack.journal.seq, "", 0.2)


async def all_done(talk: Talk) -> None:
    """Wait until everything that came in is dealt with and everything to tell is told."""
    waits = (
        "SELECT 1 FROM inbox WHERE done_at IS NULL AND body IS NOT NULL "
        "UNION ALL SELECT 1 FROM outbox WHERE state IN ('due', 'sending')"
    )

    async def look() -> Any:
        return not talk.rows(waits)

    await talk.until(look, "the end of what waits")
