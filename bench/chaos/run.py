"""One run: a hand-off in random order with trouble between and during its steps, then judged."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from random import Random

from bench.chaos.hand_off import HandOff
from bench.chaos.judge import Kept, Request, Seen, Titles, findings
from bench.chaos.people import Person, Strange
from bench.chaos.steps import STEPS
from bench.chaos.trouble import (
    AT_CONNECTING,
    KILL,
    OF_CONNECTING,
    Calls,
    Killing,
    Pair,
    Struck,
    Trouble,
    made,
    order,
    some_trouble,
)
from bench.chaos.words import Words, unescaped
from bench.chaos.world import Json, World

CHAIR, DEPUTY = "christina", "dev"
EVERYTHING = 1
"""Begins with a number so small that people also do what they do only now and then."""
SETTLES_WITHIN_S = 120.0
FEWEST_STEPS, MOST_STEPS, LONGEST_RUN = 4, 9, 12
PROVOKING: tuple[Pair, ...] = (("lost_reply", "chat.postMessage"), ("server_error", "views.open"))
"""Faults that make the bot call what it else would not: a look-up, a word of regret."""


@dataclass(slots=True)
class Outcome:
    run: int
    steps: list[str] = field(default_factory=list)
    found: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Runner:
    """Runs hand-offs in one world, one after the other."""

    world: World
    words: Words
    struck: Struck
    seed: int
    calls: dict[str, dict[str, Pair | None]] = field(default_factory=dict)

    def hand_off(self, run: int) -> HandOff:
        people = [
            Person(self.world, name, self.words.refused)
            for name in (member_name(run), CHAIR, DEPUTY)
        ]
        member, chair, deputy = people
        request = Request(member.name, (chair.name, deputy.name))
        return HandOff(self.words, run, member, (chair, deputy), real_name(run), request)

    async def rehearse(self, run: int) -> Calls:
        """Every step once with nothing wrong, then once for each fault that provokes calls."""
        self.calls = {name: {} for name in STEPS}
        for at, provoking in enumerate((None, *PROVOKING)):
            hand = self.hand_off(run + at)
            names = list(STEPS)
            random = Random(at)
            for name in [*names, names[0], names[-1]]:
                if not await STEPS[name].can(hand, random):
                    hand = hand if hand.request.ended is None else self.hand_off(run + at)
                if await STEPS[name].can(hand, random):
                    await self._learns(name, hand, provoking)
        return self.calls

    async def _learns(self, name: str, hand: HandOff, provoking: Pair | None) -> None:
        known = self.calls[name]
        if provoking is not None:
            if provoking[1] not in known:
                return
            await order(self.world, Trouble(*provoking))
        since = self.world.seq
        await STEPS[name].does(hand, Random(EVERYTHING))
        await self._settles(hand, since)
        for method in methods_in(self.world.since(since)) - OF_CONNECTING:
            known.setdefault(method, provoking)

    async def once(self, run: int, features: Sequence[Pair]) -> Outcome:
        """One hand-off, judged; whatever is strange on the way is a finding as well."""
        outcome, since, left = Outcome(run), self.world.seq, list(features)
        hand = self.hand_off(run)
        length = Random(f"{self.seed}/{run}").randint(FEWEST_STEPS, MOST_STEPS)
        try:
            while len(outcome.steps) < (LONGEST_RUN if left else length):
                random = Random(f"{self.seed}/{run}/{len(outcome.steps)}")
                last = len(outcome.steps) + 1 >= length and not left
                name = await self._next(hand, random, left, last=last)
                if name is None:
                    break
                outcome.steps.append(name)
                await self._step(hand, name, random, left, since)
            outcome.found += await self._settles(hand, since)
            outcome.found += await self._judged(hand)
        except Strange as strange:
            outcome.found.append(str(strange))
        self.struck.read(self.world, since)
        return outcome

    async def _next(
        self, hand: HandOff, random: Random, left: list[Pair], *, last: bool
    ) -> str | None:
        """A step that is on the screen, rather one that calls what has to be met."""
        can = [
            name
            for name, step in STEPS.items()
            if (last or not step.ends) and await step.can(hand, random)
        ]
        fitting = [name for name in can if {method for _, method in left} & set(self.calls[name])]
        if fitting and random.random() < 0.7:
            return random.choice(fitting)
        if not can:
            return None
        return random.choices(can, [STEPS[name].weight for name in can])[0]

    async def _step(
        self, hand: HandOff, name: str, random: Random, left: list[Pair], since: int
    ) -> None:
        pair = next((pair for pair in left if self._fits(pair, name)), None)
        trouble = (
            some_trouble(self.calls[name], random)
            if pair is None
            else made(*pair, self.calls[name].get(pair[1]), random)
        )
        before, killing = self.world.seq, None
        if trouble is not None:
            await order(self.world, trouble)
            if trouble.kind == KILL:
                killing = Killing(self.world, trouble, self.struck, before)
        try:
            await STEPS[name].does(hand, random)
            hand.settled = False
            still = []
            if killing is not None or pair is not None or random.random() < 0.5:
                still = await self._settles(hand, since)
        finally:
            if killing is not None:
                await killing.ends()
        if still:
            raise Strange("; ".join(still))
        if pair is not None and self._has_met(pair, killing, before):
            left.remove(pair)

    def _fits(self, pair: Pair, name: str) -> bool:
        return pair[1] in self.calls[name] or pair in AT_CONNECTING

    def _has_met(self, pair: Pair, killing: Killing | None, before: int) -> bool:
        if killing is not None:
            return killing.met
        found = Struck()
        found.read(self.world, before)
        return bool(found.times[pair])

    async def _settles(self, hand: HandOff, since: int) -> list[str]:
        still = await self.world.settled(since, SETTLES_WITHIN_S)
        if not still:
            hand.has_settled()
        return still

    async def _judged(self, hand: HandOff) -> list[str]:
        failed = self.world.rows("SELECT kind, reason FROM outbox WHERE state = 'failed'")
        stuck = [f"lost: a notice was given up ({kind}, {reason})" for kind, reason in failed]
        if not hand.number:
            return [*stuck, f"{hand.member.name} could not send a request"]
        people = (hand.member, *hand.desk)
        seen = {p.name: [_seen(m) for m in await p.messages() if "bot_id" in m] for p in people}
        titles = Titles(
            ticket=self.words.say("handoff.ticket_title", number=hand.number),
            card=self.words.say("handoff.card_title", number=hand.number),
            taken_back=self.words.say("handoff.message_withdrawn"),
            refusals=self.words.refusals,
        )
        return stuck + findings(hand.request, titles, seen, self._kept(hand.number))

    def _kept(self, number: str) -> Kept | None:
        rows = self.world.rows(
            f"SELECT state, claimed_by FROM tickets WHERE number = {int(number)}"
        )
        if not rows or len(rows[0]) != 2:
            return None
        state, claimed_by = rows[0]
        named = {user["id"]: user["name"] for user in self.words.demo["users"]}
        return Kept(state, named.get(str(claimed_by or "").rpartition(":")[2], ""))


def member_name(run: int) -> str:
    return f"m{run:04}"


def real_name(run: int) -> str:
    """A name that occurs nowhere else, so that it can be looked for."""
    return f"Quillon Zq{run:04}"


def methods_in(records: Iterable[Json]) -> set[str]:
    return {str(record["name"]) for record in records if record["kind"] == "api"}


def _seen(message: Json) -> Seen:
    payload = (message.get("metadata") or {}).get("event_payload") or {}
    return Seen(
        ts=str(message["ts"]),
        text=unescaped(str(message.get("text", ""))),
        thread=str(message.get("thread_ts") or ""),
        notice=str(payload.get("notice") or ""),
    )
