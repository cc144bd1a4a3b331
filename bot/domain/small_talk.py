"""What needs no answer from the bank: greetings, thanks, reactions and noise.

The words are content (small_talk.yaml); here stand only the shapes. A message is small talk only
when all of it is, so a short real question ("fee?") never is.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from bot.domain.text import clean, words

Kind = Literal["greeting", "thanks", "reaction", "noise", "question"]
Phrase = tuple[str, ...]
Knows = Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class SmallTalk:
    """The words of small talk, each phrase as its normalised words; see small_talk.yaml."""

    greetings: frozenset[Phrase]
    greetings_alone: frozenset[Phrase]
    addressees: frozenset[Phrase]
    thanks: frozenset[Phrase]
    reactions: frozenset[Phrase]
    trying_out: frozenset[Phrase]
    softeners: frozenset[Phrase]
    keyboard_rows: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Heard:
    """What kind of message it is, and the text to match: the message without the greeting before
    and the thanks after it."""

    kind: Kind
    question: str


@dataclass(frozen=True, slots=True)
class _Token:
    forms: tuple[str, ...]
    start: int
    end: int


_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_HELD_DOWN = re.compile(r"(.)\1{2,}")
_LEADING = " \t\n,.;:!?…·~-–—)*_\"'"
_LONGEST_PHRASE = 5
_MOST_WORDS = 12
"""A longer message is read as a question whatever it says."""

_PAUSE = re.compile(r"[.!?,;:…–—\-]\s*$")
_ONE_LETTER = re.compile(r"([a-z])\1*$")
_REPEATED = re.compile(r"([a-z]{1,2})\1+[a-z]?$|([a-z]{3,4})\2+$")
_LAUGHTER_AT_LEAST = 4
_NO_VOWEL_RUN = re.compile(r"[bcdfghjklmnpqrstvwxz]{6,}")
_ROW_AT_LEAST = 4


def phrases(lines: Iterable[str]) -> frozenset[Phrase]:
    """Phrases as the matcher reads them."""
    return frozenset(found for line in lines if (found := words(line)))


def hear(text: str, talk: SmallTalk, knows: Knows = lambda _: False) -> Heard:
    """Tell small talk from a question. `knows` says whether a word occurs in the bank: such a
    word is never taken for a hand that fell on the keys."""
    shown = clean(text)
    tokens = _tokens(shown)
    plain = [form for token in tokens for form in token.forms[:1]]
    if not tokens or all(word.isdigit() for word in plain):
        return Heard("noise", shown)
    if len(tokens) <= _MOST_WORDS:
        kind = _kind(tokens, talk, asking="?" in shown)
        if kind is not None:
            return Heard(kind, shown)
        if all(_is_mash(word, talk) and not knows(word) for word in plain):
            return Heard("noise", shown)
    return Heard("question", _question(shown, tokens, talk))


def _tokens(shown: str) -> list[_Token]:
    """The words with their places in the text, each also with held-down letters let go; of a long
    text only both ends, where greetings and thanks stand."""
    found: list[_Token] = []
    spans = list(_WORD.finditer(shown))
    if len(spans) > 2 * _MOST_WORDS:
        spans = spans[:_MOST_WORDS] + spans[-_MOST_WORDS:]
    for match in spans:
        for word in words(match.group()):
            forms = (word, _HELD_DOWN.sub(r"\1\1", word), _HELD_DOWN.sub(r"\1", word))
            found.append(_Token(tuple(dict.fromkeys(forms)), match.start(), match.end()))
    return found


def _at(tokens: list[_Token], start: int, known: frozenset[Phrase]) -> int:
    """How many words from `start` on are the longest phrase of `known`; 0 if none."""
    for length in range(min(_LONGEST_PHRASE, len(tokens) - start), 0, -1):
        part = tokens[start : start + length]
        variants = {
            tuple(token.forms[min(way, len(token.forms) - 1)] for token in part) for way in range(3)
        }
        if not known.isdisjoint(variants):
            return length
    return 0


def _kind(tokens: list[_Token], talk: SmallTalk, *, asking: bool) -> Kind | None:
    """The kind of a message that is small talk from end to end, else None."""
    lists: list[tuple[Kind | None, frozenset[Phrase]]] = [
        ("thanks", talk.thanks),
        ("greeting", talk.greetings | talk.greetings_alone),
        ("reaction", talk.reactions),
        (None, talk.addressees),
        (None, talk.softeners),
    ]
    if not asking:
        lists.append(("noise", talk.trying_out))
    met: set[Kind] = set()
    at = 0
    while at < len(tokens):
        lengths = [_at(tokens, at, known) for _, known in lists]
        longest = max(lengths)
        if longest:
            kind = lists[lengths.index(longest)][0]
        elif met and tokens[at].forms[0].isdigit():
            kind, longest = None, 1
        elif _is_laughter(tokens[at].forms[0]):
            kind, longest = "reaction", 1
        else:
            return None
        at += longest
        if kind is not None:
            met.add(kind)
    order: tuple[Kind, ...] = ("thanks", "greeting", "reaction", "noise")
    return next((kind for kind in order if kind in met), None)


def _question(shown: str, tokens: list[_Token], talk: SmallTalk) -> str:
    first, last = 0, len(tokens)
    while first < last and (length := _at(tokens, first, talk.greetings)):
        first += length
        first += _at(tokens, first, talk.addressees)
    closing = talk.thanks | talk.softeners | talk.addressees
    for start in range(max(first + 1, last - _MOST_WORDS), last):
        paused = _PAUSE.search(shown[: tokens[start].start])
        if paused and _covers(tokens[start:], closing) and _at(tokens, start, talk.thanks):
            last = start
            break
    begin = tokens[first - 1].end if first else 0
    end = tokens[last].start if last < len(tokens) else len(shown)
    return (shown[begin:end].lstrip(_LEADING) if first else shown[:end]).rstrip() or shown


def _covers(tokens: list[_Token], known: frozenset[Phrase]) -> bool:
    at = 0
    while at < len(tokens) and (length := _at(tokens, at, known)):
        at += length
    return at == len(tokens)


def _is_laughter(word: str) -> bool:
    return len(word) >= _LAUGHTER_AT_LEAST and bool(_REPEATED.match(word))


def _is_mash(word: str, talk: SmallTalk) -> bool:
    """Whether a word looks like keys pressed at random: one letter, one thing over and over,
    neighbours on the keyboard, or consonants that nobody could say."""
    if not word.isascii() or not word.isalpha():
        return False
    return (
        bool(_ONE_LETTER.match(word))
        or _is_laughter(word)
        or bool(_NO_VOWEL_RUN.search(word))
        or _walks_a_row(word, talk.keyboard_rows)
    )


def _walks_a_row(word: str, rows: tuple[str, ...]) -> bool:
    places = {letter: (row, at) for row, line in enumerate(rows) for at, letter in enumerate(line)}
    where = [places.get(letter, (-1, -9)) for letter in word]
    steps = [(a[0] == b[0]) and abs(a[1] - b[1]) <= 1 for a, b in pairwise(where)]
    return len(set(word)) >= _ROW_AT_LEAST and all(steps)
