"""YAML files with the line of every value, so that a fault can say where it is."""

import difflib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

Loc = tuple[str | int, ...]
Model = TypeVar("Model", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Document:
    """One parsed file: `lines` maps the place of a value to its line, counted from 1."""

    name: str
    data: Any
    lines: Mapping[Loc, int] = field(default_factory=dict)

    def at(self, loc: Loc) -> str:
        """`content/faq/exam.yaml:12`, for the nearest place that is known."""
        for length in range(len(loc), -1, -1):
            if (line := self.lines.get(loc[:length])) is not None:
                return f"{self.name}:{line}"
        return self.name


@dataclass(slots=True)
class Faults:
    """All faults of all files, gathered so that one run tells everything."""

    sentences: list[str] = field(default_factory=list)

    def add(self, document: Document, loc: Loc, sentence: str) -> None:
        """Note one fault at its place."""
        self.sentences.append(f"{document.at(loc)}: {sentence}")


def read_document(path: Path, name: str, faults: Faults) -> Document | None:
    """Parse one file; a file that is not YAML, or says a key twice, is a fault with its line."""
    try:
        node = yaml.compose(path.read_text(encoding="utf-8"), Loader=yaml.SafeLoader)
    except OSError as error:
        faults.sentences.append(f"{name}: the file cannot be read ({error.strerror}).")
        return None
    except UnicodeDecodeError:
        faults.sentences.append(f"{name}: the file is not plain UTF-8 text.")
        return None
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        faults.sentences.append(
            f"{name}:{line}: this is not valid YAML ({error.problem}). "
            "Often a missing space after a colon, or a quotation mark that is not closed."
        )
        return None
    except yaml.YAMLError as error:
        faults.sentences.append(f"{name}: this is not valid YAML ({error}).")
        return None
    lines: dict[Loc, int] = {}
    document = Document(name, {}, lines)
    data = {} if node is None else _value(node, (), lines, document, faults)
    return Document(name, data, lines)


def _value(
    node: yaml.Node, loc: Loc, lines: dict[Loc, int], document: Document, faults: Faults
) -> Any:
    lines[loc] = node.start_mark.line + 1
    if isinstance(node, yaml.MappingNode):
        found: dict[Any, Any] = {}
        for key_node, value_node in node.value:
            key = str(_scalar(key_node))
            here = (*loc, key)
            if key in found:
                lines[here] = key_node.start_mark.line + 1
                faults.add(document, here, f"'{key}' stands twice in the same place; keep one.")
            found[key] = _value(value_node, here, lines, document, faults)
            lines[here] = key_node.start_mark.line + 1
        return found
    if isinstance(node, yaml.SequenceNode):
        return [
            _value(item, (*loc, at), lines, document, faults) for at, item in enumerate(node.value)
        ]
    return _scalar(node)


def _scalar(node: yaml.Node) -> Any:
    loader = yaml.SafeLoader("")
    try:
        return loader.construct_object(node, deep=True)
    except (yaml.YAMLError, ValueError):
        return str(node.value)


def validated(
    model: type[Model], data: Any, document: Document, loc: Loc, faults: Faults
) -> Model | None:
    """The data as a model, or None with each fault noted in words for the editor."""
    try:
        return model.model_validate(data)
    except ValidationError as error:
        for detail in error.errors():
            faults.add(document, (*loc, *detail["loc"]), _sentence(model, detail))
        return None


def _sentence(model: type[BaseModel], detail: ErrorDetails) -> str:
    where = ".".join(str(part) for part in detail["loc"])
    match detail["type"]:
        case "extra_forbidden":
            return f"unknown key '{where}'{did_you_mean(str(detail['loc'][-1]), _keys(model))}"
        case "missing":
            return f"'{where}' is missing."
        case "value_error":
            return f"'{where}': {detail['ctx']['error']}"
        case _:
            return f"'{where}': {detail['msg'].lower()}."


def _keys(model: type[BaseModel]) -> list[str]:
    return list(model.model_fields)


def layered(base: Document, over: Document) -> Document:
    """One document of two: the chapter's values over the shipped ones, each with its own place."""
    return LayeredDocument(over.name, laid_over(base.data, over.data), over.lines, base)


@dataclass(frozen=True, slots=True)
class LayeredDocument(Document):
    """A document laid over another; a place is looked for in the upper file first."""

    base: Document = Document("", {})

    def at(self, loc: Loc) -> str:
        """The place in whichever of the two files says more exactly where."""
        for length in range(len(loc), 0, -1):
            if (line := self.lines.get(loc[:length])) is not None:
                return f"{self.name}:{line}"
            if loc[:length] in self.base.lines:
                return self.base.at(loc)
        return self.name


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """`. Did you mean 'answer'?` when something known is near, else a full stop."""
    near = difflib.get_close_matches(word, list(known), n=1, cutoff=0.6)
    return f". Did you mean '{near[0]}'?" if near else "."


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
