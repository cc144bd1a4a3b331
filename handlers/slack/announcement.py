"""The announcement: the chair sees it first, then it is posted into the channel."""

from typing import Any

from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.respond.async_respond import AsyncRespond

from bot.errors import NotAllowed
from bot.runtime import Runtime
from bot.services import announcement, roles
from handlers.slack.asked import Asked
from handlers.slack.faq import pressed_value
from handlers.slack.ids import conversation_ref, is_direct
from handlers.slack.middleware import Visit
from handlers.slack.views.announcement import preview_blocks, preview_text
from handlers.slack.views.blocks import escaped, message, words


async def on_command(asked: Asked) -> None:
    """`/clm chair announce`: show the card to the chair alone."""
    copy = asked.runtime.bank(asked.visit.workspace).content.copy
    channel = str(asked.command["channel_id"])
    if is_direct(channel):
        text = copy.say("announce.in_dm")
        await asked.show(message(text, [words(text)]))
        return
    await asked.ack(
        text=preview_text(copy, channel),
        blocks=preview_blocks(copy, channel),
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
