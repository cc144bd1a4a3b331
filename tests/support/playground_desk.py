"""A hand on the playground's control routes, and a bot reduced to its wire: for tests."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, cast

from aiohttp import ClientSession, ClientWebSocketResponse

from bot.playground.server import Playground

Json = dict[str, Any]
PEOPLE = Path("data/demo.yaml")
MANIFEST = Path("tests/support/playground_app.manifest.yaml")


class Desk:
    """Acts for the people of the workspace over the control routes, and calls the Web API raw."""

    def __init__(self, playground: Playground, session: ClientSession) -> None:
        self.playground = playground
        self.session = session

    async def ask(self, route: str, **body: Any) -> tuple[int, Json]:
        url = f"{self.playground.url}/_control/{route}"
        async with self.session.post(url, json=body) as answer:
            return answer.status, cast(Json, await answer.json())

    async def do(self, route: str, **body: Any) -> Json:
        status, answer = await self.ask(route, **body)
        assert status == 200, answer
        assert answer["ok"] is True, answer
        return answer

    async def refused(self, route: str, **body: Any) -> str:
        status, answer = await self.ask(route, **body)
        assert status >= 400, answer
        assert answer["ok"] is False, answer
        assert answer["detail"], answer
        return str(answer["error"])

    async def look(self, route: str, **query: Any) -> Json:
        url = f"{self.playground.url}/_control/{route}"
        async with self.session.get(url, params=query) as answer:
            return cast(Json, await answer.json())

    async def seen(self, user: str, channel: str = "dm") -> list[Json]:
        return cast(
            list[Json], (await self.look("messages", user=user, channel=channel))["messages"]
        )

    async def texts(self, user: str, channel: str = "dm") -> list[str]:
        return [message["text"] for message in await self.seen(user, channel)]

    async def wait(self, match: str, after: int = 0, timeout_s: float = 5.0) -> Json:
        record = await self.look("wait", match=match, after=after, timeout_s=timeout_s)
        assert record["ok"] is True, (match, record)
        return record

    async def api(self, method: str, token: str | None = None, **args: Any) -> Json:
        token = self.playground.bot_token if token is None else token
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        url = self.playground.api_url + method
        async with self.session.post(url, json=args, headers=headers) as answer:
            body = cast(Json, await answer.json())
            return {**body, "http": answer.status, "retry_after": answer.headers.get("Retry-After")}

    async def said(self, channel: str, text: str = "hello", **more: Any) -> str:
        posted = await self.api("chat.postMessage", channel=channel, text=text, **more)
        assert posted["ok"] is True, posted
        return str(posted["ts"])


class WireBot:
    """A bot that only opens connections, reads envelopes and acks those that it is told to."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.ws: ClientWebSocketResponse | None = None
        self.opened: list[ClientWebSocketResponse] = []

    async def address(self) -> str:
        opened = await self.desk.api("apps.connections.open", self.desk.playground.app_token)
        assert opened["ok"] is True, opened
        return str(opened["url"])

    async def connect(self) -> Json:
        self.ws = await self.desk.session.ws_connect(await self.address())
        self.opened.append(self.ws)
        return await self.receive()

    async def receive(self, timeout_s: float = 5.0) -> Json:
        assert self.ws is not None
        return cast(Json, await asyncio.wait_for(self.ws.receive_json(), timeout_s))

    async def ack(self, envelope: Json, payload: Json | None = None) -> None:
        assert self.ws is not None
        answer: Json = {"envelope_id": envelope["envelope_id"]}
        if payload is not None:
            answer["payload"] = payload
        await self.ws.send_json(answer)

    async def hear(self, payload: Json | None = None) -> Json:
        """Receive one envelope, ack it and return its payload."""
        envelope = await self.receive()
        await self.ack(envelope, payload)
        return cast(Json, envelope["payload"])

    async def hear_event(self) -> Json:
        return cast(Json, (await self.hear())["event"])

    async def close(self) -> None:
        for ws in self.opened:
            await ws.close()


@asynccontextmanager
async def running(**options: Any) -> AsyncIterator[Desk]:
    """Run a playground of its own; the test fails when a method was called that Slack lacks."""
    options = {"manifest": MANIFEST, "people": PEOPLE, **options}
    playground = Playground(**options)
    await playground.start()
    try:
        async with ClientSession() as session:
            yield Desk(playground, session)
    finally:
        await playground.stop()
    assert playground.unknown_methods == []


@asynccontextmanager
async def wired(**options: Any) -> AsyncIterator[tuple[Desk, WireBot]]:
    """Run a playground with a connected bot that acks nothing by itself."""
    async with running(**options) as desk:
        bot = WireBot(desk)
        await bot.connect()
        try:
            yield desk, bot
        finally:
            await bot.close()


async def acting(work: Any, bot: WireBot, payload: Json | None = None) -> tuple[Any, Json]:
    """Let somebody act and the bot ack what comes of it; returns the answer and the payload."""
    task = asyncio.ensure_future(work)
    heard = await bot.hear(payload)
    return await task, heard
