"""Where content lies, and how a chapter's own files are laid over the shipped ones."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
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
    nearest,
)
from bot.content.yaml_files import read_document
from bot.domain.curation import Revision

FILES = (
    "conversation.yaml",
    "eligibility.yaml",
    "ledger.yaml",
    "messages.yaml",
    "not_the_clm.yaml",
    "out_of_scope.yaml",
    "personal_facts.yaml",
    "program.yaml",
    "recertification.yaml",
    "remarks.yaml",
    "small_talk.yaml",
    "sources.yaml",
    "style.yaml",
)
CHAPTER = "chapter.yaml"
ENTRIES = "faq"


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
    """Reads the files of one workspace, the chapter's own over the shipped.

    `made` keeps what was made of the files alone. `revisions` are the entries edited in chat that
    lie over them; `checked` is the one that is looked at before it is kept.
    """

    places: ContentPlaces
    faults: Faults
    _read: dict[Path, Document] = field(default_factory=dict)
    _laid: dict[str, Document] = field(default_factory=dict)
    _folders: dict[str, tuple[Document, ...]] = field(default_factory=dict)
    made: dict[str, Any] = field(default_factory=dict)
    revisions: tuple[Revision, ...] = ()
    checked: str = ""

    def kept(self) -> "Shelf":
        """The same files as they were read, whatever has become of them on the disk."""
        places = replace(self.places, own=None)
        return Shelf(places, Faults(), self._read, self._laid, self._folders, self.made)

    def shipped_document(self, name: str) -> Document:
        """A shipped file alone; marked as not read, with a fault, when it cannot be."""
        return self._once(self.places.shipped / name, f"content/{name}")

    def document(self, name: str) -> Document:
        """A file with the chapter's own version laid over it."""
        if name not in self._laid:
            base, folder = self.shipped_document(name), self._own_folder()
            self._laid[name] = self._with_own(base, folder / name if folder else None)
        return self._laid[name]

    def chapter(self) -> Document:
        """chapter.yaml: shipped defaults, then $CLM_HOME/chapter.yaml, then the demo's values."""
        if CHAPTER not in self._laid:
            self._laid[CHAPTER] = self._chapter()
        return self._laid[CHAPTER]

    def _chapter(self) -> Document:
        base = self.shipped_document(CHAPTER)
        own = self.places.own
        document = self._with_own(base, own / CHAPTER if own else None)
        if not self.places.chapter:
            return document
        return Document(document.name, laid_over(document.data, self.places.chapter), base.lines)

    def folder(self, name: str) -> Iterable[Document]:
        """Every YAML file of a folder, shipped ones first, the chapter's own last."""
        if name not in self._folders:
            self._folders[name] = tuple(self._in_folder(name))
        return self._folders[name]

    def _in_folder(self, name: str) -> Iterator[Document]:
        for path in sorted((self.places.shipped / name).glob("*.yaml")):
            yield self._once(path, f"content/{name}/{path.name}")
        if folder := self._own_folder():
            for path in sorted((folder / name).glob("*.yaml")):
                yield self._once(path, str(path), is_own=True)

    def check_own_names(self) -> None:
        """Note each of the chapter's own files that would never be read where it lies."""
        folder = self._own_folder()
        if folder is None:
            return
        try:
            files = [path for path in sorted(folder.rglob("*")) if path.is_file()]
            (folder.parent / CHAPTER).is_file()
        except OSError as error:
            reason = (error.strerror or "unknown").lower()
            self.faults.note(str(error.filename), f"this cannot be read ({reason}).")
            self.places = replace(self.places, own=None)
            return
        for path in files:
            if hint := _misplaced(path, folder):
                self.faults.note(str(path), f"this file is not read. {hint}")

    def unknown_source(self, document: Document, loc: Loc, name: str, known: Iterable[str]) -> None:
        """Note a source id that sources.yaml does not have."""
        hint = did_you_mean(name, known)
        self.faults.add(document, loc, f"there is no source '{name}' in sources.yaml{hint}")

    @property
    def is_own_shipped(self) -> bool:
        """Whether the chapter's folder holds the shipped files themselves."""
        own = self.places.own
        return own is not None and (own / "content").resolve() == self.places.shipped.resolve()

    def _own_folder(self) -> Path | None:
        own = self.places.own
        return None if own is None or self.is_own_shipped else own / "content"

    def _with_own(self, base: Document, path: Path | None) -> Document:
        if path is None or not path.is_file():
            return base
        over = self._once(path, str(path), is_own=True)
        return layered(base, over) if over.is_read else base

    def _once(self, path: Path, name: str, *, is_own: bool = False) -> Document:
        if path not in self._read:
            self._read[path] = read_document(
                path, name, self.faults, is_own=is_own, may_be_empty=is_own
            )
        return self._read[path]


def _misplaced(path: Path, folder: Path) -> str:
    """What to do about a file that is not read; empty for one that is, or is none of ours."""
    if path.name.startswith(".") or not _is_yaml(path):
        return ""
    if path.suffix != ".yaml":
        return f"Its name must end in .yaml: {path.name.split('.')[0]}.yaml."
    if path.parent == folder / ENTRIES or (path.parent == folder and path.name in FILES):
        return ""
    if path.name == CHAPTER:
        return f"It belongs one folder up: {folder.parent / CHAPTER}."
    if path.parent != folder:
        return f"Answers belong into {folder / ENTRIES}."
    near = nearest(path.stem, [name.removesuffix(".yaml") for name in FILES])
    return f"Did you mean {near}.yaml?" if near else f"Answers belong into {folder / ENTRIES}."


def _is_yaml(path: Path) -> bool:
    # "exam.yml", and "exam.yaml.txt" as some editors name it.
    return any(suffix.lower() in (".yaml", ".yml") for suffix in path.suffixes)
