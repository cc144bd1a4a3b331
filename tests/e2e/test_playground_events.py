"""What people do reaches the bot as the events that Slack sends, and only those it hears."""

from pathlib import Path

import pytest

from tests.support.playground_desk import running, wired

PRODUCT = Path("app.manifest.yaml")


async def test_a_direct_message_arrives_escaped_and_wrapped() -> None:
    """A DM comes as a message event of an im, its reserved signs escaped, with authorizations."""
    async with wired() as (desk, bot):
        sent = await desk.do("message", channel="dm", user="ada", text="a < b & <!channel>")
        payload = await bot.hear()
        event = payload["event"]
        assert event["text"] == "a &lt; b &amp; &lt;!channel&gt;"
        assert (event["type"], event["channel_type"], event["channel"]) == (
            "message",
            "im",
            "D0ADA",
        )
        assert (event["user"], event["ts"], event["event_ts"]) == ("U0ADA", sent["ts"], sent["ts"])
        assert payload["type"] == "event_callback"
        assert payload["event_id"].startswith("Ev")
        assert payload["event_time"] == pytest.approx(float(sent["ts"]), abs=2)
        assert payload["authorizations"][0]["user_id"] == "U0CLMBOT"


@pytest.mark.parametrize("typed", ["<@U0CLMBOT> hi", "@Test Bot hi", "@test hi", "@TESTBOT hi"])
async def test_a_mention_comes_as_two_events_of_one_post(typed: str) -> None:
    """Naming the bot in a channel sends the message and an app_mention with the same timestamp."""
    async with wired() as (desk, bot):
        sent = await desk.do("message", channel="C0CLM", user="ada", text=typed)
        events = [await bot.hear_event(), await bot.hear_event()]
        assert [event["type"] for event in events] == ["message", "app_mention"]
        assert {event["text"] for event in events} == {"<@U0CLMBOT> hi"}
        assert {event["ts"] for event in events} == {sent["ts"]}


async def test_only_subscribed_events_are_delivered() -> None:
    """An app that subscribed to mentions alone does not hear the channel's other messages."""
    async with wired(manifest=PRODUCT) as (desk, bot):
        await desk.do("message", channel="C0CLM", user="ada", text="among ourselves")
        await desk.do("member", user="ben", channel="C0CLM", **{"in": False})
        await desk.do("message", channel="C0CLM", user="ada", text="@clm hello")
        event = await bot.hear_event()
        assert (event["type"], event["text"]) == ("app_mention", "<@U0CLMBOT> hello")


async def test_a_mention_elsewhere_is_not_heard() -> None:
    """No app_mention comes from a DM nor from a channel that the bot was not invited to."""
    async with wired() as (desk, bot):
        await desk.do("message", channel="C0OFFICE", user="ada", text="<@U0CLMBOT> hello")
        await desk.do("message", channel="dm", user="ada", text="<@U0CLMBOT> hello")
        assert (await bot.hear_event())["type"] == "message"
        await desk.do("message", channel="dm", user="ada", text="end")
        assert (await bot.hear_event())["text"] == "end"


async def test_edits_and_deletions_come_with_the_old_message() -> None:
    """An edit comes as message_changed with both versions, a deletion as message_deleted."""
    async with wired() as (desk, bot):
        ts = (await desk.do("message", channel="dm", user="ada", text="frist"))["ts"]
        await bot.hear()
        await desk.do("edit-message", channel="dm", user="ada", ts=ts, text="first")
        event = await bot.hear_event()
        assert event["subtype"] == "message_changed"
        assert (event["previous_message"]["text"], event["message"]["text"]) == ("frist", "first")
        assert event["message"]["edited"]["user"] == "U0ADA"
        assert "user" not in event
        await desk.do("delete-message", channel="dm", user="ada", ts=ts)
        event = await bot.hear_event()
        assert (event["subtype"], event["deleted_ts"]) == ("message_deleted", ts)
        assert await desk.seen("ada") == []


async def test_the_bots_own_posts_are_told_to_it() -> None:
    """Slack tells an app of its own messages and edits too, marked with its bot id."""
    async with wired() as (desk, bot):
        ts = await desk.said("U0ADA", "mine")
        assert (await bot.hear_event())["bot_id"] == "B0CLMBOT"
        await desk.api("chat.update", channel="D0ADA", ts=ts, text="mine still")
        event = await bot.hear_event()
        assert (event["subtype"], event["message"]["bot_id"]) == ("message_changed", "B0CLMBOT")


async def test_threads_and_other_apps_and_files_are_marked() -> None:
    """A reply names its thread and parent, another app's post its bot id, a file its subtype."""
    async with wired() as (desk, bot):
        root = await desk.said("U0ADA", "root")
        await bot.hear()
        await desk.do("message", channel="dm", user="ada", text="reply", thread_ts=root)
        event = await bot.hear_event()
        assert (event["thread_ts"], event["parent_user_id"]) == (root, "U0CLMBOT")
        await desk.do("message", channel="C0CLM", user="ada", text="beep @Test Bot", as_bot=True)
        event = await bot.hear_event()
        assert (event["subtype"], event["bot_id"]) == ("bot_message", "B0OTHERAPP")
        await desk.do("message", channel="dm", user="ada", text="", files=["cv.pdf"])
        event = await bot.hear_event()
        assert (event["subtype"], event["files"][0]["name"]) == ("file_share", "cv.pdf")


async def test_opening_home_tells_tab_and_view() -> None:
    """Opening the app tells which tab, and what the Home tab shows once something was published."""
    async with wired() as (desk, bot):
        await desk.do("open-home", user="ada")
        event = await bot.hear_event()
        assert (event["tab"], event["user"], event["channel"]) == ("home", "U0ADA", "D0ADA")
        assert "view" not in event
        block = {"type": "section", "text": {"type": "plain_text", "text": "Welcome"}}
        view = {"type": "home", "blocks": [block]}
        assert (await desk.api("views.publish", user_id="U0ADA", view=view))["ok"] is True
        await desk.do("open-home", user="ada", tab="home")
        assert (await bot.hear_event())["view"]["blocks"][0]["text"]["text"] == "Welcome"
        await desk.do("open-home", user="ada", tab="messages")
        event = await bot.hear_event()
        assert (event["tab"], "view" in event) == ("messages", False)
        assert await desk.refused("open-home", user="ada", tab="about") == "invalid_field"


async def test_joining_and_leaving_are_told_where_the_bot_is() -> None:
    """Who joins or leaves a channel of the bot's is told to it; elsewhere nothing is."""
    async with wired() as (desk, bot):
        await desk.do("member", user="dev", channel="C0OFFICE", **{"in": True})
        await desk.do("member", user="gus", channel="C0CLM", **{"in": True})
        event = await bot.hear_event()
        assert (event["type"], event["user"]) == ("member_joined_channel", "U0GUS")
        await desk.do("member", user="gus", channel="C0CLM", **{"in": False})
        assert (await bot.hear_event())["type"] == "member_left_channel"


async def test_a_bot_can_be_invited_and_removed() -> None:
    """An invited bot may post, a removed one gets channel_left and not_in_channel."""
    async with wired() as (desk, bot):
        await desk.do("member", user="U0CLMBOT", channel="C0OFFICE", **{"in": True})
        assert (await bot.hear_event())["type"] == "member_joined_channel"
        await desk.said("C0OFFICE", "thank you")
        await bot.hear()
        await desk.do("member", user="U0CLMBOT", channel="C0OFFICE", **{"in": False})
        assert (await bot.hear_event())["type"] == "channel_left"
        refused = await desk.api("chat.postMessage", channel="C0OFFICE", text="x")
        assert refused["error"] == "not_in_channel"


async def test_a_deactivated_user_is_out_of_reach() -> None:
    """After deactivation the user is told as deleted and can be neither written to nor act."""
    async with wired() as (desk, bot):
        await desk.do("member", user="ben", deactivated=True)
        kinds = [await bot.hear_event() for _ in range(3)]
        changed = next(event for event in kinds if event["type"] == "user_change")
        assert (changed["user"]["id"], changed["user"]["deleted"]) == ("U0BEN", True)
        assert sum(event["type"] == "member_left_channel" for event in kinds) == 2
        for method, args, error in (
            ("chat.postMessage", {"channel": "U0BEN", "text": "x"}, "user_disabled"),
            ("chat.postMessage", {"channel": "D0BEN", "text": "x"}, "channel_not_found"),
            ("conversations.open", {"users": "U0BEN"}, "user_disabled"),
            (
                "chat.postEphemeral",
                {"channel": "C0CLM", "user": "U0BEN", "text": "x"},
                "user_not_in_channel",
            ),
        ):
            assert (await desk.api(method, **args))["error"] == error
        assert await desk.refused("message", user="ben", channel="dm", text="x") == "user_disabled"
        await desk.do("member", user="ben", deactivated=False)
        assert (await bot.hear_event())["user"]["deleted"] is False
        assert (await desk.api("conversations.open", users="U0BEN"))["ok"] is True


async def test_an_uninstalled_app_is_told_and_shut_out() -> None:
    """Removing the app tells it so; its token, commands and events are dead from then on."""
    async with wired() as (desk, bot):
        await desk.do("uninstall")
        assert [(await bot.hear_event())["type"] for _ in range(2)] == [
            "tokens_revoked",
            "app_uninstalled",
        ]
        assert (await desk.api("auth.test"))["error"] == "account_inactive"
        assert await desk.refused("command", user="ada", channel="dm", command="/plain") == (
            "app_uninstalled"
        )
        assert await desk.refused("uninstall") == "app_uninstalled"
        before = desk.playground.journal.seq
        await desk.do("message", user="ada", channel="dm", text="anybody?")
        assert desk.playground.journal.seq == before
        await desk.do("reset")
        assert (await desk.api("auth.test"))["ok"] is True


@pytest.mark.parametrize(
    ("body", "error"),
    [
        ({"channel": "dm", "user": "nobody", "text": "x"}, "user_not_found"),
        ({"channel": "dm", "user": "U0CLMBOT", "text": "x"}, "user_is_bot"),
        ({"channel": "C0NO", "user": "ada", "text": "x"}, "channel_not_found"),
        ({"channel": "D0BEN", "user": "ada", "text": "x"}, "channel_not_found"),
        ({"channel": "C0CLM", "user": "gus", "text": "x"}, "channel_not_found"),
        ({"channel": "C0OFFICE", "user": "dev", "text": "x"}, "not_in_channel"),
        ({"channel": "dm", "user": "ada", "text": "  "}, "no_text"),
        ({"channel": "dm", "user": "ada", "text": "x" * 40_001}, "msg_too_long"),
        ({"channel": "dm", "user": "ada", "text": 7}, "invalid_field"),
        ({"channel": "dm", "user": "ada", "text": "x", "thread_ts": "1.1"}, "message_not_found"),
        ({"user": "ada", "text": "x"}, "missing_field"),
    ],
)
async def test_a_message_that_nobody_could_send_is_refused(
    body: dict[str, object], error: str
) -> None:
    """A person cannot post empty, too long, as somebody else or where they do not belong."""
    async with running() as desk:
        assert await desk.refused("message", **body) == error


async def test_a_person_changes_only_their_own_messages() -> None:
    """Editing or deleting somebody else's message is refused, as on Slack."""
    async with running() as desk:
        ts = (await desk.do("message", channel="C0CLM", user="ada", text="mine"))["ts"]
        named = {"channel": "C0CLM", "user": "ben", "ts": ts}
        assert await desk.refused("edit-message", text="x", **named) == "cant_update_message"
        assert await desk.refused("delete-message", **named) == "cant_delete_message"
