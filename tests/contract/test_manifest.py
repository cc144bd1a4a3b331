"""app.manifest.yaml: what Slack accepts, and no more rights than the bot needs."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from bot.playground.manifest import load_manifest

ROOT = Path(__file__).parents[2]
PATH = ROOT / "app.manifest.yaml"
MANIFEST: dict[str, Any] = yaml.safe_load(PATH.read_text())
SCHEMA = ROOT.parent / "shared" / "slack-manifest.schema.json"

SCOPES = {
    "app_mentions:read": "hear the messages that mention the bot in a channel",
    "assistant:write": "offer first questions in the Messages tab",
    "chat:write": "answer",
    "commands": "/clm and the shortcuts",
    "files:write": "send members their own hours, dates and records as files, in their DM",
    "groups:history": "hear what is written under a card in the committee's private channel",
    "groups:read": "see that the committee's channel is private before anything is posted there",
    "im:history": "hear what people write to the bot, and look up a message whose reply was lost",
    "im:write": "open the conversation with the chair",
    "users:read": "the member's name and time zone, for the preview of a hand-off",
}
"""Every scope with its reason; each one is a promise."""


def test_slack_would_install_the_app() -> None:
    """The local Slack, as strict as Slack, takes the manifest without a fault."""
    manifest = load_manifest(PATH)
    assert manifest.name == "CLM bot"
    assert manifest.socket_mode
    assert manifest.messages_tab
    assert not manifest.messages_read_only


def test_the_bot_asks_for_the_least_rights() -> None:
    """Every scope has a reason here, and there is none without one."""
    assert set(MANIFEST["oauth_config"]["scopes"]["bot"]) == set(SCOPES)
    assert set(MANIFEST["oauth_config"]["scopes"]) == {"bot", "bot_optional"}


def test_what_only_a_committee_s_channel_needs_is_optional() -> None:
    """Whoever installs the app without such a channel need not let the bot into private ones."""
    optional = set(MANIFEST["oauth_config"]["scopes"]["bot_optional"])
    assert optional == {"groups:history", "groups:read"}


def test_the_manifest_holds_against_slacks_own_schema() -> None:
    """The published schema, where it lies beside the checkout, finds nothing wrong."""
    if not SCHEMA.is_file():
        pytest.skip("Slack's manifest schema does not lie beside this checkout")
    validator = jsonschema.Draft7Validator(json.loads(SCHEMA.read_text()))
    assert [error.message for error in validator.iter_errors(MANIFEST)] == []
