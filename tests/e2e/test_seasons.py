"""Seasons on the playground: entered by the chair, said everywhere, and in members' calendars."""

import signal
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from tests.support.process import change, clm_run, gone, talk_beside
from tests.support.seasons import (
    DAYS,
    SOURCE,
    calendars,
    enters,
    files_of,
    filled,
    frozen,
    previews,
    window,
)
from tests.support.talk import Person, Shown, Talk, local_slack, talk_on, talking

QUESTION = "When is the deadline for applying?"
UNKNOWN = "No coming deadline is known here"
KNOWN = "For Spring 2027 the deadline is March 4, 2027."


@pytest.fixture
async def talk(tmp_path: Path) -> AsyncIterator[Talk]:
    async with talking(tmp_path, clock=frozen) as opened:
        yield opened


@pytest.fixture
async def chair(talk: Talk) -> Person:
    return talk.as_("christina")


async def errors(chair: Person, values: dict[str, str]) -> dict[str, str]:
    """What stands below each field after a submit."""
    modal = await window(chair)
    answer = await chair.submits(modal, filled(modal, values))
    assert answer.get("response_action") == "errors", answer
    return {block_id.partition(":")[0]: text for block_id, text in answer["errors"].items()}


async def test_a_season_that_the_chair_enters_is_said_everywhere(
    talk: Talk, ada: Person, chair: Person
) -> None:
    """Before, the bot knows no deadline; after, answers, status and dates name it, with whose word
    it is."""
    assert UNKNOWN in (await ada.says(QUESTION)).text
    saved = await enters(chair)
    assert "apply by March 4, 2027" in saved.words
    answer = await ada.says(QUESTION)
    assert KNOWN in answer.text
    said = f"{SOURCE} (entered by the chapter's committee on November 23, 2026)"
    assert said in answer.text
    assert (
        "testing from May 3, 2027 to May 28, 2027"
        in (await ada.says("When is the next exam?")).text
    )
    assert "apply by March 4, 2027" in (await ada.runs("status")).text
    dates = (await ada.runs("dates")).text
    assert "March 4, 2027: Last day to apply for Spring 2027" in dates
    assert said in dates


async def test_the_desk_is_told_what_was_changed_and_by_whom(talk: Talk, chair: Person) -> None:
    """Chair and deputy both read what holds now, and after a change what held before."""
    await enters(chair)
    deputy = talk.as_("dev")
    first = await deputy.sees("entered a season")
    assert "Christina Bloom" in first.text and SOURCE in first.text
    modal = await window(deputy)
    answer = await deputy.submits(modal, filled(modal, {"apply_by": "2027-03-11"}))
    preview = Shown(answer["view"])
    assert "Until now: Spring 2027: apply by March 4, 2027" in preview.words
    await deputy.goes_on(preview)
    changed = await chair.sees("changed a season")
    assert "It was: Spring 2027: apply by March 4" in changed.text
    assert "It is now: Spring 2027: apply by March 11" in changed.text


async def test_only_the_desk_enters_seasons(talk: Talk, ada: Person, chair: Person) -> None:
    """A member who tries is told whose it is, after the command and in the conversation alike."""
    assert "entered by the CLM committee chair" in (await ada.runs("season")).text
    typed = await ada.says("season")
    assert "entered by the CLM committee chair" in typed.text and typed.buttons == []
    offered = await chair.says("season")
    assert "Last day to apply" in (await chair.opens("Enter a season", offered)).words


async def test_what_is_wrong_is_said_at_its_field(talk: Talk, chair: Person) -> None:
    """No day, a slip in a year and a wrong order are named where they stand; nothing is kept."""
    found = await errors(chair, {"source": "x"})
    assert found == {"apply_by": "Enter at least a single day, please."}
    found = await errors(chair, {**DAYS, "apply_by": "2025-03-04", "source": "x"})
    assert found == {"apply_by": "March 4, 2025 does not fit Spring 2027. Please check the year."}
    found = await errors(chair, {**DAYS, "test_from": "2027-02-01", "source": "x"})
    assert "cannot be before the last day to apply, March 4, 2027" in found["test_from"]
    assert talk.rows("SELECT * FROM seasons") == []


async def test_going_back_from_the_preview_loses_nothing(talk: Talk, chair: Person) -> None:
    """Closing the preview shows the form again, and nothing was kept."""
    await previews(chair)
    below, top = await chair.modals()
    assert "Save this season?" in top.words and "Where it stands" in below.words
    assert talk.rows("SELECT * FROM seasons") == []


async def test_saving_twice_and_in_two_windows_is_harmless(talk: Talk, chair: Person) -> None:
    """The same season saved again changes nothing; another one is shown as it stands first."""
    deputy = talk.as_("dev")
    mine, theirs = await previews(chair), await previews(deputy, {"apply_by": "2027-03-18"})
    assert (await chair.submits(mine))["response_action"] == "update"
    again = await previews(chair)
    assert "Saved" in (await chair.goes_on(again)).words
    shown = await deputy.goes_on(theirs)
    assert "Somebody changed this season" in shown.words
    assert "Until now: Spring 2027: apply by March 4, 2027" in shown.words
    assert talk.rows("SELECT apply_by, version FROM seasons") == [("2027-03-04", 1)]
    assert "Saved" in (await deputy.goes_on(shown)).words
    assert talk.rows("SELECT apply_by, version FROM seasons") == [("2027-03-18", 2)]
    assert talk.rows("SELECT count(*) FROM season_history") == [(2,)]


async def test_a_member_who_took_the_old_date_is_told_of_the_new_one(
    talk: Talk, ada: Person, chair: Person
) -> None:
    """The same event comes again with the new day, once; whoever did not take it hears nothing."""
    await enters(chair)
    await ada.presses("Add to my calendar", await ada.says("dates"))
    ((text, first),) = await calendars(talk, ada, 1)
    assert "Last day to apply for Spring 2027: March 4, 2027." in text
    await enters(chair, {**DAYS, "apply_by": "2027-03-11"})
    (_, (text, second)) = await calendars(talk, ada, 2)
    assert "it was March 4, 2027, it is now March 11, 2027" in text
    (old,), (new,) = first.walk("VEVENT"), second.walk("VEVENT")
    assert new["uid"] == old["uid"] and (old["sequence"], new["sequence"]) == (0, 1)
    assert new.decoded("dtstart") == date(2027, 3, 11)
    await talk.quiet()
    assert files_of(await talk.as_("ben").messages()) == []


async def test_a_season_taken_out_is_cancelled_in_calendars(
    talk: Talk, ada: Person, chair: Person
) -> None:
    """The chair takes it out after confirming; the answer knows nothing again, and whoever took a
    date of it is told with a cancellation."""
    await enters(chair)
    await ada.presses("Add to my calendar", await ada.runs("dates"), channel="clm")
    await calendars(talk, ada, 1)
    await chair.presses("Take this season out", await window(chair))
    (_, (text, gone_file)) = await calendars(talk, ada, 2)
    assert "no longer holds" in text
    (event,) = gone_file.walk("VEVENT")
    assert (event["status"], event["sequence"]) == ("CANCELLED", 1)
    assert UNKNOWN in (await ada.says(QUESTION)).text
    assert "No coming application or exam date is known" in (await ada.runs("dates")).text


async def test_where_nothing_is_known_dates_says_so(ada: Person, talk: Talk) -> None:
    """The past season of the program file is not shown as coming, and its age is said."""
    shown = await ada.runs("dates")
    assert "No coming application or exam date is known to me" in shown.text
    assert "as of November 23, 2026" in shown.text and "Fall 2024" in shown.text
    assert "Add to my calendar" not in shown.buttons


async def test_home_is_published_anew_for_everybody(talk: Talk, ada: Person, chair: Person) -> None:
    """The Home tab of whoever has met the bot names the new date by itself."""
    await ada.opens_tab("messages")
    await ada.home()
    await enters(chair)

    async def look() -> bool:
        home = (await talk.get("views", user="ada"))["home"]
        return "March 4, 2027" in Shown(home).words

    await talk.until(look, "the new date in Home")


async def test_a_restart_keeps_the_season(tmp_path: Path) -> None:
    """Started again, the bot knows the season from the first question on."""
    async with local_slack() as slack:
        async with talk_on(slack, tmp_path, clock=frozen) as talk:
            await enters(talk.as_("christina"))
        async with talk_on(slack, tmp_path, clock=frozen) as talk:
            assert KNOWN in (await talk.as_("ada").says(QUESTION)).text


async def test_killed_after_saving_the_next_start_has_it(tmp_path: Path) -> None:
    """A kill between keeping a season and using it loses nothing: it is used from the start."""
    year = datetime.now(UTC).year + 1
    async with local_slack() as slack, talk_beside(slack, tmp_path) as talk:
        async with clm_run(slack, tmp_path) as bot:
            assert UNKNOWN in (await talk.as_("ada").says(QUESTION)).text
            assert await bot.ends_by(signal.SIGKILL) == -signal.SIGKILL
        await gone(slack)
        change(
            tmp_path,
            "INSERT INTO seasons VALUES ((SELECT workspace FROM members), "
            f"'Spring {year}', '{year}-03-04', NULL, NULL, 'x', '2026-11-23', 1, 'y', 'z')",
        )
        async with clm_run(slack, tmp_path):
            shown = await talk.as_("ada").says(QUESTION)
            assert f"For Spring {year} the deadline is March 4, {year}." in shown.text
