"""How often a method may be called: Slack's tiers, and one message a second a channel."""

import math
from collections import deque
from collections.abc import Callable

PER_MINUTE: dict[str, int] = {
    "apps.connections.open": 50,
    "assistant.threads.setStatus": 600,
    "assistant.threads.setSuggestedPrompts": 100,
    "auth.test": 200,
    "bots.info": 50,
    "chat.delete": 50,
    "chat.getPermalink": 200,
    "chat.postEphemeral": 100,
    "chat.postMessage": 300,
    "chat.update": 50,
    "conversations.history": 50,
    "conversations.info": 50,
    "conversations.members": 100,
    "conversations.open": 50,
    "conversations.replies": 50,
    "files.completeUploadExternal": 100,
    "files.getUploadURLExternal": 100,
    "users.info": 100,
    "users.list": 20,
    "views.open": 100,
    "views.publish": 100,
    "views.push": 100,
    "views.update": 100,
}
"""Calls a minute. Tier 2 is 20, tier 3 is 50, tier 4 is 100, as each method's page names them.

Three have special limits that Slack describes only in words ("hundreds a minute"): 200 for
auth.test and chat.getPermalink, 300 for the workspace-wide cap of chat.postMessage and 600 for
assistant.threads.setStatus.
"""

WINDOW_S = 60.0
BURST = 5
"""Messages that one channel takes at once before the pace of one a second is enforced.

Slack promises one a second and "short bursts" above it without a number.
"""


class Rates:
    """Counts calls and says when one comes too early. Refused calls are not counted.

    `clock` returns seconds that never go back. With `enabled` false everything passes and nothing
    is counted, for load runs.
    """

    def __init__(self, clock: Callable[[], float]) -> None:
        self.enabled = True
        self._clock = clock
        self._calls: dict[str, deque[float]] = {}
        self._paces: dict[str, _Pace] = {}

    def check(self, method: str, channel: str | None = None) -> float | None:
        """Count one call of `method`; whole seconds for Retry-After when it is too many, else None.

        `channel` matters to chat.postMessage alone. Methods without a known limit pass.
        """
        if not self.enabled or method not in PER_MINUTE:
            return None
        now = self._clock()
        calls = self._calls.setdefault(method, deque())
        while calls and calls[0] <= now - WINDOW_S:
            calls.popleft()
        if len(calls) >= PER_MINUTE[method]:
            return _retry_after(calls[0] + WINDOW_S - now)
        if method == "chat.postMessage" and channel is not None:
            wait = self._paces.setdefault(channel, _Pace(now)).wait(now)
            if wait > 0:
                return _retry_after(wait)
        calls.append(now)
        return None

    def reset(self) -> None:
        """Forget all counted calls."""
        self._calls.clear()
        self._paces.clear()


class _Pace:
    """A bucket of BURST messages that fills by one a second."""

    def __init__(self, now: float) -> None:
        self._held = float(BURST)
        self._at = now

    def wait(self, now: float) -> float:
        """Take one message out; the seconds until there is one, 0 when it was taken."""
        self._held = min(float(BURST), self._held + now - self._at)
        self._at = now
        if self._held >= 1:
            self._held -= 1
            return 0.0
        return 1 - self._held


def _retry_after(seconds: float) -> float:
    return float(max(1, math.ceil(seconds)))
