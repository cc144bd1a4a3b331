"""What digests that were sent say of somebody who took it back: drawn anew, or emptied."""

from datetime import datetime, timedelta

from bot.domain.handoff import Ticket
from bot.domain.identity import MemberRef
from bot.domain.notices import Notice
from bot.services.outbox import tell
from bot.services.transaction import Transaction
from bot.store import digests, handoff, handoff_cards, sharing

AGAIN = ":again"
"""Behind the week in a notice: what stands there is replaced, also by nothing."""

_STILL_NEW = timedelta(days=8)
"""For so long a request is listed as new, whatever has become of it."""


_UNDER_WAY = timedelta(days=1)
"""A digest is made when it is delivered, which may be so long after it was due."""


def forget_ticket(tx: Transaction, ticket: Ticket) -> None:
    """Have the digests drawn anew that may list a request."""
    until = max(ticket.closed_at or tx.now, ticket.created_at) + _STILL_NEW
    _draw_again(tx, ticket.created_at, until)


def forget_shared(tx: Transaction, member: MemberRef) -> None:
    """Have the digests drawn anew that may name a member who let the desk see a near deadline."""
    since = sharing.agreed_at(tx.db, tx.workspace, member, "deadline")
    if since is not None:
        _draw_again(tx, since, tx.now)


def forget_member(tx: Transaction, member: MemberRef) -> None:
    """Both, before the member's rows go."""
    for ticket in handoff.all_of(tx.db, tx.workspace, member):
        forget_ticket(tx, ticket)
    forget_shared(tx, member)


def _draw_again(tx: Transaction, since: datetime, until: datetime) -> None:
    for holder, week in digests.noted_between(tx.db, tx.workspace, since - _UNDER_WAY, until):
        slot = f"digest:{week}"
        if handoff_cards.has_begun(tx.db, tx.workspace, holder, slot):
            tell(tx, Notice(tx.workspace, holder, slot, "digest", f"{week}{AGAIN}"))
