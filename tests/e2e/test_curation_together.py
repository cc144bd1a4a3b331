"""Two editors at the same answer: neither loses what they wrote."""

import pytest

from tests.support.bank_windows import (
    finds,
    opens_entry,
    previews,
    publishes,
    settled,
    turns_to,
)
from tests.support.talk import Person, Talk


@pytest.fixture
async def chair(talk: Talk) -> Person:
    return talk.as_("christina")


@pytest.fixture
async def deputy(talk: Talk) -> Person:
    return talk.as_("dev")


async def test_two_editors_at_once_lose_nothing(talk: Talk, chair: Person, deputy: Person) -> None:
    """The later one sees what the earlier one wrote before theirs takes its place."""
    mine = await turns_to(chair, "Edit", await opens_entry(chair, "exam-format"))
    theirs = await turns_to(deputy, "Edit", await opens_entry(deputy, "exam-format"))
    await publishes(chair, await previews(chair, mine, {"answer": "It has questions."}))
    preview = await previews(deputy, theirs, {"answer": "It has many questions."})
    assert "Somebody changed this answer" in preview.words
    shown = await settled(deputy, await deputy.goes_on(preview))
    assert "publish again" in shown.words and "It has questions." in shown.words
    assert talk.rows("SELECT number FROM revisions") == [(1,)]
    assert "from now on" in (await publishes(deputy, shown)).words
    assert talk.rows("SELECT number FROM revisions ORDER BY number") == [(1,), (2,)]


async def test_what_is_written_while_it_is_retired_is_kept(
    talk: Talk, chair: Person, deputy: Person
) -> None:
    """The deputy retires what the chair is writing: the chair is told to restore it first, and
    goes on then from what was kept."""
    opened = await opens_entry(chair, "exam-format")
    form = await turns_to(chair, "Edit", opened)
    await turns_to(deputy, "Retire", theirs := await opens_entry(deputy, "exam-format"))
    await talk.quiet()
    preview = await previews(chair, form, {"answer": "It has many questions."})
    assert "Somebody retired this answer" in preview.words
    refused = await settled(chair, await chair.goes_on(preview))
    assert "restore the answer first" in refused.words
    retired = (await deputy.modals())[-1]
    assert retired.raw["id"] == theirs.raw["id"]
    await turns_to(deputy, "Restore", retired)
    await talk.quiet()
    resumed = await turns_to(chair, "Go on", await finds(chair))
    once_more = await settled(chair, await chair.goes_on(await previews(chair, resumed, {})))
    assert "from now on" in (await publishes(chair, once_more)).words
    answer = await talk.as_("ada").says("What is the format of the exam?")
    assert "It has many questions." in answer.text
