"""What a reminder says when it is delivered, and what becomes of it when it is answered."""

from dataclasses import dataclass
from typing import Literal

from bot.domain.dates import MemberDate
from bot.domain.eligibility import Overall
from bot.domain.gap import gap_on
from bot.domain.identity import MemberRef
from bot.domain.recertification_pace import Keeping
from bot.domain.reminders import Choice, Reminder, awake, days_left, snoozed
from bot.services.outbox import publish_home
from bot.services.recertification_pace import keeping_of
from bot.services.reminders import date_of, settings_of, stop
from bot.services.standing import record_of, today, zone_of
from bot.services.transaction import Transaction, promises, reads
from bot.store import reminders

Outcome = Literal["done", "snoozed", "stopped", "off", "too_late", "gone"]


@dataclass(frozen=True, slots=True)
class Quiet:
    """It is night for the member: the reminder waits for so many seconds."""

    seconds: float


@dataclass(frozen=True, slots=True)
class Missing:
    """What a member lacks for an application: `hours` in words, each with its category.

    `overall` is None where the check was never finished, so that the hours are all there is.
    """

    hours: tuple[str, ...]
    overall: Overall | None


@dataclass(frozen=True, slots=True)
class Telling:
    """A reminder as it is told: `left` counts the days from the member's today.

    `missing` is for a date to apply; None when nothing was told that could count. `keeping` is for
    an anniversary.
    """

    reminder: Reminder
    date: MemberDate
    left: int
    missing: Missing | None = None
    keeping: Keeping | None = None


@dataclass(frozen=True, slots=True)
class Answered:
    """What came of a button: for a snooze, `again` is the reminder that is to come."""

    outcome: Outcome
    date: MemberDate | None = None
    again: Reminder | None = None


@reads
def telling(tx: Transaction, member: MemberRef, number: int) -> Telling | Quiet | None:
    """The reminder as of this moment; None when it no longer helps or is no longer wanted."""
    reminder = reminders.reminder_of(tx.db, tx.workspace, member, number)
    if reminder is None or reminder.state != "sent" or not _is_wanted(tx, member):
        return None
    found = date_of(tx, member, reminder)
    if found is None:
        return None
    zone = zone_of(tx, member)
    if (morning := awake(tx.now, zone, settings_of(tx))) > tx.now:
        return Quiet((morning - tx.now).total_seconds())
    left = days_left(found.day, zone, tx.now)
    if left < 0:
        return None
    if found.kind == "anniversary":
        keeping = keeping_of(tx, member, today(tx, member))
        return Telling(reminder, found, left, keeping=keeping)
    return Telling(reminder, found, left, _missing(tx, member, found))


@promises
def answer(tx: Transaction, member: MemberRef, number: int, choice: Choice) -> Answered:
    """Carry out a button of a reminder; the same again, or too late, changes nothing more."""
    reminder = reminders.reminder_of(tx.db, tx.workspace, member, number)
    if choice == "stop":
        stop(tx, member)
        return Answered("stopped")
    if reminder is None:
        return Answered("gone")
    found = date_of(tx, member, reminder)
    if not _is_wanted(tx, member):
        return Answered("off", found)
    if choice == "done" or reminder.state == "done":
        reminders.see_to(tx.db, tx.workspace, member, reminder, tx.now)
        publish_home(tx, member)
        return Answered("done", found)
    return _snooze(tx, member, reminder, found)


def _snooze(
    tx: Transaction, member: MemberRef, reminder: Reminder, found: MemberDate | None
) -> Answered:
    if found is None:
        return Answered("gone")
    zone = zone_of(tx, member)
    if days_left(found.day, zone, tx.now) < 1:
        return Answered("too_late", found)
    again = snoozed(reminder, zone, settings_of(tx), tx.now)
    for other in reminders.reminders_of(tx.db, tx.workspace, member):
        is_same_date = (other.subject, other.day) == (reminder.subject, reminder.day)
        if is_same_date and other.waits and other.days_before > again.days_before:
            reminders.change(tx.db, other, "superseded", tx.now)
    reminders.put(tx.db, tx.workspace, member, again, tx.now)
    publish_home(tx, member)
    return Answered("snoozed", found, again)


def _is_wanted(tx: Transaction, member: MemberRef) -> bool:
    return reminders.wanted_since(tx.db, tx.workspace, member) is not None


def _missing(tx: Transaction, member: MemberRef, found: MemberDate) -> Missing | None:
    if found.kind not in ("apply_by", "plan"):
        return None
    record = record_of(tx, member)
    if record.is_empty:
        return None
    gap = gap_on(record.profile, tx.bank.content.rule_set, found.day, today(tx, member))
    return Missing(gap.missing_words, gap.verdict.overall if record.told else None)
