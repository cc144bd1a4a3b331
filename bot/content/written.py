"""An entry written in chat as a document like any other, so that the same rules check it.

Each field has a line of its own, in the order of FIELDS; a fault then says of which field it is.
The answer comes last because it alone has several lines.
"""

from collections.abc import Iterable
from typing import Literal, get_args

from bot.content.documents import Document, Loc
from bot.domain.curation import EntryText, Revision

Field = Literal[
    "id",
    "group",
    "question",
    "sources",
    "verified",
    "review",
    "approved",
    "related",
    "utterances",
    "answer",
]
FIELDS: tuple[Field, ...] = get_args(Field)

_FOLDER = "chat/"


def written(text: EntryText) -> Document:
    """The document of an entry."""
    lines: dict[Loc, int] = {(): 1, ("entries",): 1, ("entries", 0): 1}
    lines |= {("entries", 0, field): at for at, field in enumerate(FIELDS, start=1)}
    approved = text.approved
    entry = {
        "id": text.id,
        "question": text.question,
        "answer": text.answer,
        "sources": list(text.sources),
        "verified": text.verified,
        "review": text.review,
        "approved": {"by": approved.by, "on": approved.on} if approved else None,
        "related": list(text.related),
        "utterances": {author: list(said) for author, said in text.utterances.items()},
    }
    return Document(_name(text.id), {"entries": [entry]}, lines)


def is_written(document: Document) -> bool:
    """Whether a document was written in chat."""
    return document.name.startswith(_FOLDER)


def field_of(place: str, entry: str) -> Field | None:
    """The field of an entry that a fault's place names; None for another place."""
    name, _, line = place.rpartition(":")
    if name != _name(entry) or not line.isdigit():
        return None
    return FIELDS[min(int(line), len(FIELDS)) - 1]


def at_fault(faults: Iterable[str], revisions: Iterable[Revision]) -> dict[int, tuple[str, ...]]:
    """The revisions that faults name at their beginning, by id, each with what is wrong."""
    by_name = {_name(revision.entry): revision.id for revision in revisions if revision.text}
    found: dict[int, tuple[str, ...]] = {}
    for fault in faults:
        place, _, sentence = fault.partition(": ")
        at = by_name.get(place.rpartition(":")[0])
        if at is not None:
            found[at] = (*found.get(at, ()), sentence)
    return found


def _name(entry: str) -> str:
    return f"{_FOLDER}{entry}"
