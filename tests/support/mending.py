"""Content files that somebody edits while the bot works with them, and what the chair is told."""

import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, cast

from bot.cli.running import demo_places
from bot.content import ContentPlaces, load_content
from bot.domain.identity import Workspace
from bot.domain.matching import Index
from bot.domain.notices import Delivered, Delivery, Landing, Later, Receipt, Undeliverable
from bot.jobs import Jobs
from bot.runtime import Runtime
from bot.services.bank import Bank, load_bank
from bot.services.bank_files import BankFiles
from handlers.slack.notices import RENDERERS
from tests.support.content import Tree, copied
from tests.support.database import Clock
from tests.support.talk import CACHE, Talk, talk_on

HERE = Workspace("slack:T0CHAPTER")
CHAIR, DEPUTY = f"{HERE}:U0CHRISTINA", f"{HERE}:U0DEV"
CHAPTER = """
name: Lakeside
chair: {slack_id: U0CHRISTINA, name: Christina Bloom}
deputy: {slack_id: U0DEV, name: Devika Rao}
"""
A_LOOK = 16.0


@dataclass
class Loader:
    """Makes banks of files; counts, and can be told to fail or to wait."""

    is_matching: bool = True
    times: int = 0
    fails: Exception | None = None
    goes_on: threading.Event = field(default_factory=threading.Event)
    waits: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        self.goes_on.set()

    def __call__(self, places: ContentPlaces, today: date) -> Bank:
        self.times += 1
        if not self.goes_on.is_set():
            self.waits.set()
            assert self.goes_on.wait(30)
        if self.fails is not None:
            raise self.fails
        if self.is_matching:
            return load_bank(places, today, CACHE)
        return Bank(load_content(places, today), cast(Index, None))


def files_of(tree: Tree, loader: Loader, chapter: dict[str, Any] | None = None) -> BankFiles:
    """The files of a tree, with their copy beside them."""
    places = ContentPlaces(tree.content, own=tree.home, chapter=chapter or {})
    return BankFiles(places, loader, tree.home / "last-good.zip")


class Study:
    """A runtime over edited files, with mail in memory and no matching: quick to begin."""

    def __init__(self, folder: Path) -> None:
        self.tree = copied(folder)
        self.tree.own("chapter.yaml", CHAPTER)
        self.clock = Clock()
        self.loader = Loader(is_matching=False)
        self.told: list[tuple[str, str]] = []
        self.gone: set[str] = set()
        self.files = files_of(self.tree, self.loader)

    async def begins(self) -> None:
        """Start the bot; whoever is to be told something at the start is told."""
        self.runtime = Runtime(
            self.files.read, self.tree.home / "clm.db", self.clock, files=self.files
        )
        self.jobs = Jobs(self.runtime, self)
        await self.jobs.recover(HERE)
        await self.jobs.round()

    def ends(self) -> None:
        self.runtime.close()

    async def restarts(self) -> None:
        self.ends()
        await self.begins()

    async def looks(self, times: int = 1, **later: float) -> None:
        """Time passes until the next look, and so many times."""
        for _ in range(times):
            self.clock.moves(**(later or {"seconds": A_LOOK}))
            await self.jobs.round()
            await self.jobs.renewal.finished()
            await self.jobs.round()

    async def deliver(self, delivery: Delivery) -> Receipt:
        notice = delivery.notice
        if notice.recipient in self.gone:
            return Undeliverable("user_disabled")
        shown = await RENDERERS[notice.kind](self.runtime, notice)
        if isinstance(shown, Later):
            return shown
        if shown is None:
            return Delivered(None)
        self.told.append((notice.recipient, shown.text))
        return Delivered(Landing("D1", notice.slot))

    @property
    def texts(self) -> list[str]:
        return [text for _, text in self.told]

    def answer(self, entry: str) -> str:
        return self.runtime.bank(HERE).content.entries[entry].text


@dataclass
class Editor:
    """Edits the files of a bot that runs on the playground, and lets time pass."""

    talk: Talk
    tree: Tree
    clock: Clock
    loader: Loader

    async def waits_for(self, look: Any, what: str) -> Any:
        """Let time pass until something is there."""

        async def after_a_while() -> Any:
            found = await look()
            if not found:
                self.clock.moves(seconds=A_LOOK)
                self.talk.runtime.due.set()
            return found

        return await self.talk.until(after_a_while, what)

    async def chair_reads(self, text: str) -> str:
        """Let time pass until the chair has a message with this text; its words."""

        async def look() -> str:
            found = await self.talk.as_("christina").messages()
            return next((m.words for m in found if text in m.words), "")

        return str(await self.waits_for(look, f"{text!r} for the chair"))

    async def loads(self) -> None:
        """Let time pass until a load is under way, held back by `loader.goes_on`."""

        async def look() -> bool:
            return self.loader.waits.is_set()

        await self.waits_for(look, "a load")


def now() -> Clock:
    """A clock that begins with the time of day, as the playground's does."""
    clock = Clock()
    clock.now = datetime.now(UTC)
    return clock


@asynccontextmanager
async def editing(slack: Any, tree: Tree, home: Path) -> AsyncIterator[Editor]:
    """The bot on a playground, with content that is edited."""
    loader, clock = Loader(), now()
    files = files_of(tree, loader, dict(demo_places().chapter))
    try:
        async with talk_on(slack, home, clock=clock, files=files) as talk:
            yield Editor(talk, tree, clock, loader)
    finally:
        loader.goes_on.set()
