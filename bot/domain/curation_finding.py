"""Finding entries to edit by a few words, and naming a new one."""

from collections.abc import Iterator, Sequence

from bot.domain.curation import Curated
from bot.domain.text import stem, words

_IN_QUESTION, _IN_ID, _IN_ANSWER = 4, 3, 1
_WORDS_OF_ID = 4


def ranked(said: str, entries: Sequence[Curated]) -> tuple[Curated, ...]:
    """The entries with any of the words in question, id or answer, those with most of them first,
    then those with more of them in the question; without words all in their order.

    Retired ones come after those with as many of the words.
    """
    wanted = frozenset(map(stem, words(said)))
    scored = [(_score(one, wanted), one) for one in entries]
    found = [(score, one) for score, one in scored if score[0] or not wanted]
    found.sort(key=lambda pair: (-pair[0][0], not pair[1].is_live, -pair[0][1]))
    return tuple(one for _, one in found)


def ids_for(question: str) -> Iterator[str]:
    """Ids for a new entry, made of the first words of its question; one after the other."""
    kept = [word for word in words(question) if word.isascii()][:_WORDS_OF_ID]
    base = "-".join(kept) or "entry"
    yield base
    number = 1
    while True:
        number += 1
        yield f"{base}-{number}"


def _score(one: Curated, wanted: frozenset[str]) -> tuple[int, int]:
    places = (
        (_IN_QUESTION, one.text.question),
        (_IN_ID, one.text.id.replace("-", " ")),
        (_IN_ANSWER, one.text.answer),
    )
    found = [(weight, wanted & set(map(stem, words(text)))) for weight, text in places]
    met = frozenset[str]().union(*(some for _, some in found))
    return len(met), sum(weight * len(some) for weight, some in found)
