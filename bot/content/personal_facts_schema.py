"""personal_facts.yaml, checked against the dialog and made into the words of personal facts."""

from collections.abc import Iterator, Mapping

from pydantic import Field

from bot.content.documents import Document, Faults, Loc, did_you_mean, validated
from bot.content.places import Shelf
from bot.content.schema import Line, Strict
from bot.domain.eligibility_questions import CHOICES, NO, NUMBERS, YES, YES_NO
from bot.domain.fact_words import Beside, ChoiceWords, FactWords, NumberWords
from bot.domain.small_talk import Phrase, phrases
from bot.domain.text import words


class BesideFile(Strict):
    """What must stand in the same part of a message."""

    said_with: list[Line] = Field(default_factory=list, alias="with")
    with_facts: list[str] = Field(default_factory=list)

    def made(self) -> Beside:
        """The same as it is compared."""
        return Beside(phrases(self.said_with), frozenset(self.with_facts))


class FactFile(BesideFile):
    """How people say the choices of one question."""

    says: dict[str, list[Line]]
    after: list[Line] = Field(default_factory=list)
    begins: list[Line] = Field(default_factory=list)
    implies: dict[str, str] = Field(default_factory=dict)


class NumberFile(BesideFile):
    """How people say the number of one question."""

    units: list[Line]


class PersonalFactsFile(Strict):
    """personal_facts.yaml."""

    offered_with: list[str]
    oneself: list[Line]
    others: list[Line]
    doubts: list[Line]
    breaks: list[Line]
    facts: dict[str, FactFile]
    numbers: dict[str, NumberFile]
    spoiled_before: list[Line]
    spoiled_after: list[Line]
    elliptic: list[Line]
    dividers: list[Line]


def fact_words_from(shelf: Shelf, groups: Mapping[str, str], faults: Faults) -> FactWords | None:
    """The words of personal facts; None, with every fault noted, when they cannot be used.

    `groups` has the group of each entry that may be named.
    """
    document = shelf.document("personal_facts.yaml")
    file = validated(PersonalFactsFile, document.data, document, (), faults)
    if file is None:
        return None
    before = len(faults.sentences)
    for loc, sentence in (*_wrong(file), *_wrong_offers(file, groups)):
        faults.add(document, loc, sentence)
    says = {name: _phrases(fact, name, document, faults) for name, fact in file.facts.items()}
    if len(faults.sentences) > before:
        return None
    return _made(file, says)


def _made(file: PersonalFactsFile, says: Mapping[str, Mapping[Phrase, str]]) -> FactWords:
    return FactWords(
        offered_with=frozenset(file.offered_with),
        oneself=phrases(file.oneself),
        others=phrases(file.others),
        doubts=phrases(file.doubts),
        breaks=phrases(file.breaks),
        choices=tuple(
            ChoiceWords(
                name,
                says[name],
                fact.made(),
                phrases(fact.after),
                phrases(fact.begins),
                tuple(fact.implies.items()),
            )
            for name, fact in file.facts.items()
        ),
        numbers=tuple(
            NumberWords(name, phrases(one.units), one.made()) for name, one in file.numbers.items()
        ),
        spoiled_before=phrases(file.spoiled_before),
        spoiled_after=phrases(file.spoiled_after),
        elliptic=phrases(file.elliptic),
        dividers=phrases(file.dividers),
    )


def _wrong(file: PersonalFactsFile) -> Iterator[tuple[Loc, str]]:
    """Names that the dialog does not know."""
    known = {**CHOICES, **dict.fromkeys(YES_NO, (YES, NO))}
    for name, fact in file.facts.items():
        if name not in known:
            yield ("facts", name), f"there is no question '{name}'{did_you_mean(name, known)}"
            continue
        for value in fact.says:
            if value not in known[name]:
                hint = did_you_mean(value, known[name])
                yield ("facts", name, "says", value), f"'{name}' has no answer '{value}'{hint}"
        for other, value in fact.implies.items():
            if value not in known.get(other, ()):
                yield ("facts", name, "implies", other), f"'{other}' has no answer '{value}'."
    for name in file.numbers:
        if name not in NUMBERS:
            hint = did_you_mean(name, NUMBERS)
            yield ("numbers", name), f"there is no question '{name}' for a number{hint}"
    for section, files in (("facts", file.facts), ("numbers", file.numbers)):
        for name, beside in files.items():
            for at, other in enumerate(beside.with_facts):
                if other not in file.facts:
                    hint = did_you_mean(other, file.facts)
                    yield (section, name, "with_facts", at), f"there is no fact '{other}'{hint}"


def _wrong_offers(file: PersonalFactsFile, groups: Mapping[str, str]) -> Iterator[tuple[Loc, str]]:
    known = {*groups, *groups.values()}
    for at, name in enumerate(file.offered_with):
        if groups and name not in known:
            hint = did_you_mean(name, known)
            yield ("offered_with", at), f"there is no entry or group '{name}'{hint}"


def _phrases(fact: FactFile, name: str, document: Document, faults: Faults) -> dict[Phrase, str]:
    """The phrases of all choices of a question; none may stand for two of them."""
    found: dict[Phrase, str] = {}
    for value, lines in fact.says.items():
        for at, line in enumerate(lines):
            phrase = words(line)
            if found.setdefault(phrase, value) != value:
                loc = ("facts", name, "says", value, at)
                faults.add(document, loc, f"'{line}' stands for '{found[phrase]}' already.")
    return found
