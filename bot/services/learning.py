"""What the desk learns from: questions without an answer and answers voted wrong; never who asked.

Grouping takes up to a second and no database: `kept` reads, `grouping.groups_of` sorts it, off the
loop; what the desk then does names a group as it saw it.
"""

from dataclasses import replace

from bot.domain.grouping import groups_of, known_as
from bot.domain.identity import MemberRef
from bot.domain.learning import MOST_WORDINGS, Gathered, Group, Opened, Wording
from bot.services.roles import may
from bot.services.transaction import Transaction, promises, reads, writes
from bot.store import learning, wishes

_ORIGIN = "turn:"
_FOR_A_GLANCE = 200
"""Wordings that are grouped for a few lines of a page."""
_FOR_A_LOOK = 1000
"""Questions that are looked up word for word each time that the answers change."""


def origin_of(key: int) -> str:
    """What a draft that is to answer a group says of where it comes from."""
    return f"{_ORIGIN}{key}"


@reads
def kept(tx: Transaction, who: MemberRef, most: int = MOST_WORDINGS) -> tuple[Wording, ...] | None:
    """The newest wordings that wait to be learned from; None for whoever may not edit the bank."""
    return _kept(tx, most) if may(tx, who, "edit") else None


@reads
def top_unanswered(tx: Transaction, most: int = 3) -> tuple[Group, ...]:
    """What most people asked, of the newest questions that nobody could answer yet."""
    newest = learning.open_wordings(tx.db, tx.workspace, _FOR_A_GLANCE)
    return groups_of(newest, tx.bank.index)[:most]


@reads
def count_open(tx: Transaction) -> int:
    """How many different wordings of unanswered questions wait."""
    return learning.count_open(tx.db, tx.workspace)


@writes
def open_group(tx: Transaction, who: MemberRef, group: Group) -> Opened | None:
    """A group to be dealt with; what belongs to it is noted, so that exactly that is settled when
    it has an answer. None for whoever may not."""
    if not may(tx, who, "edit"):
        return None
    _gather(tx, group)
    if group.entry is not None:
        question = _question_of(tx, group.entry)
        people = learning.voters(tx.db, tx.workspace, group.entry, group.texts, question)
        return Opened(group, people, 0)
    people, wished = learning.askers(tx.db, tx.workspace, group.texts)
    return Opened(group, people, wished)


@reads
def gathered(tx: Transaction, who: MemberRef, key: int) -> Gathered | None:
    """What was opened as this group, as far as it still waits; None when nothing does, and for
    whoever may not."""
    if not may(tx, who, "edit"):
        return None
    if texts := learning.gathered(tx.db, tx.workspace, key):
        return Gathered(key, texts, None)
    entry, texts = learning.gathered_votes(tx.db, tx.workspace, key)
    return Gathered(key, texts or (_question_of(tx, entry),), entry) if entry else None


@promises
def dismiss(tx: Transaction, who: MemberRef, key: int) -> bool:
    """Put a group aside that is not for the chapter to answer; False for whoever may not."""
    if not may(tx, who, "edit"):
        return False
    learning.settle(tx.db, tx.workspace, key, learning.DISMISSED, tx.now)
    return True


@promises
def restore(tx: Transaction, who: MemberRef, key: int) -> bool:
    """Take it back; False for whoever may not, and where there is nothing to take back."""
    return may(tx, who, "edit") and learning.restore(tx.db, tx.workspace, key)


def settle(tx: Transaction, origin: str, entry: str) -> None:
    """What a draft was written for has its answer; belongs into the transaction that publishes it.

    Whoever wished to hear is told once the answer is live: wishes.tell_waiting.
    """
    key = origin.removeprefix(_ORIGIN)
    if origin.startswith(_ORIGIN) and key.isascii() and key.isdecimal():
        turns = learning.settle(tx.db, tx.workspace, int(key), entry, tx.now)
        wishes.answered(tx.db, turns, entry)


def settle_known(tx: Transaction) -> None:
    """What the bank knows word for word by now has its answer too, wherever that was written: in
    the list of answers, or saved from a request."""
    for text in learning.newest_texts(tx.db, tx.workspace, _FOR_A_LOOK):
        entry = known_as(text, tx.bank.index)
        if entry is not None and entry in tx.bank.content.entries:
            turns = learning.settle_wording(tx.db, tx.workspace, text, entry, tx.now)
            wishes.answered(tx.db, turns, entry)


def _gather(tx: Transaction, group: Group) -> None:
    if group.entry is None:
        learning.gather(tx.db, tx.workspace, group.key, group.texts)
    else:
        question = _question_of(tx, group.entry)
        learning.gather_votes(tx.db, tx.workspace, group.key, group.entry, group.texts, question)


def _kept(tx: Transaction, most: int) -> tuple[Wording, ...]:
    wrong = learning.wrong_wordings(tx.db, tx.workspace, most)
    entries = tx.bank.content.entries
    # An answer that has left the bank can no longer be mended.
    known = [one for one in wrong if one.entry in entries]
    said = [one if one.text else replace(one, text=_question_of(tx, one.entry)) for one in known]
    return (*learning.open_wordings(tx.db, tx.workspace, most), *said)


def _question_of(tx: Transaction, entry: str | None) -> str:
    found = tx.bank.content.entries.get(entry or "")
    return found.question if found else ""
