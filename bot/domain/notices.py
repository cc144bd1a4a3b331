"""Notices: what must be told to somebody, kept in the outbox until a receipt says that it was.

A notice fills a *slot* of its recipient: posting to a slot that is filled edits what is there.
"""

from dataclasses import dataclass
from typing import Literal

from bot.domain.identity import Workspace

Kind = Literal[
    "answer",
    "welcome",
    "home",
    "ticket_card",
    "ticket",
    "relay",
    "ticket_word",
    "announcement",
    "status",
    "mending",
    "say",
    "plan",
    "ledger_entry",
    "ledger_export",
    "session",
    "session_list",
    "session_credit",
    "season",
    "dates",
    "calendar",
    "reminder",
    "recertification",
    "privacy",
    "privacy_export",
    "erased",
    "alarm",
    "digest",
    "desk_page",
    "wished_answer",
    "numbers_export",
    "introduction",
    "role",
]

WITH_FILES: frozenset[Kind] = frozenset(
    {"ledger_export", "calendar", "privacy_export", "numbers_export"}
)
"""What is told with files: it takes long, and nothing else waits for it."""


@dataclass(frozen=True, slots=True)
class Notice:
    """One thing to tell: `subject` is the id of what it tells, rendered when it is delivered.

    `recipient` is a MemberRef or a ConversationRef; `under` names a slot of the same recipient in
    whose thread it belongs.
    """

    workspace: Workspace
    recipient: str
    slot: str
    kind: Kind
    subject: str = ""
    under: str = ""


@dataclass(frozen=True, slots=True)
class Landing:
    """Where a slot landed: the platform's own names, opaque to everything but the handler."""

    conversation: str
    message: str


@dataclass(frozen=True, slots=True)
class Delivery:
    """A claimed outbox row: `landed` is where the slot stands, `thread` where it goes under.

    `uncertain` says that an earlier try may have arrived without our hearing of it.
    """

    id: int
    notice: Notice
    landed: Landing | None
    thread: Landing | None
    uncertain: bool


@dataclass(frozen=True, slots=True)
class Delivered:
    """The platform confirmed it."""

    landing: Landing | None


@dataclass(frozen=True, slots=True)
class Later:
    """It may succeed later: `after` seconds at the least; `uncertain` when it may have arrived."""

    reason: str
    after: float = 0.0
    uncertain: bool = False


@dataclass(frozen=True, slots=True)
class Undeliverable:
    """It never will succeed: the recipient has left, is deactivated, or the place is gone."""

    reason: str


Receipt = Delivered | Later | Undeliverable


def retry_delay(attempts: int, *, first: float = 1.0, longest: float = 900.0) -> float:
    """Seconds until the next try, doubling from `first` and never above `longest`."""
    return min(longest, first * 2.0 ** min(attempts, 20))
