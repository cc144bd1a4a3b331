"""How a member keeps the CLM, inside a transaction that is already open."""

from datetime import date

from bot.domain.identity import MemberRef
from bot.domain.recertification_pace import Keeping, pace
from bot.services.transaction import Transaction
from bot.store import holders, ledger


def keeping_of(tx: Transaction, member: MemberRef, today: date) -> Keeping | None:
    """The member's cycle with the ledger of now; None when they do not hold the CLM.

    `today` is the member's own date.
    """
    holder = holders.holder_of(tx.db, tx.workspace, member)
    if holder is None:
        return None
    content, entries = tx.bank.content, ledger.entries_of(tx.db, tx.workspace, member)
    found = pace(holder, entries, content.recertification, today)
    return Keeping(holder, found, content.recertification, frozenset(content.withheld))
