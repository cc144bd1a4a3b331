"""Entries as the committee edits them in chat: each change is a revision over the files."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from bot.domain.faq import Approval
from bot.domain.identity import MemberRef

Change = Literal["added", "edited", "retired", "restored", "verified", "approved", "undone"]
"""What a revision did. `verified`: found still right, only the days have changed."""


@dataclass(frozen=True, slots=True)
class EntryText:
    """An entry as an editor writes it: the answer is a template, numbers stand by name.

    `utterances` are by author, as in the files; `group` is the file's name without its ending.
    """

    id: str
    group: str
    question: str
    answer: str
    sources: tuple[str, ...]
    verified: date
    review: date | None = None
    approved: Approval | None = None
    related: tuple[str, ...] = ()
    utterances: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Revision:
    """One change of one entry, made in chat; the newest one of an entry is what is shown.

    `number` counts from 1 within the entry. `text` is the entry from then on, None when it was
    retired. `base` is the digest of what the files said of the entry when it was made, empty
    where they had no such entry: another one now is a conflict.
    """

    id: int
    entry: str
    number: int
    change: Change
    text: EntryText | None
    base: str
    by: MemberRef
    at: datetime


@dataclass(frozen=True, slots=True)
class EntryDraft:
    """What an editor is writing. `number` is the newest revision that they have seen, 0 where only
    the files had the entry; `origin` says what it is to answer, empty for nothing."""

    id: int
    text: EntryText
    number: int
    origin: str


@dataclass(frozen=True, slots=True)
class Curated:
    """An entry as an editor finds it.

    `text` is what is shown of it, of a retired one what was shown last. `is_live` is False for a
    retired one. `number` is that of the newest revision, 0 where the files alone speak. `conflict`
    says that the files have changed since the entry was edited in chat, or that the edit fits them
    no more: then `faults` say why, and what the files say is shown.
    """

    text: EntryText
    is_live: bool
    number: int
    in_files: bool
    conflict: bool
    faults: tuple[str, ...] = ()
