"""Forgetting what was asked: one question that is not to be kept, an old turn, all of a member."""

from dataclasses import replace

from bot.domain.faq import Reply
from bot.domain.identity import ConversationRef, MemberRef
from bot.services import wishes
from bot.services.faq import reply_notice, reply_of, slot_of
from bot.services.outbox import tell
from bot.services.transaction import Transaction, promises
from bot.store import counts, faq, outbox, proposals, unknown_questions


@promises
def forget(tx: Transaction, member: MemberRef, turn_id: int) -> Reply | None:
    """Keep the member's question no longer, in no wording; the reply as it is from then on.

    None when it is not theirs, or gone.
    """
    turn = faq.get(tx.db, turn_id)
    if turn is None or turn.member != member or turn.outcome != "unknown":
        return None
    texts = [text for text in (turn.question, turn.first) if text]
    alike = unknown_questions.asked_in_words(tx.db, tx.workspace, member, texts) if texts else []
    for one in {turn_id, *alike}:
        _forget_words(tx, one)
    proposals.drop_words(tx.db, tx.workspace, member, texts)
    tx.erased.append(slot_of(turn_id))
    return reply_of(tx.bank, replace(turn, question="", first=""))


def _forget_words(tx: Transaction, turn_id: int) -> None:
    kept = unknown_questions.is_kept(tx.db, turn_id)
    unknown_questions.drop(tx.db, turn_id)
    faq.blank(tx.db, turn_id)
    turn = faq.get(tx.db, turn_id)
    if kept and turn is not None and turn.place:
        tell(tx, reply_notice(turn, ConversationRef(turn.place)))
    wishes.forget_words(tx, turn_id)


def forget_turn(tx: Transaction, turn_id: int) -> None:
    """Forget a turn from long ago; what came of it stays as a count."""
    counts.keep_of_turn(tx.db, tx.workspace, turn_id)
    outbox.erase_slot(tx.db, tx.workspace, slot_of(turn_id))
    wishes.forget_turn(tx, turn_id)
    faq.drop(tx.db, turn_id)


def erase(tx: Transaction, member: MemberRef) -> None:
    """Forget the member's questions and votes, and where the answers stand."""
    for turn_id in faq.ids_of(tx.db, tx.workspace, member):
        outbox.erase_slot(tx.db, tx.workspace, slot_of(turn_id))
    wishes.erase(tx, member)
    unknown_questions.erase(tx.db, tx.workspace, member)
    proposals.erase(tx.db, tx.workspace, member)
    faq.erase(tx.db, tx.workspace, member)
