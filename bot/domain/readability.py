"""How hard a text is to read: the Flesch-Kincaid grade.

Kincaid, Fishburne, Rogers and Chissom, 1975: 0.39 words a sentence + 11.8 syllables a word - 15.59,
which is about the school year in the US that reads it with ease. Syllables are counted by rule and
not by dictionary, so the figure is good for comparing answers with one another, to about a grade.
"""

import re

from bot.domain.copy_sentences import spans

_LINK = re.compile(r"\bhttps?://\S+")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*|\d[\d.,]*")
_VOWELS = re.compile(r"[aeiouy]+")
_SILENT_ES = re.compile(r"(?<![sxzcg])(?<!ch)(?<!sh)es$")
_SILENT_ED = re.compile(r"(?<![tdi])ed$")
_SILENT_E = re.compile(r"(?<![aeiouy])e$")
_SPOKEN_LE = re.compile(r"[^aeiouy]les?$")


def words(text: str) -> list[str]:
    """The words of a text as a reader counts them; a number is a word, a link is none."""
    return _WORD.findall(_LINK.sub(" ", text))


def syllables(word: str) -> int:
    """How many syllables a word has, by the usual rules of English spelling; a number has one."""
    lower = word.lower()
    count = len(_VOWELS.findall(lower))
    is_silent = _SILENT_E.search(lower) or _SILENT_ES.search(lower) or _SILENT_ED.search(lower)
    if is_silent and not _SPOKEN_LE.search(lower):
        count -= 1
    return max(count, 1)


def grade(text: str) -> float:
    """The Flesch-Kincaid grade; a list line counts as a sentence. 0 for a text without words."""
    counted = words(text)
    if not counted:
        return 0.0
    sentences = sum(bool(words(text[span.start : span.end])) for span in spans(text))
    spoken = sum(syllables(word) for word in counted)
    return 0.39 * len(counted) / sentences + 11.8 * spoken / len(counted) - 15.59
