"""Hand-offs: what a member shares, what is known of a ticket, and what is said in it.

How a ticket moves is in handoff_moves.py.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Literal, get_args

from bot.domain.copy import Copy
from bot.domain.handoff_reach import Reach
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
LONGEST_REASON = 300
LONGEST_NOTE = 1_000
SHOWN_HISTORY = 10
SHOWN_NOTES = 3
"""So many of the desk's notes stand on the card, the newest; the others in the notes' window."""


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


Reason = Literal[
    "taken",
    "closed",
    "withdrawn",
    "gone",
    "not_desk",
    "stale",
    "nothing_new",
    "still_open",
    "too_late",
    "another_open",
    "not_their_desk",
    "past",
    "too_far",
]
"""`still_open`: there is nothing to reopen; `too_late`: it ended too long ago for that;
`another_open`: the member has a newer request; `not_their_desk`: who is to have it does not answer
for the chapter; `past`, `too_far`: no day until which a request can be put off."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a ticket did not move.

    `who` is the one who has it and `number` that of the newer request, where that is the reason.
    """

    reason: Reason
    who: MemberRef | None = None
    number: int | None = None


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
    "reassigned",
    "snoozed",
    "woken",
    "reopened",
    "noted",
    "edited",
    "taken_back",
]
"""What happens to a ticket. `edited` and `taken_back` are about one message."""
_LATEST_ONLY: frozenset[What] = frozenset(
    {
        "delivered",
        "unreachable",
        "added",
        "answered",
        "member_unreachable",
        "noted",
        "edited",
        "taken_back",
    }
)


@dataclass(frozen=True, slots=True)
class Happened:
    """One line of a ticket's history.

    `detail` is to whom it was given (a MemberRef) or until when it was put off (ISO); `reason` is
    in the desk's own words and never shown to the member.
    """

    who: str
    what: What
    at: datetime
    detail: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """One relayed message; both sides see this text. One that was taken back has none."""

    id: int
    ticket: int
    author: MemberRef
    by_member: bool
    text: str
    at: datetime
    edited_at: datetime | None = None

    @property
    def is_taken_back(self) -> bool:
        """Whether its author took it back, or left nothing of this part when they edited it."""
        return self.edited_at is not None and not self.text


@dataclass(frozen=True, slots=True)
class Note:
    """What somebody of the desk noted of a ticket, for the desk alone."""

    author: MemberRef
    text: str
    at: datetime


@dataclass(frozen=True, slots=True)
class TicketRecord:
    """A ticket with all that is shown of it.

    `notes` are for the desk alone, newest first; `names` are those of the people who answer for
    the chapter, as members know them; `can_reopen` says that it ended lately enough to go on.
    """

    ticket: Ticket
    history: tuple[Happened, ...]
    reach: Reach
    desk: tuple[MemberRef, ...]
    notes: tuple[Note, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)
    can_reopen: bool = False

    @property
    def is_answered(self) -> bool:
        """Whether the desk has ever answered."""
        return any(line.what == "answered" for line in self.history)

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


def parts_of(text: str, longest: int = LONGEST_MESSAGE) -> tuple[str, ...]:
    """The text in parts that can be relayed, cut between words; joined they are the text again.

    A part is at least half full, so that a long text without spaces is not cut into more parts
    than it needs.
    """
    parts = []
    half = longest // 2
    while len(text) > longest:
        at = max(text.rfind("\n", half, longest), text.rfind(" ", half, longest)) + 1 or longest
        parts.append(text[:at])
        text = text[at:]
    return (*parts, text)
