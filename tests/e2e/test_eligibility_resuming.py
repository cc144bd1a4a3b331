"""The eligibility dialog closed, restarted, sent twice, and under rules that changed."""

import asyncio
from pathlib import Path

import pytest

from tests.support.talk import PATIENCE_S, Person, Shown, Talk, local_slack, talk_on
from tests.support.wizard import (
    ADMINISTRATOR,
    APPEARS,
    NOT_YET,
    filled_in,
    goes_back,
    places_with,
    the_verdict,
    title,
    walks,
)


async def in_a_window(person: Person, way: str) -> Shown:
    """Take the check up again by command, from the DM, or from the Home tab."""
    if way == "/clm check":
        return await person.runs("check")
    if way == "DM":
        return await person.opens("Do I qualify?", await person.says("check"))
    return await person.opens("Go on with the check", await person.home())


@pytest.mark.parametrize("way", ["/clm check", "DM", "Home"])
async def test_a_closed_dialog_is_taken_up_at_its_step(talk: Talk, ada: Person, way: str) -> None:
    """Closing loses no submitted step; the check goes on where it stood, however it is opened."""
    await walks(ada, await ada.runs("check"), ADMINISTRATOR[:3])
    await talk.post("close", user="ada")
    assert await ada.modals() == []
    status = await ada.runs("status")
    assert "stopped at “Your employer”" in status.words
    again = await in_a_window(ada, way)
    assert title(again) == "Your employer"
    assert "Step 4 of 6" in again.words
    verdict = await walks(ada, again, ADMINISTRATOR[3:])
    assert APPEARS in verdict.words


@pytest.mark.parametrize("closed", [True, False])
async def test_a_restart_in_between_loses_no_step(tmp_path: Path, closed: bool) -> None:
    """After a restart the dialog goes on, in the window that is still open or in a new one."""
    async with local_slack() as slack:
        async with talk_on(slack, tmp_path) as talk:
            ada = talk.as_("ada")
            modal = await walks(ada, await ada.runs("check"), ADMINISTRATOR[:4])
        async with talk_on(slack, tmp_path) as talk:
            ada = talk.as_("ada")
            if closed:
                await talk.post("close", user="ada")
                modal = await ada.runs("check")
                assert title(modal) == "Code of ethics"
            verdict = await walks(ada, modal, ADMINISTRATOR[4:])
            assert APPEARS in verdict.words


async def test_a_step_submitted_twice_counts_once(talk: Talk, ada: Person) -> None:
    """Two quick clicks on Next show the next step, not the one after, and lose nothing."""
    modal = await walks(ada, await ada.runs("check"), ADMINISTRATOR[:1])
    both = await asyncio.gather(*(ada.submits(modal, ADMINISTRATOR[1]) for _ in range(2)))
    assert [answer["response_action"] for answer in both] == ["update", "update"]
    top = (await ada.modals())[-1]
    assert title(top) == "Level of your job"
    assert APPEARS in (await walks(ada, top, ADMINISTRATOR[2:])).words


async def test_the_last_step_submitted_twice_gives_one_result(talk: Talk, ada: Person) -> None:
    """Two quick clicks on the last button show the verdict and tell it in the DM once."""
    modal = await walks(ada, await ada.runs("check"), ADMINISTRATOR[:5])
    both = await asyncio.gather(*(ada.submits(modal, ADMINISTRATOR[5]) for _ in range(2)))
    assert [answer["response_action"] for answer in both] == ["update", "update"]
    assert APPEARS in (await ada.modals())[-1].words
    await ada.sees(APPEARS)
    await talk.quiet()
    assert sum(APPEARS in message.words for message in await ada.messages()) == 1


async def test_rules_that_changed_in_between_are_said_and_answers_kept(tmp_path: Path) -> None:
    """When a number of the rules changed under an open check, it says so and keeps the answers."""
    stricter = places_with(tmp_path / "content", experience_years="6")
    home = tmp_path / "home"
    async with local_slack() as slack:
        async with talk_on(slack, home) as talk:
            ada = talk.as_("ada")
            modal = await walks(ada, await ada.runs("check"), ADMINISTRATOR[:2])
        async with talk_on(slack, home, places=stricter) as talk:
            ada = talk.as_("ada")
            told = await ada.goes_on(modal, ADMINISTRATOR[2])
            assert "The rules have changed since you answered" in told.words
            assert title(told) == "Level of your job"
            experience = await goes_back(ada, told)
            assert filled_in(experience) == ADMINISTRATOR[1]
            verdict = await walks(ada, experience, ADMINISTRATOR[1:])
            assert "1 year short of the 6 full-time years" in verdict.words


async def test_rules_that_changed_after_the_verdict_are_said(tmp_path: Path) -> None:
    """An earlier verdict is worked out anew by the rules of now, and the status says so."""
    stricter = places_with(tmp_path / "content", experience_years="6")
    home = tmp_path / "home"
    async with local_slack() as slack:
        async with talk_on(slack, home) as talk:
            assert APPEARS in (await the_verdict(talk.as_("ada"), ADMINISTRATOR)).words
        async with talk_on(slack, home, places=stricter) as talk:
            status = await talk.as_("ada").runs("status")
            assert NOT_YET in status.words
            assert "The rules have changed since you answered" in status.words
            again = await talk.as_("ada").opens("Go through it again", status)
            assert filled_in(again) == ADMINISTRATOR[0]


async def test_a_slow_database_refuses_softly_and_keeps_the_step(
    talk: Talk, ada: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When the records answer too late, the field says so, and pressing again goes on."""
    monkeypatch.setattr("handlers.slack.eligibility.ANSWER_WITHIN", 0.0)
    modal = await ada.runs("check")
    refused = await ada.submits(modal, ADMINISTRATOR[0])
    assert "nothing was lost" in str(refused["errors"])
    monkeypatch.setattr("handlers.slack.eligibility.ANSWER_WITHIN", PATIENCE_S)
    modal = await ada.goes_on(modal, ADMINISTRATOR[0])
    assert title(modal) == "Your experience"
