"""Interactive elements inside blocks: finding them, what using one sends, and `state.values`."""

import secrets
from collections.abc import Iterator, Mapping
from typing import Any

from bot.playground.shapes import ControlError, Json

# The field that an element's state and action carry, by element type.
STATE_FIELDS = {
    "plain_text_input": "value",
    "number_input": "value",
    "email_text_input": "value",
    "url_text_input": "value",
    "rich_text_input": "rich_text_value",
    "static_select": "selected_option",
    "external_select": "selected_option",
    "radio_buttons": "selected_option",
    "multi_static_select": "selected_options",
    "multi_external_select": "selected_options",
    "checkboxes": "selected_options",
    "users_select": "selected_user",
    "multi_users_select": "selected_users",
    "conversations_select": "selected_conversation",
    "multi_conversations_select": "selected_conversations",
    "channels_select": "selected_channel",
    "multi_channels_select": "selected_channels",
    "datepicker": "selected_date",
    "timepicker": "selected_time",
    "datetimepicker": "selected_date_time",
    "file_input": "files",
}
LISTS = frozenset(field for field in STATE_FIELDS.values() if field.endswith("s"))
STATELESS = frozenset({"button", "overflow", "feedback_buttons", "icon_button", "workflow_button"})
_INITIAL = {
    "value": "initial_value",
    "rich_text_value": "initial_value",
    "files": "initial_files",
}


def name_blocks(blocks: list[Json]) -> list[Json]:
    """Give blocks and interactive elements the ids that their author left out, as Slack does."""
    for block in blocks:
        if not block.get("block_id"):
            block["block_id"] = secrets.token_urlsafe(4)
        for part in _parts(block):
            if _is_interactive(part) and not part.get("action_id"):
                part["action_id"] = secrets.token_urlsafe(4)
    return blocks


def elements_in(blocks: list[Json]) -> Iterator[tuple[str, Json, Json]]:
    """Yield (block id, element, its top-level block) of every interactive element."""
    for block in blocks:
        yield from _elements_of(block, str(block.get("block_id", "")), block)


def find_element(blocks: list[Json], action: Mapping[str, Any]) -> tuple[str, Json, Json]:
    """Find what an action names by action id, and by block id and type when it has them.

    Raises ControlError when the surface shows no such element.
    """
    wanted = {key: action.get(key) for key in ("block_id", "type")}
    for block_id, element, block in elements_in(blocks):
        if element.get("action_id") != action.get("action_id"):
            continue
        if wanted["block_id"] not in (None, "", block_id):
            continue
        if wanted["type"] not in (None, "", element["type"]):
            continue
        return block_id, element, block
    named = {key: action.get(key) for key in ("block_id", "action_id", "type")}
    raise ControlError("element_not_found", f"there is no such element here: {named}", 404)


def state_entry(element: Json, chosen: Any) -> Json:
    """Return an element's entry of `state.values` for a value that `chosen` already holds."""
    return {"type": element["type"], STATE_FIELDS[element["type"]]: chosen}


def initial_value(element: Json) -> Any:
    """Return what an element holds before anybody touched it."""
    field = STATE_FIELDS[element["type"]]
    initial = element.get(_INITIAL.get(field, field.replace("selected_", "initial_")))
    if initial is None and field in LISTS:
        return []
    return initial


def state_values(blocks: list[Json], touched: Mapping[tuple[str, str], Any]) -> Json:
    """Return `state.values`: touched elements as left, all others at their initial value."""
    values: Json = {}
    for block_id, element, _ in elements_in(blocks):
        if element["type"] not in STATE_FIELDS:
            continue
        key = (block_id, element["action_id"])
        chosen = touched[key] if key in touched else initial_value(element)
        values.setdefault(block_id, {})[element["action_id"]] = state_entry(element, chosen)
    return values


def action_payload(element: Json, block_id: str, chosen: Any, action_ts: str) -> Json:
    """Return one entry of `actions` as Slack sends it for this element and choice."""
    kind = element["type"]
    payload: Json = {"type": kind, "action_id": element["action_id"], "block_id": block_id}
    if kind in ("button", "icon_button", "workflow_button"):
        for key in ("text", "value", "style", "url", "icon"):
            if key in element:
                payload[key] = element[key]
    elif kind == "feedback_buttons":
        payload |= {"text": chosen["text"], "value": chosen["value"]}
    elif kind == "overflow":
        payload["selected_option"] = chosen
    else:
        payload[STATE_FIELDS[kind]] = chosen
        for key, value in element.items():
            if key == "placeholder" or key.startswith("initial_"):
                payload[key] = value
    payload["action_ts"] = action_ts
    return payload


def _elements_of(part: Json, block_id: str, block: Json) -> Iterator[tuple[str, Json, Json]]:
    if _is_interactive(part) and part.get("action_id"):
        yield block_id, part, block
        return
    own_id = str(part.get("block_id") or block_id)
    for child in _children(part):
        yield from _elements_of(child, own_id, block)


def _parts(part: Json) -> Iterator[Json]:
    yield part
    for child in _children(part):
        yield from _parts(child)


def _children(part: Json) -> Iterator[Json]:
    for value in part.values():
        if isinstance(value, dict):
            yield value
        elif isinstance(value, list):
            yield from (item for item in value if isinstance(item, dict))


def _is_interactive(part: Json) -> bool:
    return part.get("type") in STATE_FIELDS or part.get("type") in STATELESS
