"""Private channels on the playground, and scopes that an installer may leave out: as on Slack."""

from collections.abc import Collection
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.support.playground_desk import PEOPLE, running, wired

ROOM = "C0DESK"


def people(folder: Path, **room: Any) -> Path:
    """The demo's people with a private channel that Ada is not in."""
    demo = yaml.safe_load(PEOPLE.read_text(encoding="utf-8"))
    usual = {"name": "desk", "members": ["christina", "dev"], "bot": True, "is_private": True}
    demo["channels"].append({"id": ROOM, **usual, **room})
    path = folder / "people.yaml"
    path.write_text(yaml.safe_dump(demo), encoding="utf-8")
    return path


async def test_a_private_channel_is_seen_by_its_members_alone(tmp_path: Path) -> None:
    """For everybody else, the bot included until it is invited, it does not exist."""
    async with running(people=people(tmp_path, bot=False)) as desk:
        assert await desk.refused("message", channel=ROOM, user="ada", text="hi") == (
            "channel_not_found"
        )
        for method, more in (("conversations.info", {}), ("chat.postMessage", {"text": "hi"})):
            assert (await desk.api(method, channel=ROOM, **more))["error"] == "channel_not_found"
        await desk.do("member", user="U0CLMBOT", channel=ROOM, **{"in": True})
        await desk.said(ROOM)
        assert await desk.texts("christina", ROOM) == ["hello"]


async def test_what_a_private_channel_is_can_be_looked_up(tmp_path: Path) -> None:
    """conversations.info says whether it is private, archived or shared outside, as on Slack."""
    shared = people(tmp_path, is_shared=True, is_archived=True)
    async with running(people=shared) as desk:
        found = (await desk.api("conversations.info", channel=ROOM))["channel"]
        assert (found["is_private"], found["is_member"]) == (True, True)
        assert (found["is_ext_shared"], found["is_archived"]) == (True, True)
        general = (await desk.api("conversations.info", channel="C0CLM"))["channel"]
        assert (general["is_private"], general["is_ext_shared"]) == (False, False)


async def test_nothing_is_written_in_an_archived_channel(tmp_path: Path) -> None:
    """Neither by the bot nor by a person."""
    async with running(people=people(tmp_path, is_archived=True)) as desk:
        answer = await desk.api("chat.postMessage", channel=ROOM, text="hi")
        assert answer["error"] == "is_archived"
        said = await desk.refused("message", channel=ROOM, user="dev", text="hi")
        assert said == "is_archived"


@pytest.mark.parametrize(
    ("granted", "info", "history"),
    [
        (True, None, None),
        (False, "missing_scope", "missing_scope"),
        (("groups:read",), None, "missing_scope"),
        (("groups:history",), "missing_scope", None),
    ],
)
async def test_each_optional_scope_is_granted_by_itself(
    tmp_path: Path, granted: bool | Collection[str], info: str | None, history: str | None
) -> None:
    """What was left out is missing, with the name of what is needed; the rest works."""
    async with running(people=people(tmp_path), optional_scopes=granted) as desk:
        looked = await desk.api("conversations.info", channel=ROOM)
        read = await desk.api("conversations.history", channel=ROOM)
        assert (looked.get("error"), read.get("error")) == (info, history)
        if info:
            assert looked["needed"] == "groups:read"
        app = (await desk.look("state"))["app"]
        assert ("groups:read" in app["scopes"]) is (info is None)
        assert ("message.groups" in app["events"]) is (history is None)


async def test_a_private_channel_is_heard_only_with_its_scope(tmp_path: Path) -> None:
    """Without groups:history an app that subscribed hears mentions there and nothing else."""
    where = people(tmp_path)
    async with wired(people=where) as (desk, bot):
        await desk.do("message", channel=ROOM, user="dev", text="among us")
        event = await bot.hear_event()
        assert (event["text"], event["channel_type"]) == ("among us", "group")
    async with wired(people=where, optional_scopes=("groups:read",)) as (desk, bot):
        await desk.do("message", channel=ROOM, user="dev", text="among us")
        await desk.do("message", channel=ROOM, user="dev", text="<@U0CLMBOT> hello")
        event = await bot.hear_event()
        assert (event["type"], event["text"]) == ("app_mention", "<@U0CLMBOT> hello")


async def test_a_private_note_is_shown_to_one_member_of_the_channel(tmp_path: Path) -> None:
    """An ephemeral message is seen by nobody else, and cannot be sent to who is not in it."""
    async with running(people=people(tmp_path)) as desk:
        note = {"channel": ROOM, "text": "for you"}
        assert (await desk.api("chat.postEphemeral", user="U0DEV", **note))["ok"] is True
        assert await desk.texts("dev", ROOM) == ["for you"]
        assert await desk.texts("christina", ROOM) == []
        outside = await desk.api("chat.postEphemeral", user="U0ADA", **note)
        assert outside["error"] == "user_not_in_channel"
