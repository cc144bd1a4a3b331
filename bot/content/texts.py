"""Every text that a member may read, as its template stands in its file."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from bot.content.documents import Document, Faults, Loc, flat_texts
from bot.content.placed import placed_entries
from bot.content.places import Shelf

Kind = Literal["answer", "message", "rule", "dialog"]

_WORDS = frozenset("title rule says settles intro label hint note one other".split())
_NAMED = frozenset("categories phrases".split())
_LABELS = frozenset("yes_label no_label unknown_label".split())


@dataclass(frozen=True, slots=True)
class Text:
    """One template. `owner` names it for the editor: an entry's id, the key of a message, or a
    rule, step or question of eligibility.yaml, such as `rules.experience`."""

    kind: Kind
    owner: str
    template: str
    document: Document
    loc: Loc

    def place(self, offset: int = 0) -> str:
        """File and line of a character of the template."""
        place = self.document.at(self.loc)
        name, _, line = place.rpartition(":")
        # A text of several lines begins below its key (`answer: |`), any other one beside it.
        below = 1 + self.template.count("\n", 0, offset) if "\n" in self.template else 0
        return f"{name}:{int(line) + below}"


def texts_from(shelf: Shelf) -> tuple[Text, ...]:
    """Answers, sentences, rules and the dialog, in the order of the files."""
    return (*_answers(shelf), *_messages(shelf), *_eligibility(shelf), *_recertification(shelf))


def _answers(shelf: Shelf) -> Iterator[Text]:
    for entry in placed_entries(shelf, Faults()).values():
        answer = entry.data.get("answer")
        if isinstance(answer, str):
            yield Text("answer", entry.id, answer, entry.document, (*entry.loc, "answer"))


def _messages(shelf: Shelf) -> Iterator[Text]:
    document = shelf.document("messages.yaml")
    data = document.data if isinstance(document.data, Mapping) else {}
    for key, text in flat_texts(data).items():
        if isinstance(text, str):
            yield Text("message", key, text, document, tuple(key.split(".")))


def _eligibility(shelf: Shelf) -> Iterator[Text]:
    document = shelf.document("eligibility.yaml")
    for loc, text in _strings(document.data, ()):
        is_words = loc[-1] in _WORDS or loc[-1] in _LABELS or loc[0] in _NAMED
        if is_words and len(loc) > 1:
            kind: Kind = "dialog" if loc[0] == "dialog" else "rule"
            yield Text(kind, _owner(loc, document.data), text, document, loc)


def _recertification(shelf: Shelf) -> Iterator[Text]:
    document = shelf.document("recertification.yaml")
    for loc, text in _strings(document.data, ()):
        if loc[-1] in _WORDS and len(loc) > 1:
            yield Text("rule", f"{loc[0]}.{loc[1]}", text, document, loc)


def _strings(data: Any, loc: Loc) -> Iterator[tuple[Loc, str]]:
    if isinstance(data, Mapping):
        for key, value in data.items():
            yield from _strings(value, (*loc, key))
    elif isinstance(data, list):
        for at, value in enumerate(data):
            yield from _strings(value, (*loc, at))
    elif isinstance(data, str):
        yield loc, data


def _owner(loc: Loc, data: Any) -> str:
    """`rules.experience`, `phrases.in_category`, and by id `dialog.hours`, `dialog.self_study`."""
    if loc[0] != "dialog":
        return f"{loc[0]}.{loc[1]}"
    name, below = "", data
    for part in loc:
        below = below[part]
        if isinstance(below, Mapping) and isinstance(below.get("id"), str):
            name = f".{below['id']}"
    return f"dialog{name}"
