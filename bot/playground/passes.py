"""Things that may be used once and not for long: trigger ids and Socket Mode tickets."""

import secrets
from dataclasses import dataclass

from bot.playground.clock import Clock

TRIGGER_LIFE_S = 3.0
TICKET_LIFE_S = 30.0
KEPT = 5_000


@dataclass(slots=True)
class _Trigger:
    user: str
    expires: float
    view_id: str | None
    used: bool = False


class Triggers:
    """Trigger ids: three seconds, one use, bound to the user (and modal) that caused them."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._known: dict[str, _Trigger] = {}

    def issue(self, user: str, view_id: str | None = None) -> str:
        """Make a trigger id for something that the user just did, in the named modal if any."""
        trigger_id = (
            f"{secrets.randbelow(10**12)}.{secrets.randbelow(10**12)}.{secrets.token_hex(16)}"
        )
        expires = self._clock.now() + TRIGGER_LIFE_S
        self._known[trigger_id] = _Trigger(user, expires, view_id)
        if len(self._known) > KEPT:
            del self._known[next(iter(self._known))]
        return trigger_id

    def fault(self, trigger_id: str) -> str | None:
        """Return Slack's error name when the trigger cannot be used, else None."""
        trigger = self._known.get(trigger_id)
        if trigger is None:
            return "invalid_trigger_id"
        if trigger.used:
            return "exchanged_trigger_id"
        if self._clock.now() > trigger.expires:
            return "expired_trigger_id"
        return None

    def peek(self, trigger_id: str) -> tuple[str, str | None]:
        """Return a known trigger's user and the modal it came from, without using it."""
        trigger = self._known[trigger_id]
        return trigger.user, trigger.view_id

    def exchange(self, trigger_id: str) -> tuple[str, str | None]:
        """Use a trigger that has no fault; returns its user and the modal it came from."""
        trigger = self._known[trigger_id]
        trigger.used = True
        return trigger.user, trigger.view_id

    def clear(self) -> None:
        """Forget all triggers."""
        self._known.clear()


class Tickets:
    """Tickets of `apps.connections.open`: thirty seconds, one use."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._open: dict[str, float] = {}

    def issue(self) -> str:
        """Make a ticket."""
        ticket = secrets.token_urlsafe(24)
        self._open[ticket] = self._clock.now() + TICKET_LIFE_S
        return ticket

    def redeem(self, ticket: str) -> bool:
        """Use a ticket up; False when it was never issued, was used before or is too old."""
        expires = self._open.pop(ticket, None)
        return expires is not None and self._clock.now() <= expires
