"""What must be told, and the receipts of what was. In order within a slot."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlite_utils import Database

from bot.domain.identity import Workspace
from bot.domain.notices import Delivery, Kind, Landing, Notice
from bot.domain.privacy import Stored

ERASED = "erased:"
"""Slots of what is to be emptied: where they stand is kept until that is done, and no longer."""


def add(db: Database, notice: Notice, now: datetime) -> None:
    """Queue a notice, unless the last one of its slot says the same and is still to be sent.

    A notice is rendered when it is delivered, so the waiting one will tell the newest state. It
    keeps its place: what goes under its slot is queued behind it.
    """
    last = db.execute(
        "SELECT state, kind, subject FROM outbox WHERE workspace = ? AND recipient = ? "
        "AND slot = ? AND state IN ('due', 'sending') ORDER BY id DESC LIMIT 1",
        [notice.workspace, notice.recipient, notice.slot],
    ).fetchone()
    if last == ("due", notice.kind, notice.subject):
        return
    if last is None and _takes_up_lost(db, notice, now):
        return
    db.table("outbox").insert(
        {
            "workspace": notice.workspace,
            "recipient": notice.recipient,
            "slot": notice.slot,
            "kind": notice.kind,
            "subject": notice.subject,
            "under": notice.under,
            "due_at": now.isoformat(),
            "created_at": now.isoformat(),
        }
    )


def _takes_up_lost(db: Database, notice: Notice, now: datetime) -> bool:
    """Make a notice of one of its slot that was given up and may have arrived all the same.

    It is under that one's number that the platform would find it, and whoever was gone is back.
    """
    cursor = db.execute(
        "UPDATE outbox SET state = 'due', kind = ?, subject = ?, under = ?, due_at = ?, "
        "reason = NULL WHERE id = (SELECT max(o.id) FROM outbox o WHERE o.workspace = ? "
        "AND o.recipient = ? AND o.slot = ? AND o.state = 'failed' AND o.uncertain = 1 "
        "AND NOT EXISTS (SELECT 1 FROM receipts r WHERE r.workspace = o.workspace "
        "AND r.recipient = o.recipient AND r.slot = o.slot))",
        [
            *(notice.kind, notice.subject, notice.under, now.isoformat()),
            *(notice.workspace, notice.recipient, notice.slot),
        ],
    )
    return cursor.rowcount == 1


_FIRST_OF_ITS_SLOT = """
o.state = 'due' AND NOT EXISTS (
  SELECT 1 FROM outbox e
  WHERE e.workspace = o.workspace AND e.recipient = o.recipient AND e.id < o.id
    AND e.state IN ('due', 'sending') AND (
      e.slot = o.slot OR e.slot = o.under OR (o.under <> '' AND e.under = o.under))
)"""
_DUE = f"""
SELECT o.* FROM outbox o
WHERE o.due_at <= :now AND {_FIRST_OF_ITS_SLOT} ORDER BY o.id LIMIT :limit
"""
_NEXT_DUE = f"SELECT min(o.due_at) FROM outbox o WHERE {_FIRST_OF_ITS_SLOT}"


def claim_due(db: Database, now: datetime, limit: int) -> list[Delivery]:
    """Take what is due and not behind an earlier row of its slot; each is now being sent."""
    rows = list(db.query(_DUE, {"now": now.isoformat(), "limit": limit}))
    for row in rows:
        db.execute(
            "UPDATE outbox SET state = 'sending', attempts = attempts + 1 WHERE id = ?", [row["id"]]
        )
    return [_delivery(db, row) for row in rows]


def release_claimed(db: Database) -> None:
    """At start: what was being sent when the bot ended may have arrived; it is looked up first."""
    db.execute("UPDATE outbox SET state = 'due', uncertain = 1 WHERE state = 'sending'")


def delivered(db: Database, delivery: Delivery, landing: Landing | None, now: datetime) -> None:
    """Record the receipt: the row has served, the slot is known."""
    db.execute("DELETE FROM outbox WHERE id = ?", [delivery.id])
    notice = delivery.notice
    if notice.slot.startswith(ERASED):
        erase_slot(db, notice.workspace, notice.slot)
        return
    if landing is None:
        return
    stands_at(db, notice, landing, now)


def postpone(
    db: Database, delivery: Delivery, reason: str, after: float, uncertain: bool, now: datetime
) -> None:
    """Try again after so many seconds."""
    due = now + timedelta(seconds=after)
    db.execute(
        "UPDATE outbox SET state = 'due', due_at = ?, reason = ?, uncertain = ? WHERE id = ?",
        [due.isoformat(), reason, int(uncertain or delivery.uncertain), delivery.id],
    )


def give_up(db: Database, delivery: Delivery, reason: str) -> None:
    """Keep the row as failed, for the doctor to show."""
    db.execute("UPDATE outbox SET state = 'failed', reason = ? WHERE id = ?", [reason, delivery.id])


def attempts(db: Database, delivery: Delivery) -> int | None:
    """How often this row was tried; None when it was erased meanwhile."""
    row = db.execute("SELECT attempts FROM outbox WHERE id = ?", [delivery.id]).fetchone()
    return int(row[0]) if row else None


def next_due(db: Database) -> datetime | None:
    """When the next row can be claimed, or None when nothing waits but for what is being sent."""
    row = db.execute(_NEXT_DUE).fetchone()
    return datetime.fromisoformat(row[0]) if row[0] else None


def counts(db: Database) -> dict[str, int]:
    """How many rows are in each state."""
    rows = db.execute("SELECT state, count(*) FROM outbox GROUP BY state").fetchall()
    return {state: number for state, number in rows}


def landing(db: Database, workspace: Workspace, recipient: str, slot: str) -> Landing | None:
    """Where a slot stands."""
    row = db.execute(
        "SELECT conversation, message FROM receipts WHERE workspace = ? AND recipient = ? "
        "AND slot = ?",
        [workspace, recipient, slot],
    ).fetchone()
    return Landing(*row) if row else None


def is_arriving(db: Database, workspace: Workspace, recipient: str, kinds: Sequence[Kind]) -> bool:
    """Whether something of these kinds may stand at a recipient before it is known where."""
    marks = ", ".join("?" * len(kinds))
    row = db.execute(
        f"SELECT 1 FROM outbox o WHERE o.workspace = ? AND o.recipient = ? AND o.kind IN ({marks}) "
        "AND (o.state = 'sending' OR (o.state = 'due' AND o.uncertain = 1)) AND NOT EXISTS ("
        "SELECT 1 FROM receipts r WHERE r.workspace = o.workspace "
        "AND r.recipient = o.recipient AND r.slot = o.slot)",
        [workspace, recipient, *kinds],
    ).fetchone()
    return row is not None


def landings(db: Database, workspace: Workspace, recipient: str, slots: str) -> tuple[Landing, ...]:
    """Where the slots of a recipient stand whose names begin with `slots`."""
    rows = db.execute(
        "SELECT conversation, message FROM receipts WHERE workspace = ? AND recipient = ? "
        "AND slot GLOB ?",
        [workspace, recipient, f"{slots}*"],
    ).fetchall()
    return tuple(Landing(*row) for row in rows)


def recipient_at(db: Database, workspace: Workspace, conversation: str, message: str) -> str | None:
    """For whom a message of the bot is."""
    row = db.execute(
        "SELECT recipient FROM receipts WHERE workspace = ? AND conversation = ? AND message = ?",
        [workspace, conversation, message],
    ).fetchone()
    return str(row[0]) if row else None


def slot_at(db: Database, workspace: Workspace, conversation: str, message: str) -> str | None:
    """Which slot a message of the bot fills."""
    row = db.execute(
        "SELECT slot FROM receipts WHERE workspace = ? AND conversation = ? AND message = ?",
        [workspace, conversation, message],
    ).fetchone()
    return str(row[0]) if row else None


def _delivery(db: Database, row: dict[str, Any]) -> Delivery:
    workspace = Workspace(row["workspace"])
    kind: Kind = row["kind"]
    notice = Notice(workspace, row["recipient"], row["slot"], kind, row["subject"], row["under"])
    thread = landing(db, workspace, notice.recipient, notice.under) if notice.under else None
    return Delivery(
        id=row["id"],
        notice=notice,
        landed=landing(db, workspace, notice.recipient, notice.slot),
        thread=thread,
        uncertain=bool(row["uncertain"]),
    )


def stands_at(db: Database, notice: Notice, landing: Landing, now: datetime) -> None:
    """Note where the slot of a notice stands, as when it had been delivered there."""
    db.table("receipts").upsert(
        {
            "workspace": notice.workspace,
            "recipient": notice.recipient,
            "slot": notice.slot,
            "conversation": landing.conversation,
            "message": landing.message,
            "at": now.isoformat(),
        },
        pk=("workspace", "recipient", "slot"),
    )


_OF_THE_DESK = ("card", "session_list")
"""Slots at whoever answers for the chapter: they are about other members and stay with them."""

_SLOT_NOT_OF_DESK = " AND ".join(f"slot NOT GLOB '{name}*'" for name in _OF_THE_DESK)
_UNDER_NOT_OF_DESK = " AND ".join(f"under NOT GLOB '{name}*'" for name in _OF_THE_DESK)

# Where a word was typed, the answer goes to the conversation and not to the member.
_THEIRS = f"""
workspace = :workspace AND slot NOT GLOB '{ERASED}*' AND (
  recipient = :member OR EXISTS (
    SELECT 1 FROM members m WHERE m.workspace = :workspace AND m.member = :member
      AND (recipient = m.direct OR recipient GLOB m.direct || ':*')))
"""


def stored(db: Database, workspace: Workspace, member: str) -> Stored:
    """What waits for a member and where their messages stand."""
    turns = "SELECT 'turn:' || id FROM turns WHERE workspace = :workspace AND member = :member"
    where = f"({_THEIRS}) OR (workspace = :workspace AND slot IN ({turns}))"
    values = {"workspace": workspace, "member": member}
    return {
        table: list(db.query(f"SELECT * FROM {table} WHERE {where} ORDER BY rowid", values))
        for table in ("outbox", "receipts")
    }


def erase(db: Database, workspace: Workspace, member: str) -> None:
    """Forget what waits for a member and where their messages stand; before the member's own row,
    which says where their direct conversation is."""
    values = {"workspace": workspace, "member": member}
    own = f"{_THEIRS} AND {_SLOT_NOT_OF_DESK}"
    db.execute(f"DELETE FROM outbox WHERE {own} AND {_UNDER_NOT_OF_DESK}", values)
    db.execute(
        "DELETE FROM outbox WHERE workspace = :workspace AND subject = :member "
        "AND kind <> 'announcement'",
        values,
    )
    db.execute(f"DELETE FROM receipts WHERE {own}", values)


def drop_failed(db: Database, workspace: Workspace, recipient: str, slot: str) -> None:
    """Forget what of a slot, and of what goes under it, could not be delivered to a recipient."""
    db.execute(
        "DELETE FROM outbox WHERE workspace = ? AND recipient = ? AND state = 'failed' "
        "AND (slot = ? OR under = ?)",
        [workspace, recipient, slot, slot],
    )


def erase_slot(db: Database, workspace: Workspace, slot: str) -> None:
    """Forget what waits for a slot and where it stood, whoever the recipient is."""
    for table in ("outbox", "receipts"):
        db.execute(f"DELETE FROM {table} WHERE workspace = ? AND slot = ?", [workspace, slot])
