"""The bot's own answers, known again when somebody quotes or pastes one."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from bot.domain.text import words

_RUN = 7
_TAKEN_AT_LEAST = 12
"""So many words of the bot, in runs of that length, are nobody's own by accident; an
association's full name alone may be."""
_OWN_AT_LEAST = 2
"""Fewer words than this beside a quotation ("see?") ask nothing."""


@dataclass(frozen=True, slots=True)
class OwnWords:
    """Each run of words of each answer, with the entry; and the sentence that names the entry."""

    runs: Mapping[str, str] = field(default_factory=dict)
    sentences: Mapping[str, str] = field(default_factory=dict)


NO_OWN_WORDS = OwnWords()


@dataclass(frozen=True, slots=True)
class Quoted:
    """What a message quotes of the bot: the sentence that says so, and what is beside it, empty
    when that asks nothing."""

    sentence: str
    beside: str


def own_words(texts: Mapping[str, str], sentences: Mapping[str, str]) -> OwnWords:
    """The answers as they are shown, and for each the sentence that names it."""
    runs: dict[str, str] = {}
    for entry, text in texts.items():
        for _, run in _runs(words(text)):
            runs.setdefault(run, entry)
    return OwnWords(runs, sentences)


def quoted_in(text: str, own: OwnWords) -> Quoted | None:
    """What a message quotes of the bot; None when all of it is the member's."""
    tokens = words(text)
    hits = [(at, own.runs[run]) for at, run in _runs(tokens) if run in own.runs]
    taken = {at + step for at, _ in hits for step in range(_RUN)}
    if len(taken) < _TAKEN_AT_LEAST:
        return None
    rest = [token for at, token in enumerate(tokens) if at not in taken]
    entries = [entry for _, entry in hits]
    most = max(dict.fromkeys(entries), key=entries.count)
    beside = " ".join(rest) if len(rest) >= _OWN_AT_LEAST else ""
    return Quoted(own.sentences[most], beside)


def _runs(tokens: tuple[str, ...]) -> Iterator[tuple[int, str]]:
    for at in range(len(tokens) - _RUN + 1):
        yield at, " ".join(tokens[at : at + _RUN])
