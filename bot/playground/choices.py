"""What a person can choose in an element: only what it offers."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from bot.playground.elements import LISTS, STATE_FIELDS, STATELESS
from bot.playground.shapes import ControlError, Json

_TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d")


def chosen_by(element: Json, action: Mapping[str, Any]) -> Any:
    """Return what an action chooses; raises ControlError for what the element does not offer."""
    kind = element["type"]
    if kind in ("button", "icon_button", "workflow_button"):
        pressed = action.get("value")
        if pressed is not None and pressed != element.get("value"):
            raise _impossible(f"this button's value is {element.get('value')!r}, not {pressed!r}")
        return None
    if kind == "feedback_buttons":
        return _feedback(element, action)
    field = "selected_option" if kind == "overflow" else STATE_FIELDS[kind]
    given = action[field] if field in action else action.get("value")
    return value_for(element, given)


def value_for(element: Json, given: Any) -> Any:
    """Return the element's value for what was given: Slack's own shape or a plain value.

    A plain value is a string for texts and dates, an option's value for selects, a list of them
    for multi-selects and checkboxes. None clears. Raises ControlError for what cannot be chosen.
    """
    kind = element["type"]
    if kind in STATELESS and kind != "overflow":
        raise _impossible(f"a {kind} holds no value")
    field = "selected_option" if kind == "overflow" else STATE_FIELDS[kind]
    if isinstance(given, dict) and field in given:
        given = given[field]
    if field in LISTS:
        items = [] if given in (None, "") else given if isinstance(given, list) else [given]
        return [_one(element, item) for item in items]
    if given is None or given == "":
        return None
    return _one(element, given)


def _one(element: Json, given: Any) -> Any:
    kind = element["type"]
    if "option" in (STATE_FIELDS.get(kind) or "selected_option"):
        return _option(element, given)
    if kind == "rich_text_input":
        return _rich_text(given)
    if isinstance(given, dict | list):
        raise _impossible(f"{given!r} is no value for a {kind}")
    if kind == "datetimepicker":
        return _moment(given)
    if kind == "datepicker":
        return _dated(given)
    if kind == "timepicker" and not _TIME.fullmatch(str(given)):
        raise _impossible(f"{given!r} is not a time such as 09:30")
    return str(given)


def _option(element: Json, given: Any) -> Json:
    value = given.get("value") if isinstance(given, dict) else str(given)
    groups = element.get("option_groups") or []
    options = [*(element.get("options") or []), *(o for g in groups for o in g["options"])]
    for option in options:
        if option.get("value") == value:
            return dict(option)
    raise _impossible(f"{value!r} is not among the options of {element.get('action_id')!r}")


def _feedback(element: Json, action: Mapping[str, Any]) -> Json:
    for side in ("positive_button", "negative_button"):
        if element[side].get("value") == action.get("value"):
            return dict(element[side])
    raise _impossible(f"neither feedback button has the value {action.get('value')!r}")


def _rich_text(given: Any) -> Json:
    if isinstance(given, dict):
        return given
    section = {"type": "rich_text_section", "elements": [{"type": "text", "text": str(given)}]}
    return {"type": "rich_text", "elements": [section]}


def _moment(given: Any) -> int:
    try:
        return int(given)
    except (TypeError, ValueError) as problem:
        raise _impossible(f"{given!r} is not a moment in seconds") from problem


def _dated(given: Any) -> str:
    try:
        return date.fromisoformat(str(given)).isoformat()
    except ValueError as problem:
        raise _impossible(f"{given!r} is not a date such as 2026-11-23") from problem


def _impossible(detail: str) -> ControlError:
    return ControlError("impossible_choice", detail)
