"""How long a request may wait for the desk before somebody is told, and what is promised of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from typing import Literal, get_args

from bot.domain.working_days import WorkingHours, after, at_work, opening_after

Alarm = Literal["remind", "pass_on", "tell_member"]
ALARMS: tuple[Alarm, ...] = get_args(Alarm)
"""In the order in which they sound: the holder, then the next of the desk, then the member."""

MEASURED_FROM = 10
"""So many requests that ended make a measured promise; fewer say too little about the next one."""
MEASURED_OF = 50
"""It is measured of the newest so many at the most, so that it follows how things are now."""
_KEPT, _OF = 8, 10
"""The measured promise was kept for so many of so many."""


@dataclass(frozen=True, slots=True)
class Patience:
    """Working days after which a request that waits for the desk sets off each alarm."""

    remind_after: int = 1
    pass_on_after: int = 2
    tell_member_after: int = 3

    def before(self, alarm: Alarm) -> int:
        """Working days before an alarm."""
        days = {
            "remind": self.remind_after,
            "pass_on": self.pass_on_after,
            "tell_member": self.tell_member_after,
        }
        return days[alarm]


@dataclass(frozen=True, slots=True)
class Waiting:
    """A request in which the desk owes the next step, as the clock sees it.

    `zone` and `away_until` are those of its holder: who claimed it, else the first of the desk who
    has it; `has_holder` is False where nobody is left. `has_heir` says that somebody else of the
    desk is here. `rung` is when each alarm of this wait sounded.
    """

    since: datetime
    zone: tzinfo
    away_until: date | None = None
    has_heir: bool = True
    rung: Mapping[Alarm, datetime] | None = None
    has_holder: bool = True


def next_alarm(
    waiting: Waiting, patience: Patience, hours: WorkingHours, now: datetime
) -> tuple[Alarm, datetime] | None:
    """The alarm that sounds next, and when; None when all have.

    It sounds in the holder's working hours. One that is overdue, since the bot was down, waits
    until work begins, so that nobody is rung at night.
    """
    found = [(_due(alarm, waiting, patience, hours), alarm) for alarm in _left(waiting)]
    if not found:
        return None
    due, alarm = min(found, key=lambda one: (one[0], ALARMS.index(one[1])))
    return alarm, due if due > now else at_work(now, hours, waiting.zone)


def is_stalled(waiting: Waiting, patience: Patience, hours: WorkingHours, now: datetime) -> bool:
    """Whether a request has waited so long that its holder is reminded."""
    return _due("remind", waiting, patience, hours) <= now


def measured(days: Sequence[int | None]) -> int | None:
    """Working days within which at least eight in ten of these requests were answered.

    None stands for one that ended without an answer. The result is None where there are too few
    requests, or too many of them without an answer, to say anything honest.
    """
    if len(days) < MEASURED_FROM:
        return None
    answered = sorted(found for found in days if found is not None)
    needed = -(-len(days) * _KEPT // _OF)
    return answered[needed - 1] if len(answered) >= needed else None


def _left(waiting: Waiting) -> list[Alarm]:
    """What has not sounded yet.

    Nothing is passed on to nobody, and nobody is not reminded either. Nobody is reminded while
    they are away and somebody else is here, or once it was passed on: whoever got it was told.
    """
    left = [alarm for alarm in ALARMS if alarm not in (waiting.rung or {})]
    is_away = waiting.away_until is not None and waiting.has_heir
    if "remind" in left and (is_away or not waiting.has_holder or "pass_on" not in left):
        left.remove("remind")
    if "pass_on" in left and not waiting.has_heir:
        left.remove("pass_on")
    return left


def _due(alarm: Alarm, waiting: Waiting, patience: Patience, hours: WorkingHours) -> datetime:
    """When an alarm is due.

    While the holder is away another of the desk gets the request as early as the holder would have
    been reminded; where nobody else is here, nothing counts until the holder is back.
    """
    since, zone, away = waiting.since, waiting.zone, waiting.away_until
    if away is not None and not waiting.has_heir:
        since = max(since, opening_after(away, hours, zone))
    if alarm == "pass_on" and away is not None:
        return after(since, patience.remind_after, hours, zone)
    due = after(since, patience.before(alarm), hours, zone)
    reminded = (waiting.rung or {}).get("remind")
    if alarm == "pass_on" and reminded is not None:
        # A reminder that came late is given its time all the same.
        grace = patience.pass_on_after - patience.remind_after
        due = max(due, after(reminded, grace, hours, zone))
    return due
