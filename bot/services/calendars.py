"""Dates for a member's calendar: given on request, and told anew when they change."""

from dataclasses import dataclass
from typing import Literal

from bot.domain.calendars import CalendarEvent, changed, event_at, given_again, given_first
from bot.domain.dates import MemberDate, coming_dates
from bot.domain.identity import MemberRef
from bot.domain.notices import Notice
from bot.domain.program import Season
from bot.domain.seasons import season_named
from bot.services.dates import all_dates_of, own_dates
from bot.services.one_by_one import PassedOver, one_by_one
from bot.services.outbox import publish_home, tell
from bot.services.standing import today
from bot.services.transaction import Transaction, promises, reads, writes
from bot.store import calendars, members

Why = Literal["asked", "followed"]


@dataclass(frozen=True, slots=True)
class DatesShown:
    """What `/clm dates` shows: the coming dates, and the newest season known where none comes.

    `calendar` names the subjects that the member has in their calendar.
    """

    coming: tuple[MemberDate, ...]
    newest: Season | None
    calendar: frozenset[str]

    @property
    def is_season_coming(self) -> bool:
        """Whether a date of any season lies ahead."""
        return any(not one.is_own for one in self.coming)


@reads
def read(tx: Transaction, member: MemberRef) -> DatesShown:
    """The dates as the member sees them."""
    return shown(tx, member)


def shown(tx: Transaction, member: MemberRef) -> DatesShown:
    """The same inside a transaction that is already open."""
    seasons = tx.bank.content.seasons
    given = calendars.given_to(tx.db, tx.workspace, member)
    return DatesShown(
        coming=coming_dates(all_dates_of(tx, own_dates(tx, member)), today(tx, member)),
        newest=seasons[-1] if seasons else None,
        calendar=frozenset(one.subject for one in given if one.day is not None),
    )


@writes
def tell_dates(tx: Transaction, member: MemberRef, place: str, key: str) -> None:
    """Answer the word typed in the direct conversation."""
    tell(tx, Notice(tx.workspace, place, f"dates:{key}", "dates", member))


@promises
def give(tx: Transaction, member: MemberRef, subject: str, key: str) -> bool:
    """Send the member a date for their calendar, and follow it from now on.

    False when the date is not known any more, or lies behind. `key` names the request, so that
    the same one sends one file.
    """
    found = _known(tx, member).get(subject)
    if found is None or found.day < today(tx, member):
        return False
    members.meet(tx.db, tx.workspace, member, tx.now)
    before = calendars.given_of(tx.db, tx.workspace, member, subject)
    given = given_again(before, found) if before else given_first(found)
    if given != before:
        calendars.keep(tx.db, tx.workspace, member, given, tx.now)
        publish_home(tx, member)
    _tell(tx, member, f"calendar:{key}", subject, given.sequence, "asked")
    return True


@writes
def follow_all(tx: Transaction) -> tuple[PassedOver, ...]:
    """Tell everybody, of whatever workspace, whose dates have changed since they took them."""
    return one_by_one(tx, calendars.all_holders(tx.db), follow)


def follow(tx: Transaction, member: MemberRef) -> None:
    """Tell the member what has changed of the dates in their calendar, each change once.

    To be called with every change of a date of the member's own.
    """
    given = calendars.given_to(tx.db, tx.workspace, member)
    for one in changed(given, _known(tx, member), today(tx, member)):
        calendars.keep(tx.db, tx.workspace, member, one, tx.now)
        slot = f"calendar:{one.subject}:{one.sequence}"
        _tell(tx, member, slot, one.subject, one.sequence, "followed")
        publish_home(tx, member)


@dataclass(frozen=True, slots=True)
class Told:
    """What a notice tells of a member's calendar: an event, and why they are told of it."""

    event: CalendarEvent
    why: Why
    source: Season | None


@reads
def told(tx: Transaction, member: MemberRef, subject: str) -> Told | None:
    """What the notice with this subject tells; None when the member has erased it since."""
    why, sequence, name = subject.split("|", 2)
    given = calendars.given_of(tx.db, tx.workspace, member, name)
    event = event_at(given, int(sequence)) if given else None
    if given is None or event is None:
        return None
    season = season_named(given.season, tx.bank.content.seasons)
    return Told(event, "asked" if why == "asked" else "followed", season)


def _known(tx: Transaction, member: MemberRef) -> dict[str, MemberDate]:
    return {one.subject: one for one in all_dates_of(tx, own_dates(tx, member))}


def _tell(
    tx: Transaction, member: MemberRef, slot: str, subject: str, sequence: int, why: Why
) -> None:
    told = f"{why}|{sequence}|{subject}"
    tell(tx, Notice(tx.workspace, member, slot, "calendar", told))
