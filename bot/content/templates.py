"""Templates of content: placeholders must have a value or words to use without one."""

from collections.abc import Iterable, Mapping
from typing import Any

from bot.content.documents import Document, Faults, Loc, did_you_mean, flat_texts
from bot.domain.copy import TemplateFault, Values, fill, placeholders


def finished(template: str, values: Values, document: Document, loc: Loc, faults: Faults) -> str:
    """The template with its values; every placeholder that would leave a hole is a fault."""
    if not _sound(template, values, document, loc, faults):
        return ""
    return fill(template, values)


def _sound(template: str, values: Values, document: Document, loc: Loc, faults: Faults) -> bool:
    try:
        found = list(placeholders(template))
    except TemplateFault as fault:
        faults.add(document, loc, f"{fault}.")
        return False
    sound = True
    for place in found:
        if place.name not in values:
            sound = False
            hint = did_you_mean(place.name, values)
            faults.add(document, loc, f"nothing is called {{{place.name}}}{hint}")
        elif not place.guarded and not values[place.name]:
            sound = False
            faults.add(
                document,
                loc,
                f"{{{place.name}}} is empty and would leave a hole. "
                f"Write {{{place.name}|words to use instead}}.",
            )
    return sound


def check_messages(
    document: Document, templates: Mapping[str, Any], shipped: Document, faults: Faults
) -> None:
    """Interface sentences: known keys only, and only placeholders that the shipped ones use."""
    known = flat_texts(shipped.data) if isinstance(shipped.data, Mapping) else {}
    for key, text in templates.items():
        loc = tuple(key.split("."))
        if not isinstance(text, str):
            faults.add(document, loc, f"'{key}' must be a sentence.")
        elif key not in known:
            faults.add(document, loc, f"unknown key '{key}'{did_you_mean(key, known)}")
        else:
            _check_message(document, loc, text, str(known[key]), faults)


def _check_message(document: Document, loc: Loc, text: str, shipped: str, faults: Faults) -> None:
    try:
        used, allowed = _names(placeholders(text)), _names(placeholders(shipped))
    except TemplateFault as fault:
        faults.add(document, loc, f"{fault}.")
        return
    for name in sorted(used - allowed):
        faults.add(document, loc, f"nothing is called {{{name}}} here{did_you_mean(name, allowed)}")


def _names(found: Iterable[Any]) -> set[str]:
    return {place.name for place in found}
