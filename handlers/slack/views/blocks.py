"""Block Kit's stones: small functions that cut to Slack's lengths and defuse what people wrote."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

Block = dict[str, Any]

BUTTON_TEXT = 75
SECTION_TEXT = 3000
MESSAGE_TEXT = 3900
HEADER_TEXT = 150
MODAL_TITLE = 24


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that goes with a message; `alt_text` says what it is to whoever cannot see it."""

    name: str
    content: bytes
    title: str
    alt_text: str


@dataclass(frozen=True, slots=True)
class Message:
    """A Slack message: `text` alone is complete; `plain` is used where Slack refuses `blocks`.

    `aloud` shows a reply in a thread outside of it as well, so that nobody overlooks it. With
    `files` only `text` is shown, above them: Slack takes no blocks there.
    """

    text: str
    blocks: tuple[Block, ...]
    plain: tuple[Block, ...] = ()
    aloud: bool = False
    files: tuple[Attachment, ...] = ()

    def without_new_blocks(self) -> "Message":
        """The same message for a workspace that does not know the newest blocks yet."""
        return replace(self, blocks=self.plain or self.blocks)


def escaped(text: str) -> str:
    """Text as Slack's `text` and mrkdwn show it literally: no mention or link can be forged."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def cut(text: str, length: int) -> str:
    """At most `length` characters, with a visible mark where something is left out."""
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"


def plain(text: str, length: int) -> Block:
    """A plain_text object; what people wrote stays as they wrote it."""
    return {"type": "plain_text", "text": cut(text, length) or " ", "emoji": False}


def header(text: str) -> Block:
    """A heading."""
    return {"type": "header", "text": plain(text, HEADER_TEXT)}


def words(text: str) -> Block:
    """A section of our own text or anybody's, shown literally."""
    return {"type": "section", "text": plain(text, SECTION_TEXT)}


def marked(text: str) -> Block:
    """A section of our own copy in mrkdwn; never for what people wrote."""
    return {"type": "section", "text": {"type": "mrkdwn", "text": cut(text, SECTION_TEXT)}}


def quiet(*texts: str) -> Block:
    """Small print."""
    return {"type": "context", "elements": [plain(text, SECTION_TEXT) for text in texts if text]}


def divider() -> Block:
    """A line."""
    return {"type": "divider"}


def button(
    text: str, action_id: str, value: str = "", *, style: str = "", label: str = ""
) -> Block:
    """A button; `label` is what a screen reader says when the text alone would not tell."""
    made: Block = {"type": "button", "text": plain(text, BUTTON_TEXT), "action_id": action_id}
    if value:
        made["value"] = value
    if style:
        made["style"] = style
    if label:
        made["accessibility_label"] = cut(label, BUTTON_TEXT)
    return made


def actions(*elements: Block) -> Block:
    """A row of buttons."""
    return {"type": "actions", "elements": list(elements)}


def numbered(action_id: str, position: int) -> str:
    """An action id that is its own within a row; routes match on what stands before the colon."""
    return f"{action_id}:{position}"


def spoken_text(text: str) -> str:
    """The top-level text of a message; chat.update takes 4,000 bytes, whatever the letters."""
    shown = escaped(text)
    while (size := len(shown.encode())) > MESSAGE_TEXT:
        text = cut(text, len(text) * MESSAGE_TEXT // size - 1)
        shown = escaped(text)
    return shown


def message(text: str, blocks: Iterable[Block], plain_blocks: Sequence[Block] = ()) -> Message:
    """A message whose text says everything."""
    return Message(spoken_text(text), tuple(blocks), tuple(plain_blocks))


def modal(
    callback_id: str,
    title: str,
    blocks: Sequence[Block],
    *,
    close: str,
    submit: str = "",
    metadata: object = None,
) -> Block:
    """A modal; `metadata` travels with it as JSON."""
    view: Block = {
        "type": "modal",
        "callback_id": callback_id,
        "title": plain(title, MODAL_TITLE),
        "close": plain(close, MODAL_TITLE),
        "blocks": list(blocks),
        "private_metadata": json.dumps(metadata) if metadata is not None else "",
    }
    if submit:
        view["submit"] = plain(submit, MODAL_TITLE)
    return view


def text_input(
    block_id: str,
    label: str,
    *,
    hint: str = "",
    multiline: bool = False,
    optional: bool = False,
    initial: str = "",
    longest: int = 3000,
) -> Block:
    """A text field; its action id is `value`."""
    element: Block = {
        "type": "plain_text_input",
        "action_id": "value",
        "multiline": multiline,
        "max_length": longest,
    }
    if initial:
        element["initial_value"] = cut(initial, longest)
    made: Block = {
        "type": "input",
        "block_id": block_id,
        "label": plain(label, 2000),
        "element": element,
        "optional": optional,
    }
    if hint:
        made["hint"] = plain(hint, 2000)
    return made
