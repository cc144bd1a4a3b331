"""The bank: an immutable snapshot of content and the index over it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from bot.content import ContentBank, ContentPlaces, load_content
from bot.domain import decision
from bot.domain.conversation import Before, understand
from bot.domain.eligibility_dialog import Answers
from bot.domain.faq import Decision, Outcome
from bot.domain.follow_up import Subject
from bot.domain.matching import Index
from bot.domain.matching_following import Learned, distance, followed
from bot.domain.overlay import Overlay
from bot.domain.personal_facts import read_facts
from bot.services.indexing import index_of


@dataclass(frozen=True, slots=True)
class Bank:
    """What the bot knows at one moment; a change makes a new one."""

    content: ContentBank
    index: Index
    is_fitted: bool = True
    """Whether the index was fitted with the examples of this content; else it follows them as far
    as it can."""

    @property
    def actions(self) -> frozenset[str]:
        """The entries whose thing the bot does instead of explaining it."""
        return frozenset(e.id for e in self.content.entries.values() if e.is_action)


def with_overlay(bank: Bank, overlay: Overlay, today: date, learned: Learned | None = None) -> Bank:
    """The same bank with what was entered in chat over it; nothing is fitted anew.

    `learned` is an index of earlier edits, which is taken where it is nearer than the bank's own.
    Raises ContentError.
    """
    content = bank.content.with_overlay(overlay, today)
    if content.examples == bank.content.examples:
        return replace(bank, content=content)
    known = [Learned(bank.content.examples, bank.index), *([learned] if learned else [])]
    nearest = min(known, key=lambda one: distance(one, content.examples))
    index = followed(nearest, content.examples) if nearest.index else nearest.index
    return Bank(content, index, is_fitted=index is nearest.index)


def load_bank(
    places: ContentPlaces,
    today: date,
    cache: Path | None = None,
    semantic: Path | None = None,
    before_fit: Callable[[], None] = lambda: None,
) -> Bank:
    """Read the content and fit the index, or take the index from the cache when nothing changed;
    with meaning where the folder `semantic` holds a model. `before_fit` is called when a fit that
    takes time has to be waited for.

    Raises ContentError with every fault.
    """
    content = load_content(places, today)
    return Bank(content, index_of(content.examples, cache, semantic, before_fit))


def decide(bank: Bank, question: str, before: Before | None = None) -> Decision:
    """What one utterance comes to, after the turn `before` where it may go on from one."""
    content, actions = bank.content, bank.actions

    def alone(text: str) -> Decision:
        return decision.decide(text, bank.index, content.small_talk, actions, content.manners)

    subject = Subject(bank.index, content.entries, actions, content.phrasing)
    return understand(question, before, alone, subject)


def facts_in(bank: Bank, question: str) -> Answers:
    """What a question says of its author, as answers of the check."""
    return read_facts(question, bank.content.fact_words, bank.content.dialog)


def offers_check(bank: Bank, question: str, outcome: Outcome, shown: str | None) -> bool:
    """Whether a reply that shows an entry, or offers it first, offers the check as well, with what
    the question says of its author."""
    entry = bank.content.entries.get(shown or "")
    if entry is None or outcome not in ("answer", "action", "clarify"):
        return False
    if not {entry.id, entry.group} & bank.content.fact_words.offered_with:
        return False
    # The question of an entry, sent by its button, says nothing of whoever pressed it.
    return entry.question != question and bool(facts_in(bank, question))
