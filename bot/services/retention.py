"""Forgetting by itself: what is older than the chapter keeps it, who left, who removed the app."""

from collections.abc import Callable
from datetime import datetime

from bot.domain.retention import kept_since
from bot.services import faq_forgetting, handoff, privacy
from bot.services.outbox import publish_home
from bot.services.transaction import Transaction, promises, writes
from bot.store import counts, erasures, members, migrations, personal, retention
from bot.store import faq as faq_store
from bot.store import handoff as handoff_store

BATCH = 200
"""Rows of one kind that go in one transaction, so that nobody waits long."""


@writes
def tidy(tx: Transaction) -> bool:
    """Forget one batch of each kind; True when there may be more."""
    went = [_forget(tx, kind) for kind in retention.RULES]
    went += [_since(tx, "questions", _forget_turns), _since(tx, "tickets", _forget_tickets)]
    return max(went) >= BATCH


@promises
def forget_members(tx: Transaction) -> None:
    """Erase all of those who left long enough ago, and of those nothing was heard of."""
    kept = tx.bank.content.chapter.retention
    left = kept_since(kept.grace_days, tx.now)
    if left is not None:
        for member in members.left_before(tx.db, tx.workspace, left):
            privacy.erase(tx, member, "left")
    unheard = kept_since(kept.members_inactive, tx.now)
    if unheard is not None:
        for member in personal.unseen_since(tx.db, tx.workspace, unheard):
            privacy.erase(tx, member, "inactive")


@promises
def clear_uninstalled(tx: Transaction) -> None:
    """Erase all of the workspaces that removed the app long enough ago."""
    for workspace in erasures.uninstalled_before(tx.db, tx.now):
        own = tx.of(workspace)
        grace = kept_since(own.bank.content.chapter.retention.grace_days, tx.now)
        if grace is not None and workspace in erasures.uninstalled_before(tx.db, grace):
            privacy.clear_workspace(own)


@writes
def drop_backups(tx: Transaction) -> None:
    """Delete the copies made before an upgrade: they hold what was erased since."""
    moment = kept_since(tx.bank.content.chapter.retention.backups, tx.now)
    path = erasures.file_of(tx.db)
    if moment is not None and path is not None:
        migrations.drop_backups_before(path, moment)


def _since(tx: Transaction, kind: str, forget: Callable[[Transaction, datetime], int]) -> int:
    days: int | None = getattr(tx.bank.content.chapter.retention, kind)
    moment = kept_since(days, tx.now)
    return forget(tx, moment) if moment is not None else 0


def _forget(tx: Transaction, kind: str) -> int:
    return _since(tx, kind, lambda tx, moment: _forget_rows(tx, kind, moment))


def _forget_rows(tx: Transaction, kind: str, moment: datetime) -> int:
    number, shown = retention.forget(tx.db, tx.workspace, kind, moment, BATCH)
    for member in shown:
        publish_home(tx, member)
    return number


def _forget_turns(tx: Transaction, moment: datetime) -> int:
    old = faq_store.older_than(tx.db, tx.workspace, moment, BATCH)
    for turn in old:
        faq_forgetting.forget_turn(tx, turn)
    return len(old)


def _forget_tickets(tx: Transaction, moment: datetime) -> int:
    old = handoff_store.closed_before(tx.db, tx.workspace, moment, BATCH)
    for ticket in old:
        counts.keep_of_ticket(tx.db, tx.workspace, ticket.id)
        handoff.expire(tx, ticket)
    return len(old)
