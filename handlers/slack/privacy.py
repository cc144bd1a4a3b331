"""Erasing one's data, after a confirmation."""

from collections.abc import Sequence
from typing import Any

from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.respond.async_respond import AsyncRespond
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.copy import Copy
from bot.domain.notices import Landing
from bot.log import logger
from bot.runtime import Runtime
from bot.services import privacy, standing
from handlers.slack.middleware import Visit
from handlers.slack.views.blocks import escaped, message, words
from handlers.slack.views.privacy import confirm_modal, erased_modal


async def on_ask(
    ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, runtime: Runtime, visit: Visit
) -> None:
    """The erase button: say what goes, and ask once more."""
    await ack()
    copy = runtime.bank(visit.workspace).content.copy
    await client.views_open(trigger_id=body["trigger_id"], view=confirm_modal(copy))


async def on_confirmed(
    ack: AsyncAck, client: AsyncWebClient, runtime: Runtime, visit: Visit
) -> None:
    """Yes: erase, and say that it is done."""
    own = await runtime.run(privacy.erase, visit.workspace, visit.member)
    copy = runtime.bank(visit.workspace).content.copy
    await ack(response_action="update", view=erased_modal(copy))
    await _empty(own, client, copy)
    await runtime.run(standing.refresh_home, visit.workspace, visit.member)


async def on_erase(
    ack: AsyncAck, respond: AsyncRespond, client: AsyncWebClient, runtime: Runtime, visit: Visit
) -> None:
    """Yes, from a message."""
    own = await runtime.run(privacy.erase, visit.workspace, visit.member)
    await ack()
    copy = runtime.bank(visit.workspace).content.copy
    await respond(text=escaped(copy.say("privacy.erased")), replace_original=True)
    await _empty(own, client, copy)
    await runtime.run(standing.refresh_home, visit.workspace, visit.member)


async def _empty(own: Sequence[Landing], client: AsyncWebClient, copy: Copy) -> None:
    shown = message(copy.say("privacy.request_erased"), [words(copy.say("privacy.request_erased"))])
    for landing in own:
        try:
            await client.chat_update(
                channel=landing.conversation,
                ts=landing.message,
                text=shown.text,
                blocks=list(shown.blocks),
            )
        except SlackApiError as error:
            # Slack hides or deletes old messages by itself; then there is nothing to empty.
            logger().info("request not emptied", slack=error.response.get("error"))


async def on_keep(ack: AsyncAck, respond: AsyncRespond, runtime: Runtime, visit: Visit) -> None:
    """No."""
    await ack()
    copy = runtime.bank(visit.workspace).content.copy
    await respond(text=escaped(copy.say("privacy.kept")), replace_original=True)
