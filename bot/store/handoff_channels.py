"""In which private channels of a committee a ticket's card stands."""

from datetime import datetime

from sqlite_utils import Database

from bot.domain.handoff_reach import CardState
from bot.domain.identity import ConversationRef


def set_channel(
    db: Database, ticket_id: int, place: ConversationRef, state: CardState, now: datetime
) -> None:
    """How a channel's card stands."""
    db.execute(
        "INSERT INTO ticket_channels (ticket, place, state, at) VALUES (?, ?, ?, ?) "
        "ON CONFLICT DO UPDATE SET state = excluded.state, at = excluded.at",
        [ticket_id, place, state, now.isoformat()],
    )


def channels(db: Database, ticket_id: int) -> dict[ConversationRef, CardState]:
    """Every channel that was given the card, and how it stands there."""
    rows = db.query(
        "SELECT place, state FROM ticket_channels WHERE ticket = ? ORDER BY rowid", [ticket_id]
    )
    return {ConversationRef(row["place"]): row["state"] for row in rows}


def lost(db: Database) -> list[tuple[ConversationRef, str, int]]:
    """Channels that could not be given open requests: place, the last reason, how many."""
    rows = db.execute(
        "SELECT c.place, coalesce((SELECT o.reason FROM outbox o WHERE o.recipient = c.place "
        "AND o.state = 'failed' AND o.kind IN ('ticket_card', 'relay') ORDER BY o.id DESC LIMIT 1)"
        ", ''), count(*) FROM ticket_channels c JOIN tickets t ON t.id = c.ticket "
        "WHERE c.state = 'failed' AND t.state NOT IN ('closed', 'withdrawn') "
        "GROUP BY c.place ORDER BY c.place"
    ).fetchall()
    return [(ConversationRef(place), str(reason), int(number)) for place, reason, number in rows]
