"""The announcement: the chair sees it first, then it is posted into the channel."""

from typing import Any

from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.respond.async_respond import AsyncRespond

from bot.errors import NotAllowed
from bot.runtime import Runtime
from bot.services import announcement, roles
from handlers.slack.faq import pressed_value
from handlers.slack.ids import conversation_ref, is_direct
from handlers.slack.middleware import Visit
from handlers.slack.views.announcement import preview_blocks, preview_text
from handlers.slack.views.blocks import escaped


async def preview(ack: AsyncAck, command: dict[str, Any], runtime: Runtime, visit: Visit) -> None:
    """Show the card to the chair alone."""
    content = runtime.bank(visit.workspace).content
    channel = command["channel_id"]
    if not await runtime.run(roles.may, visit.workspace, visit.member, "announce"):
        await ack(text=escaped(content.copy.say("announce.only_chair")), response_type="ephemeral")
    elif is_direct(channel):
        await ack(text=escaped(content.copy.say("announce.in_dm")), response_type="ephemeral")
    else:
        await ack(
            text=preview_text(content.copy, channel),
            blocks=preview_blocks(content.copy, channel),
            response_type="ephemeral",
        )


async def on_post(
    ack: AsyncAck, body: dict[str, Any], respond: AsyncRespond, runtime: Runtime, visit: Visit
) -> None:
    """The chair said yes."""
    content = runtime.bank(visit.workspace).content
    if not await runtime.run(roles.may, visit.workspace, visit.member, "announce"):
        raise NotAllowed("announcement")
    channel = pressed_value(body)
    if not channel:
        await ack()
        await respond(text=escaped(content.copy.say("ask.older_button")), replace_original=False)
        return
    place = conversation_ref(visit.workspace, channel)
    # Named by the preview, so that two presses of its button post one card.
    preview_ts = str(body["container"]["message_ts"])
    await runtime.run(announcement.post, visit.workspace, place, visit.member, preview_ts)
    await ack()
    text = content.copy.say("announce.queued", channel=f"<#{channel}>")
    await respond(text=text, replace_original=True)


async def on_cancel(ack: AsyncAck, respond: AsyncRespond, runtime: Runtime, visit: Visit) -> None:
    """The chair said no."""
    await ack()
    copy = runtime.bank(visit.workspace).content.copy
    await respond(text=escaped(copy.say("announce.cancelled")), replace_original=True)
