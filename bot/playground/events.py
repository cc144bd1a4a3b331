"""Events: who hears them, how they are wrapped, and what happens when nobody acks."""

import asyncio
import copy
import secrets
from collections.abc import Collection, Coroutine, Sequence

from bot.playground.clock import Clock
from bot.playground.delivery import Delivery
from bot.playground.shapes import Envelope, Json, fresh_id
from bot.playground.workspace import APP_ID

KEPT_EVENTS = 2_000


class EventFeed:
    """Delivers subscribed events and repeats those that were not acked.

    `redelivery` holds the pauses in seconds, on the playground's clock, before each of the three
    repeats; Slack's are at once, about one minute, about five.
    """

    def __init__(
        self,
        clock: Clock,
        delivery: Delivery,
        team_id: str,
        bot_user_id: str,
        subscribed: Collection[str],
        redelivery: Sequence[float],
    ) -> None:
        self._clock = clock
        self._delivery = delivery
        self._team_id = team_id
        self._bot_user_id = bot_user_id
        self._subscribed = frozenset(subscribed)
        self._redelivery = tuple(redelivery)
        self._sent: dict[str, Envelope] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self.installed = True

    def emit(self, subscription: str, event: Json, user: str | None = None) -> str | None:
        """Send an event if the app subscribed to it; returns its event id, None when not sent."""
        if subscription not in self._subscribed or not self.installed:
            return None
        # A copy: the message goes on changing, the event tells how it was.
        event = copy.deepcopy(event)
        event.setdefault("event_ts", event.get("ts") or self._clock.ts())
        payload = self._wrapped(event)
        envelope = Envelope("event", event["type"], user, payload)
        event_id: str = payload["event_id"]
        self._sent[event_id] = envelope
        if len(self._sent) > KEPT_EVENTS:
            del self._sent[next(iter(self._sent))]
        self._start(self._deliver(envelope))
        return event_id

    def redeliver(self, event_id: str) -> bool:
        """Send an event once more though it was acked; False when there is no such event."""
        envelope = self._sent.get(event_id)
        if envelope is None:
            return False
        self._start(self._send_once(_retry(envelope, 1, self._reason("timeout"))))
        return True

    async def close(self) -> None:
        """End all redeliveries that are under way."""
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def forget(self) -> None:
        """Drop what is waiting to be sent again."""
        for task in self._tasks:
            task.cancel()
        self._sent.clear()

    def _start(self, work: Coroutine[object, object, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _deliver(self, envelope: Envelope) -> None:
        ack = await self._delivery.send(envelope)
        for attempt, pause in enumerate(self._redelivery, start=1):
            if ack.ok or not ack.may_retry:
                return
            await self._clock.sleep(pause)
            ack = await self._delivery.send(_retry(envelope, attempt, self._reason(ack.reason)))

    async def _send_once(self, envelope: Envelope) -> None:
        await self._delivery.send(envelope)

    def _reason(self, reason: str) -> str:
        return "http_timeout" if reason == "timeout" and self._delivery.http else reason

    def _wrapped(self, event: Json) -> Json:
        authorization = {
            "enterprise_id": None,
            "team_id": self._team_id,
            "user_id": self._bot_user_id,
            "is_bot": True,
            "is_enterprise_install": False,
        }
        return {
            "token": "verification",
            "team_id": self._team_id,
            "context_team_id": self._team_id,
            "context_enterprise_id": None,
            "api_app_id": APP_ID,
            "event": event,
            "type": "event_callback",
            "event_id": fresh_id("Ev"),
            "event_time": int(self._clock.now()),
            "authorizations": [authorization],
            "is_ext_shared_channel": False,
            "event_context": "4-" + secrets.token_urlsafe(40),
        }


def _retry(envelope: Envelope, attempt: int, reason: str) -> Envelope:
    return Envelope(envelope.kind, envelope.name, envelope.user, envelope.payload, attempt, reason)
