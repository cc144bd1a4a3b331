"""What an editor wrote, made fit to be kept, compared with what the files say, and packed."""

import json
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from hashlib import sha256
from typing import Any

from bot.domain.curation import EntryText, Revision
from bot.domain.faq import Approval

IN_CHAT = "chat"
"""The author of wordings that were entered in chat."""

_LINE_ENDS = ("\r\n", "\r", "\x85", "\u2028", "\u2029")
_UNWRITABLE = frozenset({"Cc", "Cs", "Cn", "Co"})
"""What nobody sees and a file of ours does not hold; it comes along when text is pasted."""


def tidied(text: EntryText) -> EntryText:
    """The text without what cannot be seen and what stands twice, ready to be kept.

    An entry without a wording is found by its question.
    """
    question = _line(text.question)
    answer = "\n".join(line.rstrip() for line in _written(text.answer).split("\n")).strip()
    utterances = _each_once(text.utterances)
    if not utterances and question:
        utterances = {IN_CHAT: (question,)}
    approved = text.approved and replace(text.approved, by=_line(text.approved.by))
    return replace(
        text,
        question=question,
        answer=answer,
        sources=tuple(dict.fromkeys(text.sources)),
        related=tuple(dict.fromkeys(text.related)),
        utterances=utterances,
        approved=approved,
    )


def with_more(text: EntryText, lines: Iterable[str]) -> EntryText:
    """The text with further wordings of those who ask; known ones stay as they are."""
    before = text.utterances.get(IN_CHAT, ())
    return tidied(replace(text, utterances={**text.utterances, IN_CHAT: (*before, *lines)}))


def without(text: EntryText, lines: Iterable[str]) -> EntryText:
    """The text without some of its wordings."""
    dropped = {_line(line) for line in lines}
    kept = {
        author: tuple(line for line in said if line not in dropped)
        for author, said in text.utterances.items()
    }
    return tidied(replace(text, utterances=kept))


def says_the_same(one: EntryText, other: EntryText) -> bool:
    """Whether two texts say the same; of which group they are plays no part."""
    return digest_of(one) == digest_of(other)


def digest_of(text: EntryText | None) -> str:
    """Names what a text says; empty where there is none."""
    if text is None:
        return ""
    said = {key: value for key, value in packed(text).items() if key not in ("id", "group")}
    return sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()[:16]


def is_of_files(revision: Revision) -> bool:
    """Whether a revision said what the files said when it was made: since then these speak, also
    when they change."""
    return digest_of(revision.text) == revision.base


def is_in_conflict(revision: Revision, filed: Mapping[str, EntryText]) -> bool:
    """Whether the files say something else of an entry than when it was edited, and something else
    than the edit."""
    files = digest_of(filed.get(revision.entry))
    return files not in (revision.base, digest_of(revision.text))


def packed(text: EntryText) -> dict[str, Any]:
    """The text as it is written down, days as 2027-03-04."""
    approved = text.approved
    return {
        "id": text.id,
        "group": text.group,
        "question": text.question,
        "answer": text.answer,
        "sources": list(text.sources),
        "verified": text.verified.isoformat(),
        "review": text.review.isoformat() if text.review else None,
        "approved": {"by": approved.by, "on": approved.on.isoformat()} if approved else None,
        "related": list(text.related),
        "utterances": {author: list(said) for author, said in text.utterances.items()},
    }


def unpacked(row: Mapping[str, Any]) -> EntryText:
    """What `packed` wrote down."""
    approved = row["approved"]
    return EntryText(
        id=row["id"],
        group=row["group"],
        question=row["question"],
        answer=row["answer"],
        sources=tuple(row["sources"]),
        verified=date.fromisoformat(row["verified"]),
        review=date.fromisoformat(row["review"]) if row["review"] else None,
        approved=Approval(approved["by"], date.fromisoformat(approved["on"])) if approved else None,
        related=tuple(row["related"]),
        utterances={author: tuple(said) for author, said in row["utterances"].items()},
    )


def _each_once(given: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    seen: set[str] = set()
    found: dict[str, list[str]] = {}
    for author, said in given.items():
        for line in map(_line, said):
            if line and line.casefold() not in seen:
                seen.add(line.casefold())
                found.setdefault(author, []).append(line)
    return {author: tuple(said) for author, said in found.items()}


def _line(text: str) -> str:
    return " ".join(_written(text).split())


def _written(text: str) -> str:
    if text.isprintable():
        return text
    for end in _LINE_ENDS:
        text = text.replace(end, "\n")
    return "".join(one for one in text if _is_writable(one))


def _is_writable(one: str) -> bool:
    if one in "\n\t":
        return True
    return (
        one != "\ufeff"
        and (one.isascii() or unicodedata.category(one) not in _UNWRITABLE)
        and (one >= " " and one != "\x7f")
    )
