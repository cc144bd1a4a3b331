"""How long each kind of data is kept. The days are the chapter's own: content/chapter.yaml."""

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class Retention:
    """Days per kind of data; None keeps it until the member erases it.

    `tickets` count from their end, `plans` from the day planned for, all others from their last
    change. `members_inactive` and `grace_days` erase all of a member: after so long without a sign
    of them, and after so long a time since they left (or since the app was removed, for everybody).
    `backups` are the copies of the database made before an upgrade.
    """

    questions: int | None = None
    unknown_questions: int | None = None
    drafts: int | None = None
    checks: int | None = None
    hours: int | None = None
    deleted_entries: int | None = None
    plans: int | None = None
    calendars: int | None = None
    reminders: int | None = None
    sessions: int | None = None
    tickets: int | None = None
    deliveries: int | None = None
    inbox: int | None = None
    members_inactive: int | None = None
    grace_days: int = 30
    backups: int | None = None


FOREVER = Retention()
"""For a chapter that has said nothing: kept until the member erases it."""


def kept_since(days: int | None, now: datetime) -> datetime | None:
    """What is older than this goes; None when nothing does."""
    return None if days is None else now - timedelta(days=days)
