"""One local Slack with one bot beside it, as whoever drives them sees both."""

import asyncio
import json
import sqlite3
from collections.abc import Awaitable, Callable, Iterator
from contextlib import closing, suppress
from typing import Any, TypeVar

import aiohttp

from bench.chaos.processes import Bot

Json = dict[str, Any]
Found = TypeVar("Found")
LOOK_EVERY_S = 0.1
BEYOND_REDELIVERY_S = (61, 301)
"""Slack sends an event again after one minute and after five; its clock is moved past them."""
GIVES_UP_ON_S = 1.5
CATCHES_UP_WITHIN_S = 10.0
NEWEST = 1_000_000_000
"""Beyond every log number: asks for the newest alone."""


class World:
    def __init__(self, url: str, http: aiohttp.ClientSession) -> None:
        self._url, self._http = url, http
        self.records: list[Json] = []
        self._written = asyncio.Event()
        self.bot: Bot

    @property
    def seq(self) -> int:
        return int(self.records[-1]["seq"]) if self.records else 0

    async def post(self, route: str, **body: Any) -> Json:
        async with self._http.post(f"{self._url}/_control/{route}", json=body) as response:
            answer: Json = await response.json()
            return answer

    async def get(self, route: str, **query: Any) -> Json:
        url = f"{self._url}/_control/{route}"
        async with self._http.get(url, params=query) as response:
            answer: Json = await response.json()
            return answer

    async def follow(self) -> None:
        """Read the log as it is written, until cancelled."""
        while True:
            answer = await self.get("log", after=self.seq, wait_s=10)
            if answer["log"]:
                self.records += answer["log"]
                self._written.set()
                self._written = asyncio.Event()

    async def until(self, look: Callable[[], Awaitable[Found]], patience_s: float) -> Found | None:
        """What `look` finds, looked for at each thing that passes; None when nothing came."""
        loop = asyncio.get_running_loop()
        deadline = loop.time() + patience_s
        while True:
            written = self._written
            if found := await look():
                return found
            if loop.time() > deadline:
                return None
            with suppress(TimeoutError):
                async with asyncio.timeout(LOOK_EVERY_S):
                    await written.wait()

    def since(self, seq: int) -> Iterator[Json]:
        """The log after a number, newest first."""
        for record in reversed(self.records):
            if record["seq"] <= seq:
                return
            yield record

    async def greeted(self, mark: int) -> bool:
        """Wait until Slack has said hello to the bot after a log number."""

        async def look() -> bool:
            return any(
                record["kind"] == "connect" and record["name"] == "hello"
                for record in self.since(mark)
            )

        return bool(await self.until(look, 600))

    async def is_connected(self) -> bool:
        return bool((await self.get("state"))["app"]["connections"])

    async def is_ordered(self, kind: str, method: str) -> bool:
        """Whether such a fault has not struck yet."""
        faults = (await self.get("state"))["app"]["faults"]
        return any(fault["kind"] == kind and fault["method"] == method for fault in faults)

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """What the bot's database holds, read beside it and never written."""
        path = f"file:{self.bot.home / 'clm.db'}?mode=ro"
        with closing(sqlite3.connect(path, uri=True, timeout=5)) as db:
            return db.execute(sql).fetchall()

    def _unheard(self, since: int) -> set[str]:
        """Events that people caused and that the bot has not done yet."""
        keys = {
            f"event:{record['body']['event_id']}"
            for record in self.since(since)
            if record["dir"] == "to_bot" and record["kind"] == "event" and _is_of_a_person(record)
        }
        done = self.rows("SELECT key FROM inbox WHERE done_at IS NOT NULL") if keys else []
        return keys - {key for (key,) in done}

    def _waiting(self) -> list[str]:
        """What the bot still has to do or to tell, in words."""
        rows = self.rows(
            "SELECT 'heard and not done' FROM inbox WHERE done_at IS NULL AND body <> '' "
            "UNION ALL SELECT 'told nobody: ' || kind || ', ' || state || ', tried ' || attempts "
            "|| ' times, ' || coalesce(reason, '') FROM outbox WHERE state IN ('due', 'sending')"
        )
        return [str(row[0]) for row in rows]

    async def settled(self, since: int, patience_s: float) -> list[str]:
        """Wait until nothing is under way any more; what still is, in words, when it does not end.

        Events that found nobody are sent again as Slack does, by moving its clock.
        """
        loop = asyncio.get_running_loop()
        deadline = loop.time() + patience_s
        beyond = iter(BEYOND_REDELIVERY_S * 20)

        async def look() -> bool:
            if not self.bot.up.is_set() or self._under_way(since):
                return False
            return await self.is_connected()

        await self._caught_up()
        while loop.time() < deadline:
            if not self.bot.is_running:
                await self.bot.start()
            if await self.until(look, min(GIVES_UP_ON_S, deadline - loop.time())):
                return []
            if self.bot.up.is_set() and self._unheard(since) and (step := next(beyond, None)):
                await self.post("clock", advance_s=step)
        return self._under_way(since) or ["the bot does not come back"]

    async def _caught_up(self) -> None:
        """Wait until everything is read that Slack has logged so far."""
        newest = int((await self.get("log", after=NEWEST))["seq"])

        async def look() -> bool:
            return self.seq >= newest

        await self.until(look, CATCHES_UP_WITHIN_S)

    def _under_way(self, since: int) -> list[str]:
        try:
            return [f"{key} never heard" for key in self._unheard(since)] + self._waiting()
        except sqlite3.OperationalError as fault:
            return [f"the database cannot be read: {fault}"]

    def kept_log(self, since: int) -> str:
        """The log after a number, for whoever has to find out what happened."""
        records = reversed(list(self.since(since)))
        return "\n".join(json.dumps(record, ensure_ascii=False) for record in records)


def _is_of_a_person(record: Json) -> bool:
    event = record["body"].get("event") or {}
    message = event.get("message") or event
    return "bot_id" not in message and event.get("type") in ("message", "app_home_opened")
