"""A group of questions gets its answer: one of the bank's, or a new one that is prefilled."""

from typing import Literal

from bot.domain.curation import EntryText
from bot.domain.curation_form import GROUP
from bot.domain.curation_text import IN_CHAT
from bot.domain.identity import MemberRef
from bot.domain.learning import Gathered, fitting_utterances, shortened_question
from bot.services import curation, learning
from bot.services.curation import Refused
from bot.services.curation_checking import LONGEST_UTTERANCE, MOST_UTTERANCES
from bot.services.proposals import unknown_of, with_wordings
from bot.services.roles import may
from bot.services.standing import today
from bot.services.transaction import Transaction, promises, reads

LONGEST_QUESTION = 75
"""Characters: the question is a button as well."""

CANDIDATES = 8
"""Answers that are offered for a group."""

Assigned = Literal["done", "gone", "not_allowed", "changed_meanwhile"]


@reads
def new_entry(tx: Transaction, found: Gathered) -> EntryText:
    """An entry to be written for a group: its commonest wording is the question, all of them are
    ways to ask it."""
    unknown = unknown_of(tx, found.texts)
    new = fitting_utterances(unknown, MOST_UTTERANCES, LONGEST_UTTERANCE)
    return EntryText(
        id="",
        group=GROUP,
        question=shortened_question(found.texts[0], LONGEST_QUESTION),
        answer="",
        sources=(),
        verified=today(tx),
        utterances={IN_CHAT: new},
    )


@reads
def candidates(tx: Transaction, found: Gathered, words: str) -> tuple[tuple[str, str], ...]:
    """Entries that may answer a group, by id and question: those that the matcher finds nearest,
    or what is found by `words`."""
    live = tx.bank.content.entries
    if words:
        ids = [one.text.id for one in curation.find(tx, words).items]
    else:
        rankings = [tx.bank.index.match(text).ranking for text in found.texts[:3]]
        ids = [label for ranking in zip(*rankings, strict=False) for label, _ in ranking]
    # What was voted wrong is not the answer.
    fitting = [one for one in dict.fromkeys(ids) if one in live and one != found.entry]
    return tuple((one, live[one].question) for one in fitting[:CANDIDATES])


@promises
def assign(tx: Transaction, who: MemberRef, key: int, entry: str, press: str) -> Assigned:
    """The entry answers the group: its wordings lead there from now on, and whoever wished to hear
    is told. The same `press` again changes nothing."""
    if not may(tx, who, "edit"):
        return "not_allowed"
    found, now = learning.gathered(tx, who, key), curation.read(tx, entry)
    if found is None or now is None or not now.is_live:
        return "gone"
    text = with_wordings(tx, now.text, found.texts)
    origin = learning.origin_of(key)
    draft = curation.keep_draft(tx, who, text, number=now.number, origin=origin)
    outcome = curation.publish(tx, who, draft, press)
    if isinstance(outcome, Refused):
        curation.discard(tx, who, draft)
        if outcome.reason != "nothing_new":
            return "changed_meanwhile"
    learning.settle(tx, origin, entry)
    return "done"
