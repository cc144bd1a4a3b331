"""A member who asked for reminders, a clock that a test sets, and what was sent."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.domain.identity import MemberRef
from bot.domain.program import Season
from bot.domain.reminders import Choice
from bot.services import reminders, reminders_telling
from bot.services.reminders_telling import Quiet, Telling
from tests.support.road import ADA, Road

ZONE = ZoneInfo("America/Chicago")
DAY = date(2027, 3, 15)
FALL = "Fall 2027"
OFFSETS = [60, 30, 14, 3]


def at(before: int, hour: int = 9, minute: int = 0, day: date = DAY) -> datetime:
    """So many days before the date, at an hour of the member's."""
    that = day - timedelta(days=before)
    local = datetime(that.year, that.month, that.day, hour, minute, tzinfo=ZONE)
    return local.astimezone(UTC)


@contextmanager
def road_of(now: datetime, *seasons: Season, zone: str = "America/Chicago") -> Iterator[Road]:
    """A member who asked for reminders, at a moment, with these seasons known."""
    made = Road(now, seasons)
    try:
        made.run(reminders.turn_on, ADA, zone)
        yield made
    finally:
        made.close()


def ticks(road: Road, now: datetime) -> None:
    """What the bot does when its clock says so."""
    road.now = now
    due = road.run(reminders.next_due)
    if due is not None and due <= now:
        road.run(reminders.send_due)


def knows(road: Road, *seasons: Season) -> None:
    road.bank = replace(road.bank, content=replace(road.bank.content, seasons=seasons))


def sent(road: Road, member: MemberRef = ADA) -> list[tuple[date, int]]:
    """Day and days before of each reminder that was queued, in order."""
    found = road.db.query(
        "SELECT r.day, r.days_before FROM outbox o JOIN reminders r ON r.id = o.subject "
        "WHERE o.kind = 'reminder' AND o.recipient = ? ORDER BY o.id",
        [member],
    )
    return [(date.fromisoformat(row["day"]), row["days_before"]) for row in found]


def befores(road: Road) -> list[int]:
    return [before for _, before in sent(road)]


def last_number(road: Road) -> int:
    return int(
        next(
            road.db.query(
                "SELECT max(CAST(subject AS INTEGER)) AS n FROM outbox WHERE kind = 'reminder'"
            )
        )["n"]
    )


def told(road: Road) -> Telling | Quiet | None:
    """The latest reminder, as it would be delivered now."""
    return road.run(reminders_telling.telling, ADA, last_number(road))


def presses(road: Road, choice: Choice) -> str:
    return road.run(reminders_telling.answer, ADA, last_number(road), choice).outcome


def daily(road: Road, first: int, last: int, hour: int = 9) -> None:
    for before in range(first, last - 1, -1):
        ticks(road, at(before, hour))
