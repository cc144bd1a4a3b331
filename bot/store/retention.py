"""Forgetting what is older than the chapter keeps it, table by table."""

from collections.abc import Mapping
from datetime import datetime

from sqlite_utils import Database

from bot.domain.identity import MemberRef, Workspace

_LASTING = "turn ticket card message card_message".split()
"""Slots that go with their question or request."""

_NOT_LASTING = " AND ".join(f"slot NOT GLOB '{name}:*'" for name in _LASTING)

RULES: Mapping[str, tuple[tuple[str, str, str], ...]] = {
    "unknown_questions": (
        ("unknown_questions", "at < ?", "''"),
        ("wishes", "at < ?", "''"),
        ("proposals", "at < ?", "''"),
    ),
    "drafts": (
        ("drafts", "updated_at < ?", "member"),
        ("ticket_drafts", "created_at < ?", "member"),
        ("entry_drafts", "changed_at < ?", "''"),
    ),
    "checks": (("profiles", "told_at < ?", "member"),),
    "hours": (("ledger", "deleted_at IS NULL AND changed_at < ?", "member"),),
    "deleted_entries": (("ledger", "deleted_at < ?", "''"),),
    "plans": (("plans", "apply_on < substr(?, 1, 10)", "member"),),
    "calendars": (("calendars", "at < ?", "member"),),
    "reminders": (("reminders", "due_at < ?", "''"),),
    "sessions": (("attendances", "at < ?", "''"),),
    "deliveries": (
        ("receipts", f"at < ? AND {_NOT_LASTING}", "''"),
        ("outbox", "state = 'failed' AND created_at < ?", "''"),
        ("digests", "at < ?", "''"),
        ("handovers", "state <> 'asked' AND at < ?", "''"),
    ),
    "inbox": (("inbox", "done_at IS NULL AND received_at < ?", "''"),),
}
"""Per kind the tables: which rows are too old, and whose Home shows them (empty: nobody's)."""


def forget(
    db: Database, workspace: Workspace, kind: str, moment: datetime, limit: int
) -> tuple[int, set[MemberRef]]:
    """Forget at most so many rows of each table of a kind that are from before that moment.

    Returns the most rows that went from one table, and the members whose Home shows the change.
    """
    most, shown = 0, set()
    for table, too_old, whose in RULES[kind]:
        where = (
            f"rowid IN (SELECT rowid FROM [{table}] WHERE workspace = ? AND {too_old} "
            "ORDER BY rowid LIMIT ?)"
        )
        values = [workspace, moment.isoformat(), limit]
        if table == "attendances":
            _keep_as_counts(db, where, values)
        rows = db.execute(f"DELETE FROM [{table}] WHERE {where} RETURNING {whose}", values)
        gone = [row[0] for row in rows.fetchall()]
        most = max(most, len(gone))
        shown |= {MemberRef(one) for one in gone if one}
    return most, shown


def _keep_as_counts(db: Database, where: str, values: list[object]) -> None:
    confirmed = f"SELECT session FROM attendances WHERE state = 'confirmed' AND {where}"
    db.execute(
        f"UPDATE sessions SET erased = erased + (SELECT count(*) FROM ({confirmed}) c "
        f"WHERE c.session = sessions.id) WHERE id IN ({confirmed})",
        [*values, *values],
    )
