"""The bank in step with its files: looked at now and then, read anew when somebody wrote them.

A look runs beside the deliveries: nobody waits for a fit, and until the new bank is swapped in
the one before answers.
"""

import asyncio
from contextlib import suppress
from datetime import datetime, timedelta

from bot.domain.identity import Workspace
from bot.log import logger
from bot.runtime import Runtime
from bot.services import mending
from bot.services.bank_files import faults_of
from bot.services.curation_following import follow_files

LOOK_EVERY = timedelta(seconds=15)
AGAIN_AFTER = timedelta(hours=1)
"""Files with faults are read again after this long even if nobody wrote them: what was wrong may
have been something else, such as too little memory."""


class Renewal:
    """Looks at the files of a runtime, renews its bank, and has the editor told of faults."""

    def __init__(self, runtime: Runtime) -> None:
        begun = runtime.begun
        self._runtime = runtime
        self._workspace: Workspace | None = None
        self._faults, self._stand_in = begun.faults, begun.stand_in
        self._seen = self._read = begun.listing
        self._looked = self._tried = runtime.clock()
        self._is_told = False
        self._look: asyncio.Task[None] | None = None

    async def recover(self, workspace: Workspace) -> None:
        """At start: from now on there is somebody to tell, also of what was found at the start."""
        self._workspace = workspace
        await self._tell()
        await self._runtime.run(follow_files, workspace)

    def begin(self) -> None:
        """Begin a look when it is time for one and none is under way."""
        now = self._runtime.clock()
        if self._is_looking() or now < self._next_look():
            return
        self._looked = now
        if self._runtime.files is None and not self._is_new_day(now):
            return
        self._look = asyncio.create_task(self._look_once())

    def wait(self) -> float:
        """Seconds until the next look is due."""
        left = self._next_look() - self._runtime.clock()
        return LOOK_EVERY.total_seconds() if self._is_looking() else left.total_seconds()

    async def finished(self) -> None:
        """Wait for the look that is under way."""
        if self._look is not None:
            await self._look

    async def end(self) -> None:
        """Give up the look that is under way."""
        if self._look is not None:
            self._look.cancel()
            with suppress(asyncio.CancelledError):
                await self._look

    def _is_looking(self) -> bool:
        return self._look is not None and not self._look.done()

    def _next_look(self) -> datetime:
        return self._looked + LOOK_EVERY

    def _is_new_day(self, now: datetime) -> bool:
        # Answers name the next season, so the bank is read anew with each day.
        return now.date() != self._tried.date()

    async def _look_once(self) -> None:
        try:
            if await self._is_due():
                await self._renew()
            if not self._is_told:
                await self._tell()
        except Exception as error:
            logger().error("look at the content failed", error=type(error).__name__)

    async def _is_due(self) -> bool:
        files, now = self._runtime.files, self._runtime.clock()
        found = await self._runtime.slow(files.listing) if files else ()
        has_settled, self._seen = found == self._seen, found
        if not has_settled:
            return False  # somebody may be about to write the rest
        is_old = self._faults and now - self._tried >= AGAIN_AFTER
        return bool(found != self._read or self._is_new_day(now) or is_old)

    async def _renew(self) -> None:
        now, files = self._runtime.clock(), self._runtime.files
        is_new_day, self._tried, self._read = self._is_new_day(now), now, self._seen
        try:
            await self._runtime.renew_bank()
        except Exception as error:
            faults = faults_of(error)
        else:
            self._found(())
            self._log_renewed()
            await self._runtime.run(follow_files, self._workspace or Workspace(""))
            return
        if files and await self._runtime.slow(files.listing) != self._read:
            return  # written while they were read; the next look sees it
        logger().error("content has faults", faults=len(faults), first=faults[0].split(": ")[0])
        self._found(faults)
        if is_new_day:
            await self._runtime.renew_from_copy()

    def _found(self, faults: tuple[str, ...]) -> None:
        if not faults:
            self._stand_in = "last_good"
        self._is_told = self._is_told and faults == self._faults
        self._faults = faults

    async def _tell(self) -> None:
        if self._workspace is None:
            return
        await self._runtime.run(mending.note, self._workspace, self._faults, self._stand_in)
        self._is_told = True

    def _log_renewed(self) -> None:
        content = self._runtime.bank(self._workspace or Workspace("")).content
        logger().info("bank renewed", entries=len(content.entries), examples=len(content.examples))
