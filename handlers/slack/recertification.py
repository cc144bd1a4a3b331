"""Keeping the CLM: seeing the pace, and saying who holds it."""

import asyncio
from collections.abc import Mapping
from datetime import date
from typing import Any

from slack_bolt.context.ack.async_ack import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.identity import MemberRef
from bot.domain.notices import Notice
from bot.domain.recertification_pace import Keeping
from bot.domain.recertification_telling import ENDS, SEASON, STATUS, YEAR, Refused, Said
from bot.runtime import Runtime
from bot.services import recertification
from handlers.slack.asked import Asked, Typed
from handlers.slack.middleware import Visit
from handlers.slack.views.blocks import Block, Message
from handlers.slack.views.recertification import recertification_message
from handlers.slack.views.recertification_modal import holding_modal, kept_modal

ANSWER_WITHIN = 2.0
"""Seconds; Slack gives three before it tells the member that something went wrong."""


async def on_command(asked: Asked) -> None:
    """`/clm recert`: the pace, or the window to say that one holds the CLM."""
    runtime, visit = asked.runtime, asked.visit
    found = await runtime.run(recertification.read, visit.workspace, visit.member)
    if found is None:
        await asked.ack()
        view = _holding(found, runtime, visit)
        await asked.client.views_open(trigger_id=asked.trigger, view=view)
    else:
        copy = runtime.bank(visit.workspace).content.copy
        await asked.show(recertification_message(found, copy))


async def on_typed(typed: Typed) -> None:
    """`recert` in the direct conversation."""
    await typed.runtime.run(
        recertification.tell_pace,
        typed.visit.workspace,
        typed.visit.member,
        typed.place,
        typed.key,
    )


async def render(runtime: Runtime, notice: Notice) -> Message | None:
    """The pace as it stands when it is delivered."""
    found = await runtime.run(recertification.read, notice.workspace, MemberRef(notice.subject))
    return recertification_message(found, runtime.bank(notice.workspace).content.copy)


async def on_open(
    ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, runtime: Runtime, visit: Visit
) -> None:
    """A button that opens the window."""
    await ack()
    found = await runtime.run(recertification.read, visit.workspace, visit.member)
    await client.views_open(trigger_id=body["trigger_id"], view=_holding(found, runtime, visit))


async def on_save(ack: AsyncAck, view: dict[str, Any], runtime: Runtime, visit: Visit) -> None:
    """What they said is kept, and what it comes to takes the window's place."""
    copy = runtime.bank(visit.workspace).content.copy
    try:
        # What takes too long is kept all the same, and the next press finds it done.
        async with asyncio.timeout(ANSWER_WITHIN):
            result = await runtime.run(
                recertification.hold, visit.workspace, visit.member, said_in(view)
            )
    except TimeoutError:
        await ack(response_action="errors", errors={STATUS: copy.say("errors.slow")})
        return
    if isinstance(result, Refused):
        errors = {
            field: copy.say(f"recertification.fault_{fault}")
            for field, fault in result.faults.items()
        }
        await ack(response_action="errors", errors=errors)
        return
    await ack(response_action="update", view=kept_modal(result, copy))


def said_in(view: Mapping[str, Any]) -> Said:
    """The fields as they were filled in."""
    values: dict[str, Mapping[str, Any]] = {
        block_id: next(iter(fields.values()), {})
        for block_id, fields in view["state"]["values"].items()
    }
    day = values.get(ENDS, {}).get("selected_date")
    return Said(
        status=_chosen(values.get(STATUS, {})),
        season=_chosen(values.get(SEASON, {})),
        year=values.get(YEAR, {}).get("value") or "",
        ends=date.fromisoformat(day) if day else None,
    )


def _chosen(field: Mapping[str, Any]) -> str:
    return str((field.get("selected_option") or {}).get("value") or "")


def _holding(found: Keeping | None, runtime: Runtime, visit: Visit) -> Block:
    content = runtime.bank(visit.workspace).content
    return holding_modal(found, content.recertification, content.copy)
