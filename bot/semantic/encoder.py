"""Sentences to vectors whose cosine says how near they are in meaning: all-MiniLM-L6-v2 in numpy.

Architecture and names of tensors are BERT's (Devlin et al. 2018); a sentence is the mean of its
tokens, brought to length 1, as the model card says.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bot.semantic.kept import POSITIONS, VOCABULARY, WORDS, Kept, check, opened, told
from bot.semantic.layers import Dense, Floats, Layer, Norm, runs_of
from bot.semantic.wordpiece import WordPiece

TOKENS = 512
"""Tokens that go through the layers at once; more brings no speed and takes memory."""


@dataclass(frozen=True, slots=True)
class Embedding:
    """Vectors of pieces, kept as small integers since a text needs few of them at a time."""

    rows: NDArray[np.int8]
    scales: Floats
    places: Floats
    """What is added at each place of a text."""
    norm: Norm

    def __call__(self, texts: Sequence[Sequence[int]]) -> Floats:
        """The tokens of the texts, end to end."""
        pieces = np.concatenate([np.asarray(text) for text in texts])
        at = np.concatenate([np.arange(len(text)) for text in texts])
        return self.norm(self.rows[pieces] * self.scales[pieces] + self.places[at])


@dataclass(frozen=True, slots=True)
class Encoder:
    """A model at rest; it may be used by several threads at once."""

    digest: str
    """Changes whenever vectors may change; belongs into the key of whatever is made of them."""
    pieces: WordPiece
    embedding: Embedding
    layers: tuple[Layer, ...]

    @property
    def size(self) -> int:
        """Numbers in a vector."""
        return int(self.embedding.rows.shape[1])

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """A row of length 1 for each text, in their order.

        Only the first PIECES pieces of a text are read. The same texts give the same bits; a text
        alone and among others gives the same row to within rounding (1e-6).
        """
        pieces = [self.pieces(text) for text in texts]
        order = sorted(range(len(pieces)), key=lambda at: len(pieces[at]))
        found = np.empty((len(pieces), self.size), dtype=np.float32)
        for batch in _batches(order, [len(text) for text in pieces]):
            found[batch] = self._encoded([pieces[at] for at in batch])
        return found

    def _encoded(self, texts: Sequence[Sequence[int]]) -> Floats:
        rows = self.embedding(texts)
        runs = runs_of([len(text) for text in texts])
        for layer in self.layers:
            rows = layer(rows, runs)
        means = np.concatenate(
            [
                rows[run.start : run.stop].reshape(-1, run.length, self.size).mean(axis=1)
                for run in runs
            ]
        )
        lengths = np.linalg.norm(means, axis=1, keepdims=True)
        found: Floats = means / np.maximum(lengths, np.float32(1e-12))
        return found


def _batches(order: Sequence[int], lengths: Sequence[int]) -> Iterator[list[int]]:
    batch: list[int] = []
    tokens = 0
    for at in order:
        if batch and tokens + lengths[at] > TOKENS:
            yield batch
            batch, tokens = [], 0
        batch.append(at)
        tokens += lengths[at]
    if batch:
        yield batch


def load(folder: Path) -> Encoder:
    """The encoder that is kept in a folder.

    Raises SemanticError when it is missing, damaged or of another version; the sentence says how
    to get it.
    """
    digest = check(folder)
    with told(folder), opened(folder) as kept:
        vocabulary = (folder / VOCABULARY).read_text(encoding="utf-8").split("\n")[:-1]
        return Encoder(digest, WordPiece(vocabulary), _embedding(kept), tuple(_layers(kept)))


def _embedding(kept: Kept) -> Embedding:
    rows, scales = kept.rounded(WORDS)
    kinds = kept.floats("embeddings.token_type_embeddings.weight")
    places = kept.floats(POSITIONS)
    return Embedding(rows, scales, places + kinds[0], _norm(kept, "embeddings.LayerNorm"))


def _layers(kept: Kept) -> Iterator[Layer]:
    number = 0
    while f"{(name := f'encoder.layer.{number}')}.output.dense.weight" in kept:
        yield Layer(
            heads=kept.heads,
            looking=_dense(
                kept, *(f"{name}.attention.self.{part}" for part in ("query", "key", "value"))
            ),
            seen=_dense(kept, f"{name}.attention.output.dense"),
            seen_norm=_norm(kept, f"{name}.attention.output.LayerNorm"),
            wide=_dense(kept, f"{name}.intermediate.dense"),
            narrow=_dense(kept, f"{name}.output.dense"),
            norm=_norm(kept, f"{name}.output.LayerNorm"),
        )
        number += 1


def _dense(kept: Kept, *names: str) -> Dense:
    weights = [kept.floats(f"{name}.weight") for name in names]
    return Dense(
        np.ascontiguousarray(np.concatenate(weights).T),
        np.concatenate([kept.floats(f"{name}.bias") for name in names]),
    )


def _norm(kept: Kept, name: str) -> Norm:
    return Norm(kept.floats(f"{name}.weight"), kept.floats(f"{name}.bias"))
