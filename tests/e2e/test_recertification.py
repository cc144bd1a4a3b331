"""Keeping the CLM on the playground: saying that one holds it, the pace, and changes of mind."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.domain.recertification_telling import Said
from bot.services import recertification, reminders
from handlers.slack.ids import member_ref, workspace_of
from tests.support.talk import Person, Shown, Talk, elements, local_slack, talk_on, talking

NOW = datetime(2026, 11, 23, 18, 0, tzinfo=UTC)
SPRING = {"status": "holds", "season": "spring", "year": "2025"}
CYCLE = "hours from July 1, 2025 to June 30, 2028 count"
COURSE = {
    "day": "November 3, 2026",
    "title": "Budgets",
    "amount": "2",
    "category": "none",
    "kind": "live",
    "subject": "financial_management",
}


class Clock:
    """A clock that is moved by hand."""

    now = NOW

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def talk(tmp_path: Path, clock: Clock) -> AsyncIterator[Talk]:
    async with talking(tmp_path, clock=clock) as opened:
        yield opened


@pytest.fixture
async def ada(talk: Talk) -> Person:
    return talk.as_("ada")


async def tells(person: Person, **said: Any) -> Shown:
    """Say by `/clm recert` that one holds the CLM, the first time."""
    return await person.goes_on(await person.runs("recert"), said)


async def in_home(person: Person, text: str) -> Shown:
    """The Home tab once everything is done."""
    await person.talk.quiet()
    home = await person.home()
    assert text in home.words, home.words
    return home


def fields(modal: Shown) -> dict[str, Any]:
    """What stands in the fields of the window."""
    found: dict[str, Any] = {}
    for block_id, element in elements(modal.raw):
        option = element.get("initial_option")
        given = element.get("initial_value") or element.get("initial_date")
        found[block_id] = option["value"] if option else given
    return found


async def test_a_holder_says_so_and_sees_the_cycle_and_the_pace(ada: Person) -> None:
    """From the season the cycle of now is worked out, shown with its doubt, and kept."""
    kept = await tells(ada, **SPRING)
    assert f"You passed in spring 2025, so {CYCLE}" in kept.words
    assert "check yours with ALA" in kept.words
    assert "36 hours still to earn" in kept.words
    assert "Financial management: 0 of 3 hours, 3 missing" in kept.words
    assert "Applications after that day are not accepted" in kept.words


async def test_hours_are_added_right_from_the_window_that_tells_the_pace(ada: Person) -> None:
    """A holder goes on to their first course, which is filled in as not meant for applying."""
    kept = await tells(ada, **SPRING)
    before = kept.raw["hash"]
    await ada.presses("Add hours", kept)

    async def form() -> Shown | None:
        (top,) = await ada.modals()
        return top if top.raw["hash"] != before else None

    modal = await ada.talk.until(form, "the form")
    assert fields(modal)["category"] == "none"
    course = {key: value for key, value in COURSE.items() if key != "category"}
    saved = await ada.goes_on(modal, course)
    assert "For keeping the CLM: Counts: 2 hours toward financial management." in saved.words
    assert fields(await ada.runs("hours"))["category"] == "none"
    assert fields(await ada.runs("log 2 h writing skills today"))["category"] == "writing"


async def test_who_keeps_no_cycle_has_no_category_chosen_for_them(ada: Person) -> None:
    """Neither a candidate nor a retired holder finds a category that they did not choose."""
    assert fields(await ada.runs("hours"))["category"] is None
    retired = await tells(ada, status="retired")
    assert retired.buttons == []
    assert fields(await ada.runs("hours"))["category"] is None


async def test_status_home_and_the_typed_word_tell_the_same(ada: Person) -> None:
    """A holder sees the pace in place of what an application lacks, the same everywhere."""
    await tells(ada, **SPRING)
    home = await in_home(ada, CYCLE)
    status, typed, asked = (
        await ada.runs("status"),
        await ada.says("recert"),
        await ada.runs("recert"),
    )
    for shown in (home, status, typed, asked):
        assert "16 hours behind: 36 hours still to earn" in shown.words
        assert "Add hours" in shown.buttons
    assert "Start the check" not in home.buttons
    assert "■" not in typed.text
    assert "$189 for recertifying" in typed.text
    assert "CLM (Ret.)" in typed.text


async def test_hours_in_the_ledger_move_the_pace(talk: Talk, ada: Person) -> None:
    """A course with a recertification subject counts at once, in the Home tab too."""
    await tells(ada, **SPRING)
    modal = await ada.opens("Add hours", await ada.runs("recert"))
    saved = await ada.goes_on(modal, COURSE)
    assert "For keeping the CLM: Counts: 2 hours toward financial management." in saved.words
    await in_home(ada, "Financial management: 2 of 3 hours, 1 missing")
    assert "All subjects together: 2 of 36 hours, 34 missing" in (await ada.says("recert")).text


@pytest.mark.parametrize(
    ("said", "field", "sentence"),
    [
        ({"status": "holds"}, "season", "Choose the season and year"),
        ({"status": "holds", "season": "fall"}, "year", "Write the year too."),
        ({"status": "holds", "year": "2025"}, "season", "Choose the season too."),
        ({**SPRING, "year": "last"}, "year", "I can't read this as a year."),
        ({**SPRING, "year": "25"}, "year", "I can't read this as a year."),
        ({**SPRING, "year": "2027"}, "year", "This year has not begun yet."),
        ({**SPRING, "year": "1905"}, "year", "This is too long ago."),
        ({"status": "holds", "ends": "2026-11-22"}, "ends", "This day has passed."),
        ({"status": "holds", "ends": "2036-06-30"}, "ends", "This is further ahead"),
        ({**SPRING, "ends": "2027-06-30"}, "ends", "another day comes out"),
    ],
)
async def test_what_does_not_fit_is_told_at_its_field(
    talk: Talk, ada: Person, said: dict[str, Any], field: str, sentence: str
) -> None:
    """A slip is told at the field where it was made, and nothing is kept of it."""
    answer = await ada.submits(await ada.runs("recert"), said)
    assert answer["response_action"] == "errors"
    assert list(answer["errors"]) == [field]
    assert sentence in answer["errors"][field]
    assert talk.rows("SELECT * FROM holders") == []


async def test_a_day_of_ones_own_counts_as_told(ada: Person) -> None:
    """Who knows the day from ALA gives it, and is measured by it."""
    kept = await tells(ada, status="holds", ends="2027-06-30")
    assert "By the day that you told me, hours from July 1, 2024 to June 30, 2027" in kept.words


async def test_the_last_day_itself_is_still_taken(ada: Person) -> None:
    """On the anniversary the window still takes that day, and says that it is today."""
    kept = await tells(ada, status="holds", ends="2026-11-23")
    assert "Next date: November 23, 2026, today." in kept.words


async def test_a_change_of_mind_takes_the_place_of_what_was_told(talk: Talk, ada: Person) -> None:
    """The window comes filled in; retiring keeps no pace, and giving it up brings the check."""
    await tells(ada, **SPRING)
    modal = await ada.opens("Change my cycle", await ada.runs("recert"))
    assert fields(modal) == {"status": "holds", "season": "spring", "year": "2025", "ends": None}
    retired = await ada.goes_on(modal, {"status": "retired"})
    assert "so I keep no pace for you" in retired.words
    assert "less than 25% of their income" in retired.words
    await in_home(ada, "so I keep no pace for you")
    modal = await ada.opens("Change my cycle", await ada.runs("recert"))
    assert fields(modal)["status"] == "retired"
    gone = await ada.goes_on(modal, {"status": "none"})
    assert "your hours stay in your ledger" in gone.words
    assert talk.rows("SELECT * FROM holders") == []
    await in_home(ada, "You have not gone through the requirements with me yet.")


async def test_the_same_twice_and_at_once_is_harmless(
    talk: Talk, ada: Person, clock: Clock
) -> None:
    """Two windows sent at once keep one of both, whole; the same again changes nothing."""
    await tells(ada, **SPRING)
    ((member,),) = talk.rows("SELECT member FROM holders")
    here = workspace_of({"team_id": "T0CHAPTER"})
    await asyncio.gather(
        *(
            talk.runtime.run(recertification.hold, here, member, Said("holds", season, "2025"))
            for season in ("spring", "fall", "fall")
        )
    )
    kept = talk.rows("SELECT * FROM holders")
    assert [row[2:4] for row in kept] == [("fall 2025", "2028-11-30")]
    clock.now += timedelta(minutes=1)
    modal = await ada.opens("Change my cycle", await ada.runs("recert"))
    await ada.goes_on(modal, {**SPRING, "season": "fall"})
    assert talk.rows("SELECT * FROM holders") == kept


async def test_one_members_cycle_is_nobody_elses(talk: Talk, ada: Person) -> None:
    """What one member says of their CLM shows for nobody else."""
    await tells(ada, **SPRING)
    heard = await talk.as_("ben").says("recert")
    assert "You have not told me that you hold the CLM." in heard.text
    assert CYCLE not in (await talk.as_("ben").home()).words


async def test_who_has_said_nothing_finds_the_window_and_the_answer(ada: Person) -> None:
    """The typed word offers the window and the written answer on recertification."""
    heard = await ada.says("recertification")
    assert heard.buttons == ["I hold the CLM", "How recertification works"]
    modal = await ada.opens("I hold the CLM", heard)
    assert fields(modal)["status"] == "holds"
    answer = await ada.presses_for("How recertification works", heard)
    assert "with 36 hours of education in that time" in answer.text


async def test_after_the_anniversary_the_next_cycle_is_asked_for(
    talk: Talk, ada: Person, clock: Clock
) -> None:
    """A cycle that is over is never carried on unasked: the member says if it was renewed."""
    await tells(ada, **SPRING)
    clock.now = datetime(2028, 7, 1, 18, 0, tzinfo=UTC)
    shown = await ada.runs("recert")
    assert "This cycle ended on June 30, 2028." in shown.words
    assert shown.buttons == ["Tell me my new cycle"]
    modal = await ada.opens("Tell me my new cycle", shown)
    kept = await ada.goes_on(modal, SPRING)
    assert "hours from July 1, 2028 to June 30, 2031 count" in kept.words


async def test_a_restart_between_opening_and_sending_loses_nothing(tmp_path: Path) -> None:
    """A window opened before the bot restarted is kept when it is sent, and so is the cycle."""
    clock = Clock()
    async with local_slack() as slack:
        async with talk_on(slack, tmp_path, clock=clock) as talk:
            modal = await talk.as_("ada").runs("recert")
        async with talk_on(slack, tmp_path, clock=clock) as talk:
            await talk.as_("ada").goes_on(modal, SPRING)
        clock.now += timedelta(minutes=1)
        async with talk_on(slack, tmp_path, clock=clock) as talk:
            assert CYCLE in (await talk.as_("ada").runs("recert")).words


async def test_the_anniversary_is_reminded_of_and_follows_the_cycle(
    talk: Talk, ada: Person
) -> None:
    """Who wants reminders gets them for the anniversary, and for no day that holds no more."""
    await ada.says("recert")
    here = workspace_of({"team_id": "T0CHAPTER"})
    await talk.runtime.run(reminders.turn_on, here, member_ref(here, "U0ADA"), "America/Chicago")
    planned = "SELECT DISTINCT subject, day FROM reminders WHERE state = 'planned'"
    await tells(ada, **SPRING)
    assert talk.rows(planned) == [("anniversary", "2028-06-30")]
    modal = await ada.opens("Change my cycle", await ada.runs("recert"))
    await ada.goes_on(modal, {**SPRING, "season": "fall"})
    assert talk.rows(planned) == [("anniversary", "2028-11-30")]
    modal = await ada.opens("Change my cycle", await ada.runs("recert"))
    await ada.goes_on(modal, {"status": "none"})
    assert talk.rows(planned) == []
