"""The two programs of a shift: the local Slack, and the bot that is killed and started again."""

import asyncio
import json
import os
import shutil
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
STARTS_WITHIN_S = 90.0
MOST_STARTS = 6


class Unstartable(Exception):
    """A program did not start; the sentence says which, with the end of what it printed."""


@asynccontextmanager
async def local_slack(people: Path) -> AsyncIterator[dict[str, str]]:
    """The local Slack while the block runs; yields its address and tokens."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "bench.chaos.local_slack", str(people)),
        cwd=ROOT,
        env=_environment({}),
        stdout=PIPE,
    )
    assert process.stdout is not None
    try:
        async with asyncio.timeout(STARTS_WITHIN_S):
            line = await process.stdout.readline()
        if not line:
            raise Unstartable("The local Slack did not start.")
        yield json.loads(line)
    finally:
        await _ended(process)


class Bot:
    """`clm run`, with its own folder. `connected` waits until Slack has greeted it after a mark."""

    def __init__(
        self,
        home: Path,
        slack: dict[str, str],
        mark: Callable[[], int],
        connected: Callable[[int], Awaitable[bool]],
    ) -> None:
        self.home = home
        self.up = asyncio.Event()
        self.starts = 0
        self._tokens = {name: value for name, value in slack.items() if name.isupper()}
        self._mark, self._connected = mark, connected
        self._process: Process | None = None
        self._coming: asyncio.Task[Process] | None = None
        self._one_at_a_time = asyncio.Lock()

    @property
    def is_running(self) -> bool:
        return self._process is not None and self._process.returncode is None

    async def start(self) -> None:
        """Start it, again if it ended by itself as a service would be; raises Unstartable."""
        async with self._one_at_a_time:
            for _ in range(MOST_STARTS):
                if self.is_running and self.up.is_set():
                    return
                if await self._start_once():
                    self.up.set()
                    return
            raise Unstartable(f"The bot did not start: {self.last_words()}")

    async def kill(self) -> None:
        """End it with SIGKILL, amid whatever it does."""
        self.up.clear()
        if self._coming is not None:
            # Whoever was starting it may have been cancelled meanwhile.
            self._process = await self._coming
        if self._process is not None:
            with suppress(ProcessLookupError):
                self._process.kill()
            await self._process.wait()

    def last_words(self) -> str:
        return self._printed.read_text(encoding="utf-8")[-600:].strip()

    @property
    def _printed(self) -> Path:
        return self.home / "printed.txt"

    async def _start_once(self) -> bool:
        self.starts += 1
        mark = self._mark()
        with self._printed.open("ab") as output:
            self._coming = asyncio.create_task(
                asyncio.create_subprocess_exec(
                    sys.executable,
                    *("-m", "bench.chaos.impatient_bot"),
                    cwd=self.home,
                    env=_environment({"CLM_HOME": str(self.home), **self._tokens}),
                    stdout=output,
                    stderr=output,
                )
            )
            self._process = await asyncio.shield(self._coming)
        ended = asyncio.create_task(self._process.wait())
        greeted = asyncio.ensure_future(self._connected(mark))
        try:
            await asyncio.wait(
                {ended, greeted}, timeout=STARTS_WITHIN_S, return_when=asyncio.FIRST_COMPLETED
            )
            return greeted.done() and not ended.done()
        finally:
            for task in (ended, greeted):
                task.cancel()


@asynccontextmanager
async def ending(bot: Bot) -> AsyncIterator[Bot]:
    """The bot; whatever runs of it at the end of the block is killed."""
    try:
        yield bot
    finally:
        await bot.kill()


def prepared_home(home: Path, cache: Path | None, chapter: str) -> Path:
    """A folder for a bot: the chapter's file, and the index where it is known already."""
    home.mkdir()
    (home / "chapter.yaml").write_text(chapter, encoding="utf-8")
    if cache is not None and cache.is_dir():
        shutil.copytree(cache, home / "cache", copy_function=os.link)
    return home


async def _ended(process: Process) -> None:
    if process.returncode is None:
        process.terminate()
        try:
            async with asyncio.timeout(5):
                await process.wait()
        except TimeoutError:
            process.kill()
            await process.wait()


def _environment(own: dict[str, Any]) -> dict[str, str]:
    others = {
        name: value for name, value in os.environ.items() if not name.startswith(("SLACK_", "CLM_"))
    }
    return {**others, "PYTHONPATH": str(ROOT), "LOG_LEVEL": "WARNING", **own}
