"""An index as bytes, so that a start need not fit the bank again. Plain arrays and text, nothing
that runs when it is read."""

from collections.abc import Mapping
from io import BytesIO
from json import dumps, loads
from typing import Any
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from bot.domain.calibration import Odds
from bot.domain.features import Space, View
from bot.domain.matching import Index
from bot.domain.matching_fit import SHAPE


class UnusableIndex(ValueError):
    """The bytes are not an index of this version; fit the bank again."""


def _packed(value: object) -> NDArray[np.uint8]:
    return np.frombuffer(dumps(value).encode(), dtype=np.uint8)


def _strings(array: NDArray[np.uint8]) -> tuple[str, ...]:
    return tuple(loads(array.tobytes()))


def to_bytes(index: Index) -> bytes:
    """The index as an npz archive; the same index gives the same bytes."""
    space = index.space
    arrays: dict[str, NDArray[Any]] = {
        "shape": np.array([SHAPE]),
        "labels": _packed(index.labels),
        "texts": _packed(index.texts),
        "owners": index.owners,
        "found": index.found,
        "pulls": index.pulls,
        "odds": np.stack([index.odds.in_scope, index.odds.first, index.odds.among]),
        "starts": space.starts,
        "rows": space.rows,
        "values": space.values,
        "places": space.places,
        "frequent": space.frequent,
        "views": np.array([(view.offset, view.unseen) for view in space.views]),
    }
    for at, view in enumerate(space.views):
        arrays[f"grams{at}"] = _packed(list(view.columns))
        arrays[f"weights{at}"] = view.weights
    stream = BytesIO()
    np.savez(stream, allow_pickle=False, **arrays)
    return stream.getvalue()


def from_bytes(data: bytes) -> Index:
    """The index that `to_bytes` wrote. Raises UnusableIndex for anything else."""
    try:
        with np.load(BytesIO(data), allow_pickle=False) as arrays:
            if arrays["shape"].tolist() != [SHAPE]:
                raise UnusableIndex("The stored index is of another version.")
            return _index(arrays)
    except (BadZipFile, KeyError, EOFError, OSError, IndexError, TypeError, ValueError) as error:
        raise UnusableIndex(f"The stored index cannot be read ({error}).") from error


def _index(arrays: Mapping[str, NDArray[Any]]) -> Index:
    views = tuple(
        View(
            int(offset),
            {gram: column for column, gram in enumerate(_strings(arrays[f"grams{at}"]))},
            arrays[f"weights{at}"],
            float(unseen),
        )
        for at, (offset, unseen) in enumerate(arrays["views"])
    )
    held = ("starts", "rows", "values", "places", "frequent")
    return Index(
        labels=_strings(arrays["labels"]),
        texts=_strings(arrays["texts"]),
        owners=arrays["owners"],
        found=arrays["found"],
        space=Space(views, *(arrays[name] for name in held)),
        pulls=arrays["pulls"],
        odds=Odds(*arrays["odds"]),
    )
