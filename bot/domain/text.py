"""What a text consists of for the matcher: clean letters, words, stems, pieces of words."""

import re
import unicodedata
from html import unescape

MAX_WORDS = 400
"""Words that are read of one text. A pasted page says what it is about early, and the cost of a
question stays bounded."""

_MAX_CHARACTERS = 16_000
_MAX_WORD = 40

_SLACK_TOKEN = re.compile(r"<([@#!]?)([^<>|\s]*)(?:\|([^<>]*))?>")
_LINK = re.compile(r"\b(?:https?://|mailto:|www\.)\S+", re.IGNORECASE)
_SHORTCODE = re.compile(r"(?<![\w:]):[a-z0-9_+\-]+:(?!\w)")
_APOSTROPHES = re.compile(r"(?<=\w)['’‘ʼ`´](?=\w)")
_WORD = re.compile(r"[^\W_]+")
_DROPPED = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})


def _shown(token: re.Match[str]) -> str:
    """What a reader sees of Slack's `<...>`: the label of a channel or link, never a person."""
    kind, _, label = token.groups()
    return " " if kind in ("@", "!") else f" {label or ''} "


def _without_accent(character: str) -> str:
    if character.isascii():
        return character
    parts = unicodedata.normalize("NFD", character)
    return "".join(part for part in parts if not unicodedata.combining(part))


def _visible(character: str) -> str:
    if unicodedata.category(character) not in _DROPPED:
        return character
    return " " if character in "\t\n\v\f\r\x85" else ""


def clean(text: str) -> str:
    """The text as a person sees it: one Unicode form, no control or invisible characters, no
    Slack escapes, mentions, bare links or `:emoji:` names; spaces collapsed, case kept."""
    text = text[:_MAX_CHARACTERS]
    if not (text.isascii() and text.isprintable()):
        text = "".join(map(_visible, unicodedata.normalize("NFKC", text)))
    text = _SLACK_TOKEN.sub(_shown, text)
    text = _LINK.sub(" ", unescape(text))
    return " ".join(_SHORTCODE.sub(" ", text).split())


def words(text: str) -> tuple[str, ...]:
    """The words of a text, in lower case without accents and apostrophes (`don't` is `dont`)."""
    if text.isascii() and text.isalpha():
        return (text.lower()[:_MAX_WORD],)
    plain = clean(text).casefold()
    if not plain.isascii():
        plain = "".join(map(_without_accent, plain))
    return tuple(
        word[:_MAX_WORD] for word in _WORD.findall(_APOSTROPHES.sub("", plain))[:MAX_WORDS]
    )


_KEPT_S = ("ss", "us", "is")
_DOUBLED = re.compile(r"([bdfgklmnprtvz])\1$")


def _base_of_verb(stem: str) -> str:
    """What is left of a word without -ed or -ing, made alike for `planned`, `plan`, `planing`."""
    if _DOUBLED.search(stem) and not stem.endswith(("ll", "ss")):
        return stem[:-1]
    return stem


def stem(word: str) -> str:
    """The word without its usual English endings, so that `applied`, `applies` and `applying`
    are one. Light on purpose: `certificate` and `certification` stay two words."""
    if len(word) < 4 or not word.isascii() or word.isdigit():
        return word
    if word.endswith(("ies", "ied")):
        word = word[:-3] + "y" if len(word) > 4 else word[:-1]
    elif word.endswith(("sses", "shes", "ches", "xes", "zes")):
        word = word[:-2]
    elif word.endswith("s") and not word.endswith(_KEPT_S):
        word = word[:-1]
    for ending in ("ing", "ed"):
        if word.endswith(ending) and len(word) > len(ending) + 2:
            word = _base_of_verb(word[: -len(ending)])
            break
    if len(word) > 5 and word.endswith("ly"):
        word = word[:-2]
    if len(word) > 3 and word.endswith("e"):
        word = word[:-1]
    return word


def character_grams(tokens: tuple[str, ...], shortest: int, longest: int) -> list[str]:
    """Pieces of `shortest` to `longest` characters of each word, its edges marked by a space."""
    grams: list[str] = []
    for token in tokens:
        edged = f" {token} "
        for size in range(shortest, longest + 1):
            if size >= len(edged):
                grams.append(edged)
                break
            grams.extend(edged[at : at + size] for at in range(len(edged) - size + 1))
    return grams
