"""The playground answers missing_scope where Slack would."""

from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from bot.playground.manifest import (
    METHOD_SCOPES,
    ChannelKind,
    Manifest,
    load_manifest,
    missing_scope,
    token_kind,
)
from tests.support.manifests import SOUND


@pytest.fixture
def app(tmp_path: Path) -> Manifest:
    """The sound manifest, installed."""
    path = tmp_path / "app.manifest.yaml"
    path.write_text(yaml.safe_dump(SOUND), encoding="utf-8")
    return load_manifest(path)


ALL_READ = "channels:read,groups:read,im:read,mpim:read"


@pytest.mark.parametrize(
    ("method", "kind", "needed"),
    [
        ("auth.test", None, None),
        ("chat.postMessage", None, None),
        ("views.publish", None, None),
        ("users.info", None, None),
        ("assistant.threads.setStatus", None, None),
        ("apps.connections.open", None, None),
        ("conversations.history", "im", None),
        ("conversations.history", "public", "channels:history"),
        ("conversations.replies", "private", "groups:history"),
        ("conversations.info", "im", "im:read"),
        ("conversations.members", None, ALL_READ),
        ("conversations.open", "im", "im:write"),
        ("conversations.open", "mpim", "mpim:write"),
        ("files.getUploadURLExternal", None, "files:write"),
        ("files.completeUploadExternal", None, "files:write"),
    ],
)
def test_a_method_without_its_scope_says_what_it_needs(
    method: str, kind: ChannelKind | None, needed: str | None, app: Manifest
) -> None:
    """`needed` of Slack's missing_scope is the scope for that method and kind of channel."""
    assert missing_scope(app, method, channel_kind=kind) == needed


@pytest.mark.parametrize("method", sorted(METHOD_SCOPES))
def test_an_app_without_scopes_calls_what_needs_none(method: str, app: Manifest) -> None:
    """With no scope at all, just the methods that Slack gives to everybody remain."""
    bare = replace(app, bot_scopes=())
    needed = missing_scope(bare, method)
    if token_kind(method) == "app" or not METHOD_SCOPES[method]:
        assert needed is None
    else:
        assert needed == ",".join(METHOD_SCOPES[method])


def test_another_name_or_icon_takes_a_scope(app: Manifest) -> None:
    """Posting under another name needs chat:write.customize."""
    assert missing_scope(app, "chat.postMessage", arguments={"text": "x"}) is None
    needed = missing_scope(app, "chat.postMessage", arguments={"username": "Ada"})
    assert needed == "chat:write.customize"


def test_one_method_takes_the_app_level_token() -> None:
    """Socket Mode is opened with the xapp token, everything else is done with the bot's."""
    assert {method for method in METHOD_SCOPES if token_kind(method) == "app"} == {
        "apps.connections.open"
    }
