"""Talking to the chair, from the member's side: preview, send, withdraw, write on."""

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import aiohttp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.respond.async_respond import AsyncRespond
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.handoff import LONGEST_FIELD, Refusal
from bot.runtime import Runtime
from bot.services import handoff, roles
from bot.services.standing import summary_line
from handlers.slack.faq import pressed_number
from handlers.slack.handoff_clock import promising
from handlers.slack.handoff_desk import (
    on_claim,
    on_close,
    on_close_submitted,
    on_release,
    on_reply,
    on_reply_submitted,
)
from handlers.slack.handoff_more import (
    on_more,
    on_note_submitted,
    on_reassign_submitted,
    on_snooze_submitted,
)
from handlers.slack.handoff_rendering import render_card, render_relay, render_ticket, render_word
from handlers.slack.handoff_threads import (
    heard_deletion_in_ticket,
    heard_edit_in_ticket,
    heard_in_ticket,
)
from handlers.slack.middleware import Visit
from handlers.slack.responding import show_privately
from handlers.slack.typed import cleaned
from handlers.slack.views.handoff import refused, refused_modal
from handlers.slack.views.handoff_preview import preview_modal, sent_modal
from handlers.slack.views.handoff_words import word_message

__all__ = [
    "heard_deletion_in_ticket",
    "heard_edit_in_ticket",
    "heard_in_ticket",
    "on_claim",
    "on_close",
    "on_close_submitted",
    "on_more",
    "on_note_submitted",
    "on_open",
    "on_preview_submitted",
    "on_reassign_submitted",
    "on_release",
    "on_reopen",
    "on_reply",
    "on_reply_submitted",
    "on_snooze_submitted",
    "on_switch",
    "on_withdraw",
    "open_preview",
    "render_card",
    "render_relay",
    "render_ticket",
    "render_word",
]

PROFILE_SECONDS = 1.0
"""A window must open within three seconds of the click; a slow profile is done without."""
LONGEST_NAME = 80


@dataclass(frozen=True, slots=True)
class Profile:
    """What Slack knows of a person; empty where it did not say."""

    name: str = ""
    time_zone: str = ""


async def on_open(
    ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, runtime: Runtime, visit: Visit
) -> None:
    """ "Talk to the chair": the button's value is the turn whose question goes along."""
    await ack()
    await open_preview(client, body["trigger_id"], runtime, visit, pressed_number(body))


async def open_preview(
    client: AsyncWebClient, trigger_id: str, runtime: Runtime, visit: Visit, turn_id: int = 0
) -> None:
    """Show what would be sent; nothing is sent yet."""
    content = runtime.bank(visit.workspace).content
    profile = await _profile(client, visit.user_id)
    preview = await runtime.run(
        handoff.prepare,
        visit.workspace,
        visit.member,
        name=profile.name or content.copy.say("handoff.name_in_slack"),
        time_zone=profile.time_zone,
        turn_id=turn_id,
        standing=summary_line,
    )
    desk = await runtime.run(roles.desk, visit.workspace)
    channel = await runtime.run(handoff.agreed_to, visit.workspace, visit.member)
    view = preview_modal(preview, preview.switched_on, visit.member, desk, content.copy, channel)
    await client.views_open(trigger_id=trigger_id, view=view)


async def on_switch(
    ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, runtime: Runtime, visit: Visit
) -> None:
    """A switch was moved: draw the preview anew, so that it stays what the chair will see."""
    await ack()
    content, view = runtime.bank(visit.workspace).content, body["view"]
    draft = _metadata(view)["draft"]
    preview = await runtime.run(handoff.previewed, visit.workspace, visit.member, draft)
    if preview is None:
        shown = refused_modal(Refusal("stale"), content.copy)
    else:
        desk = await runtime.run(roles.desk, visit.workspace)
        channel = await runtime.run(handoff.agreed_to, visit.workspace, visit.member)
        on = _switched_on(view)
        shown = preview_modal(preview, on, visit.member, desk, content.copy, channel)
    await client.views_update(view_id=view["id"], view=shown)


async def on_preview_submitted(
    ack: AsyncAck, view: dict[str, Any], runtime: Runtime, visit: Visit
) -> None:
    """Consent is given: the ticket is made, or added to the open one."""
    content = runtime.bank(visit.workspace).content
    note = cleaned(_typed(view, "note"))
    if len(note) > LONGEST_FIELD:
        fault = content.copy.say("handoff.note_too_long", longest=f"{LONGEST_FIELD:,}")
        await ack(response_action="errors", errors={"note": fault})
        return
    channel = str(_metadata(view).get("channel") or "")
    outcome = await runtime.run(
        handoff.open,
        visit.workspace,
        visit.member,
        _metadata(view)["draft"],
        _switched_on(view),
        note,
        visit.key,
        channel=channel,
    )
    if isinstance(outcome, Refusal):
        if outcome.reason == "nothing_new":
            text = content.copy.say("handoff.refused_nothing_new")
            await ack(response_action="errors", errors={"note": text})
        else:
            shown = refused_modal(outcome, content.copy, note)
            await ack(response_action="update", view=shown)
        return
    desk = await runtime.run(roles.desk, visit.workspace)
    copy = await promising(runtime, visit.workspace)
    shown = sent_modal(
        outcome.ticket, copy, added=outcome.added, desk=desk, in_channel=bool(channel)
    )
    await ack(response_action="update", view=shown)


async def on_withdraw(
    ack: AsyncAck, body: dict[str, Any], respond: AsyncRespond, runtime: Runtime, visit: Visit
) -> None:
    """The member takes the request back; their message and the cards show it."""
    number = pressed_number(body)
    outcome = await runtime.run(handoff.withdraw, visit.workspace, visit.member, number)
    await ack()
    if isinstance(outcome, Refusal):
        text = refused(outcome, runtime.bank(visit.workspace).content.copy)
        await respond(text=text, response_type="ephemeral", replace_original=False)


async def on_reopen(
    ack: AsyncAck, body: dict[str, Any], respond: AsyncRespond, runtime: Runtime, visit: Visit
) -> None:
    """The member goes on with what was closed; too late, they are offered to ask anew."""
    number = pressed_number(body)
    outcome = await runtime.run(handoff.reopen, visit.workspace, visit.member, number, visit.key)
    await ack()
    if isinstance(outcome, Refusal):
        copy = runtime.bank(visit.workspace).content.copy
        offers = outcome.reason in ("too_late", "gone")
        shown = word_message(refused(outcome, copy), copy, offers=offers)
        await show_privately(respond, shown)


async def _profile(client: AsyncWebClient, user_id: str) -> Profile:
    # The request goes out without a name rather than not at all.
    try:
        async with asyncio.timeout(PROFILE_SECONDS):
            answer = await client.users_info(user=user_id)
    except (SlackApiError, SlackClientError, aiohttp.ClientError, TimeoutError, OSError):
        return Profile()
    user = answer.get("user") or {}
    name = cleaned(str(user.get("real_name") or user.get("name") or ""))
    return Profile(name[:LONGEST_NAME], str(user.get("tz") or "").replace("_", " "))


def _metadata(view: Mapping[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(view["private_metadata"])
    return found


def _typed(view: Mapping[str, Any], block_id: str) -> str:
    return view["state"]["values"].get(block_id, {}).get("value", {}).get("value") or ""


def _switched_on(view: Mapping[str, Any]) -> frozenset[str]:
    fields = view["state"]["values"].get("fields", {}).get("handoff.switch", {})
    return frozenset(option["value"] for option in fields.get("selected_options") or ())
