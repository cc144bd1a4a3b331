"""Sentences to vectors: the arithmetic, and what happens when the kept files are not as stored."""

import math
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from bot.errors import SemanticError
from bot.semantic.encoder import TOKENS, Encoder, load
from bot.semantic.kept import SUMS, WEIGHTS, checksum, opened
from bot.semantic.layers import gelu
from tests.support.semantic import HEADS, LAYERS, SIZE, keep_tiny, tiny_tensors

Numbers = NDArray[np.float64]
TEXTS = ["how many hours do i need?", "the exam fee", "", "what is the cost of it, fees?", "hours"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("tiny")
    return keep_tiny(made / "home", made / "source")


@pytest.fixture(scope="module")
def encoder(folder: Path) -> Encoder:
    return load(folder)


class Slow:
    """The same model as one reads it in the paper: a token at a time, in double precision."""

    def __init__(self, folder: Path) -> None:
        with opened(folder) as kept:
            names = [name for name in tiny_tensors() if name in kept]
            self.t = {name: kept.floats(name).astype(np.float64) for name in names}

    def dense(self, name: str, x: Numbers) -> Numbers:
        return np.asarray(self.t[f"{name}.weight"] @ x + self.t[f"{name}.bias"])

    def norm(self, name: str, x: Numbers) -> Numbers:
        even = (x - x.mean()) / math.sqrt(x.var() + 1e-12)
        return np.asarray(even * self.t[f"{name}.weight"] + self.t[f"{name}.bias"])

    def looked(self, name: str, tokens: list[Numbers], at: int) -> Numbers:
        q, k, v = (
            [self.dense(f"{name}.attention.self.{part}", x).reshape(HEADS, -1) for x in tokens]
            for part in ("query", "key", "value")
        )
        heads = []
        for head in range(HEADS):
            weights = [math.exp(q[at][head] @ other[head] / math.sqrt(SIZE / HEADS)) for other in k]
            seen = sum(w * other[head] for w, other in zip(weights, v, strict=True))
            heads.append(seen / sum(weights))
        return np.concatenate(heads)

    def layer(self, name: str, tokens: list[Numbers]) -> list[Numbers]:
        found = []
        for at, x in enumerate(tokens):
            seen = self.dense(f"{name}.attention.output.dense", self.looked(name, tokens, at))
            y = self.norm(f"{name}.attention.output.LayerNorm", x + seen)
            wide = self.dense(f"{name}.intermediate.dense", y)
            wide *= [0.5 * (1 + math.erf(value / math.sqrt(2))) for value in wide]
            narrow = self.dense(f"{name}.output.dense", wide)
            found.append(self.norm(f"{name}.output.LayerNorm", y + narrow))
        return found

    def encode(self, pieces: list[int]) -> Numbers:
        words, places, kinds = (
            self.t[f"embeddings.{kind}_embeddings.weight"]
            for kind in ("word", "position", "token_type")
        )
        tokens = [
            self.norm("embeddings.LayerNorm", words[piece] + places[at] + kinds[0])
            for at, piece in enumerate(pieces)
        ]
        for number in range(LAYERS):
            tokens = self.layer(f"encoder.layer.{number}", tokens)
        mean = np.mean(tokens, axis=0)
        return np.asarray(mean / np.linalg.norm(mean))


def test_it_says_what_the_model_says(encoder: Encoder, folder: Path) -> None:
    """Stacked and in single precision, the vectors are those of the model read step by step."""
    slow = Slow(folder)
    expected = np.array([slow.encode(encoder.pieces(text)) for text in TEXTS])
    np.testing.assert_allclose(encoder.encode(TEXTS), expected, atol=1e-5)
    assert np.abs(expected[0] @ expected[1]) < 0.99


def test_rounding_moves_no_number_far(folder: Path) -> None:
    """A quarter of the size costs each number half a step of 127 at most."""
    with opened(folder) as kept:
        for name, tensor in tiny_tensors().items():
            if name.startswith("pooler."):
                assert name not in kept
                continue
            found = kept.floats(name)
            expected = tensor[: len(found)]
            rows = expected.reshape(-1, min(64, expected.shape[-1]))
            rounded = expected.ndim == 2 and name.split(".")[1].partition("_")[0] not in (
                "position", "token",
            )  # fmt: skip
            step = np.abs(rows).max(axis=1, keepdims=True) / 127 if rounded else np.float32(0)
            assert (np.abs(found.reshape(rows.shape) - rows) <= 0.5001 * step).all(), name


def test_a_vector_does_not_depend_on_its_neighbours(encoder: Encoder) -> None:
    """A question gets the same vector alone and among the questions of the whole bank."""
    many = [f"{text} {'the exam ' * (at % 9)}" for at, text in enumerate(TEXTS * 40)]
    assert sum(len(encoder.pieces(text)) for text in many) > 2 * TOKENS
    alone = np.concatenate([encoder.encode([text]) for text in many])
    assert np.abs(encoder.encode(many) - alone).max() < 1e-6


def test_the_same_texts_give_the_same_bits(encoder: Encoder) -> None:
    """Asking again never changes an answer."""
    assert encoder.encode(TEXTS).tobytes() == encoder.encode(TEXTS).tobytes()


def test_every_vector_has_length_one(encoder: Encoder) -> None:
    """A cosine is a plain product, for an empty message and a long one too."""
    found = encoder.encode([*TEXTS, "hours " * 2000])
    assert found.dtype == np.float32
    assert found.shape == (len(TEXTS) + 1, encoder.size)
    np.testing.assert_allclose(np.linalg.norm(found, axis=1), 1, atol=1e-6)


def test_no_texts_give_no_vectors(encoder: Encoder) -> None:
    """A bank without examples is no fault here."""
    assert encoder.encode([]).shape == (0, SIZE)


def test_the_order_of_words_matters(encoder: Encoder) -> None:
    """The model reads sentences and not bags of words."""
    one, other = encoder.encode(["what is the fee, exam cost?", "cost is fee what, the exam?"])
    assert one @ other < 0.9999


def test_gelu_is_exact_to_seven_digits() -> None:
    """The approximated error function moves no score, in the tails either."""
    values = np.linspace(-9, 9, 40_001).astype(np.float32)
    exact = [0.5 * x * (1 + math.erf(x / math.sqrt(2))) for x in values.tolist()]
    np.testing.assert_allclose(gelu(values.copy()), exact, atol=5e-7)


def cut(folder: Path) -> None:
    (folder / WEIGHTS).write_bytes((folder / WEIGHTS).read_bytes()[:-1000])


def flip_a_bit(folder: Path) -> None:
    data = bytearray((folder / WEIGHTS).read_bytes())
    data[len(data) // 2] ^= 1
    (folder / WEIGHTS).write_bytes(data)


def change_a_word(folder: Path) -> None:
    path = folder / "vocab.txt"
    path.write_text(path.read_text("utf-8").replace("exam", "exan"), encoding="utf-8")


def make_newer(folder: Path) -> None:
    with np.load(folder / WEIGHTS) as arrays:
        np.savez(folder / WEIGHTS, **{**arrays, "shape": np.array([99, HEADS])})
    lines = [f"{checksum(folder / name)}  {name}\n" for name in (WEIGHTS, "vocab.txt")]
    (folder / SUMS).write_text("".join(lines), encoding="ascii")


def spoil_the_list(folder: Path) -> None:
    (folder / SUMS).write_bytes(b"\xff\xfe nothing")


@pytest.mark.parametrize("spoil", [cut, flip_a_bit, change_a_word, make_newer, spoil_the_list])
def test_damaged_files_are_told(tmp_path: Path, spoil: Callable[[Path], None]) -> None:
    """What is not as it was stored is never used; the sentence says how to get it anew."""
    folder = keep_tiny(tmp_path / "home", tmp_path / "source")
    spoil(folder)
    with pytest.raises(SemanticError, match="`clm semantic fetch` brings it anew"):
        load(folder)


@pytest.mark.parametrize("name", [WEIGHTS, "vocab.txt", SUMS])
def test_a_missing_file_is_named(tmp_path: Path, name: str) -> None:
    """A file that was deleted is told by its name, with what brings it back."""
    folder = keep_tiny(tmp_path / "home", tmp_path / "source")
    (folder / name).unlink()
    with pytest.raises(SemanticError, match=rf"lacks .*{name}. `clm semantic fetch`"):
        load(folder)


def test_other_weights_have_another_digest(tmp_path: Path) -> None:
    """An index made with other weights is never mistaken for one made with these."""
    folder = keep_tiny(tmp_path / "home", tmp_path / "source")
    before = load(folder).digest
    assert load(folder).digest == before
    with np.load(folder / WEIGHTS) as arrays:
        changed = dict(arrays)
    changed["embeddings.LayerNorm.bias"] += 1
    np.savez(folder / WEIGHTS, **changed)
    lines = [f"{checksum(folder / name)}  {name}\n" for name in (WEIGHTS, "vocab.txt")]
    (folder / SUMS).write_text("".join(lines), encoding="ascii")
    assert load(folder).digest != before
