"""A playground with the bot on it, for each test its own."""

from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest

from tests.support.talk import Person, Talk, talking


@pytest.fixture
async def talk(tmp_path: Path) -> AsyncIterator[Talk]:
    async with talking(tmp_path) as opened:
        yield opened


@pytest.fixture
async def ada(talk: Talk) -> Person:
    return talk.as_("ada")


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Calls give up, and the connection is watched, so soon that nobody waits for a test."""
    monkeypatch.setattr("handlers.slack.serve.TIMEOUT", aiohttp.ClientTimeout(total=0.5))
    monkeypatch.setattr("handlers.slack.connection.PING_EVERY", 0.5)
    monkeypatch.setattr("handlers.slack.connection.WATCH_EVERY", 0.2)
