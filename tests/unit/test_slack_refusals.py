"""What Slack, or a proxy before it, answers when it does not answer as its API promises."""

from collections.abc import AsyncIterator

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from handlers.slack.refusals import reason_of, retry_after_of, status_of


@pytest.fixture
async def client() -> AsyncIterator[AsyncWebClient]:
    """The real client, talking to a server that answers as its path says."""

    async def answer(request: web.Request) -> web.Response:
        status, kind = request.query["status"], request.query["kind"]
        return web.Response(
            status=int(status),
            text=request.query["body"],
            content_type=kind,
            headers={"Retry-After": "7"},
        )

    app = web.Application()
    app.router.add_route("*", "/api/{method}", answer)
    async with TestServer(app) as server, aiohttp.ClientSession() as session:
        yield AsyncWebClient(
            token="xoxb-test",
            base_url=str(server.make_url("/api/")),
            session=session,
            retry_handlers=[],
        )


@pytest.mark.parametrize(
    ("status", "kind", "body", "reason"),
    [
        (200, "application/json", '{"ok": false, "error": "channel_not_found"}', None),
        (429, "application/json", '{"ok": false, "error": "ratelimited"}', None),
        (503, "application/json", '{"ok": false, "error": "service_unavailable"}', None),
        (502, "text/html", "<html>Bad Gateway</html>", "http 502"),
        (503, "text/plain", "upstream connect error", "http 503"),
        (504, "application/json", "<html>no JSON at all</html>", "http 504"),
        (500, "application/json", "", "http 500"),
        (500, "application/json", "{}", "http 500"),
        (500, "application/json", "[]", "http 500"),
    ],
)
async def test_every_refusal_has_a_reason_and_a_status(
    client: AsyncWebClient, status: int, kind: str, body: str, reason: str | None
) -> None:
    """No answer, however odd, keeps the bot from knowing that it was refused and why."""
    with pytest.raises(SlackApiError) as refused:
        await client.api_call("auth.test", params={"status": status, "kind": kind, "body": body})
    error = refused.value
    assert reason_of(error) == (reason or body.split('"')[-2])
    assert status_of(error) == status
    assert retry_after_of(error) == 7.0


def test_a_refusal_without_any_answer_has_a_reason_too() -> None:
    """Also where there is no HTTP answer at all."""
    error = SlackApiError("refused", {"ok": False})
    assert (reason_of(error), status_of(error), retry_after_of(error)) == ("http 0", 0, 1.0)
