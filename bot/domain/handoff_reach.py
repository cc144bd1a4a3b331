"""Whom of the desk a request goes to, and how far it has come."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from bot.domain.identity import MemberRef

CardState = Literal["sent", "delivered", "failed"]


@dataclass(frozen=True, slots=True)
class Card:
    """A ticket's card at one person of the desk."""

    holder: MemberRef
    state: CardState


Reach = Literal["nobody", "on_its_way", "delivered", "unreachable"]


def answering(desk: Sequence[MemberRef], member: MemberRef) -> tuple[MemberRef, ...]:
    """The desk in the order in which a member's request goes to it.

    Somebody of the desk who asks as a member comes last: nobody is the first to answer their own
    request, unless there is nobody else.
    """
    return tuple(sorted(desk, key=lambda person: person == member))


def sharing(desk: Sequence[MemberRef], member: MemberRef) -> tuple[MemberRef, ...]:
    """Everybody of the desk who is given a request that is anybody's to take."""
    return tuple(person for person in desk if person != member) or tuple(desk)


def next_holder(desk: Sequence[MemberRef], cards: Sequence[Card]) -> MemberRef | None:
    """The first of the desk who has not been given the card yet."""
    tried = {card.holder for card in cards}
    return next((person for person in desk if person not in tried), None)


def reach_of(desk: Sequence[MemberRef], cards: Sequence[Card]) -> Reach:
    """How far a ticket has come on its way to the desk of now."""
    states = {card.state for card in cards if card.holder in desk}
    if "delivered" in states:
        return "delivered"
    if "sent" in states:
        return "on_its_way"
    return "unreachable" if states else "nobody"
