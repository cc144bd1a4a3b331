"""Entries written back as YAML, into the chapter's own files: what stands there stays as it is,
with its comments, but for the entries that were changed."""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.content.documents import Document
from bot.domain.curation import EntryText

_HEAD = "# Written by clm content export; edit it like any other file of this folder.\n"
_PLAIN = re.compile(r"[A-Za-z][A-Za-z ,.'?!()/&%-]*(?<! )")
_NAME = re.compile(r"[a-z][a-z0-9]*(?:[-_][a-z0-9]+)*")
_RESERVED = frozenset("yes no true false null on off y n".split())


@dataclass(frozen=True, slots=True)
class Block:
    """One entry as it is to stand in a file; of a retired one that only ships nothing but its id
    is needed, so `text` is None."""

    id: str
    text: EntryText | None
    retired: bool = False

    def lines(self) -> list[str]:
        """The entry as lines of YAML, with the dash of its list."""
        found = [f"id: {_name(self.id)}"]
        if self.retired:
            found.append("retired: true")
        if self.text is not None:
            found += _fields(self.text)
        return [("- " if at == 0 else "  ") + line if line else "" for at, line in enumerate(found)]


def merged(before: str, document: Document | None, blocks: Iterable[Block]) -> str:
    """The text of a file with these entries in place of those of the same id, and new ones at its
    end; an empty file begins with a line that says where it comes from."""
    new = {block.id: block for block in blocks}
    items = _items(document)
    if not items or document is None:
        return _whole(before or _HEAD, [block.lines() for block in new.values()])
    lines = before.split("\n")
    starts = [document.lines[("entries", at)] - 1 for at in range(len(items))]
    ends = [*starts[1:], len(lines)]
    indent = lines[starts[0]][: len(lines[starts[0]]) - len(lines[starts[0]].lstrip())]
    made = lines[: starts[0]]
    for item, start, end in zip(items, starts, ends, strict=True):
        last = _last_line(lines, start, end, len(indent))
        block = new.pop(item, None)
        made += _indented(block.lines(), indent) if block else lines[start:last]
        if end == len(lines):
            for block in new.values():
                made += _indented(block.lines(), indent)
        made += lines[last:end]
    return "\n".join(made).rstrip("\n") + "\n"


def rewritten(before: str, blocks: Iterable[Block]) -> str:
    """The text of a file made anew of all its entries; only the comments at its top stay."""
    top = []
    for line in before.split("\n"):
        if line.strip() and not line.startswith("#"):
            break
        top.append(line)
    return _whole("\n".join(top).strip("\n") + "\n", [block.lines() for block in blocks])


def _items(document: Document | None) -> list[str]:
    entries = document.data.get("entries") if document and document.data else None
    return [str(item.get("id")) for item in entries or () if isinstance(item, Mapping)]


def _whole(top: str, blocks: list[list[str]]) -> str:
    kept = [line for line in top.split("\n") if line.startswith("#")]
    made = [*kept, "entries:"]
    for block in blocks:
        made += _indented(block, "  ")
    return "\n".join(made) + "\n"


def _last_line(lines: list[str], start: int, end: int, indent: int) -> int:
    """Where an entry ends; comments and empty lines before the next one belong to that."""
    while end > start + 1:
        line = lines[end - 1]
        is_comment = line.lstrip().startswith("#") and len(line) - len(line.lstrip()) <= indent
        if line.strip() and not is_comment:
            break
        end -= 1
    return end


def _indented(lines: Iterable[str], indent: str) -> list[str]:
    return [indent + line if line else "" for line in lines]


def _fields(text: EntryText) -> list[str]:
    approved = text.approved
    given = "null"
    if approved:
        given = f"{{by: {json.dumps(approved.by, ensure_ascii=False)}, on: {approved.on}}}"
    found = [f"question: {_line(text.question)}", "answer: |"]
    found += [f"  {line}" if line else "" for line in text.answer.split("\n")]
    found += [f"sources: [{', '.join(map(_name, text.sources))}]", f"verified: {text.verified}"]
    if text.review:
        found.append(f"review: {text.review}")
    found += [f"approved: {given}", f"related: [{', '.join(map(_name, text.related))}]"]
    found.append("utterances:")
    for author, said in text.utterances.items():
        found.append(f"  {_name(author)}:")
        found += [f"    - {json.dumps(line, ensure_ascii=False)}" for line in said]
    return found


def _line(text: str) -> str:
    if _PLAIN.fullmatch(text) and text.lower() not in _RESERVED:
        return text
    return json.dumps(text, ensure_ascii=False)


def _name(text: str) -> str:
    if _NAME.fullmatch(text) and text not in _RESERVED:
        return text
    return json.dumps(text, ensure_ascii=False)
