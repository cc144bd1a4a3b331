"""The windows of the answer bank, used as an editor uses them."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from tests.support.talk import Person, Shown, Stuck, elements, is_button

NOW = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)
SOURCE = "about-this-bot"
QUESTION = "Is there a study buddy program?"
ANSWER = "Yes. The chapter pairs you with somebody who has passed the exam. Ask the chair."
NEW: Mapping[str, Any] = {
    "question": QUESTION,
    "answer": ANSWER,
    "sources": [SOURCE],
    "utterances": "is there a study buddy\nwho will be my study buddy",
}


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self, now: datetime = NOW) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now


async def turns_to(person: Person, button: str, on: Shown, *, value: str = "") -> Shown:
    """Press a button of a window, the one with this value where it says so, and wait until what
    lies on top is drawn anew or lies there newly."""
    before = await _top(person)
    block_id, element = _button(on, button, value)
    action = {"block_id": block_id, "action_id": element["action_id"], "type": "button"}
    if "value" in element:
        action["value"] = element["value"]
    await person.talk.post("interact", user=person.name, view_id=on.raw["id"], action=action)

    async def look() -> Shown | None:
        views = await person.modals()
        if not views or (views[-1].raw["id"], views[-1].raw["hash"]) == before:
            return None
        return views[-1]

    shown: Shown = await person.talk.until(look, f"another window after {button!r}")
    return shown


async def finds(person: Person, words: str = "") -> Shown:
    """`/clm chair bank`, with words to search for."""
    return await person.runs(f"chair bank {words}".strip())


async def opens_entry(person: Person, entry: str) -> Shown:
    """The window of one entry, found by its id."""
    found = await finds(person, entry.replace("-", " "))
    return await turns_to(person, "Open", found, value=entry)


async def settled(person: Person, shown: Shown) -> Shown:
    """What a window turns into, where checking took longer than Slack waits."""

    async def look() -> Shown | None:
        top = (await person.modals())[-1]
        return None if "still checking" in top.words else top

    if "still checking" not in shown.words:
        return shown
    turned: Shown = await person.talk.until(look, "the end of the check")
    return turned


async def refused(person: Person, form: Shown, values: Mapping[str, Any]) -> dict[str, str]:
    """What is said below each field of the form; on a slow machine above it, for all of them."""
    answer = await person.submits(form, values)
    if answer.get("response_action") == "errors":
        errors: dict[str, str] = answer["errors"]
        return errors
    turned = await settled(person, Shown(answer["view"]))
    assert "Please look at this again" in turned.words, turned.words
    return dict.fromkeys(values, turned.words)


async def previews(person: Person, form: Shown, values: Mapping[str, Any]) -> Shown:
    """Fill in the form and look at the preview."""
    return await settled(person, await person.goes_on(form, values))


async def publishes(person: Person, preview: Shown) -> Shown:
    """Publish, and what the window says then, once every answer follows it."""
    shown = await settled(person, await person.goes_on(preview))
    await person.talk.quiet()
    return shown


async def adds(person: Person, values: Mapping[str, Any] = NEW) -> Shown:
    """Add an answer from the list on."""
    form = await turns_to(person, "Add an answer", await finds(person))
    return await publishes(person, await previews(person, form, values))


async def edits(person: Person, entry: str, values: Mapping[str, Any]) -> Shown:
    """Edit an entry from the list on."""
    form = await turns_to(person, "Edit", await opens_entry(person, entry))
    return await publishes(person, await previews(person, form, values))


async def _top(person: Person) -> tuple[str, str]:
    views = await person.modals()
    return (views[-1].raw["id"], views[-1].raw["hash"]) if views else ("", "")


def _button(on: Shown, text: str, value: str) -> tuple[str, dict[str, Any]]:
    for block_id, element in elements(on.raw):
        is_meant = not value or element.get("value", "").partition(":")[0] == value
        if is_button(element) and element["text"]["text"] == text and is_meant:
            return block_id, element
    raise Stuck(f"no button {text!r} {value!r}; there are {on.buttons}")
