"""The swimming pool's bank to talk to: questions one after another, as in one conversation."""

from dataclasses import replace
from datetime import date
from functools import cache

from bot.content.conversation_schema import phrasing_from
from bot.content.documents import Faults
from bot.content.places import Shelf, shipped_places
from bot.content.small_talk_schema import small_talk_from
from bot.domain.conversation import Before, understand
from bot.domain.decision import decide
from bot.domain.faq import Decision, Entry
from bot.domain.follow_up import Subject
from bot.domain.matching_fit import fit
from bot.domain.phrasing import Phrasing
from tests.support.small_bank import pool_bank

QUESTIONS = {
    "opening-hours": "When are you open?",
    "ticket-price": "How much is a ticket?",
    "swimming-course": "Do you teach swimming?",
    "lost-things": "What do I do about lost things?",
}
RELATED = {"swimming-course": ("ticket-price",)}


@cache
def phrasing() -> Phrasing:
    """The phrases that ship."""
    faults = Faults()
    found = phrasing_from(Shelf(shipped_places(), faults), faults)
    assert found is not None, faults.sentences
    return found


@cache
def pool() -> Subject:
    """The pool's bank with its questions."""
    day = date(2026, 11, 23)
    entries = {
        name: Entry(name, "pool", question, "Text.", (), day, None, RELATED.get(name, ()))
        for name, question in QUESTIONS.items()
    }
    return Subject(fit(pool_bank()), entries, frozenset(), phrasing())


def alone(text: str) -> Decision:
    """What a text comes to without any conversation."""
    faults = Faults()
    small_talk = small_talk_from(Shelf(shipped_places(), faults), faults)
    assert small_talk is not None
    return decide(text, pool().index, small_talk, frozenset())


def said(text: str, before: Before | None = None) -> Decision:
    """What a text comes to after a turn."""
    return understand(text, before, alone, pool())


def conversation(*texts: str) -> list[Decision]:
    """What each of several messages comes to, one after another."""
    decisions: list[Decision] = []
    before: Before | None = None
    for text in texts:
        decisions.append(found := said(text, before))
        if found.outcome == "chat":
            continue
        keeps = found.invites and not found.first and before is not None
        now = Before(found.outcome, found.entry, found.choices, found.dropped, text, found.first)
        before = replace(now, question=before.question) if keeps and before else now
    return decisions
