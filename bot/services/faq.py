"""Asking: one question, one decision, one turn, one reply."""

from collections.abc import Iterable
from dataclasses import replace

from bot.domain.conversation import invitation
from bot.domain.faq import HELP, Choice, Decision, Outcome, Reply, answer_of, choices_of
from bot.domain.identity import ConversationRef, MemberRef
from bot.domain.manners import beside
from bot.domain.name_clearing import without_contacts
from bot.domain.notices import Notice
from bot.services.bank import Bank, decide, offers_check
from bot.services.conversation import TURN, Thread, before_of, turn_before
from bot.services.outbox import tell
from bot.services.transaction import Transaction, reads, writes
from bot.store import faq, members, unknown_questions
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
    thread: Thread | None = None,
) -> Reply:
    """Decide a question and keep the turn.

    With a `place` the reply is told there through the outbox (small talk only where `chatty`),
    and the question may go on from the turn before it there; `thread` says where that is one.
    Without a place the reply is only returned. A `message` that was answered before is decided
    anew and its answer edited in place.
    """
    again = faq.of_message(tx.db, tx.workspace, place or "", message) if message else None
    before = before_of(turn_before(tx, member, place, thread, again), member)
    decision = decide(tx.bank, question, before)
    if before is not None and decision.invites and not decision.first:
        question = before.question or question
    is_first = _is_first(tx, member, decision)
    turn = _turn(tx, member, question, decision, place, message, late)
    turn = _kept(tx, replace(turn, introduces=is_first), again)
    reply = _for_the_chair(tx, turn)
    if place is not None and (chatty or decision.outcome != "chat"):
        tell(tx, reply_notice(turn, place))
    return reply


@writes
def show(
    tx: Transaction,
    member: MemberRef,
    entry_id: str,
    *,
    place: ConversationRef | None = None,
    message: str = "",
    said: str = "",
) -> Reply:
    """Show one entry that was chosen by its question; unknown when it has left the bank.

    `said` is what the member typed where that says more than the entry's question. A `message`
    that has brought it before, and is taken up again, brings it once.
    """
    entry = tx.bank.content.entries.get(entry_id)
    question = said or (entry.question if entry else entry_id)
    outcome: Outcome = "answer"
    if entry is None or entry.is_action:
        outcome = "action" if entry else "unknown"
    decision = Decision(outcome, entry.id if entry else None, 1.0, (), ())
    return _chosen(tx, member, question, decision, place, message)


@writes
def refuse_choices(
    tx: Transaction,
    member: MemberRef,
    turn_id: int,
    *,
    place: ConversationRef | None = None,
    aside: ConversationRef | None = None,
) -> Reply:
    """None of the offered entries was meant: an honest no that asks for other words, with the
    same question kept. Where the reply is for the member's eyes alone, `aside` is where they go
    on."""
    before = before_of(faq.get(tx.db, turn_id), member)
    question = before.question if before else ""
    turn = _turn(tx, member, question, invitation(before), place or aside, "", late=False)
    turn = _kept(tx, turn, None)
    if place is not None:
        tell(tx, reply_notice(turn, place))
    return _for_the_chair(tx, turn)


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
    if turn is None:
        return None
    return replace(reply_of(tx.bank, turn), kept=unknown_questions.is_kept(tx.db, turn.id))


@reads
def question_of(tx: Transaction, member: MemberRef, turn_id: int) -> str:
    """The member's own question of a turn, in both wordings where they tried twice; empty when it
    was somebody else's or is gone."""
    turn = faq.get(tx.db, turn_id)
    if turn is None or turn.member != member:
        return ""
    if not turn.first or turn.first == turn.question:
        return turn.question
    copy = tx.bank.content.copy
    return copy.say("ask.both_wordings", first=turn.first, second=turn.question)


def own_words(tx: Transaction, member: MemberRef, turn_id: int) -> str:
    """What the member typed in a turn, from which the check may begin; empty likewise."""
    turn = faq.get(tx.db, turn_id)
    return turn.question if turn and turn.member == member else ""


@writes
def welcome(tx: Transaction, member: MemberRef) -> bool:
    """Welcome a member in their direct conversation, the first time they come."""
    first = members.welcome_once(tx.db, tx.workspace, member, tx.now)
    if first:
        tell(tx, Notice(tx.workspace, member, "welcome", "welcome"))
    return first


def slot_of(turn_id: int) -> str:
    """The slot that a turn's reply fills, wherever it was asked."""
    return f"{TURN}{turn_id}"


def reply_of(bank: Bank, turn: Turn) -> Reply:
    """The reply that a turn comes to with this bank."""
    entries = bank.content.entries
    entry = entries.get(turn.entry) if turn.entry else None
    offered = turn.outcome == "clarify"
    outcome: Outcome = turn.outcome if entry is not None or turn.entry is None else "unknown"
    said = beside(turn.question, outcome, bank.content.manners)
    after_choices = turn.outcome == "unknown" and bool(turn.choices)
    second_try = outcome == "unknown" and bool(turn.first) and not after_choices
    likeliest = turn.entry or next(iter(turn.choices), None)
    return Reply(
        turn=turn.id,
        member=turn.member,
        outcome=outcome,
        answer=answer_of(entry, entries) if entry else None,
        choices=_choices(bank, turn.choices) if offered else (),
        late=turn.late,
        after_choices=after_choices,
        introduces=turn.introduces,
        remark=said.remark,
        instead="" if after_choices else said.instead,
        follows=next(iter(_choices(bank, (turn.follows,))), None),
        also=_choices(bank, turn.also),
        second_try=second_try,
        offers_check=offers_check(bank, turn.question, outcome, likeliest),
    )


def _choices(bank: Bank, entries: Iterable[str | None]) -> tuple[Choice, ...]:
    known = bank.content.entries
    return choices_of([known[one] for one in entries if one is not None and one in known])


def reply_notice(turn: Turn, place: ConversationRef) -> Notice:
    """The notice that carries a turn's reply; the same turn always fills the same slot."""
    return Notice(turn.workspace, place, slot_of(turn.id), "answer", str(turn.id))


def _for_the_chair(tx: Transaction, turn: Turn) -> Reply:
    """The reply; a question that nobody could answer is kept without who asked.

    What the bot could name as something else is none for the chair.
    """
    reply = reply_of(tx.bank, turn)
    if reply.outcome != "unknown" or reply.instead or not turn.question:
        unknown_questions.drop(tx.db, turn.id)
        return reply
    kept = without_contacts(turn.question)
    unknown_questions.keep(tx.db, tx.workspace, turn.id, kept, tx.now)
    return replace(reply, kept=True)


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
        also=decision.also,
        follows=decision.follows,
        dropped=decision.dropped,
        first=decision.first,
    )
