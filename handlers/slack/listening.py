"""How a listener runs: it gets what it names, then its envelope is done; shutdown waits for it."""

import asyncio
import inspect
from collections.abc import Awaitable, Callable
from typing import Any

from slack_bolt.kwargs_injection.async_args import AsyncArgs

from bot.runtime import Runtime
from bot.services import inbox
from handlers.slack.middleware import Visit
from handlers.slack.responding import insisting

Listener = Callable[..., Awaitable[None]]


class Listening:
    """Wraps listeners and knows which are at work."""

    def __init__(self, runtime: Runtime) -> None:
        self._runtime = runtime
        self._at_work: set[asyncio.Task[Any]] = set()

    def of(self, listener: Listener) -> Callable[[AsyncArgs], Awaitable[None]]:
        """The listener as Bolt is given it.

        Bolt passes None for a parameter it does not know; here a misspelled one is an error.
        """
        names = tuple(inspect.signature(listener).parameters)

        async def heard(args: AsyncArgs) -> None:
            task = asyncio.current_task()
            if task is not None:
                self._at_work.add(task)
                task.add_done_callback(self._at_work.discard)
            respond = insisting(args.respond, args.body)
            known = {**vars(args), **args.context, "runtime": self._runtime, "respond": respond}
            await listener(**{name: known[name] for name in names})
            await self.finished(known["visit"])

        heard.__name__ = getattr(listener, "__name__", "heard")
        return heard

    async def finished(self, visit: Visit) -> None:
        """The envelope is done and need not be taken up again."""
        await self._runtime.run(inbox.finish, visit.workspace, visit.key)

    async def drain(self, seconds: float) -> None:
        """Wait for listeners that are at work, so long and no longer."""
        if self._at_work:
            await asyncio.wait(self._at_work, timeout=seconds)
