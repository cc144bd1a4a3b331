"""Utterances and out-of-scope examples: what the matcher learns from."""

from collections.abc import Iterator, Mapping
from typing import Any

from bot.content.documents import Faults, Loc, validated
from bot.content.placed import placed_entries
from bot.content.places import Shelf
from bot.content.schema import OutOfScopeFile
from bot.content.wordings import Wordings
from bot.domain.matching import OUT_OF_SCOPE, Example

QUESTION = "question"
"""The author of the questions of the entries themselves."""

_KEY = "out_of_scope"


def examples_from(shelf: Shelf, faults: Faults) -> tuple[Example, ...]:
    """Every utterance and every out-of-scope example, with its author; none may stand twice."""
    wordings = Wordings(faults)
    examples: list[Example] = []
    for entry in placed_entries(shelf, Faults()).values():
        loc = (*entry.loc, "utterances")
        found = list(_by_author(entry.data.get("utterances"), loc))
        if entry.file is not None and not found:
            faults.add(entry.document, loc, f"'{entry.id}' has no utterance; nobody would find it.")
        examples += [
            Example(text, entry.id, author)
            for place, author, text in found
            if wordings.is_new(text, entry.id, entry.document, place)
        ]
        # The question on the button is the plainest way to ask for its entry.
        if entry.file is not None and not wordings.knows(entry.file.question):
            examples.append(Example(entry.file.question, entry.id, QUESTION))
    document = shelf.document("out_of_scope.yaml")
    validated(OutOfScopeFile, document.data, document, (), faults)
    kinds = document.data.get(_KEY) if isinstance(document.data, Mapping) else None
    for kind, authors in kinds.items() if isinstance(kinds, Mapping) else ():
        examples += [
            Example(text, OUT_OF_SCOPE, author)
            for place, author, text in _by_author(authors, (_KEY, kind))
            if wordings.is_new(text, "out of scope", document, place)
        ]
    return tuple(examples)


def _by_author(given: Any, loc: Loc) -> Iterator[tuple[Loc, str, str]]:
    for author, texts in given.items() if isinstance(given, Mapping) else ():
        for at, text in enumerate(texts if isinstance(texts, list) else ()):
            if isinstance(text, str):
                yield (*loc, author, at), author, text
