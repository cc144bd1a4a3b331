"""What a change of an entry changes, field by field."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from bot.domain.curation import EntryText
from bot.domain.faq import Approval

ChangedField = Literal[
    "question",
    "answer",
    "sources",
    "verified",
    "review",
    "approved",
    "related",
    "utterances",
    "group",
]


@dataclass(frozen=True, slots=True)
class Changed:
    """One field before and after; lists have a line for each item, days are as 2027-03-04, and
    what is not there is empty."""

    field: ChangedField
    before: str
    after: str


def difference(before: EntryText | None, after: EntryText | None) -> tuple[Changed, ...]:
    """Every field that changes, in the order in which an entry is read; of wordings only those
    that come or go. None is an entry that is not there."""
    found = []
    for field, told in _TOLD.items():
        was, now = (told(side) if side else "" for side in (before, after))
        if field == "utterances":
            was, now = _only_in(was, now), _only_in(now, was)
        if was != now:
            found.append(Changed(field, was, now))
    return tuple(found)


def _only_in(lines: str, others: str) -> str:
    known = set(others.split("\n"))
    return "\n".join(line for line in lines.split("\n") if line not in known)


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _approval(given: Approval | None) -> str:
    return f"{given.by}, {given.on.isoformat()}" if given else ""


_TOLD: Mapping[ChangedField, Callable[[EntryText], str]] = {
    "question": lambda text: text.question,
    "answer": lambda text: text.answer,
    "sources": lambda text: "\n".join(text.sources),
    "verified": lambda text: _day(text.verified),
    "review": lambda text: _day(text.review),
    "approved": lambda text: _approval(text.approved),
    "related": lambda text: "\n".join(text.related),
    "utterances": lambda text: "\n".join(
        line for said in text.utterances.values() for line in said
    ),
    "group": lambda text: text.group,
}
