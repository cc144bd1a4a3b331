"""What is due, when: one loop over the clock."""

import asyncio
from contextlib import suppress
from datetime import timedelta
from typing import Protocol

from bot.domain.identity import Workspace
from bot.domain.notices import Delivered, Delivery, Receipt, Undeliverable
from bot.log import logger
from bot.renewal import Renewal
from bot.runtime import Runtime
from bot.services import announcement, handoff, inbox, mending, outbox

EVERYWHERE = Workspace("")
TIDY_EVERY = timedelta(hours=6)
LOOK_EVERY = timedelta(hours=1)
LONGEST_WAIT = 30.0


class Notifier(Protocol):
    """A platform's way to tell somebody something. It never raises: every outcome is a receipt."""

    async def deliver(self, delivery: Delivery) -> Receipt:
        """Send, edit, or find out that it has arrived."""


class Jobs:
    """The loop: deliveries as soon as they are due, the rest now and then."""

    def __init__(self, runtime: Runtime, notifier: Notifier) -> None:
        self._runtime = runtime
        self._notifier = notifier
        self._tidied = self._looked = runtime.clock()
        self._unsettled = False
        self._workspace = EVERYWHERE
        self.renewal = Renewal(runtime)

    async def recover(self, workspace: Workspace) -> None:
        """At start: take up what the last run left."""
        self._workspace = workspace
        await self._runtime.run(outbox.recover, EVERYWHERE)
        await self._runtime.run(handoff.deliver_missing, workspace)
        await self.renewal.recover(workspace)

    async def run(self) -> None:
        """Until cancelled. A fault in one round is logged and the next round tries again."""
        try:
            while True:
                try:
                    await self.round()
                    await self._wait()
                except Exception as error:
                    logger().error("round failed", error=type(error).__name__)
                    self._unsettled = True
                    await asyncio.sleep(1)
        finally:
            await self.renewal.end()

    async def round(self) -> None:
        """Deliver until nothing is due now; tidy and look at the content when it is time."""
        self._runtime.due.clear()
        if self._unsettled:
            # What was under way when the last round failed has no receipt; it is looked up first.
            await self._runtime.run(outbox.recover, EVERYWHERE)
            self._unsettled = False
        while batch := await self._runtime.run(outbox.claim, EVERYWHERE):
            deliveries = (self._deliver(delivery) for delivery in batch)
            ends = await asyncio.gather(*deliveries, return_exceptions=True)
            if failed := [end for end in ends if isinstance(end, BaseException)]:
                raise failed[0]
        now = self._runtime.clock()
        if now - self._looked > LOOK_EVERY:
            # A chair who could not be reached may be back.
            await self._runtime.run(handoff.deliver_missing, self._workspace)
            self._looked = now
        if now - self._tidied > TIDY_EVERY:
            await self._runtime.run(inbox.tidy, EVERYWHERE)
            self._tidied = now
        self.renewal.begin()

    async def _deliver(self, delivery: Delivery) -> None:
        receipt = await self._notifier.deliver(delivery)
        notice = delivery.notice
        if not isinstance(receipt, Delivered):
            logger().warning(
                "notice not delivered", kind=notice.kind, id=delivery.id, reason=receipt.reason
            )
        await self._runtime.run(outbox.record, notice.workspace, delivery, receipt)
        if isinstance(receipt, Delivered) and notice.kind == "ticket_card":
            await self._runtime.run(handoff.card_delivered, notice.workspace, notice)
        if isinstance(receipt, Undeliverable):
            await self._undeliverable(delivery)

    async def _undeliverable(self, delivery: Delivery) -> None:
        notice = delivery.notice
        if notice.kind in ("ticket_card", "ticket", "relay"):
            await self._runtime.run(handoff.undeliverable, notice.workspace, notice)
        elif notice.kind == "announcement":
            await self._runtime.run(announcement.undeliverable, notice.workspace, notice)
        elif notice.kind == "mending":
            await self._runtime.run(mending.undeliverable, notice.workspace, notice)

    async def _wait(self) -> None:
        upcoming = await self._runtime.run(outbox.next_due, EVERYWHERE)
        seconds = min(LONGEST_WAIT, self.renewal.wait())
        if upcoming is not None:
            seconds = min(seconds, (upcoming - self._runtime.clock()).total_seconds())
        # Not wait_for: in Python 3.11 it swallows a cancellation that meets what it waits for.
        with suppress(TimeoutError):
            async with asyncio.timeout(max(seconds, 0.01)):
                await self._runtime.due.wait()
