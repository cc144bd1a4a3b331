"""The plan: the day to apply on, what is missing for it, and "what if", as a member uses them."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.support.talk import Person, Shown, Talk, elements, local_slack, talk_on, talking
from tests.support.wizard import ADMINISTRATOR, changed, title, walks

SHORT = changed(ADMINISTRATOR, hours_writing="1", hours_technology="0")
NEEDS = "you need: 1 hour in writing skills and 2 hours in information technology."


def later(days: int) -> str:
    """A day so long after today, as Slack writes it."""
    return (datetime.now(UTC).date() + timedelta(days=days)).isoformat()


def long(day: str) -> str:
    """The day as a member reads it."""
    found = date.fromisoformat(day)
    return f"{found:%B} {found.day}, {found.year}"


def day_field(modal: Shown) -> str:
    """The block in which the day stands."""
    return next(b for b, e in elements(modal.raw) if e["type"] == "datepicker")


def picked(modal: Shown) -> str:
    """The day that stands in the field."""
    days = [e["initial_date"] for _, e in elements(modal.raw) if e["type"] == "datepicker"]
    return str(days[0])


async def checks(person: Person, steps: Any = SHORT) -> None:
    """Go through the whole check, and close its window."""
    await walks(person, await person.runs("check"), steps)
    await person.sees("Where you stand")


async def plans(person: Person, day: str) -> Shown:
    """Choose a day by `/clm plan`."""
    modal = await person.runs("plan")
    return await person.goes_on(modal, {day_field(modal): day})


async def test_a_chosen_day_shows_in_window_status_and_home(ada: Person) -> None:
    """The same sentence on what is missing by the day stands in all three places."""
    await checks(ada)
    day = later(200)
    saved = await plans(ada, day)
    assert title(saved) == "Your plan"
    status, home = await ada.runs("status"), await ada.home()
    for shown in (saved, status, home):
        assert f"If you apply by {long(day)} {NEEDS}" in shown.words
        assert "Writing skills: 1 of 2 h, 1 h missing" in shown.words
        assert "All categories together: 7 of 10 h, 3 h missing" in shown.words
    assert "■" not in status.text
    assert "Information technology: 0 of 2 h, 2 h missing" in status.text


async def test_a_number_in_words_stands_beside_every_bar(ada: Person) -> None:
    """A bar alone says nothing that is not said in words right beside it."""
    await checks(ada)
    home = await ada.home()
    lines = [line for line in home.words.splitlines() if line[:1] in ("■", "□")]
    assert len(lines) == 6
    for line in lines:
        bar, _, said = line.partition(" ")
        assert set(bar) <= {"■", "□"}
        assert " h" in said
    assert lines[0].startswith("■■■■■□□□□□ Writing skills: 1 of 2 h")


async def test_the_verdict_of_the_check_shows_the_hours(ada: Person) -> None:
    """The window in which the check ends says what is missing, as the status does."""
    verdict = await walks(ada, await ada.runs("check"), SHORT)
    assert f"If you apply today {NEEDS}" in verdict.words
    status = await ada.runs("status")
    assert f"If you apply today {NEEDS}" in status.text


async def test_complete_hours_are_said_to_appear_complete(ada: Person) -> None:
    """Nothing missing is said with care, since ALA decides."""
    await checks(ada, ADMINISTRATOR)
    assert "your education hours appear to be complete" in (await ada.runs("status")).text


async def test_hours_that_are_too_old_by_then_are_named(ada: Person) -> None:
    """Sums told today no longer count for a day after the window, and the member is told why."""
    await checks(ada, ADMINISTRATOR)
    saved = await plans(ada, later(800))
    assert "These hours will no longer count by then:" in saved.words
    assert "what you told as a sum on" in saved.words
    assert "will drop out of the window on" in saved.words
    assert "too long ago to count for that day" in (await ada.runs("status")).text
    assert "Writing skills: 0 of 2 h, 2 h missing" in saved.words


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        (later(-1), "This day is over. Choose today or a later day."),
        ("1999-12-31", "This day is over. Choose today or a later day."),
        ("9999-12-31", "This is too far ahead to say anything. Please check the year."),
    ],
)
async def test_a_day_that_will_not_do_is_refused_at_its_field(
    ada: Person, day: str, sentence: str
) -> None:
    """The sentence stands at the field, the window stays, and the next try goes through."""
    modal = await ada.runs("plan")
    field = day_field(modal)
    refused = await ada.submits(modal, {field: day})
    assert refused["errors"] == {field: sentence}
    assert title(await ada.goes_on(modal, {field: later(30)})) == "Your plan"


@pytest.mark.parametrize("word", ["plan", "what if", "What-if?"])
async def test_the_word_typed_in_the_dm_brings_the_plan_and_its_window(
    ada: Person, word: str
) -> None:
    """`plan` in the direct conversation answers with a button, as no window can open from it."""
    shown = await ada.says(word)
    assert "When I apply" in shown.text
    assert "You have not told me of any education hours yet" in shown.text
    assert title(await ada.opens("Choose my day", shown)) == "When I apply"
    assert title(await ada.opens("What if?", shown)) == "What if?"


async def test_another_role_stands_beside_ones_own(ada: Person) -> None:
    """The what-if shows both columns and in words, and keeps nothing."""
    await checks(ada, ADMINISTRATOR)
    modal = await ada.opens("What if?", await ada.home())
    shown = await ada.goes_on(modal, {"role": "functional_specialist"})
    assert "Today, as: Principal administrator" in shown.words
    assert "Today, as: Functional specialist" in shown.words
    assert "Not asked for" in shown.words
    assert "0 of 15 h, 15 h missing" in shown.words
    assert "Your plan: If you apply today, your education hours appear to be complete." in (
        shown.words
    )
    assert "Beside it: If you apply today you need: 15 hours in" in shown.words
    assert "Make this day my plan" not in shown.buttons
    assert "as: Functional" not in (await ada.home()).words


async def test_another_day_can_be_made_the_plan(talk: Talk, ada: Person) -> None:
    """Comparing keeps nothing until "Make this day my plan" is pressed; then Home follows."""
    await checks(ada)
    modal = await ada.opens("What if?", await ada.home())
    day = later(90)
    shown = await ada.goes_on(modal, {day_field(modal): day})
    assert f"Beside it: If you apply by {long(day)} {NEEDS}" in shown.words
    assert talk.rows("SELECT * FROM plans") == []
    await ada.presses("Make this day my plan", shown)

    async def look() -> bool:
        return title((await ada.modals())[-1]) == "Your plan"

    await talk.until(look, "the saved plan")
    assert talk.rows("SELECT apply_on FROM plans") == [(day,)]
    await talk.quiet()
    home = Shown((await talk.get("views", user="ada"))["home"])
    assert f"You plan to apply by {long(day)}." in home.words


async def test_what_if_opens_over_the_window_of_the_plan(ada: Person) -> None:
    """From the window to choose the day one can try another, and comes back to it."""
    modal = await ada.runs("plan")
    over = await ada.opens("What if?", modal)
    assert title(over) == "What if?"
    assert [title(view) for view in await ada.modals()] == ["When I apply", "What if?"]


async def test_the_plan_survives_a_restart(tmp_path: Path) -> None:
    """A window opened before a restart is taken after it, and the plan stays."""
    async with local_slack() as slack:
        async with talk_on(slack, tmp_path) as talk:
            await checks(talk.as_("ada"))
            modal = await talk.as_("ada").runs("plan")
        async with talk_on(slack, tmp_path) as talk:
            ada = talk.as_("ada")
            await ada.goes_on(modal, {day_field(modal): later(60)})
        async with talk_on(slack, tmp_path) as talk:
            status = await talk.as_("ada").runs("status")
            assert f"If you apply by {long(later(60))} {NEEDS}" in status.text


async def test_a_known_season_can_be_picked_and_is_the_first_choice(tmp_path: Path) -> None:
    """Where a coming season is known its last day is where one stands, and fills the field."""
    async with talking(tmp_path, clock=lambda: datetime(2024, 7, 15, 12, 0, tzinfo=UTC)) as talk:
        ada = talk.as_("ada")
        await checks(ada)
        status = await ada.runs("status")
        assert "Drawn for September 5, 2024, the last day to apply for Fall 2024." in status.text
        await plans(ada, "2024-08-01")
        modal = await ada.runs("plan")
        assert picked(modal) == "2024-08-01"
        block = next(b for b, e in elements(modal.raw) if e["type"] == "static_select")
        redrawn = await ada.chooses(modal, block, "2024-09-05")
        assert picked(redrawn) == "2024-09-05"
        saved = await ada.goes_on(redrawn)
        assert (
            "You plan to apply by September 5, 2024, the last day to apply for Fall 2024."
            in saved.words
        )


async def test_without_a_known_season_none_is_made_up(ada: Person) -> None:
    """Nothing is extrapolated: the window says that no date is known, and offers any day."""
    modal = await ada.runs("plan")
    assert "No coming application date is known to me" in modal.words
    assert [e["type"] for _, e in elements(modal.raw)].count("static_select") == 0


async def test_nobody_sees_anothers_plan(talk: Talk, ada: Person) -> None:
    """A plan stands in nobody else's status."""
    await plans(ada, later(70))
    assert long(later(70)) not in (await talk.as_("ben").runs("status")).words
