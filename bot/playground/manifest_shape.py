"""The keys of a manifest with their types and lengths, after Slack's manifest schema 2.0.0.

Parts that Slack knows and the playground does not model are refused by name rather than ignored.
"""

from collections.abc import Iterator

from .checks import Check, Flaw, array, flag, one_of, record, string, whole

_WORD = string(50)


def _web(maximum: int) -> Check:
    return string(maximum, pattern=r"https?://\S+", wanted="must be a web address with https://")


WEB_ADDRESS = _web(3500)


def _unmodelled(value: object, at: str) -> Iterator[Flaw]:
    yield Flaw(at, "the playground does not model this part of Slack; leave it out")


def _only(wanted: bool, reason: str) -> Check:
    def check(value: object, at: str) -> Iterator[Flaw]:
        yield from flag(value, at)
        if isinstance(value, bool) and value != wanted:
            yield Flaw(at, reason)

    return check


def _gone(reason: str) -> Check:
    def check(value: object, at: str) -> Iterator[Flaw]:
        yield Flaw(at, reason)

    return check


def _unknown_to_playground(*names: str) -> dict[str, Check]:
    return dict.fromkeys(names, _unmodelled)


_COLOR = string(
    7, 4, r"#[0-9a-fA-F]{3}([0-9a-fA-F]{3})?", "must be a colour such as #1f3a4d or #fff"
)
_DISPLAY = record(
    {"name": string(35)},
    {
        "description": string(140),
        "long_description": string(4000, 175),
        "background_color": _COLOR,
    },
)
_HOME = record(
    {},
    dict.fromkeys(
        ("home_tab_enabled", "messages_tab_enabled", "messages_tab_read_only_enabled"), flag
    ),
)
_SHORTCUT = record(
    {
        "name": string(24),
        "type": one_of("message", "global"),
        "callback_id": string(255),
        "description": string(150),
    },
    {},
)
_COMMAND = record(
    {
        "command": string(
            32, 2, r"/[a-z0-9_\-]+", "must be / and then small letters, digits, - and _ only"
        ),
        "description": string(2000),
    },
    {
        "url": _web(3000),
        "usage_hint": string(1000),
        "should_escape": flag,
    },
)
_PROMPT = record({"title": string(), "message": string()}, {})
_AGENT = record(
    {},
    {
        "agent_description": string(300),
        "suggested_prompts": array(_PROMPT, 0, 4),
        "actions": _unmodelled,
    },
)
_LEGACY = "assistant_view is closed to new apps since 2026-06-30; use agent_view"
_FEATURES = record(
    {},
    {
        "app_home": _HOME,
        "bot_user": record({"display_name": string(80)}, {"always_online": flag}),
        "shortcuts": array(_SHORTCUT, 1, 10),
        "slash_commands": array(_COMMAND, 1, 50),
        "agent_view": _AGENT,
        "assistant_view": _gone(_LEGACY),
        "workflow_steps": _gone("steps from apps were retired by Slack"),
        **_unknown_to_playground("functions", "unfurl_domains"),
    },
)
_SCOPES = array(_WORD, 0, 255, unique=True)
_REDIRECT = string(2500, pattern=r"\S+://\S+", wanted="must be a web address")
_OAUTH = record(
    {},
    {
        "redirect_urls": array(_REDIRECT, 0, 1000, unique=True),
        "scopes": record(
            {},
            {
                "bot": _SCOPES,
                "bot_optional": _SCOPES,
                **_unknown_to_playground("user", "user_optional"),
            },
        ),
        "token_management_enabled": flag,
        "pkce_enabled": flag,
    },
)
_EVENTS = record(
    {},
    {
        "request_url": WEB_ADDRESS,
        "bot_events": array(_WORD, 0, 100, unique=True),
        **_unknown_to_playground("user_events", "metadata_subscriptions"),
    },
)
_CLICKS = record(
    {"is_enabled": flag}, {"request_url": WEB_ADDRESS, "message_menu_options_url": WEB_ADDRESS}
)
_SETTINGS = record(
    {},
    {
        "event_subscriptions": _EVENTS,
        "interactivity": _CLICKS,
        "socket_mode_enabled": flag,
        "org_deploy_enabled": _only(False, "the playground is one workspace, not an organization"),
        "token_rotation_enabled": _only(False, "the playground's tokens do not rotate"),
        "is_hosted": _only(False, "the playground does not host apps"),
        **_unknown_to_playground(
            "allowed_ip_address_ranges",
            "incoming_webhooks",
            "siws_links",
            "hermes_app_type",
            "function_runtime",
            "is_mcp_enabled",
        ),
    },
)
_VERSIONS = ("schema_version", "min_version", "major_version", "minor_version")
MANIFEST = record(
    {"display_information": _DISPLAY},
    {
        "$schema": WEB_ADDRESS,
        "_metadata": record({}, dict.fromkeys(_VERSIONS, whole(0))),
        "features": _FEATURES,
        "oauth_config": _OAUTH,
        "settings": _SETTINGS,
        **_unknown_to_playground(
            "app_directory",
            "functions",
            "workflows",
            "datastores",
            "outgoing_domains",
            "types",
            "external_auth_providers",
            "mcp_servers",
        ),
    },
)
