"""The desk's list of questions without an answer: open one, answer it, put it aside."""

import asyncio
import json
from collections.abc import Awaitable, Mapping
from functools import partial
from typing import Any

from slack_bolt.context.ack.async_ack import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.curation import Revision
from bot.domain.grouping import groups_of
from bot.domain.learning import Gathered, Group, with_turn
from bot.errors import NotAllowed
from bot.runtime import Runtime
from bot.services import curation, learning, learning_answers, proposals, wishes
from handlers.slack.asked import Asked
from handlers.slack.curation_windows import only_editors, open_entry_window, show_in
from handlers.slack.faq import id_in, pressed_value
from handlers.slack.middleware import Visit
from handlers.slack.typed import cleaned
from handlers.slack.views.blocks import Block
from handlers.slack.views.learning import (
    assign_modal,
    done_modal,
    group_modal,
    list_modal,
    waiting_modal,
)
from handlers.slack.windows import ask_for_patience, show_at_last

OPENS_WITHIN = 1.0
"""Seconds until a window opens that says to wait: what opened it is good for three."""


async def on_command(asked: Asked) -> None:
    """`/clm chair questions`."""
    await asked.ack()
    drawing = _list(asked.runtime, asked.visit, 0)
    await open_with(asked.client, asked.trigger, drawing, asked.runtime, asked.visit)


async def on_page(
    ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, runtime: Runtime, visit: Visit
) -> None:
    """The list, or another page of it."""
    await ack()
    await shown(body, client, _list(runtime, visit, id_in(pressed_value(body))), runtime, visit)


async def on_group(
    ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, runtime: Runtime, visit: Visit
) -> None:
    """One group is opened."""
    await ack()
    key, page = _pressed(body)
    await shown(body, client, _group(runtime, visit, key, page), runtime, visit)


async def on_write(
    ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, runtime: Runtime, visit: Visit
) -> None:
    """A new answer: the window of an entry, filled in from the group."""
    await ack()
    key, page = _pressed(body)
    found = await _gathered(runtime, visit, key)
    if found is None:
        await _say(body, client, runtime, visit, "learning.gone", page)
        return
    text = await runtime.run(learning_answers.new_entry, visit.workspace, found)
    origin = learning.origin_of(key)
    trigger = body["trigger_id"]
    await open_entry_window(client, trigger, runtime, visit, text, number=0, origin=origin)


async def on_edit(
    ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, runtime: Runtime, visit: Visit
) -> None:
    """The answer that was voted wrong, to be changed."""
    await ack()
    key, page = _pressed(body)
    found = await _gathered(runtime, visit, key)
    entry = found.entry if found else None
    now = await runtime.run(curation.read, visit.workspace, entry) if entry else None
    if now is None:
        await _say(body, client, runtime, visit, "learning.gone", page)
        return
    origin = learning.origin_of(key)
    await open_entry_window(
        client, body["trigger_id"], runtime, visit, now.text, number=now.number, origin=origin
    )


async def on_assign(
    ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, runtime: Runtime, visit: Visit
) -> None:
    """ "This is answered by ...": the nearest answers to choose from."""
    await ack()
    key, page = _pressed(body)
    await shown(body, client, _assigning(runtime, visit, key, page, ""), runtime, visit)


async def on_assign_submitted(
    ack: AsyncAck, view: dict[str, Any], client: AsyncWebClient, runtime: Runtime, visit: Visit
) -> None:
    """New words look for other answers; else the chosen one answers the group, at once and for
    everybody who wished to hear."""
    kept = json.loads(view["private_metadata"])
    key, page = int(kept["key"]), int(kept["page"])
    entry, searched = _chosen(view)
    copy = runtime.bank(visit.workspace).content.copy
    if searched != kept["searched"]:
        again = await _assigning(runtime, visit, key, page, searched)
        await ack(response_action="update", view=again)
    elif not entry:
        await ack(response_action="errors", errors={"words": copy.say("learning.choose_first")})
    else:
        name = await ask_for_patience(ack, waiting_modal(copy))
        shown_after = await _assigned(runtime, visit, key, page, entry, view["id"])
        await show_at_last(client, name, shown_after)


async def _assigned(
    runtime: Runtime, visit: Visit, key: int, page: int, entry: str, window: str
) -> Block:
    # The window names the press: sent twice it is one.
    press = f"assign:{window}:{key}:{entry}"
    outcome = await runtime.run(
        learning_answers.assign, visit.workspace, visit.member, key, entry, press
    )
    if outcome == "done":
        await runtime.renew_overlays()
        await runtime.run(wishes.tell_waiting, visit.workspace)
    copy = runtime.bank(visit.workspace).content.copy
    return done_modal(f"learning.assigned_{outcome}", page, copy)


async def on_dismiss(
    ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, runtime: Runtime, visit: Visit
) -> None:
    """Not for the chapter to answer, or nothing to change."""
    await ack()
    key, page = _pressed(body)
    if not await runtime.run(learning.dismiss, visit.workspace, visit.member, key):
        raise NotAllowed("edit")
    await _say(body, client, runtime, visit, "learning.dismissed", page, undo=key)


async def on_restore(
    ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, runtime: Runtime, visit: Visit
) -> None:
    """It was a slip."""
    await ack()
    key, page = _pressed(body)
    if await runtime.run(learning.restore, visit.workspace, visit.member, key):
        await shown(body, client, _group(runtime, visit, key, page), runtime, visit)
    else:
        await shown(body, client, _list(runtime, visit, page), runtime, visit)


async def on_published(runtime: Runtime, visit: Visit, revision: Revision, origin: str) -> None:
    """An entry went live: tell everybody whose question it answers."""
    del revision, origin
    await runtime.run(wishes.tell_waiting, visit.workspace)


async def shown(
    body: Mapping[str, Any],
    client: AsyncWebClient,
    drawing: Awaitable[Block],
    runtime: Runtime,
    visit: Visit,
) -> None:
    """Draw a window where the button was pressed, or open one from a message."""
    if view := body.get("view"):
        await show_in(client, view["id"], await drawing)
    else:
        await open_with(client, body["trigger_id"], drawing, runtime, visit)


async def open_with(
    client: AsyncWebClient,
    trigger_id: str,
    drawing: Awaitable[Block],
    runtime: Runtime,
    visit: Visit,
) -> None:
    """Open a window with what is being drawn; where that takes longer, with a word of patience."""
    task = asyncio.ensure_future(drawing)
    await asyncio.wait({task}, timeout=OPENS_WITHIN)
    if task.done():
        await client.views_open(trigger_id=trigger_id, view=task.result())
        return
    wait = waiting_modal(runtime.bank(visit.workspace).content.copy)
    opened = await client.views_open(trigger_id=trigger_id, view=wait)
    await show_in(client, opened["view"]["id"], await task)


async def _list(runtime: Runtime, visit: Visit, page: int) -> Block:
    groups = await _groups(runtime, visit)
    proposed = await runtime.run(proposals.count_open, visit.workspace)
    copy = runtime.bank(visit.workspace).content.copy
    return list_modal(groups, page, proposed, _questions(runtime, visit), copy)


async def _group(runtime: Runtime, visit: Visit, key: int, page: int) -> Block:
    copy = runtime.bank(visit.workspace).content.copy
    group = with_turn(await _groups(runtime, visit), key)
    if group is None:
        return done_modal("learning.gone", page, copy)
    opened = await runtime.run(learning.open_group, visit.workspace, visit.member, group)
    if opened is None:
        raise NotAllowed("edit")
    return group_modal(opened, page, _questions(runtime, visit), copy)


async def _assigning(runtime: Runtime, visit: Visit, key: int, page: int, searched: str) -> Block:
    copy = runtime.bank(visit.workspace).content.copy
    found = await _gathered(runtime, visit, key)
    if found is None:
        return done_modal("learning.gone", page, copy)
    choices = await runtime.run(learning_answers.candidates, visit.workspace, found, searched)
    return assign_modal(found, page, choices, searched, copy)


async def _groups(runtime: Runtime, visit: Visit) -> tuple[Group, ...]:
    kept = await runtime.run(learning.kept, visit.workspace, visit.member)
    if kept is None:
        raise NotAllowed("edit")
    # Not on the slow thread: a fit that is under way there would keep the window waiting.
    return await asyncio.to_thread(partial(groups_of, kept, runtime.bank(visit.workspace).index))


async def _gathered(runtime: Runtime, visit: Visit, key: int) -> Gathered | None:
    await only_editors(runtime, visit)
    return await runtime.run(learning.gathered, visit.workspace, visit.member, key)


async def _say(
    body: Mapping[str, Any],
    client: AsyncWebClient,
    runtime: Runtime,
    visit: Visit,
    key: str,
    page: int,
    *,
    undo: int = 0,
) -> None:
    async def drawn() -> Block:
        return done_modal(key, page, runtime.bank(visit.workspace).content.copy, undo=undo)

    await shown(body, client, drawn(), runtime, visit)


def _questions(runtime: Runtime, visit: Visit) -> dict[str, str]:
    entries = runtime.bank(visit.workspace).content.entries
    return {entry.id: entry.question for entry in entries.values()}


def _pressed(body: Mapping[str, Any]) -> tuple[int, int]:
    """Group and page of a pressed button."""
    key, _, page = pressed_value(body).partition(":")
    return id_in(key), id_in(page)


def _chosen(view: Mapping[str, Any]) -> tuple[str, str]:
    """The chosen entry and the words to look for; empty where none."""
    entry, searched = "", ""
    for block, values in view["state"]["values"].items():
        if block.startswith("entry:"):
            entry = str((values["value"].get("selected_option") or {}).get("value") or "")
        elif block == "words":
            searched = " ".join(cleaned(values["value"].get("value") or "").split())
    return entry, searched
