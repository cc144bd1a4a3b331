"""The committee enters a season: form, preview, save; and takes one out."""

import asyncio
import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from slack_bolt.context.ack.async_ack import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.identity import MemberRef
from bot.domain.notices import Notice
from bot.domain.seasons import SeasonDraft
from bot.errors import NotAllowed
from bot.runtime import Runtime
from bot.services import roles, seasons
from bot.services.seasons import Refused, Saved, SeasonPreview
from handlers.slack.asked import Asked, Typed
from handlers.slack.faq import pressed_value
from handlers.slack.middleware import Visit
from handlers.slack.typed import cleaned
from handlers.slack.views.blocks import Block, Message
from handlers.slack.views.seasons import (
    WHICH,
    change_message,
    field_id,
    offer_message,
    only_desk_message,
    preview_modal,
    saved_modal,
    season_modal,
    withdrawn_modal,
)
from handlers.slack.windows import update_window

ANSWER_WITHIN = 2.0
"""Seconds; Slack gives three before it tells the member that something went wrong."""


async def on_command(asked: Asked) -> None:
    """`/clm season` opens the window, for the chair and the deputy."""
    runtime, visit = asked.runtime, asked.visit
    if not await _is_desk(runtime, visit):
        await asked.show(only_desk_message(runtime.bank(visit.workspace).content.copy))
        return
    await asked.ack()
    await asked.client.views_open(trigger_id=asked.trigger, view=await _form(runtime, visit))


async def on_typed(typed: Typed) -> None:
    """`season` in the direct conversation: there a button opens the window."""
    visit = typed.visit
    await typed.runtime.run(
        seasons.tell_offer, visit.workspace, visit.member, typed.place, typed.key
    )


async def on_open(
    ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, runtime: Runtime, visit: Visit
) -> None:
    """The button that opens the window."""
    await _only_desk(runtime, visit)
    await ack()
    await client.views_open(trigger_id=body["trigger_id"], view=await _form(runtime, visit))


async def on_choose(
    ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, runtime: Runtime, visit: Visit
) -> None:
    """Another season was chosen: show what is known of that one, and keep what was typed."""
    await _only_desk(runtime, visit)
    await ack()
    view = body["view"]
    filled = fields_in(view)
    shown = await _form(runtime, visit, filled.pop(WHICH, ""), filled)
    await update_window(client, view, shown)


async def on_entered(ack: AsyncAck, view: dict[str, Any], runtime: Runtime, visit: Visit) -> None:
    """The form: errors at their fields, or the preview over it."""
    await _only_desk(runtime, visit)
    copy = runtime.bank(visit.workspace).content.copy
    draft = _draft(fields_in(view))
    try:
        async with asyncio.timeout(ANSWER_WITHIN):
            found = await runtime.run(seasons.preview, visit.workspace, draft)
    except TimeoutError:
        field = field_id("source", draft.name)
        await ack(response_action="errors", errors={field: copy.say("errors.slow")})
        return
    if isinstance(found, Refused):
        errors = {
            field_id(field, draft.name): copy.say(fault.key, **fault.values)
            for field, fault in found.faults.items()
        }
        await ack(response_action="errors", errors=errors)
        return
    await ack(response_action="push", view=preview_modal(found, copy))


async def on_saved(ack: AsyncAck, view: dict[str, Any], runtime: Runtime, visit: Visit) -> None:
    """The preview was confirmed: keep it, and have every answer speak of it."""
    await _only_desk(runtime, visit)
    copy = runtime.bank(visit.workspace).content.copy
    metadata = json.loads(view["private_metadata"])
    draft, note = _draft(metadata), ""
    result: Saved | SeasonPreview | Refused
    try:
        # What takes too long is kept all the same, and saving once more finds it done.
        async with asyncio.timeout(ANSWER_WITHIN):
            result = await runtime.run(
                seasons.save, visit.workspace, visit.member, draft, metadata["version"]
            )
    except TimeoutError:
        result = await runtime.run(seasons.preview, visit.workspace, draft)
        note = copy.say("errors.slow")
    if isinstance(result, Refused):
        # Only a new day can make what was previewed wrong; the form below says what.
        await ack()
        return
    if not isinstance(result, Saved):
        await ack(response_action="update", view=preview_modal(result, copy, note=note))
        return
    await ack(response_action="update", view=saved_modal(result.season, copy))
    await _renew(runtime, visit)


async def on_withdraw(
    ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, runtime: Runtime, visit: Visit
) -> None:
    """ "Take this season out", confirmed."""
    await _only_desk(runtime, visit)
    await ack()
    name = pressed_value(body)
    was_there = await runtime.run(seasons.withdraw, visit.workspace, visit.member, name)
    copy = runtime.bank(visit.workspace).content.copy
    # First of all: the window may have been closed meanwhile, and then cannot be updated.
    await _renew(runtime, visit)
    shown = withdrawn_modal(name, copy, was_there=was_there)
    await client.views_update(view_id=body["view"]["id"], view=shown)


async def render_season(runtime: Runtime, notice: Notice) -> Message | None:
    """What the committee is told of a change, or the button that opens the window."""
    content = runtime.bank(notice.workspace).content
    if not notice.subject.isdecimal():
        is_desk = await runtime.run(roles.may, notice.workspace, MemberRef(notice.subject), "tend")
        return offer_message(content.copy, is_desk=is_desk)
    change = await runtime.run(seasons.change_of, notice.workspace, int(notice.subject))
    if change is None:
        return None
    by = await _named(runtime, notice, change.by)
    return change_message(change, by, content.copy)


def fields_in(view: Mapping[str, Any]) -> dict[str, str]:
    """What stands in the fields of the form, by the field's name; empty ones are left out."""
    found: dict[str, str] = {}
    for block_id, elements in view["state"]["values"].items():
        for state in elements.values():
            option = state.get("selected_option")
            value = option["value"] if option else state.get("selected_date") or state.get("value")
            if value:
                found[block_id.partition(":")[0]] = value
    return found


async def _form(
    runtime: Runtime, visit: Visit, name: str = "", filled: Mapping[str, str] | None = None
) -> Block:
    form = await runtime.run(seasons.form, visit.workspace, name)
    return season_modal(form, runtime.bank(visit.workspace).content.copy, filled or {})


async def _renew(runtime: Runtime, visit: Visit) -> None:
    """A kill before this costs nothing: each start lays the seasons over the files."""
    await runtime.renew_overlays()
    await runtime.run(seasons.publish_homes, visit.workspace)


def _draft(values: Mapping[str, Any]) -> SeasonDraft:
    return SeasonDraft(
        name=values.get(WHICH) or values.get("name") or "",
        apply_by=_day(values.get("apply_by")),
        test_from=_day(values.get("test_from")),
        test_to=_day(values.get("test_to")),
        source=" ".join(cleaned(str(values.get("source") or "")).split()),
    )


def _day(given: Any) -> date | None:
    return date.fromisoformat(given) if given else None


async def _named(runtime: Runtime, notice: Notice, by: MemberRef) -> str:
    content = runtime.bank(notice.workspace).content
    roster = await runtime.run(roles.roster, notice.workspace)
    role = roster.role_of(by)
    key = {"chair": "handoff.chair", "deputy": "handoff.deputy"}.get(role, "season.somebody")
    return content.copy.say(key)


async def _is_desk(runtime: Runtime, visit: Visit) -> bool:
    return await runtime.run(roles.may, visit.workspace, visit.member, "tend")


async def _only_desk(runtime: Runtime, visit: Visit) -> None:
    if not await _is_desk(runtime, visit):
        raise NotAllowed("season")
