"""Hand-offs in a conversation: what each test of them does first."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from bot.cli.running import demo_places
from bot.content import ContentPlaces
from tests.support.talk import Json, Person, Shown, Stuck, Talk, elements


@dataclass(frozen=True, slots=True)
class HandedOff:
    """A delivered request: Ada's message and Christina's card."""

    ticket: Shown
    card: Shown


async def handed_off(talk: Talk, note: str = "Please call me.") -> HandedOff:
    """Ada asks for the chair and both have heard of it."""
    ada = talk.as_("ada")
    window = await ada.runs("chair")
    await ada.goes_on(window, {"note": note})
    ticket = await ada.sees("Delivered to")
    return HandedOff(ticket, await talk.as_("christina").sees("Request no. 1"))


async def switches(person: Person, window: Shown, on: Sequence[str]) -> Shown:
    """Leave only these switches of the preview on and wait until it is redrawn."""
    element = next(e for b, e in elements(window.raw) if b == "fields")
    chosen = [o for o in element["options"] if o["value"] in on]
    action = {
        "block_id": "fields",
        "action_id": element["action_id"],
        "type": "checkboxes",
        "selected_options": chosen,
    }
    before = window.raw["hash"]
    await person.talk.post("interact", user=person.name, view_id=window.raw["id"], action=action)

    async def look() -> Shown | None:
        top = (await person.modals())[-1]
        return top if top.raw["hash"] != before else None

    shown: Shown = await person.talk.until(look, "a redrawn preview")
    return shown


async def thread(person: Person, root: Shown) -> list[Shown]:
    """What a person sees in the thread of a message, oldest first."""
    everything = await person.messages()
    return [m for m in everything if m.raw.get("thread_ts") == root.ts and m.ts != root.ts]


async def sees_in_thread(person: Person, root: Shown, text: str) -> Shown:
    """Wait for a text in a thread."""

    async def look() -> Shown | None:
        found = [m for m in await thread(person, root) if text in m.words]
        return found[-1] if found else None

    shown: Shown = await person.talk.until(look, f"{text!r} in the thread for {person.name}")
    return shown


async def sees_anew(person: Person, shown: Shown, text: str) -> Shown:
    """Wait until a message that stands has been edited so that it says this."""

    async def look() -> Shown | None:
        found = [m for m in await person.messages() if m.ts == shown.ts and text in m.words]
        return found[0] if found else None

    edited: Shown = await person.talk.until(look, f"{text!r} in the message of {person.name}")
    return edited


async def opens_from_menu(person: Person, choice: str, card: Shown) -> Shown:
    """Choose from the menu beside a card's buttons and wait for the window it opens."""
    block_id, menu = next((b, e) for b, e in elements(card.raw) if e["type"] == "overflow")
    option = next(o for o in menu["options"] if o["text"]["text"] == choice)
    action = {
        "block_id": block_id,
        "action_id": menu["action_id"],
        "type": "overflow",
        "selected_option": option,
    }
    before = await person.modal_ids()
    await person.talk.post(
        "interact", user=person.name, channel=card.channel, messageTs=card.ts, action=action
    )

    async def look() -> Shown | None:
        new = [view for view in await person.modals() if view.raw["id"] not in before]
        return new[-1] if new else None

    shown: Shown = await person.talk.until(look, f"a window after choosing {choice!r}")
    return shown


async def deletes(person: Person, ts: str) -> None:
    """Delete one's own message in the DM."""
    await person.talk.post("delete-message", channel="dm", ts=ts, user=person.name)


async def edits(person: Person, ts: str, text: str) -> None:
    """Edit one's own message in the DM."""
    await person.talk.post("edit-message", channel="dm", ts=ts, user=person.name, text=text)


def plain_texts(blocks: Sequence[Json]) -> list[str]:
    """What sections show, in order."""
    return [b["text"]["text"] for b in blocks if b["type"] == "section"]


def preview_texts(window: Shown) -> list[str]:
    """What a preview says that the chair will see."""
    kinds = [block["type"] for block in window.raw["blocks"]]
    if kinds.count("divider") != 2:
        raise Stuck(f"no preview: {kinds}")
    first = kinds.index("divider")
    second = kinds.index("divider", first + 1)
    return plain_texts(window.raw["blocks"][first + 1 : second])


def places_with(**chapter: Any) -> ContentPlaces:
    """The demo's content with other people on the desk."""
    demo = demo_places()
    return replace(demo, chapter={**demo.chapter, **chapter})


NOBODY = {"slack_id": None, "name": None}
