"""Turns what a person types into what Slack sends: escaped, with mentions and links marked up."""

import re

from bot.playground.shapes import Json
from bot.playground.workspace import Workspace

_TOKEN = re.compile(
    r"<@(?P<id>[UW][A-Z0-9]+)(?:\|[^>]*)?>"
    r"|(?<![\w.+-])(?P<mail>[\w.+-]{1,64}@[\w-]{1,63}\.[\w.-]{0,63}\w)"
    r"|(?P<url>https?://[^\s<>|]*[^\s<>|.,;:!?)'\"])"
    r"|(?<![\w@])@(?P<name>\w[\w.-]*\w|\w)"
)
_BROADCASTS = {"here": "here", "channel": "channel", "everyone": "everyone"}


def escape(text: str) -> str:
    """Escape the three signs that Slack reserves."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def typed(text: str, workspace: Workspace) -> tuple[str, list[Json]]:
    """Return the text and the rich_text blocks of a message as events carry them.

    `<@ID>` and `@name` of somebody who exists become a mention. Anything else between angle
    brackets is only text, as it is when a person types it.
    """
    parts: list[str] = []
    elements: list[Json] = []
    text = _name_the_bot(text, workspace)
    at = 0
    for found in _TOKEN.finditer(text):
        markup, element = _marked(found, workspace)
        if element is None:
            continue
        _plain(text[at : found.start()], parts, elements)
        parts.append(markup)
        elements.append(element)
        at = found.end()
    _plain(text[at:], parts, elements)
    return "".join(parts), _rich_text(elements)


def command_text(text: str, workspace: Workspace, escaped: bool) -> str:
    """Return a slash command's text; with `escaped` (should_escape) mentions carry id and name."""
    if not escaped:
        return escape(text)
    markup, _ = typed(text, workspace)

    def with_name(found: re.Match[str]) -> str:
        return f"<@{found[1]}|{workspace.users[found[1]].name}>"

    return re.sub(r"<@([UW][A-Z0-9]+)>", with_name, markup)


def _name_the_bot(text: str, workspace: Workspace) -> str:
    # The bot's display name may hold spaces, which the token pattern cannot know.
    names = sorted(workspace.bot_names(), key=len, reverse=True)
    pattern = r"(?<![\w@])@(?:" + "|".join(map(re.escape, names)) + r")(?![\w-])"
    return re.sub(pattern, f"<@{workspace.bot.id}>", text, flags=re.IGNORECASE)


def _marked(found: re.Match[str], workspace: Workspace) -> tuple[str, Json | None]:
    if found["url"]:
        return f"<{escape(found['url'])}>", {"type": "link", "url": found["url"]}
    if found["mail"]:
        mail = found["mail"]
        link = {"type": "link", "url": f"mailto:{mail}", "text": mail}
        return f"<mailto:{mail}|{mail}>", link
    name = found["name"]
    if name in _BROADCASTS:
        return f"<!{name}>", {"type": "broadcast", "range": name}
    user = workspace.users.get(found["id"]) if found["id"] else workspace.user(name)
    if user is None:
        return "", None
    return f"<@{user.id}>", {"type": "user", "user_id": user.id}


def _plain(text: str, parts: list[str], elements: list[Json]) -> None:
    if text:
        parts.append(escape(text))
        elements.append({"type": "text", "text": text})


def _rich_text(elements: list[Json]) -> list[Json]:
    if not elements:
        return []
    section = {"type": "rich_text_section", "elements": elements}
    return [{"type": "rich_text", "block_id": "typed", "elements": [section]}]
