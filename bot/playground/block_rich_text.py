"""The structure of a rich_text block, whose parts nest two deep.

Source: Slack's rich text block reference; the keys of styles differ by kind of leaf.
"""

from .block_objects import CHANNEL, ID, TYPE, USER
from .checks import Check, array, at_least_one, flag, one_of, record, string, tagged, whole

LINK = string(3000, pattern=r"[A-Za-z][A-Za-z0-9+.\-]*:\S+")


def _style(*names: str) -> Check:
    return record({}, dict.fromkeys(names, flag), at_least_one(*names))


_WORDS = _style("bold", "italic", "strike", "code", "underline")
_MENTION = _style("bold", "italic", "strike", "highlight", "client_highlight", "unlink")


def _leaf(key: str, check: Check, style: Check, **more: Check) -> Check:
    return record({"type": TYPE, key: check}, {"style": style, **more})


_TEXT = _leaf("text", string(), _WORDS)
_LINK = _leaf("url", LINK, _WORDS, text=string(), unsafe=flag)
LEAVES = {
    "text": _TEXT,
    "link": _LINK,
    "user": _leaf("user_id", USER, _MENTION),
    "usergroup": _leaf("usergroup_id", string(pattern=r"S[A-Z0-9]{2,}"), _MENTION),
    "team": _leaf("team_id", string(pattern=r"T[A-Z0-9]{2,}"), _MENTION),
    "channel": _leaf("channel_id", CHANNEL, _MENTION),
    "emoji": _leaf("name", string(), _WORDS, unicode=string(), skin_tone=whole(1, 6)),
    "broadcast": _leaf("range", one_of("here", "channel", "everyone"), _WORDS),
    "color": _leaf("value", string(pattern=r"#[0-9A-Fa-f]{6}"), _WORDS),
    "date": record(
        {"type": TYPE, "timestamp": whole(0), "format": string()},
        {"url": LINK, "fallback": string(), "style": _WORDS},
    ),
}
_LEAVES = array(tagged(LEAVES))
_BORDER = whole(0, 1)
_SECTION = record({"type": TYPE, "elements": _LEAVES}, {})
PARTS = {
    "rich_text_section": _SECTION,
    "rich_text_quote": record({"type": TYPE, "elements": _LEAVES}, {"border": _BORDER}),
    "rich_text_preformatted": record(
        {"type": TYPE, "elements": array(tagged({"text": _TEXT, "link": _LINK}))},
        {"border": _BORDER, "language": string()},
    ),
    "rich_text_list": record(
        {
            "type": TYPE,
            "style": one_of("bullet", "ordered"),
            "elements": array(tagged({"rich_text_section": _SECTION}), 1),
        },
        {"indent": whole(0, 8), "offset": whole(0), "border": _BORDER},
    ),
}
RICH_TEXT = record({"type": TYPE, "elements": array(tagged(PARTS), 1)}, {"block_id": ID})
