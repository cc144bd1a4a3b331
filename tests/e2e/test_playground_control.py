"""The control routes that look and wait, privacy between people, and who may ask at all."""

import asyncio
import json
from pathlib import Path

import pytest

from bot.playground.manifest import ManifestError
from bot.playground.server import Playground
from tests.support.playground_desk import MANIFEST, PEOPLE, running, wired

RECORD = {"seq", "at", "dir", "kind", "name", "user", "status", "ms", "body"}


async def test_the_log_holds_what_passed_in_order() -> None:
    """Connection, event, ack and call stand in the log in order, each with time and direction."""
    async with wired() as (desk, bot):
        await desk.do("message", channel="dm", user="ada", text="hi")
        await bot.hear()
        await desk.wait('"kind": "ack"')
        await desk.said("U0ADA")
        log = (await desk.look("log"))["log"]
        assert all(set(record) == RECORD for record in log)
        assert [record["seq"] for record in log] == list(range(1, len(log) + 1))
        passed = [(record["dir"], record["kind"], record["name"]) for record in log]
        assert passed[:5] == [
            ("from_bot", "api", "apps.connections.open"),
            ("from_bot", "connect", "hello"),
            ("to_bot", "event", "message"),
            ("from_bot", "ack", "message"),
            ("from_bot", "api", "chat.postMessage"),
        ]
        assert desk.playground.bot_token not in json.dumps(log)
        assert desk.playground.app_token not in json.dumps(log)


async def test_waiting_returns_the_first_record_that_matches() -> None:
    """Waiting answers at once for what has happened, later for what happens, else 408."""
    async with running() as desk:
        await desk.said("U0ADA", "one")
        first = await desk.wait('"text": "one"')
        assert (await desk.wait('"text":"one"'))["seq"] == first["seq"]
        waiting = asyncio.ensure_future(desk.wait("two", after=first["seq"]))
        await desk.said("U0ADA", "two")
        assert (await waiting)["seq"] > first["seq"]
        url = f"{desk.playground.url}/_control/wait?match=three&timeout_s=0.05"
        async with desk.session.get(url) as answer:
            assert (answer.status, (await answer.json())["error"]) == (408, "timeout")


async def test_the_log_can_be_followed() -> None:
    """Reading the log with a wait answers when something comes, else with an empty list."""
    async with running() as desk:
        following = asyncio.ensure_future(desk.look("log", after=0, wait_s=5))
        await desk.api("auth.test")
        answer = await following
        assert [record["name"] for record in answer["log"]] == ["auth.test"]
        later = await desk.look("log", after=answer["seq"], wait_s=0.05)
        assert (later["ok"], later["log"]) == (True, [])


async def test_private_things_are_private() -> None:
    """Nobody reads another's DM; ephemeral messages are seen by the one they were sent to."""
    async with running() as desk:
        await desk.said("U0ADA", "between us")
        await desk.api("chat.postEphemeral", channel="C0CLM", user="U0ADA", text="psst")
        assert await desk.texts("ada") == ["between us"]
        assert await desk.texts("ben") == []
        peek = await desk.look("messages", user="ben", channel="D0ADA")
        assert (peek["ok"], peek["error"]) == (False, "channel_not_found")
        assert [m["ephemeral_to"] for m in await desk.seen("ada", "C0CLM")] == ["U0ADA"]
        assert await desk.seen("ben", "C0CLM") == []
        outside = await desk.look("messages", user="gus", channel="C0CLM")
        assert outside["error"] == "channel_not_found"


async def test_the_state_shows_people_places_and_app() -> None:
    """The workspace's people, channels with members, and the app's commands can be read."""
    async with running() as desk:
        state = await desk.look("state")
        names = {user["name"]: user for user in state["users"]}
        assert {"ada", "ben", "christina", "dev", "gus"} < set(names)
        assert names["christina"]["real_name"] == "Christina Bloom, CLM"
        assert [name for name, user in names.items() if user.get("is_restricted")] == ["gus"]
        channels = {channel.get("name"): channel for channel in state["channels"]}
        assert channels["office-managers"]["is_member"] is False
        assert channels["clm"]["is_member"] is True
        everybody_but_the_guest = {u["id"] for u in names.values()} - {"U0GUS"}
        assert set(channels["clm"]["members"]) == everybody_but_the_guest
        assert state["workspace"]["id"] == "T0CHAPTER"
        assert [c["command"] for c in state["app"]["commands"]] == ["/plain", "/named"]


async def test_a_reset_brings_the_first_state_back() -> None:
    """After a reset there are no messages, views or faults, and everybody is back in place."""
    async with wired() as (desk, bot):
        await desk.said("U0ADA", "gone soon")
        await bot.hear()
        await desk.do("fault", kind="server_error", count=9)
        await desk.do("member", user="ben", channel="C0CLM", **{"in": False})
        await bot.hear()
        before = desk.playground.journal.seq
        await desk.do("reset")
        assert await desk.texts("ada") == []
        state = await desk.look("state")
        assert state["app"]["faults"] == []
        assert any("U0BEN" in c["members"] for c in state["channels"] if c.get("name") == "clm")
        await desk.do("message", channel="dm", user="ada", text="again")
        assert (await bot.hear_event())["text"] == "again"
        assert (await desk.look("log"))["log"][0]["seq"] > before


@pytest.mark.parametrize(
    ("route", "body", "error"),
    [
        ("clock", {"advance_s": -1}, "invalid_field"),
        ("clock", {}, "invalid_field"),
        ("rates", {"enabled": "no"}, "invalid_field"),
        ("delivery", {"mode": "pigeon"}, "invalid_field"),
        ("delivery", {"mode": "http"}, "missing_field"),
        ("member", {"user": "ada"}, "missing_field"),
        ("member", {"user": "ada", "channel": "dm", "in": True}, "channel_not_found"),
        ("member", {"user": "U0CLMBOT", "deactivated": True}, "user_is_bot"),
        ("nonsense", {}, "unknown_route"),
    ],
)
async def test_routes_refuse_what_makes_no_sense(
    route: str, body: dict[str, object], error: str
) -> None:
    """Impossible orders are refused in words and change nothing."""
    async with running() as desk:
        assert await desk.refused(route, **body) == error


async def test_a_body_that_is_not_json_is_refused() -> None:
    """Rubbish in the body is answered with 400 and a sentence."""
    async with running() as desk:
        url = f"{desk.playground.url}/_control/message"
        for rubbish in ("{", "[]"):
            async with desk.session.post(url, data=rubbish) as answer:
                body = await answer.json()
                assert (answer.status, body["error"]) == (400, "invalid_json")


@pytest.mark.parametrize(
    "headers", [{"Host": "evil.example"}, {"Origin": "https://evil.example"}, {"Origin": "null"}]
)
async def test_other_sites_cannot_reach_the_playground(headers: dict[str, str]) -> None:
    """A web page elsewhere that posts to this port is refused, whatever it asks."""
    async with running() as desk:
        url = f"{desk.playground.url}/_control/reset"
        async with desk.session.post(url, json={}, headers=headers) as answer:
            assert (answer.status, (await answer.json())["error"]) == (403, "not_local")


@pytest.mark.parametrize("path", ["/", "/archives/C0CLM/p1795413676223658"])
async def test_the_page_is_served_and_may_load_nothing_from_elsewhere(path: str) -> None:
    """The page opens at its address and at permalinks, and is forbidden to leave this machine."""
    async with running() as desk:
        async with desk.session.get(desk.playground.url + path) as answer:
            assert (answer.status, answer.content_type) == (200, "text/html")
            assert "default-src 'self'" in answer.headers["Content-Security-Policy"]
        async with desk.session.get(desk.playground.url + "/static/index.html") as answer:
            assert answer.headers["Cache-Control"] == "no-cache"
        async with desk.session.get(desk.playground.url + "/static/../server.py") as answer:
            assert answer.status == 404


async def test_a_permalink_leads_back_to_this_playground() -> None:
    """A permalink stays on this machine and names channel, message and thread."""
    async with running() as desk:
        root = await desk.said("C0CLM", "root")
        reply = await desk.said("C0CLM", "reply", thread_ts=root)
        link = await desk.api("chat.getPermalink", channel="C0CLM", message_ts=reply)
        path = f"/archives/C0CLM/p{reply.replace('.', '')}?thread_ts={root}&cid=C0CLM"
        assert link["permalink"] == desk.playground.url + path


async def test_the_status_line_goes_when_the_bot_answers() -> None:
    """A status shows in the DM until the bot posts there, or for two minutes."""
    async with running() as desk:
        status = {"channel_id": "D0ADA", "thread_ts": "1.1", "status": "is looking it up"}
        for clear in ("post", "time"):
            await desk.api("assistant.threads.setStatus", **status)
            shown = await desk.look("messages", user="ada", channel="dm")
            assert shown["status"] == "is looking it up"
            if clear == "post":
                await desk.said("U0ADA")
            else:
                await desk.do("clock", advance_s=121)
            assert (await desk.look("messages", user="ada", channel="dm"))["status"] is None


def test_files_that_are_not_usable_are_told(tmp_path: Path) -> None:
    """A manifest or people file that cannot be used is refused in words before anything starts."""
    broken = tmp_path / "people.yaml"
    for text, said in (
        ("[]", "must have the keys"),
        ("workspace: {id: T1, name: X}\nusers: []", "channels"),
        (PEOPLE.read_text().replace("America/Chicago", "Mars/Base"), "unknown time zone"),
        (PEOPLE.read_text().replace("members: [ada, ben", "members: [adda, ben"), "adda"),
        (PEOPLE.read_text().replace("U0BEN", "U0ADA"), "twice"),
        ("a: [", "cannot be read"),
    ):
        broken.write_text(text, encoding="utf-8")
        with pytest.raises(ValueError, match=said):
            Playground(manifest=MANIFEST, people=broken)
    broken.write_text("{}", encoding="utf-8")
    with pytest.raises(ManifestError):
        Playground(manifest=broken, people=PEOPLE)
