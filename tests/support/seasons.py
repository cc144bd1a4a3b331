"""What the tests of seasons and dates share: a clock, the chair's window, and calendar files."""

from collections.abc import Mapping
from datetime import UTC, date, datetime

from icalendar import Calendar

from bot.domain.seasons import SeasonDraft
from tests.support.talk import Json, Person, Shown, Talk, elements

NOW = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)
NAME = "Spring 2027"
SOURCE = "ALA's message of 3 November"
DRAFT = SeasonDraft(NAME, date(2027, 3, 4), date(2027, 5, 3), date(2027, 5, 28), "ALA's page")
DAYS = {"apply_by": "2027-03-04", "test_from": "2027-05-03", "test_to": "2027-05-28"}


def frozen() -> datetime:
    """The day on which these tests play."""
    return NOW


def filled(modal: Shown, values: Mapping[str, str]) -> dict[str, str]:
    """The values by the fields of the window as it stands."""
    ids = {block_id.partition(":")[0]: block_id for block_id, _ in elements(modal.raw)}
    return {ids[field]: value for field, value in values.items()}


async def window(chair: Person, name: str = NAME) -> Shown:
    """`/clm season` with a season chosen."""
    modal = await chair.runs("season")
    return await chair.chooses(modal, "season", name)


async def previews(chair: Person, values: Mapping[str, str] | None = None) -> Shown:
    """Fill the window in and look at the preview over it."""
    modal = await window(chair)
    given = {"source": SOURCE, **(DAYS if values is None else values)}
    answer = await chair.submits(modal, filled(modal, given))
    assert answer.get("response_action") == "push", answer
    return Shown(answer["view"])


async def enters(chair: Person, values: Mapping[str, str] | None = None) -> Shown:
    """Enter Spring 2027; what the window says then, once the bot has taken it up."""
    saved = await chair.goes_on(await previews(chair, values))
    await chair.talk.quiet()
    return saved


def files_of(messages: list[Shown]) -> list[tuple[Shown, Json]]:
    """Every file that stands in a conversation, with its message."""
    return [(m, file) for m in messages for file in m.raw.get("files") or ()]


async def calendars(talk: Talk, person: Person, least: int) -> list[tuple[str, Calendar]]:
    """The calendar files in somebody's conversation, once there are so many, with their text."""

    async def look() -> list[tuple[Shown, Json]]:
        found = files_of(await person.messages())
        return found if len(found) >= least else []

    found = await talk.until(look, f"{least} calendar files")
    return [(m.text, Calendar.from_ical(await _content(talk, file))) for m, file in found]


async def _content(talk: Talk, file: Json) -> bytes:
    async with talk._http.get(file["url_private"]) as answer:
        assert answer.status == 200
        return await answer.read()
