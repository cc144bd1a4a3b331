"""Home as a dashboard on the playground: it follows every change, and its buttons work."""

from pathlib import Path

from tests.support.talk import Person, Shown, Talk, local_slack, talk_on
from tests.support.wizard import ADMINISTRATOR, changed, walks

COURSE = {
    "day": "yesterday",
    "title": "Plain English for lawyers",
    "amount": "1",
    "category": "writing",
    "kind": "live",
}
SHORT = changed(ADMINISTRATOR, hours_writing="1")


async def now_at_home(talk: Talk, name: str, text: str) -> Shown:
    """Wait until the Home tab that stands open shows something, without opening it again."""

    async def look() -> Shown | None:
        home = Shown((await talk.get("views", user=name))["home"])
        return home if text in home.words else None

    shown: Shown = await talk.until(look, f"{text!r} in the Home tab of {name}")
    return shown


async def told_in_the_check(person: Person) -> None:
    """A check that lacks an hour of writing, and its window done."""
    await walks(person, await person.runs("check"), SHORT)
    await person.sees("Where you stand")


async def test_a_course_entered_from_home_moves_the_bar(talk: Talk, ada: Person) -> None:
    """The course that was missing closes the gap in the Home tab that stands open."""
    await told_in_the_check(ada)
    home = await ada.home()
    assert "Writing skills: 1 of 2 h, 1 h missing" in home.words
    await ada.goes_on(await ada.opens("Enter a course", home), COURSE)
    home = await now_at_home(talk, "ada", "Plain English for lawyers")
    assert "Writing skills: 2 h, 2 h needed: met" in home.words
    assert "your education hours appear to be complete" in home.words
    assert "you appear to meet the requirements" in home.words


async def test_sums_are_taken_out_from_home(talk: Talk, ada: Person) -> None:
    """Beside a course the sums can be taken out, so that the same hours do not count twice."""
    await told_in_the_check(ada)
    await ada.goes_on(await ada.runs("hours"), COURSE)
    home = await now_at_home(talk, "ada", "If they are the same hours, take the sums out")
    await ada.presses("Take the sums out", home)
    home = await now_at_home(talk, "ada", "All categories together: 1 of 10 h, 9 h missing")
    assert "Told in the check" not in home.words
    assert "Take the sums out" not in home.buttons
    status = await ada.runs("status")
    assert "Writing skills: 1 of 2 h, 1 h missing" in status.text
    assert "Experience" not in status.text.partition("Still open")[2].partition("\n\n")[0]


async def test_sums_are_taken_out_from_the_status(talk: Talk, ada: Person) -> None:
    """Pressed in the status, the button redraws it in place."""
    await told_in_the_check(ada)
    await ada.goes_on(await ada.runs("hours"), COURSE)
    await ada.presses("Take the sums out", await ada.runs("status"))
    shown = await ada.sees("All categories together: 1 of 10 h, 9 h missing", "clm")
    assert "Take the sums out" not in shown.buttons


async def test_courses_alone_show_the_hours_before_any_check(talk: Talk, ada: Person) -> None:
    """Who enters a course first sees its hours, and is offered the check as the next step."""
    await ada.home()
    await ada.goes_on(await ada.runs("hours"), COURSE)
    home = await now_at_home(talk, "ada", "Writing skills: 1 of 2 h, 1 h missing")
    assert "You have not gone through the requirements with me yet" in home.words
    assert "Start the check" in home.buttons
    assert "appear to meet" not in home.words


async def test_home_and_status_say_the_same(talk: Talk, ada: Person) -> None:
    """Each paragraph on the hours stands in both, word by word."""
    await told_in_the_check(ada)
    await ada.goes_on(await ada.runs("hours"), {**COURSE, "category": "technology"})
    home = await now_at_home(talk, "ada", "Plain English for lawyers")
    status = await ada.runs("status")
    start = status.text.index("If you apply")
    lines = status.text[start : status.text.index("Next dates")].split("\n")
    said = [line.removeprefix("- ") for line in lines if line]
    assert len(said) > 8
    assert [line for line in said if line not in home.words] == []


async def test_home_is_drawn_after_a_restart(tmp_path: Path) -> None:
    """What was told and entered before a restart is in the Home tab after it."""
    async with local_slack() as slack:
        async with talk_on(slack, tmp_path) as talk:
            await told_in_the_check(talk.as_("ada"))
            await talk.as_("ada").goes_on(await talk.as_("ada").runs("hours"), COURSE)
        async with talk_on(slack, tmp_path) as talk:
            home = await talk.as_("ada").home()
            assert "Writing skills: 2 h, 2 h needed: met" in home.words
            assert "Plain English for lawyers" in home.words


async def test_the_buttons_of_home_open_what_they_say(talk: Talk, ada: Person) -> None:
    """Each further button of the dashboard leads to its window or message."""
    await told_in_the_check(ada)
    await ada.goes_on(await ada.runs("hours"), COURSE)
    home = await now_at_home(talk, "ada", "Plain English for lawyers")
    for button, expected in (
        ("Choose my day", "When I apply"),
        ("What if?", "What if?"),
        ("Show all", "Plain English for lawyers"),
    ):
        assert expected in (await ada.opens(button, home)).words
    for button, expected in (
        ("My data", "What I keep about you"),
        ("All dates", "No coming application or exam date is known"),
    ):
        await ada.presses(button, home)
        assert await ada.sees(expected)
    await ada.presses("Turn reminders on", home)
    assert "Turn reminders off" in (await now_at_home(talk, "ada", "Turn reminders off")).buttons
