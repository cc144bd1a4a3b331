"""A sound app manifest, and ways to change one thing in it."""

import copy
from typing import Any

import yaml

Json = dict[str, Any]
SOUND: Json = yaml.safe_load(
    """
    _metadata: {major_version: 2}
    display_information: {name: CLM bot, description: Answers, background_color: "#1f3a4d"}
    features:
      app_home: {home_tab_enabled: true, messages_tab_enabled: true,
                 messages_tab_read_only_enabled: false}
      bot_user: {display_name: clm, always_online: true}
      agent_view: {agent_description: Ask, suggested_prompts: [{title: CLM, message: What is it}]}
      shortcuts: [{name: Ask, type: global, callback_id: ask, description: Ask a question}]
      slash_commands: [{command: /clm, description: Ask, usage_hint: "[question]",
                        should_escape: true}]
    oauth_config:
      scopes:
        bot: [app_mentions:read, assistant:write, chat:write, commands, im:history, users:read,
              users:read.email]
        bot_optional: [users:read.email]
    settings:
      event_subscriptions: {bot_events: [app_home_opened, app_mention, message.im]}
      interactivity: {is_enabled: true}
      socket_mode_enabled: true
    """
)
INFO, FEATURES, SETTINGS = "display_information", "features", "settings"
SCOPES = ("oauth_config", "scopes")
COMMAND = (FEATURES, "slash_commands", 0)
SHORTCUT = (FEATURES, "shortcuts", 0)
EVENTS = (SETTINGS, "event_subscriptions")
WEB = "https://ala.org/"


def changed(path: tuple[str | int, ...], value: Any) -> Json:
    """The sound manifest with another value at a place."""
    manifest = copy.deepcopy(SOUND)
    place: Any = manifest
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = value
    return manifest


def without(*path: str) -> Json:
    """The sound manifest lacking a key."""
    manifest = copy.deepcopy(SOUND)
    place: Any = manifest
    for key in path[:-1]:
        place = place[key]
    del place[path[-1]]
    return manifest


def scoped(*scopes: str) -> Json:
    """The sound manifest with these bot scopes only."""
    return changed((*SCOPES, "bot"), list(scopes))


def prompts(count: int) -> Json:
    """The sound manifest with that many suggested prompts."""
    one = {"title": "CLM?", "message": "What is it?"}
    return changed((FEATURES, "agent_view", "suggested_prompts"), [one] * count)


def redirects(*addresses: str) -> Json:
    """The sound manifest with these redirect addresses."""
    return changed(("oauth_config", "redirect_urls"), list(addresses))


def commands(*names: str) -> Json:
    """The sound manifest with these slash commands."""
    entries = [{"command": name, "description": "Ask"} for name in names]
    return changed((FEATURES, "slash_commands"), entries)


def shortcuts(*ids: str) -> Json:
    """The sound manifest with shortcuts of these callback ids."""
    entry = SOUND[FEATURES]["shortcuts"][0]
    return changed((FEATURES, "shortcuts"), [entry | {"callback_id": each} for each in ids])


def over_http(**addresses: str) -> Json:
    """The sound manifest without Socket Mode; Slack delivers to these addresses."""
    manifest = changed((SETTINGS, "socket_mode_enabled"), False)
    if "events" in addresses:
        manifest[SETTINGS]["event_subscriptions"]["request_url"] = addresses["events"]
    if "clicks" in addresses:
        manifest[SETTINGS]["interactivity"]["request_url"] = addresses["clicks"]
    if "command" in addresses:
        manifest[FEATURES]["slash_commands"][0]["url"] = addresses["command"]
    return manifest


HTTP = over_http(events=WEB, clicks=WEB, command=WEB)
ALL = SOUND["oauth_config"]["scopes"]["bot"]


def lacking(scope: str) -> Json:
    """The sound manifest lacking a bot scope."""
    return scoped(*[each for each in ALL if each != scope])
