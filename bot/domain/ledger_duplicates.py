"""Whether an entry looks like one that is in the ledger already."""

from collections.abc import Iterable
from difflib import SequenceMatcher

from bot.domain.ledger import LedgerEntry
from bot.domain.text import words

MOST_COMPARED = 200
"""Titles; comparing thousands would take longer than a member waits for a window."""

_ALIKE = 0.8
_WORDS_IN_COMMON = 2


def like_one_of(entry: LedgerEntry, others: Iterable[LedgerEntry]) -> LedgerEntry | None:
    """The first of the others that may be the same course; None when none is.

    It may be if it was on the same day and has a similar title, or the same amount in the same
    category. Of a day with very many courses only so many titles are compared.
    """
    same_day = [
        other
        for other in others
        if other.day == entry.day and not (entry.id and other.id == entry.id)
    ]
    return next(
        (
            other
            for at, other in enumerate(same_day)
            if _is_worth_the_same(entry, other)
            or (at < MOST_COMPARED and _similar(entry.title, other.title))
        ),
        None,
    )


def _is_worth_the_same(entry: LedgerEntry, other: LedgerEntry) -> bool:
    return (entry.amount, entry.category) == (other.amount, other.category)


def _similar(one: str, other: str) -> bool:
    first, second = words(one), words(other)
    if not first or not second:
        return one.strip() == other.strip()
    fewer, more = sorted((set(first), set(second)), key=len)
    if len(fewer) >= _WORDS_IN_COMMON and fewer <= more:
        return True
    return SequenceMatcher(None, " ".join(first), " ".join(second)).ratio() >= _ALIKE
