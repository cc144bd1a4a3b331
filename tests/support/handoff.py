"""A chapter's office: real services on a real file, a clock that stands still, mail in memory."""

from dataclasses import MISSING, fields
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, Literal, cast

import yaml

from bot.content import ContentBank
from bot.content.documents import flat_texts
from bot.domain.copy import Copy
from bot.domain.faq import ACTION_GROUP, Entry
from bot.domain.identity import MemberRef, Workspace
from bot.domain.matching import Index
from bot.domain.notices import Delivered, Delivery, Landing, Receipt, Undeliverable
from bot.domain.roles import Chapter, Person
from bot.jobs import Jobs
from bot.runtime import Runtime
from bot.services import handoff
from bot.services.bank import Bank
from handlers.slack.handoff import render_card, render_relay, render_ticket, render_word
from handlers.slack.handoff_clock import render_alarm
from handlers.slack.ids import member_ref
from handlers.slack.views.blocks import Message, message, words

HERE = Workspace("slack:T0CHAPTER")
START = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
MESSAGES = Path(__file__).parents[2] / "content" / "messages.yaml"
CHRISTINA = Person("U0CHRISTINA", "Christina Bloom, CLM")
DEV = Person("U0DEV", "Devika Rao")
NOBODY = Person(None, None)
ADA = member_ref(HERE, "U0ADA")
BEN = member_ref(HERE, "U0BEN")
CHAIR = member_ref(HERE, "U0CHRISTINA")
DEPUTY = member_ref(HERE, "U0DEV")


def chapter_of(chair: Person = CHRISTINA, deputy: Person = DEV, **more: Any) -> Chapter:
    values = {"name": "Lakeside", "time_zone": "America/Chicago", "reply_promise": "two days"}
    rest = {f.name: None for f in fields(Chapter) if f.default is MISSING} | values | more
    return Chapter(**rest | {"chair": chair, "deputy": deputy})


def copy_of(chapter: Chapter) -> Copy:
    texts = flat_texts(yaml.safe_load(MESSAGES.read_text(encoding="utf-8")))
    return Copy({key: str(text) for key, text in texts.items()}, chapter.values())


def bank_of(chapter: Chapter) -> Bank:
    """A bank with the shipped sentences and nothing to match."""
    action = Entry(
        "talk-to-chair", ACTION_GROUP, "Talk to the chair", "", (), START.date(), None, ()
    )
    content: dict[str, Any] = {field.name: None for field in fields(ContentBank)}
    content |= {
        "chapter": chapter,
        "copy": copy_of(chapter),
        "entries": {action.id: action},
        "seasons": (),
    }
    return Bank(ContentBank(**content), cast(Index, None))


class Mail:
    """Delivers to memory; whoever is `gone` cannot be reached."""

    def __init__(self) -> None:
        self.runtime: Runtime | None = None
        self.gone: set[str] = set()
        self.shown: dict[tuple[str, str], Message] = {}
        self.under: dict[tuple[str, str], str] = {}
        self.sent: list[tuple[str, str]] = []
        self.posted: list[tuple[str, str]] = []

    async def deliver(self, delivery: Delivery) -> Receipt:
        notice, place = delivery.notice, (delivery.notice.recipient, delivery.notice.slot)
        if notice.recipient in self.gone:
            return Undeliverable("user_disabled")
        shown = await self._drawn(delivery)
        if shown is None:
            return Delivered(None)
        self.shown[place] = shown
        self.under[place] = delivery.thread.message if delivery.thread else ""
        self.sent.append(place)
        if delivery.landed is None:
            self.posted.append(place)
        return Delivered(Landing(f"D-{notice.recipient}", notice.slot))

    async def _drawn(self, delivery: Delivery) -> Message | None:
        assert self.runtime is not None
        notice = delivery.notice
        if notice.kind in ("say", "erased"):
            text = self.runtime.bank(HERE).content.copy.say(notice.subject)
            return message(text, [words(text)])
        renderers = {
            "alarm": render_alarm,
            "ticket_card": render_card,
            "ticket": render_ticket,
            "relay": render_relay,
            "ticket_word": render_word,
        }
        if notice.kind not in renderers:
            return None
        return await renderers[notice.kind](self.runtime, notice)


class Office:
    """A runtime with its mail, and what a test does over and over."""

    def __init__(self, home: Path, chapter: Chapter | None = None) -> None:
        self.now = START
        self.chapter = chapter or chapter_of()
        self.mail = Mail()
        self.runtime = Runtime(self._bank, home / "clm.db", lambda: self.now)
        self.mail.runtime = self.runtime
        self.jobs = Jobs(self.runtime, self.mail)

    def _bank(self, today: date) -> Bank:
        return bank_of(self.chapter)

    @property
    def copy(self) -> Copy:
        return self.runtime.bank(HERE).content.copy

    async def run(self, use_case: Any, *args: Any, **kwargs: Any) -> Any:
        """A use case in its transaction, a second later than the one before."""
        self.now += timedelta(seconds=1)
        return await self.runtime.run(use_case, HERE, *args, **kwargs)

    async def settle(self) -> None:
        await self.jobs.round()

    async def restarts(self, chapter: Chapter | None = None) -> None:
        """End and begin again, perhaps with other people on the desk."""
        self.chapter = chapter or self.chapter
        self.runtime.close()
        self.runtime = Runtime(self._bank, self.runtime.database, lambda: self.now)
        self.mail.runtime = self.runtime
        self.jobs = Jobs(self.runtime, self.mail)
        await self.jobs.recover(HERE)
        await self.settle()

    async def asks(
        self,
        member: MemberRef = ADA,
        *,
        note: str = "Please call me.",
        on: frozenset[str] | None = None,
        key: str = "submit-1",
        **offered: Any,
    ) -> Any:
        """Preview and send."""
        preview = await self.run(handoff.prepare, member, **{"name": "Ada Okafor", **offered})
        chosen = on if on is not None else frozenset(preview.switched_on)
        return await self.run(handoff.open, member, preview.draft, chosen, note, key)

    async def asked(self, **kwargs: Any) -> int:
        """A ticket that has been delivered; its id."""
        opened = await self.asks(**kwargs)
        await self.settle()
        return int(opened.ticket.id)

    async def writes(
        self,
        who: MemberRef,
        side: Literal["ticket", "card"],
        ticket: int,
        text: str,
        *,
        files: bool = False,
        key: str = "event-1",
        ts: str = "",
    ) -> None:
        """Write in a ticket's thread; `ts` names the message where it may be edited later."""
        typed_at = Landing(f"D-{who}", ts) if ts else None
        thread = handoff.Thread(side, ticket)
        await self.run(handoff.hear, who, thread, handoff.Written(text, files, key, typed_at))
        await self.settle()

    async def edits(
        self,
        who: MemberRef,
        side: Literal["ticket", "card"],
        ticket: int,
        text: str,
        *,
        ts: str,
        key: str = "edit-1",
        at: datetime | None = None,
    ) -> None:
        """Edit what was written in a ticket's thread."""
        written = handoff.Written(text, False, key, Landing(f"D-{who}", ts), at)
        await self.run(handoff.edited, who, handoff.Thread(side, ticket), written)
        await self.settle()

    async def deletes(
        self,
        who: MemberRef,
        side: Literal["ticket", "card"],
        ticket: int,
        *,
        ts: str,
        key: str = "delete-1",
    ) -> None:
        """Delete what was written in a ticket's thread."""
        thread, typed_at = handoff.Thread(side, ticket), Landing(f"D-{who}", ts)
        await self.run(handoff.taken_back, who, thread, typed_at, key)
        await self.settle()

    async def record(self, ticket: int) -> Any:
        return await self.run(handoff.read, ticket)

    def text(self, recipient: str, slot: str) -> str:
        """The top-level text of what stands in a slot."""
        return self.mail.shown[recipient, slot].text

    def blocks(self, recipient: str, slot: str) -> str:
        return repr(self.mail.shown[recipient, slot].blocks)

    def thread(self, recipient: str, root: str) -> list[str]:
        """What stands in a thread, in order of arrival."""
        places = dict.fromkeys(self.mail.sent)
        return [
            self.mail.shown[place].text
            for place in places
            if place[0] == recipient and self.mail.under[place] == root
        ]

    def said_to(self, who: MemberRef) -> str:
        """Every sentence that the bot itself said to somebody in a thread."""
        shown = self.mail.shown.items()
        return "\n".join(m.text for (to, slot), m in shown if to == who and slot[:5] == "said:")

    def failed(self) -> list[str]:
        """Kinds of what could not be delivered."""
        with_rows = self.runtime._store.reading.execute(
            "SELECT kind FROM outbox WHERE state = 'failed'"
        )
        return [row[0] for row in with_rows.fetchall()]

    def close(self) -> None:
        self.runtime.close()
