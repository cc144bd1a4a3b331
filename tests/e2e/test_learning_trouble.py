"""What goes wrong on the way from a question to its answer: crashes, and Slack's own order."""

import asyncio
from pathlib import Path
from typing import Any

import pytest

from handlers.slack import windows
from tests.support.handoff import HERE
from tests.support.learning import settled
from tests.support.learning_windows import UNKNOWN, inputs, turns_to, window, wishes
from tests.support.talk import PATIENCE_S, Person, Talk, local_slack, talk_on


@pytest.fixture
async def chair(talk: Talk) -> Person:
    return talk.as_("christina")


async def test_what_slack_hears_second_is_not_drawn_over_the_end(
    talk: Talk, ada: Person, chair: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Slack may draw "One moment" after the bot has drawn the end: the chair sees the end."""
    patience = windows.ask_for_patience
    under_way = []

    async def overtaken(ack: Any, waiting: Any) -> str:
        seq = talk.slack.journal.seq

        async def answer(**given: Any) -> None:
            await talk.slack.journal.wait(seq, "views.update", PATIENCE_S)
            await ack(**given)

        async def later(**given: Any) -> None:
            under_way.append(asyncio.create_task(answer(**given)))

        return await patience(later, waiting)  # type: ignore[arg-type]

    monkeypatch.setattr("handlers.slack.learning.ask_for_patience", overtaken)
    await ada.says(UNKNOWN)
    group = await turns_to(chair, "Open", await chair.runs("chair questions"), "You never see")
    near = await turns_to(chair, "This is answered by …", group, "The answers nearest to it")
    found = await chair.goes_on(near, {"words": "exam format"})
    field = next(block for block, _ in inputs(found) if block.startswith("entry:"))
    await chair.submits(found, {field: "exam-format"})
    await talk.quiet()
    assert under_way
    await window(chair, "Whoever asks in these words")


async def test_how_to_reach_whoever_asked_is_not_shown(
    talk: Talk, ada: Person, chair: Person
) -> None:
    """Address and telephone number in a question never come before the chair."""
    await ada.says(f"{UNKNOWN}, mail ada@example.org or call +1 312 555 0199")
    listed = await chair.runs("chair questions")
    assert f"{UNKNOWN}, mail … or call …" in listed.words
    assert "example.org" not in str(listed.raw)


async def test_what_was_answered_before_a_crash_is_told_after_it(
    tmp_path: Path,
) -> None:
    """Killed between publishing and telling: the member hears of it at the next start, once."""
    async with local_slack() as slack:
        async with talk_on(slack, tmp_path) as talk:
            ada = talk.as_("ada")
            await wishes(ada, UNKNOWN)
            await talk.quiet()
            turn = talk.rows("SELECT turn FROM wishes")[0][0]
            await talk.runtime.run(settled, HERE, turn, "exam-format")
        for _ in range(2):
            async with talk_on(slack, tmp_path) as talk:
                await talk.as_("ada").sees("There is an answer now")
                await talk.quiet()
                seen = await talk.as_("ada").messages()
                assert sum("There is an answer now" in m.text for m in seen) == 1
