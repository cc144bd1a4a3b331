"""Friendly words before and after a question ("hope you are well", "have a great day").

A greeting or thanks that stands alone is small talk (small_talk.py); here whole clauses at either
end of a message are left aside, so that they do not water down what it asks.
"""

import re

from bot.domain.lexicon import Lexicon
from bot.domain.text import words

_MOST_WORDS = 12
"""A longer clause says more than a kindness, however it begins."""
_CLAUSE = re.compile(r"[^.!?:;,\n–—]*[.!?:;,\n–—]*\s*")


def without_pleasantries(text: str, known: Lexicon) -> str:
    """The text without the friendly clauses at its two ends; all of it when nothing would be left.
    A clause that asks something is never left aside."""
    clauses = [clause for clause in _CLAUSE.findall(text) if clause]
    first, last = 0, len(clauses)
    while first < last and _is_friendly(clauses[first], known):
        first += 1
    while last > first and _is_friendly(clauses[last - 1], known):
        last -= 1
    return "".join(clauses[first:last]).strip() or text


def _is_friendly(clause: str, known: Lexicon) -> bool:
    tokens = words(clause)
    if "?" in clause or len(tokens) > _MOST_WORDS:
        return False
    return not tokens or known.begins(tokens, 0)
