"""A bank that is edited in chat: the shipped entries with few wordings each, so it is quick."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import date
from functools import cache, partial
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import yaml

from bot.content import ContentPlaces
from bot.domain.curation import Curated, EntryText, Revision
from bot.domain.faq import Decision
from bot.domain.identity import MemberRef
from bot.domain.notices import Delivered, Delivery, Landing, Receipt
from bot.jobs import Jobs
from bot.runtime import Runtime
from bot.services import curation
from bot.services.bank import Bank, decide, load_bank
from bot.services.bank_files import BankFiles, Learn
from bot.services.indexing import learned
from handlers.slack.notices import RENDERERS
from tests.support.content import Tree, copied
from tests.support.database import HERE, Clock

CHAIR, DEPUTY, ADA = (MemberRef(f"{HERE}:{name}") for name in ("U0CHRISTINA", "U0DEV", "U0ADA"))
CHAPTER = """
name: Lakeside
chair: {slack_id: U0CHRISTINA, name: Christina Bloom}
deputy: {slack_id: U0DEV, name: Devika Rao}
"""
NEW = EntryText(
    id="gala-parking",
    group="chapter",
    question="Is there parking at the gala?",
    answer="Yes: the garage below the hall is open to everybody who comes to the gala.",
    sources=("about-this-bot",),
    verified=date(2026, 11, 23),
    utterances={"chat": ("where can i leave my car at the gala",)},
)
_A_FEW = 3


@cache
def small_content() -> Path:
    """The shipped content with a few wordings of each entry."""
    tree = copied(Path(mkdtemp(prefix="clm-small-")))
    for path in sorted((tree.content / "faq").glob("*.yaml")):
        read = yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader)
        for entry in read["entries"]:
            said = [line for lines in entry["utterances"].values() for line in lines]
            entry["utterances"] = {"mara": said[:_A_FEW]}
        _dump(read, path)
    path = tree.content / "out_of_scope.yaml"
    read = yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader)
    for kind, authors in read["out_of_scope"].items():
        said = [line for lines in authors.values() for line in lines]
        read["out_of_scope"][kind] = {"mara": said[:_A_FEW]}
    _dump(read, path)
    return tree.content


@cache
def small_cache() -> Path:
    """Where the indexes of small banks are kept for one run of the tests."""
    return Path(mkdtemp(prefix="clm-small-cache-"))


@cache
def small_bank() -> Bank:
    """The bank of the small content alone."""
    return _load(ContentPlaces(small_content()), NEW.verified)


class Desk:
    """A runtime over small content, with mail in memory, and what an editor does over and over."""

    def __init__(self, home: Path, learn: Learn | None = None) -> None:
        self.home = home
        self.tree = Tree(small_content(), home)
        self.tree.own("chapter.yaml", CHAPTER)
        self.clock = Clock()
        self.told: list[tuple[str, str]] = []
        places = ContentPlaces(self.tree.content, own=home)
        found = learn or partial(learned, home / "cache", None)
        self.files = BankFiles(places, _load, home / "last-good.zip", found)
        self._pressed = 0
        self.begins()

    def begins(self) -> None:
        """Start the bot."""
        database = self.home / "clm.db"
        self.runtime = Runtime(self.files.read, database, self.clock, files=self.files)
        self.jobs = Jobs(self.runtime, self)

    async def ends(self) -> None:
        await self.jobs.relearning.end()
        self.runtime.close()

    async def restarts(self) -> None:
        await self.ends()
        self.begins()
        await self.jobs.recover(HERE)

    async def deliver(self, delivery: Delivery) -> Receipt:
        shown = await RENDERERS[delivery.notice.kind](self.runtime, delivery.notice)
        self.told.append((delivery.notice.recipient, getattr(shown, "text", "")))
        return Delivered(Landing("D1", delivery.notice.slot))

    @property
    def bank(self) -> Bank:
        return self.runtime.bank(HERE)

    def asks(self, text: str) -> Decision:
        """What a member's words come to now."""
        return decide(self.bank, text)

    async def run(self, use_case: Any, *args: Any, **kwargs: Any) -> Any:
        self.clock.moves(seconds=1)
        return await self.runtime.run(use_case, HERE, *args, **kwargs)

    async def reads(self, entry: str) -> Curated:
        found: Curated | None = await self.run(curation.read, entry)
        assert found is not None
        return found

    async def writes(self, text: EntryText, *, who: MemberRef = CHAIR) -> Any:
        """Draft and publish, over what is there now; live at once."""
        before = await self.run(curation.read, text.id)
        number = before.number if before else 0
        draft = await self.run(curation.keep_draft, who, text, number=number)
        return await self.publishes(draft, who=who)

    async def publishes(self, draft: int, *, who: MemberRef = CHAIR, key: str = "") -> Any:
        made = await self.run(curation.publish, who, draft, key or self.presses())
        await self.runtime.renew_overlays()
        return made

    async def edits(self, entry: str, **fields: Any) -> Any:
        """Change some fields of an entry."""
        return await self.writes(replace((await self.reads(entry)).text, **fields))

    async def does(self, what: str, entry: str, *, who: MemberRef = CHAIR) -> Any:
        """Retire, restore, approve ... as it is seen now."""
        seen = (await self.reads(entry)).number
        made = await self.run(curation.change, who, entry, what, seen, self.presses())
        await self.runtime.renew_overlays()
        return made

    async def history(self, entry: str) -> tuple[Revision, ...]:
        found: tuple[Revision, ...] = await self.run(curation.history, entry)
        return found

    async def learns(self) -> None:
        """Time passes until what was edited is fitted."""
        self.jobs.relearning.begin()
        await self.jobs.relearning.finished()

    async def files_change(self, name: str, text: str) -> None:
        """Somebody writes a file of the chapter's own, and the bot looks at it."""
        self.tree.own(name, text)
        for _ in range(2):
            self.clock.moves(seconds=16)
            await self.jobs.round()
            await self.jobs.renewal.finished()
        await self.jobs.round()

    def presses(self) -> str:
        """A key of its own for one press."""
        self._pressed += 1
        return f"press-{self._pressed}"


@asynccontextmanager
async def desk(home: Path, learn: Learn | None = None) -> AsyncIterator[Desk]:
    """A desk that is closed in the end."""
    opened = Desk(home, learn)
    await opened.jobs.recover(HERE)
    try:
        yield opened
    finally:
        await opened.ends()


def _load(places: ContentPlaces, today: date) -> Bank:
    return load_bank(places, today, small_cache())


def _dump(data: Any, path: Path) -> None:
    text = yaml.dump(data, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False)
    path.write_text(text, encoding="utf-8")
