"""The words in which people say facts of themselves, as personal_facts.yaml holds them."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.domain.small_talk import Phrase

_NONE: frozenset[Phrase] = frozenset()


@dataclass(frozen=True, slots=True)
class Beside:
    """What must stand in the same part of a message: one of these phrases, or a fact of one of
    these questions. Where neither names anything, nothing must."""

    phrases: frozenset[Phrase] = _NONE
    facts: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class ChoiceWords:
    """The phrases of one question's choices, each with the value that it says.

    With `after` one of these must stand close before the phrase, or the phrase begins its part and
    one of `begins`, or nothing, comes after it. `implies` is what is thereby said as well.
    """

    question: str
    says: Mapping[Phrase, str]
    beside: Beside = Beside()
    after: frozenset[Phrase] = _NONE
    begins: frozenset[Phrase] = _NONE
    implies: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class NumberWords:
    """The units that follow one question's number, and what must stand beside it."""

    question: str
    units: frozenset[Phrase]
    beside: Beside = Beside()


@dataclass(frozen=True, slots=True)
class FactWords:
    """All phrases, each as its normalised words.

    `offered_with` names groups and entries whose answers offer the check. A part of a message is
    about oneself with `oneself` and without `others` in it; `dividers` begin a new part. Nothing
    is read after one of `doubts`, nor where one of `breaks` stands between a fact and what must
    stand before it. A number is another one beside `spoiled_before` and `spoiled_after`, and one
    before `elliptic` has lost its unit.
    """

    offered_with: frozenset[str] = frozenset()
    oneself: frozenset[Phrase] = _NONE
    others: frozenset[Phrase] = _NONE
    dividers: frozenset[Phrase] = _NONE
    doubts: frozenset[Phrase] = _NONE
    breaks: frozenset[Phrase] = _NONE
    choices: tuple[ChoiceWords, ...] = ()
    numbers: tuple[NumberWords, ...] = ()
    spoiled_before: frozenset[Phrase] = _NONE
    spoiled_after: frozenset[Phrase] = _NONE
    elliptic: frozenset[Phrase] = _NONE


NO_FACT_WORDS = FactWords()
"""With it nothing is read."""
