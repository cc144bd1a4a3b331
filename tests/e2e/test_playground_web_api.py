"""The Web API refuses what Slack refuses, by Slack's names."""

from io import BytesIO
from typing import Any

import pytest

from bot.playground.server import Playground
from tests.support.playground_desk import PEOPLE, Desk, running

OPEN, CLOSED = "C0CLM", "C0OFFICE"
BLOCK = {"type": "section", "text": {"type": "plain_text", "text": "blocks"}}


async def test_an_unknown_method_is_kept_for_the_test_to_fail_on() -> None:
    """A method that Slack does not have answers unknown_method and is remembered by name."""
    async with running() as desk:
        answer = await desk.api("chat.shout", channel=OPEN, text="x")
        assert answer["error"] == "unknown_method"
        assert desk.playground.unknown_methods == ["chat.shout"]
        assert (await desk.look("state"))["app"]["unknown_methods"] == ["chat.shout"]
        desk.playground.unknown_methods.clear()


@pytest.mark.parametrize(
    ("method", "token", "error"),
    [
        ("auth.test", "", "not_authed"),
        ("auth.test", "xoxb-somebody-else", "invalid_auth"),
        ("chat.postMessage", "xapp-playground-app-token", "not_allowed_token_type"),
        ("apps.connections.open", "xoxb-playground-bot-token", "not_allowed_token_type"),
        ("apps.connections.open", "", "not_authed"),
    ],
)
async def test_tokens_are_checked(method: str, token: str, error: str) -> None:
    """A call without a token, with an unknown one or with the wrong kind is refused."""
    async with running() as desk:
        assert (await desk.api(method, token))["error"] == error


async def test_a_missing_scope_is_named() -> None:
    """A method whose scope the manifest lacks is told what it needs and what it has."""
    async with running(manifest=PEOPLE.parent.parent / "app.manifest.yaml") as desk:
        answer = await desk.api("conversations.history", channel=OPEN)
        assert (answer["error"], answer["needed"]) == ("missing_scope", "channels:history")
        assert "chat:write" in answer["provided"].split(",")


CHAT_REFUSALS: list[tuple[str, dict[str, Any], str]] = [
    ("chat.postMessage", {"channel": "C0NOWHERE", "text": "x"}, "channel_not_found"),
    ("chat.postMessage", {"channel": "#clm", "text": "x"}, "channel_not_found"),
    ("chat.postMessage", {"channel": CLOSED, "text": "x"}, "not_in_channel"),
    ("chat.postMessage", {"channel": OPEN}, "no_text"),
    ("chat.postMessage", {"channel": OPEN, "text": "x" * 40_001}, "msg_too_long"),
    ("chat.postMessage", {"channel": OPEN, "text": "x", "blocks": [{}]}, "invalid_blocks"),
    ("chat.postMessage", {"channel": OPEN, "blocks": [BLOCK] * 51}, "invalid_blocks"),
    ("chat.postMessage", {"channel": "U0CLMBOT", "text": "x"}, "cannot_dm_bot"),
    ("chat.postMessage", {"text": "x"}, "invalid_arguments"),
    ("chat.postMessage", {"channel": OPEN, "text": "x", "thread_ts": "1.1"}, "thread_not_found"),
    ("chat.postMessage", {"channel": OPEN, "text": "x", "username": "Boss"}, "missing_scope"),
    ("chat.update", {"channel": OPEN, "ts": "1.1", "text": "x"}, "message_not_found"),
    ("chat.delete", {"channel": OPEN, "ts": "1.1"}, "message_not_found"),
    ("chat.getPermalink", {"channel": OPEN, "message_ts": "1.1"}, "message_not_found"),
    ("chat.postEphemeral", {"channel": OPEN, "user": "U0GUS", "text": "x"}, "user_not_in_channel"),
    ("chat.postEphemeral", {"channel": OPEN, "user": "U0NO", "text": "x"}, "user_not_found"),
    ("chat.postEphemeral", {"channel": CLOSED, "user": "U0ADA", "text": "x"}, "not_in_channel"),
    ("conversations.history", {"channel": CLOSED}, "not_in_channel"),
    ("conversations.history", {"channel": OPEN, "latest": "soon"}, "invalid_ts_latest"),
    ("conversations.replies", {"channel": OPEN, "ts": "1.1"}, "thread_not_found"),
    ("conversations.info", {"channel": "C0NOWHERE"}, "channel_not_found"),
    ("conversations.open", {"users": "U0NO"}, "user_not_found"),
    ("conversations.open", {"users": "U0ADA,U0BEN"}, "invalid_user_combination"),
    ("users.info", {"user": "U0NO"}, "user_not_found"),
    ("bots.info", {"bot": "B0NO"}, "bot_not_found"),
    ("files.getUploadURLExternal", {"filename": "a", "length": 0}, "invalid_arguments"),
    ("files.completeUploadExternal", {"files": [{"id": "F0NO"}]}, "file_not_found"),
    (
        "assistant.threads.setSuggestedPrompts",
        {"channel_id": "D0ADA", "prompts": [{"title": "a", "message": "b"}] * 5},
        "invalid_arguments",
    ),
    ("assistant.threads.setStatus", {"channel_id": OPEN, "thread_ts": "1", "status": "x"},
     "channel_not_found"),
]  # fmt: skip


@pytest.mark.parametrize(("method", "args", "error"), CHAT_REFUSALS)
async def test_a_call_that_slack_refuses_is_refused(
    method: str, args: dict[str, Any], error: str
) -> None:
    """Each impossible call is answered with the error name that Slack uses."""
    async with running() as desk:
        answer = await desk.api(method, **args)
        assert (answer["ok"], answer["error"]) == (False, error)


async def test_only_the_author_updates_and_deletes() -> None:
    """The bot can change its own message but neither change nor delete a person's."""
    async with running() as desk:
        ts = (await desk.do("message", channel=OPEN, user="ada", text="mine"))["ts"]
        assert (await desk.api("chat.update", channel=OPEN, ts=ts, text="x"))["error"] == (
            "cant_update_message"
        )
        assert (await desk.api("chat.delete", channel=OPEN, ts=ts))["error"] == (
            "cant_delete_message"
        )
        own = await desk.said(OPEN, "first")
        assert (await desk.api("chat.update", channel=OPEN, ts=own, text="second"))["ok"] is True
        shown = (await desk.seen("ada", OPEN))[-1]
        assert shown["text"] == "second"
        assert shown["edited"]["user"] == "U0CLMBOT"
        assert (await desk.api("chat.delete", channel=OPEN, ts=own))["ok"] is True
        assert await desk.texts("ada", OPEN) == ["mine"]


async def test_an_update_without_blocks_keeps_the_old_ones() -> None:
    """Updating the text alone leaves the buttons; an empty list of blocks takes them away."""
    async with running() as desk:
        ts = await desk.said(OPEN, "text", blocks=[BLOCK])
        await desk.api("chat.update", channel=OPEN, ts=ts, text="new text")
        assert (await desk.seen("ada", OPEN))[0]["blocks"][0]["text"] == BLOCK["text"]
        await desk.api("chat.update", channel=OPEN, ts=ts, text="new text", blocks=[])
        assert (await desk.seen("ada", OPEN))[0]["blocks"] == []


async def test_an_ephemeral_message_cannot_be_updated_or_linked() -> None:
    """What only one person sees is neither editable nor linkable by its timestamp."""
    async with running() as desk:
        sent = await desk.api("chat.postEphemeral", channel=OPEN, user="U0ADA", text="psst")
        ts = sent["message_ts"]
        for method, name in (("chat.update", "ts"), ("chat.getPermalink", "message_ts")):
            answer = await desk.api(method, channel=OPEN, text="x", **{name: ts})
            assert answer["error"] == "message_not_found"


async def test_posting_to_a_user_opens_the_direct_message() -> None:
    """A message to a user's id lands in their DM with the bot, whose id comes back."""
    async with running() as desk:
        posted = await desk.api("chat.postMessage", channel="U0BEN", text="hello Ben")
        opened = await desk.api("conversations.open", users="U0BEN")
        assert posted["channel"] == opened["channel"]["id"] == "D0BEN"
        assert await desk.texts("ben") == ["hello Ben"]


async def test_nobody_answers_to_a_reply() -> None:
    """A thread hangs on its first message; a reply's timestamp starts no thread of its own."""
    async with running() as desk:
        root = await desk.said(OPEN, "root")
        reply = await desk.said(OPEN, "reply", thread_ts=root)
        answer = await desk.api("chat.postMessage", channel=OPEN, text="x", thread_ts=reply)
        assert answer["error"] == "cannot_reply_to_message"
        thread = await desk.api("conversations.replies", channel=OPEN, ts=root)
        assert [m["text"] for m in thread["messages"]] == ["root", "reply"]
        top = await desk.api("conversations.history", channel=OPEN)
        assert [m["text"] for m in top["messages"]] == ["root"]
        assert top["messages"][0]["reply_count"] == 1


async def test_metadata_is_kept_and_shown_when_asked_for() -> None:
    """What the bot hides in a message it finds again, but only when it asks for all metadata."""
    async with running() as desk:
        metadata = {"event_type": "receipt", "event_payload": {"slot": "7"}}
        await desk.said("U0ADA", "first", metadata=metadata)
        found = await desk.api("conversations.history", channel="D0ADA", include_all_metadata=True)
        assert found["messages"][0]["metadata"] == metadata
        found = await desk.api("conversations.history", channel="D0ADA")
        assert "metadata" not in found["messages"][0]


async def test_history_pages_with_a_cursor() -> None:
    """Long histories come newest first, a page at a time, until no cursor is left."""
    async with running() as desk:
        stamps = [await desk.said(OPEN, str(number)) for number in range(3)]
        first = await desk.api("conversations.history", channel=OPEN, limit=2)
        assert [m["text"] for m in first["messages"]] == ["2", "1"]
        cursor = first["response_metadata"]["next_cursor"]
        rest = await desk.api("conversations.history", channel=OPEN, limit=2, cursor=cursor)
        assert [m["text"] for m in rest["messages"]] == ["0"]
        assert rest["has_more"] is False
        later = await desk.api("conversations.history", channel=OPEN, oldest=stamps[1])
        assert [m["text"] for m in later["messages"]] == ["2"]


async def test_rates_are_enforced_per_channel_and_can_be_switched_off() -> None:
    """A burst in one channel meets 429 with Retry-After, another channel does not."""
    async with running() as desk:
        answers = [await desk.api("chat.postMessage", channel=OPEN, text=str(n)) for n in range(8)]
        refused = [answer for answer in answers if answer["http"] == 429]
        assert refused
        assert refused[0]["error"] == "ratelimited"
        assert int(refused[0]["retry_after"]) >= 1
        assert (await desk.api("chat.postMessage", channel="U0ADA", text="x"))["ok"] is True
        await desk.do("clock", advance_s=10)
        assert (await desk.api("chat.postMessage", channel=OPEN, text="x"))["ok"] is True
        await desk.do("rates", enabled=False)
        assert all([(await desk.api("chat.postMessage", channel=OPEN, text="x"))["ok"]
                    for _ in range(9)])  # fmt: skip
    async with running(rates=False) as desk:
        answers = [await desk.api("chat.postMessage", channel=OPEN, text=str(n)) for n in range(8)]
        assert all(answer["ok"] for answer in answers)


async def test_form_encoded_calls_are_read_as_json_ones_are() -> None:
    """Arguments arrive the same from a query, a form (blocks as JSON text) and a JSON body."""
    async with running() as desk:
        headers = {"Authorization": f"Bearer {desk.playground.bot_token}"}
        form = {"channel": OPEN, "text": "form", "blocks": '[{"type": "divider"}]'}
        url = desk.playground.api_url + "chat.postMessage"
        async with desk.session.post(url, data=form, headers=headers) as answer:
            assert (await answer.json())["message"]["blocks"][0]["type"] == "divider"
        async with desk.session.post(url, data='["no"]', headers={
            **headers, "Content-Type": "application/json"}) as answer:  # fmt: skip
            assert (await answer.json())["error"] == "json_not_object"


async def test_prompts_sent_with_a_thread_are_silently_lost() -> None:
    """An agent app's prompts show in the DM, but not when it names a thread."""
    async with running() as desk:
        prompt = {"title": "New", "message": "new"}
        args: dict[str, Any] = {"channel_id": "D0ADA", "prompts": [prompt]}
        method = "assistant.threads.setSuggestedPrompts"
        assert (await desk.api(method, thread_ts="1.1", **args))["ok"] is True
        shown = (await desk.look("messages", user="ada", channel="dm"))["suggested_prompts"]
        assert shown["prompts"][0]["title"] == "Hello"
        await desk.api(method, **args)
        shown = (await desk.look("messages", user="ada", channel="dm"))["suggested_prompts"]
        assert shown["prompts"] == [prompt]


async def test_email_needs_its_own_optional_scope() -> None:
    """A profile has an e-mail address only where the installer granted that scope."""
    for granted in (True, False):
        async with running(optional_scopes=granted) as desk:
            user = (await desk.api("users.info", user="U0ADA", include_locale=True))["user"]
            assert ("email" in user["profile"]) is granted
            assert (user["tz"], user["locale"]) == ("America/Chicago", "en-US")


async def test_a_taken_port_is_told_at_once() -> None:
    """Starting on a port that somebody else holds raises OSError and leaves nothing behind."""
    async with running() as desk:
        second = Playground(manifest=PEOPLE.parent.parent / "app.manifest.yaml", people=PEOPLE)
        with pytest.raises(OSError, match="address already in use"):
            await second.start(int(desk.playground.url.rsplit(":", 1)[1]))
        await second.stop()


async def test_a_file_must_be_as_long_as_announced() -> None:
    """Uploading another number of bytes than announced is refused, and so is sharing it."""
    async with running() as desk:
        reserved = await desk.api("files.getUploadURLExternal", filename="a.png", length=3)
        async with desk.session.post(reserved["upload_url"], data=b"too long") as answer:
            assert answer.status == 400
        shared = await _share(desk, reserved["file_id"])
        assert shared["error"] == "file_not_found"


async def test_a_large_file_arrives_whole() -> None:
    """A file that comes in many pieces is taken to its last byte."""
    content = b"0123456789" * 200_000
    async with running() as desk:
        reserved = await desk.api(
            "files.getUploadURLExternal", filename="a.csv", length=len(content)
        )
        async with desk.session.post(reserved["upload_url"], data=BytesIO(content)) as answer:
            assert answer.status == 200
        assert (await _share(desk, reserved["file_id"]))["files"][0]["size"] == len(content)


async def test_a_comment_beside_a_file_leaves_no_room_for_blocks() -> None:
    """As in Slack, blocks are ignored where there is a comment, and shown where there is none."""
    blocks = [{"type": "section", "text": {"type": "plain_text", "text": "Blocks"}}]
    for comment, shown in (("Words", False), ("", True)):
        async with running() as desk:
            reserved = await desk.api("files.getUploadURLExternal", filename="a.csv", length=1)
            async with desk.session.post(reserved["upload_url"], data=b"a") as answer:
                assert answer.status == 200
            await _share(desk, reserved["file_id"], initial_comment=comment, blocks=blocks)
            history = await desk.api("conversations.history", channel="D0ADA")
            message = history["messages"][0]
            assert ("blocks" in message, message["text"]) == (shown, comment)


async def _share(desk: Desk, file_id: str, **more: Any) -> dict[str, Any]:
    return await desk.api(
        "files.completeUploadExternal", files=[{"id": file_id}], channel_id="D0ADA", **more
    )
