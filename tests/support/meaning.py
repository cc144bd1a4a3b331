"""A model of meaning that knows a handful of words, some of which no bank holds."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.domain.text import words

_TOPICS = (
    "open opening close closing hours early abre horario",
    "ticket price cost fee entry much precio tarifa",
    "swim swimming lessons course learn nadar",
    "lost found left forgot keys towel perdido",
)


@dataclass(frozen=True)
class PoolMeaning:
    """Each topic is a direction of its own; a text that has none lies in one more."""

    digest: str = "pool-1"

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """A row of length one for each text."""
        rows = np.zeros((len(texts), len(_TOPICS) + 1), dtype=np.float32)
        for row, text in zip(rows, texts, strict=True):
            said = set(words(text))
            row[:-1] = [len(said & set(topic.split())) for topic in _TOPICS]
            row[-1] = not row.any()
        found: NDArray[np.float32] = rows / np.linalg.norm(rows, axis=1, keepdims=True)
        return found
