"""Named things that are not the CLM: other certifications, and other meanings of CLM and ALA.

A message that names one, and neither the CLM nor ALA, is declined in words, unless the matcher
found an entry in which such a thing is rightly spoken of ("does CLE count?"). Where both are
named the matcher decides alone. What is named, and which entries those are, is content
(not_the_clm.yaml).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from bot.domain.lexicon import NOTHING, Found, Lexicon, Tokens
from bot.domain.text import words


@dataclass(frozen=True, slots=True)
class Strangers:
    """What is named: `always` by the phrase alone, `beside` only next to a word of `signs_after`
    or `signs_before` (a CPA may be a colleague; a CPA exam is not). `ours` are the names of the
    CLM, `compared` the words before a name to which the CLM is likened, `about` the entries in
    which a stranger is rightly spoken of, `sentences` what is said of each."""

    always: Lexicon = NOTHING
    beside: Lexicon = NOTHING
    signs_after: Lexicon = NOTHING
    signs_before: Lexicon = NOTHING
    ours: Lexicon = NOTHING
    compared: Lexicon = NOTHING
    about: frozenset[str] = frozenset()
    sentences: Mapping[str, str] = field(default_factory=dict)


NO_STRANGERS = Strangers()


def stranger_in(text: str, strangers: Strangers) -> str | None:
    """The sentence for the stranger that a message is about, or None when it names none, names
    the CLM as well, or likens something to it ("is it as hard as the bar exam?")."""
    tokens = words(text)
    found = sorted(_named(tokens, strangers), key=lambda one: one.start)
    if not found or _names_ours(tokens, found, strangers.ours):
        return None
    is_one = len({one.owner for one in found}) == 1
    if is_one and any(strangers.compared.ends(tokens, one.start) for one in found):
        return None
    return strangers.sentences[found[0].owner]


def _named(tokens: Tokens, strangers: Strangers) -> Iterator[Found]:
    yield from strangers.always.found(tokens)
    for one in strangers.beside.found(tokens):
        after = strangers.signs_after.begins(tokens, one.end)
        if after or strangers.signs_before.ends(tokens, one.start):
            yield one


def _names_ours(tokens: Tokens, found: list[Found], ours: Lexicon) -> bool:
    """Whether our own name stands outside the strangers' names ("Ironclad CLM" is theirs)."""
    theirs = {at for one in found for at in range(one.start, one.end)}
    return any(theirs.isdisjoint(range(one.start, one.end)) for one in ours.found(tokens))
