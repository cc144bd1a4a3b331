"""Windows that are open: drawn anew in their place."""

import asyncio
import secrets
from collections.abc import Mapping
from typing import Any

from slack_bolt.context.ack.async_ack import AsyncAck
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from handlers.slack.refusals import reason_of
from handlers.slack.views.blocks import Block

NOT_THERE = frozenset({"not_found", "view_not_found"})

DRAWN_WITHIN = 5.0
"""Seconds in which Slack draws what it was answered; later the window was closed."""

ASKED_AGAIN_AFTER = 0.2
"""Seconds."""


async def update_window(client: AsyncWebClient, old: Mapping[str, Any], view: Block) -> None:
    """Show another view in a window, unless it shows something newer than `old` already."""
    try:
        await client.views_update(view_id=old["id"], hash=old["hash"], view=view)
    except SlackApiError as error:
        # Two quick clicks: the window already shows the later one.
        if error.response.get("error") != "hash_conflict":
            raise


async def ask_for_patience(ack: AsyncAck, waiting: Block) -> str:
    """Answer a submission with a window that says to wait; the name for `show_at_last`."""
    name = secrets.token_hex(16)
    await ack(response_action="update", view={**waiting, "external_id": name})
    return name


async def show_at_last(client: AsyncWebClient, name: str, view: Block) -> None:
    """Draw a window in the place of the one that says to wait.

    Answer and call reach Slack by different ways, and an answer that comes second would be drawn
    over the call's view for good. The name came with the answer: until that is drawn, Slack refuses
    it. A window that was closed meanwhile needs the view no more.
    """
    clock = asyncio.get_running_loop().time
    until = clock() + DRAWN_WITHIN
    while True:
        try:
            await client.views_update(external_id=name, view=view)
        except SlackApiError as error:
            if reason_of(error) not in NOT_THERE:
                raise
        else:
            return
        if clock() > until:
            return
        await asyncio.sleep(ASKED_AGAIN_AFTER)
