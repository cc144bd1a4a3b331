"""What a message goes on from: the turn before it in the same conversation, if it is recent."""

from dataclasses import dataclass

from bot.domain.conversation import Before
from bot.domain.identity import ConversationRef, MemberRef
from bot.domain.notices import Landing
from bot.services.transaction import Transaction
from bot.store import faq, outbox
from bot.store.faq import Turn

TURN = "turn:"
"""With the turn's id the slot that its reply fills, wherever it was asked."""


@dataclass(frozen=True, slots=True)
class Thread:
    """A thread by the message that it hangs on, and the conversation in which that stands."""

    root: Landing
    above: ConversationRef


def turn_before(
    tx: Transaction,
    member: MemberRef,
    place: ConversationRef | None,
    thread: Thread | None,
    again: Turn | None,
) -> Turn | None:
    """The turn that a message goes on from; None where there is none, or it is too long ago.

    `again` is the message's own turn when it is decided anew: then only what came before counts.
    In a thread of its own the first message goes on from what the thread hangs on. A window
    (whose place is the member) and a reply that is not kept in a place go on from nothing.
    """
    if place is None or str(place) == str(member):
        return None
    now = again.asked_at if again and again.asked_at else tx.now
    since = now - tx.bank.content.phrasing.remembered
    places = (place,) if thread else (place, member)
    found = faq.latest(tx.db, tx.workspace, places, member, since, again.id if again else None)
    if found is None and thread is not None:
        found = _hung_on(tx, thread)
        if found is None or found.asked_at is None or found.asked_at < since:
            return None
    return found if found and found.outcome != "chat" else None


def before_of(turn: Turn | None, member: MemberRef) -> Before | None:
    """A turn as far as a message of this member is read with it: nobody else's wording is."""
    if turn is None:
        return None
    own = turn.member == member
    return Before(
        outcome=turn.outcome,
        entry=turn.entry,
        choices=turn.choices,
        dropped=turn.dropped,
        question=turn.question if own else "",
        first=turn.first if own else "",
    )


def _hung_on(tx: Transaction, thread: Thread) -> Turn | None:
    """The turn whose question or whose reply a thread hangs on."""
    root = thread.root
    slot = outbox.slot_at(tx.db, tx.workspace, root.conversation, root.message) or ""
    if slot.startswith(TURN):
        return faq.get(tx.db, int(slot.removeprefix(TURN)))
    return faq.of_message(tx.db, tx.workspace, thread.above, root.message)
