"""The Slack app: Bolt with our middleware, routes and error home."""

import aiohttp
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.http_retry.builtin_async_handlers import AsyncRateLimitErrorRetryHandler
from slack_sdk.web.async_client import AsyncWebClient

from bot.config import Settings
from bot.runtime import Runtime
from handlers.slack import routes
from handlers.slack.errors import showing
from handlers.slack.listening import Listening
from handlers.slack.middleware import keeping

TIMEOUT = aiohttp.ClientTimeout(total=10)


def build_client(
    settings: Settings, session: aiohttp.ClientSession, token: str | None = None, *, retries: int
) -> AsyncWebClient:
    """A client that never sends twice by itself: only what Slack refuses (429) is tried again.

    It waits for as long as Slack says; with no `retries` it leaves that to whoever calls.
    """
    return AsyncWebClient(
        token=token,
        base_url=settings.slack_api_url,
        session=session,
        retry_handlers=[AsyncRateLimitErrorRetryHandler(max_retry_count=retries)]
        if retries
        else [],
    )


def build_app(
    runtime: Runtime, settings: Settings, client: AsyncWebClient, installed: AuthorizeResult
) -> tuple[AsyncApp, Listening]:
    """The app with everything registered, and what is at work in it.

    `client` has no token of its own: `installed` brings it to each request.
    """
    secret = settings.slack_signing_secret

    async def authorize() -> AuthorizeResult:
        # Known from the start. Bolt would ask Slack at the first request, and when that fails
        # acknowledge and drop what came in.
        return installed

    app = AsyncApp(
        client=client,
        authorize=authorize,
        signing_secret=secret.get_secret_value() if secret else None,
    )
    listening = Listening(runtime)
    app.middleware(keeping(runtime))
    routes.register(app, listening)
    app.error(showing(runtime, listening))
    return app, listening
