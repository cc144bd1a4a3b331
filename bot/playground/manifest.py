"""Install the app from its manifest, or say in sentences why Slack would not.

The key names and limits are those of Slack's published manifest schema (2.0.0, June 2026); the
rules across keys are what apps.manifest.validate and the installation add to it.
"""

from collections.abc import Collection, Hashable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import yaml

from .checks import Flaw, Record
from .manifest_rules import rule_flaws
from .manifest_shape import MANIFEST
from .rules import Fault
from .scopes import (
    EMAIL_SCOPE,
    EVENT_SCOPES,
    METHOD_SCOPES,
    ChannelKind,
    TokenKind,
    lacking_scope,
    token_kind,
)

__all__ = [
    "EMAIL_SCOPE",
    "EVENT_SCOPES",
    "METHOD_SCOPES",
    "ChannelKind",
    "Command",
    "Manifest",
    "ManifestError",
    "OptionalScopes",
    "Prompt",
    "Shortcut",
    "TokenKind",
    "load_manifest",
    "missing_scope",
    "token_kind",
]


OptionalScopes = bool | Collection[str]
"""What an installer grants of the optional scopes: all, none, or these."""


@dataclass(frozen=True, slots=True)
class Command:
    """A slash command; `should_escape` makes Slack send mentions as <@U…|name>."""

    command: str
    description: str
    usage_hint: str
    should_escape: bool


@dataclass(frozen=True, slots=True)
class Shortcut:
    """A global shortcut, or one in the menu of a message."""

    name: str
    type: Literal["global", "message"]
    callback_id: str
    description: str


@dataclass(frozen=True, slots=True)
class Prompt:
    """A suggested prompt of the agent view: its title, and the message it sends."""

    title: str
    message: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What an installed app may do and hear.

    `optional_scopes` are those of `bot_scopes` that an installer may leave out; `agent_view` says
    whether the Messages tab shows `prompts`. `request_url` and `interactivity_url` are "" in
    Socket Mode.
    """

    name: str
    bot_display_name: str
    bot_scopes: tuple[str, ...]
    optional_scopes: tuple[str, ...]
    bot_events: tuple[str, ...]
    commands: tuple[Command, ...]
    shortcuts: tuple[Shortcut, ...]
    home_tab: bool
    messages_tab: bool
    messages_read_only: bool
    agent_view: bool
    prompts: tuple[Prompt, ...]
    socket_mode: bool
    interactivity: bool
    request_url: str
    interactivity_url: str

    def granted(self, optional: OptionalScopes) -> tuple[str, ...]:
        """The scopes of the bot token: those required, and what was granted of the others."""
        left_out = set(self.optional_scopes) if optional is not True else set()
        if not isinstance(optional, bool):
            left_out -= set(optional)
        return tuple(scope for scope in self.bot_scopes if scope not in left_out)

    def heard(self, optional: OptionalScopes) -> tuple[str, ...]:
        """The events that are sent: those of `bot_events` whose scope was granted."""
        granted = set(self.granted(optional))
        return tuple(
            event
            for event in self.bot_events
            if not EVENT_SCOPES[event] or not granted.isdisjoint(EVENT_SCOPES[event])
        )


class ManifestError(Exception):
    """The manifest cannot be installed; `faults` holds every reason, each a sentence."""

    def __init__(self, faults: Collection[Fault]) -> None:
        super().__init__("\n".join(fault.detail for fault in faults))
        self.faults = tuple(faults)


def load_manifest(path: Path) -> Manifest:
    """Read the manifest at `path` (YAML or JSON). Raises ManifestError with all faults at once."""
    try:
        given = yaml.load(path.read_text(encoding="utf-8"), Loader=_StrictLoader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise _unreadable(path, f"{error.problem}, line {line}") from error
    except (OSError, UnicodeDecodeError, yaml.YAMLError, _RepeatedKeyError) as error:
        raise _unreadable(path, str(error)) from error
    flaws = [*MANIFEST(given, "")] or [*rule_flaws(given)]
    if flaws:
        raise ManifestError([Fault("invalid_manifest", _sentence(flaw)) for flaw in flaws])
    return _manifest(given)


def missing_scope(
    manifest: Manifest,
    method: str,
    *,
    channel_kind: ChannelKind | None = None,
    arguments: Mapping[str, object] | None = None,
    optional_granted: OptionalScopes = False,
) -> str | None:
    """Slack's `needed` when the app lacks a scope for `method`, else None.

    `channel_kind` narrows conversations.* to the kind of channel they are called for; `arguments`
    are the call's, as some of them take scopes of their own. Optional scopes count only when the
    installer granted them. Raises KeyError for a method that the playground does not answer.
    """
    granted = manifest.granted(optional_granted)
    if token_kind(method) == "app":
        return None  # The playground issues its app-level token with connections:write.
    return lacking_scope(granted, method, channel_kind, arguments)


def _unreadable(path: Path, problem: str) -> ManifestError:
    return ManifestError([Fault("invalid_manifest", f"{path.name} cannot be read: {problem}")])


def _sentence(flaw: Flaw) -> str:
    place = flaw.pointer.strip("/").replace("/", ".") or "the manifest"
    return f"{place}: {flaw.problem}"


def _manifest(given: Record) -> Manifest:
    features, settings = given.get("features", {}), given.get("settings", {})
    scopes = given.get("oauth_config", {}).get("scopes", {})
    home, agent = features.get("app_home", {}), features.get("agent_view")
    events, clicks = settings.get("event_subscriptions", {}), settings.get("interactivity", {})
    name = given["display_information"]["name"]
    return Manifest(
        name=name,
        bot_display_name=features.get("bot_user", {}).get("display_name", name),
        bot_scopes=tuple(scopes.get("bot", ())),
        optional_scopes=tuple(scopes.get("bot_optional", ())),
        bot_events=tuple(events.get("bot_events", ())),
        commands=tuple(_commands(features)),
        shortcuts=tuple(Shortcut(**entry) for entry in features.get("shortcuts", ())),
        home_tab=home.get("home_tab_enabled", False),
        messages_tab=home.get("messages_tab_enabled", True),
        messages_read_only=home.get("messages_tab_read_only_enabled", True),
        agent_view=agent is not None,
        prompts=tuple(Prompt(**entry) for entry in (agent or {}).get("suggested_prompts", ())),
        socket_mode=settings.get("socket_mode_enabled", False),
        interactivity=clicks.get("is_enabled", False),
        request_url=events.get("request_url", ""),
        interactivity_url=clicks.get("request_url", ""),
    )


def _commands(features: Record) -> Iterator[Command]:
    for entry in features.get("slash_commands", ()):
        yield Command(
            command=entry["command"],
            description=entry["description"],
            usage_hint=entry.get("usage_hint", ""),
            should_escape=entry.get("should_escape", False),
        )


class _RepeatedKeyError(Exception):
    """The same key stands twice in one YAML mapping; plain YAML would keep the last silently."""


class _StrictLoader(yaml.SafeLoader):
    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        seen: set[object] = set()
        for key_node, _ in node.value:
            key = self.construct_object(key_node, deep=True)
            if not isinstance(key, Hashable):
                break  # The parent class refuses it with a sentence of its own.
            if key in seen:
                raise _RepeatedKeyError(
                    f"{key!r} stands twice, line {key_node.start_mark.line + 1}"
                )
            seen.add(key)
        return super().construct_mapping(node, deep)
