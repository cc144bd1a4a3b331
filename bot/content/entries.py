"""faq/*.yaml and out_of_scope.yaml as entries and examples, checked across files."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.content.documents import Document, Faults, Loc, did_you_mean, validated
from bot.content.places import Shelf
from bot.content.schema import EntryFile, OutOfScopeFile
from bot.content.templates import finished
from bot.domain.copy import Values
from bot.domain.faq import Approval, Entry
from bot.domain.matching import OUT_OF_SCOPE, Example
from bot.domain.program import Source

# Slack refuses a section text of more than 3,000 characters; the rest is room for the source line.
LONGEST_ANSWER = 2600


@dataclass(frozen=True, slots=True)
class _Placed:
    """An entry as read, with where it stands."""

    file: EntryFile
    group: str
    document: Document
    loc: Loc


def entries_from(
    shelf: Shelf, values: Values, sources: Mapping[str, Source], faults: Faults
) -> dict[str, Entry]:
    """Every entry by id, finished; each fault of each entry is noted."""
    placed = _placed_entries(shelf, faults)
    for entry in placed.values():
        _check_related(entry, placed, faults)
        _check_sources(entry, shelf, sources, faults)
    return {
        key: Entry(
            id=key,
            group=entry.group,
            question=entry.file.question,
            text=_text(entry, values, faults),
            sources=tuple(sources[name] for name in entry.file.sources if name in sources),
            verified=entry.file.verified,
            approved=_approval(entry.file),
            related=tuple(entry.file.related),
        )
        for key, entry in placed.items()
    }


def examples_from(shelf: Shelf, faults: Faults) -> tuple[Example, ...]:
    """Every utterance and every out-of-scope example, with its author; none may stand twice."""
    seen: dict[str, str] = {}
    examples: list[Example] = []
    for entry in _placed_entries(shelf, Faults()).values():
        for author, texts in entry.file.utterances.items():
            for at, text in enumerate(texts):
                loc = (*entry.loc, "utterances", author, at)
                if _is_new(text, entry.file.id, entry.document, loc, seen, faults):
                    examples.append(Example(text, entry.file.id, author))
    document = shelf.document("out_of_scope.yaml")
    read = validated(OutOfScopeFile, document.data, document, (), faults)
    for kind, authors in (read.out_of_scope if read else {}).items():
        for author, texts in authors.items():
            for at, text in enumerate(texts):
                loc = ("out_of_scope", kind, author, at)
                if _is_new(text, "out of scope", document, loc, seen, faults):
                    examples.append(Example(text, OUT_OF_SCOPE, author))
    return tuple(examples)


def _placed_entries(shelf: Shelf, faults: Faults) -> dict[str, _Placed]:
    placed: dict[str, _Placed] = {}
    for document in shelf.folder("faq"):
        items = document.data.get("entries") if isinstance(document.data, Mapping) else None
        if not isinstance(items, list):
            faults.add(document, (), "a list under 'entries:' is expected here.")
            continue
        for at, item in enumerate(items):
            loc: Loc = ("entries", at)
            read = validated(EntryFile, item, document, loc, faults)
            if read is None:
                continue
            _note_twice(read.id, document, loc, placed, faults)
            group = placed[read.id].group if read.id in placed else _group(document)
            placed[read.id] = _Placed(read, group, document, loc)
    return placed


def _group(document: Document) -> str:
    return document.name.rsplit("/", 1)[-1].removesuffix(".yaml")


def _note_twice(
    key: str, document: Document, loc: Loc, placed: Mapping[str, _Placed], faults: Faults
) -> None:
    before = placed.get(key)
    is_own_over_shipped = before is not None and (
        before.document.name.startswith("content/") and not document.name.startswith("content/")
    )
    if before is not None and not is_own_over_shipped:
        where = before.document.at(before.loc)
        faults.add(document, loc, f"the id '{key}' stands already at {where}; ids are unique.")


def _check_related(entry: _Placed, known: Mapping[str, _Placed], faults: Faults) -> None:
    for at, other in enumerate(entry.file.related):
        loc = (*entry.loc, "related", at)
        if other not in known:
            hint = did_you_mean(other, known)
            faults.add(entry.document, loc, f"there is no entry '{other}' to relate to{hint}")
        elif other == entry.file.id:
            faults.add(entry.document, loc, "an entry is not related to itself.")


def _check_sources(
    entry: _Placed, shelf: Shelf, sources: Mapping[str, Source], faults: Faults
) -> None:
    if not entry.file.sources:
        loc = (*entry.loc, "sources")
        faults.add(entry.document, loc, f"the entry '{entry.file.id}' names no source.")
    for at, name in enumerate(entry.file.sources):
        if name not in sources:
            shelf.unknown_source(entry.document, (*entry.loc, "sources", at), name, sources)


def _text(entry: _Placed, values: Values, faults: Faults) -> str:
    loc = (*entry.loc, "answer")
    text = finished(entry.file.answer, values, entry.document, loc, faults)
    if len(text) > LONGEST_ANSWER:
        faults.add(
            entry.document,
            loc,
            f"the answer has {len(text)} characters; Slack shows at most {LONGEST_ANSWER} well.",
        )
    return text


def _approval(file: EntryFile) -> Approval | None:
    return Approval(file.approved.by, file.approved.on) if file.approved else None


def _is_new(
    text: str, owner: str, document: Document, loc: Loc, seen: dict[str, str], faults: Faults
) -> bool:
    key = " ".join(text.casefold().split())
    if not key:
        faults.add(document, loc, "an utterance is empty.")
        return False
    if key in seen:
        faults.add(document, loc, f"'{text}' stands already under '{seen[key]}'; keep one.")
        return False
    seen[key] = owner
    return True
