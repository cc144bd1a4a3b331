"""Asking: one question, one decision, one turn, one reply."""

from dataclasses import replace

from bot.domain.faq import HELP, Decision, Outcome, Reply, answer_of, choices_of
from bot.domain.identity import ConversationRef, MemberRef
from bot.domain.notices import Notice
from bot.services.bank import Bank, decide
from bot.services.outbox import tell
from bot.services.transaction import Transaction, reads, writes
from bot.store import faq, members, outbox
from bot.store.faq import Turn


@writes
def ask(
    tx: Transaction,
    member: MemberRef,
    question: str,
    *,
    place: ConversationRef | None = None,
    message: str = "",
    late: bool = False,
    chatty: bool = False,
) -> Reply:
    """Decide a question and keep the turn.

    With a `place` the reply is told there through the outbox (small talk only where `chatty`);
    without one it is only returned. A `message` that was answered
    before is decided anew and its answer edited in place.
    """
    before = faq.of_message(tx.db, tx.workspace, place or "", message) if message else None
    decision = decide(tx.bank, question)
    is_first = _is_first(tx, member, decision)
    turn = _turn(tx, member, question, decision, place, message, late)
    turn = _kept(tx, replace(turn, introduces=is_first), before)
    if place is not None and (chatty or decision.outcome != "chat"):
        tell(tx, reply_notice(turn, place))
    return reply_of(tx.bank, turn)


@writes
def show(
    tx: Transaction,
    member: MemberRef,
    entry_id: str,
    *,
    place: ConversationRef | None = None,
    message: str = "",
) -> Reply:
    """Show one entry that was chosen by its question; unknown when it has left the bank.

    A `message` that has brought it before, and is taken up again, brings it once.
    """
    entry = tx.bank.content.entries.get(entry_id)
    question = entry.question if entry else entry_id
    outcome: Outcome = "answer"
    if entry is None or entry.is_action:
        outcome = "action" if entry else "unknown"
    decision = Decision(outcome, entry.id if entry else None, 1.0, (), ())
    return _chosen(tx, member, question, decision, place, message)


@writes
def refuse_choices(
    tx: Transaction, member: MemberRef, turn_id: int, *, place: ConversationRef | None = None
) -> Reply:
    """None of the offered entries was meant: an honest no, with the same question kept."""
    before = faq.get(tx.db, turn_id)
    question = before.question if before and before.member == member else ""
    decision = Decision("unknown", None, 0.0, before.choices if before else (), ())
    return _chosen(tx, member, question, decision, place)


def _chosen(
    tx: Transaction,
    member: MemberRef,
    question: str,
    decision: Decision,
    place: ConversationRef | None,
    message: str = "",
) -> Reply:
    before = faq.of_message(tx.db, tx.workspace, place or "", message) if message else None
    turn = _turn(tx, member, question, decision, place, message, late=False)
    turn = _kept(tx, turn, before)
    if place is not None:
        tell(tx, reply_notice(turn, place))
    return reply_of(tx.bank, turn)


def _kept(tx: Transaction, turn: Turn, before: Turn | None) -> Turn:
    """The turn as it is kept: in the place of the one that the same message began, or anew."""
    if before is None:
        return replace(turn, id=faq.add(tx.db, turn, tx.now))
    turn = replace(turn, id=before.id, introduces=before.introduces)
    faq.replace(tx.db, turn)
    return turn


@writes
def vote(tx: Transaction, member: MemberRef, turn_id: int, *, helpful: bool) -> bool:
    """One vote a person, changeable; False when the turn is no longer kept."""
    if faq.get(tx.db, turn_id) is None:
        return False
    faq.vote(tx.db, turn_id, member, helpful, tx.now)
    return True


@reads
def reply(tx: Transaction, turn_id: int) -> Reply | None:
    """What a kept turn shows now; None when it was erased."""
    turn = faq.get(tx.db, turn_id)
    return reply_of(tx.bank, turn) if turn else None


@reads
def question_of(tx: Transaction, member: MemberRef, turn_id: int) -> str:
    """The member's own question of a turn; empty when it was somebody else's or is gone."""
    turn = faq.get(tx.db, turn_id)
    return turn.question if turn and turn.member == member else ""


@writes
def welcome(tx: Transaction, member: MemberRef) -> bool:
    """Welcome a member in their direct conversation, the first time they come."""
    first = members.welcome_once(tx.db, tx.workspace, member, tx.now)
    if first:
        tell(tx, Notice(tx.workspace, member, "welcome", "welcome"))
    return first


def erase(tx: Transaction, member: MemberRef) -> None:
    """Forget the member's questions and votes, and where the answers stand."""
    for turn_id in faq.ids_of(tx.db, tx.workspace, member):
        outbox.erase_slot(tx.db, tx.workspace, slot_of(turn_id))
    faq.erase(tx.db, tx.workspace, member)


def slot_of(turn_id: int) -> str:
    """The slot that a turn's reply fills, wherever it was asked."""
    return f"turn:{turn_id}"


def reply_of(bank: Bank, turn: Turn) -> Reply:
    """The reply that a turn comes to with this bank."""
    entries = bank.content.entries
    entry = entries.get(turn.entry) if turn.entry else None
    offered = turn.outcome == "clarify"
    return Reply(
        turn=turn.id,
        member=turn.member,
        outcome=turn.outcome if entry is not None or turn.entry is None else "unknown",
        answer=answer_of(entry, entries) if entry else None,
        choices=choices_of([entries[c] for c in turn.choices if c in entries]) if offered else (),
        late=turn.late,
        after_choices=turn.outcome == "unknown" and bool(turn.choices),
        introduces=turn.introduces,
    )


def reply_notice(turn: Turn, place: ConversationRef) -> Notice:
    """The notice that carries a turn's reply; the same turn always fills the same slot."""
    return Notice(turn.workspace, place, slot_of(turn.id), "answer", str(turn.id))


def _is_first(tx: Transaction, member: MemberRef, decision: Decision) -> bool:
    """Whether this reply introduces the bot; the help does so by itself, small talk need not."""
    members.meet(tx.db, tx.workspace, member, tx.now)
    if decision.outcome == "chat":
        return False
    return members.welcome_once(tx.db, tx.workspace, member, tx.now) and decision.entry != HELP


def _turn(
    tx: Transaction,
    member: MemberRef,
    question: str,
    decision: Decision,
    place: ConversationRef | None,
    message: str,
    late: bool,
) -> Turn:
    entry = tx.bank.content.entries.get(decision.entry) if decision.entry else None
    return Turn(
        id=0,
        workspace=tx.workspace,
        member=member,
        place=place or "",
        message=message,
        question=question,
        outcome=decision.outcome,
        entry=decision.entry,
        choices=decision.choices,
        digest=entry.digest if entry else None,
        late=late,
        introduces=False,
    )
