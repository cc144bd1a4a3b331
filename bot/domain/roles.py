"""Who may do what in a chapter."""

from dataclasses import dataclass
from typing import Literal

from bot.domain.reminders import USUAL, Reminding
from bot.domain.retention import FOREVER, Retention

Role = Literal["member", "deputy", "chair"]


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with a role: the platform's id, and the name to show when none can be looked up."""

    id: str | None
    name: str | None


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter's own settings; empty ones are None and every sentence copes with that."""

    name: str | None
    chair: Person
    deputy: Person
    time_zone: str
    reply_promise: str | None
    study_group: str | None
    scholarship: str | None
    next_events: str | None
    reminders: Reminding = USUAL
    retention: Retention = FOREVER

    def role_of(self, user_id: str) -> Role:
        """The role of a platform user, looked up anew at each action."""
        if user_id and user_id == self.chair.id:
            return "chair"
        if user_id and user_id == self.deputy.id:
            return "deputy"
        return "member"

    def is_desk(self, user_id: str) -> bool:
        """Whether this user answers for the chapter (chair or deputy)."""
        return self.role_of(user_id) != "member"

    @property
    def desk(self) -> tuple[Person, ...]:
        """Whom a hand-off goes to, in order: the chair, then the deputy."""
        return tuple(person for person in (self.chair, self.deputy) if person.id)

    def values(self) -> dict[str, str | None]:
        """What templates may say of the chapter, under the prefix `chapter_`."""
        return {
            "chapter_name": self.name,
            "chapter_chair_name": self.chair.name,
            "chapter_deputy_name": self.deputy.name,
            "chapter_reply_promise": self.reply_promise,
            "chapter_study_group": self.study_group,
            "chapter_scholarship": self.scholarship,
            "chapter_next_events": self.next_events,
        }
