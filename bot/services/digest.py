"""The Monday digest: due once a week for each reader, and made when it is delivered."""

from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.domain.digest import (
    FIRST_LOOK,
    MEMBER_DAYS,
    SHOWN,
    WEEKS,
    Digest,
    Listed,
    Unanswered,
    comes_at,
    line_of,
    listed,
    week_of,
)
from bot.domain.handoff import Ticket
from bot.domain.identity import MemberRef
from bot.domain.learning import Group
from bot.domain.notices import Notice
from bot.domain.working_days import after
from bot.services import handoff_clock, learning, numbers, proposals
from bot.services.outbox import tell
from bot.services.roles import roster_of
from bot.services.sharing import near_deadlines
from bot.services.standing import zone_of
from bot.services.transaction import Transaction, promises, reads
from bot.store import digests, handoff


@reads
def compose(tx: Transaction, who: MemberRef, week: date | None = None) -> Digest | None:
    """What somebody's digest of a week says at this moment; without a week, that of theirs now.

    None for somebody who gets none (any more).
    """
    if not roster_of(tx).may(who, "tend"):
        return None
    zone = zone_of(tx, who)
    since = _since(tx, who, week or week_of(tx.now, zone))
    waiting = handoff.all_open(tx.db, tx.workspace)
    held = handoff_clock.held_by(tx, who)
    near = near_deadlines(tx)
    return Digest(
        since=since.astimezone(zone).date(),
        new=_new(tx, since, zone),
        on_me=_on_me(tx, held, zone),
        stalled=_stalled(tx, held, waiting, zone),
        silent=_silent(tx, waiting, zone),
        due=sum(e.overdue and not e.is_action for e in tx.bank.content.entries.values()),
        proposed=proposals.count_open(tx),
        near=near[:SHOWN],
        near_total=len(near),
        weeks=numbers.weeks(tx, zone, WEEKS),
        open=tuple(map(_unanswered, learning.top_unanswered(tx, SHOWN))),
        open_total=learning.count_open(tx),
    )


@reads
def next_due(tx: Transaction) -> datetime | None:
    """When the next digest of anybody is due; it may be past."""
    return min((_due(tx, who) for who in _readers(tx)), default=None)


@promises
def send_due(tx: Transaction) -> None:
    """Queue the digests that are due, each once for its week; what they say is found out later."""
    for who in _readers(tx):
        week = week_of(tx.now, zone_of(tx, who))
        is_due = _due(tx, who) <= tx.now
        if is_due and digests.note(tx.db, tx.workspace, who, week, tx.now):
            slot = f"digest:{week}"
            tell(tx, Notice(tx.workspace, who, slot, "digest", week.isoformat()))


def _readers(tx: Transaction) -> tuple[MemberRef, ...]:
    """Who gets a digest now: whoever tends the chapter and is here to read it."""
    roster = roster_of(tx) if tx.workspace else None
    if roster is None:
        return ()
    absent = {one.member for one in roster.officers if one.left or one.away_until is not None}
    return tuple(one for one in roster.having("tend") if one not in absent)


def _due(tx: Transaction, who: MemberRef) -> datetime:
    zone, settings = zone_of(tx, who), tx.bank.content.chapter.reminders
    week = week_of(tx.now, zone)
    has_it = digests.is_noted(tx.db, tx.workspace, who, week)
    return comes_at(tx.now, zone, settings, has_this_weeks=has_it)


def _since(tx: Transaction, who: MemberRef, week: date) -> datetime:
    last = digests.last_before(tx.db, tx.workspace, who, week)
    return last or tx.now - FIRST_LOOK


def _new(tx: Transaction, since: datetime, zone: ZoneInfo) -> Listed:
    number = digests.sent_since(tx.db, tx.workspace, since)
    newest = digests.newest_sent(tx.db, tx.workspace, since, SHOWN)
    found = (handoff.get(tx.db, tx.workspace, ticket) for ticket in newest)
    lines = [line_of(one, one.created_at, zone) for one in found if one is not None]
    return Listed(tuple(lines), number)


def _on_me(tx: Transaction, held: Sequence[Ticket], zone: ZoneInfo) -> Listed:
    return _oldest_first([one for one in held if not _is_snoozed(tx, one)], zone)


def _stalled(
    tx: Transaction, held: Sequence[Ticket], waiting: Sequence[Ticket], zone: ZoneInfo
) -> Listed:
    """What waits for somebody else of the desk for too long; the reader's own is in their list."""
    own = {one.id for one in held}
    stalled = {*handoff_clock.stalled(tx)} - own
    return _oldest_first([one for one in waiting if one.id in stalled], zone)


def _silent(tx: Transaction, waiting: Sequence[Ticket], zone: ZoneInfo) -> Listed:
    lines = [
        line_of(one, one.changed_at, zone)
        for one in sorted(waiting, key=lambda one: one.changed_at)
        if one.state == "waiting_member" and _has_waited(tx, one.changed_at, MEMBER_DAYS)
    ]
    return listed(lines)


def _unanswered(group: Group) -> Unanswered:
    return Unanswered(group.key, group.text, group.times)


def _is_snoozed(tx: Transaction, ticket: Ticket) -> bool:
    return ticket.snoozed_until is not None and ticket.snoozed_until > tx.now


def _has_waited(tx: Transaction, since: datetime, days: int) -> bool:
    chapter = tx.bank.content.chapter
    return after(since, days, chapter.working_hours, ZoneInfo(chapter.time_zone)) <= tx.now


def _oldest_first(found: Sequence[Ticket], zone: ZoneInfo) -> Listed:
    waiting = [(one.waiting_since, one) for one in found if one.waiting_since]
    in_order = sorted(waiting, key=lambda pair: (pair[0], pair[1].id))
    return listed([line_of(one, since, zone) for since, one in in_order])
