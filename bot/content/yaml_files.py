"""YAML read event by event: each value with its line, and each fault as a sentence with its line.

Not all of YAML is wanted in files that people edit by hand: anchors, aliases and tags are refused
with the way out, and so is a key that stands twice, of which YAML would silently keep the last.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from bot.content.documents import Document, Faults, Loc

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_DEEPEST = 20
_UNSHOWABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
_QUOTE = "put the whole text in quotation marks"


class _Refused(Exception):
    """Something in a file that is YAML and not wanted, or no YAML at all."""

    def __init__(self, line: int, sentence: str) -> None:
        super().__init__(sentence)
        self.line = line


def read_document(
    path: Path, name: str, faults: Faults, *, is_own: bool = False, may_be_empty: bool = False
) -> Document:
    """Read one file. What is wrong is noted, and the document is then marked as not read."""
    unread = Document(name, {}, is_read=False, is_own=is_own)
    try:
        text = _text(path)
        lines: dict[Loc, int] = {}
        document = Document(name, None, lines, is_own=is_own)
        data = _Reader(text, lines, document, faults).document()
    except OSError as error:
        faults.note(name, f"the file cannot be read ({(error.strerror or 'unknown').lower()}).")
        return unread
    except _Refused as refused:
        faults.note(f"{name}:{refused.line}", str(refused))
        return unread
    if data is None and not may_be_empty:
        faults.note(f"{name}:1", "the file is empty; put the shipped one back in its place.")
        return unread
    return Document(name, {} if data is None else data, lines, is_own=is_own)


def _text(path: Path) -> str:
    raw = path.read_bytes()
    try:
        text = raw.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise _Refused(
            line, "the file is not plain UTF-8 text; save it anew with the encoding UTF-8."
        ) from None
    if strange := _UNSHOWABLE.search(text):
        code = f"U+{ord(strange.group()):04X}"
        raise _Refused(
            text.count("\n", 0, strange.start()) + 1,
            f"a character that nobody can see ({code}) stands in this line; delete it.",
        )
    return text


class _Reader:
    """Builds the data of one file out of YAML's events."""

    def __init__(
        self, text: str, lines: dict[Loc, int], document: Document, faults: Faults
    ) -> None:
        self._text = text
        self._lines = lines
        self._document = document
        self._faults = faults
        self._loader = _LOADER(text)

    def document(self) -> Any:
        """The data of the file, None when nothing stands in it. Raises _Refused."""
        try:
            return self._document_data()
        except yaml.MarkedYAMLError as error:
            raise _told(error, self._text) from None
        except yaml.YAMLError:
            raise _Refused(1, "the file cannot be read as YAML.") from None
        finally:
            self._loader.dispose()

    def _document_data(self) -> Any:
        events = self._events()
        data = None
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                if () in self._lines:
                    raise _Refused(
                        _line(event), "a line --- begins a second part; a file has one part."
                    )
                data = self._value(next(events), (), events)
        return data

    def _events(self) -> Iterator[Any]:
        while (event := self._loader.get_event()) is not None:
            yield event

    def _value(self, event: Any, loc: Loc, events: Iterator[Any]) -> Any:
        line = _line(event)
        self._lines.setdefault(loc, line)
        if len(loc) > _DEEPEST:
            raise _Refused(line, "values are nested too deeply here.")
        _refuse_specials(event, line)
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(loc, events)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(loc, events)
        return self._scalar(event)

    def _mapping(self, loc: Loc, events: Iterator[Any]) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for event in events:
            if isinstance(event, yaml.MappingEndEvent):
                break
            line = _line(event)
            _refuse_specials(event, line)
            if not isinstance(event, yaml.ScalarEvent):
                raise _Refused(line, f"a name is expected before the colon, or else {_QUOTE}.")
            # A key is its text: 'on' stays 'on', which YAML itself reads as true.
            here = (*loc, event.value)
            if event.value in found:
                self._faults.note(
                    f"{self._document.name}:{line}",
                    f"'{event.value}' stands twice in the same place; keep one.",
                )
            self._lines[here] = line
            found[event.value] = self._value(next(events), here, events)
        return found

    def _sequence(self, loc: Loc, events: Iterator[Any]) -> list[Any]:
        found: list[Any] = []
        for event in events:
            if isinstance(event, yaml.SequenceEndEvent):
                break
            found.append(self._value(event, (*loc, len(found)), events))
        return found

    def _scalar(self, event: Any) -> Any:
        tag = self._loader.resolve(yaml.ScalarNode, event.value, event.implicit)
        node = yaml.ScalarNode(tag, event.value, event.start_mark, event.end_mark)
        try:
            return self._loader.construct_object(node)
        except (yaml.YAMLError, ValueError, OverflowError):
            return str(event.value)  # no day, such as 2026-02-30: the check of its place tells it


def _line(event: Any) -> int:
    return int(event.start_mark.line) + 1


def _refuse_specials(event: Any, line: int) -> None:
    if getattr(event, "anchor", None) or getattr(event, "tag", None):
        raise _Refused(line, f"text cannot begin with *, & or ! here; {_QUOTE}.")


def _told(error: yaml.MarkedYAMLError, text: str) -> _Refused:
    mark = error.problem_mark or error.context_mark
    problem, context = error.problem or "", error.context or ""
    if "alias" in context or "anchor" in context or "tag" in context:
        return _Refused(_line_of(error), f"text cannot begin with *, & or ! here; {_QUOTE}.")
    if "quoted scalar" in context and error.context_mark:
        return _Refused(_line_of(error), "a quotation mark is opened here and not closed.")
    if mark is None:
        return _Refused(1, "the file cannot be read as YAML.")
    lines = text.split("\n")
    shown = lines[mark.line] if mark.line < len(lines) else ""
    return _Refused(mark.line + 1, _sentence(problem, shown, mark.column))


def _line_of(error: yaml.MarkedYAMLError) -> int:
    mark = error.context_mark or error.problem_mark
    return mark.line + 1 if mark else 1


def _sentence(problem: str, shown: str, column: int) -> str:
    indent = shown[: len(shown) - len(shown.lstrip())]
    if "\t" in indent:
        return "the line begins with a tab; indent with spaces, as the neighbours do."
    if "mapping values are not allowed" in problem:
        return f"a colon stands in text without quotation marks; {_QUOTE}."
    if "cannot start any token" in problem:
        return f"text cannot begin with {shown[column : column + 1]} here; {_QUOTE}."
    return (
        "this line does not fit what stands above it. Compare its indentation with its neighbours, "
        "and look for a missing space after a colon or '-', or a quotation mark left open."
    )
