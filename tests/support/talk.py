"""Conversations on the playground, read as such: `await ada.says("how many hours do I need?")`.

The real app and the real slack_sdk run over sockets; only Slack is the local one.
"""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass
from datetime import date
from functools import cache, partial
from pathlib import Path
from typing import Any

import aiohttp

from bot.cli.running import demo_places, settings_for
from bot.config import Settings
from bot.content import ContentPlaces, shipped_path
from bot.playground.server import Playground
from bot.runtime import Clock, Runtime, utc_now
from bot.services.bank import Bank, load_bank
from bot.services.bank_files import BankFiles
from handlers.slack.serve import Place, serving

PATIENCE_S = 30.0
CACHE = Path(__file__).parents[2] / "data" / "cache"

Json = dict[str, Any]


class Stuck(AssertionError):
    """What a person waited for did not come; says what they saw instead."""


@dataclass(slots=True)
class Shown:
    """A message or view as a person sees it."""

    raw: Json
    channel: str = ""

    @property
    def text(self) -> str:
        """The top-level text, as a screen reader reads it."""
        return unescaped(str(self.raw.get("text", "")))

    @property
    def ts(self) -> str:
        return str(self.raw.get("ts", ""))

    @property
    def words(self) -> str:
        """Every text in it, top-level text and blocks alike."""
        return unescaped("\n".join([self.text, *_texts(self.raw)]))

    @property
    def buttons(self) -> list[str]:
        return [element_text(element) for _, element in elements(self.raw) if is_button(element)]

    def button(self, text: str) -> tuple[str, Json]:
        """The block id and element of a button; a feedback button counts by its own text."""
        for block_id, element in elements(self.raw):
            if element.get("type") == "feedback_buttons":
                for side in ("positive_button", "negative_button"):
                    if element[side]["text"]["text"] == text:
                        return block_id, {**element, "value": element[side]["value"]}
            if is_button(element) and element_text(element) == text:
                return block_id, element
        raise Stuck(f"no button {text!r}; there are {self.buttons}")


def unescaped(text: str) -> str:
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def is_button(element: Mapping[str, Any]) -> bool:
    return element.get("type") == "button"


def element_text(element: Mapping[str, Any]) -> str:
    return str(element["text"]["text"])


def elements(raw: Mapping[str, Any]) -> list[tuple[str, Json]]:
    """Every interactive element with its block id."""
    found: list[tuple[str, Json]] = []
    for block in raw.get("blocks") or ():
        inside = [*block.get("elements", ()), block.get("accessory"), block.get("element")]
        found += [
            (block["block_id"], e) for e in inside if isinstance(e, dict) and "action_id" in e
        ]
    return found


def _texts(node: Any) -> list[str]:
    if isinstance(node, Mapping):
        own = [node["text"]] if isinstance(node.get("text"), str) else []
        if node.get("type") == "mrkdwn":
            own = [text.replace("*", "") for text in own]  # bold, as nobody reads the marks
        return own + [text for value in node.values() for text in _texts(value)]
    if isinstance(node, list):
        return [text for value in node for text in _texts(value)]
    return []


class Talk:
    """One playground with one bot on it, and the people in it."""

    def __init__(self, slack: Playground, runtime: Runtime, http: aiohttp.ClientSession) -> None:
        self.slack = slack
        self.runtime = runtime
        self._http = http

    def as_(self, name: str) -> "Person":
        return Person(self, name)

    async def post(self, route: str, **body: Any) -> Json:
        """A control route; its refusals are raised as Stuck with their error."""
        answer = await self.try_post(route, **body)
        if not answer.get("ok"):
            raise Stuck(f"{route} {body}: {answer}")
        return answer

    async def try_post(self, route: str, **body: Any) -> Json:
        async with self._http.post(f"{self.slack.url}/_control/{route}", json=body) as response:
            answer: Json = await response.json()
            return answer

    async def get(self, route: str, **query: Any) -> Json:
        url = f"{self.slack.url}/_control/{route}"
        async with self._http.get(url, params=query) as response:
            answer: Json = await response.json()
            return answer

    async def until(self, look: Any, what: str) -> Any:
        """Wait, woken by each thing that passes, until `look()` returns something."""
        try:
            async with asyncio.timeout(PATIENCE_S):
                while True:
                    seq = self.slack.journal.seq
                    found = await look()
                    if found:
                        return found
                    await self.slack.journal.wait(seq, "", 0.1)
        except TimeoutError:
            raise Stuck(f"{what} did not come") from None

    async def quiet(self) -> None:
        """Wait until the bot has done everything it has taken in."""
        await self.until(self._nothing_waits, "quiet")

    async def done(self, event_id: str) -> None:
        """Wait until the bot has done what an event asked for, and told everybody."""
        is_done = f"SELECT 1 FROM inbox WHERE key = 'event:{event_id}' AND done_at IS NOT NULL"

        async def look() -> bool:
            return bool(self.rows(is_done))

        await self.until(look, f"the end of {event_id}")
        await self.quiet()

    async def _nothing_waits(self) -> bool:
        from bot.jobs import EVERYWHERE
        from bot.services import inbox, outbox

        open_rows = await self.runtime.run(inbox.unfinished, EVERYWHERE)
        waiting = await self.runtime.run(outbox.counts, EVERYWHERE)
        return not open_rows and not waiting.get("due") and not waiting.get("sending")

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """What the bot's database holds, read beside it."""
        with closing(sqlite3.connect(self.runtime.database)) as db:
            return db.execute(sql).fetchall()

    async def calls(self, method: str) -> list[Json]:
        """Every call of a Web API method so far."""
        log = (await self.get("log"))["log"]
        return [r for r in log if r["kind"] == "api" and r["name"] == method]


class Person:
    """Somebody in the workspace, acting and seeing."""

    def __init__(self, talk: Talk, name: str) -> None:
        self.talk = talk
        self.name = name

    async def says(self, text: str, channel: str = "dm", thread: str | None = None) -> Shown:
        """Write and wait for what the bot shows this person next, here."""
        before = await self._seen(channel)
        await self.writes(text, channel, thread)
        return await self._next(channel, before, f"an answer to {text!r}")

    async def writes(
        self, text: str, channel: str = "dm", thread: str | None = None, **more: Any
    ) -> str:
        """Write and wait for nothing; returns the ts."""
        body = {"user": self.name, "channel": channel, "text": text, **more}
        if thread:
            body["thread_ts"] = thread
        return str((await self.talk.post("message", **body))["ts"])

    async def runs(self, text: str, channel: str = "clm") -> Shown:
        """`/clm text`, and what it shows to this person (a message, or the modal it opened)."""
        before, views = await self._seen(channel), await self.modal_ids()
        await self.talk.post("command", user=self.name, channel=channel, command="/clm", text=text)

        async def look() -> Shown | None:
            new_view = [v for v in await self.modals() if v.raw["id"] not in views]
            if new_view:
                return new_view[-1]
            new = await self._new(channel, before)
            return new[0] if new else None

        shown: Shown = await self.talk.until(look, f"an answer to /clm {text}")
        return shown

    async def presses(self, button: str, on: Shown, *, channel: str | None = None) -> None:
        """Press a button of a message or view."""
        block_id, element = on.button(button)
        action = {"block_id": block_id, "action_id": element["action_id"], "type": element["type"]}
        if "value" in element:
            action["value"] = element["value"]
        where = (
            {"view_id": on.raw["id"]}
            if "private_metadata" in on.raw
            else {"channel": channel or on.channel, "messageTs": on.ts}
        )
        await self.talk.post("interact", user=self.name, action=action, **where)

    async def presses_for(self, button: str, on: Shown, channel: str | None = None) -> Shown:
        """Press a button and wait for the message it brings to this person here."""
        channel = channel or on.channel
        before = await self._seen(channel)
        await self.presses(button, on, channel=channel)
        return await self._next(channel, before, f"an answer to pressing {button!r}")

    async def opens(self, button: str, on: Shown) -> Shown:
        """Press a button and wait for the modal it opens."""
        views = await self.modal_ids()
        await self.presses(button, on)

        async def look() -> Shown | None:
            new = [v for v in await self.modals() if v.raw["id"] not in views]
            return new[-1] if new else None

        shown: Shown = await self.talk.until(look, f"a window after pressing {button!r}")
        return shown

    async def chooses(self, modal: Shown, block_id: str, value: str) -> Shown:
        """Choose an option in a modal and wait until the modal is redrawn."""
        element = next(e for b, e in elements(modal.raw) if b == block_id)
        option = next(o for o in element["options"] if o["value"] == value)
        action = {
            "block_id": block_id,
            "action_id": element["action_id"],
            "type": element["type"],
            "selected_option": option,
        }
        before = (await self.modals())[-1].raw["hash"]
        await self.talk.post("interact", user=self.name, view_id=modal.raw["id"], action=action)

        async def look() -> Shown | None:
            top = (await self.modals())[-1]
            return top if top.raw["hash"] != before else None

        shown: Shown = await self.talk.until(look, f"a redrawn window after choosing {value!r}")
        return shown

    async def submits(self, modal: Shown, values: Mapping[str, Any] | None = None) -> Json:
        """Fill in a modal ({block_id: value}) and submit it; the control route's whole answer."""
        by_block = {block_id: e["action_id"] for block_id, e in elements(modal.raw)}
        filled = {b: {by_block[b]: value} for b, value in (values or {}).items()}
        return await self.talk.try_post(
            "submit", user=self.name, view_id=modal.raw["id"], values=filled
        )

    async def goes_on(self, modal: Shown, values: Mapping[str, Any] | None = None) -> Shown:
        """Submit and return the view that took the modal's place."""
        answer = await self.submits(modal, values)
        if answer.get("response_action") != "update":
            raise Stuck(f"no next view: {answer}")
        return Shown(answer["view"])

    async def modals(self) -> list[Shown]:
        return [Shown(view) for view in (await self.talk.get("views", user=self.name))["views"]]

    async def modal_ids(self) -> set[str]:
        return {view.raw["id"] for view in await self.modals()}

    async def home(self) -> Shown:
        """Open the Home tab and wait until it is published."""
        await self.opens_tab("home")
        home = (await self.talk.get("views", user=self.name))["home"]
        if not home:
            raise Stuck("no Home tab was published")
        return Shown(home)

    async def opens_tab(self, tab: str) -> None:
        """Open the Home or Messages tab and wait until the bot has done what it does then."""
        opened = await self.talk.post("open-home", user=self.name, tab=tab)
        await self.talk.done(opened["event_id"])

    async def messages(self, channel: str = "dm") -> list[Shown]:
        """Everything this person sees in a channel."""
        answer = await self.talk.get("messages", channel=channel, user=self.name)
        return [Shown(raw, channel) for raw in answer["messages"]]

    async def sees(self, text: str, channel: str = "dm") -> Shown:
        """Wait until a message with this text is there for this person."""

        async def look() -> Shown | None:
            found = [m for m in await self.messages(channel) if text in m.words]
            return found[-1] if found else None

        shown: Shown = await self.talk.until(look, f"{text!r} for {self.name} in {channel}")
        return shown

    async def _seen(self, channel: str) -> set[str]:
        return {message.ts for message in await self.messages(channel)}

    async def _new(self, channel: str, before: set[str]) -> list[Shown]:
        return [m for m in await self.messages(channel) if m.ts not in before and _is_bots(m)]

    async def _next(self, channel: str, before: set[str], what: str) -> Shown:
        async def look() -> Shown | None:
            new = await self._new(channel, before)
            return new[0] if new else None

        shown: Shown = await self.talk.until(look, what)
        return shown


def _is_bots(message: Shown) -> bool:
    return "bot_id" in message.raw


def demo_bank(places: ContentPlaces | None = None) -> partial[Bank]:
    """Loads the demo's bank; the index comes from the cache after the first time."""
    return partial(_load, places) if places else partial(_usual)


def _load(places: ContentPlaces, today: date) -> Bank:
    return load_bank(places, today, CACHE)


@cache
def _usual(today: date) -> Bank:
    # A bank never changes, so all tests of a day can have the same one.
    return _load(demo_places(), today)


@asynccontextmanager
async def local_slack(**options: Any) -> AsyncIterator[Playground]:
    """A playground on a free port."""
    usual: Json = {
        "manifest": shipped_path("app.manifest.yaml"),
        "people": shipped_path("data/demo.yaml"),
        "rates": False,
    }
    slack = Playground(**{**usual, **options})
    await slack.start(port=0)
    try:
        yield slack
    finally:
        await slack.stop()


@asynccontextmanager
async def bot_on(
    slack: Playground,
    home: Path,
    *,
    places: ContentPlaces | None = None,
    clock: Clock = utc_now,
    http: bool = False,
    files: BankFiles | None = None,
) -> AsyncIterator[Runtime]:
    """The real bot on a playground; ending the block ends it cleanly."""
    settings: Settings = settings_for(slack, home)
    load = files.read if files else demo_bank(places)
    runtime = await asyncio.to_thread(Runtime, load, settings.database, clock, files=files)
    try:
        async with serving(runtime, settings, Place("127.0.0.1", 0) if http else None) as port:
            if http:
                slack.use_http(f"http://127.0.0.1:{port}/slack/events")
            else:
                await connected(slack)
            yield runtime
    finally:
        runtime.close()


async def connected(slack: Playground, connections: int = 1) -> None:
    """Wait until the bot's Socket Mode connection stands."""
    async with asyncio.timeout(PATIENCE_S):
        while slack.connections < connections:
            await slack.journal.wait(slack.journal.seq, "", 0.2)


@asynccontextmanager
async def talking(
    home: Path,
    *,
    places: ContentPlaces | None = None,
    clock: Clock = utc_now,
    http: bool = False,
    **options: Any,
) -> AsyncIterator[Talk]:
    """A playground with the bot on it; every unknown method fails the test that called it."""
    async with (
        local_slack(**options) as slack,
        talk_on(slack, home, places=places, clock=clock, http=http) as talk,
    ):
        yield talk


@asynccontextmanager
async def talk_on(slack: Playground, home: Path, **options: Any) -> AsyncIterator[Talk]:
    """The bot on a playground that stands already; do it again to restart the bot beside it."""
    async with (
        bot_on(slack, home, **options) as runtime,
        aiohttp.ClientSession() as session,
    ):
        yield Talk(slack, runtime, session)
        assert slack.unknown_methods == []


def texts(messages: Sequence[Shown]) -> list[str]:
    """What was said, in order."""
    return [message.text for message in messages]
