"""Reading a safetensors file: 8 bytes with the length of a header, the header as JSON, the numbers.

Format: https://huggingface.co/docs/safetensors (metadata parsing).
"""

from collections.abc import Callable, Iterator
from json import loads
from pathlib import Path

import numpy as np

from bot.semantic.layers import Floats

_LONGEST_HEADER = 1 << 24
"""Bytes; the header of a model of this kind has some ten thousand."""


def tensors(path: Path, wanted: Callable[[str], bool]) -> Iterator[tuple[str, Floats]]:
    """The wanted tensors by name, one in memory at a time.

    Raises ValueError when the file is cut off, or a wanted tensor is not of 32-bit floats.
    """
    with path.open("rb") as file:
        length = int.from_bytes(file.read(8), "little")
        if length > _LONGEST_HEADER:
            raise ValueError("the header of the file is longer than any header")
        header = loads(file.read(length))
        header.pop("__metadata__", None)
        for name in filter(wanted, header):
            entry = header[name]
            if entry["dtype"] != "F32":
                raise ValueError(f"{name} is of {entry['dtype']} and not of F32")
            start, stop = entry["data_offsets"]
            file.seek(8 + length + start)
            data = file.read(stop - start)
            yield name, np.frombuffer(data, dtype="<f4").reshape(entry["shape"])
