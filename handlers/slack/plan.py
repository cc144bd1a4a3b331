"""The plan: choosing the day to apply, and trying another day or role."""

import asyncio
from collections.abc import Mapping
from datetime import date
from typing import Any

from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.respond.async_respond import AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.identity import MemberRef
from bot.domain.notices import Notice
from bot.runtime import Runtime
from bot.services import eligibility, plan, standing
from bot.services.plan import Compared, Refused
from handlers.slack.asked import Asked, Typed
from handlers.slack.middleware import Visit
from handlers.slack.views.blocks import Block, Message
from handlers.slack.views.plan import (
    DAY,
    ROLE_FIELD,
    plan_message,
    plan_modal,
    plan_saved_modal,
    what_if_modal,
)
from handlers.slack.views.standing import standing_message
from handlers.slack.windows import update_window

ANSWER_WITHIN = 2.0
"""Seconds; Slack gives three before it tells the member that something went wrong."""


async def on_command(asked: Asked) -> None:
    """`/clm plan` opens the window at once."""
    await asked.ack()
    view = await _plan_view(asked.runtime, asked.visit)
    await asked.client.views_open(trigger_id=asked.trigger, view=view)


async def on_typed(typed: Typed) -> None:
    """`plan` in the direct conversation: the plan with its buttons."""
    await typed.runtime.run(
        plan.tell_plan, typed.visit.workspace, typed.visit.member, typed.place, typed.key
    )


async def render_plan(runtime: Runtime, notice: Notice) -> Message | None:
    """The plan as it stands when it is delivered."""
    found = await runtime.run(standing.read, notice.workspace, MemberRef(notice.subject))
    return plan_message(found, runtime.bank(notice.workspace).content.copy)


async def on_open(
    ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, runtime: Runtime, visit: Visit
) -> None:
    """A button that opens the window to choose the day."""
    await ack()
    view = await _plan_view(runtime, visit)
    await client.views_open(trigger_id=body["trigger_id"], view=view)


async def on_season(
    ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, runtime: Runtime, visit: Visit
) -> None:
    """A season was picked: its last day goes into the field."""
    await ack()
    picked = body["actions"][0].get("selected_option") or {}
    view = await _plan_view(runtime, visit, read_day(picked.get("value")))
    await update_window(client, body["view"], view)


async def on_save(ack: AsyncAck, view: dict[str, Any], runtime: Runtime, visit: Visit) -> None:
    """The day is chosen."""
    copy = runtime.bank(visit.workspace).content.copy
    field, day = day_in(view)
    try:
        # What takes too long is kept all the same, and the next press finds it done.
        async with asyncio.timeout(ANSWER_WITHIN):
            result = await runtime.run(plan.choose, visit.workspace, visit.member, day)
    except TimeoutError:
        await ack(response_action="errors", errors={field: copy.say("errors.slow")})
        return
    if isinstance(result, Refused):
        message = copy.say(f"plan.day_{result.fault}")
        await ack(response_action="errors", errors={field: message})
        return
    await ack(response_action="update", view=plan_saved_modal(result, copy))


async def on_compare(
    ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, runtime: Runtime, visit: Visit
) -> None:
    """ "What if": in a window of its own, over the one to choose the day where that is open."""
    await ack()
    shown = await runtime.run(plan.compare, visit.workspace, visit.member)
    if isinstance(shown, Refused):
        return
    view = _what_if_view(shown, runtime, visit, is_first=True)
    is_modal = (body.get("view") or {}).get("type") == "modal"
    show = client.views_push if is_modal else client.views_open
    await show(trigger_id=body["trigger_id"], view=view)


async def on_what_if(ack: AsyncAck, view: dict[str, Any], runtime: Runtime, visit: Visit) -> None:
    """Compare; nothing is kept."""
    copy = runtime.bank(visit.workspace).content.copy
    field, day = day_in(view)
    chosen = (view["state"]["values"].get(ROLE_FIELD) or {}).get("value") or {}
    role = (chosen.get("selected_option") or {}).get("value")
    try:
        async with asyncio.timeout(ANSWER_WITHIN):
            shown = await runtime.run(plan.compare, visit.workspace, visit.member, day, role)
    except TimeoutError:
        await ack(response_action="errors", errors={field: copy.say("errors.slow")})
        return
    if isinstance(shown, Refused):
        await ack(response_action="errors", errors={field: copy.say(f"plan.day_{shown.fault}")})
        return
    await ack(response_action="update", view=_what_if_view(shown, runtime, visit, is_first=False))


async def on_adopt(
    ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, runtime: Runtime, visit: Visit
) -> None:
    """ "Make this day my plan", from a what-if."""
    await ack()
    copy = runtime.bank(visit.workspace).content.copy
    day = read_day(body["actions"][0].get("value"))
    result = await runtime.run(plan.choose, visit.workspace, visit.member, day)
    if isinstance(result, Refused):
        # The window was left open over midnight: choose anew, from today's day on.
        await update_window(client, body["view"], await _plan_view(runtime, visit))
        return
    await update_window(client, body["view"], plan_saved_modal(result, copy))


async def on_drop_sums(
    ack: AsyncAck, body: dict[str, Any], respond: AsyncRespond, runtime: Runtime, visit: Visit
) -> None:
    """The sums of the check are taken out, so that the ledger alone counts."""
    await ack()
    found = await runtime.run(eligibility.drop_sums, visit.workspace, visit.member)
    if not body.get("response_url"):
        return
    shown = standing_message(found, runtime.bank(visit.workspace).content.copy)
    await respond(text=shown.text, blocks=list(shown.blocks), replace_original=True)


def day_in(view: Mapping[str, Any]) -> tuple[str, date | None]:
    """The field of the day, and what stands in it."""
    for block_id, fields in view["state"]["values"].items():
        if block_id.startswith(DAY):
            return block_id, read_day((fields.get("value") or {}).get("selected_date"))
    return DAY, None


def read_day(written: object) -> date | None:
    """A day as Slack writes it; None for anything else."""
    try:
        return date.fromisoformat(written) if isinstance(written, str) else None
    except ValueError:
        return None


async def _plan_view(runtime: Runtime, visit: Visit, chosen: date | None = None) -> Block:
    found = await runtime.run(standing.read, visit.workspace, visit.member)
    return plan_modal(found, runtime.bank(visit.workspace).content.copy, chosen)


def _what_if_view(shown: Compared, runtime: Runtime, visit: Visit, *, is_first: bool) -> Block:
    content = runtime.bank(visit.workspace).content
    return what_if_modal(shown, content.dialog, content.copy, is_first=is_first)
