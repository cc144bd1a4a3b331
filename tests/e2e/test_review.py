"""The review run: what is due comes one at a time, a tap each, and the next one by itself."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.support.bank_windows import Clock, previews, publishes, turns_to
from tests.support.seasons import enters
from tests.support.talk import Shown, Talk, talking

IN_DECEMBER = datetime(2026, 12, 1, 15, 0, tzinfo=UTC)
LATE = datetime(2027, 5, 24, 15, 0, tzinfo=UTC)
LATE_LINE = "This answer was last checked on November 23, 2026"
FORMAT = "What is the format of the exam?"


@pytest.fixture
async def late(tmp_path: Path) -> AsyncIterator[Talk]:
    """A day on which every shipped answer is overdue."""
    async with talking(tmp_path, clock=Clock(LATE)) as opened:
        yield opened


def question(shown: Shown) -> str:
    """The question of the answer in the window."""
    headers = [block for block in shown.raw["blocks"] if block["type"] == "header"]
    return str(headers[0]["text"]["text"])


async def test_nothing_due_is_said_kindly(tmp_path: Path) -> None:
    """On the day of their making no answer is due, and the window says so."""
    async with talking(tmp_path, clock=Clock()) as talk:
        shown = await talk.as_("christina").runs("chair review")
        assert "Nothing is due" in shown.words


async def test_a_new_season_brings_the_answers_that_depend_on_it(tmp_path: Path) -> None:
    """Once the chair enters a season, the answers with seasons and fees come up, and when each has
    been found right the run ends with thanks and begins no more."""
    async with talking(tmp_path, clock=Clock(IN_DECEMBER)) as talk:
        chair = talk.as_("christina")
        await enters(chair)
        shown = await chair.runs("chair review")
        total = int(shown.words.split("1 of ")[1].split("\n")[0])
        assert 8 < total < 40
        asked = []
        for _ in range(total):
            asked.append(question(shown))
            shown = await turns_to(chair, "Still right", shown)
        assert "That was all that was due" in shown.words
        assert len(set(asked)) == total and FORMAT not in asked
        await talk.quiet()
        assert "Nothing is due" in (await chair.runs("chair review")).words


async def test_still_right_takes_the_late_line_from_the_answer(late: Talk) -> None:
    """The chair taps once; the next member who asks reads the answer without the warning, and the
    next due answer is there at once."""
    chair, ada = late.as_("christina"), late.as_("ada")
    shown = await chair.runs("chair review")
    first = question(shown)
    assert LATE_LINE in (await ada.says(first)).text
    assert "Last checked on November 23, 2026" in shown.words and "http" in str(shown.raw)
    following = await turns_to(chair, "Still right", shown)
    assert question(following) != first and "2 of " in following.words
    await late.quiet()
    assert LATE_LINE not in (await ada.says(first)).text


async def test_a_slip_is_undone_and_what_is_skipped_comes_again(late: Talk) -> None:
    """Undo shows the same answer again, still due; skipped ones are passed over in this run and
    first in the next."""
    chair = late.as_("christina")
    shown = await chair.runs("chair review")
    first = question(shown)
    undone = await turns_to(chair, "Undo", await turns_to(chair, "Still right", shown))
    assert question(undone) == first and "1 of " in undone.words
    skipped = await turns_to(chair, "Skip", undone)
    assert question(skipped) != first and "2 of " in skipped.words
    await late.quiet()
    assert question(await chair.runs("chair review")) == first


async def test_edited_in_the_run_the_next_one_comes(late: Talk) -> None:
    """Edit, preview, publish, and below it the run has gone on; the member reads the new words."""
    chair, ada = late.as_("christina"), late.as_("ada")
    shown = await chair.runs("chair review")
    first = question(shown)
    form = await turns_to(chair, "Edit", shown)
    await publishes(chair, await previews(chair, form, {"answer": "Ask the chair."}))
    below = (await chair.modals())[0]
    assert question(below) != first and "2 of " in below.words
    answer = (await ada.says(first)).text
    assert "Ask the chair." in answer and LATE_LINE not in answer


async def test_two_taps_are_one(late: Talk) -> None:
    """Tapped twice in a hurry: found right once, no word of somebody else, and the next one."""
    chair = late.as_("christina")
    shown = await chair.runs("chair review")
    await asyncio.gather(chair.presses("Still right", shown), chair.presses("Still right", shown))
    await late.quiet()
    [following] = await chair.modals()
    assert question(following) != question(shown) and "2 of " in following.words
    assert f"Still right: {question(shown)}" in following.words
    assert late.rows("SELECT change FROM revisions") == [("verified",)]


async def test_retired_in_the_run_it_is_gone(late: Talk) -> None:
    """Retire takes it from members, and Undo brings it back."""
    chair = late.as_("christina")
    shown = await chair.runs("chair review")
    retired = await turns_to(chair, "Retire", shown)
    assert f"Retired: {question(shown)}" in retired.words
    back = await turns_to(chair, "Undo", retired)
    assert question(back) == question(shown)
    assert late.rows("SELECT change FROM revisions ORDER BY id") == [("retired",), ("undone",)]


async def test_retired_while_slack_draws_no_window_it_is_gone_all_the_same(late: Talk) -> None:
    """Slack refuses to draw the next answer; the one that was retired is no longer given."""
    chair, ada = late.as_("christina"), late.as_("ada")
    shown = await chair.runs("chair review")
    assert LATE_LINE in (await ada.says(question(shown))).text
    await late.post("fault", kind="server_error", method="views.update", count=9)
    await chair.presses("Retire", shown)
    await chair.sees("Something went wrong")
    await late.quiet()
    assert LATE_LINE not in (await ada.says(question(shown))).text


async def test_two_reviewers_do_not_undo_each_other(late: Talk) -> None:
    """Where the deputy was quicker the chair is told so and sees the answer as it is now."""
    chair, deputy = late.as_("christina"), late.as_("dev")
    mine, theirs = await chair.runs("chair review"), await deputy.runs("chair review")
    assert question(mine) == question(theirs)
    await turns_to(deputy, "Still right", theirs)
    await late.quiet()
    told = await turns_to(chair, "Retire", mine)
    assert "Somebody changed this answer" in told.words and question(told) == question(mine)
    assert late.rows("SELECT change FROM revisions") == [("verified",)]


async def test_only_editors_review(late: Talk) -> None:
    """A member is told whose it is."""
    assert "Only" in (await late.as_("ada").runs("chair review")).text
