"""Posting the chapter's announcement."""

from bot.domain.identity import ConversationRef, MemberRef
from bot.domain.notices import Notice
from bot.services.outbox import tell
from bot.services.transaction import Transaction, writes


@writes
def post(tx: Transaction, place: ConversationRef, by: MemberRef, key: str) -> None:
    """Post the announcement into a channel; `by` is told when it cannot be posted."""
    tell(tx, Notice(tx.workspace, place, f"announcement:{key}", "announcement", by))


@writes
def undeliverable(tx: Transaction, notice: Notice) -> None:
    """The bot is not in the channel, or it is gone: say so to whoever posted."""
    slot = f"refused:{notice.slot}"
    tell(tx, Notice(tx.workspace, notice.subject, slot, "say", "announce.not_in_channel"))
