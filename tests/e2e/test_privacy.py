"""Erasing one's data: asked for, confirmed, and really gone."""

import asyncio
from pathlib import Path

import pytest

from tests.support.talk import Person, Shown, Talk, talking
from tests.support.wizard import ADMINISTRATOR, walks

QUESTION = "How many education hours do I need before applying?"
PRIVATE = "which bus goes to the stadium on saturday"
NOTE = "My present firm must not hear of this."

WAYS = {
    "Home": "Erase my data",
    "DM": "delete my data",
    "/clm": "delete my data",
    "page": "privacy",
}


async def leaves_traces(talk: Talk, person: Person) -> None:
    """Do everything that leaves a row: ask, vote, check twice, hand over, open the tabs."""
    await person.opens_tab("messages")
    answer = await person.says(QUESTION)
    await person.presses("Yes", answer)
    for word in ("privacy", "plan", "hours", "reminders", "dates", "recert", "export"):
        await person.says(word)
    unknown = await person.says(PRIVATE)
    await person.writes(f"@clm {QUESTION}", channel="clm")
    public = await person.sees("10 hours", channel="clm")
    await talk.as_("ben").presses("No", public)
    await person.runs(PRIVATE)
    window = await person.opens("Talk to the chair", unknown)
    await person.submits(window, {"note": NOTE})
    await person.sees("Your request no.")
    await talk.post("close", user=person.name, all=True)
    await walks(person, await person.runs("check"), ADMINISTRATOR)
    await talk.post("close", user=person.name)
    await walks(person, await person.runs("check"), ADMINISTRATOR[:2])
    await talk.post("close", user=person.name)
    await person.home()
    await talk.quiet()


def rows_about(talk: Talk, *marks: str) -> list[str]:
    """Every row of every table in which one of the marks stands, as "table: row"."""
    tables = talk.rows("SELECT name FROM sqlite_master WHERE type = 'table'")
    found = []
    for (table,) in tables:
        for row in talk.rows(f"SELECT * FROM [{table}]"):
            text = repr(row)
            if any(mark.casefold() in text.casefold() for mark in marks):
                found.append(f"{table}: {text}")
    return found


ADAS = ("U0ADA", "D0ADA", "Ada Okafor", QUESTION, PRIVATE, NOTE)


def marks_in_files(folder: Path) -> list[str]:
    """Which marks stand in the bytes of any file of a folder."""
    held = b"".join(path.read_bytes() for path in folder.iterdir() if path.is_file())
    return [mark for mark in ADAS if mark.encode() in held]


async def asks_to_erase(person: Person, way: str) -> Shown:
    """Ask for it in one of the three ways; what asks back."""
    if way == "Home":
        return await person.opens("Erase my data", await person.home())
    if way == "DM":
        return await person.opens("Erase my data", await person.says("delete my data"))
    if way == "page":
        return await person.opens("Erase my data", await person.runs("privacy"))
    return await person.runs("delete my data")


async def confirms(person: Person, asked: Shown) -> None:
    """Say yes in both steps."""
    really = await person.goes_on(asked)
    assert "Really erase all of it?" in really.words
    shown = await person.goes_on(really, {"word": "erase"})
    assert "I no longer keep anything about you" in shown.words


@pytest.mark.parametrize("way", WAYS)
async def test_erasing_removes_every_row_that_mentions_the_member(
    talk: Talk, ada: Person, way: str
) -> None:
    """After the confirmation no table holds the member's id, conversation, name or words."""
    await leaves_traces(talk, ada)
    assert {row.split(":")[0] for row in rows_about(talk, *ADAS)} >= {
        "members", "turns", "votes", "drafts", "profiles", "tickets", "receipts",
    }  # fmt: skip
    await confirms(ada, await asks_to_erase(ada, way))
    await talk.quiet()
    assert rows_about(talk, *ADAS) == []
    home = await ada.home()
    assert "You have not gone through the requirements" in home.words
    assert "You have no open request" in home.words
    assert rows_about(talk, *ADAS) == []


async def test_others_keep_theirs(talk: Talk, ada: Person) -> None:
    """One member's erasure takes nothing of anybody else's."""
    ben = talk.as_("ben")
    await ben.says(QUESTION)
    await walks(ben, await ben.runs("check"), ADMINISTRATOR)
    await talk.quiet()
    before = rows_about(talk, "U0BEN")
    await leaves_traces(talk, ada)
    await confirms(ada, await asks_to_erase(ada, "Home"))
    await talk.quiet()
    after = rows_about(talk, "U0BEN")
    assert [row for row in before if row not in after] == []
    assert "appear to meet" in (await ben.home()).words


@pytest.mark.parametrize("way", WAYS)
async def test_nothing_is_erased_without_the_confirmation(
    talk: Talk, ada: Person, way: str
) -> None:
    """Asking alone, or closing either step, erases nothing."""
    await leaves_traces(talk, ada)
    before = [row for row in rows_about(talk, *ADAS) if not row.startswith(("inbox", "members"))]
    asked = await asks_to_erase(ada, way)
    assert "This erases everything I keep about you" in asked.words
    await ada.goes_on(asked)
    await talk.post("close", user="ada")
    await talk.quiet()
    after = rows_about(talk, *ADAS)
    assert [row for row in before if row not in after] == []
    assert "stopped at" in (await ada.home()).words


async def test_home_is_updated_at_once(talk: Talk, ada: Person) -> None:
    """A Home tab that stands open forgets the verdict by itself."""
    await walks(ada, await ada.runs("check"), ADMINISTRATOR)
    await talk.post("close", user="ada")
    home = await ada.home()
    assert "appear to meet" in home.words
    await confirms(ada, await ada.opens("Erase my data", home))

    async def look() -> bool:
        shown = (await talk.get("views", user="ada"))["home"]
        return "You have not gone through the requirements" in str(shown)

    assert await talk.until(look, "the empty Home tab")


async def test_life_goes_on_after_an_erasure(talk: Talk, ada: Person) -> None:
    """A question asked afterwards is answered below it, as a new message, and so is the next."""
    first = await ada.says(QUESTION)
    await confirms(ada, await ada.opens("Erase my data", await ada.home()))
    await talk.quiet()
    again = await ada.says(QUESTION)
    assert again.ts > first.ts
    assert "10 hours" in again.text
    await ada.presses("Yes", again)
    await ada.sees("Thank you, noted")


async def test_buttons_from_before_the_erasure_say_that_they_are_old(
    talk: Talk, ada: Person
) -> None:
    """A vote on an answer that is no longer kept is not counted for another one."""
    first = await ada.says(QUESTION)
    await confirms(ada, await ada.opens("Erase my data", await ada.home()))
    await talk.quiet()
    await ada.says(PRIVATE)
    await ada.presses("Yes", first)
    assert await ada.sees("That button belongs to an older message")
    assert talk.rows("SELECT * FROM votes") == []


async def test_erasing_twice_is_harmless(talk: Talk, ada: Person) -> None:
    """Two quick clicks on "Erase everything" erase once, and nothing goes wrong."""
    await ada.says(QUESTION)
    window = await ada.goes_on(await ada.opens("Erase my data", await ada.home()))
    answers = await asyncio.gather(*(ada.submits(window, {"word": "erase"}) for _ in range(2)))
    assert [answer["response_action"] for answer in answers] == ["update", "update"]
    assert rows_about(talk, QUESTION) == []


async def test_what_was_erased_stays_erased_after_a_restart(tmp_path: Path) -> None:
    """Nothing comes back when the bot starts anew, and no byte of it is left in the file."""
    async with talking(tmp_path) as talk:
        ada = talk.as_("ada")
        await leaves_traces(talk, ada)
        await confirms(ada, await asks_to_erase(ada, "Home"))
        await talk.quiet()
    assert marks_in_files(tmp_path) == []
    async with talking(tmp_path) as talk:
        assert rows_about(talk, *ADAS) == []
        assert "You have not gone through" in (await talk.as_("ada").runs("status")).words


async def test_no_byte_of_it_is_left_while_the_bot_runs_on(talk: Talk, ada: Person) -> None:
    """What was erased is gone from the database's log too, and not only once the bot ends."""
    await leaves_traces(talk, ada)
    folder = talk.runtime.database.parent
    assert set(marks_in_files(folder)) > {"U0ADA", QUESTION, NOTE}
    await confirms(ada, await asks_to_erase(ada, "page"))

    async def is_empty() -> bool:
        return "stopped at" not in str((await talk.get("views", user="ada"))["home"])

    await talk.until(is_empty, "the empty Home tab")
    await talk.quiet()

    async def look() -> bool:
        return marks_in_files(folder) == []

    assert await talk.until(look, "the end of every trace")


async def test_the_empty_home_names_nobody_in_the_log(talk: Talk, ada: Person) -> None:
    """Publishing the empty Home after an erasure leaves no trace of whose it is either."""
    await walks(ada, await ada.runs("check"), ADMINISTRATOR)
    await talk.post("close", user="ada")
    asked = await ada.opens("Erase my data", await ada.home())
    before = len(await talk.calls("views.publish"))
    await confirms(ada, asked)

    async def is_published() -> bool:
        return len(await talk.calls("views.publish")) > before

    await talk.until(is_published, "the empty Home tab")
    await talk.quiet()

    async def look() -> bool:
        return marks_in_files(talk.runtime.database.parent) == []

    assert await talk.until(look, "the end of every trace")


async def test_no_byte_is_left_of_a_question_that_is_not_to_be_kept(
    talk: Talk, ada: Person
) -> None:
    """ "Don't keep it" is as thorough: the wording is in no file of the bot's any more."""
    unknown = await ada.says(PRIVATE)
    folder = talk.runtime.database.parent
    assert PRIVATE in marks_in_files(folder)
    await ada.presses("Don't keep it", unknown)

    async def look() -> bool:
        return PRIVATE not in marks_in_files(folder)

    assert await talk.until(look, "the end of every trace")
