"""What people typed, as they saw it: Slack's tokens as words, its escapes undone once."""

import re
import unicodedata

_TOKEN = re.compile(r"<([@#!]?)([^<>|]*)(?:\|([^<>]*))?>")
_ESCAPES = (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"))


def readable(text: str) -> str:
    """The `text` of an event in plain characters: `<@U1|ada>` is @ada, a link its address.

    What a person typed as `<@U1>` arrives escaped and comes out as typed; it is no mention.
    """
    text = _TOKEN.sub(_shown, text)
    for escape, character in _ESCAPES:
        text = text.replace(escape, character)
    return cleaned(text)


def cleaned(text: str) -> str:
    """The text without control characters, which Slack refuses or shows as nothing."""
    kept = (c for c in text if c in "\n\t" or unicodedata.category(c) != "Cc")
    return "".join(kept).strip()


def _shown(token: re.Match[str]) -> str:
    kind, target, label = token.groups()
    if kind == "":
        # Slack links an address by itself: the author typed the label and saw no other address.
        return f"{label} ({target})" if label and not target.endswith(label) else label or target
    name = (label or target).partition("^")[0].lstrip("@#")
    return f"#{name}" if kind == "#" else f"@{name}"
