"""Trouble on demand: what goes wrong at the next calls of the bot."""

from collections.abc import Collection
from dataclasses import dataclass

from bot.playground.shapes import Json

KINDS = (
    "rate_limited",
    "server_error",
    "timeout",
    "lost_reply",
    "disconnect",
    "refuse_connect",
    "slack_error",
)


@dataclass(slots=True)
class Trouble:
    """One ordered fault. `method` and `channel` narrow it, `count` is how often it is left."""

    kind: str
    method: str | None = None
    channel: str | None = None
    count: int = 1
    retry_after: int = 1
    error: str = "fatal_error"

    def as_dict(self) -> Json:
        """Return its fields for the state route."""
        return {
            "kind": self.kind,
            "method": self.method,
            "channel": self.channel,
            "count": self.count,
            "retry_after": self.retry_after,
        }


class Troubles:
    """The faults that were ordered and have not all happened yet."""

    def __init__(self) -> None:
        self.ordered: list[Trouble] = []

    def take(self, method: str, channels: Collection[str]) -> Trouble | None:
        """Return (and count down) the fault that meets this call, None when it goes through."""
        for trouble in self.ordered:
            if trouble.kind == "refuse_connect":
                continue
            if trouble.method not in (None, method):
                continue
            if trouble.channel is None or trouble.channel in channels:
                return self._use(trouble)
        return None

    def take_refusal(self) -> bool:
        """Tell whether the next WebSocket connection is to be refused."""
        for trouble in self.ordered:
            if trouble.kind == "refuse_connect":
                self._use(trouble)
                return True
        return False

    def _use(self, trouble: Trouble) -> Trouble:
        trouble.count -= 1
        if trouble.count <= 0:
            self.ordered.remove(trouble)
        return trouble
