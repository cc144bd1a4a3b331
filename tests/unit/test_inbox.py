"""The inbox: what came in is kept once, taken up again after an end, and then forgotten."""

from pathlib import Path

import pytest

from bot.domain.identity import Workspace
from bot.services import inbox
from tests.support.database import HERE, Clock, asked, running

ELSEWHERE = Workspace("slack:T0OTHER")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "clm.db"


async def test_what_comes_again_is_known(path: Path) -> None:
    """The same event three times is one event; in another workspace it is another one."""
    with running(path) as runtime:
        kept = [await runtime.run(inbox.keep, HERE, "event:1", "body") for _ in range(3)]
        assert kept == [True, False, False]
        assert await runtime.run(inbox.keep, ELSEWHERE, "event:1", "body")
        assert await runtime.run(inbox.keep, HERE, "event:2", "body")


async def test_what_was_not_done_is_taken_up_again_in_order(path: Path) -> None:
    """After an end the next start finds what was left, oldest first, with when it came."""
    clock = Clock()
    with running(path, clock) as runtime:
        for key in ("a", "b", "c"):
            await runtime.run(inbox.keep, HERE, key, f"body of {key}")
            clock.moves(minutes=1)
        await runtime.run(inbox.finish, HERE, "b")
    with running(path, clock) as runtime:
        left = await runtime.run(inbox.unfinished, HERE)
        assert [(key, body) for key, body, _ in left] == [("a", "body of a"), ("c", "body of c")]
        assert (left[1][2] - left[0][2]).total_seconds() == 120


async def test_what_is_done_keeps_no_text_and_is_still_known(path: Path) -> None:
    """A message is not kept longer than it is needed, but coming again it is recognized."""
    with running(path) as runtime:
        await runtime.run(inbox.keep, HERE, "a", "what somebody wrote")
        await runtime.run(inbox.finish, HERE, "a")
        assert asked(path, "SELECT body FROM inbox") == [(None,)]
        assert not await runtime.run(inbox.keep, HERE, "a", "what somebody wrote")
        assert asked(path, "SELECT body FROM inbox") == [(None,)]


async def test_what_nobody_sends_again_is_forgotten(path: Path) -> None:
    """Keys of done events go after some days; what was not done stays, however old."""
    clock = Clock()
    with running(path, clock) as runtime:
        for key in ("done", "left"):
            await runtime.run(inbox.keep, HERE, key, "body")
        await runtime.run(inbox.finish, HERE, "done")
        clock.moves(days=3, seconds=-1)
        await runtime.run(inbox.tidy, HERE)
        assert len(asked(path, "SELECT key FROM inbox")) == 2
        clock.moves(seconds=2)
        await runtime.run(inbox.tidy, HERE)
        assert asked(path, "SELECT key FROM inbox") == [("left",)]


async def test_a_click_that_was_cut_short_is_forgotten_too(path: Path) -> None:
    """A click is kept without its body and cannot be taken up again, so its key goes with age."""
    clock = Clock()
    with running(path, clock) as runtime:
        await runtime.run(inbox.keep, HERE, "click", "")
        clock.moves(days=3, seconds=1)
        await runtime.run(inbox.tidy, HERE)
        assert asked(path, "SELECT key FROM inbox") == []


async def test_finishing_what_is_not_there_is_harmless(path: Path) -> None:
    """An end that is told twice, or for something unknown, changes nothing."""
    with running(path) as runtime:
        await runtime.run(inbox.finish, HERE, "never")
        await runtime.run(inbox.keep, HERE, "a", "body")
        for _ in range(2):
            await runtime.run(inbox.finish, HERE, "a")
        assert await runtime.run(inbox.unfinished, HERE) == []


@pytest.mark.parametrize("body", ["", "\U0001f642", "x" * 200_000, '{"text": "\\ud83d"}'])
async def test_any_body_comes_back_as_it_went_in(path: Path, body: str) -> None:
    """Empty, long and strange bodies are kept whole."""
    with running(path) as runtime:
        await runtime.run(inbox.keep, HERE, "a", body)
        assert [found for _, found, _ in await runtime.run(inbox.unfinished, HERE)] == [body]
