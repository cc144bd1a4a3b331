"""A member's data is theirs: erasing it."""

from bot.domain.identity import MemberRef
from bot.domain.notices import Landing
from bot.services import faq, handoff
from bot.services.transaction import Transaction, promises
from bot.store import eligibility, members, outbox


@promises
def erase(tx: Transaction, member: MemberRef) -> tuple[Landing, ...]:
    """Delete every row about the member; what stands at the chair's is replaced by a sentence.

    Returns where the member's own requests stand, so that the caller can empty them: no row is
    left that could.
    """
    own = outbox.landings(tx.db, tx.workspace, member, "ticket:")
    handoff.erase(tx, member)
    eligibility.erase(tx.db, tx.workspace, member)
    faq.erase(tx, member)
    members.erase(tx.db, tx.workspace, member)
    # Whoever answers for the chapter keeps the cards of other members.
    outbox.erase(tx.db, tx.workspace, member, keep="card:")
    return own
