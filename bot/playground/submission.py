"""What Slack's own client refuses to submit, before the app hears of it.

A value may be given plainly ("3.5", "law_firm", ["a", "b"]) or as Slack's state object
({"type": "number_input", "value": "3.5"}).
"""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from decimal import Decimal

from .block_inputs import NUMBER_SHAPE, TEXT_LIMIT, TIME_SHAPE
from .block_objects import options_of
from .checks import Record
from .rules import Fault

Values = Mapping[str, Mapping[str, object]]
_Judge = Callable[[Record, object], Iterator[str]]

MISSING = "Please fill this in."


def submission_faults(view: Record, values: Values) -> list[Fault]:
    """All reasons why Slack's client would keep the modal open instead of submitting it.

    `values` is {block_id: {action_id: value}}. The errors are the playground's own, as no API call
    is made: `invalid_submission` for a field (the detail is "block_id: sentence") and
    `unknown_field` for a field that the view does not have.
    """
    unknown = [
        Fault("unknown_field", f"the view has no field {block}/{action}")
        for block, given in values.items()
        for action in given
        if action not in _fields(view).get(block, {})
    ]
    errors = submission_errors(view, values).items()
    return unknown + [Fault("invalid_submission", f"{block}: {said}") for block, said in errors]


def submission_errors(view: Record, values: Values) -> dict[str, str]:
    """The sentence shown below each field that the client refuses, by block id."""
    errors: dict[str, str] = {}
    for block in view["blocks"]:
        name = block.get("block_id", "")
        required = block["type"] == "input" and not block.get("optional", False)
        for action, element in _fields({"blocks": [block]}).get(name, {}).items():
            given = plain_value(values.get(name, {}).get(action))
            for sentence in _judged(element, given, required):
                errors.setdefault(name, sentence)
    return errors


def value_error(element: Record, given: object) -> str | None:
    """The sentence for a value that the client would not even let one element send, else None.

    For elements that tell the app at once (dispatch_action, menus in messages); an element that
    holds no state, such as a button, has no values to refuse.
    """
    plain = plain_value(given)
    if plain is None or element["type"] not in _JUDGES:
        return None
    return next(_JUDGES[element["type"]](element, plain), None)


def _fields(view: Record) -> dict[str, dict[str, Record]]:
    """The elements of a view that hold state, by block id and action id."""
    found: dict[str, dict[str, Record]] = {}
    for block in view["blocks"]:
        inside = [block.get("element"), block.get("accessory"), *block.get("elements", ())]
        for element in inside:
            if isinstance(element, dict) and element.get("type") in _JUDGES:
                actions = found.setdefault(block.get("block_id", ""), {})
                actions[element.get("action_id", "")] = element
    return found


def plain_value(given: object) -> object:
    """The value itself: out of a state object, options by `value`, files by id, nothing as None."""
    if isinstance(given, dict) and given.get("type", "rich_text") != "rich_text":
        held = [entry for name, entry in given.items() if name != "type"]
        given = held[0] if held else None
    if isinstance(given, dict) and given.get("type") != "rich_text":
        given = given.get("value", given.get("id"))
    if isinstance(given, list):
        given = [plain_value(entry) for entry in given]
    return None if given in ("", []) else given


def _judged(element: Record, given: object, required: bool) -> Iterator[str]:
    if given is not None:
        yield from _JUDGES[element["type"]](element, given)
    elif required:
        yield MISSING


def _text(element: Record, given: object) -> Iterator[str]:
    if not isinstance(given, str):
        yield "This takes text."
        return
    most, least = element.get("max_length", TEXT_LIMIT), element.get("min_length", 0)
    if len(given) > most:
        yield f"Use at most {most} characters; these are {len(given)}."
    if len(given) < least:
        yield f"Use at least {least} characters."
    if "\n" in given and not element.get("multiline", False):
        yield "This takes a single line."


def _shaped(pattern: str, sentence: str) -> _Judge:
    def judge(_element: Record, given: object) -> Iterator[str]:
        if not isinstance(given, str) or not re.fullmatch(pattern, given):
            yield sentence

    return judge


def _number(element: Record, given: object) -> Iterator[str]:
    if not isinstance(given, str) or not re.fullmatch(NUMBER_SHAPE, given):
        yield "Enter a number."
        return
    amount = Decimal(given)
    if "." in given and not element["is_decimal_allowed"]:
        yield "Enter a whole number."
    if "min_value" in element and amount < Decimal(element["min_value"]):
        yield f"Enter a number of {element['min_value']} or more."
    if "max_value" in element and amount > Decimal(element["max_value"]):
        yield f"Enter a number of {element['max_value']} or less."


def _day(_element: Record, given: object) -> Iterator[str]:
    try:
        sound = isinstance(given, str) and date.fromisoformat(given).isoformat() == given
    except ValueError:
        sound = False
    if not sound:
        yield "Pick a day."


def _moment(_element: Record, given: object) -> Iterator[str]:
    if isinstance(given, bool) or not isinstance(given, int) or len(str(given)) != 10:
        yield "Pick a day and a time."


def _option(element: Record, given: object) -> Iterator[str]:
    if given not in [option["value"] for option in options_of(element)]:
        yield "Pick one of the options."


def _several(judge: _Judge) -> _Judge:
    def judged(element: Record, given: object) -> Iterator[str]:
        if not isinstance(given, list):
            yield "This takes a list."
            return
        most = element.get("max_selected_items", element.get("max_files", len(given)))
        if len(given) > most:
            yield f"Pick at most {most}."
        if any(entry in given[:index] for index, entry in enumerate(given)):
            yield "Pick each one once."
        for entry in given:
            yield from judge(element, entry)

    return judged


def _rich_text(_element: Record, given: object) -> Iterator[str]:
    if not isinstance(given, dict) or given.get("type") != "rich_text":
        yield "This takes formatted text."


_user = _shaped(r"[UW][A-Z0-9]{2,}", "Pick a person.")
_conversation = _shaped(r"[CGDUW][A-Z0-9]{2,}", "Pick a conversation.")
_channel = _shaped(r"[CG][A-Z0-9]{2,}", "Pick a channel.")
_anything = _shaped(r"(?s).+", "Pick one of the options.")
_JUDGES: dict[str, _Judge] = {
    "plain_text_input": _text,
    "email_text_input": _shaped(r"[^@\s]+@[^@\s]+\.[^@\s.]+", "Enter an email address."),
    "url_text_input": _shaped(r"https?://[^\s/]+\S*", "Enter a web address."),
    "number_input": _number,
    "datepicker": _day,
    "timepicker": _shaped(TIME_SHAPE, "Pick a time."),
    "datetimepicker": _moment,
    "static_select": _option,
    "radio_buttons": _option,
    "multi_static_select": _several(_option),
    "checkboxes": _several(_option),
    "external_select": _anything,
    "multi_external_select": _several(_anything),
    "users_select": _user,
    "multi_users_select": _several(_user),
    "conversations_select": _conversation,
    "multi_conversations_select": _several(_conversation),
    "channels_select": _channel,
    "multi_channels_select": _several(_channel),
    "file_input": _several(_shaped(r"F[A-Z0-9]{2,}", "Pick a file.")),
    "rich_text_input": _rich_text,
}
