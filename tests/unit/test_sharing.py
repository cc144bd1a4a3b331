"""A near deadline is seen by the chair only where the member agreed, and no longer than that."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from bot.domain.digest import Digest
from bot.domain.identity import MemberRef
from bot.domain.ledger import LedgerEntry
from bot.domain.recertification import Holder
from bot.services import digest, plan, privacy, sharing
from bot.store import holders, members
from handlers.slack.views.digest import digest_message
from tests.support.desk_history import CHAIR, DEPUTY
from tests.support.road import ADA, BEN, HERE, Road, content, work_answers

ZONE = ZoneInfo("America/Chicago")


@pytest.fixture
def road() -> Iterator[Road]:
    made = Road(datetime(2026, 11, 20, 18, tzinfo=UTC))
    yield made
    made.close()


def read(road: Road) -> Digest:
    found = road.run(digest.compose, CHAIR)
    assert found is not None
    return found


def text(road: Road) -> str:
    return digest_message(read(road), content().copy).text


def near(road: Road, member: MemberRef = ADA, *, days: int = 30) -> None:
    """A member whose day to apply is near, with hours missing."""
    road.tells(work_answers(), member)
    road.records(
        LedgerEntry(road.now.date() - timedelta(days=9), "Writing", Decimal(1), "live", "writing"),
        member=member,
    )
    day = road.now.astimezone(ZONE).date() + timedelta(days=days)
    road.run(plan.choose, member, day)


def test_a_near_deadline_shows_only_of_who_agreed(road: Road) -> None:
    """Off until agreed to; then name, day and missing hours; taken back, nothing more at once."""
    near(road)
    near(road, BEN)
    assert read(road).near_total == 0
    road.run(sharing.agree, ADA)
    said = text(road)
    assert "<@U0ADA>, December 20, 2026. Missing: " in said
    assert "U0BEN" not in said
    assert not read(road).is_empty
    road.run(sharing.take_back, ADA)
    assert "U0ADA" not in text(road)


@pytest.mark.parametrize(("days", "shown"), [(60, 1), (61, 0)])
def test_a_deadline_is_near_for_sixty_days(road: Road, days: int, shown: int) -> None:
    """A day further off is nobody's concern yet."""
    near(road, days=days)
    road.run(sharing.agree, ADA)
    assert read(road).near_total == shown


def test_nothing_is_shown_of_holders_and_of_those_who_left(road: Road) -> None:
    """Whoever holds the CLM has nothing to apply for; whoever left is not told of."""
    for member in (ADA, BEN):
        near(road, member)
        road.run(sharing.agree, member)
    holders.keep(road.db, HERE, ADA, Holder("Spring 2026", None), road.now)
    members.leave(road.db, HERE, BEN, road.now)
    road.db.conn.commit()
    assert read(road).near_total == 0


def test_without_a_day_nobody_is_near_a_deadline(road: Road) -> None:
    """Somebody without a plan or a season has no date, whatever they lack."""
    road.tells(work_answers())
    road.run(sharing.agree, ADA)
    assert read(road).near_total == 0


def test_the_privacy_page_says_who_sees_it(road: Road) -> None:
    """Agreed to, it is on the page with the people who read digests; erased, it is gone."""
    road.run(sharing.agree, ADA)
    [kept] = [k for k in road.run(privacy.overview, ADA).kept if k.kind == "sharing"]
    assert kept.seen_by == (CHAIR, DEPUTY)
    road.run(privacy.erase, ADA)
    assert road.db.execute("SELECT count(*) FROM sharing").fetchone()[0] == 0
