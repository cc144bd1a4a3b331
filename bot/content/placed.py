"""Entries where they stand: faq/*.yaml, the chapter's own files over ours, chat over both."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from pydantic import ValidationError

from bot.content.documents import Document, Faults, Loc, did_you_mean, validated
from bot.content.places import ENTRIES, Shelf
from bot.content.schema import EntryFile, RetiredFile
from bot.content.written import is_written, written
from bot.domain.curation import EntryText
from bot.domain.curation_text import tidied
from bot.domain.faq import Approval


@dataclass(frozen=True, slots=True)
class Placed:
    """An entry as it stands in its file; `file` is None when it has a fault."""

    id: str
    data: Mapping[str, Any]
    file: EntryFile | None
    group: str
    document: Document
    loc: Loc

    def texts(self, key: str) -> Iterator[tuple[Loc, str]]:
        """The texts of a list, each with its place."""
        given = self.data.get(key)
        for at, text in enumerate(given if isinstance(given, list) else ()):
            if isinstance(text, str):
                yield (*self.loc, key, at), text


@dataclass(frozen=True, slots=True)
class Shelved:
    """All entries by id, and the groups of those that were retired."""

    entries: Mapping[str, Placed]
    retired: Mapping[str, str]


def placed_entries(shelf: Shelf, faults: Faults) -> dict[str, Placed]:
    """Every entry by id as it stands, the chapter's own in place of a shipped one."""
    return dict(shelved(shelf, faults).entries)


def shelved(shelf: Shelf, faults: Faults) -> Shelved:
    """The same, with those that are retired."""
    found = _of_files(shelf, faults)
    entries, retired = dict(found.entries), dict(found.retired)
    for revision in shelf.revisions:
        before = entries.get(revision.entry)
        group = before.group if before else retired.pop(revision.entry, "")
        if revision.text is None:
            entries.pop(revision.entry, None)
            retired[revision.entry] = group
            continue
        document = written(revision.text)
        loc: Loc = ("entries", 0)
        data = document.data["entries"][0]
        file = validated(EntryFile, data, document, loc, faults)
        if revision.entry == shelf.checked:
            entries.pop(revision.entry, None)  # last, so that what stands twice is its fault
        entries[revision.entry] = Placed(
            revision.entry, data, file, group or revision.text.group, document, loc
        )
    cleaned = {key: _related(one, shelf, entries, retired) for key, one in entries.items()}
    return Shelved(cleaned, retired)


def retired_groups(shelf: Shelf) -> Mapping[str, str]:
    """The group of each entry that was retired, by id: other files may still name it."""
    return shelved(shelf, Faults()).retired


def filed_texts(shelf: Shelf) -> Mapping[str, EntryText]:
    """What the files alone say of each entry, as an editor would write it."""
    if "texts" not in shelf.made:
        found = _of_files(shelf, Faults()).entries.values()
        shelf.made["texts"] = {one.id: _text(one.file, one.group) for one in found if one.file}
    texts: Mapping[str, EntryText] = shelf.made["texts"]
    return texts


def text_of(item: Mapping[str, Any], group: str) -> EntryText | None:
    """What stands in an item of a file, also where it is retired; None when that is no entry."""
    try:
        file = EntryFile.model_validate(item)
    except ValidationError:
        return None
    return _text(file, group)


def group_of(document: Document) -> str:
    """The group of the entries of a file: its name without the ending."""
    return document.name.replace("\\", "/").rsplit("/", 1)[-1].removesuffix(".yaml")


def _of_files(shelf: Shelf, faults: Faults) -> Shelved:
    if "entries" not in shelf.made:
        found = _read(shelf, faults)
        if faults.sentences:
            return found
        shelf.made["entries"] = found
    kept: Shelved = shelf.made["entries"]
    return kept


def _read(shelf: Shelf, faults: Faults) -> Shelved:
    placed: dict[str, Placed] = {}
    retired: dict[str, str] = {}
    for document in shelf.folder(ENTRIES):
        if not document.is_read:
            continue
        items = document.data.get("entries") if isinstance(document.data, Mapping) else None
        if not isinstance(items, list):
            if not document.is_own or document.data:
                faults.add(document, (), "a list under 'entries:' is expected here.")
            continue
        _check_top(document, faults)
        for at, item in enumerate(items):
            loc: Loc = ("entries", at)
            if isinstance(item, Mapping) and item.get("retired") is True:
                _retire(item, document, loc, placed, retired, faults)
                continue
            file = validated(EntryFile, item, document, loc, faults)
            key = item.get("id") if isinstance(item, Mapping) else None
            if isinstance(key, str):
                before = placed.pop(key, None)
                _note_twice(key, document, loc, before, faults)
                group = before.group if before else group_of(document)
                placed[key] = Placed(key, item, file, group, document, loc)
    return Shelved(placed, retired)


def _retire(
    item: Mapping[str, Any],
    document: Document,
    loc: Loc,
    placed: dict[str, Placed],
    retired: dict[str, str],
    faults: Faults,
) -> None:
    file = validated(RetiredFile, item, document, loc, faults)
    if file is None:
        return
    before = placed.pop(file.id, None)
    if before is None and len(item) == len(RetiredFile.model_fields):
        hint = did_you_mean(file.id, placed)
        faults.add(document, (*loc, "id"), f"there is no entry '{file.id}' to retire{hint}")
    retired[file.id] = before.group if before else group_of(document)


def _check_top(document: Document, faults: Faults) -> None:
    for key in document.data:
        if key != "entries":
            hint = did_you_mean(key, ["entries"])
            faults.add(document, (key,), f"unknown key '{key}'{hint}")


def _note_twice(
    key: str, document: Document, loc: Loc, before: Placed | None, faults: Faults
) -> None:
    if before is None or (document.is_own and not before.document.is_own):
        return
    where = before.document.at(before.loc)
    faults.add(document, loc, f"the id '{key}' stands already at {where}; ids are unique.")


def _related(
    one: Placed, shelf: Shelf, entries: Mapping[str, Placed], retired: Mapping[str, str]
) -> Placed:
    """The entry without related ones that were retired; of one written in chat also without those
    that the files no longer have, since nobody could mend it there."""
    given = one.data.get("related")
    if one.file is None or not isinstance(given, list):
        return one
    is_free = is_written(one.document) and one.id != shelf.checked
    kept = [
        other
        for other in given
        if other not in retired and (not is_free or other in entries or not isinstance(other, str))
    ]
    if len(kept) == len(given):
        return one
    file = one.file.model_copy(update={"related": kept})
    return replace(one, data={**one.data, "related": kept}, file=file)


def _text(file: EntryFile, group: str) -> EntryText:
    return tidied(
        EntryText(
            id=file.id,
            group=group,
            question=file.question,
            answer=file.answer,
            sources=tuple(file.sources),
            verified=file.verified,
            review=file.review,
            approved=Approval(file.approved.by, file.approved.on) if file.approved else None,
            related=tuple(file.related),
            utterances={author: tuple(said) for author, said in file.utterances.items()},
        )
    )
