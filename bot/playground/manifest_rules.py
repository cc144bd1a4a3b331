"""Rules across the keys of a manifest: scopes, events, addresses, names that must be unique."""

from collections.abc import Iterable, Iterator
from difflib import get_close_matches

from .checks import Flaw, Record
from .scopes import BOT_SCOPES, EVENT_SCOPES, NOT_SUBSCRIBABLE

_BUILT_IN = (
    "/active /archive /away /call /collapse /dm /dnd /expand /feed /huddle /invite /join /kick "
    "/leave /me /mute /msg /open /prefs /remind /remove /rename /search /shortcuts /shrug /star "
    "/status /topic /who"
)
_BOT_SCOPES_AT = "/oauth_config/scopes"
_EVENTS_AT = "/settings/event_subscriptions"


def rule_flaws(manifest: Record) -> Iterator[Flaw]:
    """What Slack objects to in a manifest whose keys are sound one by one."""
    features, settings = manifest.get("features", {}), manifest.get("settings", {})
    scopes = manifest.get("oauth_config", {}).get("scopes", {})
    yield from _scope_names(scopes)
    yield from _events(settings, scopes.get("bot", ()))
    yield from _commands(features, scopes.get("bot", ()))
    yield from _shortcuts(features, settings, scopes.get("bot", ()))
    yield from _bot_user(features, settings, scopes)
    yield from _agent(features, scopes.get("bot", ()))
    yield from _addresses(features, settings)


def _near(word: str, known: Iterable[str]) -> str:
    found = get_close_matches(word, list(known), n=1)
    return f"; did you mean {found[0]}?" if found else ""


def _scope_names(scopes: Record) -> Iterator[Flaw]:
    for key in ("bot", "bot_optional"):
        for index, scope in enumerate(scopes.get(key, ())):
            at = f"{_BOT_SCOPES_AT}/{key}/{index}"
            if scope == "connections:write":
                yield Flaw(at, "connections:write belongs to the app-level token, not to the bot")
            elif scope not in BOT_SCOPES:
                near = _near(scope, BOT_SCOPES)
                yield Flaw(at, f"Slack has no bot scope named {scope}{near}")
            if key == "bot_optional" and scope not in scopes.get("bot", ()):
                yield Flaw(at, f"{scope} can be optional only where it stands under bot too")
    asked = scopes.get("bot", ())
    if "users:read.email" in asked and "users:read" not in asked:
        yield Flaw(_BOT_SCOPES_AT, "users:read.email needs users:read")


def _events(settings: Record, bot: Iterable[str]) -> Iterator[Flaw]:
    granted = frozenset(bot)
    for index, event in enumerate(settings.get("event_subscriptions", {}).get("bot_events", ())):
        at = f"{_EVENTS_AT}/bot_events/{index}"
        if event in NOT_SUBSCRIBABLE:
            yield Flaw(at, f"{event} cannot be subscribed to: {NOT_SUBSCRIBABLE[event]}")
        elif event not in EVENT_SCOPES:
            yield Flaw(at, f"Slack has no bot event named {event}{_near(event, EVENT_SCOPES)}")
        elif EVENT_SCOPES[event] and granted.isdisjoint(EVENT_SCOPES[event]):
            wanted = " or ".join(EVENT_SCOPES[event])
            yield Flaw(at, f"{event} needs the bot scope {wanted}")


def _commands(features: Record, bot: Iterable[str]) -> Iterator[Flaw]:
    at, seen = "/features/slash_commands", set()
    for index, entry in enumerate(features.get("slash_commands", ())):
        command = entry["command"]
        if command in seen:
            yield Flaw(f"{at}/{index}/command", f"{command} is declared twice")
        if command in _BUILT_IN.split():
            yield Flaw(f"{at}/{index}/command", f"{command} is Slack's own command")
        seen.add(command)
    if seen and "commands" not in bot:
        yield Flaw(at, "slash commands need the bot scope commands")


def _shortcuts(features: Record, settings: Record, bot: Iterable[str]) -> Iterator[Flaw]:
    at, seen = "/features/shortcuts", set()
    for index, entry in enumerate(features.get("shortcuts", ())):
        if entry["callback_id"] in seen:
            yield Flaw(f"{at}/{index}/callback_id", f"{entry['callback_id']} is declared twice")
        seen.add(entry["callback_id"])
    if seen and "commands" not in bot:
        yield Flaw(at, "shortcuts need the bot scope commands")
    if seen and not settings.get("interactivity", {}).get("is_enabled", False):
        yield Flaw(at, "shortcuts need settings.interactivity.is_enabled")


def _bot_user(features: Record, settings: Record, scopes: Record) -> Iterator[Flaw]:
    if "bot_user" in features:
        return
    events = settings.get("event_subscriptions", {}).get("bot_events")
    if scopes.get("bot") or scopes.get("bot_optional") or events:
        yield Flaw("/features", "bot scopes and bot events need features.bot_user")


def _agent(features: Record, bot: Iterable[str]) -> Iterator[Flaw]:
    if "agent_view" not in features:
        return
    home = features.get("app_home", {})
    if "assistant:write" not in bot:
        yield Flaw("/features/agent_view", "agent_view needs the bot scope assistant:write")
    if home.get("messages_tab_enabled") is not True:
        yield Flaw("/features/agent_view", "agent_view needs app_home.messages_tab_enabled: true")
    if home.get("messages_tab_read_only_enabled") is not False:
        yield Flaw(
            "/features/agent_view",
            "agent_view needs app_home.messages_tab_read_only_enabled: false",
        )


def _addresses(features: Record, settings: Record) -> Iterator[Flaw]:
    """Without Socket Mode, Slack must be told where to send each kind of thing."""
    if settings.get("socket_mode_enabled", False):
        return
    events = settings.get("event_subscriptions", {})
    if events.get("bot_events") and "request_url" not in events:
        yield Flaw(_EVENTS_AT, "without Socket Mode, bot events need a request_url")
    clicks = settings.get("interactivity", {})
    if clicks.get("is_enabled") and "request_url" not in clicks:
        yield Flaw(
            "/settings/interactivity", "without Socket Mode, interactivity needs a request_url"
        )
    for index, entry in enumerate(features.get("slash_commands", ())):
        if "url" not in entry:
            yield Flaw(
                f"/features/slash_commands/{index}",
                f"without Socket Mode, {entry['command']} needs a url",
            )
