"""What is due, when: one loop over the clock."""

import asyncio
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Protocol

from bot.domain.identity import Workspace
from bot.domain.notices import WITH_FILES, Delivered, Delivery, Kind, Receipt, Undeliverable
from bot.log import logger
from bot.relearning import Relearning
from bot.renewal import Renewal
from bot.runtime import Runtime
from bot.services import (
    announcement,
    calendars,
    digest,
    handoff,
    handoff_clock,
    inbox,
    mending,
    outbox,
    privacy,
    reminders,
    retention,
    sessions,
    succession,
    wishes,
)
from bot.services.bank import Bank
from bot.services.one_by_one import PassedOver

EVERYWHERE = Workspace("")
TIDY_EVERY = timedelta(hours=6)
LOOK_EVERY = timedelta(hours=1)
LONGEST_WAIT = 30.0
UPLOADS = 4


UNDELIVERABLE: Mapping[Kind, outbox.Follows] = {
    "ticket_card": handoff.undeliverable,
    "ticket": handoff.undeliverable,
    "relay": handoff.undeliverable,
    "alarm": handoff.undeliverable,
    "role": succession.undeliverable,
    "announcement": announcement.undeliverable,
    "session": sessions.undeliverable,
    "mending": mending.undeliverable,
}
"""What is done where a notice will never arrive."""


class Notifier(Protocol):
    """A platform's way to tell somebody something. It never raises: every outcome is a receipt."""

    async def deliver(self, delivery: Delivery) -> Receipt:
        """Send, edit, or find out that it has arrived."""


class Jobs:
    """The loop: deliveries as soon as they are due, the rest now and then."""

    def __init__(self, runtime: Runtime, notifier: Notifier) -> None:
        self._runtime = runtime
        self._notifier = notifier
        self._tidied = self._looked = self._planned = self._alarms_from = runtime.clock()
        self._planned_with: Bank | None = None
        self._unsettled = False
        self._workspace = EVERYWHERE
        self.renewal = Renewal(runtime)
        self.relearning = Relearning(runtime)
        self._uploads: set[asyncio.Task[None]] = set()
        self._room = asyncio.Semaphore(UPLOADS)

    async def recover(self, workspace: Workspace) -> None:
        """At start: take up what the last run left."""
        self._workspace = workspace
        # Before anything is told: this may be a backup that holds what was erased since.
        await self._tidy()
        await self._runtime.run(outbox.recover, EVERYWHERE)
        await self._runtime.run(handoff.deliver_missing, workspace)
        await self._runtime.run(succession.expire, workspace)
        await self._runtime.run(wishes.tell_waiting, workspace)
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
            await self._end_uploads()
            await self.renewal.end()
            await self.relearning.end()

    async def round(self) -> None:
        """Deliver until nothing is due now; tidy and look at the content when it is time."""
        self._runtime.due.clear()
        if self._unsettled:
            await self._end_uploads()
            # What was under way when the last round failed has no receipt; it is looked up first.
            await self._runtime.run(outbox.recover, EVERYWHERE)
            self._unsettled = False
        await self._runtime.wipe_traces()
        while batch := await self._runtime.run(outbox.claim, EVERYWHERE):
            for delivery in batch:
                self._begin_upload(delivery)
            deliveries = (self._deliver(d) for d in batch if d.notice.kind not in WITH_FILES)
            ends = await asyncio.gather(*deliveries, return_exceptions=True)
            if failed := [end for end in ends if isinstance(end, BaseException)]:
                raise failed[0]
        # Telling of an erasure names once more whom it was about.
        await self._runtime.wipe_traces()
        now = self._runtime.clock()
        if now - self._looked > LOOK_EVERY:
            # A chair who could not be reached may be back.
            await self._runtime.run(handoff.deliver_missing, self._workspace)
            await self._runtime.run(succession.expire, self._workspace)
            self._looked = now
        if now - self._tidied > TIDY_EVERY:
            if await self._tidy():
                self._runtime.due.set()
            else:
                self._tidied = now
        self.renewal.begin()
        self.relearning.begin()
        await self._remind(now)
        await self._sound_alarms(now)
        await self._send_digests(now)

    async def _tidy(self) -> bool:
        """Forget what it is time to forget; True when there is more than went at once."""
        await self._runtime.run(privacy.carry_out_again, EVERYWHERE)
        await self._runtime.run(inbox.tidy, EVERYWHERE)
        await self._runtime.run(retention.clear_uninstalled, EVERYWHERE)
        await self._runtime.run(retention.forget_members, self._workspace)
        await self._runtime.run(retention.drop_backups, EVERYWHERE)
        more = await self._runtime.run(retention.tidy, self._workspace)
        await self._runtime.wipe_traces(always=True)
        return more

    async def _remind(self, now: datetime) -> None:
        """Plan anew each hour and whenever the content has changed; queue what is due."""
        bank = self._runtime.bank(self._workspace)
        if bank is not self._planned_with or abs(now - self._planned) > LOOK_EVERY:
            await self._runtime.run(wishes.tell_waiting, self._workspace)
            _passed_over("calendars", await self._runtime.run(calendars.follow_all, EVERYWHERE))
            _passed_over("planning", await self._runtime.run(reminders.plan_all, EVERYWHERE))
            self._planned, self._planned_with = now, bank
        due = await self._runtime.run(reminders.next_due, EVERYWHERE)
        if due is not None and due <= now:
            _passed_over("reminders", await self._runtime.run(reminders.send_due, EVERYWHERE))

    async def _sound_alarms(self, now: datetime) -> None:
        """Tell of requests that have waited too long; after a fault not again for a while."""
        due = await self._alarm_due()
        if due is None or due > now:
            return
        passed = await self._runtime.run(handoff_clock.ring_due, EVERYWHERE)
        _passed_over("alarms", passed)
        if passed:
            self._alarms_from = now + LOOK_EVERY

    async def _alarm_due(self) -> datetime | None:
        due = await self._runtime.run(handoff_clock.next_due, EVERYWHERE)
        return max(due, self._alarms_from) if due else None

    async def _send_digests(self, now: datetime) -> None:
        due = await self._runtime.run(digest.next_due, self._workspace)
        if due is not None and due <= now:
            await self._runtime.run(digest.send_due, self._workspace)

    def _begin_upload(self, delivery: Delivery) -> None:
        if delivery.notice.kind in WITH_FILES:
            task = asyncio.create_task(self._upload(delivery))
            self._uploads.add(task)
            task.add_done_callback(self._upload_ended)

    async def _upload(self, delivery: Delivery) -> None:
        async with self._room:
            await self._deliver(delivery)

    def _upload_ended(self, task: asyncio.Task[None]) -> None:
        self._uploads.discard(task)
        if not task.cancelled() and (error := task.exception()):
            logger().error("delivery failed", error=type(error).__name__)
            self._unsettled = True
        # What waits behind it in its slot, or its own next try, may be due now.
        self._runtime.due.set()

    async def _end_uploads(self) -> None:
        for task in self._uploads:
            task.cancel()
        await asyncio.gather(*self._uploads, return_exceptions=True)

    async def _deliver(self, delivery: Delivery) -> None:
        receipt = await self._notifier.deliver(delivery)
        notice = delivery.notice
        if not isinstance(receipt, Delivered):
            logger().warning(
                "notice not delivered", kind=notice.kind, id=delivery.id, reason=receipt.reason
            )
        follows = _follows(notice.kind, receipt)
        await self._runtime.run(outbox.record, notice.workspace, delivery, receipt, follows)

    async def _wait(self) -> None:
        seconds = min(LONGEST_WAIT, self.renewal.wait())
        for upcoming in (
            await self._runtime.run(outbox.next_due, EVERYWHERE),
            await self._runtime.run(reminders.next_due, EVERYWHERE),
            await self._alarm_due(),
            await self._runtime.run(digest.next_due, self._workspace),
        ):
            if upcoming is not None:
                seconds = min(seconds, (upcoming - self._runtime.clock()).total_seconds())
        # Not wait_for: in Python 3.11 it swallows a cancellation that meets what it waits for.
        with suppress(TimeoutError):
            async with asyncio.timeout(max(seconds, 0.01)):
                await self._runtime.due.wait()


def _passed_over(job: str, passed: Sequence[PassedOver]) -> None:
    for error, times in Counter(one.error for one in passed).items():
        logger().error("members passed over", job=job, error=error, members=times)


def _follows(kind: Kind, receipt: Receipt) -> outbox.Follows | None:
    if isinstance(receipt, Undeliverable):
        return UNDELIVERABLE.get(kind)
    is_card = isinstance(receipt, Delivered) and kind == "ticket_card"
    return handoff.card_delivered if is_card else None
