"""Hand-offs: what a member shares, how a ticket goes its way, and who may move it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal, get_args

from bot.domain.copy import Copy
from bot.domain.identity import MemberRef, Workspace

State = Literal["new", "claimed", "waiting_member", "waiting_chair", "closed", "withdrawn"]
"""`waiting_chair`: the member wrote last, and the desk owes an answer; `waiting_member` the other
way round."""
Outcome = Literal["answered", "applying", "studying", "referred_to_ala", "not_now"]
OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)
Field = Literal["name", "question", "standing", "time_zone"]
FIELDS: tuple[Field, ...] = get_args(Field)
"""What a member may switch on or off; the note needs no switch, it is left empty."""

LONGEST_FIELD = 1_500
"""Characters of a shared question or note: the card's text stays whole for a screen reader."""
LONGEST_MESSAGE = 3_000
"""Characters of one relayed message: what Slack shows in one section."""
MOST_PARTS = 4
"""A longer message of a thread is relayed in so many parts at the most, else refused visibly."""
SHOWN_HISTORY = 10


@dataclass(frozen=True, slots=True)
class SharedFields:
    """What goes to the chair; an empty field is not shared."""

    name: str = ""
    question: str = ""
    standing: str = ""
    time_zone: str = ""
    note: str = ""

    @property
    def offered(self) -> tuple[Field, ...]:
        """The fields that have something to share."""
        return tuple(field for field in FIELDS if getattr(self, field))

    def only(self, switched_on: Collection[str], note: str = "") -> "SharedFields":
        """What is left when only these switches are on, with this note."""
        off = {field: "" for field in FIELDS if field not in switched_on}
        return replace(self, **off, note=note)


@dataclass(frozen=True, slots=True)
class SharedLine:
    """One line of what is shared, as both the preview and the card show it."""

    label: str
    text: str

    def __str__(self) -> str:
        return f"{self.label}: {self.text}"


def shared_lines(
    shared: SharedFields, copy: Copy, *, adding: bool = False
) -> tuple[SharedLine, ...]:
    """What the chair sees, word for word; the preview, the card and the ticket all use this.

    `adding` to an open ticket, whose card says already who it is from.
    """
    name = shared.name or ("" if adding else copy.say("handoff.nameless"))
    texts = {**{field: getattr(shared, field) for field in FIELDS}, "name": name}
    return tuple(
        SharedLine(copy.say(f"handoff.label_{field}"), text)
        for field, text in (*texts.items(), ("note", shared.note))
        if text
    )


@dataclass(frozen=True, slots=True)
class Preview:
    """What a member is shown before anything is sent.

    `adds_to` is the number of the open ticket that it will be a further message of.
    """

    draft: int
    offered: SharedFields
    adds_to: int | None

    @property
    def switched_on(self) -> tuple[Field, ...]:
        """The switches at first: all, but never a name that the open ticket was sent without."""
        nameless = self.adds_to is not None
        return tuple(field for field in self.offered.offered if field != "name" or not nameless)

    def lines(self, switched_on: Collection[str], copy: Copy) -> tuple["SharedLine", ...]:
        """What the chair will see with these switches on; the note comes on top of it."""
        return shared_lines(self.offered.only(switched_on), copy, adding=self.adds_to is not None)


@dataclass(frozen=True, slots=True)
class Ticket:
    """One hand-off. `version` grows with each change, so that a stale click is known as such.

    `waiting_since` is since when the desk owes the next step, None while it owes none. A snoozed
    one rings at nobody until then.
    """

    id: int
    workspace: Workspace
    number: int
    member: MemberRef
    state: State
    version: int
    claimed_by: MemberRef | None
    outcome: Outcome | None
    shared: SharedFields
    created_at: datetime
    changed_at: datetime
    waiting_since: datetime | None = None
    snoozed_until: datetime | None = None
    closed_at: datetime | None = None

    @property
    def is_open(self) -> bool:
        """Whether anything can still be said or done in it."""
        return self.state not in ("closed", "withdrawn")


Reason = Literal["taken", "closed", "withdrawn", "gone", "not_desk", "stale", "nothing_new"]


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a ticket did not move; `who` is the one who has it, where that is the reason."""

    reason: Reason
    who: MemberRef | None = None


@dataclass(frozen=True, slots=True)
class Opened:
    """The ticket that a hand-off made, or the open one that it was `added` to."""

    ticket: Ticket
    added: bool


What = Literal[
    "sent",
    "delivered",
    "unreachable",
    "passed_on",
    "claimed",
    "released",
    "added",
    "answered",
    "closed",
    "withdrawn",
    "member_unreachable",
]
_LATEST_ONLY = frozenset({"delivered", "unreachable", "added", "answered", "member_unreachable"})


@dataclass(frozen=True, slots=True)
class Happened:
    """One line of a ticket's history."""

    who: str
    what: What
    at: datetime


@dataclass(frozen=True, slots=True)
class Said:
    """One relayed message; both sides see this text."""

    id: int
    ticket: int
    author: MemberRef
    by_member: bool
    text: str
    at: datetime


CardState = Literal["sent", "delivered", "failed"]


@dataclass(frozen=True, slots=True)
class Card:
    """A ticket's card at one person of the desk."""

    holder: MemberRef
    state: CardState


Reach = Literal["nobody", "on_its_way", "delivered", "unreachable"]


@dataclass(frozen=True, slots=True)
class TicketRecord:
    """A ticket with all that is shown of it."""

    ticket: Ticket
    history: tuple[Happened, ...]
    reach: Reach
    desk: tuple[MemberRef, ...]

    @property
    def shown_history(self) -> tuple[Happened, ...]:
        """The history without what a later line of the same kind repeats, newest last."""
        latest = {line.what: at for at, line in enumerate(self.history)}
        kept = [
            line
            for at, line in enumerate(self.history)
            if line.what not in _LATEST_ONLY or latest[line.what] == at
        ]
        return tuple(kept[-SHOWN_HISTORY:])


def claim(ticket: Ticket, who: MemberRef, seen: int) -> Ticket | Refusal:
    """Take a ticket; from somebody else only when `seen`, the version clicked on, showed that."""
    if refusal := _over(ticket):
        return refusal
    if ticket.claimed_by == who:
        return ticket
    if ticket.claimed_by is not None and seen != ticket.version:
        return Refusal("taken", ticket.claimed_by)
    return _moved(ticket, "claimed", who)


def release(ticket: Ticket, who: MemberRef) -> Ticket | Refusal:
    """Give a ticket back, for anybody of the desk to take."""
    if refusal := _over(ticket) or _taken(ticket, who):
        return refusal
    return ticket if ticket.claimed_by is None else _moved(ticket, "new", None)


def reply(ticket: Ticket, who: MemberRef) -> Ticket | Refusal:
    """Answer in a ticket, which also claims it when nobody has."""
    if refusal := _over(ticket) or _taken(ticket, who):
        return refusal
    return ticket if ticket.claimed_by == who else _moved(ticket, "claimed", who)


def close(ticket: Ticket, who: MemberRef, outcome: Outcome) -> Ticket | Refusal:
    """End a ticket with what came of it."""
    if refusal := _over(ticket) or _taken(ticket, who):
        return refusal
    return replace(_moved(ticket, "closed", who), outcome=outcome)


def withdraw(ticket: Ticket) -> Ticket | Refusal:
    """The member takes it back; nothing that was shared is kept."""
    if refusal := _over(ticket):
        return refusal
    return replace(_moved(ticket, "withdrawn", ticket.claimed_by), shared=SharedFields())


def freed(ticket: Ticket, desk: Collection[MemberRef]) -> Ticket:
    """The ticket without a claim of somebody who is not (or no longer) of this desk."""
    lost = ticket.claimed_by is not None and ticket.claimed_by not in desk
    return _moved(ticket, "new", None) if ticket.is_open and lost else ticket


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


def parts_of(text: str, longest: int = LONGEST_MESSAGE) -> tuple[str, ...]:
    """The text in parts that can be relayed, cut between words; joined they are the text again."""
    parts = []
    while len(text) > longest:
        at = max(text.rfind("\n", 0, longest), text.rfind(" ", 0, longest)) + 1 or longest
        parts.append(text[:at])
        text = text[at:]
    return (*parts, text)


def _over(ticket: Ticket) -> Refusal | None:
    if ticket.state == "closed":
        return Refusal("closed", ticket.claimed_by)
    return Refusal("withdrawn") if ticket.state == "withdrawn" else None


def _taken(ticket: Ticket, who: MemberRef) -> Refusal | None:
    return None if ticket.claimed_by in (None, who) else Refusal("taken", ticket.claimed_by)


def _moved(ticket: Ticket, state: State, claimed_by: MemberRef | None) -> Ticket:
    return replace(ticket, state=state, claimed_by=claimed_by, version=ticket.version + 1)
