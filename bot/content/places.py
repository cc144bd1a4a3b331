"""Where content lies, and how a chapter's own files are laid over the shipped ones."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path
from typing import Any

from bot.content.documents import (
    Document,
    Faults,
    Loc,
    did_you_mean,
    laid_over,
    layered,
    read_document,
)


@dataclass(frozen=True, slots=True)
class ContentPlaces:
    """The shipped folder, the chapter's own folder, and chapter values given by the demo."""

    shipped: Path
    own: Path | None = None
    chapter: Mapping[str, Any] = field(default_factory=dict)


def shipped_path(name: str) -> Path:
    """A file or folder that came with the product: from the wheel, else from the source tree."""
    packed = Path(str(files("bot"))) / "_shipped" / name
    return packed if packed.exists() else Path(__file__).resolve().parents[2] / name


def shipped_places(own: Path | None = None) -> ContentPlaces:
    """The content that came with the product, with a chapter's own folder over it."""
    return ContentPlaces(shipped=shipped_path("content"), own=own)


@dataclass(slots=True)
class Shelf:
    """Reads the files of one workspace, the chapter's own over the shipped."""

    places: ContentPlaces
    faults: Faults
    _read: dict[Path, Document | None] = field(default_factory=dict)

    def shipped_document(self, name: str) -> Document:
        """A shipped file alone; empty, with a fault, when it cannot be read."""
        path = self.places.shipped / name
        return self._once(path, f"content/{name}") or Document(f"content/{name}", {})

    def document(self, name: str) -> Document:
        """A file with the chapter's own version laid over it."""
        base = self.shipped_document(name)
        over = self._own("content", name)
        return layered(base, over) if over else base

    def chapter(self) -> Document:
        """chapter.yaml: shipped defaults, then $CLM_HOME/chapter.yaml, then the demo's values."""
        base = self.shipped_document("chapter.yaml")
        over = self._own("chapter.yaml")
        document = layered(base, over) if over else base
        if not self.places.chapter:
            return document
        return Document(document.name, laid_over(document.data, self.places.chapter), base.lines)

    def folder(self, name: str) -> Iterable[Document]:
        """Every YAML file of a folder, shipped ones first, the chapter's own last."""
        for path in sorted((self.places.shipped / name).glob("*.yaml")):
            if document := self._once(path, f"content/{name}/{path.name}"):
                yield document
        if self.places.own is not None:
            for path in sorted((self.places.own / "content" / name).glob("*.yaml")):
                if document := self._once(path, str(path)):
                    yield document

    def unknown_source(self, document: Document, loc: Loc, name: str, known: Iterable[str]) -> None:
        """Note a source id that sources.yaml does not have."""
        hint = did_you_mean(name, known)
        self.faults.add(document, loc, f"there is no source '{name}' in sources.yaml{hint}")

    def _own(self, *parts: str) -> Document | None:
        if self.places.own is None:
            return None
        path = self.places.own.joinpath(*parts)
        return self._once(path, str(path)) if path.is_file() else None

    def _once(self, path: Path, name: str) -> Document | None:
        if path not in self._read:
            self._read[path] = read_document(path, name, self.faults)
        return self._read[path]
