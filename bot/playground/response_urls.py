"""Response URLs: five uses within thirty minutes."""

import secrets
from dataclasses import dataclass

from bot.playground.clock import Clock
from bot.playground.shapes import SlackError

LIFE_S = 30 * 60.0
USES = 5
KEPT = 5_000


@dataclass(slots=True)
class ResponseUrl:
    """Where an answer to a command or an interaction may go."""

    channel: str
    user: str
    message_ts: str | None
    thread_ts: str | None
    expires: float
    uses_left: int = USES


class ResponseUrls:
    """Issues response URLs and counts their uses."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._known: dict[str, ResponseUrl] = {}

    def issue(
        self,
        channel: str,
        user: str,
        message_ts: str | None = None,
        thread_ts: str | None = None,
    ) -> str:
        """Return the path of a fresh URL for what the user did in a channel (on a message)."""
        key = secrets.token_urlsafe(18)
        expires = self._clock.now() + LIFE_S
        self._known[key] = ResponseUrl(channel, user, message_ts, thread_ts, expires)
        if len(self._known) > KEPT:
            del self._known[next(iter(self._known))]
        return f"/respond/{key}"

    def look_up(self, key: str) -> ResponseUrl:
        """Return a URL that may still be used; raises SlackError as Slack names it."""
        known = self._known.get(key)
        if known is None:
            raise SlackError("invalid_url", "there is no such response URL")
        if self._clock.now() > known.expires:
            raise SlackError("expired_url", "thirty minutes are over")
        if known.uses_left <= 0:
            raise SlackError("used_url", "it was used five times")
        return known

    def clear(self) -> None:
        """Forget all of them."""
        self._known.clear()
