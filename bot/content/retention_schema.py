"""The shape of `retention` in chapter.yaml: days per kind of data, empty for "until erased"."""

from dataclasses import fields
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from bot.domain.retention import Retention

Days = Annotated[int, Field(ge=1, le=36_500)]


class RetentionFile(BaseModel):
    """How long what is kept; bot.domain.retention says what each key means."""

    model_config = ConfigDict(extra="forbid", strict=True)

    questions: Days | None = None
    unknown_questions: Days | None = None
    drafts: Days | None = None
    checks: Days | None = None
    hours: Days | None = None
    deleted_entries: Days | None = None
    plans: Days | None = None
    calendars: Days | None = None
    reminders: Days | None = None
    sessions: Days | None = None
    tickets: Days | None = None
    deliveries: Days | None = None
    inbox: Days | None = None
    members_inactive: Days | None = None
    grace_days: Days = Retention().grace_days
    backups: Days | None = None

    def made(self) -> Retention:
        """The same as the bot works with it."""
        return Retention(**{f.name: getattr(self, f.name) for f in fields(Retention)})
