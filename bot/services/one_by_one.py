"""Work for many members in one transaction: a fault with one does not keep it from the others."""

import sqlite3
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from bot.domain.identity import MemberRef, Workspace
from bot.services.transaction import Transaction
from bot.store.database import apart


@dataclass(frozen=True, slots=True)
class PassedOver:
    """A member for whom the work failed, and the name of the error; what it had done is undone."""

    workspace: Workspace
    member: MemberRef
    error: str


def one_by_one(
    tx: Transaction,
    members: Iterable[tuple[Workspace, MemberRef]],
    work: Callable[[Transaction, MemberRef], None],
) -> tuple[PassedOver, ...]:
    """Do the work for each member of whatever workspace; who had to be passed over.

    A fault of the database itself is nobody's own, and is raised.
    """
    passed: list[PassedOver] = []
    for workspace, member in members:
        try:
            with apart(tx.db):
                work(tx.of(workspace), member)
        except sqlite3.Error:
            raise
        except Exception as error:
            passed.append(PassedOver(workspace, member, type(error).__name__))
    return tuple(passed)
