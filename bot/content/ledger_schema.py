"""ledger.yaml, checked against the rules and made into the words of the ledger."""

from collections.abc import Iterator, Mapping

from bot.content.documents import Document, Faults, did_you_mean, validated
from bot.content.places import Shelf
from bot.content.schema import Line, Strict
from bot.domain.eligibility_profile import CATEGORIES, KINDS
from bot.domain.ledger_words import LedgerWords
from bot.domain.small_talk import Phrase, phrases
from bot.domain.text import words

Lists = dict[str, list[Line]]


class LedgerFile(Strict):
    """ledger.yaml: phrases by category and kind, and lists of phrases."""

    categories: Lists
    in_capitals: Lists
    kinds: Lists
    provider_after: list[Line]
    providers: list[Line]
    provider_near: list[Line]
    unsure_amount: list[Line]
    framing: list[Line]
    plain: list[Line]
    never_provider: list[Line]
    never_in_title: list[Line]


def ledger_words_from(
    shelf: Shelf, labels: Mapping[str, str], faults: Faults
) -> LedgerWords | None:
    """The words of the ledger; None, with every fault noted, when they cannot be used.

    `labels` are the categories' own names.
    """
    document = shelf.document("ledger.yaml")
    file = validated(LedgerFile, document.data, document, (), faults)
    if file is None:
        return None
    before = len(faults.sentences)
    _check_names(file, document, faults)
    named = {name: [labels[name]] for name in CATEGORIES if name in labels}
    given = {name: [*named.get(name, ()), *file.categories.get(name, ())] for name in CATEGORIES}
    categories = _meanings(given, "categories", document, faults)
    kinds = _meanings(file.kinds, "kinds", document, faults)
    if len(faults.sentences) > before:
        return None
    return LedgerWords(
        categories=categories,
        in_capitals={one: name for name, said in file.in_capitals.items() for one in said},
        kinds=kinds,
        provider_after=phrases(file.provider_after),
        providers=phrases(file.providers),
        provider_near=phrases(file.provider_near),
        unsure_amount=phrases(file.unsure_amount),
        framing=phrases(file.framing),
        plain=phrases(file.plain),
        never_provider=phrases(file.never_provider),
        never_in_title=phrases(file.never_in_title),
    )


def _check_names(file: LedgerFile, document: Document, faults: Faults) -> None:
    for section, known, given in _sections(file):
        for name in given:
            if name not in known:
                hint = did_you_mean(name, known)
                faults.add(document, (section, name), f"the rules have no '{name}'{hint}")


def _sections(file: LedgerFile) -> Iterator[tuple[str, tuple[str, ...], Lists]]:
    yield "categories", CATEGORIES, file.categories
    yield "in_capitals", CATEGORIES, file.in_capitals
    yield "kinds", KINDS, file.kinds


def _meanings(
    lists: Mapping[str, list[str]], section: str, document: Document, faults: Faults
) -> dict[Phrase, str]:
    """What each phrase stands for; none may stand for two things."""
    found: dict[Phrase, str] = {}
    for name, lines in lists.items():
        for line in lines:
            if (phrase := words(line)) and found.setdefault(phrase, name) != name:
                told = f"'{line}' stands for '{found[phrase]}' already."
                faults.add(document, (section, name), told)
    return found
