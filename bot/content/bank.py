"""content/ and the chapter's own files over it, read into one ContentBank."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from bot.content.citing import citing
from bot.content.conversation_schema import phrasing_from
from bot.content.documents import Faults, Unread, flat_texts, validated
from bot.content.eligibility_schema import eligibility_from
from bot.content.entries import entries_from
from bot.content.examples import examples_from
from bot.content.ledger_schema import ledger_words_from
from bot.content.manners import check_manners, manners_files, manners_of
from bot.content.personal_facts_schema import fact_words_from
from bot.content.placed import filed_texts, retired_groups
from bot.content.places import ContentPlaces, Shelf
from bot.content.program import program_from, sources_from
from bot.content.recertification_schema import recertification_from
from bot.content.schema import ChapterFile, PersonFile
from bot.content.small_talk_schema import small_talk_from
from bot.content.style import check_places, style_from
from bot.content.templates import check_messages
from bot.content.tending import careful, overdue, too_old
from bot.content.texts import texts_from
from bot.content.truth import check_truth
from bot.content.written import at_fault
from bot.domain.copy import Copy, Values
from bot.domain.curation import EntryText, Revision
from bot.domain.eligibility import RuleSet
from bot.domain.eligibility_dialog import Dialog
from bot.domain.fact_words import NO_FACT_WORDS, FactWords
from bot.domain.faq import Entry
from bot.domain.freshness import checked_again
from bot.domain.ledger_words import NO_LEDGER_WORDS, LedgerWords
from bot.domain.manners import NO_MANNERS, Manners
from bot.domain.matching import Example
from bot.domain.overlay import EMPTY, Overlay
from bot.domain.phrasing import NO_PHRASING, Phrasing
from bot.domain.program import Fact, Season, Source, named_seasons, season_values
from bot.domain.recertification import RecertificationRules
from bot.domain.reminders import Reminding
from bot.domain.roles import Chapter, Person
from bot.domain.seasons import laid_over
from bot.domain.small_talk import SmallTalk
from bot.errors import ContentError


@dataclass(frozen=True, slots=True)
class ContentBank:
    """All content of one workspace, checked and finished; immutable."""

    chapter: Chapter
    """As the files say it; who holds a role now says the Roster (bot/domain/roles.py)."""
    facts: Mapping[str, Fact]
    seasons: tuple[Season, ...]
    entries: Mapping[str, Entry]
    examples: tuple[Example, ...]
    copy: Copy
    rule_set: RuleSet
    dialog: Dialog
    small_talk: SmallTalk
    recertification: RecertificationRules
    withheld: tuple[str, ...] = ()
    """The values that answers leave out, because nobody has checked them for too long."""
    manners: Manners = NO_MANNERS
    phrasing: Phrasing = NO_PHRASING
    fact_words: FactWords = NO_FACT_WORDS
    ledger_words: LedgerWords = NO_LEDGER_WORDS
    sources: Mapping[str, Source] = field(default_factory=dict)
    """Everything that an entry may name as its source, by id, in the order of the file."""
    shelf: Shelf | None = field(default=None, compare=False, repr=False)
    """The files as they were read, so that what is entered in chat can be laid over them later."""

    filed: Mapping[str, EntryText] = field(default_factory=dict, compare=False, repr=False)
    """What the files alone say of each entry, as an editor would write it."""
    overlay: Overlay = field(default=EMPTY, compare=False, repr=False)
    unfit: Mapping[int, tuple[str, ...]] = field(default_factory=dict, compare=False, repr=False)
    """The revisions that the overlay has and this does not, with what is wrong with each."""

    def with_overlay(self, overlay: Overlay, today: date) -> "ContentBank":
        """The same content with what was entered in chat over it, as of `today`.

        An edit that fits no more, because the files have changed below it, is left out alone.
        Raises ContentError. Content that was made of no files stays as it is.
        """
        if self.shelf is None:
            return self
        unfit: dict[int, tuple[str, ...]] = {}
        while True:
            fit = tuple(one for one in overlay.revisions if one.id not in unfit)
            try:
                laid = replace(overlay, revisions=fit)
                made = bank_from(self.shelf.kept(), today, laid)
            except ContentError as error:
                if not fit:
                    raise
                found = at_fault(error.faults, fit)
                unfit |= found or dict.fromkeys((one.id for one in fit), error.faults)
            else:
                return replace(made, overlay=overlay, unfit=unfit)

    def if_it_said(self, revision: Revision, today: date) -> "ContentBank":
        """The same content with one more edit over it; raises ContentError, with faults that
        `written.field_of` knows the fields of."""
        if self.shelf is None:
            return self
        others = (one for one in self.overlay.revisions if one.entry != revision.entry)
        laid = (*(one for one in others if one.id not in self.unfit), revision)
        shelf = replace(self.shelf.kept(), checked=revision.entry)
        return bank_from(shelf, today, replace(self.overlay, revisions=laid))


def load_content(places: ContentPlaces, today: date) -> ContentBank:
    """Read and check everything, as of `today`; raises ContentError with every fault."""
    return bank_from(Shelf(places, Faults()), today)


def bank_from(shelf: Shelf, today: date, overlay: Overlay = EMPTY) -> ContentBank:
    """The bank of the files of a shelf, with what was entered in chat over it, likewise."""
    files, shelf = shelf, replace(shelf, revisions=overlay.revisions)
    faults = shelf.faults
    shelf.check_own_names()
    chapter = _chapter(shelf, faults)
    sources = sources_from(shelf, faults)
    facts, seasons = program_from(shelf, sources, faults)
    seasons = laid_over(seasons, overlay.seasons)
    values = _values(facts, _with_people(chapter, overlay), season_values(seasons, today))
    entries = entries_from(shelf, values, sources, faults)
    examples = examples_from(shelf, faults)
    copy = _copy(shelf, values, faults)
    rules = eligibility_from(shelf, facts, sources, values, faults)
    recertification = recertification_from(shelf, facts, values, faults)
    small_talk = small_talk_from(shelf, faults)
    manners = manners_files(shelf, values, faults)
    phrasing = phrasing_from(shelf, faults)
    retired = retired_groups(shelf)
    groups = {entry.id: entry.group for entry in entries.values()}
    fact_words = fact_words_from(shelf, {**groups, **retired}, faults)
    labels = rules[0].labels if rules else {}
    ledger_words = ledger_words_from(shelf, labels, faults)
    style = style_from(shelf, faults)
    texts = texts_from(shelf)
    if style is not None:
        check_truth(texts, facts, values, style, faults)
        if not faults.sentences:  # a text that could not be read may be the one that is named
            check_places(shelf, {*(text.owner for text in texts), *retired}, faults)
    if manners is not None and not faults.sentences:
        check_manners(shelf, manners, {*entries, *retired}, faults)
    if (
        faults.sentences
        or rules is None
        or recertification is None
        or small_talk is None
        or style is None
        or manners is None
        or phrasing is None
        or fact_words is None
        or ledger_words is None
    ):
        raise ContentError(faults.in_order())
    rule_set, dialog = rules
    facts = checked_again(facts, overlay.checks)
    answers = {text.owner: text for text in texts if text.kind == "answer"}
    entries = overdue(entries, answers, facts, seasons, style.freshness, today)
    entries = citing(entries, answers, named_seasons(seasons, today), copy)
    if withheld := too_old(facts, style.freshness, today):
        left_out = {name: facts[name] for name in withheld}
        entries = careful(entries, answers, left_out, copy, values)
    return ContentBank(
        chapter,
        facts,
        seasons,
        entries,
        examples,
        copy,
        rule_set,
        dialog,
        small_talk,
        recertification,
        withheld,
        manners_of(manners, entries, copy),
        phrasing,
        fact_words,
        ledger_words,
        sources=sources,
        shelf=files,
        filed=filed_texts(files),
        overlay=overlay,
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
        reminders=Reminding(
            tuple(sorted(set(found.reminders.days_before), reverse=True)),
            found.reminders.at,
            found.reminders.quiet_from,
            found.reminders.quiet_to,
        ),
        retention=found.retention.made(),
        admin=_person(found.admin),
        working_hours=found.working_hours.made(),
        patience=found.handoff.made(),
        desk_channel=found.desk_channel,
    )


def _with_people(chapter: Chapter, overlay: Overlay) -> Chapter:
    chair, deputy = overlay.chair or chapter.chair, overlay.deputy or chapter.deputy
    return replace(chapter, chair=chair, deputy=deputy)


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
