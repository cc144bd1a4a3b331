"""Text to the pieces of words a BERT model without letter case was trained on.

The rules are those of BERT's own tokenizer (Devlin et al. 2018, uncased): the same text must give
the same pieces, else the model reads another language than it learned.
"""

import unicodedata
from collections.abc import Iterator, Sequence
from itertools import islice

PIECES = 128
"""The most pieces of one text, the two marks around it included; what follows is not read."""
LONGEST_TEXT = 12_000
"""Characters of one text that are looked at, so that its cost is bounded."""
LONGEST_WORD = 100
"""Characters; a longer word is unknown as a whole, as it was in training."""
START, END, UNKNOWN = "[CLS]", "[SEP]", "[UNK]"

_IDEOGRAPHS = (
    (0x3400, 0x4DBF),
    (0x4E00, 0x9FFF),
    (0xF900, 0xFAFF),
    (0x20000, 0x2A6DF),
    (0x2A700, 0x2CEAF),
    (0x2F800, 0x2FA1F),
)


class WordPiece:
    """A vocabulary, and the way from a text to places in it."""

    def __init__(self, vocabulary: Sequence[str]) -> None:
        """`vocabulary` in its order. Raises ValueError when it lacks START, END or UNKNOWN."""
        self._places = {piece: place for place, piece in enumerate(vocabulary)}
        absent = [mark for mark in (START, END, UNKNOWN) if mark not in self._places]
        if absent:
            raise ValueError(f"the vocabulary lacks {' and '.join(absent)}")
        self._longest = max(map(len, vocabulary))

    def __call__(self, text: str) -> list[int]:
        """The places of the text's pieces, between START and END; at most PIECES of them."""
        found = (place for word in words(text) for place in self._pieces(word))
        return [self._places[START], *islice(found, PIECES - 2), self._places[END]]

    def _pieces(self, word: str) -> list[int]:
        unknown = [self._places[UNKNOWN]]
        if len(word) > LONGEST_WORD:
            return unknown
        found: list[int] = []
        at = 0
        while at < len(word):
            place, at = self._longest_piece(word, at)
            if place is None:
                return unknown
            found.append(place)
        return found

    def _longest_piece(self, word: str, start: int) -> tuple[int | None, int]:
        mark = "##" if start else ""
        for end in range(min(len(word), start + self._longest), start, -1):
            place = self._places.get(mark + word[start:end])
            if place is not None:
                return place, end
        return None, start


def words(text: str) -> Iterator[str]:
    """Words in lower case without accents; each sign and each ideograph is a word of its own."""
    word: list[str] = []
    for char in _plain(text[:LONGEST_TEXT]):
        if char.isalnum() and not _is_ideograph(char):
            word.append(char)
            continue
        alone = _is_sign(char) or _is_ideograph(char)
        if not alone and not char.isspace():
            word.append(char)
            continue
        if word:
            yield "".join(word)
            word.clear()
        if alone:
            yield char
    if word:
        yield "".join(word)


def _plain(text: str) -> Iterator[str]:
    for char in unicodedata.normalize("NFD", text):
        if char.isascii() and char.isprintable():
            yield char.lower()
        elif char in "\t\n\r":
            yield " "
        elif char != "\N{REPLACEMENT CHARACTER}" and not _is_dropped(char):
            yield from char.lower()


def _is_dropped(char: str) -> bool:
    # Accents, control and format signs, private use; what Unicode has not assigned stays.
    return unicodedata.category(char) in ("Mn", "Cc", "Cf", "Co", "Cs")


def _is_sign(char: str) -> bool:
    # ASCII's signs count as punctuation here even where Unicode calls them symbols ($, +, ^).
    if char.isascii():
        return char.isprintable() and not char.isalnum() and char != " "
    return unicodedata.category(char).startswith("P")


def _is_ideograph(char: str) -> bool:
    code = ord(char)
    return code >= 0x3400 and any(first <= code <= last for first, last in _IDEOGRAPHS)
