"""A "did you mean" that was pressed becomes a wording that the desk may take into the bank."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.domain.curation import EntryText
from bot.domain.curation_text import with_more
from bot.domain.grouping import is_known
from bot.domain.identity import MemberRef
from bot.domain.learning import Proposal, fitting_utterances
from bot.domain.name_clearing import without_contacts
from bot.services import curation
from bot.services.curation import Refused
from bot.services.curation_checking import LONGEST_UTTERANCE, MOST_UTTERANCES
from bot.services.roles import may
from bot.services.transaction import Transaction, promises, reads, writes
from bot.store import faq, proposals


@dataclass(frozen=True, slots=True)
class Taught:
    """An entry as it will be with further wordings, which come from these proposals."""

    text: EntryText
    number: int
    proposals: tuple[int, ...]


@writes
def propose(tx: Transaction, member: MemberRef, turn_id: int, entry: str) -> None:
    """The member chose this entry among those that were offered for their own words."""
    turn = faq.get(tx.db, turn_id)
    if turn is None or turn.member != member or turn.workspace != tx.workspace:
        return
    text = " ".join(turn.question.split())
    if turn.outcome != "clarify" or entry not in turn.choices or not text:
        return
    if len(text) > LONGEST_UTTERANCE or is_known(text, tx.bank.index):
        return
    if without_contacts(text) != text:
        return
    if entry in tx.bank.content.entries and not _is_decided(tx, entry, text):
        proposals.add(tx.db, tx.workspace, turn_id, entry, text, tx.now)


@reads
def waiting(tx: Transaction, who: MemberRef) -> tuple[Proposal, ...] | None:
    """What waits for a yes or no, by entry; None for whoever may not edit the bank."""
    return _waiting(tx) if may(tx, who, "edit") else None


@reads
def count_open(tx: Transaction) -> int:
    """How many wordings wait for a yes or no."""
    return len(_waiting(tx))


@promises
def reject(tx: Transaction, who: MemberRef, ids: Sequence[int]) -> bool:
    """These are not taken in, nor proposed again; False for whoever may not."""
    if not may(tx, who, "edit"):
        return False
    proposals.decide(tx.db, tx.workspace, ids, "rejected")
    return True


@reads
def taught(tx: Transaction, who: MemberRef, ids: Sequence[int]) -> tuple[Taught, ...]:
    """The entries as they will be with these wordings, to be checked before they are published."""
    if not may(tx, who, "edit"):
        return ()
    by_entry: dict[str, list[Proposal]] = {}
    for one in _waiting(tx):
        if one.id in ids:
            by_entry.setdefault(one.entry, []).append(one)
    found = []
    for entry, given in by_entry.items():
        now = curation.read(tx, entry)
        if now is not None and now.is_live:
            text = with_wordings(tx, now.text, (one.text for one in given))
            found.append(Taught(text, now.number, tuple(one.id for one in given)))
    return tuple(found)


@promises
def accept(tx: Transaction, who: MemberRef, found: Taught, key: str) -> bool:
    """Take the wordings of one entry in, as one revision; False when the entry has changed
    meanwhile, or for whoever may not."""
    if not may(tx, who, "edit"):
        return False
    if isinstance(_published(tx, who, found.text, found.number, "", key), Refused):
        return False
    proposals.decide(tx.db, tx.workspace, found.proposals, "accepted")
    return True


def with_wordings(tx: Transaction, text: EntryText, lines: Iterable[str]) -> EntryText:
    """An entry with those of the lines that the bank does not know yet, as far as there is room."""
    room = MOST_UTTERANCES - sum(len(said) for said in text.utterances.values())
    return with_more(
        text, fitting_utterances(unknown_of(tx, lines), max(room, 0), LONGEST_UTTERANCE)
    )


def unknown_of(tx: Transaction, lines: Iterable[str]) -> tuple[str, ...]:
    """Those of the lines that stand nowhere in the bank yet: no wording may stand twice."""
    known = {" ".join(one.text.casefold().split()) for one in tx.bank.content.examples}
    return tuple(
        line
        for line in lines
        if " ".join(line.casefold().split()) not in known and not is_known(line, tx.bank.index)
    )


def _published(
    tx: Transaction, who: MemberRef, text: EntryText, number: int, origin: str, key: str
) -> Refused | None:
    draft = curation.keep_draft(tx, who, text, number=number, origin=origin)
    outcome = curation.publish(tx, who, draft, key)
    if not isinstance(outcome, Refused):
        return None
    curation.discard(tx, who, draft)
    return None if outcome.reason == "nothing_new" else outcome


def _waiting(tx: Transaction) -> tuple[Proposal, ...]:
    entries = tx.bank.content.entries
    found = proposals.open_ones(tx.db, tx.workspace)
    return tuple(one for one in found if one.entry in entries)


def _is_decided(tx: Transaction, entry: str, text: str) -> bool:
    return proposals.decided_before(tx.db, tx.workspace, entry, text)
