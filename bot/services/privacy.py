"""A member's data is theirs: erasing it."""

from bot.domain.identity import MemberRef
from bot.services import faq, handoff
from bot.services.transaction import Transaction, promises
from bot.store import eligibility, members, outbox


@promises
def erase(tx: Transaction, member: MemberRef) -> None:
    """Delete every row about the member; what stands at the chair's is replaced by a sentence."""
    handoff.erase(tx, member)
    eligibility.erase(tx.db, tx.workspace, member)
    faq.erase(tx, member)
    members.erase(tx.db, tx.workspace, member)
    # Whoever answers for the chapter keeps the cards of other members.
    outbox.erase(tx.db, tx.workspace, member, keep="card:")
