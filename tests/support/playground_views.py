"""Modals for the playground's tests, and opening them."""

from typing import Any

from tests.support.playground_desk import Desk, Json, WireBot, acting


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def asking(block_id: str, element: Json | None = None, **more: Any) -> Json:
    element = {"type": "plain_text_input", "action_id": "a", **(element or {})}
    return {"type": "input", "block_id": block_id, "label": plain("?"), "element": element, **more}


def modal(*blocks: Json, **more: Any) -> Json:
    return {
        "type": "modal",
        "callback_id": "form",
        "title": plain("Form"),
        "submit": plain("Send"),
        "blocks": list(blocks) or [asking("name")],
        **more,
    }


async def trigger(desk: Desk, bot: WireBot, user: str = "ada") -> str:
    """Let a user do something that brings a trigger id."""
    work = desk.do("shortcut", user=user, callback_id="anywhere")
    _, payload = await acting(work, bot)
    return str(payload["trigger_id"])


async def opened(desk: Desk, bot: WireBot, view: Json | None = None, user: str = "ada") -> Json:
    """Open a modal and return it."""
    trigger_id = await trigger(desk, bot, user)
    answer = await desk.api("views.open", trigger_id=trigger_id, view=view or modal())
    assert answer["ok"] is True, answer
    shown: Json = answer["view"]
    return shown


async def stack(desk: Desk, user: str = "ada") -> list[str]:
    """Return the titles of a user's modals, topmost last."""
    views = (await desk.look("views", user=user))["views"]
    return [view["title"]["text"] for view in views]
