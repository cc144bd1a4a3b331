"""Random hand-offs while Slack fails and the bot is killed: nothing lost, nothing doubled.

`make chaos` (`RUNS=`, `SEED=`, `ONLY=` for a single run of a seed). The local Slack and the bot are
programs of their own; people act through the local Slack's control routes alone. Ends with exit
code 1 when a text is lost or doubled, a request is not as it should be, or a kind of fault never
struck a call that hand-offs make.
"""

import argparse
import asyncio
import secrets
import shutil
import sys
import tempfile
import time
from collections import deque
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from pathlib import Path

import aiohttp
import yaml

from bench.chaos.processes import ROOT, Bot, Unstartable, ending, local_slack, prepared_home
from bench.chaos.report import Report
from bench.chaos.run import Runner, member_name, real_name
from bench.chaos.trouble import demanded, featured
from bench.chaos.words import Words
from bench.chaos.world import World

SHIFT = 15
"""Runs with one local Slack: everything stays in the chair's conversation, which gets long."""
REHEARSAL = 9000


class Chaos:
    def __init__(self, report: Report, folder: Path) -> None:
        self.report, self._folder = report, folder
        self._words = Words()
        self._calls: dict[str, dict[str, tuple[str, str] | None]] = {}
        self._cache: Path | None = ROOT / "data" / "cache"
        self._shifts = 0

    async def rehearse(self) -> None:
        """Find out what every step calls, and what the faults have to meet therefore."""
        async with self._shift(range(REHEARSAL, REHEARSAL + 3)) as runner:
            await runner.rehearse(REHEARSAL)
            self._calls = runner.calls
            self.report.demanded = demanded(runner.calls)
            self._cache = runner.world.bot.home / "cache"

    async def all_runs(self, numbers: Sequence[int], lanes: int) -> None:
        shifts = deque(list(numbers)[at : at + SHIFT] for at in range(0, len(numbers), SHIFT))
        async with asyncio.TaskGroup() as group:
            for _ in range(lanes):
                group.create_task(self._lane(shifts))

    async def _lane(self, shifts: deque[list[int]]) -> None:
        while shifts:
            numbers = shifts.popleft()
            try:
                left = await self._runs(numbers)
            except Unstartable as fault:
                self.report.broken.append(str(fault))
                return
            if left:
                shifts.appendleft(left)

    async def _runs(self, numbers: list[int]) -> list[int]:
        """Do these runs in one world; after a finding the rest gets a fresh one."""
        pairs = self.report.demanded
        async with self._shift(numbers) as runner:
            for at, number in enumerate(numbers):
                since = runner.world.seq
                outcome = await runner.once(number, featured(number, pairs))
                self.report.outcomes.append(outcome)
                if outcome.found:
                    log = self._folder / f"run-{number}.log"
                    log.write_text(runner.world.kept_log(since), encoding="utf-8")
                    print("\n".join(self.report.found()[-len(outcome.found) :]), flush=True)
                    return numbers[at + 1 :]
                if len(self.report.outcomes) % 10 == 0:
                    print(f"  {len(self.report.outcomes)} runs", flush=True)
        return []

    @asynccontextmanager
    async def _shift(self, numbers: Sequence[int]) -> AsyncIterator[Runner]:
        self._shifts += 1
        folder = self._folder / f"shift-{self._shifts}"
        folder.mkdir()
        people = folder / "people.yaml"
        people.write_text(yaml.safe_dump(self._people(numbers)), encoding="utf-8")
        chapter = yaml.safe_dump(self._words.demo["chapter"], allow_unicode=True)
        home = prepared_home(folder / "home", self._cache, chapter)
        async with AsyncExitStack() as stack:
            slack = await stack.enter_async_context(local_slack(people))
            http = await stack.enter_async_context(aiohttp.ClientSession())
            world = World(slack["url"], http)
            following = asyncio.create_task(world.follow())
            stack.callback(following.cancel)
            bot = Bot(home, slack, lambda: world.seq, world.greeted)
            world.bot = await stack.enter_async_context(ending(bot))
            await bot.start()
            yield Runner(world, self._words, self.report.struck, self.report.seed, self._calls)

    def _people(self, numbers: Sequence[int]) -> dict[str, object]:
        """The demo's workspace with a member of their own for each run."""
        demo = self._words.demo
        members = [
            {
                "id": f"U{member_name(number).upper()}",
                "name": member_name(number),
                "real_name": real_name(number),
                "tz": "America/Chicago",
            }
            for number in numbers
        ]
        return {**demo, "users": [*demo["users"], *members]}


async def chaos(
    report: Report, folder: Path, numbers: Sequence[int], lanes: int, minutes: float
) -> None:
    doing = Chaos(report, folder)
    with suppress(TimeoutError):
        async with asyncio.timeout(minutes * 60):
            await doing.rehearse()
            await doing.all_runs(numbers, lanes)


def main() -> int:
    parser = argparse.ArgumentParser(prog="make chaos", description=__doc__)
    parser.add_argument("--runs", type=int, default=300)
    parser.add_argument("--seed", type=int, default=None, help="repeats the runs of this seed")
    parser.add_argument("--only", type=int, default=None, help="one run of a seed, by its number")
    parser.add_argument("--lanes", type=int, default=5, help="pairs of programs side by side")
    parser.add_argument("--minutes", type=float, default=25.0, help="the end, come what may")
    given = parser.parse_args()
    seed = secrets.randbelow(1_000_000) if given.seed is None else given.seed
    numbers = range(given.runs) if given.only is None else [given.only]
    print(f"SEED={seed}, {len(numbers)} runs", flush=True)
    report = Report(seed, len(numbers))
    began = time.monotonic()
    folder = Path(tempfile.mkdtemp(prefix="clm-chaos-"))
    try:
        asyncio.run(chaos(report, folder, numbers, given.lanes, given.minutes))
    except KeyboardInterrupt:
        report.broken.append("It was interrupted.")
    print("\n".join(["", report.table(), "", *report.found()]))
    print(report.figures(time.monotonic() - began))
    print(report.verdict())
    if report.is_good:
        shutil.rmtree(folder)
        return 0
    print(f"The logs of what was found are in {folder}.")
    return 1


if __name__ == "__main__":
    sys.exit(main())
