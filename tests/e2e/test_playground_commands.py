"""Slash commands, shortcuts and response URLs, and when Slack refuses them."""

from typing import Any

import pytest

from tests.support.playground_desk import Desk, Json, acting, running, wired

PLAIN: dict[str, Any] = {"channel": "C0CLM", "user": "ada", "command": "/plain", "text": "a"}


async def respond(desk: Desk, url: str, **body: Any) -> tuple[int, Json]:
    """Use a response URL."""
    async with desk.session.post(url, json=body) as answer:
        return answer.status, await answer.json()


async def test_a_command_carries_what_slack_sends() -> None:
    """A slash command names place, person, command and text, and brings trigger and URL."""
    async with wired() as (desk, bot):
        _, payload = await acting(desk.do("command", **PLAIN), bot)
        named = {
            key: payload[key] for key in ("channel_id", "channel_name", "user_id", "user_name")
        }
        assert named == {
            "channel_id": "C0CLM",
            "channel_name": "clm",
            "user_id": "U0ADA",
            "user_name": "ada",
        }
        assert (payload["command"], payload["text"]) == ("/plain", "a")
        assert payload["trigger_id"]
        assert payload["response_url"].startswith(desk.playground.url)
        dm = {**PLAIN, "channel": "dm"}
        _, payload = await acting(desk.do("command", **dm), bot)
        assert (payload["channel_id"], payload["channel_name"]) == ("D0ADA", "directmessage")


async def test_mentions_are_resolved_only_where_the_manifest_asks() -> None:
    """With should_escape a mention comes as id and name, without it as typed text."""
    async with wired() as (desk, bot):
        for command, text in (("/named", "ask <@U0BEN|ben> & co"), ("/plain", "ask @ben & co")):
            body = {**PLAIN, "command": command, "text": "ask @ben & co"}
            _, payload = await acting(desk.do("command", **body), bot)
            assert payload["text"] == text.replace("&", "&amp;")


async def test_the_ack_of_a_command_is_private_by_default() -> None:
    """The text of the ack is seen by the one who typed, unless it says in_channel."""
    async with wired() as (desk, bot):
        answer, _ = await acting(desk.do("command", **PLAIN), bot, {"text": "for you"})
        assert answer["ack"] == {"text": "for you"}
        everybody = {"text": "for all", "response_type": "in_channel"}
        await acting(desk.do("command", **PLAIN), bot, everybody)
        assert await desk.texts("ada", "C0CLM") == ["for you", "for all"]
        assert await desk.texts("ben", "C0CLM") == ["for all"]
        assert (await desk.seen("ada", "C0CLM"))[0]["ephemeral_to"] == "U0ADA"


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"command": "/undeclared"}, "invalid_command"),
        ({"thread_ts": "1.1"}, "not_in_thread"),
        ({"channel": "C0OFFICE", "user": "dev"}, "not_in_channel"),
        ({"user": "nobody"}, "user_not_found"),
    ],
)
async def test_a_command_that_slack_does_not_take(change: Json, error: str) -> None:
    """Undeclared commands, commands in threads and in foreign channels are refused."""
    async with running() as desk:
        assert await desk.refused("command", **{**PLAIN, **change}) == error


async def test_an_unanswered_command_fails_for_its_user() -> None:
    """Without an ack in time Slack shows operation_timeout, without a bot dispatch_failed."""
    async with wired(ack_s=0.1) as (desk, bot):
        assert await desk.refused("command", **PLAIN) == "operation_timeout"
        await bot.close()
        await desk.wait('"name": "closed"')
        assert await desk.refused("command", **PLAIN) == "dispatch_failed"


async def test_a_faulty_ack_is_shown_as_slack_shows_it() -> None:
    """An ack whose blocks Slack would refuse fails with invalid_command_response."""
    async with wired() as (desk, bot):
        faulty = {"text": "x", "blocks": [{"type": "nonsense"}]}
        (status, answer), _ = await acting(desk.ask("command", **PLAIN), bot, faulty)
        assert (status, answer["error"]) == (502, "invalid_command_response")
        assert await desk.seen("ada", "C0CLM") == []


async def test_a_response_url_works_five_times_within_thirty_minutes() -> None:
    """The sixth use is refused as used, and after half an hour every use as expired."""
    async with wired() as (desk, bot):
        _, payload = await acting(desk.do("command", **PLAIN), bot)
        url = payload["response_url"]
        statuses = [(await respond(desk, url, text=str(n)))[0] for n in range(6)]
        assert statuses == [200] * 5 + [404]
        assert (await respond(desk, url, text="x"))[1]["error"] == "used_url"
        assert await desk.texts("ada", "C0CLM") == ["0", "1", "2", "3", "4"]
        assert await desk.texts("ben", "C0CLM") == []
        _, payload = await acting(desk.do("command", **PLAIN), bot)
        await desk.do("clock", advance_s=1801)
        assert (await respond(desk, payload["response_url"], text="x"))[1]["error"] == "expired_url"
        status, answer = await respond(desk, desk.playground.url + "/respond/made-up", text="x")
        assert (status, answer["error"]) == (404, "invalid_url")


async def test_a_response_url_is_as_strict_as_a_message() -> None:
    """Empty or faulty answers and unknown threads are refused and cost no use."""
    async with wired() as (desk, bot):
        _, payload = await acting(desk.do("command", **PLAIN), bot)
        url = payload["response_url"]
        for body, error in (
            ({}, "invalid_payload"),
            ({"response_type": "ephemeral"}, "no_text"),
            ({"text": "x", "blocks": [{"type": "nonsense"}]}, "invalid_blocks"),
            ({"text": "x", "thread_ts": "1.1"}, "thread_not_found"),
            ({"text": "x", "replace_original": True}, "message_not_found"),
        ):
            status, answer = await respond(desk, url, **body)
            assert (status, answer["error"]) == (400, error)
        assert [(await respond(desk, url, text="x"))[0] for _ in range(5)] == [200] * 5


async def test_answers_reach_a_channel_without_the_bot() -> None:
    """A command works where the bot is no member, and so does its response URL."""
    async with wired() as (desk, bot):
        body = {**PLAIN, "channel": "C0OFFICE"}
        _, payload = await acting(desk.do("command", **body), bot, {"text": "acked"})
        assert (await respond(desk, payload["response_url"], text="responded"))[0] == 200
        assert await desk.texts("ada", "C0OFFICE") == ["acked", "responded"]


async def test_a_global_shortcut_has_no_channel() -> None:
    """A global shortcut brings its callback id and a trigger, and nothing of a channel."""
    async with wired() as (desk, bot):
        work = desk.do("shortcut", user="ada", callback_id="anywhere")
        _, payload = await acting(work, bot)
        assert (payload["type"], payload["callback_id"]) == ("shortcut", "anywhere")
        assert payload["trigger_id"]
        assert "channel" not in payload
        assert "response_url" not in payload


async def test_a_message_shortcut_brings_the_message() -> None:
    """A shortcut in a message's menu brings that message, its channel and a response URL."""
    async with wired() as (desk, bot):
        sent = await desk.do("message", channel="C0CLM", user="ben", text="what is the CLM?")
        await bot.hear()
        work = desk.do(
            "shortcut", user="ada", callback_id="on_message", channel="C0CLM", messageTs=sent["ts"]
        )
        _, payload = await acting(work, bot)
        assert payload["type"] == "message_action"
        assert payload["message"]["text"] == "what is the CLM?"
        assert payload["message_ts"] == sent["ts"]
        assert payload["channel"] == {"id": "C0CLM", "name": "clm"}
        assert (await respond(desk, payload["response_url"], text="privately"))[0] == 200
        assert "privately" in await desk.texts("ada", "C0CLM")


@pytest.mark.parametrize(
    ("body", "error"),
    [
        ({"callback_id": "undeclared"}, "shortcut_not_found"),
        ({"callback_id": "on_message"}, "missing_field"),
        (
            {"callback_id": "on_message", "channel": "C0CLM", "messageTs": "1.1"},
            "message_not_found",
        ),
        ({}, "missing_field"),
    ],
)
async def test_a_shortcut_that_does_not_exist(body: Json, error: str) -> None:
    """Undeclared shortcuts and message shortcuts without a message are refused."""
    async with running() as desk:
        assert await desk.refused("shortcut", user="ada", **body) == error
