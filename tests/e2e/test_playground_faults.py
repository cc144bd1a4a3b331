"""Trouble that was ordered meets exactly the calls it was ordered for."""

import asyncio

import pytest
from aiohttp import ClientTimeout, ServerDisconnectedError, WSServerHandshakeError
from slack_sdk.http_retry.builtin_async_handlers import AsyncRateLimitErrorRetryHandler
from slack_sdk.web.async_client import AsyncWebClient

from tests.support.playground_desk import Desk, Json, acting, running, wired

OPEN = "C0CLM"


async def lost(desk: Desk, method: str, **args: str) -> None:
    """Call a method whose answer never comes."""
    headers = {"Authorization": f"Bearer {desk.playground.bot_token}"}
    url = desk.playground.api_url + method
    with pytest.raises((ServerDisconnectedError, ConnectionError)):
        await desk.session.post(url, json=args, headers=headers)


async def test_rate_limited_says_when_to_come_back() -> None:
    """The next calls answer 429 with the ordered Retry-After, then all is well again."""
    async with running() as desk:
        await desk.do("fault", kind="rate_limited", method="chat.postMessage", count=2,
                      retry_after=7)  # fmt: skip
        assert (await desk.api("auth.test"))["ok"] is True
        for _ in range(2):
            answer = await desk.api("chat.postMessage", channel=OPEN, text="x")
            assert (answer["http"], answer["retry_after"]) == (429, "7")
        await desk.said(OPEN, "through")
        assert await desk.texts("ada", OPEN) == ["through"]


async def test_the_sdk_retries_a_rate_limited_call() -> None:
    """The real client waits as told and posts once."""
    async with running() as desk:
        await desk.do("fault", kind="rate_limited", method="chat.postMessage", retry_after=1)
        client = AsyncWebClient(
            token=desk.playground.bot_token,
            base_url=desk.playground.api_url,
            retry_handlers=[AsyncRateLimitErrorRetryHandler(max_retry_count=1)],
        )
        await client.chat_postMessage(channel=OPEN, text="patient")
        assert await desk.texts("ada", OPEN) == ["patient"]


async def test_a_server_error_carries_nothing_out() -> None:
    """A call that meets a server error answers 503 and has done nothing."""
    async with running() as desk:
        await desk.do("fault", kind="server_error", count=1)
        assert (await desk.api("chat.postMessage", channel=OPEN, text="x"))["http"] == 503
        assert await desk.texts("ada", OPEN) == []
        assert (await desk.wait('"trouble": "server_error"'))["status"] == 503


async def test_a_lost_reply_was_carried_out() -> None:
    """The message is there though the bot never got the answer, and its metadata finds it."""
    async with running() as desk:
        await desk.do("fault", kind="lost_reply", method="chat.postMessage", count=1)
        await lost(desk, "chat.postMessage", channel=OPEN, text="did it arrive?")
        assert await desk.texts("ada", OPEN) == ["did it arrive?"]
        record = await desk.wait('"trouble": "lost_reply"')
        assert record["body"]["response"]["ok"] is True


async def test_a_timeout_carries_nothing_out() -> None:
    """A call that is held until the caller gives up has done nothing."""
    async with running() as desk:
        await desk.do("fault", kind="timeout", method="chat.postMessage", count=1)
        headers = {"Authorization": f"Bearer {desk.playground.bot_token}"}
        with pytest.raises(asyncio.TimeoutError):
            await desk.session.post(
                desk.playground.api_url + "chat.postMessage",
                json={"channel": OPEN, "text": "x"},
                headers=headers,
                timeout=ClientTimeout(total=0.2),
            )
        await desk.wait('"trouble": "timeout"')
        assert await desk.texts("ada", OPEN) == []


async def test_a_connection_that_breaks_at_a_call() -> None:
    """A disconnect ordered for a method breaks that call undone and cuts the sockets."""
    async with wired() as (desk, _):
        await desk.do("fault", kind="disconnect", method="chat.postMessage", count=1)
        assert desk.playground.connections == 1
        await lost(desk, "chat.postMessage", channel=OPEN, text="x")
        await desk.wait('"name": "closed"')
        assert desk.playground.connections == 0
        assert await desk.texts("ada", OPEN) == []


async def test_trouble_can_be_meant_for_one_channel() -> None:
    """A fault for somebody's DM meets messages to their id as well, and no other channel."""
    async with running() as desk:
        await desk.do("fault", kind="server_error", channel="dm", user="ada", count=2)
        await desk.said("U0BEN")
        for channel in ("U0ADA", "D0ADA"):
            answer = await desk.api("chat.postMessage", channel=channel, text="x")
            assert answer["http"] == 503


async def test_any_error_of_slack_can_be_ordered() -> None:
    """A refusal that a free workspace may give can be had by its name."""
    async with running() as desk:
        await desk.do("fault", kind="slack_error", method="chat.update", error="edit_window_closed")
        ts = await desk.said(OPEN)
        answer = await desk.api("chat.update", channel=OPEN, ts=ts, text="x")
        assert answer["error"] == "edit_window_closed"


async def test_a_response_url_fails_when_ordered() -> None:
    """The answer to a command can fail as any call can."""
    async with wired() as (desk, bot):
        work = desk.do("command", channel=OPEN, user="ada", command="/plain", text="")
        _, payload = await acting(work, bot)
        url = payload["response_url"]
        for kind, status in (("rate_limited", 429), ("server_error", 503)):
            await desk.do("fault", kind=kind, method="response_url")
            async with desk.session.post(url, json={"text": "x"}) as answer:
                assert answer.status == status
        await desk.do("fault", kind="lost_reply", method="response_url")
        with pytest.raises((ServerDisconnectedError, ConnectionError)):
            await desk.session.post(url, json={"text": "arrived"})
        assert await desk.texts("ada", OPEN) == ["arrived"]


async def test_what_struck_an_answer_or_a_connection_is_in_the_log() -> None:
    """Whoever counts what went wrong finds it there, and a broken connection is broken."""
    async with wired() as (desk, bot):
        work = desk.do("command", channel=OPEN, user="ada", command="/plain", text="")
        _, payload = await acting(work, bot)
        await desk.do("fault", kind="disconnect", method="response_url")
        with pytest.raises((ServerDisconnectedError, ConnectionError)):
            await desk.session.post(payload["response_url"], json={"text": "x"})
        assert (await desk.wait('"trouble": "disconnect"'))["name"] == "response_url"
        assert (await desk.look("state"))["app"]["connections"] == 0
        await desk.do("fault", kind="refuse_connect")
        with pytest.raises(WSServerHandshakeError):
            await bot.connect()
        assert (await desk.wait('"trouble": "refuse_connect"'))["name"] == "refused"


@pytest.mark.parametrize(
    "body",
    [
        {"kind": "earthquake"},
        {"kind": "server_error", "count": 0},
        {"kind": "rate_limited", "retry_after": "soon"},
    ],
)
async def test_a_fault_that_does_not_exist_is_refused(body: Json) -> None:
    """Unknown kinds and impossible numbers order no trouble."""
    async with running() as desk:
        assert await desk.refused("fault", **body) == "invalid_field"
        assert (await desk.look("state"))["app"]["faults"] == []
