"""The windows of a session, from the desk's side: announce, change, decide on some."""

import asyncio
import json
from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo

from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.respond.async_respond import AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.sessions import DECISIONS, FIELDS, Details, Refusal, Session, SessionRecord
from bot.runtime import Runtime
from bot.services import roles, sessions
from handlers.slack.asked import Asked, Typed
from handlers.slack.faq import id_in, pressed_value
from handlers.slack.ids import channel_and_thread, conversation_ref, is_direct, member_ref
from handlers.slack.middleware import Visit
from handlers.slack.typed import cleaned
from handlers.slack.views.blocks import message, words
from handlers.slack.views.sessions import naming_of
from handlers.slack.views.sessions_desk import refused
from handlers.slack.views.sessions_windows import (
    NOTHING,
    decide_modal,
    draft_modal,
    from_metadata,
    preview_modal,
    refused_modal,
)

ANSWER_WITHIN = 2.0
"""Seconds; Slack gives three before it tells the chair that something went wrong."""


async def announce(asked: Asked) -> None:
    """`/clm session` in a channel: the window that takes a session."""
    runtime, visit, channel = asked.runtime, asked.visit, str(asked.command["channel_id"])
    content = runtime.bank(visit.workspace).content
    is_desk = await runtime.run(roles.may, visit.workspace, visit.member, "tend")
    if not is_desk or is_direct(channel):
        text = content.copy.say("session.in_dm" if is_desk else "session.only_desk")
        await asked.show(message(text, [words(text)]))
        return
    await asked.ack()
    today = runtime.clock().astimezone(ZoneInfo(content.chapter.time_zone)).date()
    view = draft_modal(naming_of(runtime.bank(visit.workspace)), channel, today)
    await asked.client.views_open(trigger_id=asked.trigger, view=view)


async def announce_typed(typed: Typed) -> None:
    """`session` in the DM: how to announce one, and the lists that wait for the desk."""
    visit = typed.visit
    await typed.runtime.run(
        sessions.answer_typed, visit.workspace, visit.member, typed.place, typed.key
    )


async def on_draft_submitted(
    ack: AsyncAck, view: dict[str, Any], runtime: Runtime, visit: Visit
) -> None:
    """The window was filled in: errors at their fields, or the preview on top of it."""
    naming, metadata = (
        naming_of(runtime.bank(visit.workspace)),
        json.loads(view["private_metadata"]),
    )
    place = conversation_ref(visit.workspace, metadata["channel"])
    raw, session_id = _filled(view), int(metadata["session"])
    try:
        async with asyncio.timeout(ANSWER_WITHIN):
            found = await runtime.run(
                sessions.draft, visit.workspace, visit.member, place, raw, session_id
            )
    except TimeoutError:
        text = naming.copy.say("errors.slow")
        await ack(response_action="errors", errors={"title": text})
        return
    if isinstance(found, Refusal):
        await ack(response_action="update", view=refused_modal(found.reason, naming))
    elif isinstance(found, sessions.Drafted):
        # The first window's id names the session, so that going on twice announces it once.
        shown = preview_modal(found.details, naming, {**metadata, "form": view["id"]}, found.before)
        await ack(response_action="push", view=shown)
    else:
        errors = {
            field: naming.copy.say(f"session.{fault.key}", **fault.values)
            for field, fault in found.items()
        }
        await ack(response_action="errors", errors=errors)


async def on_post_submitted(
    ack: AsyncAck, view: dict[str, Any], runtime: Runtime, visit: Visit
) -> None:
    """The preview was approved: announced, or changed."""
    metadata = json.loads(view["private_metadata"])
    details = from_metadata(metadata["details"])
    naming = naming_of(runtime.bank(visit.workspace))
    try:
        # What takes too long is still done, and sending it once more does nothing twice.
        async with asyncio.timeout(ANSWER_WITHIN):
            outcome = await _posted(metadata, details, runtime, visit)
    except TimeoutError:
        await ack(response_action="update", view=refused_modal("slow", naming))
        return
    if isinstance(outcome, Refusal):
        await ack(response_action="update", view=refused_modal(outcome.reason, naming))
    else:
        await ack(response_action="clear")


async def on_change(
    ack: AsyncAck,
    body: dict[str, Any],
    client: AsyncWebClient,
    respond: AsyncRespond,
    runtime: Runtime,
    visit: Visit,
) -> None:
    """Open the window with the session as it is."""
    await ack()
    record = await _to_change(body, respond, runtime, visit)
    if record is not None:
        channel, _ = channel_and_thread(record.session.place)
        naming = naming_of(runtime.bank(visit.workspace))
        view = draft_modal(naming, channel, record.today, record.session)
        await client.views_open(trigger_id=body["trigger_id"], view=view)


async def on_some(
    ack: AsyncAck,
    body: dict[str, Any],
    client: AsyncWebClient,
    respond: AsyncRespond,
    runtime: Runtime,
    visit: Visit,
) -> None:
    """Open the window that takes people of the list."""
    await ack()
    record = await _to_change(body, respond, runtime, visit)
    if record is not None:
        view = decide_modal(record, naming_of(runtime.bank(visit.workspace)))
        await client.views_open(trigger_id=body["trigger_id"], view=view)


async def on_decide_submitted(
    ack: AsyncAck, view: dict[str, Any], runtime: Runtime, visit: Visit
) -> None:
    """Some were chosen; whoever is not on the list is refused at the field."""
    naming, metadata = (
        naming_of(runtime.bank(visit.workspace)),
        json.loads(view["private_metadata"]),
    )
    values = view["state"]["values"]
    people = values["people"]["value"].get("selected_users") or []
    chosen = (values["decision"]["value"].get("selected_option") or {}).get("value")
    decision = next((one for one in DECISIONS if one == chosen), None)
    if not people or decision is None:
        field = "decision" if people else "people"
        await ack(
            response_action="errors", errors={field: naming.copy.say(f"session.{field}_empty")}
        )
        return
    try:
        async with asyncio.timeout(ANSWER_WITHIN):
            outcome = await runtime.run(
                sessions.decide,
                visit.workspace,
                visit.member,
                int(metadata["session"]),
                int(metadata["version"]),
                [member_ref(visit.workspace, person) for person in people],
                decision,
            )
    except TimeoutError:
        await ack(response_action="errors", errors={"people": naming.copy.say("errors.slow")})
        return
    if isinstance(outcome, Refusal) and outcome.reason == "not_listed":
        text = naming.copy.say("session.people_not_listed")
        await ack(response_action="errors", errors={"people": text})
    elif isinstance(outcome, Refusal):
        await ack(response_action="update", view=refused_modal(outcome.reason, naming))
    else:
        await ack()


async def _posted(
    metadata: Mapping[str, Any], details: Details, runtime: Runtime, visit: Visit
) -> Session | Refusal:
    session_id = int(metadata["session"])
    if session_id:
        version = int(metadata["version"])
        return await runtime.run(
            sessions.change, visit.workspace, visit.member, session_id, version, details
        )
    place, form = conversation_ref(visit.workspace, metadata["channel"]), str(metadata["form"])
    return await runtime.run(sessions.announce, visit.workspace, visit.member, place, details, form)


async def _to_change(
    body: Mapping[str, Any], respond: AsyncRespond, runtime: Runtime, visit: Visit
) -> SessionRecord | None:
    session_id = id_in(pressed_value(body).partition(":")[0])
    outcome = await runtime.run(sessions.to_change, visit.workspace, visit.member, session_id)
    if isinstance(outcome, SessionRecord):
        return outcome
    text = refused(outcome, runtime.bank(visit.workspace).content.copy)
    await respond(text=text, response_type="ephemeral", replace_original=False)
    return None


def _filled(view: Mapping[str, Any]) -> dict[str, str]:
    """The fields as they were filled in; empty where nothing was chosen."""
    found = {}
    for name in FIELDS:
        state = view["state"]["values"].get(name, {}).get("value", {})
        chosen = (state.get("selected_option") or {}).get("value")
        given = chosen or state.get("selected_date") or state.get("value") or ""
        found[name] = "" if given == NOTHING else " ".join(cleaned(given).split())
    return found
