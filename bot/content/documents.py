"""Content files with the line of every value, so that a fault can say where it is."""

import difflib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from bot.content.sentences import sentence_of

Loc = tuple[str | int, ...]
Model = TypeVar("Model", bound=BaseModel)
Found = TypeVar("Found")


@dataclass(frozen=True, slots=True)
class Document:
    """One parsed file: `lines` maps the place of a value to its line, counted from 1.

    `is_read` is False for a file that could not be read: that fault is noted already, and nothing
    is to be concluded from what is not in `data`. `is_own` says that it is the chapter's own file.
    """

    name: str
    data: Any
    lines: Mapping[Loc, int] = field(default_factory=dict)
    is_read: bool = True
    is_own: bool = False

    def at(self, loc: Loc) -> str:
        """`content/faq/exam.yaml:12`, for the nearest place that is known."""
        for length in range(len(loc), -1, -1):
            if (line := self.lines.get(loc[:length])) is not None:
                return f"{self.name}:{line}"
        return f"{self.name}:1"

    def known(self, loc: Loc) -> Loc:
        """The longest part of a place that stands in the file."""
        while loc and loc not in self.lines:
            loc = loc[:-1]
        return loc


@dataclass(slots=True)
class Faults:
    """All faults of all files, gathered so that one run tells everything, and each once."""

    sentences: list[str] = field(default_factory=list)
    _places: dict[str, tuple[str, int]] = field(default_factory=dict)

    def add(self, document: Document, loc: Loc, sentence: str) -> None:
        """Note one fault at its place."""
        self.note(document.at(loc), sentence)

    def note(self, place: str, sentence: str) -> None:
        """Note one fault at a place that is already in words."""
        if (told := f"{place}: {sentence}") not in self.sentences:
            self.sentences.append(told)
            self._places[told] = _file_and_line(place)

    def in_order(self) -> list[str]:
        """Every sentence, file by file and from top to bottom."""
        names = list(dict.fromkeys(name for name, _ in self._places.values()))
        order = {told: (names.index(name), line) for told, (name, line) in self._places.items()}
        return sorted(self.sentences, key=lambda told: order[told])


def _file_and_line(place: str) -> tuple[str, int]:
    name, colon, line = place.rpartition(":")
    return (name, int(line)) if colon and line.isdigit() else (place, 0)


class Unread(Mapping[str, Found]):
    """Names of a file with faults: any name may stand in it, so none is a fault of its own."""

    def __init__(self, known: Mapping[str, Found], stand_in: Found) -> None:
        self._known = known
        self._stand_in = stand_in

    def __getitem__(self, key: str) -> Found:
        return self._known.get(key, self._stand_in)

    def __iter__(self) -> Iterator[str]:
        return iter(self._known)

    def __len__(self) -> int:
        return len(self._known)

    def with_more(self, more: Mapping[str, Found]) -> "Unread[Found]":
        """The same with more names known."""
        return Unread({**self._known, **more}, self._stand_in)


def extended(names: Mapping[str, Found], more: Mapping[str, Found]) -> Mapping[str, Found]:
    """Names with more of them; those of a file with faults stay open to any name."""
    return names.with_more(more) if isinstance(names, Unread) else {**names, **more}


def validated(
    model: type[Model], data: Any, document: Document, loc: Loc, faults: Faults
) -> Model | None:
    """The data as a model, or None with each fault noted in words for the editor."""
    if not document.is_read:
        return None
    try:
        return model.model_validate(data)
    except ValidationError as error:
        details = error.errors()
    meant = {}
    for detail in details:
        if detail["type"] == "extra_forbidden":
            *above, key = detail["loc"]
            meant[detail["loc"]] = (*above, nearest(str(key), keys_at(model, above)))
    for detail in details:
        # A misspelled key is one fault, and not two: that it is unknown, and that it is missing.
        if detail["type"] == "missing" and detail["loc"] in meant.values():
            continue
        place = (*loc, *detail["loc"])
        # Behind the place of a value pydantic names the types that it tried.
        if detail["type"] != "missing":
            place = document.known(place)
        near = meant.get(detail["loc"], ("",))[-1]
        faults.add(document, place, sentence_of(detail, place[len(loc) :], str(near)))
    return None


def keys_at(model: type[BaseModel], loc: Sequence[str | int]) -> list[str]:
    """The keys that are known at a place below a model."""
    for part in loc:
        inner = model.model_fields.get(str(part))
        below = _models_in(inner.annotation) if inner else [model]
        if not below:
            return []
        model = below[0]
    return list(model.model_fields)


def _models_in(annotation: Any) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    inside = getattr(annotation, "__args__", ())
    return [model for part in inside for model in _models_in(part)]


def layered(base: Document, over: Document) -> Document:
    """One document of two: the chapter's values over the shipped ones, each with its own place."""
    return LayeredDocument(
        over.name,
        laid_over(base.data, over.data),
        over.lines,
        base.is_read and over.is_read,
        over.is_own,
        base,
    )


@dataclass(frozen=True, slots=True)
class LayeredDocument(Document):
    """A document laid over another; a place is looked for in the upper file first."""

    base: Document = Document("", {})

    def at(self, loc: Loc) -> str:
        """The place in whichever of the two files says more exactly where."""
        upper = max((n for n in range(len(loc) + 1) if loc[:n] in self.lines), default=0)
        if any(isinstance(part, int) for part in loc[: upper + 1]):
            # A list of the upper file takes the whole place of the one below.
            return f"{self.name}:{self.lines.get(loc[:upper], 1)}"
        for length in range(len(loc), 0, -1):
            if (line := self.lines.get(loc[:length])) is not None:
                return f"{self.name}:{line}"
            if loc[:length] in self.base.lines:
                return self.base.at(loc)
        return f"{self.name}:1"

    def known(self, loc: Loc) -> Loc:
        """The longest part of a place that stands in either file."""
        while loc and loc not in self.lines and loc not in self.base.lines:
            loc = loc[:-1]
        return loc


def nearest(word: str, known: Iterable[str]) -> str:
    """The known word that is spelled most alike; empty when none is near."""
    return next(iter(difflib.get_close_matches(word, list(known), n=1, cutoff=0.6)), "")


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """`. Did you mean 'answer'?` when something known is near, else a full stop."""
    near = nearest(word, known)
    return f". Did you mean '{near}'?" if near else "."


def laid_over(base: Any, over: Any) -> Any:
    """The chapter's values over the shipped ones: mappings merge, everything else replaces."""
    if isinstance(base, Mapping) and isinstance(over, Mapping):
        merged = dict(base)
        for key, value in over.items():
            merged[key] = laid_over(base.get(key), value) if key in base else value
        return merged
    return over


def flat_texts(data: Mapping[str, Any], prefix: Sequence[str] = ()) -> dict[str, Any]:
    """Nested messages as `feature.key`."""
    found: dict[str, Any] = {}
    for key, value in data.items():
        path = (*prefix, key)
        if isinstance(value, Mapping):
            found |= flat_texts(value, path)
        else:
            found[".".join(path)] = value
    return found
