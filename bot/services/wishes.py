""" "Tell me when there is an answer": wished, taken back, and told, each once."""

from dataclasses import dataclass, replace

from bot.domain.faq import Outcome, Reply
from bot.domain.identity import ConversationRef, MemberRef
from bot.domain.learning import Wished
from bot.domain.notices import Notice
from bot.services import learning
from bot.services.faq import reply_of
from bot.services.outbox import tell
from bot.services.transaction import Transaction, promises, reads, writes
from bot.store import faq, outbox, unknown_questions, wishes


@dataclass(frozen=True, slots=True)
class Fulfilled:
    """The answer to a wish: the reply as it is shown, and what was asked (empty when forgotten)."""

    question: str
    reply: Reply


@promises
def wish(tx: Transaction, member: MemberRef, turn_id: int) -> Wished:
    """Keep that the member wants to hear of an answer to their own question.

    Somebody else's cannot be wished for: its words are theirs, and the answer repeats them.
    """
    turn = faq.get(tx.db, turn_id)
    if turn is None or turn.workspace != tx.workspace or not turn.question:
        return "gone"
    if turn.member != member:
        return "not_yours"
    before = wishes.get(tx.db, tx.workspace, turn_id)
    if before is not None:
        return "told" if before.told else "again"
    if not unknown_questions.is_kept(tx.db, turn_id):
        return "gone"
    entry = unknown_questions.answer_of(tx.db, turn_id)
    wishes.add(tx.db, tx.workspace, turn_id, member, entry, tx.now)
    return "answered" if _tell_waiting(tx) and entry else "wished"


@writes
def take_back(tx: Transaction, member: MemberRef, turn_id: int) -> bool:
    """No answer is awaited any more; False when none was."""
    found = wishes.get(tx.db, tx.workspace, turn_id)
    if found is None or found.member != member or found.told:
        return False
    wishes.drop(tx.db, turn_id)
    return True


@promises
def tell_waiting(tx: Transaction) -> int:
    """Tell everybody whose answer is there and live, each once; how many were told."""
    learning.settle_known(tx)
    return _tell_waiting(tx)


def _tell_waiting(tx: Transaction) -> int:
    live = [
        one for one in wishes.to_tell(tx.db, tx.workspace) if one.entry in tx.bank.content.entries
    ]
    for one in live:
        wishes.told(tx.db, one.turn, tx.now)
        tell(tx, _notice(tx, one))
    return len(live)


@reads
def fulfilled(tx: Transaction, turn_id: int) -> Fulfilled | None:
    """What is told; None when the wish or the answer is gone."""
    found, turn = wishes.get(tx.db, tx.workspace, turn_id), faq.get(tx.db, turn_id)
    entry = tx.bank.content.entries.get(found.entry or "") if found else None
    if found is None or turn is None or entry is None:
        return None
    outcome: Outcome = "action" if entry.is_action else "answer"
    answered = replace(
        turn,
        outcome=outcome,
        entry=entry.id,
        choices=(),
        also=(),
        follows=None,
        first="",
        late=False,
    )
    return Fulfilled(turn.question, replace(reply_of(tx.bank, answered), introduces=False))


def slot_of(turn_id: int) -> str:
    """The slot in the member's direct conversation that the answer fills."""
    return f"wish:{turn_id}"


def forget_words(tx: Transaction, turn_id: int) -> None:
    """The turn's words go: what was wished is not awaited any more; what was told loses them."""
    found = wishes.get(tx.db, tx.workspace, turn_id)
    if found is not None and found.told:
        tell(tx, _notice(tx, found))
    elif found is not None:
        wishes.drop(tx.db, turn_id)


def forget_turn(tx: Transaction, turn_id: int) -> None:
    """The turn goes."""
    outbox.erase_slot(tx.db, tx.workspace, slot_of(turn_id))
    wishes.drop(tx.db, turn_id)


def erase(tx: Transaction, member: MemberRef) -> None:
    """Nothing more is told to the member, and nobody knows where it was."""
    for turn_id in wishes.turns_of(tx.db, tx.workspace, member):
        outbox.erase_slot(tx.db, tx.workspace, slot_of(turn_id))


def _notice(tx: Transaction, found: wishes.Wish) -> Notice:
    turn = found.turn
    place = ConversationRef(found.member)
    return Notice(tx.workspace, place, slot_of(turn), "wished_answer", str(turn))
