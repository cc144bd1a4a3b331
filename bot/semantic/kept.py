"""The weights as they are kept on disk: rounded to 8-bit integers, with checksums beside them."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from hashlib import sha256
from importlib.resources import files
from math import gcd
from pathlib import Path
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from bot.errors import SemanticError
from bot.semantic.layers import Floats
from bot.semantic.wordpiece import PIECES

MODEL = "all-MiniLM-L6-v2"
WEIGHTS, VOCABULARY, SUMS = "weights.npz", "vocab.txt", "SHA256SUMS"
SHAPE = 1
"""Version of the form; weights of another version are fetched anew."""
WORDS = "embeddings.word_embeddings.weight"
POSITIONS = "embeddings.position_embeddings.weight"
LEVELS = 127
GROUP = 64
"""Neighbours in a row of a layer that share a scale. One scale a row costs twice the loss."""
_SCALE = ":scale"
_CHUNK = 1 << 20


def semantic_folder(home: Path) -> Path:
    """Where the weights are kept below `$CLM_HOME`."""
    return home / "semantic"


def checksum(path: Path) -> str:
    """The file's SHA-256 in hexadecimal digits."""
    found = sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            found.update(chunk)
    return found.hexdigest()


def write(folder: Path, tensors: Iterator[tuple[str, Floats]], heads: int, vocab: Path) -> None:
    """Fill an empty folder with weights, vocabulary, notice, licence and checksums.

    Words are rounded to one scale a row, matrices of layers to one a GROUP; the small rest stays
    as it is, places that no text reaches are left out.
    """
    arrays: dict[str, NDArray[np.generic]] = {"shape": np.array([SHAPE, heads])}
    for name, tensor in tensors:
        if name == WORDS:
            arrays[name], arrays[name + _SCALE] = _rounded(tensor, tensor.shape[1])
        elif name.startswith("encoder.") and tensor.ndim == 2:
            arrays[name], arrays[name + _SCALE] = _rounded(tensor, gcd(GROUP, tensor.shape[1]))
        else:
            arrays[name] = tensor[:PIECES] if name == POSITIONS else tensor
    np.savez(folder / WEIGHTS, allow_pickle=False, **arrays)
    (folder / VOCABULARY).write_bytes(vocab.read_bytes())
    for name, source in (("LICENSE", "LICENSE-APACHE-2.0.txt"), ("NOTICE", "NOTICE.txt")):
        (folder / name).write_bytes(files(__package__).joinpath(source).read_bytes())
    lines = [f"{checksum(folder / name)}  {name}\n" for name in (WEIGHTS, VOCABULARY)]
    (folder / SUMS).write_text("".join(lines), encoding="ascii")


def _rounded(matrix: Floats, group: int) -> tuple[NDArray[np.int8], Floats]:
    groups = matrix.reshape(len(matrix), -1, group)
    scale = np.abs(groups).max(axis=2) / np.float32(LEVELS)
    scale[scale == 0] = 1
    return np.rint(groups / scale[:, :, None]).astype(np.int8).reshape(matrix.shape), scale


def is_kept(folder: Path) -> bool:
    """Whether there are weights, sound or not. Raises SemanticError when nobody may look."""
    with told(folder):
        return (folder / SUMS).exists() or (folder / WEIGHTS).exists()


def check(folder: Path) -> str:
    """Compare every file with its checksum; gives the digest of all of them.

    Raises SemanticError when a file is missing, damaged or cannot be read.
    """
    with told(folder):
        listed = (folder / SUMS).read_bytes()
        sums = [line.split("  ") for line in listed.decode("ascii").splitlines()]
        if [name for _, name in sums] != [WEIGHTS, VOCABULARY]:
            raise ValueError(f"{SUMS} does not list what it should")
        for digest, name in sums:
            if checksum(folder / name) != digest:
                raise ValueError(f"{name} is not as it was stored")
    return sha256(listed).hexdigest()


@contextmanager
def told(folder: Path) -> Iterator[None]:
    """Tell what is wrong with the kept files in a sentence, as SemanticError."""
    try:
        yield
    except FileNotFoundError as error:
        raise SemanticError(
            f"The semantic level lacks {error.filename}. `clm semantic fetch` brings it."
        ) from None
    except OSError as error:
        raise SemanticError(
            f"The semantic level in {folder} cannot be read ({error.strerror})."
        ) from None
    except (ValueError, KeyError, EOFError, BadZipFile) as error:
        why = str(error).strip('"') or "a file is cut off"
        raise SemanticError(
            f"The semantic level in {folder} is damaged or of another version ({why}). "
            "`clm semantic fetch` brings it anew."
        ) from None


class Kept:
    """Tensors of a weights file by name, made when they are asked for."""

    def __init__(self, arrays: Mapping[str, NDArray[np.generic]]) -> None:
        """Raises ValueError when the file is of another version of the form."""
        shape, heads = arrays["shape"].tolist()
        if shape != SHAPE:
            raise ValueError(f"its form is {shape} and not {SHAPE}")
        self.heads = int(heads)
        self._arrays = arrays

    def __contains__(self, name: str) -> bool:
        return name in self._arrays

    def floats(self, name: str) -> Floats:
        """A tensor, brought back to scale where it was rounded."""
        if name + _SCALE not in self._arrays:
            return self._arrays[name].astype(np.float32)
        rows, scales = self.rounded(name)
        return (rows.reshape(*scales.shape, -1) * scales[:, :, None]).reshape(rows.shape)

    def rounded(self, name: str) -> tuple[NDArray[np.int8], Floats]:
        """A matrix as it is kept, and for each row the scales of its groups."""
        return self._arrays[name].astype(np.int8), self._arrays[name + _SCALE].astype(np.float32)


@contextmanager
def opened(folder: Path) -> Iterator[Kept]:
    """The weights of a folder, as long as they are read."""
    with np.load(folder / WEIGHTS, allow_pickle=False) as arrays:
        yield Kept(arrays)
