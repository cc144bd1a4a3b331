"""A member's data is theirs: erasing it."""

from bot.domain.identity import MemberRef
from bot.services import handoff
from bot.services.transaction import Transaction, promises
from bot.store import eligibility, faq, members, outbox


@promises
def erase(tx: Transaction, member: MemberRef) -> None:
    """Delete every row about the member; what stands at the chair's is replaced by a sentence."""
    handoff.erase(tx, member)
    eligibility.erase(tx.db, tx.workspace, member)
    faq.erase(tx.db, tx.workspace, member)
    members.erase(tx.db, tx.workspace, member)
    outbox.erase(tx.db, tx.workspace, member)
