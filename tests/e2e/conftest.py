"""A playground with the bot on it, for each test its own."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.support.talk import Person, Talk, talking


@pytest.fixture
async def talk(tmp_path: Path) -> AsyncIterator[Talk]:
    async with talking(tmp_path) as opened:
        yield opened


@pytest.fixture
async def ada(talk: Talk) -> Person:
    return talk.as_("ada")
