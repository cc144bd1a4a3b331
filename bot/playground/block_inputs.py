"""Elements that take typed or picked values: text, number, date and time, file.

Limits: Slack's block element reference and the constants of slack_sdk 3.47.
"""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from .block_elements import CHOICES, FOCUSED, MENUS
from .block_objects import DISPATCH, ID, PLACEHOLDER, TYPE
from .block_rich_text import RICH_TEXT
from .checks import Check, Flaw, Record, array, flag, record, string, whole

TEXT_LIMIT = 3000
"""Characters that Slack's client lets a person type where `max_length` says nothing."""
TIME_SHAPE = r"([01][0-9]|2[0-3]):[0-5][0-9]"
NUMBER_SHAPE = r"-?[0-9]+(\.[0-9]+)?"

_TYPED = {
    "action_id": ID,
    "placeholder": PLACEHOLDER,
    "focus_on_load": flag,
    "dispatch_action_config": DISPATCH,
}
_PICKED = {**FOCUSED, "placeholder": PLACEHOLDER}


def day(value: object, at: str) -> Iterator[Flaw]:
    """A day that exists, as YYYY-MM-DD."""
    flaws = [*string(pattern=r"[0-9]{4}-[0-9]{2}-[0-9]{2}")(value, at)]
    yield from flaws
    if not flaws:
        try:
            date.fromisoformat(str(value))
        except ValueError:
            yield Flaw(at, "must be a day that exists, as YYYY-MM-DD")


def time_zone(value: object, at: str) -> Iterator[Flaw]:
    """The name of an IANA time zone."""
    flaws = [*string()(value, at)]
    yield from flaws
    if not flaws:
        try:
            ZoneInfo(str(value))
        except (ValueError, OSError, ZoneInfoNotFoundError):
            yield Flaw(at, "must be the name of an IANA time zone")


def _lengths(element: Record, at: str) -> Iterator[Flaw]:
    least, most = element.get("min_length", 0), element.get("max_length", TEXT_LIMIT)
    if least > most:
        yield Flaw(f"{at}/min_length", "must not be above max_length")
    if len(element.get("initial_value", "")) > most:
        yield Flaw(f"{at}/initial_value", f"must be less than {most + 1} characters")


def _bounds(element: Record, at: str) -> Iterator[Flaw]:
    given = {
        name: Decimal(element[name])
        for name in ("min_value", "max_value", "initial_value")
        if name in element
    }
    if not element["is_decimal_allowed"]:
        for name in given:
            if "." in element[name]:
                yield Flaw(f"{at}/{name}", "must be an integer while is_decimal_allowed is false")
    least, most = given.get("min_value"), given.get("max_value")
    first = given.get("initial_value")
    if least is not None and most is not None and least > most:
        yield Flaw(f"{at}/min_value", "must not be above max_value")
    if first is not None and least is not None and first < least:
        yield Flaw(f"{at}/initial_value", f"must be at least {least}")
    if first is not None and most is not None and first > most:
        yield Flaw(f"{at}/initial_value", f"must be at most {most}")


_NUMBER = string(pattern=NUMBER_SHAPE)
PICKERS: dict[str, Check] = {
    "datepicker": record({"type": TYPE}, {**_PICKED, "initial_date": day}),
    "timepicker": record(
        {"type": TYPE},
        {**_PICKED, "initial_time": string(pattern=TIME_SHAPE), "timezone": time_zone},
    ),
}
DATE_TIME: dict[str, Check] = {
    "datetimepicker": record(
        {"type": TYPE}, {**FOCUSED, "initial_date_time": whole(1_000_000_000, 9_999_999_999)}
    )
}
TYPED: dict[str, Check] = {
    "plain_text_input": record(
        {"type": TYPE},
        {
            **_TYPED,
            "initial_value": string(TEXT_LIMIT, minimum=0),
            "multiline": flag,
            "min_length": whole(0, TEXT_LIMIT),
            "max_length": whole(1, TEXT_LIMIT),
        },
        _lengths,
    ),
    "email_text_input": record({"type": TYPE}, {**_TYPED, "initial_value": string()}),
    "url_text_input": record(
        {"type": TYPE}, {**_TYPED, "initial_value": string(pattern=r"https?://\S+")}
    ),
    "number_input": record(
        {"type": TYPE, "is_decimal_allowed": flag},
        {**_TYPED, "initial_value": _NUMBER, "min_value": _NUMBER, "max_value": _NUMBER},
        _bounds,
    ),
    "rich_text_input": record(
        {"type": TYPE, "action_id": ID}, {**_TYPED, "initial_value": RICH_TEXT}
    ),
    "file_input": record(
        {"type": TYPE},
        {"action_id": ID, "filetypes": array(string(), 1, unique=True), "max_files": whole(1, 10)},
    ),
}
INPUTS: dict[str, Check] = {**TYPED, **PICKERS, **DATE_TIME, **CHOICES, **MENUS}
"""What an input block may hold; `file_input` in modals only."""
