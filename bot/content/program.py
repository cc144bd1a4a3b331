"""sources.yaml and program.yaml as sources, facts and seasons, checked one by one."""

from collections.abc import Mapping
from typing import Any

from bot.content.documents import Document, Faults, Loc, Unread, validated
from bot.content.formulas import worked_out
from bot.content.places import Shelf
from bot.content.schema import FactFile, ProgramFile, SeasonFile, SourceFile
from bot.domain.program import Fact, Season, Source

# Stands in for what has a fault of its own, so that nothing that names it is told as a second one.
_SOURCE = Source("", "", "", "", "")


def _stand_in(sources: Mapping[str, Source]) -> Fact:
    return Fact("", 1, "number", next(iter(sources), None), "", "", "unknown")


def sources_from(shelf: Shelf, faults: Faults) -> Mapping[str, Source]:
    """Every source by id."""
    document = shelf.document("sources.yaml")
    found: dict[str, Source] = {}
    given = _mapping(document, "sources", faults)
    for key, data in given.items():
        read = validated(SourceFile, data, document, ("sources", key), faults)
        found[key] = _SOURCE
        if read:
            found[key] = Source(key, read.title, read.publisher, read.address, read.edition)
    return found if given else Unread(found, _SOURCE)


def program_from(
    shelf: Shelf, sources: Mapping[str, Source], faults: Faults
) -> tuple[Mapping[str, Fact], tuple[Season, ...]]:
    """Every fact by name, and the seasons, oldest first."""
    document = shelf.document("program.yaml")
    validated(ProgramFile, document.data, document, (), faults)
    given = document.data if isinstance(document.data, Mapping) else {}
    return _facts(given.get("facts"), document, shelf, sources), _seasons(
        given.get("seasons"), document, shelf, sources
    )


def _facts(
    given: Any, document: Document, shelf: Shelf, sources: Mapping[str, Source]
) -> Mapping[str, Fact]:
    stand_in = _stand_in(sources)
    if not isinstance(given, Mapping):
        return Unread({}, stand_in)
    found: dict[str, Fact] = {}
    formulas: dict[str, str] = {}
    for name, data in given.items():
        fact = validated(FactFile, data, document, (), Faults())
        found[name] = _fact(name, fact, document) if fact else stand_in
        if fact and fact.formula is not None:
            formulas[name] = fact.formula
        if fact and fact.source is not None and fact.source not in sources:
            shelf.unknown_source(document, ("facts", name, "source"), fact.source, sources)
    return worked_out(found, formulas, document, shelf.faults)


def _fact(name: str, fact: FactFile, document: Document) -> Fact:
    return Fact(
        name=name,
        value=tuple(fact.value) if isinstance(fact.value, list) else fact.value,
        unit=fact.unit,
        source=fact.source,
        edition=fact.edition,
        as_of=fact.as_of,
        confidence=fact.confidence,
        checked=None if is_unchecked(document, name) else fact.checked,
        volatile=fact.is_volatile,
    )


def is_unchecked(document: Document, name: str) -> bool:
    """Whether the chapter gave a fact a value of its own and no day on which it was checked: the
    day of the shipped value says nothing about it."""
    lines: Mapping[Loc, int] = document.lines if document.is_own else {}
    has_value = ("facts", name, "value") in lines
    return has_value and ("facts", name, "checked") not in lines


def _seasons(
    given: Any, document: Document, shelf: Shelf, sources: Mapping[str, Source]
) -> tuple[Season, ...]:
    made: list[Season] = []
    newest = None
    for at, data in enumerate(given if isinstance(given, list) else ()):
        season = validated(SeasonFile, data, document, (), Faults())
        if season is None:
            continue
        loc = ("seasons", at)
        if season.source not in sources:
            shelf.unknown_source(document, (*loc, "source"), season.source, sources)
        found = _season(season, sources)
        first = found.first_day
        if first and newest and first < newest:
            shelf.faults.add(document, loc, "seasons stand oldest first; this one is too far down.")
        newest = first or newest
        made.append(found)
    return tuple(made)


def _season(season: SeasonFile, sources: Mapping[str, Source]) -> Season:
    return Season(
        name=season.name,
        apply_by=season.apply_by,
        test_from=season.test_from,
        test_to=season.test_to,
        source=season.source,
        checked=season.checked,
        as_of=season.as_of,
        cited=sources.get(season.source),
    )


def _mapping(document: Document, key: str, faults: Faults) -> Mapping[str, Any]:
    data = document.data.get(key) if isinstance(document.data, Mapping) else None
    if isinstance(data, Mapping):
        return data
    if document.is_read:
        faults.add(document, (key,), f"'{key}:' with a list of names below it is expected here.")
    return {}
