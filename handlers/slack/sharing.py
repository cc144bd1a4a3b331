"""Letting the chair know of a near deadline: agreed to and taken back where reminders are set."""

from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.respond.async_respond import AsyncRespond

from bot.runtime import Runtime
from bot.services import reminders, sharing
from handlers.slack.middleware import Visit
from handlers.slack.views.reminders import overview_message


async def on_agree(ack: AsyncAck, respond: AsyncRespond, runtime: Runtime, visit: Visit) -> None:
    """The member lets the chair know."""
    await ack()
    await runtime.run(sharing.agree, visit.workspace, visit.member)
    await _show(respond, runtime, visit)


async def on_take_back(
    ack: AsyncAck, respond: AsyncRespond, runtime: Runtime, visit: Visit
) -> None:
    """The member lets nobody know any more."""
    await ack()
    await runtime.run(sharing.take_back, visit.workspace, visit.member)
    await _show(respond, runtime, visit)


async def _show(respond: AsyncRespond, runtime: Runtime, visit: Visit) -> None:
    found = await runtime.run(reminders.read, visit.workspace, visit.member)
    shown = overview_message(found, runtime.bank(visit.workspace).content.copy)
    await respond(text=shown.text, blocks=list(shown.blocks), replace_original=True)
