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
from bot.domain.features import Meaning, Space, View
from bot.domain.matching import Index
from bot.domain.matching_fit import SHAPE

_OF_SPACE = ("starts", "rows", "values", "places", "frequent", "meanings")


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
        "pulls": index.pulls,
        "sayings": index.sayings,
        "said": index.said,
        "odds": np.stack([index.odds.in_scope, index.odds.first, index.odds.among]),
        "views": np.array([(view.share, view.offset, view.unseen) for view in space.views]),
        "meaning_share": np.array(space.meaning_share),
        **{name: getattr(space, name) for name in _OF_SPACE},
    }
    for at, view in enumerate(space.views):
        arrays[f"keys{at}"] = view.keys
        arrays[f"weights{at}"] = view.weights
    stream = BytesIO()
    np.savez(stream, allow_pickle=False, **arrays)
    return stream.getvalue()


def from_bytes(data: bytes, meaning: Meaning | None = None) -> Index:
    """The index that `to_bytes` wrote, fitted with this model if any. Raises UnusableIndex for
    anything else."""
    try:
        with np.load(BytesIO(data), allow_pickle=False) as arrays:
            if arrays["shape"].tolist() != [SHAPE]:
                raise UnusableIndex("The stored index is of another version.")
            index = _index(arrays, meaning)
    except (BadZipFile, KeyError, EOFError, OSError, IndexError, TypeError, ValueError) as error:
        raise UnusableIndex(f"The stored index cannot be read ({error}).") from error
    if index.space.has_meanings != (meaning is not None):
        raise UnusableIndex("The stored index is of another level.")
    return index


def _index(arrays: Mapping[str, NDArray[Any]], meaning: Meaning | None) -> Index:
    views = tuple(
        View(float(share), int(offset), arrays[f"keys{at}"], arrays[f"weights{at}"], float(unseen))
        for at, (share, offset, unseen) in enumerate(arrays["views"])
    )
    return Index(
        labels=_strings(arrays["labels"]),
        texts=_strings(arrays["texts"]),
        owners=arrays["owners"],
        space=Space(
            views=views,
            meaning_share=float(arrays["meaning_share"]),
            **{name: arrays[name] for name in _OF_SPACE},
        ),
        pulls=arrays["pulls"],
        odds=Odds(*arrays["odds"]),
        sayings=arrays["sayings"],
        said=arrays["said"],
        meaning=meaning,
    )
