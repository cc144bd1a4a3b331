"""The outbox: what must be told is committed with the fact it tells, and delivered after."""

from collections.abc import Callable
from datetime import datetime

from bot.domain.identity import MemberRef
from bot.domain.notices import Delivered, Delivery, Later, Notice, Receipt, retry_delay
from bot.services.transaction import Transaction, promises, reads, writes
from bot.store import members, outbox

BATCH = 20

Follows = Callable[[Transaction, Notice], None]
"""What follows from how a delivery went."""


def tell(tx: Transaction, notice: Notice) -> None:
    """Queue a notice inside the transaction that makes it true."""
    outbox.add(tx.db, notice, tx.now)
    tx.told.append(notice)


def publish_home(tx: Transaction, member: MemberRef) -> None:
    """Have the member's Home tab published anew, once however often it is asked for meanwhile."""
    tell(tx, Notice(tx.workspace, member, "home", "home"))


@writes
def claim(tx: Transaction) -> list[Delivery]:
    """Take a batch of what is due."""
    return outbox.claim_due(tx.db, tx.now, BATCH)


@writes
def recover(tx: Transaction) -> None:
    """At start: take up what was being sent when the bot ended."""
    outbox.release_claimed(tx.db)


@promises
def record(
    tx: Transaction, delivery: Delivery, receipt: Receipt, follows: Follows | None = None
) -> bool:
    """Record a receipt; True when the row has failed for good and somebody must be told.

    What `follows` from it is done in the same transaction: a bot that ends in between would never
    do it. What was erased while it was under way leaves no trace.
    """
    failed = _record(tx, delivery, receipt)
    if follows is not None:
        follows(tx, delivery.notice)
    return failed


def _record(tx: Transaction, delivery: Delivery, receipt: Receipt) -> bool:
    tried = outbox.attempts(tx.db, delivery)
    if tried is None:
        return False
    if isinstance(receipt, Delivered):
        outbox.delivered(tx.db, delivery, receipt.landing, tx.now)
        if delivery.notice.kind == "erased" or _is_for_nobody_known(tx, delivery.notice):
            tx.erased.append(delivery.notice.slot)
        return False
    if isinstance(receipt, Later):
        wait = max(receipt.after, retry_delay(tried))
        outbox.postpone(tx.db, delivery, receipt.reason, wait, receipt.uncertain, tx.now)
        return False
    if _is_for_nobody_known(tx, delivery.notice):
        # Kept as failed, the row would name for good who was erased.
        outbox.delivered(tx.db, delivery, None, tx.now)
        tx.erased.append(delivery.notice.slot)
        return False
    outbox.give_up(tx.db, delivery, receipt.reason)
    return True


def _is_for_nobody_known(tx: Transaction, notice: Notice) -> bool:
    """An erasure is followed by an empty Home, which names once more who was erased."""
    member = MemberRef(notice.recipient)
    return notice.kind == "home" and not members.is_known(tx.db, notice.workspace, member)


@reads
def next_due(tx: Transaction) -> datetime | None:
    """When something is due next."""
    return outbox.next_due(tx.db)


@reads
def counts(tx: Transaction) -> dict[str, int]:
    """How many notices wait, are being sent, or have failed."""
    return outbox.counts(tx.db)
