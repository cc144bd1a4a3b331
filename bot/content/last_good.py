"""Content files as they last were in order, kept as a copy for the time when they are not.

The copy is one file, so that it is there whole or not at all. Shipped files are in it as well: in
a plain folder people edit them where they lie.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from importlib.metadata import PackageNotFoundError, version
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo

from bot.content.places import CHAPTER, ContentPlaces
from bot.errors import BotError

Found = TypeVar("Found")
Load = Callable[[ContentPlaces], Found]
Listing = tuple[tuple[str, int, int, int, int], ...]

_SHIPPED, _OWN, _CONTENT = "shipped", "own", "content"


def listing(places: ContentPlaces) -> Listing:
    """Every file that content is read from, with what changes when somebody writes it."""
    return tuple(sorted(_stamp(path) for _, path in _files(places)))


def packed(places: ContentPlaces) -> bytes:
    """All files in one archive; the same files give the same bytes. Raises OSError."""
    stream = BytesIO()
    with ZipFile(stream, "w") as archive:
        archive.comment = _program()
        for name, path in sorted(_files(places)):
            archive.writestr(ZipInfo(name), path.read_bytes(), ZIP_DEFLATED)
    return stream.getvalue()


def keep(copy: bytes, kept: Path) -> None:
    """Put a copy in the place of the one before. Raises OSError, and then that one stays."""
    with suppress(OSError):
        if kept.read_bytes() == copy:
            return
    kept.parent.mkdir(parents=True, exist_ok=True)
    # A name of its own: two starts at once must not write into one another's file.
    unfinished = kept.with_suffix(f".{os.getpid()}.part")
    try:
        unfinished.write_bytes(copy)
        unfinished.replace(kept)
    finally:
        unfinished.unlink(missing_ok=True)


def from_copy(places: ContentPlaces, kept: Path, load: Load[Found]) -> Found | None:
    """What the copy gives, with the chapter's values as they are now if they can be used.

    None without a copy, or when nothing of it fits the program any more.
    """
    with TemporaryDirectory(prefix="clm-content-") as room:
        for instead in _instead(places, kept, Path(room)):
            with suppress(Exception):  # whatever is wrong with one, the next may do
                return load(instead)
    return None


def from_readable(places: ContentPlaces, load: Load[Found]) -> Found | None:
    """What the shipped files give with those of the chapter's own that have no fault over them.

    None when chapter.yaml or a shipped file has a fault: without the chapter's values nobody would
    know whom to ask.
    """
    with TemporaryDirectory(prefix="clm-content-") as folder:
        room = Path(folder)
        left = _copied(places, room)
        while left is not None:
            try:
                return load(replace(places, own=room))
            except Exception as error:
                faults = str(error).split("\n") if isinstance(error, BotError) else []
                left = _without_faults(left, room, faults)
    return None


def _without_faults(files: list[Path], room: Path, faults: list[str]) -> list[Path] | None:
    """The files that no fault names, the others deleted; None when nothing can be left out."""
    named = [path for path in files if any(fault.startswith(f"{path}:") for fault in faults)]
    # Faults that name no file of the chapter's may still be owed to them, such as too much of it.
    bad = named or [path for path in files if path != room / CHAPTER]
    if not bad or room / CHAPTER in bad:
        return None
    for path in bad:
        path.unlink()
    return [path for path in files if path not in bad]


def _copied(places: ContentPlaces, room: Path) -> list[Path] | None:
    """The chapter's own files in another folder; None when chapter.yaml cannot be read."""
    copies = []
    for name, path in _files(places):
        area, _, place = name.partition("/")
        if area != _OWN:
            continue
        copy = room / place
        copy.parent.mkdir(parents=True, exist_ok=True)
        try:
            copy.write_bytes(path.read_bytes())
        except OSError:
            if place == CHAPTER:
                return None
            copy.unlink(missing_ok=True)
        else:
            copies.append(copy)
    return copies


def _instead(places: ContentPlaces, kept: Path, room: Path) -> Iterator[ContentPlaces]:
    try:
        with ZipFile(kept) as archive:
            # Another program may ask for sentences and facts that shipped files of then lack.
            fits = archive.comment == _program()
            archive.extractall(room)
    except (OSError, BadZipFile, EOFError, NotImplementedError, ValueError):
        return
    own, renewed = room / _OWN, room / "renewed"
    own.mkdir(exist_ok=True)
    shutil.copytree(own, renewed)
    with suppress(OSError):
        if places.own is not None:
            shutil.copyfile(places.own / CHAPTER, renewed / CHAPTER)
    for shipped in (places.shipped, room / _SHIPPED) if fits else (places.shipped,):
        yield replace(places, shipped=shipped, own=renewed)
        yield replace(places, shipped=shipped, own=own)


def _files(places: ContentPlaces) -> Iterator[tuple[str, Path]]:
    """Every file that is read, and every one that is not read where it lies, with its name in the
    copy."""
    yield from _below(places.shipped, _SHIPPED)
    if places.own is None:
        return
    chapter, content = places.own / CHAPTER, places.own / _CONTENT
    if os.path.lexists(chapter):
        yield f"{_OWN}/{CHAPTER}", chapter
    if content.resolve() != places.shipped.resolve():
        yield from _below(content, f"{_OWN}/{_CONTENT}")


def _below(folder: Path, name: str) -> Iterator[tuple[str, Path]]:
    found: list[Path] = []
    # A folder that cannot be looked into holds nothing that could be read.
    with suppress(OSError):
        # Going down, rglob passes by a folder that is a link; reading a group of answers does not.
        for path in sorted({*folder.rglob("*"), *folder.glob("*/*")}):
            if not path.name.startswith(".") and _is_yaml(path) and not path.is_dir():
                found.append(path)
    yield from ((f"{name}/{path.relative_to(folder).as_posix()}", path) for path in found)


def _is_yaml(path: Path) -> bool:
    return any(suffix.lower() in (".yaml", ".yml") for suffix in path.suffixes)


def _stamp(path: Path) -> tuple[str, int, int, int, int]:
    try:
        found = path.stat()
    except OSError as error:
        return (str(path), -1, error.errno or 0, 0, 0)
    return (str(path), found.st_mtime_ns, found.st_size, found.st_ino, found.st_mode)


def _program() -> bytes:
    try:
        return version("clm-bot").encode()
    except PackageNotFoundError:
        return b""
