"""What is wrong with a value, in a sentence for people who do not write code."""

from collections.abc import Sequence
from typing import Any

from pydantic_core import ErrorDetails

_QUOTE = "put it in quotation marks"


def sentence_of(detail: ErrorDetails, where: Sequence[str | int], near: str) -> str:
    """One fault that pydantic found, at `where`; `near` is what an unknown key may have meant."""
    name = ".".join(str(part) for part in where if isinstance(part, str)) or "the file"
    given, limits = detail["input"], detail.get("ctx", {})
    match detail["type"]:
        case "extra_forbidden":
            hint = f" Did you mean '{near}'?" if near else ""
            return f"unknown key '{detail['loc'][-1]}'.{hint}"
        case "missing":
            return f"'{name}' is missing."
        case "value_error":
            return f"'{name}': {limits['error']}"
        case "string_too_short":
            return f"'{name}' is empty."
        case "string_too_long":
            return f"'{name}' has {len(given)} characters; at most {limits['max_length']} fit."
        case "too_long":
            return f"'{name}' has {len(given)} items; at most {limits['max_length']} are allowed."
        case "too_short":
            return f"'{name}' needs at least {limits['min_length']} items."
        case "string_type":
            return f"'{name}' must be text{_instead_of_text(given)}"
        case "date_type" | "date_from_datetime_inexact" | "date_parsing" | "is_instance_of":
            return f"'{name}' must be a day, written like 2026-03-14 and without quotation marks."
        case "list_type":
            return f"'{name}' must be a list: lines below it that begin with '- '."
        case "dict_type" | "model_type":
            return f"'{name}' must have names of its own below it, indented by two spaces."
        case "finite_number":
            return f"'{name}' must be a number that can be counted to."
        case _:
            return f"'{name}': {detail['msg'].lower()}."


def _instead_of_text(given: Any) -> str:
    if given is None:
        return ", and is empty."
    if isinstance(given, bool):
        return f"; yes, no, on and off mean something else in YAML, so {_QUOTE}."
    if isinstance(given, dict):
        return f"; text that holds a colon or begins with a curly bracket: {_QUOTE}."
    if isinstance(given, list):
        return f"; text that begins with a square bracket or '- ': {_QUOTE}."
    return f", not a number or a day; {_QUOTE}."
