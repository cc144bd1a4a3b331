"""Reminders: asked for, planned, sent once each, and answered."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.domain.dates import MemberDate
from bot.domain.identity import ConversationRef, MemberRef
from bot.domain.notices import Notice
from bot.domain.reminders import (
    Coming,
    Dated,
    Overview,
    Reminder,
    Reminding,
    Replan,
    awake,
    carried_out,
    replanned,
    sort_due,
    zone_named,
)
from bot.services import sharing
from bot.services.dates import dates_of
from bot.services.one_by_one import PassedOver, one_by_one
from bot.services.outbox import publish_home, tell
from bot.services.standing import zone_of
from bot.services.transaction import Transaction, promises, reads, writes
from bot.store import members, reminders

BATCH = 50
SHOWN = 3
AFTER_FAULT = timedelta(hours=1)


@reads
def read(tx: Transaction, member: MemberRef) -> Overview:
    """The member's reminders as they are shown."""
    return overview(tx, member)


def overview(tx: Transaction, member: MemberRef) -> Overview:
    """The same inside a transaction that is already open."""
    zone = zone_of(tx, member)
    own = members.time_zone_of(tx.db, tx.workspace, member)
    waiting = _waiting(tx, member)
    return Overview(
        wanted=reminders.wanted_since(tx.db, tx.workspace, member) is not None,
        zone=zone.key,
        own_zone=own == zone.key,
        settings=settings_of(tx),
        coming=waiting[:SHOWN],
        shares=sharing.offered(tx, member),
    )


@writes
def tell_overview(tx: Transaction, member: MemberRef, place: ConversationRef, key: str) -> None:
    """Answer the word typed in the direct conversation."""
    tell(tx, Notice(tx.workspace, place, f"reminders:{key}", "reminder", member))


@promises
def turn_on(tx: Transaction, member: MemberRef, zone: str | None) -> Overview:
    """The member wants reminders; `zone` is the one of their profile, None when it was not heard.

    A zone that means nothing gives way to the chapter's.
    """
    members.meet(tx.db, tx.workspace, member, tx.now)
    if zone is not None:
        members.set_time_zone(tx.db, tx.workspace, member, zone if zone_named(zone) else None)
    reminders.set_wanted(tx.db, tx.workspace, member, True, tx.now)
    replan(tx, member)
    publish_home(tx, member)
    return overview(tx, member)


@promises
def turn_off(tx: Transaction, member: MemberRef) -> Overview:
    """The member wants no reminders; what was planned goes."""
    stop(tx, member)
    return overview(tx, member)


def stop(tx: Transaction, member: MemberRef) -> None:
    """The same inside a transaction that is already open."""
    if reminders.set_wanted(tx.db, tx.workspace, member, False, tx.now):
        publish_home(tx, member)
    reminders.drop_all(tx.db, tx.workspace, member)


def replan(tx: Transaction, member: MemberRef) -> None:
    """Hold what is planned against the member's dates, zone and the chapter's settings of now.

    To be called with every change of a date; whoever wants no reminders is passed over.
    """
    found = _replanned(tx, member)
    for reminder in found.gone:
        reminders.drop(tx.db, reminder)
    for reminder, due in found.moved:
        reminders.move(tx.db, reminder, due)
    for reminder in found.add:
        reminders.put(tx.db, tx.workspace, member, reminder, tx.now)


@writes
def plan_all(tx: Transaction) -> tuple[PassedOver, ...]:
    """Plan anew for everybody, of whatever workspace: at start, now and then, on new content."""
    return one_by_one(tx, reminders.wanting(tx.db), replan)


@reads
def next_due(tx: Transaction) -> datetime | None:
    """When a reminder is due next, of whomever; it may be past."""
    return reminders.next_due(tx.db)


@promises
def send_due(tx: Transaction) -> tuple[PassedOver, ...]:
    """Queue what is due, each once; what falls into quiet hours waits for the morning.

    Who had to be passed over is tried again later, and stands in nobody's way until then.
    """
    passed = one_by_one(tx, reminders.members_due(tx.db, tx.now, BATCH), _send_due)
    for one in passed:
        later = tx.now + AFTER_FAULT
        reminders.postpone(tx.db, one.workspace, one.member, tx.now, later)
    return passed


def _send_due(tx: Transaction, member: MemberRef) -> None:
    # A date may have changed since the reminder was planned.
    replan(tx, member)
    zone, settings = zone_of(tx, member), settings_of(tx)
    kept = reminders.reminders_of(tx.db, tx.workspace, member)
    due = [r for r in kept if r.waits and r.due_at <= tx.now]
    if (morning := awake(tx.now, zone, settings)) > tx.now:
        for reminder in due:
            reminders.move(tx.db, reminder, morning)
        return
    found = sort_due(due, zone, tx.now)
    for reminder in found.superseded:
        reminders.change(tx.db, reminder, "superseded", tx.now)
    for reminder in found.send:
        if reminders.change(tx.db, reminder, "sent", tx.now):
            slot = f"reminder:{reminder.id}"
            tell(tx, Notice(tx.workspace, member, slot, "reminder", str(reminder.id)))


def settings_of(tx: Transaction) -> Reminding:
    """The chapter's settings."""
    return tx.bank.content.chapter.reminders


def date_of(tx: Transaction, member: MemberRef, reminder: Reminder) -> MemberDate | None:
    """The date that a reminder is for; None when it has moved, or is no longer the member's."""
    for found in dates_of(tx, member):
        if (found.subject, found.day) == (reminder.subject, reminder.day):
            return found
    return None


def _waiting(tx: Transaction, member: MemberRef) -> tuple[Coming, ...]:
    """What waits, as of this moment: a date that has just changed counts as it is now."""
    kept = reminders.reminders_of(tx.db, tx.workspace, member)
    dates = {(found.subject, found.day): found for found in dates_of(tx, member)}
    return tuple(
        Coming(reminder, dates[reminder.subject, reminder.day])
        for reminder in carried_out(kept, _replanned(tx, member))
        if (reminder.subject, reminder.day) in dates
    )


def _replanned(tx: Transaction, member: MemberRef) -> Replan:
    kept = reminders.reminders_of(tx.db, tx.workspace, member)
    since = reminders.wanted_since(tx.db, tx.workspace, member)
    if since is None:
        return Replan(gone=tuple(reminder for reminder in kept if reminder.waits))
    zone: ZoneInfo = zone_of(tx, member)
    # Who has just told a date knows it: only what is still to come is owed for it.
    dates = (
        Dated(found.subject, found.day, tx.now if found.is_own else since)
        for found in dates_of(tx, member)
    )
    return replanned(dates, kept, zone, settings_of(tx), tx.now)
