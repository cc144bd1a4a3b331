"""An entry as the fields of a form, and back: what no field shows stays as it was."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from bot.domain.copy import Copy, TemplateFault, fill, placeholders
from bot.domain.curation import EntryText
from bot.domain.curation_text import IN_CHAT
from bot.domain.faq import Answer
from bot.domain.program import Source

GROUP = "chapter"
"""Of which group an entry is that was written in chat."""

MOST_LETTERS = 2900
"""How much of a list of wordings stands in one field."""


@dataclass(frozen=True, slots=True)
class Fields:
    """What stands in the form: `wordings` are other ways to ask, `sources` and `related` ids."""

    question: str
    answer: str
    sources: tuple[str, ...]
    related: tuple[str, ...]
    wordings: tuple[str, ...]
    verified: date
    review: date | None


def fields_of(text: EntryText) -> Fields:
    """The form as it opens."""
    return Fields(
        question=text.question,
        answer=text.answer,
        sources=text.sources,
        related=text.related,
        wordings=wordings_shown(text),
        verified=text.verified,
        review=text.review,
    )


def wordings_shown(text: EntryText) -> tuple[str, ...]:
    """The wordings that were entered in chat, the latest of them where a field cannot hold all."""
    shown: list[str] = []
    room = MOST_LETTERS
    for line in reversed(text.utterances.get(IN_CHAT, ())):
        room -= len(line) + 1
        if room < 0:
            break
        shown.insert(0, line)
    return tuple(shown)


def wordings_kept(text: EntryText | None) -> int:
    """How many more wordings an entry has than the form shows."""
    if text is None:
        return 0
    return sum(map(len, text.utterances.values())) - len(wordings_shown(text))


def written(given: Fields, base: EntryText | None, new_id: str) -> EntryText:
    """The entry as the form says it, over what it was.

    A committee approves words: with another question or answer the approval is gone.
    """
    if base is None:
        base = EntryText(new_id, GROUP, "", "", (), given.verified)
    given = replace(
        given,
        sources=_in_order(given.sources, base.sources),
        related=_in_order(given.related, base.related),
    )
    shown = set(wordings_shown(base))
    hidden = tuple(line for line in base.utterances.get(IN_CHAT, ()) if line not in shown)
    utterances = {**base.utterances, IN_CHAT: (*hidden, *given.wordings)}
    made = replace(
        base,
        id=base.id or new_id,
        question=given.question,
        answer=base.answer if given.answer.strip() == base.answer.strip() else given.answer,
        sources=given.sources,
        related=given.related,
        verified=given.verified,
        review=given.review,
        utterances=utterances,
    )
    return made if says_the_same_words(made, base) else replace(made, approved=None)


def says_the_same_words(one: EntryText, other: EntryText) -> bool:
    """Whether members read the same: what a committee approved of the one holds for the other."""
    said, others = ((text.question, text.answer.strip()) for text in (one, other))
    return said == others


def drafted(text: EntryText, sources: Mapping[str, Source], copy: Copy) -> Answer:
    """An entry as its answer would read, though it is not in the bank or not sound yet."""
    try:
        words = fill(text.answer, copy.values, lacking="…")
    except TemplateFault:
        words = text.answer
    return Answer(
        entry=text.id,
        question=text.question,
        text=words,
        sources=tuple(_named(text, sources, copy)),
        verified=text.verified,
        approved=text.approved,
        related=(),
    )


def names_in(template: str) -> tuple[str, ...]:
    """The names of the values in a text, each once; none where it cannot be read."""
    try:
        return tuple(dict.fromkeys(place.name for place in placeholders(template)))
    except TemplateFault:
        return ()


def _in_order(chosen: tuple[str, ...], before: tuple[str, ...]) -> tuple[str, ...]:
    """What was chosen, what stood there already in its old order: menus have one of their own."""
    kept = tuple(one for one in before if one in chosen)
    return (*kept, *(one for one in chosen if one not in before))


def _named(text: EntryText, sources: Mapping[str, Source], copy: Copy) -> Iterator[Source]:
    """Its sources; one that the files do not have any more is named as such."""
    for name in text.sources:
        yield sources.get(name) or Source(name, name, "", "", copy.say("curation.source_gone"))
    if not text.sources:
        yield Source("", copy.say("curation.source_none"), "", "", copy.say("curation.to_choose"))
