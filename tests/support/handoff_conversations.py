"""Everybody's conversation with the bot, as they see it, behind a connection that breaks at will.

It does what the notifier of a platform does: it edits what stands, and looks up by its mark what
may have arrived. Whatever breaks a rule in the very moment of being shown fails here.
"""

from collections import Counter, deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Literal, get_args

from bot.domain.notices import (
    Delivered,
    Delivery,
    Landing,
    Later,
    Notice,
    Receipt,
    Undeliverable,
)
from bot.runtime import Runtime
from handlers.slack.ids import user_id_of
from handlers.slack.notices import RENDERERS
from handlers.slack.views.blocks import Message

Fault = Literal["none", "refused", "not shown", "reply lost", "killed before", "killed after"]
FAULTS: tuple[Fault, ...] = get_args(Fault)
"""none: all is well; refused: a 429; not shown: a 500 or a time-out before the message was there;
reply lost: it was there, and nobody heard so; killed: the bot ends before or after it is there."""

SHOWN_KINDS = frozenset({"ticket_card", "ticket", "relay", "ticket_word", "alarm", "erased", "say"})


class Killed(Exception):
    """The bot ended here; nothing after this was done."""


@dataclass
class Shown:
    """One message in somebody's conversation; `notice` is what it shows now, `mark` the number of
    the delivery that posted it, `root` the message in whose thread it stands."""

    at: str
    mark: int
    root: str
    notice: Notice
    message: Message

    @property
    def slot(self) -> str:
        return self.notice.slot


class Conversations:
    """What everybody sees, by Slack's id of the person; whoever is in `gone` cannot be reached."""

    def __init__(self) -> None:
        self.runtime: Runtime | None = None
        self.seen: dict[str, dict[str, Shown]] = {}
        self.gone: set[str] = set()
        self.faults: deque[Fault] = deque()
        self.meanwhile: deque[Callable[[], Awaitable[None]]] = deque()
        self.watch: Callable[[str, Notice, Message], None] = lambda person, notice, message: None
        self.struck: Counter[Fault] = Counter()
        self.kill: Callable[[], None] = lambda: None
        self._posted = 0

    async def deliver(self, delivery: Delivery) -> Receipt:
        """Show it, or fail as the next fault says; what is to happen meanwhile happens first."""
        notice = delivery.notice
        if notice.kind not in SHOWN_KINDS:
            return Delivered(None)
        fault: Fault = self.faults.popleft() if self.faults else "none"
        self.struck[fault] += 1
        if fault == "refused":
            return Later("ratelimited", after=3.0)
        assert self.runtime is not None
        message = await RENDERERS[notice.kind](self.runtime, notice)
        assert not isinstance(message, Later)
        if self.meanwhile:
            await self.meanwhile.popleft()()
        if user_id_of(notice.recipient) in self.gone:
            return Undeliverable("user_disabled")
        if fault == "not shown":
            return Later("TimeoutError", uncertain=True)
        if fault == "killed before":
            self._die()
        landing = self._show(delivery, message)
        if fault == "killed after":
            self._die()
        if fault == "reply lost":
            return Later("ServerDisconnectedError", uncertain=True)
        return Delivered(landing)

    def of(self, person: str) -> list[Shown]:
        """What somebody sees, oldest first."""
        return list(self.seen.get(user_id_of(person), {}).values())

    def in_slot(self, person: str, slot: str) -> list[Shown]:
        """What stands in a slot; more than one message never should."""
        return [shown for shown in self.of(person) if shown.slot == slot]

    def _die(self) -> None:
        self.kill()
        raise Killed

    def _show(self, delivery: Delivery, message: Message | None) -> Landing | None:
        notice = delivery.notice
        person = user_id_of(notice.recipient).removeprefix("D")
        stands = delivery.landed
        if stands is None and delivery.uncertain:
            stands = self._found(person, delivery.id)
        if message is None:
            return stands
        if stands is None and notice.kind == "erased":
            return None
        self.watch(person, notice, message)
        if stands is not None:
            shown = self.seen[person][stands.message]
            shown.message = message
            if not notice.recipient.startswith(f"{notice.workspace}:D"):
                shown.notice = notice
            return stands
        self._posted += 1
        at = f"{self._posted}.0"
        root = delivery.thread.message if delivery.thread else ""
        twice = [one for one in self.of(notice.recipient) if one.slot == notice.slot]
        assert not twice, f"{notice.slot} stands twice at {person}"
        self.seen.setdefault(person, {})[at] = Shown(at, delivery.id, root, notice, message)
        return Landing(f"D{person}", at)

    def _found(self, person: str, mark: int) -> Landing | None:
        found = (one for one in self.seen.get(person, {}).values() if one.mark == mark)
        return next((Landing(f"D{person}", one.at) for one in found), None)
