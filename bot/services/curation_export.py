"""What was edited in chat as files of the chapter's own; nothing is written before it is tried."""

import shutil
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

from bot.content import ContentBank, ContentPlaces, load_content
from bot.content.chapter_files import Block, merged, rewritten
from bot.content.documents import Document
from bot.content.placed import group_of, text_of
from bot.content.places import CHAPTER, ENTRIES
from bot.domain.curation import EntryText, Revision
from bot.domain.curation_text import digest_of, is_in_conflict
from bot.errors import ContentError
from bot.services.curation_checking import GROUP

_ANY = "chapter"

Left = Literal["conflict", "unfit"]


@dataclass(frozen=True, slots=True)
class Exported:
    """New texts of files by name, the entries in each (retired ones have True), and what was left
    out: of an entry that the files changed too nobody has decided yet."""

    files: Mapping[str, str]
    entries: Mapping[str, tuple[tuple[str, bool], ...]]
    left: Mapping[str, Left]


def exported(
    content: ContentBank,
    revisions: Iterable[Revision],
    unfit: Iterable[int],
    places: ContentPlaces,
    today: date,
) -> Exported:
    """The chapter's files with what was edited in chat. `content` is that of the files alone.

    Raises ContentError when the files would not be in order with it.
    """
    found = tuple(revisions)
    left = {one.entry: why for one in found if (why := _left(one, content, frozenset(unfit)))}
    own = _own(content)
    blocks: dict[str, list[Block]] = {}
    for revision in found:
        is_filed = digest_of(content.filed.get(revision.entry)) == digest_of(revision.text)
        if revision.entry not in left and not is_filed:
            name = _file_of(revision, content, own)
            blocks.setdefault(name, []).append(_block(revision, content, own))
    files = _tried(content, own, blocks, places, today)
    entries = {
        name: tuple((block.id, block.retired) for block in some) for name, some in blocks.items()
    }
    return Exported(files, entries, left)


def _left(revision: Revision, content: ContentBank, unfit: frozenset[int]) -> Left | None:
    if revision.id in unfit:
        return "unfit"
    return "conflict" if is_in_conflict(revision, content.filed) else None


def _own(content: ContentBank) -> dict[str, Document]:
    found = content.shelf.folder(ENTRIES) if content.shelf else ()
    return {Path(one.name).name: one for one in found if one.is_own}


def _ids(document: Document) -> list[str]:
    return [item["id"] for item in document.data.get("entries") or ()] if document.data else []


def _file_of(revision: Revision, content: ContentBank, own: Mapping[str, Document]) -> str:
    for name, document in own.items():
        if revision.entry in _ids(document):
            return name
    filed = content.filed.get(revision.entry)
    group = filed.group if filed else revision.text.group if revision.text else ""
    return f"{group if GROUP.fullmatch(group) else _ANY}.yaml"


def _block(revision: Revision, content: ContentBank, own: Mapping[str, Document]) -> Block:
    if revision.text is not None:
        return Block(revision.entry, revision.text)
    # The chapter's own words stay in its file, so that they can be shown again.
    is_own = any(revision.entry in _ids(document) for document in own.values())
    text = content.filed.get(revision.entry) if is_own else None
    return Block(revision.entry, text, retired=True)


Make = Callable[[str, Document | None, list[Block]], str]


def _tried(
    content: ContentBank,
    own: Mapping[str, Document],
    blocks: Mapping[str, list[Block]],
    places: ContentPlaces,
    today: date,
) -> dict[str, str]:
    """The texts of the files, read as the bot would read them; a file that is laid out in another
    way than ours is written anew."""
    wanted = dict(content.filed)
    for block in (one for some in blocks.values() for one in some):
        wanted.pop(block.id, None)
        if block.text is not None and not block.retired:
            wanted[block.id] = block.text
    made: dict[str, str] = {}
    for name, some in blocks.items():
        document = own.get(name)
        before = Path(document.name).read_text(encoding="utf-8-sig") if document else ""
        before = before.replace("\r\n", "\n")
        made[name] = merged(before, document, some)
        if document and not _is_kept(document, some, made, places, wanted, today):
            made[name] = rewritten(before, _every(document, some, content))
    faults = _differences(made, places, wanted, today)
    if faults:
        raise ContentError(faults)
    return made


def _is_kept(
    document: Document,
    some: list[Block],
    made: Mapping[str, str],
    places: ContentPlaces,
    wanted: Mapping[str, EntryText],
    today: date,
) -> bool:
    ids = {*_ids(document), *(block.id for block in some)}
    try:
        filed = _read(made, places, today).filed
    except ContentError:
        return False
    return all(digest_of(filed.get(one)) == digest_of(wanted.get(one)) for one in ids)


def _every(document: Document, some: list[Block], content: ContentBank) -> list[Block]:
    """All entries of a file, the changed ones as they are now."""
    changed = {block.id: block for block in some}
    found = []
    for item in document.data["entries"]:
        one = item["id"]
        text = text_of(item, group_of(document))
        found.append(changed.pop(one, Block(one, text, retired=one not in content.filed)))
    return [*found, *changed.values()]


def _differences(
    made: Mapping[str, str],
    places: ContentPlaces,
    wanted: Mapping[str, EntryText],
    today: date,
) -> list[str]:
    try:
        filed = _read(made, places, today).filed
    except ContentError as error:
        return list(error.faults)
    return [
        f"'{one}' would not be read as it is shown; nothing was written."
        for one in {**filed, **wanted}
        if digest_of(filed.get(one)) != digest_of(wanted.get(one))
    ]


def _read(made: Mapping[str, str], places: ContentPlaces, today: date) -> ContentBank:
    with TemporaryDirectory(prefix="clm-export-") as folder:
        room = Path(folder)
        if places.own is not None:
            if (places.own / CHAPTER).is_file():
                shutil.copy(places.own / CHAPTER, room / CHAPTER)
            if (places.own / "content").is_dir():
                shutil.copytree(places.own / "content", room / "content")
        target = room / "content" / ENTRIES
        target.mkdir(parents=True, exist_ok=True)
        for name, text in made.items():
            (target / name).write_text(text, encoding="utf-8")
        return load_content(replace(places, own=room), today)
