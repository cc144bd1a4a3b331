"""What the manifest does not switch on does not exist, as on Slack."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.support.manifests import FEATURES, SETTINGS, SOUND, changed, without
from tests.support.playground_desk import Json, running

HOME: Json = {"type": "home", "blocks": [{"type": "divider"}]}
HOME_OFF = changed((FEATURES, "app_home", "home_tab_enabled"), False)
READ_ONLY = changed((FEATURES, "app_home", "messages_tab_read_only_enabled"), True)
READ_ONLY[FEATURES].pop("agent_view")
BUTTON: Json = {
    "type": "button",
    "action_id": "x",
    "text": {"type": "plain_text", "text": "Go"},
}


def installed(tmp_path: Path, manifest: Json) -> Path:
    """Write a manifest to a file."""
    path = tmp_path / "app.manifest.yaml"
    path.write_text(yaml.safe_dump(manifest), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("manifest", "method", "args", "error"),
    [
        (HOME_OFF, "views.publish", {"user_id": "U0ADA", "view": HOME}, "not_enabled"),
        (
            without(FEATURES, "agent_view"),
            "assistant.threads.setStatus",
            {"channel_id": "D0ADA", "thread_ts": "1.1", "status": "x"},
            "not_allowed",
        ),
        (
            without(FEATURES, "agent_view"),
            "assistant.threads.setSuggestedPrompts",
            {"channel_id": "D0ADA", "prompts": [{"title": "a", "message": "b"}]},
            "not_allowed",
        ),
        (SOUND, "conversations.open", {"users": "U0ADA"}, "missing_scope"),
        (SOUND, "conversations.info", {"channel": "C0CLM"}, "missing_scope"),
        (SOUND, "conversations.history", {"channel": "C0CLM"}, "missing_scope"),
    ],
)
async def test_calls_for_what_is_switched_off(
    tmp_path: Path, manifest: Json, method: str, args: dict[str, Any], error: str
) -> None:
    """A Home tab, agent features and scopes that the manifest lacks cannot be used."""
    async with running(manifest=installed(tmp_path, manifest)) as desk:
        assert (await desk.api(method, **args))["error"] == error


@pytest.mark.parametrize(
    ("manifest", "route", "body", "error"),
    [
        (HOME_OFF, "open-home", {"user": "ada"}, "tab_disabled"),
        (
            READ_ONLY,
            "message",
            {"user": "ada", "channel": "dm", "text": "x"},
            "messages_tab_disabled",
        ),
    ],
)
async def test_deeds_for_what_is_switched_off(
    tmp_path: Path, manifest: Json, route: str, body: dict[str, Any], error: str
) -> None:
    """Nobody opens a Home tab or writes a DM that the manifest does not switch on."""
    async with running(manifest=installed(tmp_path, manifest)) as desk:
        assert await desk.refused(route, **body) == error


async def test_buttons_without_interactivity_lead_nowhere(tmp_path: Path) -> None:
    """Where interactivity is off a button can be shown but not used."""
    manifest = changed((SETTINGS, "interactivity", "is_enabled"), False)
    manifest[FEATURES].pop("shortcuts")
    async with running(manifest=installed(tmp_path, manifest)) as desk:
        row = {"type": "actions", "elements": [BUTTON]}
        ts = await desk.said("U0ADA", "x", blocks=[row])
        press: Json = {"user": "ada", "channel": "dm", "messageTs": ts, "action": BUTTON}
        assert await desk.refused("interact", **press) == "interactivity_disabled"


async def test_an_ephemeral_message_has_no_menu() -> None:
    """A message shortcut cannot be used on what only one person sees."""
    async with running() as desk:
        args: Json = {"channel": "C0CLM", "user": "U0ADA", "text": "psst"}
        ts = (await desk.api("chat.postEphemeral", **args))["message_ts"]
        body: Json = {"user": "ada", "channel": "C0CLM", "messageTs": ts}
        refusal = await desk.refused("shortcut", callback_id="on_message", **body)
        assert refusal == "not_on_ephemeral"
        reply: Json = {"user": "ada", "channel": "C0CLM", "thread_ts": ts, "text": "x"}
        assert await desk.refused("message", **reply) == "thread_not_found"


async def test_nobody_uses_buttons_in_other_peoples_messages() -> None:
    """Only the app's own messages carry elements that can be used."""
    async with running() as desk:
        ts = (await desk.do("message", user="ada", channel="C0CLM", text="look"))["ts"]
        press: Json = {"user": "ben", "channel": "C0CLM", "messageTs": ts}
        refusal = await desk.refused("interact", action={"action_id": "x"}, **press)
        assert refusal == "element_not_found"
