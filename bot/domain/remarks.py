"""What is said first, before the facts: to trouble, to insults, to another language.

The words and sentences are content (remarks.yaml); here stands only when they apply.
"""

import unicodedata
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.domain.lexicon import NOTHING, Lexicon, Tokens
from bot.domain.text import clean, words

_WORDS_AT_LEAST = 2
_SHARE_AT_LEAST = 0.25
"""So many words of another language's commonest, and at least this share, and more than of
English: below it a name or a word picked up abroad would already count."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of message: `first` stands before an answer, `alone` in place of "I don't know".

    `only` names the entries that may be shown all the same; None means every one. Where it is
    `gentle`, no guesses are offered unless something is asked.
    """

    first: str
    alone: str
    only: frozenset[str] | None = None
    gentle: bool = False


@dataclass(frozen=True, slots=True)
class Languages:
    """The commonest words of languages, English under ""; for languages with another script the
    first word of its letters' Unicode names, what tells two languages apart first (Japanese has
    Chinese letters too); and what is said of each language."""

    words: Mapping[str, frozenset[str]] = field(default_factory=dict)
    letters: Mapping[str, str] = field(default_factory=dict)
    sentences: Mapping[str, Kind] = field(default_factory=dict)


NO_LANGUAGES = Languages()


@dataclass(frozen=True, slots=True)
class Remarks:
    """The kinds by name, in the order in which they are said; their words; `supposing` are the
    words before one by which it did not happen ("if I failed"), `pleasantries` the beginnings of
    friendly clauses."""

    kinds: Mapping[str, Kind] = field(default_factory=dict)
    lexicon: Lexicon = NOTHING
    supposing: Lexicon = NOTHING
    pleasantries: Lexicon = NOTHING
    languages: Languages = NO_LANGUAGES


NO_REMARKS = Remarks()


def kinds_of(text: str, remarks: Remarks) -> tuple[Kind, ...]:
    """The kinds that a message is of, in the order of the content; another language last."""
    tokens = words(text)
    met = {
        one.owner
        for one in remarks.lexicon.found(tokens)
        if not remarks.supposing.ends(tokens, one.start)
    }
    kinds = [kind for name, kind in remarks.kinds.items() if name in met]
    language = language_of(text, remarks.languages)
    if language is not None:
        kinds.append(remarks.languages.sentences[language])
    return tuple(kinds)


def language_of(text: str, languages: Languages) -> str | None:
    """The other language that a message is in; None for English and when it is not clear."""
    shown = clean(text)
    return _by_letters(shown, languages.letters) or _by_words(words(shown), languages.words)


def _by_letters(shown: str, letters: Mapping[str, str]) -> str | None:
    if shown.isascii():
        return None
    letters_in = [character for character in shown if character.isalpha()]
    scripts = Counter(unicodedata.name(one, "").partition(" ")[0] for one in letters_in)
    if 2 * scripts["LATIN"] >= len(letters_in):
        return None
    return next((language for script, language in letters.items() if scripts[script]), None)


def _by_words(tokens: Tokens, known: Mapping[str, frozenset[str]]) -> str | None:
    counts = {name: sum(token in common for token in tokens) for name, common in known.items()}
    english = counts.pop("", 0)
    best = max(counts, key=lambda name: counts[name], default=None)
    if best is None or counts[best] < max(_WORDS_AT_LEAST, english + 1):
        return None
    return best if counts[best] >= _SHARE_AT_LEAST * len(tokens) else None
