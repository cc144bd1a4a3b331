"""What a text is taken apart into, as numbers: equal grams are equal numbers, on every machine."""

from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from bot.domain.text import character_grams, stem, words

Keys = NDArray[np.uint64]
Tokens = tuple[str, ...]

SHORTEST, LONGEST = 2, 5
"""Characters in the pieces of a word."""
NEAR = 6
"""How many words further on a word still stands near."""

_HALF = np.uint64(32)


def _stems(tokens: Tokens) -> Keys:
    return np.array([crc32(stem(token).encode()) for token in tokens], dtype=np.uint64)


def word_and_pair_keys(tokens: Tokens) -> Keys:
    """Stems, and pairs of stems that follow one another."""
    stems = _stems(tokens)
    return np.concatenate([stems, (stems[:-1] << _HALF) | stems[1:]])


def near_pairs(tokens: Tokens) -> Keys:
    """Stems, and pairs of different stems that stand near one another, in any order."""
    stems = _stems(tokens)
    found = [stems]
    for distance in range(1, NEAR + 1):
        one, other = stems[:-distance], stems[distance:]
        pairs = (np.minimum(one, other) << _HALF) | np.maximum(one, other)
        found.append(pairs[one != other])
    return np.concatenate(found)


def pieces(tokens: Tokens) -> Keys:
    """Pieces of the words, whose edges count."""
    grams = character_grams(tokens, SHORTEST, LONGEST)
    return np.array([crc32(gram.encode()) for gram in grams], dtype=np.uint64)


def saying(text: str) -> np.uint64:
    """A whole text, as far as its words go."""
    spoken = " ".join(words(text)).encode()
    return (np.uint64(crc32(spoken)) << _HALF) | np.uint64(crc32(spoken[::-1]))
