"""The files that a bank is made of, and what stands in for them while they have faults."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from threading import Event

from bot.content import ContentPlaces, last_good
from bot.content.last_good import Listing
from bot.domain.matching import Example, Index
from bot.domain.mending import StandIn
from bot.errors import BotError, ContentError
from bot.services.bank import Bank


@dataclass(frozen=True, slots=True)
class Begun:
    """The bank to begin with; with faults it is not made of the files as they are (`listing`)."""

    bank: Bank
    listing: Listing = ()
    faults: tuple[str, ...] = ()
    stand_in: StandIn = "last_good"


Learn = Callable[[Sequence[Example], Event], Index]
"""Fits an index beside the work, and gives up once the event is set."""


@dataclass(frozen=True, slots=True)
class BankFiles:
    """Where a bank comes from: `load` makes it of the files at `places`, and `kept` is where the
    copy of them lies as they last were in order. `learn` fits what was edited in chat over them;
    without it other wordings of that are not found."""

    places: ContentPlaces
    load: Callable[[ContentPlaces, date], Bank]
    kept: Path
    learn: Learn | None = None

    def listing(self) -> Listing:
        """What tells whether somebody has written any of the files."""
        return last_good.listing(self.places)

    def read(self, today: date) -> Bank:
        """The bank of the files as they are, which are then kept as the last good ones.

        Raises BotError, or what else broken files lead to.
        """
        before = self.listing()
        bank = self.load(self.places, today)
        # A copy that cannot be kept only costs something when the files are broken at a start.
        with suppress(OSError):
            copy = last_good.packed(self.places)
            # What was written meanwhile has not been read.
            if self.listing() == before:
                last_good.keep(copy, self.kept)
        return bank

    def begin(self, today: date) -> Begun:
        """The bank of the files, or of what stands in for them.

        Raises what `read` raises when nothing can stand in.
        """
        found = self.listing()
        try:
            return Begun(self.read(today), found)
        except Exception as error:
            load = partial(self._load, today)
            faults = faults_of(error)
            if bank := last_good.from_copy(self.places, self.kept, load):
                return Begun(bank, found, faults, "last_good")
            if bank := last_good.from_readable(self.places, load):
                return Begun(bank, found, faults, "readable")
            raise

    def last_good(self, today: date) -> Bank | None:
        """The bank of the files as they last were in order, as of today; None without a copy."""
        return last_good.from_copy(self.places, self.kept, partial(self._load, today))

    def _load(self, today: date, places: ContentPlaces) -> Bank:
        return self.load(places, today)


def faults_of(error: Exception) -> tuple[str, ...]:
    """What an editor can be told of a bank that could not be made."""
    if isinstance(error, ContentError):
        return error.faults
    if isinstance(error, BotError):
        return (str(error),)
    return (f"The content cannot be used ({type(error).__name__}).",)
