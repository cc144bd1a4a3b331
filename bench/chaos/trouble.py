"""Which trouble strikes when: what a run is given, ordered at the local Slack, and counted."""

import asyncio
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from random import Random

from bench.chaos.world import World

FAULTS = ("rate_limited", "server_error", "timeout", "lost_reply", "disconnect")
KILL = "kill"
LONGEST_WAIT_S = 600.0
KILLED_AT_RANDOM = 0.06
"""Of the steps; a start takes seconds, and each call is met by a kill in its turn besides."""
CONNECTING = "apps.connections.open"
SOCKET = "(connection)"
OF_CONNECTING = frozenset({CONNECTING, "auth.test"})
"""Calls of a start, not of a hand-off. A start that Slack refuses is tried again by the shift."""
AT_CONNECTING = (
    ("refuse_connect", SOCKET),
    ("disconnect", SOCKET),
    ("rate_limited", CONNECTING),
    ("server_error", CONNECTING),
    ("lost_reply", CONNECTING),
    ("disconnect", CONNECTING),
)
"""A time-out is left out here: the SDK waits half a minute for its own connection."""

Pair = tuple[str, str]
Calls = Mapping[str, Mapping[str, Pair | None]]
"""Step -> method that it calls -> the fault without which it does not call it."""


@dataclass(slots=True)
class Trouble:
    """One thing that goes wrong in a step.

    `after` is the fault that must come first for the call to be made at all. A kill strikes
    while the call is `held`, when it has been `answered`, or after `delay_s` at any `moment`.
    """

    kind: str
    method: str
    after: Pair | None = None
    count: int = 1
    how: str = "held"
    delay_s: float = 0.0


@dataclass(slots=True)
class Struck:
    """How often what really struck which call; from Slack's log, not from what was ordered."""

    times: Counter[Pair] = field(default_factory=Counter)
    kills: int = 0

    def read(self, world: World, since: int) -> None:
        for record in world.since(since):
            body = record["body"]
            if record["kind"] == "api" and "trouble" in body:
                self.times[body["trouble"], record["name"]] += 1
            elif record["kind"] == "connect" and record["name"] == "disconnect":
                self.times["disconnect", SOCKET] += 1
            elif record["kind"] == "connect" and "trouble" in body:
                self.times[body["trouble"], SOCKET] += 1


def demanded(calls: Calls) -> list[Pair]:
    """Every kind of fault, and kill, at every call of a hand-off; the connection besides."""
    methods = sorted({method for made in calls.values() for method in made})
    kinds = (*FAULTS, KILL)
    return [(kind, method) for method in methods for kind in kinds] + list(AT_CONNECTING)


def some_trouble(calls: Mapping[str, Pair | None], random: Random) -> Trouble | None:
    """Anything that can strike a call of this step; None now and then, and where it makes none."""
    if not calls or random.random() < 0.3:
        return None
    if random.random() < KILLED_AT_RANDOM:
        return Trouble(KILL, "", how="moment", delay_s=random.random() * 0.6)
    method = random.choice(sorted(calls))
    kind = KILL if random.random() < KILLED_AT_RANDOM else random.choice(FAULTS)
    return made(kind, method, calls[method], random)


def made(kind: str, method: str, after: Pair | None, random: Random) -> Trouble:
    how = random.choice(("held", "held", "answered")) if kind == KILL else ""
    return Trouble(kind, method, after, count=random.choice((1, 1, 2)), how=how)


def featured(number: int, pairs: Sequence[Pair]) -> list[Pair]:
    """What run `number` has to meet, so that all runs together meet everything evenly."""
    return [pairs[number % len(pairs)], pairs[(number + len(pairs) // 2) % len(pairs)]]


async def order(world: World, trouble: Trouble) -> None:
    """Have Slack make it happen; a kill that needs a held call orders that."""
    if trouble.after is not None:
        await _fault(world, *trouble.after)
    if trouble.kind == KILL:
        if trouble.how == "held":
            await _fault(world, "timeout", trouble.method)
    elif (trouble.kind, trouble.method) == ("disconnect", SOCKET):
        await world.post("fault", kind="disconnect")
    elif trouble.method in (SOCKET, CONNECTING):
        method = None if trouble.method == SOCKET else trouble.method
        await _fault(world, trouble.kind, method)
        await world.post("fault", kind="disconnect")
    else:
        await _fault(world, trouble.kind, trouble.method, trouble.count)


class Killing:
    """Waits for its moment, kills the bot then, and starts it again."""

    def __init__(self, world: World, trouble: Trouble, struck: Struck, since: int) -> None:
        self._world, self._trouble, self._struck, self._since = world, trouble, struck, since
        self._begun = False
        self.met = False
        self._task = asyncio.create_task(self._strikes())

    async def ends(self) -> None:
        """Wait no longer for the moment; a kill under way is carried through."""
        if not self._begun:
            self._task.cancel()
        with suppress(asyncio.CancelledError):
            await self._task

    async def _strikes(self) -> None:
        await self._moment()
        self._begun = True
        mark = self._world.seq
        await self._world.bot.kill()
        self._struck.kills += 1
        self.met = bool(self._trouble.method) and await self._was_met(mark)
        if self.met:
            self._struck.times[KILL, self._trouble.method] += 1
        await self._world.bot.start()

    async def _moment(self) -> None:
        if self._trouble.how == "moment":
            await asyncio.sleep(self._trouble.delay_s)
        else:
            look = self._is_held if self._trouble.how == "held" else self._is_answered
            await self._world.until(look, LONGEST_WAIT_S)

    async def _is_held(self) -> bool:
        return not await self._world.is_ordered("timeout", self._trouble.method)

    async def _is_answered(self) -> bool:
        made = self._world.since(self._since)
        return any(r["name"] == self._trouble.method and r["status"] for r in made)

    async def _was_met(self, mark: int) -> bool:
        """Whether the call was under way when the bot died: Slack logs a held one only then."""
        if self._trouble.how == "answered":
            return True

        async def cut() -> bool:
            return any(
                record["name"] == self._trouble.method and record["body"].get("trouble")
                for record in self._world.since(mark)
            )

        return bool(await self._world.until(cut, 1.0))


async def _fault(world: World, kind: str, method: str | None, count: int = 1) -> None:
    body = {"method": method} if method else {}
    await world.post("fault", kind=kind, count=count, retry_after=1, **body)
