"""Where a member stands, shown to them alone."""

from typing import Any

from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.respond.async_respond import AsyncRespond

from bot.runtime import Runtime
from bot.services import standing
from handlers.slack.middleware import Visit
from handlers.slack.responding import show_privately
from handlers.slack.views.blocks import Message
from handlers.slack.views.standing import standing_message


async def standing_shown(runtime: Runtime, visit: Visit) -> Message:
    """The visitor's own standing."""
    found = await runtime.run(standing.read, visit.workspace, visit.member)
    return standing_message(found, runtime.bank(visit.workspace).content.copy)


async def on_show(
    ack: AsyncAck,
    body: dict[str, Any],
    respond: AsyncRespond,
    runtime: Runtime,
    visit: Visit,
) -> None:
    """The status button: private wherever it was pressed."""
    await ack()
    shown = await standing_shown(runtime, visit)
    if body.get("response_url"):
        await show_privately(respond, shown)
    else:
        await runtime.run(standing.tell_status, visit.workspace, visit.member, visit.key)
