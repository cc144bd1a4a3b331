"""The playground's own clock: real time plus whatever was advanced by hand."""

import asyncio
import contextlib
import time


class Clock:
    """Seconds since the epoch that can be moved forward, never back.

    Tickets, triggers, response URLs, rates and the pauses between redeliveries follow it. The
    three seconds for an ack do not: they measure the bot, which lives in real time.
    """

    def __init__(self) -> None:
        self._offset = 0.0
        self._moved = asyncio.Event()
        self._last_tick = 0

    def now(self) -> float:
        """Return seconds since the epoch."""
        return time.time() + self._offset

    def advance(self, seconds: float) -> None:
        """Move the clock forward; raises ValueError for a step back."""
        if seconds < 0:
            raise ValueError("the clock only moves forward")
        self._offset += seconds
        self._moved.set()
        self._moved = asyncio.Event()

    async def sleep(self, seconds: float) -> None:
        """Wait until the clock has moved on by `seconds`, by itself or by hand."""
        deadline = self.now() + seconds
        while (left := deadline - self.now()) > 0:
            moved = self._moved
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(left):
                    await moved.wait()

    def ts(self) -> str:
        """Return a Slack timestamp that was never given out before (it names a message)."""
        self._last_tick = max(self._last_tick + 1, int(self.now() * 1_000_000))
        return f"{self._last_tick // 1_000_000}.{self._last_tick % 1_000_000:06d}"
