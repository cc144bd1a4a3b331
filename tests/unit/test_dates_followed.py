"""Dates in calendars follow the files, the chat and the restarts of the bot."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from bot.domain.notices import Delivered, Delivery, Receipt
from bot.domain.program import Season
from bot.services import calendars, membership, seasons
from bot.store import seasons as kept
from bot.store.database import connect, transaction
from tests.support.database import ADA, told_to
from tests.support.mending import HERE, Study
from tests.support.road import BEN
from tests.support.seasons import DRAFT

LAST_DAY = "season:Spring 2027:apply_by"
FILE = "content/program.yaml"
MOVED = "it was March 4, 2027, it is now March 11, 2027"


class Reading(Study):
    """A study in which the Home tab may be published; nobody looks at it."""

    async def deliver(self, delivery: Delivery) -> Receipt:
        if delivery.notice.kind == "home":
            return Delivered(None)
        return await super().deliver(delivery)

    def writes(self, apply_by: str) -> None:
        """The chapter's program file has one season, with this last day to apply."""
        self.tree.own(
            FILE,
            f"seasons:\n- {{name: Spring 2027, apply_by: {apply_by}, "
            "source: capital-chapter-clm, checked: 2026-11-23}\n",
        )

    async def ada_takes(self) -> None:
        """Ada takes the last day to apply into her calendar."""
        assert await self.runtime.run(calendars.give, HERE, ADA, LAST_DAY, "1")
        await self.settles()

    async def settles(self) -> None:
        for _ in range(2):
            await self.jobs.round()
            # Files are delivered beside the round.
            await asyncio.gather(*self.jobs._uploads)

    def told_ada(self) -> list[str]:
        return [text for to, text in self.told if to == ADA]


@pytest.fixture
async def study(tmp_path: Path) -> AsyncIterator[Reading]:
    made = Reading(tmp_path)
    made.writes("2027-03-04")
    await made.begins()
    yield made
    made.ends()


async def test_a_file_that_is_edited_moves_the_date_in_calendars(study: Reading) -> None:
    """Whoever took the date is told of the new one once, also over looks and restarts; a file with
    a fault tells nobody anything."""
    await study.ada_takes()
    study.writes("not a day")
    await study.looks(2)
    assert len(study.told_ada()) == 1
    study.writes("2027-03-11")
    await study.looks(3)
    await study.settles()
    await study.restarts()
    await study.settles()
    assert [MOVED in text for text in study.told_ada()] == [False, True]
    assert "last checked on November 23, 2026" in study.told_ada()[1]


async def test_a_fault_with_one_member_keeps_nothing_from_the_others(
    study: Reading, capsys: pytest.CaptureFixture[str]
) -> None:
    """What Ben was given cannot be read any more; Ada hears of the new day, no log names Ben."""
    assert await study.runtime.run(calendars.give, HERE, BEN, LAST_DAY, "2")
    await study.ada_takes()
    path = study.tree.home / "clm.db"
    told_to(path, f"UPDATE calendars SET dates = 'torn' WHERE member = '{BEN}'")
    study.writes("2027-03-11")
    await study.looks(3)
    await study.settles()
    assert MOVED in study.told_ada()[-1]
    logged = "".join(capsys.readouterr())
    said = [line for line in logged.splitlines() if "passed over" in line]
    assert said and "JSONDecodeError" in said[0] and BEN not in logged


async def test_who_has_left_is_told_when_they_come_back(study: Reading) -> None:
    """Nothing is sent to a deactivated account; the change is told once the member is back."""
    await study.ada_takes()
    await study.runtime.run(membership.left, HERE, ADA)
    study.writes("2027-03-11")
    await study.looks(3)
    await study.settles()
    assert len(study.told_ada()) == 1
    await study.runtime.run(membership.came_back, HERE, ADA)
    study.clock.moves(hours=2)
    await study.settles()
    assert MOVED in study.told_ada()[-1]


async def test_what_a_kill_left_untold_is_told_at_the_next_start(study: Reading) -> None:
    """A season kept in the last moment before an end is in calendars after the next start."""
    await study.ada_takes()
    study.ends()
    db = connect(study.tree.home / "clm.db")
    found = Season("Spring 2027", date(2027, 3, 11), None, None, "x", date(2026, 11, 23))
    with transaction(db):
        kept.keep(db, HERE, found, ADA, study.clock())
    db.conn.close()
    await study.begins()
    await study.settles()
    assert MOVED in study.told_ada()[-1] and len(study.told_ada()) == 2


async def test_what_the_chair_enters_moves_the_date_in_calendars(study: Reading) -> None:
    """The chat holds over the file, and taking it out brings the file's day back."""
    await study.ada_takes()
    draft = replace(DRAFT, apply_by=date(2027, 3, 11))
    await study.runtime.run(seasons.save, HERE, ADA, draft, 0)
    await study.runtime.renew_overlays()
    await study.settles()
    assert MOVED in study.told_ada()[-1]
    await study.runtime.run(seasons.withdraw, HERE, ADA, draft.name)
    await study.runtime.renew_overlays()
    await study.settles()
    assert "it was March 11, 2027, it is now March 4, 2027" in study.told_ada()[-1]
    assert len(study.told_ada()) == 3
