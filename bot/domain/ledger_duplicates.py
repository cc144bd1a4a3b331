"""Whether an entry looks like one that is in the ledger already."""

from collections.abc import Iterable
from difflib import SequenceMatcher

from bot.domain.ledger import LedgerEntry
from bot.domain.text import words

_ALIKE = 0.8
_WORDS_IN_COMMON = 2


def like_one_of(entry: LedgerEntry, others: Iterable[LedgerEntry]) -> LedgerEntry | None:
    """The first of the others that may be the same course; None when none is.

    It may be if it was on the same day and has a similar title, or the same amount in the same
    category.
    """
    return next((other for other in others if _is_like(entry, other)), None)


def _is_like(entry: LedgerEntry, other: LedgerEntry) -> bool:
    if other.day != entry.day or (entry.id and other.id == entry.id):
        return False
    same_worth = (entry.amount, entry.category) == (other.amount, other.category)
    return same_worth or _similar(entry.title, other.title)


def _similar(one: str, other: str) -> bool:
    first, second = words(one), words(other)
    if not first or not second:
        return one.strip() == other.strip()
    fewer, more = sorted((set(first), set(second)), key=len)
    if len(fewer) >= _WORDS_IN_COMMON and fewer <= more:
        return True
    return SequenceMatcher(None, " ".join(first), " ".join(second)).ratio() >= _ALIKE
