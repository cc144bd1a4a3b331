"""The two ways in: Socket Mode, watched so that it always comes back, and signed HTTP."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from aiohttp import web
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.config import Settings
from bot.log import logger

PING_EVERY = 5.0
"""Seconds between pings, and between the tries to connect again."""

WATCH_EVERY = 5.0
"""Seconds between looks at the connection."""

REBUILD_AFTER = 24
"""Watches without a connection after which the whole client is made anew (two minutes)."""


@asynccontextmanager
async def socket_mode(app: AsyncApp, settings: Settings) -> AsyncIterator[None]:
    """Connected while the block runs."""
    watching = asyncio.create_task(_keep_connected(app, settings))
    try:
        yield
    finally:
        watching.cancel()
        with suppress(asyncio.CancelledError):
            await watching


async def _keep_connected(app: AsyncApp, settings: Settings) -> None:
    while True:
        handler = _handler(app, settings)
        connecting = asyncio.create_task(handler.client.connect())
        try:
            await _watch(handler)
        finally:
            connecting.cancel()
            with suppress(asyncio.CancelledError, Exception):
                await connecting
            await _closed(handler)


def _handler(app: AsyncApp, settings: Settings) -> AsyncSocketModeHandler:
    token = settings.slack_app_token.get_secret_value() if settings.slack_app_token else ""
    client = AsyncWebClient(token=token, base_url=settings.slack_api_url)
    return AsyncSocketModeHandler(app, app_token=token, web_client=client, ping_interval=PING_EVERY)


async def _watch(handler: AsyncSocketModeHandler) -> None:
    # The SDK asks for ever for the same address once it was refused; forgetting it makes the
    # next try ask Slack for a new one.
    without = 0
    while without < REBUILD_AFTER:
        await asyncio.sleep(WATCH_EVERY)
        if await handler.client.is_connected():
            without = 0
            continue
        without += 1
        handler.client.wss_uri = None
        logger().warning("not connected to Slack", since_s=without * WATCH_EVERY)


async def _closed(handler: AsyncSocketModeHandler) -> None:
    # A connection that is already broken may refuse to close; it is gone either way.
    with suppress(Exception):
        await asyncio.wait_for(handler.client.close(), timeout=5)


@asynccontextmanager
async def http_mode(app: AsyncApp, host: str, port: int) -> AsyncIterator[int]:
    """Listening while the block runs; yields the port. Raises OSError when it is taken."""
    runner = web.AppRunner(app.web_app(path="/slack/events"), access_log=None)
    await runner.setup()
    try:
        await web.TCPSite(runner, host, port).start()
        yield int(runner.addresses[0][1])
    finally:
        await runner.cleanup()
