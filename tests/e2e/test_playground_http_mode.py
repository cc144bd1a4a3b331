"""HTTP mode: challenge, signatures, retries and the body of the answer, as on Slack."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs

from aiohttp import web
from slack_sdk.signature import SignatureVerifier

from tests.support.playground_desk import Desk, running


@dataclass
class Listener:
    """A request URL that repeats challenges and otherwise answers what the test says."""

    url: str = ""
    answers: list[web.Response] = field(default_factory=list)
    heard: list[tuple[dict[str, str], str]] = field(default_factory=list)
    challenge: bool = True

    async def handle(self, request: web.Request) -> web.Response:
        """Answer one request."""
        body = await request.text()
        if "url_verification" in body:
            said = json.loads(body)["challenge"] if self.challenge else "no"
            return web.json_response({"challenge": said})
        self.heard.append(({k.lower(): v for k, v in request.headers.items()}, body))
        return self.answers.pop(0) if self.answers else web.Response()


@asynccontextmanager
async def listening(**options: Any) -> AsyncIterator[tuple[Desk, Listener]]:
    """A playground that delivers to a listener."""
    listener = Listener()
    app = web.Application()
    app.router.add_post("/hook", listener.handle)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    listener.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    try:
        async with running(request_url=listener.url, **options) as desk:
            yield desk, listener
    finally:
        await runner.cleanup()


async def test_every_request_is_signed() -> None:
    """The bot can verify each request with its signing secret, and nobody else's."""
    async with listening(signing_secret="told-to-the-bot-alone") as (desk, listener):
        await desk.do("message", channel="dm", user="ada", text="signed")
        await desk.wait('"kind": "ack"')
        headers, body = listener.heard[0]
        assert SignatureVerifier("told-to-the-bot-alone").is_valid_request(body, headers)
        assert not SignatureVerifier("another").is_valid_request(body, headers)
        assert json.loads(body)["event"]["text"] == "signed"


async def test_a_url_that_fails_the_challenge_is_not_used() -> None:
    """Switching to a URL that does not repeat the challenge is refused, the old way stays."""
    async with listening() as (desk, listener):
        await desk.do("delivery", mode="socket")
        listener.challenge = False
        refusal = await desk.refused("delivery", mode="http", request_url=listener.url)
        assert refusal == "url_verification_failed"
        assert (await desk.look("state"))["app"]["delivery"] == "socket"


async def test_http_mode_opens_no_socket() -> None:
    """While events go over HTTP, asking for a Socket Mode address is refused."""
    async with listening() as (desk, _):
        answer = await desk.api("apps.connections.open", desk.playground.app_token)
        assert answer["error"] == "socket_mode_not_enabled"


async def test_a_failed_delivery_is_repeated_with_number_and_reason() -> None:
    """After an error status the event comes again, with the retry headers that Slack sends."""
    async with listening(redelivery_s=(0.0, 0.0, 0.0)) as (desk, listener):
        listener.answers = [web.Response(status=500), web.Response(status=302)]
        await desk.do("message", channel="dm", user="ada", text="again")
        await desk.wait('"kind": "ack", "name": "message", "user": "U0ADA", "status": 200')
        numbers = [headers.get("x-slack-retry-num") for headers, _ in listener.heard]
        reasons = [headers.get("x-slack-retry-reason") for headers, _ in listener.heard]
        assert numbers == [None, "1", "2"]
        assert reasons == [None, "http_error", "http_error"]


async def test_no_retry_is_honoured() -> None:
    """An error status with X-Slack-No-Retry is the end of it."""
    async with listening(redelivery_s=(0.0,)) as (desk, listener):
        headers = {"X-Slack-No-Retry": "1"}
        listener.answers = [web.Response(status=500, headers=headers)]
        await desk.do("message", channel="dm", user="ada", text="never again")
        await desk.wait("http_error")
        await desk.do("message", channel="dm", user="ada", text="next")
        await desk.wait('"status": 200, "ms"', after=desk.playground.journal.seq - 1)
        assert [json.loads(body)["event"]["text"] for _, body in listener.heard] == [
            "never again",
            "next",
        ]


async def test_the_answer_to_a_command_is_shown_to_its_user() -> None:
    """Plain text or JSON in the body of the answer appears as an ephemeral message."""
    async with listening() as (desk, listener):
        listener.answers = [
            web.Response(text="plainly"),
            web.json_response({"response_type": "in_channel", "text": "to all"}),
        ]
        for _ in range(2):
            await desk.do("command", channel="C0CLM", user="ada", command="/plain", text="a b")
        assert await desk.texts("ada", "C0CLM") == ["plainly", "to all"]
        assert await desk.texts("ben", "C0CLM") == ["to all"]
        form = parse_qs(listener.heard[0][1])
        assert (form["command"], form["text"]) == (["/plain"], ["a b"])


async def test_an_interaction_comes_as_a_form_with_a_payload() -> None:
    """A shortcut arrives as the form field payload holding JSON."""
    async with listening() as (desk, listener):
        await desk.do("shortcut", user="ada", callback_id="anywhere")
        payload = json.loads(parse_qs(listener.heard[0][1])["payload"][0])
        assert (payload["type"], payload["callback_id"]) == ("shortcut", "anywhere")


async def test_an_error_status_for_a_command_is_shown_as_failed() -> None:
    """A command that the bot answers with an error status fails for its user."""
    async with listening() as (desk, listener):
        listener.answers = [web.Response(status=500)]
        refusal = await desk.refused("command", channel="dm", user="ada", command="/plain")
        assert refusal == "dispatch_failed"
