"""How people go on in a conversation: the words of conversation.yaml, and looking for them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from bot.domain.small_talk import Phrase
from bot.domain.text import words

_LONGEST_PHRASE = 8
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


@dataclass(frozen=True, slots=True)
class Phrasing:
    """The phrases of conversation.yaml, each as its normalised words.

    `remembered` is how long a message is read together with the turn before it; a message of more
    than `longest_follow_up` words never is.
    """

    remembered: timedelta
    longest_follow_up: int
    joints: frozenset[Phrase]
    asking: frozenset[Phrase]
    openers: frozenset[Phrase]
    pointers: frozenset[Phrase]
    plain: frozenset[Phrase]
    corrections: frozenset[Phrase]
    refusals: frozenset[Phrase]
    none_of_these: frozenset[Phrase]


NO_PHRASING = Phrasing(timedelta(0), 1, *(8 * (frozenset[Phrase](),)))
"""With it every message is read for itself and whole."""


@dataclass(frozen=True, slots=True)
class Token:
    """One word of a text as it is compared, and where it stands there."""

    word: str
    start: int
    end: int


def tokens_of(text: str) -> list[Token]:
    """The words of a text with their places in it."""
    return [
        Token(word, found.start(), found.end())
        for found in _WORD.finditer(text)
        for word in words(found.group())
    ]


def phrase_at(tokens: Sequence[Token], start: int, known: frozenset[Phrase]) -> int:
    """How many words from `start` on are the longest phrase of `known`; 0 if none."""
    for length in range(min(_LONGEST_PHRASE, len(tokens) - start), 0, -1):
        if tuple(token.word for token in tokens[start : start + length]) in known:
            return length
    return 0


def is_made_of(tokens: Sequence[Token], known: frozenset[Phrase]) -> bool:
    """Whether phrases of `known` are all that a text consists of."""
    at = 0
    while at < len(tokens) and (length := phrase_at(tokens, at, known)):
        at += length
    return bool(tokens) and at == len(tokens)
