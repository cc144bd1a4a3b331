"""What a use case is given: the database inside one transaction, the bank, and the time."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Concatenate, Literal, ParamSpec, TypeVar

from sqlite_utils import Database

from bot.domain.identity import Workspace
from bot.domain.notices import Notice
from bot.services.bank import Bank

Params = ParamSpec("Params")
Result = TypeVar("Result")
Mode = Literal["read", "write", "promise"]


@dataclass(frozen=True, slots=True)
class Transaction:
    """One transaction of one workspace at one moment (aware UTC); `told` is what it queued.

    `erased` names what it deleted for good: no trace of that may stay in the file's log either.
    `banks` knows the bank of any other workspace.
    """

    db: Database
    workspace: Workspace
    bank: Bank
    now: datetime
    told: list[Notice] = field(default_factory=list)
    erased: list[str] = field(default_factory=list)
    banks: Callable[[Workspace], Bank] | None = None

    def of(self, workspace: Workspace) -> "Transaction":
        """The same transaction for another workspace, with that one's bank."""
        bank = self.banks(workspace) if self.banks else self.bank
        return replace(self, workspace=workspace, bank=bank)


UseCase = Callable[Concatenate[Transaction, Params], Result]

_modes: dict[str, Mode] = {}


def _marked(mode: Mode) -> Callable[[UseCase[Params, Result]], UseCase[Params, Result]]:
    def mark(use_case: UseCase[Params, Result]) -> UseCase[Params, Result]:
        _modes[name_of(use_case)] = mode
        return use_case

    return mark


def name_of(use_case: Callable[..., object]) -> str:
    """`bot.services.faq.ask`, for logs and for the mode."""
    return f"{use_case.__module__}.{use_case.__qualname__}"


reads = _marked("read")
"""Runs on the reader's connection and changes nothing."""
writes = _marked("write")
"""Runs on the writer in one transaction; survives kill -9."""
promises = _marked("promise")
"""Like writes, and waits for the disk: what was promised to a person survives a power cut."""


def mode_of(use_case: Callable[..., object]) -> Mode:
    """How a use case runs; raises KeyError for one that is not marked."""
    return _modes[name_of(use_case)]
