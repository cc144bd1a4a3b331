"""What an agent app shows in its direct messages: suggested prompts and a status line."""

from bot.playground.clock import Clock
from bot.playground.shapes import Json

STATUS_LIFE_S = 120.0


class Assistant:
    """Prompts and status by direct-message channel."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._prompts: dict[str, Json] = {}
        self._status: dict[str, tuple[str, str, float]] = {}

    def suggest(self, channel: str, title: str, prompts: list[Json]) -> None:
        """Show these prompts in a direct message."""
        self._prompts[channel] = {"title": title, "prompts": prompts}

    def prompts(self, channel: str) -> Json | None:
        """Return what was suggested there, None before the first time."""
        return self._prompts.get(channel)

    def set_status(self, channel: str, thread_ts: str, status: str) -> None:
        """Show a status line in a thread for two minutes; an empty one clears it."""
        self._status.pop(channel, None)
        if status:
            self._status[channel] = (thread_ts, status, self._clock.now() + STATUS_LIFE_S)

    def status(self, channel: str) -> str | None:
        """Return the status line that is still shown."""
        _, status, until = self._status.get(channel, ("", "", 0.0))
        return status if self._clock.now() < until else None

    def answered(self, channel: str) -> None:
        """Clear the status, as posting does."""
        self._status.pop(channel, None)

    def clear(self) -> None:
        """Forget everything."""
        self._prompts.clear()
        self._status.clear()
