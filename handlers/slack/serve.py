"""The bot on Slack, from start to a clean end."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass

import aiohttp
from slack_bolt.async_app import AsyncApp
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.config import Settings
from bot.domain.identity import Workspace
from bot.errors import SettingsError
from bot.jobs import EVERYWHERE, Jobs
from bot.log import logger
from bot.runtime import Runtime
from bot.services import inbox
from handlers.slack.app import TIMEOUT, build_app, build_client
from handlers.slack.connection import http_mode, socket_mode
from handlers.slack.ids import workspace_of
from handlers.slack.middleware import AGAIN
from handlers.slack.notifier import SlackNotifier

DRAIN_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class Place:
    """Where HTTP mode listens."""

    host: str
    port: int


@asynccontextmanager
async def serving(
    runtime: Runtime, settings: Settings, http: Place | None = None
) -> AsyncIterator[int]:
    """The bot at work while the block runs; yields the HTTP port, 0 in Socket Mode.

    Raises SettingsError when Slack refuses the token.
    """
    async with aiohttp.ClientSession(timeout=TIMEOUT) as session:
        client = build_client(settings, session)
        workspace = await _signed_in(client)
        app, listening = build_app(runtime, settings, client)
        jobs = Jobs(runtime, SlackNotifier(runtime, client))
        await jobs.recover(workspace)
        await _take_up_again(app, runtime)
        loop = asyncio.create_task(jobs.run())
        try:
            if http is None:
                async with socket_mode(app, settings):
                    yield 0
            else:
                async with http_mode(app, http.host, http.port) as port:
                    yield port
        finally:
            await listening.drain(DRAIN_SECONDS)
            loop.cancel()
            with suppress(asyncio.CancelledError):
                await loop


async def _signed_in(client: AsyncWebClient) -> Workspace:
    try:
        answer = await client.auth_test()
    except SlackApiError as error:
        reason = error.response.get("error")
        raise SettingsError(
            [f"Slack refuses SLACK_BOT_TOKEN ({reason}). Install the app again and copy the token."]
        ) from error
    except (aiohttp.ClientError, TimeoutError, OSError) as error:
        raise SettingsError(
            ["Slack cannot be reached at SLACK_API_URL. Is this machine online?"]
        ) from error
    return workspace_of({"team_id": answer["team_id"]})


async def _take_up_again(app: AsyncApp, runtime: Runtime) -> None:
    """What was acknowledged and not done before the last end is done now."""
    for key, body, received in await runtime.run(inbox.unfinished, EVERYWHERE):
        if not body:
            continue
        logger().info("taken up again", key=key.partition(":")[0])
        await app.async_dispatch(
            AsyncBoltRequest(
                mode="socket_mode",
                body=json.loads(body),
                headers={AGAIN: [received.isoformat()]},
            )
        )
