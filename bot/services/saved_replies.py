"""A reply of the desk on its way into the bank: cleared of whom it was to and from."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from bot.domain.curation import EntryText
from bot.domain.curation_form import GROUP
from bot.domain.curation_text import IN_CHAT
from bot.domain.handoff import Ticket
from bot.domain.identity import MemberRef
from bot.domain.learning import fitting_utterances, shortened_question
from bot.domain.name_clearing import GAP, Phrases, cleared
from bot.services.curation_checking import LONGEST_UTTERANCE
from bot.services.learning_answers import LONGEST_QUESTION
from bot.services.proposals import unknown_of
from bot.services.roles import may, roster_of
from bot.services.standing import today
from bot.services.transaction import Transaction, reads
from bot.store import handoff, handoff_words

MOST_REPLIES = 5
"""Replies to choose among, the last ones."""


@dataclass(frozen=True, slots=True)
class SavedReplies:
    """The desk's replies to one request, cleared, the last one first; `question` likewise."""

    ticket: int
    question: str
    replies: tuple[str, ...]


@reads
def people_of(tx: Transaction, who: MemberRef, ticket_id: int) -> tuple[MemberRef, ...] | None:
    """Whose names do not belong into an answer: the member and those who replied. None for whoever
    may not read requests and edit the bank, and where the request is gone."""
    ticket = _closed(tx, who, ticket_id)
    if ticket is None:
        return None
    authors = [one.author for one in handoff_words.all_said(tx.db, ticket_id)]
    return tuple(dict.fromkeys((ticket.member, *authors)))


@reads
def of_ticket(
    tx: Transaction, who: MemberRef, ticket_id: int, names: Sequence[str]
) -> SavedReplies | None:
    """What may be saved of a closed request, without these names and all that the chapter knows;
    None likewise."""
    ticket = _closed(tx, who, ticket_id)
    if ticket is None:
        return None
    copy = tx.bank.content.copy
    phrases = Phrases(*(_listed(copy.say(f"learning.letter_{part}")) for part in _PARTS))
    known = [*names, ticket.shared.name, *_desk_names(tx)]

    def clear(text: str) -> str:
        return cleared(text, [name for name in known if name], phrases)

    replies = [clear(text) for text in _replies(tx, ticket_id)]
    kept = tuple(dict.fromkeys(text for text in reversed(replies) if text))
    asked = ticket.shared.question or ticket.shared.note
    return SavedReplies(ticket_id, clear(asked), kept[:MOST_REPLIES])


@reads
def as_entry(tx: Transaction, found: SavedReplies, chosen: int) -> EntryText:
    """A reply as an entry to be gone through; what has a gap in it teaches the matcher nothing."""
    asked = () if GAP in found.question else unknown_of(tx, (found.question,))
    return EntryText(
        id="",
        group=GROUP,
        question=shortened_question(found.question, LONGEST_QUESTION),
        answer=found.replies[min(chosen, len(found.replies) - 1)],
        sources=(),
        verified=today(tx),
        utterances={IN_CHAT: fitting_utterances(asked, 1, LONGEST_UTTERANCE)},
    )


def _closed(tx: Transaction, who: MemberRef, ticket_id: int) -> Ticket | None:
    # Members write to those who answer for the chapter: an editor of the bank is not one of them.
    if not (may(tx, who, "answer") and may(tx, who, "edit")):
        return None
    ticket = handoff.get(tx.db, tx.workspace, ticket_id)
    return ticket if ticket is not None and ticket.state == "closed" else None


_PARTS = ("greetings", "closings", "everybody")


def _listed(phrases: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in phrases.split(";") if part.strip())


def _desk_names(tx: Transaction) -> list[str]:
    chapter = tx.bank.content.chapter
    officers = [one.name for one in roster_of(tx).officers]
    named = [*officers, chapter.chair.name, chapter.deputy.name, chapter.admin.name]
    return [name for name in named if name]


def _replies(tx: Transaction, ticket_id: int) -> list[str]:
    """What the desk wrote, oldest first; a long reply that was relayed in parts is one again."""
    said = [one for one in handoff_words.all_said(tx.db, ticket_id) if not one.by_member]
    parts = groupby(said, key=lambda one: (one.author, one.at))
    return ["".join(one.text for one in part) for _, part in parts]
