"""The composition root: settings, content, store, threads and clock, and the door between them."""

import asyncio
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import Concatenate, ParamSpec, Protocol, TypeVar

from bot.domain.curation import EntryText
from bot.domain.identity import Workspace
from bot.domain.matching_following import Learned
from bot.domain.overlay import Overlay
from bot.log import logger
from bot.services import overlays
from bot.services.bank import Bank, with_overlay
from bot.services.bank_files import BankFiles, Begun
from bot.services.curation_checking import Checked, check
from bot.services.transaction import Transaction, mode_of
from bot.store.database import empty_log, open_store, snapshot, told, transaction

Params = ParamSpec("Params")
Result = TypeVar("Result")


class Clock(Protocol):
    """Tells the time; tests hand in one that they move."""

    def __call__(self) -> datetime:
        """The time now, aware, in UTC."""


def utc_now() -> datetime:
    """The machine's clock."""
    return datetime.now(UTC)


class Runtime:
    """One running bot. `await runtime.run(use_case, ...)` is the only door to the database.

    With `files` it begins even while these have faults, where something can stand in for them.
    """

    def __init__(
        self,
        load: Callable[[date], Bank],
        database: Path,
        clock: Clock = utc_now,
        *,
        files: BankFiles | None = None,
    ) -> None:
        self.clock = clock
        self.files = files
        self.granted: frozenset[str] = frozenset()
        """What the platform last said that this bot may do, in the platform's own words."""
        today = clock().date()
        self.begun = files.begin(today) if files else Begun(load(today))
        self._load = load
        self._bank = self.begun.bank
        self.database = database
        self._store = open_store(database)
        self._learned: dict[Workspace, Learned] = {}
        self._laid: dict[Workspace, Bank] = {}
        self._laid = self._with_overlays(self._bank, self._overlays(self._bank), today)
        self._swapping = asyncio.Lock()
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="clm-writer")
        self._reader = ThreadPoolExecutor(1, thread_name_prefix="clm-reader")
        self._slow = ThreadPoolExecutor(1, thread_name_prefix="clm-slow")
        self.due = asyncio.Event()
        self._has_traces = False

    def bank(self, workspace: Workspace) -> Bank:
        """The current snapshot of a workspace."""
        return self._laid.get(workspace, self._bank)

    async def run(
        self,
        use_case: Callable[Concatenate[Transaction, Params], Result],
        workspace: Workspace,
        *args: Params.args,
        **kwargs: Params.kwargs,
    ) -> Result:
        """Run a use case in its transaction, off the event loop. Raises StoreError in words."""
        work = partial(self._in_transaction, use_case, workspace, *args, **kwargs)
        thread = self._reader if mode_of(use_case) == "read" else self._writer
        done = asyncio.get_running_loop().run_in_executor(thread, work)
        # Whoever waits may give up; what was queued is delivered all the same.
        done.add_done_callback(self._look_for_notices)
        result, _ = await asyncio.shield(done)
        return result

    def _look_for_notices(self, done: "asyncio.Future[tuple[Result, bool]]") -> None:
        if not done.cancelled() and done.exception() is None and done.result()[1]:
            self.due.set()

    async def slow(self, work: Callable[[], Result]) -> Result:
        """Run long work that needs no database: fitting, checking, exporting."""
        return await asyncio.get_running_loop().run_in_executor(self._slow, work)

    async def check_entry(
        self, workspace: Workspace, text: EntryText, *, is_new: bool = False
    ) -> Checked:
        """What is wrong with an entry before it is published; else what a member would see."""
        today = self.clock().date()
        work = partial(check, self.bank(workspace), text, today, is_new=is_new)
        return await asyncio.get_running_loop().run_in_executor(None, work)

    async def renew_bank(self) -> None:
        """Read the content anew off the loop and swap it in; a broken one never gets in.

        Raises ContentError, or what else the content leads to, and keeps the bank that was.
        """
        await self._swap(await self.slow(partial(self._load, self.clock().date())))

    async def renew_from_copy(self) -> None:
        """Swap in the content as it last was in order, read as of today.

        Without a copy of it the bank that was stays.
        """
        if self.files is None:
            return
        bank = await self.slow(partial(self.files.last_good, self.clock().date()))
        await self._swap(bank or self._bank)

    async def renew_overlays(self) -> None:
        """Have every answer follow what was entered in chat, as it is in the database now."""
        await self._swap(None)

    def unfitted(self) -> dict[Workspace, Bank]:
        """The banks whose index was fitted with other examples than they have."""
        return {workspace: bank for workspace, bank in self._laid.items() if not bank.is_fitted}

    async def take_up(self, workspace: Workspace, learned: Learned) -> None:
        """Have a workspace's questions matched with an index that was fitted beside the work."""
        self._learned[workspace] = learned
        await self._swap(None)

    async def _swap(self, bank: Bank | None) -> None:
        """Swap in a bank of files, or keep the one that is, with what was entered in chat over it
        as it is now."""
        loop, today = asyncio.get_running_loop(), self.clock().date()
        async with self._swapping:
            base = bank or self._bank
            entered = await loop.run_in_executor(self._reader, partial(self._overlays, base))
            # Not on the slow thread: a fit that is under way there must not keep a date back.
            laid = await loop.run_in_executor(
                None, partial(self._with_overlays, base, entered, today)
            )
            self._bank, self._laid = base, laid
        # What follows from other dates is looked at in the next round.
        self.due.set()

    def _overlays(self, bank: Bank) -> Mapping[Workspace, Overlay]:
        with told(self.database), snapshot(self._store.reading):
            return overlays.entered(self._store.reading, lambda: bank.content.chapter)

    def _with_overlays(
        self, bank: Bank, entered: Mapping[Workspace, Overlay], today: date
    ) -> dict[Workspace, Bank]:
        made = {}
        for workspace, overlay in entered.items():
            try:
                learned = self._learned.get(workspace)
                made[workspace] = with_overlay(bank, overlay, today, learned)
            except Exception as error:
                # Answers with what was entered before are better than no answers.
                if bank is self._bank and workspace in self._laid:
                    made[workspace] = self._laid[workspace]
                logger().error("overlay not usable", error=type(error).__name__)
        return made

    async def wipe_traces(self, *, always: bool = False) -> None:
        """Have what was erased vanish from the file's log; where nothing was, only `always`."""
        if always or self._has_traces:
            await asyncio.get_running_loop().run_in_executor(self._writer, self._wipe_traces)

    def _wipe_traces(self) -> None:
        with told(self.database):
            self._has_traces = not empty_log(self._store.writing)

    def close(self) -> None:
        """Wait for what is running and close the file."""
        for pool in (self._writer, self._reader, self._slow):
            pool.shutdown(wait=True)
        self._store.close()

    def _in_transaction(
        self,
        use_case: Callable[Concatenate[Transaction, Params], Result],
        workspace: Workspace,
        *args: Params.args,
        **kwargs: Params.kwargs,
    ) -> tuple[Result, bool]:
        mode = mode_of(use_case)
        db = self._store.reading if mode == "read" else self._store.writing
        tx = Transaction(db, workspace, self.bank(workspace), self.clock(), banks=self.bank)
        with told(self.database):
            if mode == "read":
                with snapshot(db):
                    return use_case(tx, *args, **kwargs), False
            with transaction(db, durable=mode == "promise"):
                result = use_case(tx, *args, **kwargs)
        self._has_traces |= bool(tx.erased)
        return result, bool(tx.told or tx.erased)
