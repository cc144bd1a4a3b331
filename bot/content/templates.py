"""Templates of content: placeholders must have a value or words to use without one."""

from collections.abc import Collection, Mapping
from typing import Any

from bot.content.documents import Document, Faults, Loc, did_you_mean, flat_texts
from bot.domain.copy import Placeholder, TemplateFault, Values, fill, placeholders


def finished(template: str, values: Values, document: Document, loc: Loc, faults: Faults) -> str:
    """The template with its values; every placeholder that would leave a hole is a fault."""
    if not _sound(template, values, document, loc, faults):
        return ""
    return fill(template, values)


def _sound(template: str, values: Values, document: Document, loc: Loc, faults: Faults) -> bool:
    sound = True
    for place in _places(template, document, loc, faults) or ():
        if place.name not in values:
            sound = False
            hint = did_you_mean(place.name, values)
            faults.add(document, loc, f"nothing is called {{{place.name}}}{hint}")
        elif not place.guarded and not values[place.name]:
            sound = False
            _note_hole(place, document, loc, faults)
    return sound and _places(template, document, loc, faults) is not None


def _places(
    template: str, document: Document, loc: Loc, faults: Faults
) -> list[Placeholder] | None:
    try:
        return list(placeholders(template))
    except TemplateFault as fault:
        faults.add(document, loc, f"{fault}.")
        return None


def _note_hole(place: Placeholder, document: Document, loc: Loc, faults: Faults) -> None:
    faults.add(
        document,
        loc,
        f"{{{place.name}}} is empty and would leave a hole. "
        f"Write {{{place.name}|words to use instead}}.",
    )


def check_messages(document: Document, shipped: Document, values: Values, faults: Faults) -> None:
    """Interface sentences: known keys only, and only values that are there when they are said."""
    if not document.is_read:
        return
    if not isinstance(document.data, Mapping):
        faults.add(document, (), "names with sentences below them are expected here.")
        return
    known = flat_texts(shipped.data) if isinstance(shipped.data, Mapping) else {}
    for key, text in flat_texts(document.data).items():
        loc = tuple(key.split("."))
        if key not in known:
            faults.add(document, loc, _unknown_key(key, known))
        elif not isinstance(text, str) or not text.strip():
            faults.add(document, loc, f"'{key}' must be a sentence; put it in quotation marks.")
        else:
            _check_message(document, loc, text, known[key], values, faults)


def _unknown_key(key: str, known: Collection[str]) -> str:
    if any(other.startswith(f"{key}.") for other in known):
        return f"'{key}' must have names with sentences below it."
    return f"unknown key '{key}'{did_you_mean(key, known)}"


def _check_message(
    document: Document, loc: Loc, text: str, shipped: Any, values: Values, faults: Faults
) -> None:
    used = _places(text, document, loc, faults)
    given = _given(shipped)
    for place in used or ():
        # A value of the content, or else one that the code hands in: the shipped sentence tells
        # which there are, and which of them may be empty.
        if place.name in values:
            is_hole = not place.guarded and not values[place.name]
        elif place.name in given:
            is_hole = not place.guarded and given[place.name]
        else:
            hint = did_you_mean(place.name, [*given, *values])
            faults.add(document, loc, f"nothing is called {{{place.name}}} here{hint}")
            continue
        if is_hole:
            _note_hole(place, document, loc, faults)


def _given(shipped: Any) -> dict[str, bool]:
    """Each placeholder of the shipped sentence, with whether it provides for an empty value."""
    try:
        found = list(placeholders(shipped)) if isinstance(shipped, str) else []
    except TemplateFault:
        return {}
    return {
        place.name: all(other.guarded for other in found if other.name == place.name)
        for place in found
    }
