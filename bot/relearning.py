"""The index in step with what was edited in chat: fitted beside the work, one workspace at a time.

Until it is, the index before follows the edits as far as it can. What was edited while a fit was
under way is fitted after it, and a fit that was cut off is begun again at the next start.
"""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import datetime, timedelta
from functools import partial
from threading import Event

from bot.domain.identity import Workspace
from bot.domain.matching_following import Learned
from bot.log import logger
from bot.runtime import Runtime
from bot.services.bank import Bank
from bot.services.bank_files import Learn

AGAIN_AFTER = timedelta(hours=1)
"""After a fit that failed the same examples are tried again."""


class Relearning:
    """Fits the banks of a runtime that were edited in chat."""

    def __init__(self, runtime: Runtime) -> None:
        self._runtime = runtime
        self._ended = Event()
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="clm-learning")
        self._failed: dict[Workspace, tuple[Bank, datetime]] = {}
        self._fit: asyncio.Task[None] | None = None

    def begin(self) -> None:
        """Begin a fit where one is wanted and none is under way."""
        learn = self._runtime.files.learn if self._runtime.files else None
        if learn is None or (self._fit is not None and not self._fit.done()):
            return
        for workspace, bank in self._runtime.unfitted().items():
            if not self._has_failed(workspace, bank):
                self._fit = asyncio.create_task(self._learn(learn, workspace, bank))
                return

    async def finished(self) -> None:
        """Wait for the fit that is under way."""
        if self._fit is not None:
            await self._fit

    async def end(self) -> None:
        """Give up the fit that is under way."""
        self._ended.set()
        if self._fit is not None:
            self._fit.cancel()
            with suppress(asyncio.CancelledError):
                await self._fit
        self._thread.shutdown(wait=False)

    def _has_failed(self, workspace: Workspace, bank: Bank) -> bool:
        failed, at = self._failed.get(workspace, (None, self._runtime.clock()))
        return failed is bank and self._runtime.clock() - at < AGAIN_AFTER

    async def _learn(self, learn: Learn, workspace: Workspace, bank: Bank) -> None:
        examples = bank.content.examples
        work = partial(learn, examples, self._ended)
        try:
            index = await asyncio.get_running_loop().run_in_executor(self._thread, work)
        except Exception as error:
            self._failed[workspace] = bank, self._runtime.clock()
            logger().error("edits not learned", error=type(error).__name__)
            return
        await self._runtime.take_up(workspace, Learned(examples, index))
        logger().info("edits learned", examples=len(examples))
