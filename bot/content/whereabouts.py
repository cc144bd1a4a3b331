"""Where in the files each utterance stands, for what is told about the bank afterwards."""

from collections.abc import Iterator, Mapping
from typing import Any

from bot.content.documents import Document, Faults, Loc
from bot.content.placed import placed_entries
from bot.content.places import ContentPlaces, Shelf


def utterance_places(places: ContentPlaces) -> dict[str, str]:
    """`content/faq/exam.yaml:12` for every utterance, every question of an entry and every
    out-of-scope example, by its text."""
    shelf = Shelf(places, Faults())
    found: dict[str, str] = {}
    for entry in placed_entries(shelf, Faults()).values():
        for loc, text in (
            *_texts(entry.data.get("utterances"), (*entry.loc, "utterances")),
            *_texts(entry.data.get("question"), (*entry.loc, "question")),
        ):
            found.setdefault(text, entry.document.at(loc))
    for document in _strange(shelf):
        for loc, text in _texts(document.data.get("out_of_scope"), ("out_of_scope",)):
            found.setdefault(text, document.at(loc))
    return found


def _strange(shelf: Shelf) -> Iterator[Document]:
    document = shelf.document("out_of_scope.yaml")
    if isinstance(document.data, Mapping):
        yield document


def _texts(given: Any, loc: Loc) -> Iterator[tuple[Loc, str]]:
    if isinstance(given, str):
        yield loc, given
    elif isinstance(given, Mapping):
        for key, inner in given.items():
            yield from _texts(inner, (*loc, key))
    elif isinstance(given, list):
        for at, inner in enumerate(given):
            yield from _texts(inner, (*loc, at))
