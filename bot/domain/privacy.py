"""What is kept about a member, by kind: how much, since when, who has seen it, when it goes."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, get_args

from bot.domain.identity import ConversationRef, MemberRef
from bot.domain.retention import Retention

Stored = dict[str, list[dict[str, Any]]]
"""What a module of the store keeps about a member: rows by table."""

Rows = Mapping[str, Sequence[Mapping[str, Any]]]
"""The rows about a member, by table."""

Kind = Literal[
    "questions",
    "unknown_questions",
    "wishes",
    "proposals",
    "votes",
    "checks",
    "drafts",
    "hours",
    "deleted_entries",
    "plans",
    "recertification",
    "sessions",
    "tickets",
    "reminders",
    "sharing",
    "calendars",
    "deliveries",
    "acquaintance",
    "office",
]
KINDS: tuple[Kind, ...] = get_args(Kind)

_KIND_OF: Mapping[str, Kind] = {
    "turns": "questions",
    "unknown_questions": "unknown_questions",
    "wishes": "wishes",
    "proposals": "proposals",
    "votes": "votes",
    "profiles": "checks",
    "drafts": "drafts",
    "ticket_drafts": "drafts",
    "entry_drafts": "drafts",
    "ledger": "hours",
    "plans": "plans",
    "holders": "recertification",
    "attendances": "sessions",
    "tickets": "tickets",
    "reminder_settings": "acquaintance",
    "reminders": "reminders",
    "sharing": "sharing",
    "digests": "deliveries",
    "calendars": "calendars",
    "outbox": "deliveries",
    "receipts": "deliveries",
    "inbox": "deliveries",
    "members": "acquaintance",
}
_WITH_TICKET = ("ticket_messages", "ticket_history", "ticket_cards", "ticket_channels")
"""They are told of with their ticket."""

OFFICE = frozenset(
    {
        "sessions",
        "seasons",
        "season_history",
        "revisions",
        "roles",
        "role_history",
        "handovers",
        "away",
    }
)
"""Tables of what somebody did for the chapter, for others."""

_NOT_COUNTED = frozenset({*_WITH_TICKET, *OFFICE})

_GOES_BY: Mapping[Kind, str] = {
    "votes": "questions",
    "wishes": "unknown_questions",
    "proposals": "unknown_questions",
    "recertification": "",
    "sharing": "",
    "acquaintance": "members_inactive",
}
_SINCE = (
    "created_at",
    "told_at",
    "updated_at",
    "at",
    "set_at",
    "changed_at",
    "first_seen",
    "received_at",
)

Reason = Literal["asked", "left", "inactive", "uninstalled"]
"""Why data were erased: the member asked, they left, nothing was heard of them for too long, or
the app was removed from the workspace."""


@dataclass(frozen=True, slots=True)
class Kept:
    """One kind of data. `days` is how long it is kept, None until it is erased."""

    kind: Kind
    number: int
    since: datetime | None
    days: int | None
    seen_by: tuple[MemberRef | ConversationRef, ...] = ()


@dataclass(frozen=True, slots=True)
class Overview:
    """Everything that is kept about a member.

    `office` is how often they acted for the chapter: that stays with those it was done for.
    `inactive` is after how many days without a sign of them all of it goes, `grace` after how
    many since they left Slack.
    """

    kept: tuple[Kept, ...]
    office: int
    inactive: int | None
    grace: int


def overview_of(
    rows: Rows,
    seen_by: Mapping[Kind, tuple[MemberRef | ConversationRef, ...]],
    retention: Retention,
    office: int,
) -> Overview:
    """The rows as a member reads of them, in the order of KINDS; raises KeyError for a table that
    no kind has."""
    of_kind: dict[Kind, list[Mapping[str, Any]]] = {}
    for table, found in rows.items():
        for row in found if table not in _NOT_COUNTED else ():
            of_kind.setdefault(_kind(table, row), []).append(row)
    kept = tuple(
        Kept(
            kind,
            len(of_kind[kind]),
            _first(of_kind[kind]),
            days_of(kind, retention),
            seen_by.get(kind, ()),
        )
        for kind in KINDS
        if kind in of_kind
    )
    return Overview(kept, office, retention.members_inactive, retention.grace_days)


def days_of(kind: Kind, retention: Retention) -> int | None:
    """After how many days a kind of data goes by itself."""
    name = _GOES_BY.get(kind, kind)
    days: int | None = getattr(retention, name) if name else None
    return days


def label_of(table: str) -> Kind:
    """The kind that a table's rows are told of as."""
    if table in _WITH_TICKET:
        return "tickets"
    return "office" if table in OFFICE else _KIND_OF[table]


def _kind(table: str, row: Mapping[str, Any]) -> Kind:
    if table == "ledger" and row.get("deleted_at"):
        return "deleted_entries"
    return _KIND_OF[table]


def _first(rows: Sequence[Mapping[str, Any]]) -> datetime | None:
    known = [next((row[name] for name in _SINCE if row.get(name)), None) for row in rows]
    times = [datetime.fromisoformat(time) for time in known if time]
    return min(times, default=None)


def as_json(rows: Rows) -> bytes:
    """All rows, by table, for a program to read."""
    kept = {table: list(found) for table, found in rows.items() if found}
    return json.dumps(kept, ensure_ascii=False, indent=2).encode("utf-8", errors="replace")


def as_table(rows: Rows) -> Iterator[tuple[Kind, str, str, str]]:
    """All values one below the other: the kind, the number of the row in it, the field, the value.

    What is empty is left out.
    """
    numbers: Counter[Kind] = Counter()
    for table, found in rows.items():
        kind = label_of(table)
        for row in found:
            numbers[kind] += 1
            for name, value in row.items():
                if value not in (None, ""):
                    yield kind, str(numbers[kind]), name, str(value)
