"""The index of a bank: from the cache, else fitted; a large bank in a process of its own, so that
neither its memory nor its work is the bot's."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from functools import partial
from io import BytesIO
from json import dumps, loads
from pathlib import Path
from tempfile import TemporaryFile
from threading import Event
from zipfile import BadZipFile

import numpy as np

from bot.domain.features import Meaning
from bot.domain.matching import Example, Index
from bot.domain.matching_file import UnusableIndex, from_bytes, to_bytes
from bot.domain.matching_fit import (
    Fitted,
    content_key,
    examples_in_order,
    fit,
    fit_and_try,
)
from bot.errors import InputError, SemanticError
from bot.semantic.encoder import load
from bot.semantic.kept import is_kept

MOST_INDEXES = 2
"""Indexes in the cache: who takes back an edit need not wait for a fit again."""
_LOOK_S = 0.1
FITTED_HERE = 3_000
"""Up to so many examples a fit is quick and small enough to be done at once."""


class GivenUp(Exception):
    """A fit beside the work that came to nothing."""


def index_of(
    examples: Sequence[Example],
    cache: Path | None = None,
    semantic: Path | None = None,
    before: Callable[[], None] = lambda: None,
) -> Index:
    """The index of these examples, kept in `cache`; with meaning where the folder `semantic` holds
    a usable model. `before` is called when it must be fitted first and that takes time.

    Raises InputError when there are too many examples or none of an entry.
    """
    meaning = meaning_in(semantic)
    if cache is None:
        return fit(examples, meaning)
    stored = _stored(examples, cache, meaning)
    with suppress(UnusableIndex, OSError):
        return from_bytes(stored.read_bytes(), meaning)
    if len(examples) > FITTED_HERE and _make_room(stored):
        before()
        _fit_apart(examples, stored, semantic if meaning else None)
        with suppress(UnusableIndex, OSError):
            return from_bytes(stored.read_bytes(), meaning)
    fitted = fit_and_try(examples, meaning)
    if _make_room(stored):
        with suppress(OSError):
            write(fitted, stored)
    return fitted.index


def learned(cache: Path, semantic: Path | None, examples: Sequence[Example], ended: Event) -> Index:
    """The index of a bank edited in chat, likewise; it is fitted beside the work and given up once
    `ended` is set.

    Raises InputError, and GivenUp where nothing came of it.
    """
    if found := known(cache, semantic, examples):
        return found
    if ended.is_set():
        raise GivenUp
    meaning = meaning_in(semantic)
    stored = _stored(examples, cache, meaning)
    has_room = _make_room(stored)
    if len(examples) <= FITTED_HERE or not has_room:
        fitted = fit_and_try(examples, meaning)
        if has_room:
            with suppress(OSError):
                write(fitted, stored)
        return fitted.index
    _fit_apart(examples, stored, semantic if meaning else None, ended)
    try:
        return from_bytes(stored.read_bytes(), meaning)
    except (UnusableIndex, OSError) as error:
        raise GivenUp from error


def known(cache: Path, semantic: Path | None, examples: Sequence[Example]) -> Index | None:
    """The index of a bank edited in chat, where it was fitted already; else None."""
    meaning = meaning_in(semantic)
    with suppress(UnusableIndex, OSError):
        return from_bytes(_stored(examples, cache, meaning).read_bytes(), meaning)
    return None


def fitted_of(
    examples: Sequence[Example], cache: Path | None = None, semantic: Path | None = None
) -> Fitted:
    """The index, and what each example scores when its author is left out."""
    if cache is None:
        return fit_and_try(examples, meaning_in(semantic))
    index = index_of(examples, cache, semantic)
    stored, known = _stored(examples, cache, index.meaning), examples_in_order(examples)
    with suppress(OSError, ValueError, EOFError, BadZipFile, AttributeError):
        # Read whole first: numpy leaves a file open that turns out to be damaged.
        data = BytesIO(_scores_beside(stored).read_bytes())
        scores = np.load(data, allow_pickle=False).astype(np.float32)
        if scores.shape == (len(known), len(index.labels)):
            return Fitted(index, known, scores)
    # Without its scores an index is only half of what was kept.
    fitted = fit_and_try(examples, index.meaning)
    if _make_room(stored):
        with suppress(OSError):
            write(fitted, stored)
    return fitted


def _stored(examples: Sequence[Example], cache: Path, meaning: Meaning | None) -> Path:
    return cache / f"index-{content_key(examples, meaning)}.npz"


def _scores_beside(stored: Path) -> Path:
    return stored.with_suffix(".scores.npy")


def meaning_in(semantic: Path | None) -> Meaning | None:
    """The model in a folder; None where there is none, or none that can be used: `clm doctor`
    says so, and everything works without it."""
    if semantic is None:
        return None
    try:
        return load(semantic) if is_kept(semantic) else None
    except SemanticError:
        return None


def fitting_with(semantic: Path | None) -> Callable[[Iterable[Example]], Index]:
    """How any examples are fitted, with the model in a folder where it holds one."""
    return partial(fit, meaning=meaning_in(semantic))


def write(fitted: Fitted, stored: Path) -> None:
    """Keep what was fitted under a name, whole or not at all."""
    scores = BytesIO()
    np.save(scores, fitted.scores, allow_pickle=False)
    _write_whole(scores.getvalue(), _scores_beside(stored))
    _write_whole(to_bytes(fitted.index), stored)


def _write_whole(data: bytes, path: Path) -> None:
    # A name of its own: two starts at once must not write into one another's file.
    unfinished = path.with_suffix(f".{os.getpid()}.part")
    try:
        unfinished.write_bytes(data)
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)


def _make_room(stored: Path) -> bool:
    """Whether an index can be kept here; a cache that cannot be written only costs time."""
    try:
        stored.parent.mkdir(parents=True, exist_ok=True)
        kept = sorted(stored.parent.glob("index-*.npz"), key=lambda path: path.stat().st_mtime)
        for old in kept[: -MOST_INDEXES + 1]:
            old.unlink(missing_ok=True)
            _scores_beside(old).unlink(missing_ok=True)
    except OSError:
        return False
    return os.access(stored.parent, os.W_OK)


def _fit_apart(
    examples: Iterable[Example], stored: Path, semantic: Path | None, ended: Event | None = None
) -> None:
    given = dumps([[one.text, one.label, one.author] for one in examples])
    command = [sys.executable, "-m", "bot.services.fitting", str(stored)]
    # Files, not pipes: whoever waits for the end must not have to feed a process meanwhile.
    with TemporaryFile() as told, TemporaryFile() as said:
        told.write(given.encode())
        told.seek(0)
        process = subprocess.Popen(
            [*command, *([str(semantic)] if semantic else [])],
            stdin=told,
            stdout=subprocess.DEVNULL,
            stderr=said,
            env={**os.environ, "OPENBLAS_NUM_THREADS": str(os.cpu_count() or 1)},
        )
        _wait_for(process, ended or Event())
        said.seek(0)
        if process.returncode == InputError.exit_code:
            raise InputError(said.read().decode(errors="replace").strip())


def _wait_for(process: "subprocess.Popen[bytes]", ended: Event) -> None:
    """Wait for a process, which is ended when it is no longer wanted."""
    try:
        while process.poll() is None:
            if ended.wait(_LOOK_S):
                process.kill()
                process.wait()
    except BaseException:
        process.kill()
        process.wait()
        raise


def examples_of(given: str) -> list[Example]:
    """The examples that another process was handed."""
    return [Example(*one) for one in loads(given)]
