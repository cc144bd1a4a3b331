"""Checks of JSON values, built from small parts: each yields what Slack would object to, and where.

Wordings follow the messages Slack sends in `response_metadata.messages`, as far as they are known.
"""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

Record = Mapping[str, Any]
"""A JSON object of any shape; what it holds is only known once it has been checked."""


@dataclass(frozen=True, slots=True)
class Flaw:
    """One objection: the JSON pointer of the value and what is wrong with it."""

    pointer: str
    problem: str

    def __str__(self) -> str:
        return f"{self.problem} [json-pointer:{self.pointer}]"


Check = Callable[[object, str], Iterator[Flaw]]
Rule = Callable[[Record, str], Iterator[Flaw]]


def string(
    maximum: int | None = None,
    minimum: int = 1,
    pattern: str | None = None,
    wanted: str | None = None,
) -> Check:
    """A string of `minimum` to `maximum` characters that matches `pattern` as a whole.

    `wanted` says in words what the pattern asks for ("must …").
    """
    shape = re.compile(pattern) if pattern else None

    def check(value: object, at: str) -> Iterator[Flaw]:
        if not isinstance(value, str):
            yield Flaw(at, "must be a string")
        elif len(value) < minimum:
            yield Flaw(at, f"must be more than {minimum - 1} characters")
        elif maximum is not None and len(value) > maximum:
            yield Flaw(at, f"must be less than {maximum + 1} characters")
        elif shape and not shape.fullmatch(value):
            yield Flaw(at, wanted or f"must match the pattern {shape.pattern}")

    return check


def flag(value: object, at: str) -> Iterator[Flaw]:
    """A JSON boolean; the words "true" and "false" are not one."""
    if not isinstance(value, bool):
        yield Flaw(at, "must be a boolean")


def number(value: object, at: str) -> Iterator[Flaw]:
    """A JSON number."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        yield Flaw(at, "must be a number")


def whole(minimum: int, maximum: int | None = None) -> Check:
    """A whole JSON number from `minimum` to `maximum`, both included."""

    def check(value: object, at: str) -> Iterator[Flaw]:
        if isinstance(value, bool) or not isinstance(value, int):
            yield Flaw(at, "must be an integer")
        elif value < minimum:
            yield Flaw(at, f"must be at least {minimum}")
        elif maximum is not None and value > maximum:
            yield Flaw(at, f"must be at most {maximum}")

    return check


def one_of(*words: str) -> Check:
    """One of a few words."""

    def check(value: object, at: str) -> Iterator[Flaw]:
        if value not in words:
            yield Flaw(at, f"must be one of: {', '.join(words)}")

    return check


def array(item: Check, minimum: int = 0, maximum: int | None = None, unique: bool = False) -> Check:
    """A list of `minimum` to `maximum` items that each pass `item`; `unique` forbids repeats."""

    def check(value: object, at: str) -> Iterator[Flaw]:
        if not isinstance(value, list):
            yield Flaw(at, "must be an array")
            return
        if len(value) < minimum:
            yield Flaw(at, f"no less than {minimum} items allowed")
        if maximum is not None and len(value) > maximum:
            yield Flaw(at, f"no more than {maximum} items allowed")
        for index, entry in enumerate(value):
            yield from item(entry, f"{at}/{index}")
            if unique and entry in value[:index]:
                yield Flaw(f"{at}/{index}", "must not be repeated")

    return check


def record(required: Mapping[str, Check], optional: Mapping[str, Check], *rules: Rule) -> Check:
    """An object with these keys and no others; `rules` see it only when each key is sound."""
    fields = {**required, **optional}

    def check(value: object, at: str) -> Iterator[Flaw]:
        if not isinstance(value, dict):
            yield Flaw(at, "must be an object")
            return
        flaws = [*_keys(value, required, fields, at)]
        for name, inspect in fields.items():
            if name in value:
                flaws.extend(inspect(value[name], f"{at}/{name}"))
        yield from flaws
        if not flaws:
            for rule in rules:
                yield from rule(value, at)

    return check


def _keys(
    value: Record, required: Iterable[str], known: Collection[str], at: str
) -> Iterator[Flaw]:
    for name in required:
        if name not in value:
            yield Flaw(at, f"missing required field: {name}")
    for name in value:
        if name not in known:
            near = get_close_matches(str(name), known, n=1)
            hint = f" (did you mean {near[0]}?)" if near else ""
            yield Flaw(at, f"invalid additional property: {name}{hint}")


def tagged(kinds: Mapping[str, Check], untold: Mapping[str, str] | None = None) -> Check:
    """An object whose `type` chooses its check; `untold` says why some other types are refused."""

    def check(value: object, at: str) -> Iterator[Flaw]:
        if not isinstance(value, dict):
            yield Flaw(at, "must be an object")
        elif "type" not in value:
            yield Flaw(at, "missing required field: type")
        elif not isinstance(value["type"], str) or value["type"] not in kinds:
            reason = (untold or {}).get(str(value["type"]), "")
            yield Flaw(f"{at}/type", f"unsupported type: {value['type']}{reason}")
        else:
            yield from kinds[value["type"]](value, at)

    return check


def exactly_one(*names: str) -> Rule:
    """A rule: one of these keys must be there, and only one."""

    def rule(value: Record, at: str) -> Iterator[Flaw]:
        if sum(name in value for name in names) != 1:
            yield Flaw(at, f"must define exactly one of: {', '.join(names)}")

    return rule


def at_least_one(*names: str) -> Rule:
    """A rule: one of these keys must be there, or several."""

    def rule(value: Record, at: str) -> Iterator[Flaw]:
        if not any(name in value for name in names):
            yield Flaw(at, f"must define either {' or '.join(f'`{name}`' for name in names)}")

    return rule


def records(value: object, at: str) -> Iterator[tuple[Record, str]]:
    """Every JSON object inside a value, outermost first, with its pointer."""
    if isinstance(value, dict):
        yield value, at
        for name, entry in value.items():
            yield from records(entry, f"{at}/{name}")
    elif isinstance(value, list):
        for index, entry in enumerate(value):
            yield from records(entry, f"{at}/{index}")
