"""The time zones of profiles, as Slack says them when it is asked."""

import asyncio

import aiohttp
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.identity import Workspace
from bot.errors import BotError
from bot.log import logger
from bot.runtime import Runtime
from bot.services import members
from handlers.slack.ids import user_id_of

WITHIN = 5.0
"""Seconds; nobody waits for a window meanwhile. Without an answer the zone that is known stays."""


async def time_zone_of(client: AsyncWebClient, user_id: str) -> str | None:
    """The time zone of a profile, empty where it has none; None when Slack did not answer."""
    try:
        async with asyncio.timeout(WITHIN):
            answer = await client.users_info(user=user_id)
    except (SlackApiError, SlackClientError, aiohttp.ClientError, TimeoutError, OSError):
        return None
    return str((answer.get("user") or {}).get("tz") or "")


async def learn_of_desk(client: AsyncWebClient, runtime: Runtime, workspace: Workspace) -> None:
    """At start: whose working hours count may have moved since. Who never wrote to the bot is
    left alone; the chapter's zone stands in for theirs."""
    try:
        for member in await runtime.run(members.known_at_desk, workspace):
            if zone := await time_zone_of(client, user_id_of(member)):
                await runtime.run(members.set_time_zone, workspace, member, zone)
    except BotError as error:
        logger().error("time zones not learned", error=type(error).__name__)
