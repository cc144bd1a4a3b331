"""A chapter's office whose bot is killed at any moment and begins anew on the same file."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from shutil import copyfile
from tempfile import TemporaryDirectory
from typing import Any

from bot.domain.handoff import Ticket
from bot.domain.identity import MemberRef, Workspace
from bot.jobs import EVERYWHERE, Jobs
from bot.runtime import Runtime
from bot.services import outbox
from bot.services.bank import Bank
from bot.services.roles import desk_of
from bot.services.transaction import Transaction, mode_of, name_of, promises, reads, writes
from bot.store import handoff, handoff_cards
from tests.support.database import asked
from tests.support.handoff import ADA, BEN, HERE, START, bank_of, chapter_of
from tests.support.handoff_conversations import Conversations, Killed

Step = Callable[[], Awaitable[None]]
MOST_ROUNDS = 80


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The desk, and every request with who holds its card and how far that has come."""

    desk: tuple[MemberRef, ...]
    tickets: dict[int, Ticket]
    cards: dict[int, dict[MemberRef, str]]

    def newer_open(self, ticket: Ticket) -> Ticket | None:
        """The member's open request, which may be this one."""
        found = self.tickets.values()
        return next((one for one in found if one.member == ticket.member and one.is_open), None)


@dataclass(frozen=True, slots=True)
class Happening:
    """What one transaction did: by which use case, when, and what was before and after."""

    use_case: str
    now: datetime
    before: Snapshot
    after: Snapshot
    result: Any


def snapshot_of(tx: Transaction) -> Snapshot:
    here = tx.of(HERE)
    found = [one for who in (ADA, BEN) for one in handoff.all_of(here.db, HERE, who)]
    tickets = {one.id: one for one in sorted(found, key=lambda one: one.id)}
    cards = {
        number: {card.holder: str(card.state) for card in handoff_cards.cards(here.db, number)}
        for number in tickets
    }
    return Snapshot(desk_of(here), tickets, cards)


@reads
def look(tx: Transaction) -> Snapshot:
    """How everything is now."""
    return snapshot_of(tx)


def _witnessed(tx: Transaction, use_case: Any, args: Any, kwargs: Any) -> Happening:
    before = snapshot_of(tx)
    result = use_case(tx, *args, **kwargs)
    return Happening(name_of(use_case), tx.now, before, snapshot_of(tx), result)


@writes
def written(tx: Transaction, use_case: Any, args: Any, kwargs: Any) -> Happening:
    """A use case, and what it changed, in one transaction."""
    return _witnessed(tx, use_case, args, kwargs)


@promises
def promised(tx: Transaction, use_case: Any, args: Any, kwargs: Any) -> Happening:
    """Likewise, and on the disk."""
    return _witnessed(tx, use_case, args, kwargs)


class FrailRuntime(Runtime):
    """Ends after so many more transactions, and tells of each what it changed."""

    witness: Callable[[Happening], None] = staticmethod(lambda happening: None)
    lasts: int | None = None

    async def run(self, use_case: Any, workspace: Workspace, *args: Any, **kwargs: Any) -> Any:
        if mode_of(use_case) != "read":
            return (await self.does(use_case, workspace, *args, **kwargs)).result
        self._age()
        return await super().run(use_case, workspace, *args, **kwargs)

    async def does(
        self, use_case: Any, workspace: Workspace, *args: Any, **kwargs: Any
    ) -> Happening:
        """Run a use case that changes something, and tell what it changed."""
        self._age()
        door: Any = promised if mode_of(use_case) == "promise" else written
        happening: Happening = await super().run(door, workspace, use_case, args, kwargs)
        self.witness(happening)
        return happening

    def _age(self) -> None:
        if self.lasts is not None:
            if self.lasts <= 0:
                raise Killed
            self.lasts -= 1

    def kill(self) -> None:
        self.lasts = 0


@cache
def _bank() -> Bank:
    return bank_of(chapter_of())


@cache
def _empty() -> tuple[TemporaryDirectory[str], Path]:
    """A migrated database to begin with; made once, since each example begins with one."""
    home = TemporaryDirectory()
    path = Path(home.name) / "clm.db"
    Runtime(lambda today: _bank(), path, lambda: START).close()
    return home, path


@dataclass
class FrailOffice:
    """The running bot with everybody's conversations, and the way back after it was killed."""

    home: Path
    witness: Callable[[Happening], None]
    now: datetime = START
    slack: Conversations = field(default_factory=Conversations)
    again: list[Step] = field(default_factory=list)
    deaths: int = 0

    def __post_init__(self) -> None:
        self.path = self.home / "clm.db"
        copyfile(_empty()[1], self.path)
        self._begin()

    def _load(self, today: date) -> Bank:
        return _bank()

    def _begin(self) -> None:
        self.runtime = FrailRuntime(self._load, self.path, lambda: self.now)
        self.runtime.witness = self.witness
        self.slack.runtime, self.slack.kill = self.runtime, self.runtime.kill
        self.jobs = Jobs(self.runtime, self.slack)

    async def starts(self) -> None:
        """Begin as the bot does."""
        await self.jobs.recover(HERE)

    async def run(self, use_case: Any, *args: Any, **kwargs: Any) -> Any:
        """What is asked of the bot, a second later than what was before."""
        self.now += timedelta(seconds=1)
        return await self.runtime.run(use_case, HERE, *args, **kwargs)

    async def does(self, use_case: Any, *args: Any, **kwargs: Any) -> Happening:
        """What somebody does, a second later than what was before, and what it changed."""
        self.now += timedelta(seconds=1)
        return await self.runtime.does(use_case, HERE, *args, **kwargs)

    async def step(self, step: Step) -> None:
        """Do something; where the bot is killed before it was, it is done again afterwards."""
        try:
            await step()
        except Killed:
            self.again.append(step)
            raise

    async def round(self) -> None:
        """One round of the jobs; killed in it, the bot begins anew."""
        self.now += timedelta(seconds=1)
        try:
            await self.jobs.round()
        except Killed:
            await self.revives()

    async def revives(self, lasts: int | None = None) -> None:
        """Begin anew on the same file, and again where that is killed as well."""
        self.deaths += 1
        self.runtime.close()
        self._begin()
        self.runtime.lasts = lasts
        try:
            await self.jobs.recover(HERE)
        except Killed:
            await self.revives()
            return
        self.runtime.lasts = None
        # What was being done is done again: its envelope was never marked as done.
        steps, self.again = self.again, []
        for step in steps:
            await step()

    async def drain(self) -> None:
        """Until nothing is left to be told, with nothing in the way."""
        self.slack.faults.clear()
        self.runtime.lasts = None
        while self.slack.meanwhile:
            await self.slack.meanwhile.popleft()()
        for _ in range(MOST_ROUNDS):
            await self.round()
            due = await self.runtime.run(outbox.next_due, EVERYWHERE)
            if due is None:
                return
            self.now = max(self.now, due)
        raise AssertionError("it never comes to rest")

    def queued(self) -> dict[str, int]:
        """How many notices wait, are being sent, or have failed."""
        return dict(asked(self.path, "SELECT state, count(*) FROM outbox GROUP BY state"))

    def close(self) -> None:
        self.runtime.close()


def new_runner() -> "asyncio.Runner":
    """A loop of its own, which leaves that of other tests alone."""
    return asyncio.Runner(loop_factory=asyncio.new_event_loop)
