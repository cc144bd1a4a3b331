"""The bot on Slack, from start to a clean end."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass

import aiohttp
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.config import Settings
from bot.errors import SettingsError
from bot.jobs import EVERYWHERE, Jobs
from bot.log import logger
from bot.runtime import Runtime
from bot.services import inbox, membership, retention
from handlers.slack.app import TIMEOUT, build_app, build_client
from handlers.slack.connection import http_mode, socket_mode
from handlers.slack.ids import workspace_of
from handlers.slack.middleware import AGAIN
from handlers.slack.notifier import SlackNotifier
from handlers.slack.refusals import reason_of, status_of
from handlers.slack.time_zones import learn_of_desk

DRAIN_SECONDS = 10.0

REMOVED = frozenset({"account_inactive", "token_revoked"})
"""What Slack says to a bot that was removed while it was not running."""


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
        token = settings.slack_bot_token.get_secret_value() if settings.slack_bot_token else ""
        # Also while Slack refuses the bot: whoever removed the app was promised that all goes.
        await runtime.run(retention.clear_uninstalled, EVERYWHERE)
        signing_in = build_client(settings, session, token, retries=1)
        installed = await _signed_in(signing_in, token, runtime)
        workspace = workspace_of({"team_id": installed.team_id})
        await runtime.run(membership.installed, workspace)
        client = build_client(settings, session, retries=1)
        app, listening = build_app(runtime, settings, client, installed)
        # The outbox tries again by itself, and no delivery waits for another's rate limit.
        jobs = Jobs(
            runtime, SlackNotifier(runtime, build_client(settings, session, token, retries=0))
        )
        await jobs.recover(workspace)
        await _take_up_again(app, runtime)
        loop = asyncio.create_task(jobs.run())
        zones = asyncio.create_task(learn_of_desk(signing_in, runtime, workspace))
        try:
            if http is None:
                async with socket_mode(app, settings):
                    yield 0
            else:
                async with http_mode(app, http.host, http.port) as port:
                    yield port
        finally:
            await listening.drain(DRAIN_SECONDS)
            for task in (zones, loop):
                task.cancel()
                with suppress(asyncio.CancelledError):
                    await task


async def _signed_in(client: AsyncWebClient, token: str, runtime: Runtime) -> AuthorizeResult:
    try:
        answer = await client.auth_test()
    except SlackApiError as error:
        reason = reason_of(error)
        if reason == "ratelimited" or status_of(error) >= 500:
            raise _unreachable(reason) from error
        if reason in REMOVED:
            await runtime.run(membership.refused, EVERYWHERE)
        raise SettingsError(
            [f"Slack refuses SLACK_BOT_TOKEN ({reason}). Install the app again and copy the token."]
        ) from error
    except (aiohttp.ClientError, TimeoutError, OSError) as error:
        raise _unreachable(type(error).__name__) from error
    return AuthorizeResult.from_auth_test_response(auth_test_response=answer, bot_token=token)


def _unreachable(reason: str) -> SettingsError:
    return SettingsError(
        [f"Slack cannot be reached at SLACK_API_URL ({reason}). Is this machine online?"]
    )


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
