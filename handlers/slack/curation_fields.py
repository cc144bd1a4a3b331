"""What the windows of the bank carry, and what stands in their fields and buttons."""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from bot.domain.curation_form import Fields
from handlers.slack.faq import pressed_value
from handlers.slack.typed import cleaned
from handlers.slack.views.curation import Place
from handlers.slack.views.curation_edit import Editing

FIELDS = ("question", "answer", "sources", "utterances", "related", "verified", "review")

LONGEST_NUMBER = 9


def editing_of(view: Mapping[str, Any]) -> Editing:
    """What a window carries of the edit it belongs to."""
    kept = json.loads(view["private_metadata"] or "{}")
    return Editing(
        str(kept["entry"]),
        int(kept["number"]),
        int(kept["draft"]),
        str(kept["under"]),
        str(kept["origin"]),
        str(kept["below"]),
    )


def fields_in(view: Mapping[str, Any]) -> Fields:
    """What stands in the fields of the form."""
    states = {field: view["state"]["values"].get(field, {}).get("value", {}) for field in FIELDS}

    def text(field: str) -> str:
        return cleaned(states[field].get("value") or "")

    def many(field: str) -> tuple[str, ...]:
        return tuple(one["value"] for one in states[field].get("selected_options") or ())

    def day(field: str) -> date | None:
        given = states[field].get("selected_date")
        return date.fromisoformat(given) if given else None

    return Fields(
        question=" ".join(text("question").split()),
        answer=text("answer"),
        sources=many("sources"),
        related=many("related"),
        wordings=tuple(filter(None, (" ".join(x.split()) for x in text("utterances").split("\n")))),
        verified=day("verified") or date.min,
        review=day("review"),
    )


def place_in(metadata: str) -> Place:
    """The place in the list that a window carries."""
    kept = json.loads(metadata or "{}")
    return Place(str(kept.get("words") or ""), int(kept.get("offset") or 0))


def pressed_entry(body: Mapping[str, Any]) -> tuple[str, int]:
    """Entry and number of a pressed button; a number of -1 was never there."""
    entry, _, number = pressed_value(body).rpartition(":")
    is_number = number.isascii() and number.isdecimal() and len(number) < LONGEST_NUMBER
    return entry, int(number) if is_number else -1
