""" "Save as answer" on a closed request: cleared of names, chosen, and on to the entry's window."""

import asyncio
import json
from collections.abc import Iterable
from typing import Any

from slack_bolt.context.ack.async_ack import AsyncAck
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.identity import MemberRef
from bot.errors import NotAllowed
from bot.runtime import Runtime
from bot.services import roles, saved_replies
from bot.services.saved_replies import SavedReplies
from handlers.slack.curation_windows import open_entry_window
from handlers.slack.faq import pressed_number
from handlers.slack.ids import user_id_of
from handlers.slack.middleware import Visit
from handlers.slack.views.saved_replies import nothing_modal, reply_modal

LOOKED_UP_WITHIN = 1.0
"""Seconds; a window must open within three of the click."""
MOST_PEOPLE = 4
_NAMES = ("real_name", "display_name", "first_name", "last_name")


async def on_save_reply(
    ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, runtime: Runtime, visit: Visit
) -> None:
    """Show what is left of the replies without names."""
    await ack()
    if not await runtime.run(roles.may, visit.workspace, visit.member, "edit"):
        raise NotAllowed("edit")
    found = await _found(client, runtime, visit, pressed_number(body))
    copy = runtime.bank(visit.workspace).content.copy
    view = reply_modal(found, copy) if found else nothing_modal(copy)
    await client.views_open(trigger_id=body["trigger_id"], view=view)


async def on_reply_chosen(
    ack: AsyncAck,
    body: dict[str, Any],
    view: dict[str, Any],
    client: AsyncWebClient,
    runtime: Runtime,
    visit: Visit,
) -> None:
    """On to the entry's window, filled in."""
    await ack()
    chosen = view["state"]["values"].get("reply", {}).get("value", {}).get("selected_option")
    ticket = int(json.loads(view["private_metadata"] or "{}").get("ticket", 0))
    found = await _found(client, runtime, visit, ticket)
    if found is None or not found.replies:
        copy = runtime.bank(visit.workspace).content.copy
        await client.views_open(trigger_id=body["trigger_id"], view=nothing_modal(copy))
        return
    at = int(chosen["value"]) if chosen else 0
    text = await runtime.run(saved_replies.as_entry, visit.workspace, found, at)
    origin = f"ticket:{ticket}"
    trigger = body["trigger_id"]
    await open_entry_window(client, trigger, runtime, visit, text, number=0, origin=origin)


async def _found(
    client: AsyncWebClient, runtime: Runtime, visit: Visit, ticket: int
) -> SavedReplies | None:
    people = await runtime.run(saved_replies.people_of, visit.workspace, visit.member, ticket)
    if people is None:
        return None
    names = await _names_of(client, people[:MOST_PEOPLE])
    return await runtime.run(saved_replies.of_ticket, visit.workspace, visit.member, ticket, names)


async def _names_of(client: AsyncWebClient, people: Iterable[MemberRef]) -> list[str]:
    """What Slack calls them, for nothing but to take it out. Who cannot be looked up in time is
    left to the editor, who reads it once more."""
    asked = [asyncio.create_task(_names(client, person)) for person in people]
    done, late = await asyncio.wait(asked, timeout=LOOKED_UP_WITHIN)
    for task in late:
        task.cancel()
    return [name for task in done for name in task.result()]


async def _names(client: AsyncWebClient, person: MemberRef) -> list[str]:
    try:
        answer = await client.users_info(user=user_id_of(person))
    except (SlackApiError, OSError, TimeoutError):
        return []
    user = answer["user"]
    profile = user.get("profile") or {}
    found = [user.get("real_name"), *(profile.get(name) for name in _NAMES)]
    return [str(name) for name in found if name]
