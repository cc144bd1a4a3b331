"""An answer's text as Slack draws it best: lists as lists, addresses as links."""

import re
from collections.abc import Iterator
from itertools import groupby

from handlers.slack.views.blocks import SECTION_TEXT, Block, cut, words

ITEM = "- "
_ADDRESS = re.compile(r"https?://[^\s<>()]*[^\s<>().,;:!?]")


def prose(text: str) -> Block:
    """The text as a rich_text block; lines that begin with `- ` are a list.

    Its leaves are literal, so that no mention can be forged. A hyphen typed into a section has no
    hanging indent, and on a phone the lines of a list run into one another.
    """
    parts: list[Block] = []
    for is_list, lines in groupby(cut(text, SECTION_TEXT).split("\n"), _is_item):
        shown = list(lines)
        if is_list:
            parts.append(_list(shown))
        elif any(shown):
            parts.append(_section("\n".join(shown)))
    return {"type": "rich_text", "elements": parts}


def as_typed(text: str) -> Block:
    """What somebody wrote, literally; its addresses are links, which they are not in a section."""
    if not _ADDRESS.search(text):
        return words(text)
    return {"type": "rich_text", "elements": [_section(cut(text, SECTION_TEXT))]}


def _is_item(line: str) -> bool:
    return line.startswith(ITEM)


def _list(lines: list[str]) -> Block:
    items = [_section(line.removeprefix(ITEM)) for line in lines]
    return {"type": "rich_text_list", "style": "bullet", "elements": items}


def _section(text: str) -> Block:
    return {"type": "rich_text_section", "elements": list(_leaves(text))}


def _leaves(text: str) -> Iterator[Block]:
    end = 0
    for address in _ADDRESS.finditer(text):
        if before := text[end : address.start()]:
            yield {"type": "text", "text": before}
        yield {"type": "link", "url": address.group()}
        end = address.end()
    if rest := text[end:]:
        yield {"type": "text", "text": rest}
