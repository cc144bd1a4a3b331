"""content/ and the chapter's own files over it, read into one ContentBank."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.content.documents import Document, Faults, flat_texts, validated
from bot.content.eligibility_schema import eligibility_from
from bot.content.entries import entries_from, examples_from
from bot.content.places import ContentPlaces, Shelf
from bot.content.schema import ChapterFile, PersonFile, ProgramFile, SourceFile
from bot.content.small_talk_schema import small_talk_from
from bot.content.templates import check_messages
from bot.domain.copy import Copy, Values
from bot.domain.eligibility import RuleSet
from bot.domain.eligibility_dialog import Dialog
from bot.domain.faq import Entry
from bot.domain.matching import Example
from bot.domain.program import Fact, Season, Source, season_values
from bot.domain.roles import Chapter, Person
from bot.domain.small_talk import SmallTalk
from bot.errors import ContentError


@dataclass(frozen=True, slots=True)
class ContentBank:
    """All content of one workspace, checked and finished; immutable."""

    chapter: Chapter
    facts: Mapping[str, Fact]
    seasons: tuple[Season, ...]
    entries: Mapping[str, Entry]
    examples: tuple[Example, ...]
    copy: Copy
    rule_set: RuleSet
    dialog: Dialog
    small_talk: SmallTalk


def load_content(places: ContentPlaces, today: date) -> ContentBank:
    """Read and check everything, as of `today`; raises ContentError with every fault."""
    faults = Faults()
    shelf = Shelf(places, faults)
    chapter = _chapter(shelf, faults)
    sources = _sources(shelf, faults)
    facts, seasons = _program(shelf, sources, faults)
    values = _values(facts, chapter) | season_values(seasons, today)
    entries = entries_from(shelf, values, sources, faults)
    examples = examples_from(shelf, faults)
    copy = _copy(shelf, values, faults)
    rules = eligibility_from(shelf, facts, sources, values, faults)
    small_talk = small_talk_from(shelf, faults)
    if faults.sentences or rules is None or small_talk is None:
        raise ContentError(faults.sentences)
    rule_set, dialog = rules
    return ContentBank(
        chapter, facts, seasons, entries, examples, copy, rule_set, dialog, small_talk
    )


def _chapter(shelf: Shelf, faults: Faults) -> Chapter:
    document = shelf.chapter()
    read = validated(ChapterFile, document.data, document, (), faults)
    found = read or ChapterFile(time_zone="UTC")
    return Chapter(
        name=found.name,
        chair=_person(found.chair),
        deputy=_person(found.deputy),
        time_zone=found.time_zone,
        reply_promise=found.reply_promise,
        study_group=found.study_group,
        scholarship=found.scholarship,
        next_events=found.next_events,
    )


def _person(found: PersonFile) -> Person:
    return Person(found.slack_id, found.name)


def _sources(shelf: Shelf, faults: Faults) -> dict[str, Source]:
    document = shelf.document("sources.yaml")
    found: dict[str, Source] = {}
    for key, data in _mapping(document, "sources", faults).items():
        read = validated(SourceFile, data, document, ("sources", key), faults)
        if read:
            found[key] = Source(key, read.title, read.publisher, read.address, read.edition)
    return found


def _mapping(document: Document, key: str, faults: Faults) -> Mapping[str, Any]:
    data = document.data.get(key) if isinstance(document.data, Mapping) else None
    if isinstance(data, Mapping):
        return data
    if document.data:
        faults.add(document, (key,), f"'{key}:' with a list of names below it is expected here.")
    return {}


def _program(
    shelf: Shelf, sources: Mapping[str, Source], faults: Faults
) -> tuple[dict[str, Fact], tuple[Season, ...]]:
    document = shelf.document("program.yaml")
    read = validated(ProgramFile, document.data, document, (), faults)
    if read is None:
        return {}, ()
    for name, fact in read.facts.items():
        if fact.source is not None and fact.source not in sources:
            shelf.unknown_source(document, ("facts", name, "source"), fact.source, sources)
    facts = {
        name: Fact(
            name=name,
            value=tuple(fact.value) if isinstance(fact.value, list) else fact.value,
            unit=fact.unit,
            source=fact.source,
            edition=fact.edition,
            as_of=str(fact.as_of),
            confidence=fact.confidence,
        )
        for name, fact in read.facts.items()
    }
    seasons = tuple(
        Season(season.name, season.apply_by, season.test_from, season.test_to, season.source)
        for season in read.seasons
    )
    return facts, seasons


def _values(facts: Mapping[str, Fact], chapter: Chapter) -> dict[str, str | None]:
    return {name: fact.text for name, fact in facts.items()} | chapter.values()


def _copy(shelf: Shelf, values: Values, faults: Faults) -> Copy:
    document = shelf.document("messages.yaml")
    templates = flat_texts(document.data) if isinstance(document.data, Mapping) else {}
    check_messages(document, templates, shelf.shipped_document("messages.yaml"), faults)
    return Copy({key: str(text) for key, text in templates.items()}, values)
