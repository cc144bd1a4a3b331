"""content/ and the chapter's own files over it, read into one ContentBank."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from bot.content.documents import Faults, Unread, flat_texts, validated
from bot.content.eligibility_schema import eligibility_from
from bot.content.entries import entries_from
from bot.content.examples import examples_from
from bot.content.places import ContentPlaces, Shelf
from bot.content.program import program_from, sources_from
from bot.content.schema import ChapterFile, PersonFile
from bot.content.small_talk_schema import small_talk_from
from bot.content.templates import check_messages
from bot.domain.copy import Copy, Values
from bot.domain.eligibility import RuleSet
from bot.domain.eligibility_dialog import Dialog
from bot.domain.faq import Entry
from bot.domain.matching import Example
from bot.domain.program import Fact, Season, season_values
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
    shelf.check_own_names()
    chapter = _chapter(shelf, faults)
    sources = sources_from(shelf, faults)
    facts, seasons = program_from(shelf, sources, faults)
    values = _values(facts, chapter, season_values(seasons, today))
    entries = entries_from(shelf, values, sources, faults)
    examples = examples_from(shelf, faults)
    copy = _copy(shelf, values, faults)
    rules = eligibility_from(shelf, facts, sources, values, faults)
    small_talk = small_talk_from(shelf, faults)
    if faults.sentences or rules is None or small_talk is None:
        raise ContentError(faults.in_order())
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


def _values(
    facts: Mapping[str, Fact], chapter: Chapter, seasons: Mapping[str, str | None]
) -> Values:
    texts = {name: fact.text for name, fact in facts.items()}
    values = {**texts, **chapter.values(), **seasons}
    if isinstance(facts, Unread):
        return Unread({name: text for name, text in values.items() if text}, "…")
    return values


def _copy(shelf: Shelf, values: Values, faults: Faults) -> Copy:
    document = shelf.document("messages.yaml")
    check_messages(document, shelf.shipped_document("messages.yaml"), values, faults)
    templates = flat_texts(document.data) if isinstance(document.data, Mapping) else {}
    return Copy({key: str(text) for key, text in templates.items()}, values)
