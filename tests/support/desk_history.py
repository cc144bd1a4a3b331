"""What members asked and sent, put straight into the database of a Road."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.identity import MemberRef
from tests.support.road import ADA, HERE, NOON, Road

CHAIR = MemberRef(f"{HERE}:U0CHRISTINA")
DEPUTY = MemberRef(f"{HERE}:U0DEV")
CLOE = MemberRef(f"{HERE}:U0CLOE")
SHARED = {"name": "", "question": "", "standing": "", "time_zone": "", "note": ""}


@dataclass(frozen=True, slots=True)
class Asks:
    """One turn, so many minutes after the road's noon of two days before, or `at` a moment."""

    outcome: str
    entry: str | None = None
    offers: tuple[str, ...] = ()
    minutes: int = 0
    member: MemberRef = ADA
    at: datetime | None = None
    question: str = "what does it cost"


def asks(road: Road, one: Asks) -> int:
    """The turn's id."""
    at = one.at or NOON - timedelta(days=2) + timedelta(minutes=one.minutes)
    cursor = road.db.execute(
        "INSERT INTO turns (workspace, member, place, message, question, outcome, entry, choices, "
        "created_at) VALUES (?, ?, '', '', ?, ?, ?, ?, ?)",
        [
            *(HERE, one.member, one.question, one.outcome, one.entry),
            *(json.dumps(one.offers), at.isoformat()),
        ],
    )
    if one.outcome == "unknown":
        road.db.execute(
            "INSERT INTO unknown_questions (turn, workspace, question, at) VALUES (?, ?, ?, ?)",
            [cursor.lastrowid, HERE, one.question, at.isoformat()],
        )
    road.db.conn.commit()
    return int(cursor.lastrowid or 0)


def ticket(
    road: Road,
    *,
    at: datetime,
    member: MemberRef = ADA,
    name: str = "",
    state: str = "",
    outcome: str | None = None,
    waits: datetime | None = None,
    claimed_by: MemberRef | None = None,
    snoozed: datetime | None = None,
) -> int:
    """A request's id; with an outcome it is closed. `waits` says since when the desk owes."""
    numbers = road.db.execute("SELECT count(*) FROM tickets").fetchone()[0]
    cursor = road.db.execute(
        "INSERT INTO tickets (workspace, number, member, state, version, shared, outcome, "
        "claimed_by, waiting_since, snoozed_until, closed_at, created_at, changed_at) "
        "VALUES (?, ?, ?, ?, 1, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            *(HERE, numbers + 1, member, state or ("closed" if outcome else "new")),
            *(json.dumps({**SHARED, "name": name}), outcome, claimed_by),
            waits.isoformat() if waits else None,
            snoozed.isoformat() if snoozed else None,
            *(at.isoformat() if outcome else None, at.isoformat(), at.isoformat()),
        ],
    )
    road.db.conn.commit()
    return int(cursor.lastrowid or 0)


def replied(road: Road, ticket_id: int, *, by_member: bool, at: datetime) -> None:
    """A message in a request."""
    author = ADA if by_member else CHAIR
    road.db.execute(
        "INSERT INTO ticket_messages (ticket, author, by_member, text, at) VALUES (?, ?, ?, ?, ?)",
        [ticket_id, author, int(by_member), "Hello", at.isoformat()],
    )
    road.db.conn.commit()


@dataclass(frozen=True, slots=True)
class Questions:
    """So many turns of so many people, evenly over a time that ends at the road's now."""

    number: int
    people: int
    spread: timedelta


def questions(road: Road, made: Questions) -> None:
    """Fill the history: of eight turns six answered, one offered choices, one unknown; some votes
    say that an answer was wrong."""
    begins = road.now - made.spread
    step = made.spread / max(1, made.number)
    outcomes = ("answer", "answer", "clarify", "answer", "answer", "unknown", "answer", "answer")
    rows = []
    for at in range(made.number):
        outcome = outcomes[at % len(outcomes)]
        entry = f"entry-{at % 7}" if outcome == "answer" else None
        offers = '["entry-1", "entry-2"]' if outcome == "clarify" else "[]"
        who, when = f"{HERE}:U{at * 7919 % made.people}", begins + at * step
        question = f"what about thing {at % 500}"
        rows.append((HERE, who, question, outcome, entry, offers, when.isoformat()))
    road.db.conn.executemany(
        "INSERT INTO turns (workspace, member, place, message, question, outcome, entry, choices, "
        "created_at) VALUES (?, ?, '', '', ?, ?, ?, ?, ?)",
        rows,
    )
    road.db.execute(
        "INSERT INTO unknown_questions (turn, workspace, question, at) "
        "SELECT id, workspace, question, created_at FROM turns WHERE outcome = 'unknown'"
    )
    road.db.execute(
        "INSERT INTO votes (turn, member, helpful, at) SELECT id, member, 0, created_at "
        "FROM turns WHERE outcome = 'answer' AND id % 20 = 0"
    )
    road.db.conn.commit()
