"""Phrases of content found in a message, each with what it stands for.

A phrase is compared as the matcher reads words: small letters, no accents, no punctuation. A `*`
in it stands for up to three words out of a list of fillers ("i * failed": "i unfortunately have
failed"), so that "i never failed" is not taken for it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from bot.domain.text import words

ANY = "*"
_MOST_FILLERS = 3

Tokens = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """A phrase of `owner` that stands at the words from `start` up to `end`."""

    owner: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Phrases by their first word, each with its owner, the longest first."""

    phrases: Mapping[str, tuple[tuple[Tokens, str], ...]] = field(default_factory=dict)
    fillers: frozenset[str] = frozenset()

    def found(self, tokens: Tokens) -> list[Found]:
        """Every phrase that stands in the words, from left to right; of phrases that overlap
        the one that begins first, and of those the longest."""
        found: list[Found] = []
        at = 0
        while at < len(tokens):
            here = self._at(tokens, at)
            if here is not None:
                found.append(here)
            at = here.end if here else at + 1
        return found

    def begins(self, tokens: Tokens, at: int) -> bool:
        """Whether a phrase begins with the word at `at`."""
        return at < len(tokens) and self._at(tokens, at) is not None

    def ends(self, tokens: Tokens, at: int) -> bool:
        """Whether a phrase ends right before the word at `at`."""
        return any(one.end == at for one in self.found(tokens[:at]))

    def _at(self, tokens: Tokens, at: int) -> Found | None:
        for phrase, owner in self.phrases.get(tokens[at], ()):
            end = self._end(tokens, at, phrase)
            if end:
                return Found(owner, at, end)
        return None

    def _end(self, tokens: Tokens, at: int, phrase: Tokens) -> int:
        """Where the phrase that begins at `at` ends; 0 when it does not stand there."""
        for place, word in enumerate(phrase):
            if word == ANY:
                rest = phrase[place + 1 :]
                return self._end_after_fillers(tokens, at, rest)
            if at >= len(tokens) or tokens[at] != word:
                return 0
            at += 1
        return at

    def _end_after_fillers(self, tokens: Tokens, at: int, rest: Tokens) -> int:
        for _ in range(_MOST_FILLERS + 1):
            if end := self._end(tokens, at, rest):
                return end
            if at >= len(tokens) or tokens[at] not in self.fillers:
                return 0
            at += 1
        return 0


NOTHING = Lexicon()
"""In which no phrase stands."""


def lexicon(lines: Mapping[str, Iterable[str]], fillers: Iterable[str] = ()) -> Lexicon:
    """The phrases of each owner; of a phrase that stands with two, the first owner keeps it."""
    by_first: dict[str, dict[Tokens, str]] = {}
    for owner, texts in lines.items():
        for text in texts:
            if phrase := phrase_of(text):
                by_first.setdefault(phrase[0], {}).setdefault(phrase, owner)
    return Lexicon(
        {
            first: tuple(sorted(known.items(), key=lambda one: -len(one[0])))
            for first, known in by_first.items()
        },
        frozenset(word for text in fillers for word in words(text)),
    )


def phrase_of(text: str) -> Tokens:
    """The words of a phrase, its `*` kept; empty when no word is in it."""
    parts: list[str] = []
    for part in text.split():
        parts.extend((ANY,) if part == ANY else words(part))
    while parts and parts[-1] == ANY:
        parts.pop()
    return tuple(parts) if parts and parts[0] != ANY else ()
