"""The demo's people stand at different points of the road, so that a newcomer sees all of it."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.cli.running import people
from tests.support.database import Clock
from tests.support.talk import Talk, talking


@pytest.fixture
async def talk(tmp_path: Path) -> AsyncIterator[Talk]:
    async with talking(tmp_path, clock=Clock()) as talk:
        await people(talk.runtime)
        yield talk


async def test_a_beginner_has_hours_and_no_check(talk: Talk) -> None:
    """Ada sees what her few courses leave missing, and that the check is still before her."""
    home = await talk.as_("ada").home()
    assert "You have not gone through the requirements with me yet." in home.words
    assert "Communication skills: 2 h, 2 h needed: met" in home.words
    assert "Does not count" in home.words


async def test_a_specialist_is_nearly_there(talk: Talk) -> None:
    """Ben sees two gaps, his plan, the hours that waiting would cost, and his reminders."""
    home = await talk.as_("ben").home()
    assert "You plan to apply by" in home.words
    assert "0.5 hours in communication skills and 2.5 hours in the extra hours" in home.words
    assert "will drop out of the window" in home.words
    assert "Reminders are on." in home.words


async def test_a_holder_sees_the_cycle(talk: Talk) -> None:
    """Mira sees what keeping the CLM still asks of her, and no application deadline."""
    home = await talk.as_("mira").home()
    assert "22 hours still to earn" in home.words
    assert "the last day of your cycle" in home.words
    assert "Last day to apply" not in home.words


async def test_the_season_of_the_demo_is_said_to_be_made_up(talk: Talk) -> None:
    """Nobody takes the demo's dates for ALA's."""
    dates = await talk.as_("ada").runs("dates")
    assert "made up for this demo" in dates.text
