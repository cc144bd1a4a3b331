"""Answering a word of the desk with what may take a while to count."""

import asyncio
from collections.abc import Awaitable

from slack_bolt.context.respond.async_respond import AsyncRespond

from handlers.slack.asked import Asked
from handlers.slack.responding import show_privately
from handlers.slack.views.blocks import Message

ANSWER_WITHIN = 2.0
"""Seconds; Slack gives three before it tells the person that something went wrong."""


async def show_when_counted(asked: Asked, counting: Awaitable[Message]) -> None:
    """Answer in time, or acknowledge in time and answer when it is counted."""
    task = asyncio.ensure_future(counting)
    done, _ = await asyncio.wait({task}, timeout=ANSWER_WITHIN)
    address = asked.command.get("response_url")
    if done or not address:
        await asked.show(await task)
        return
    await asked.ack()
    client = asked.client
    respond = AsyncRespond(response_url=address, proxy=client.proxy, ssl=client.ssl)
    await show_privately(respond, await task)
