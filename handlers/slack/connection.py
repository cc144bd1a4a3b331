"""The two ways in: Socket Mode, watched so that it always comes back, and signed HTTP."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import aiohttp
from aiohttp import web
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.socket_mode.aiohttp import SocketModeClient
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


class _Farewell:
    """The session that Slack has told to make way.

    The SDK asks once for a new address; when that fails it stays where nothing comes any more.
    """

    def __init__(self, client: SocketModeClient) -> None:
        self._client = client
        self._session: aiohttp.ClientWebSocketResponse | None = None
        client.on_message_listeners.append(self._hear)

    async def _hear(self, message: aiohttp.WSMessage) -> None:
        if message.type is not aiohttp.WSMsgType.TEXT or '"disconnect"' not in message.data[:200]:
            return
        if json.loads(message.data).get("type") == "disconnect":
            self._session = self._client.current_session

    async def insist(self) -> None:
        """Close it where it was not replaced: then the SDK connects anew."""
        told, self._session = self._session, None
        if told is not None and told is self._client.current_session:
            await told.close()


async def _watch(handler: AsyncSocketModeHandler) -> None:
    # The SDK asks for ever for the same address once it was refused; forgetting it makes the
    # next try ask Slack for a new one.
    without, farewell = 0, _Farewell(handler.client)
    while without < REBUILD_AFTER:
        await asyncio.sleep(WATCH_EVERY)
        await farewell.insist()
        if await handler.client.is_connected():
            without = 0
            continue
        without += 1
        handler.client.wss_uri = None
        logger().warning("not connected to Slack", since_s=without * WATCH_EVERY)


async def _closed(handler: AsyncSocketModeHandler) -> None:
    # A connection that is already broken may refuse to close; it is gone either way.
    with suppress(Exception):
        async with asyncio.timeout(5):
            await handler.client.close()


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
