"""What no route names: buttons and windows of an older version, and events of no interest."""

from dataclasses import replace
from typing import Any

from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.respond.async_respond import AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient

from bot.runtime import Runtime
from handlers.slack.middleware import Visit
from handlers.slack.responding import show_privately
from handlers.slack.views.blocks import Message, escaped
from handlers.slack.views.help import help_message


async def on_old_button(
    ack: AsyncAck,
    body: dict[str, Any],
    respond: AsyncRespond,
    client: AsyncWebClient,
    runtime: Runtime,
    visit: Visit,
) -> None:
    """A button of a previous version: say so, and offer what there is now."""
    await ack()
    shown = _older(runtime, visit)
    if body.get("response_url"):
        await show_privately(respond, shown)
    else:
        await _say(shown, client, visit)


async def on_old_window(
    ack: AsyncAck, client: AsyncWebClient, runtime: Runtime, visit: Visit
) -> None:
    """A window of a previous version closes, and says why in the DM."""
    await ack()
    await _say(_older(runtime, visit), client, visit)


def _older(runtime: Runtime, visit: Visit) -> Message:
    bank = runtime.bank(visit.workspace)
    shown = help_message(bank)
    text = escaped(bank.content.copy.say("ask.older_button"))
    return replace(shown, text=f"{text}\n\n{shown.text}")


async def _say(shown: Message, client: AsyncWebClient, visit: Visit) -> None:
    await client.chat_postMessage(channel=visit.user_id, text=shown.text, blocks=list(shown.blocks))


async def on_unknown_command(ack: AsyncAck, runtime: Runtime, visit: Visit) -> None:
    """A command that is not ours but reached us."""
    shown = help_message(runtime.bank(visit.workspace))
    await ack(text=shown.text, blocks=list(shown.blocks), response_type="ephemeral")


async def on_other_event(event: dict[str, Any]) -> None:
    """Heard and needing nothing; unheard, Slack would send it again."""
    del event
