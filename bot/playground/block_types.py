"""Blocks by surface: which exist there, what they hold, and what must be unique in a list of them.

Surfaces: the "available in surfaces" of each block's reference page. Blocks that Slack is still
rolling out, or gives only to some apps, are refused: a bot must not count on them.
"""

from collections.abc import Iterator, Mapping
from typing import Literal

from .block_elements import (
    CHOICES,
    CLICKS,
    FEEDBACK_BUTTONS,
    ICON_BUTTON,
    IMAGE,
    MENUS,
)
from .block_inputs import DATE_TIME, INPUTS, PICKERS
from .block_objects import ID, SLACK_FILE, TYPE, image_address, plain, text
from .block_rich_text import RICH_TEXT
from .checks import (
    Check,
    Flaw,
    Record,
    array,
    at_least_one,
    exactly_one,
    flag,
    number,
    one_of,
    record,
    records,
    string,
    tagged,
)

Surface = Literal["message", "modal", "home"]
MOST_BLOCKS: dict[Surface, int] = {"message": 50, "modal": 100, "home": 100}
TABLE_TEXT_LIMIT = 10_000

_NAMED = {"block_id": ID}
_SHOWN_TEXT = text(3000)


def _dispatch(block: Record, at: str) -> Iterator[Flaw]:
    if block["element"]["type"] == "file_input" and block.get("dispatch_action"):
        yield Flaw(f"{at}/dispatch_action", "must be false for a file_input")


def _rectangle(block: Record, at: str) -> Iterator[Flaw]:
    widths = {len(row) for row in block["rows"]}
    if len(widths) > 1:
        yield Flaw(f"{at}/rows", "must all have the same number of cells")
    if len(block.get("column_settings", ())) > max(widths):
        yield Flaw(f"{at}/column_settings", "must not be more than the columns of the table")
    length = sum(len(str(found.get("text", ""))) for found, _ in records(block["rows"], at))
    if length > TABLE_TEXT_LIMIT:
        yield Flaw(f"{at}/rows", f"must be less than {TABLE_TEXT_LIMIT + 1} characters")


def _column(value: object, at: str) -> Iterator[Flaw]:
    if value is not None:
        settings = {"align": one_of("left", "center", "right"), "is_wrapped": flag}
        yield from record({}, settings)(value, at)


_CELL = tagged(
    {
        "raw_text": record({"type": TYPE, "text": string()}, {}),
        "raw_number": record({"type": TYPE, "value": number}, {"text": string()}),
        "rich_text": RICH_TEXT,
    }
)
TABLE = record(
    {"type": TYPE, "rows": array(array(_CELL, 1, 20), 1, 100)},
    {**_NAMED, "column_settings": array(_column, 1, 20)},
    _rectangle,
)
SECTION = record(
    {"type": TYPE},
    {
        **_NAMED,
        "text": _SHOWN_TEXT,
        "fields": array(text(2000), 1, 10),
        "accessory": tagged({**CLICKS, **CHOICES, **PICKERS, **MENUS, "image": IMAGE}),
        "expand": flag,
    },
    at_least_one("text", "fields"),
)
CONTEXT_TEXT = {
    # `text` reads the type itself, so both types share one check.
    "plain_text": _SHOWN_TEXT,
    "mrkdwn": _SHOWN_TEXT,
    "image": IMAGE,
}


def _input(elements: Mapping[str, Check]) -> Check:
    return record(
        {"type": TYPE, "label": plain(2000), "element": tagged(elements)},
        {**_NAMED, "hint": plain(2000), "optional": flag, "dispatch_action": flag},
        _dispatch,
    )


_ACTIONS = {**CLICKS, **CHOICES, **PICKERS, **DATE_TIME, **MENUS}
_WITHOUT_FILES = {name: check for name, check in INPUTS.items() if name != "file_input"}
EVERYWHERE: dict[str, Check] = {
    "actions": record({"type": TYPE, "elements": array(tagged(_ACTIONS), 1, 25)}, _NAMED),
    "context": record({"type": TYPE, "elements": array(tagged(CONTEXT_TEXT), 1, 10)}, _NAMED),
    "divider": record({"type": TYPE}, _NAMED),
    "header": record({"type": TYPE, "text": plain(150)}, _NAMED),
    "image": record(
        {"type": TYPE, "alt_text": string(2000)},
        {**_NAMED, "title": plain(2000), "image_url": image_address, "slack_file": SLACK_FILE},
        exactly_one("image_url", "slack_file"),
    ),
    "input": _input(_WITHOUT_FILES),
    "rich_text": RICH_TEXT,
    "section": SECTION,
}
_ON_CONTEXT = tagged({"feedback_buttons": FEEDBACK_BUTTONS, "icon_button": ICON_BUTTON})
BLOCKS: dict[Surface, dict[str, Check]] = {
    "message": {
        **EVERYWHERE,
        "context_actions": record({"type": TYPE, "elements": array(_ON_CONTEXT, 1, 5)}, _NAMED),
        # The length is counted over all markdown blocks of a message, where its error is named.
        "markdown": record({"type": TYPE, "text": string()}, _NAMED),
        "table": TABLE,
    },
    "modal": {
        **EVERYWHERE,
        "input": _input(INPUTS),
        "alert": record(
            {"type": TYPE, "text": text(200)},
            {**_NAMED, "level": one_of("default", "info", "warning", "error", "success")},
        ),
    },
    "home": EVERYWHERE,
}
_NOT_YET = " (Slack does not give it to every workspace and app yet)"
UNTOLD = dict.fromkeys(
    ("card", "carousel", "container", "data_table", "data_visualization", "plan", "task_card"),
    _NOT_YET,
) | {
    "file": " (only Slack itself puts it into messages)",
    "call": " (needs a registered call)",
    "video": " (needs links.embed:write and an unfurl domain)",
    "auth_provider": _NOT_YET,
}


def block_flaws(blocks: object, surface: Surface, at: str) -> Iterator[Flaw]:
    """What Slack would object to in the list `blocks` found at the pointer `at`."""
    if not isinstance(blocks, list):
        yield Flaw(at, "must be an array")
        return
    kinds = tagged(BLOCKS[surface], UNTOLD)
    yield from array(kinds, 0, MOST_BLOCKS[surface])(blocks, at)
    yield from _repeated_ids(blocks, at)
    yield from _out_of_place(blocks, surface, at)


def _repeated_ids(blocks: list[object], at: str) -> Iterator[Flaw]:
    seen: set[str] = set()
    for index, block in enumerate(blocks):
        if not isinstance(block, dict):
            continue
        yield from _repeated_actions(block, f"{at}/{index}")
        name = block.get("block_id")
        if isinstance(name, str):
            if name in seen:
                yield Flaw(f"{at}/{index}/block_id", f'`block_id` "{name}" already exists')
            seen.add(name)


def _repeated_actions(block: Record, at: str) -> Iterator[Flaw]:
    seen: set[str] = set()
    for found, pointer in records(block, at):
        name = found.get("action_id")
        if isinstance(name, str):
            if name in seen:
                yield Flaw(f"{pointer}/action_id", f'`action_id` "{name}" already exists')
            seen.add(name)


def _out_of_place(blocks: list[object], surface: Surface, at: str) -> Iterator[Flaw]:
    focused = 0
    for found, pointer in records(blocks, at):
        if "focus_on_load" in found and surface == "message":
            yield Flaw(f"{pointer}/focus_on_load", "is only for views")
        focused += found.get("focus_on_load") is True
        if focused > 1 and found.get("focus_on_load") is True:
            yield Flaw(f"{pointer}/focus_on_load", "may be true for one element of a view only")
        if found.get("response_url_enabled") is True and not (
            surface == "modal" and pointer.endswith("/element")
        ):
            yield Flaw(f"{pointer}/response_url_enabled", "is only for input blocks in modals")
