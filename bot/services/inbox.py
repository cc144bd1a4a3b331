"""The inbox: what came in is kept before it is acknowledged, and taken up again after a crash."""

from datetime import datetime, timedelta

from bot.services.transaction import Transaction, reads, writes
from bot.store import inbox

# Slack sends an event again for some minutes, and after an outage of its own for hours.
REMEMBERED = timedelta(days=3)


@writes
def keep(tx: Transaction, key: str, body: str) -> bool:
    """Keep an envelope; False when it came before."""
    return inbox.keep(tx.db, tx.workspace, key, body, tx.now)


@writes
def finish(tx: Transaction, key: str) -> None:
    """It is done; its text is dropped."""
    inbox.finish(tx.db, tx.workspace, key, tx.now)


@reads
def unfinished(tx: Transaction) -> list[tuple[str, str, datetime]]:
    """What was acknowledged and not done: (key, body, received at), oldest first."""
    return inbox.unfinished(tx.db)


@writes
def tidy(tx: Transaction) -> None:
    """Forget keys that no platform sends again."""
    inbox.forget_before(tx.db, tx.now - REMEMBERED)
