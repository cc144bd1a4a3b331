"""Who holds a ticket's card, and what of it stands where."""

from datetime import datetime

from sqlite_utils import Database

from bot.domain.handoff_reach import Card, CardState
from bot.domain.identity import MemberRef, Workspace


def set_card(
    db: Database, ticket_id: int, holder: MemberRef, state: CardState, now: datetime
) -> None:
    """Where a holder's card stands."""
    db.execute(
        "INSERT INTO ticket_cards (ticket, holder, state, at) VALUES (?, ?, ?, ?) "
        "ON CONFLICT DO UPDATE SET state = excluded.state, at = excluded.at",
        [ticket_id, holder, state, now.isoformat()],
    )


def cards(db: Database, ticket_id: int) -> tuple[Card, ...]:
    """Everybody who was given the card, in that order."""
    rows = db.query(
        "SELECT holder, state FROM ticket_cards WHERE ticket = ? ORDER BY rowid", [ticket_id]
    )
    return tuple(Card(MemberRef(row["holder"]), row["state"]) for row in rows)


def has_begun(db: Database, workspace: Workspace, recipient: str, slot: str) -> bool:
    """Whether a slot stands at its recipient, or may by now, be it that it was given up."""
    return _in_hand(db, workspace, recipient, slot, tried=1, lost=1)


def is_in_hand(db: Database, workspace: Workspace, recipient: str, slot: str) -> bool:
    """Whether a slot stands at its recipient or is still to be delivered."""
    return _in_hand(db, workspace, recipient, slot, tried=0, lost=0)


def _in_hand(
    db: Database, workspace: Workspace, recipient: str, slot: str, *, tried: int, lost: int
) -> bool:
    row = db.execute(
        "SELECT 1 FROM receipts WHERE workspace = :w AND recipient = :r AND slot = :s "
        "UNION SELECT 1 FROM outbox WHERE workspace = :w AND recipient = :r AND slot = :s "
        "AND attempts >= :tried AND (state <> 'failed' OR (:lost AND uncertain))",
        {"w": workspace, "r": recipient, "s": slot, "tried": tried, "lost": lost},
    ).fetchone()
    return row is not None
