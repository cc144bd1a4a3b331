"""Block Kit's composition objects: text, confirm dialog, option, filter, Slack file.

Limits: Slack's composition object reference (docs.slack.dev/reference/block-kit).
"""

import re
from collections.abc import Iterator

from .checks import (
    Check,
    Flaw,
    Record,
    Rule,
    array,
    at_least_one,
    exactly_one,
    flag,
    one_of,
    record,
    string,
    tagged,
)

ID = string(255)
LABEL = string(75)
ADDRESS = string(3000, pattern=r"[A-Za-z][A-Za-z0-9+.\-]*:\S+")
USER = string(pattern=r"[UW][A-Z0-9]{2,}")
CHANNEL = string(pattern=r"[CG][A-Z0-9]{2,}")
CONVERSATION = string(pattern=r"[CGDUW][A-Z0-9]{2,}")
STYLE = one_of("primary", "danger")
TYPE = string()
"""The `type` of something that `tagged` already told apart."""


def plain(maximum: int) -> Check:
    """A `plain_text` object; `verbatim` is not for it."""
    return tagged(
        {"plain_text": record({"type": TYPE, "text": string(maximum)}, {"emoji": flag})},
        {"mrkdwn": " (only plain_text is allowed here)"},
    )


def text(maximum: int) -> Check:
    """A `plain_text` or `mrkdwn` object; `emoji` is for the first, `verbatim` for the second."""
    return tagged(
        {
            "plain_text": record({"type": TYPE, "text": string(maximum)}, {"emoji": flag}),
            "mrkdwn": record({"type": TYPE, "text": string(maximum)}, {"verbatim": flag}),
        }
    )


PLACEHOLDER = plain(150)
# Slack's page says plain_text for `text` while its own example and SDK send mrkdwn, and it works.
CONFIRM = record(
    {"title": plain(100), "text": text(300), "confirm": plain(30), "deny": plain(30)},
    {"style": STYLE},
)
MENU_OPTION = record({"text": plain(75), "value": string(150)}, {"description": plain(75)})
OVERFLOW_OPTION = record(
    {"text": plain(75), "value": string(150)}, {"description": plain(75), "url": ADDRESS}
)
BUTTON_OPTION = record({"text": text(75), "value": string(150)}, {"description": text(75)})
OPTION_GROUP = record({"label": plain(75), "options": array(MENU_OPTION, 1, 100)}, {})
DISPATCH = record(
    {
        "trigger_actions_on": array(
            one_of("on_enter_pressed", "on_character_entered"), 1, 2, unique=True
        )
    },
    {},
)
FILTER = record(
    {},
    {
        "include": array(one_of("im", "mpim", "private", "public"), 1, unique=True),
        "exclude_external_shared_channels": flag,
        "exclude_bot_users": flag,
    },
    at_least_one("include", "exclude_external_shared_channels", "exclude_bot_users"),
)
SLACK_FILE = record(
    {},
    {"id": string(pattern=r"F[A-Z0-9]{2,}"), "url": string(pattern=r"https://\S+")},
    exactly_one("id", "url"),
)

_UNREACHABLE = re.compile(r"https?://(localhost|127\.|0\.|10\.|192\.168\.|\[|[^./]+([:/]|$))", re.I)


def image_address(value: object, at: str) -> Iterator[Flaw]:
    """A web address from which Slack's servers can fetch an image; a local one fails there."""
    flaws = [*string(3000, pattern=r"https?://\S+")(value, at)]
    yield from flaws
    if not flaws and _UNREACHABLE.match(str(value)):
        yield Flaw(at, "downloading image failed")


def options_of(element: Record) -> list[Record]:
    """All options of an element, those in groups included, in order."""
    grouped = (option for group in element.get("option_groups", ()) for option in group["options"])
    return [*element.get("options", ()), *grouped]


def distinct_values(element: Record, at: str) -> Iterator[Flaw]:
    """Refuse two options with the same value: the app could not tell them apart."""
    seen: set[str] = set()
    for option in options_of(element):
        if option["value"] in seen:
            yield Flaw(at, f'option value "{option["value"]}" already exists')
        seen.add(option["value"])


def initial_among(name: str) -> Rule:
    """A rule: what `name` preselects must equal one of the options in every part."""

    def rule(element: Record, at: str) -> Iterator[Flaw]:
        given = element.get(name, [])
        chosen = given if isinstance(given, list) else [given]
        for index, option in enumerate(chosen):
            if option not in options_of(element):
                yield Flaw(f"{at}/{name}", "must match one of the options exactly")
            if option in chosen[:index]:
                yield Flaw(f"{at}/{name}", "must not be repeated")

    return rule
