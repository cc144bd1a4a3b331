"""The manifest and the routing table say the same, both ways; listeners name what exists."""

import inspect
from pathlib import Path
from typing import Any

import pytest
import yaml
from slack_bolt.kwargs_injection.async_args import AsyncArgs

from handlers.slack import leftovers, routes

ROOT = Path(__file__).parents[2]
MANIFEST: dict[str, Any] = yaml.safe_load((ROOT / "app.manifest.yaml").read_text())

OURS = {"visit", "runtime"}
KNOWN = set(AsyncArgs.__annotations__) | OURS


def test_every_subscribed_event_is_heard_and_no_other() -> None:
    """Slack sends nothing that nobody hears, and nobody listens for what never comes."""
    subscribed = MANIFEST["settings"]["event_subscriptions"]["bot_events"]
    assert {event.split(".")[0] for event in subscribed} == set(routes.EVENTS)


def test_every_command_and_shortcut_of_the_manifest_has_a_listener() -> None:
    """What Slack's menus offer works, and nothing works that the menus do not offer."""
    features = MANIFEST["features"]
    assert {c["command"] for c in features["slash_commands"]} == set(routes.COMMANDS)
    assert {s["callback_id"] for s in features["shortcuts"]} == set(routes.SHORTCUTS)


LISTENERS = [
    *routes.EVENTS.values(),
    *routes.COMMANDS.values(),
    *routes.SHORTCUTS.values(),
    *routes.ACTIONS.values(),
    *routes.SUBMISSIONS.values(),
    *(f for name, f in vars(leftovers).items() if name.startswith("on_")),
]


@pytest.mark.parametrize("listener", LISTENERS, ids=lambda f: f.__qualname__)
def test_a_listener_names_only_what_it_can_be_given(listener: Any) -> None:
    """A misspelled parameter is found here and not by a member."""
    assert set(inspect.signature(listener).parameters) <= KNOWN


def test_every_button_and_window_of_the_views_has_a_listener() -> None:
    """No button that the bot shows is dead."""
    source = "\n".join(path.read_text() for path in (ROOT / "handlers/slack/views").glob("*.py"))
    for action in routes.ACTIONS:
        assert f'"{action}"' in source, f"{action} is heard and never shown"
    for callback in routes.SUBMISSIONS:
        assert f'"{callback}"' in source, f"{callback} is heard and never shown"
