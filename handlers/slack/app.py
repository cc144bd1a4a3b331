"""The Slack app: Bolt with our middleware, routes and error home."""

import aiohttp
from slack_bolt.async_app import AsyncApp
from slack_sdk.http_retry.builtin_async_handlers import AsyncRateLimitErrorRetryHandler
from slack_sdk.web.async_client import AsyncWebClient

from bot.config import Settings
from bot.runtime import Runtime
from handlers.slack import routes
from handlers.slack.errors import showing
from handlers.slack.listening import Listening
from handlers.slack.middleware import keeping

TIMEOUT = aiohttp.ClientTimeout(total=10)


def build_client(settings: Settings, session: aiohttp.ClientSession) -> AsyncWebClient:
    """A client that never sends twice by itself: only a refused call (429) is tried again."""
    token = settings.slack_bot_token.get_secret_value() if settings.slack_bot_token else None
    return AsyncWebClient(
        token=token,
        base_url=settings.slack_api_url,
        session=session,
        retry_handlers=[AsyncRateLimitErrorRetryHandler(max_retry_count=1)],
    )


def build_app(
    runtime: Runtime, settings: Settings, client: AsyncWebClient
) -> tuple[AsyncApp, Listening]:
    """The app with everything registered, and what is at work in it."""
    secret = settings.slack_signing_secret
    app = AsyncApp(client=client, signing_secret=secret.get_secret_value() if secret else None)
    listening = Listening(runtime)
    app.middleware(keeping(runtime))
    routes.register(app, listening)
    app.error(showing(runtime, listening))
    return app, listening
