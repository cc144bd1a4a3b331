"""The shape of `reminders`, `working_hours` and `handoff` in chapter.yaml: when members are
reminded, when the desk is at work, and how long a request may wait for it."""

from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from bot.domain.handoff_clock import Patience
from bot.domain.reminders import USUAL, Reminding
from bot.domain.working_days import OFFICE, WEEKDAYS, Weekday, WorkingHours

Days = Annotated[int, Field(ge=1, le=60)]
Hour = Annotated[int, Field(ge=0, le=23)]


class RemindersFile(BaseModel):
    """How long before a date members are reminded, and at which hours; in their own time zone."""

    model_config = ConfigDict(extra="forbid", strict=True)

    days_before: Annotated[
        list[Annotated[int, Field(ge=0, le=365)]], Field(min_length=1, max_length=12)
    ] = list(USUAL.days_before)
    at: Hour = USUAL.at
    quiet_from: Hour = USUAL.quiet_from
    quiet_to: Hour = USUAL.quiet_to

    @model_validator(mode="after")
    def _is_awake(self) -> Self:
        if Reminding((), self.at, self.quiet_from, self.quiet_to).is_quiet(self.at):
            raise ValueError("'at' lies in the quiet hours, from quiet_from until quiet_to.")
        return self


class WorkingHoursFile(BaseModel):
    """Days of the week, and whole hours of the day; each person's own time zone counts."""

    model_config = ConfigDict(extra="forbid", strict=True)

    days: Annotated[list[Weekday], Field(min_length=1, max_length=7)] = [
        WEEKDAYS[day] for day in sorted(OFFICE.days)
    ]
    begin: Annotated[Hour, Field(alias="from")] = OFFICE.from_hour
    end: Annotated[int, Field(ge=1, le=24, alias="to")] = OFFICE.to_hour

    @model_validator(mode="after")
    def _has_hours(self) -> Self:
        if self.begin >= self.end:
            raise ValueError("'from' comes before 'to', on the same day.")
        return self

    def made(self) -> WorkingHours:
        """The same as the bot works with it."""
        days = frozenset(WEEKDAYS.index(day) for day in self.days)
        return WorkingHours(days, self.begin, self.end)


class PatienceFile(BaseModel):
    """Working days after which a request that waits is brought up again."""

    model_config = ConfigDict(extra="forbid", strict=True)

    remind_after: Days = Patience().remind_after
    pass_on_after: Days = Patience().pass_on_after
    tell_member_after: Days = Patience().tell_member_after

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        days = [self.remind_after, self.pass_on_after, self.tell_member_after]
        if days != sorted(days):
            raise ValueError(
                "remind_after comes first, then pass_on_after, then tell_member_after."
            )
        return self

    def made(self) -> Patience:
        """The same as the bot works with it."""
        return Patience(self.remind_after, self.pass_on_after, self.tell_member_after)
