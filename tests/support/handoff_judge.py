"""What everybody should see of the hand-offs, known apart from the bot, and held against it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import zip_longest
from typing import Literal

from bot.domain.handoff import MOST_PARTS, Ticket, parts_of
from bot.domain.handoff_moves import REOPENED_WITHIN, TABLE, Move
from bot.domain.identity import MemberRef
from bot.domain.notices import Notice
from handlers.slack.ids import user_id_of
from handlers.slack.notices import RENDERERS
from handlers.slack.views.blocks import Message
from tests.support.frail_office import FrailOffice, Happening, Snapshot
from tests.support.handoff import ADA, BEN
from tests.support.handoff_conversations import Shown

Side = Literal["ticket", "card"]
MEMBERS = (ADA, BEN)
PASSED_ON = frozenset(
    f"handoff.{key}"
    for key in (
        *("thread_passed_on", "thread_kept", "thread_reopened", "thread_moved"),
        *("desk_thread_passed_on", "desk_thread_reopened", "desk_thread_moved", "edit_carried"),
    )
)
OWING = ("new", "claimed", "waiting_chair")

_BY_ITSELF: tuple[Move, ...] = ("lose", "wake")
MOVES_OF: dict[str, tuple[Move, ...]] = {
    "handoff.open": ("write",),
    "handoff.withdraw": ("withdraw",),
    "handoff.reopen": ("reopen", "lose"),
    "handoff_thread.hear": ("write", "reply", "reopen", "lose"),
    "handoff_edits.edited": ("write", "reply", "reopen", "lose"),
    "handoff_desk.claim": ("claim",),
    "handoff_desk.release": ("release",),
    "handoff_desk.reply": ("reply",),
    "handoff_desk.close": ("close",),
    "handoff_desk.reassign": ("reassign",),
    "handoff_desk.snooze": ("snooze",),
    "handoff_clock.ring_due": ("wake",),
    "outbox.record": ("lose",),
    "handoff_delivery.deliver_missing": ("lose",),
    "membership.left": ("lose",),
}
"""What each use case may do to a request; every other one may do nothing to any."""


@dataclass
class Word:
    """Something that somebody wrote. `thread` is the request below whose message it was typed, 0
    for a window; `ticket` the one that it was carried into, 0 while it is in none; `answered` the
    envelope that its author was told of last, where that was an edit."""

    token: str
    key: str
    author: MemberRef
    side: Side
    thread: int
    text: str
    ticket: int = 0
    changed_at: datetime | None = None
    is_there: bool = True
    answered: str = ""

    @property
    def at(self) -> str:
        """Where the platform has it."""
        return f"typed-{self.token}"

    def was_typed_below(self, ticket: int, person: MemberRef) -> bool:
        return self.author == person and self.thread == ticket


@dataclass
class Judge:
    """What was said and shared so far, and whom each of it is for."""

    words: list[Word] = field(default_factory=list)
    notes: dict[int, str] = field(default_factory=dict)
    hidden: set[str] = field(default_factory=set)
    nameless: set[int] = field(default_factory=set)
    secrets: set[str] = field(default_factory=set)
    vanished: list[tuple[str, set[str]]] = field(default_factory=list)
    happened: set[tuple[str, str, str]] = field(default_factory=set)

    def watches(self, person: str, notice: Notice, message: Message) -> None:
        """What must never be shown to anybody, not for a moment."""
        shown = repr(message)
        if any(person == user_id_of(member) for member in MEMBERS):
            leaked = [secret for secret in self.secrets if secret in shown]
            assert not leaked, f"{person} reads what is the desk's own: {leaked}"
            return
        named = [name for name in self.hidden if name in shown]
        assert not named, f"{person} reads a name that was not shared: {named}"
        side, _, number = notice.slot.partition(":")
        if side != "card" or int(number) in self.nameless:
            traced = [user_id_of(one) for one in MEMBERS if user_id_of(one) in shown]
            assert not traced, f"{person} reads who asked without their name: {notice.slot}"

    def witnesses(self, happening: Happening) -> None:
        """Each step is one of the table, and each request is whole after it."""
        use_case = happening.use_case.removeprefix("bot.services.")
        moves = MOVES_OF.get(use_case, ())
        for number, after in happening.after.tickets.items():
            before = happening.before.tickets.get(number)
            _is_whole(after)
            if before is None:
                assert use_case == "handoff.open" and after.state == "new"
            elif before.version != after.version:
                assert after.version > before.version
                assert after.state in _reached(before, moves), (use_case, before, after)
                self.happened.add((use_case, before.state, after.state))
            else:
                assert before == after, (use_case, before, after)
        gone = set(happening.before.tickets) - set(happening.after.tickets)
        assert not gone or use_case == "privacy.erase"

    def may_be_said(self, word: Word, now: Snapshot, at: datetime, text: str) -> int:
        """The request into which it is to be carried; 0 where it is to be refused."""
        found = now.tickets.get(word.thread)
        if found is None or found.state == "withdrawn" or len(parts_of(text)) > MOST_PARTS:
            return 0
        target = (None if found.is_open else now.newer_open(found)) or found
        if not target.is_open and at - (target.closed_at or at) > REOPENED_WITHIN:
            return 0
        if word.side == "ticket":
            return target.id
        if word.author not in now.desk:
            return 0
        is_theirs = not target.is_open or target.claimed_by in (None, word.author)
        return target.id if is_theirs else 0

    def said_in(self, ticket: int) -> Iterable[Word]:
        return (word for word in self.words if word.ticket == ticket)

    def loses(self, tickets: Iterable[int], members_only: bool, gone: Iterable[str]) -> None:
        """What is taken away from everybody of the desk who can be reached."""
        for ticket in tickets:
            if note := self.notes.pop(ticket, ""):
                self.vanished.append((note, set(gone)))
            for word in self.said_in(ticket):
                if word.side == "ticket" or not members_only:
                    word.is_there = False
                    self.vanished.append((word.token, set(gone)))

    def cannot_be_reached(self, person: str) -> None:
        """Somebody left while something was on its way: from them it is not taken any more."""
        for _, unreached in self.vanished:
            unreached.add(person)

    async def judge(self, office: FrailOffice, now: Snapshot) -> None:
        """With nothing on its way, everybody sees what they should, once, and as it is."""
        slack = office.slack
        self._judge_receipts(office, now)
        for token, unreached in self.vanished:
            for person, seen in slack.seen.items():
                if person in unreached or any(person == user_id_of(one) for one in MEMBERS):
                    continue
                left = [shown.slot for shown in seen.values() if token in repr(shown.message)]
                assert not left, f"{token} still stands at {person} in {left}"
        for ticket in now.tickets.values():
            self._judge_member(office, ticket)
            for holder, state in now.cards[ticket.id].items():
                if state == "delivered" and holder in now.desk:
                    self._judge_holder(office, ticket, holder)
            self._judge_reach(office, now, ticket)
            await _is_as_stored(office, now, ticket)

    def _judge_receipts(self, office: FrailOffice, now: Snapshot) -> None:
        """Whoever writes is told whether it was passed on, and that is true."""
        for word in self.words:
            slot = f"said:{word.side}:{word.thread}:{word.answered or word.key}"
            told = office.slack.in_slot(word.author, slot)
            assert told or word.author not in MEMBERS or word.thread not in now.tickets, word
            for shown in told:
                was_passed_on = shown.notice.subject.partition("|")[0] in PASSED_ON
                assert was_passed_on == bool(word.ticket), (word, shown.message.text)

    def _judge_member(self, office: FrailOffice, ticket: Ticket) -> None:
        member = ticket.member
        assert len(office.slack.in_slot(member, f"ticket:{ticket.id}")) == 1
        for word in self.said_in(ticket.id):
            typed = word.was_typed_below(ticket.id, member)
            relayed = _relays(office, member, "message:", word)
            if word.side == "ticket" and (typed or not word.is_there):
                assert typed <= (relayed == ""), f"{word.token} comes back to its author"
            else:
                assert relayed == (word.text if word.is_there else ""), (word, relayed)

    def _judge_holder(self, office: FrailOffice, ticket: Ticket, holder: MemberRef) -> None:
        cards = office.slack.in_slot(holder, f"card:{ticket.id}")
        assert len(cards) == 1, f"{len(cards)} cards of {ticket.id} at {holder}"
        if ticket.state == "withdrawn":
            left = [secret for secret in self.secrets if secret in repr(cards[0].message)]
            assert not left, f"noted of a withdrawn request: {left}"
        for note in filter(None, [self.notes.get(ticket.id, "")]):
            assert note in repr(cards[0].message.blocks), f"the card lost {note}"
        for word in self.said_in(ticket.id):
            relayed = _relays(office, holder, "card_message:", word)
            expected = word.text if word.is_there else ""
            own = word.was_typed_below(ticket.id, holder)
            assert relayed == expected or (own and relayed == ""), (holder, word, relayed)

    def _judge_reach(self, office: FrailOffice, now: Snapshot, ticket: Ticket) -> None:
        """Whoever has a request can work with it, and of every open one somebody knows."""
        if not ticket.is_open:
            return
        here = [one for one in now.desk if user_id_of(one) not in office.slack.gone]
        if ticket.claimed_by in here:
            assert now.cards[ticket.id].get(ticket.claimed_by) == "delivered", (
                f"{ticket.claimed_by} has no. {ticket.id} without its card"
            )

    def judge_end(self, office: FrailOffice, now: Snapshot) -> None:
        """At the very end, with everybody back, somebody has each open request."""
        for ticket in now.tickets.values():
            cards = now.cards[ticket.id]
            held = [one for one in now.desk if cards.get(one) == "delivered"]
            assert held or not ticket.is_open, f"nobody has no. {ticket.id}: {cards}"


def _is_whole(ticket: Ticket) -> None:
    assert (ticket.waiting_since is not None) == (ticket.state in OWING), ticket
    assert (ticket.closed_at is not None) == (ticket.state == "closed"), ticket
    assert (ticket.outcome is not None) == (ticket.state == "closed"), ticket
    assert (ticket.claimed_by is None) or ticket.state != "new", ticket
    assert (ticket.claimed_by is not None) or ticket.state in ("new", "withdrawn"), ticket
    assert ticket.snoozed_until is None or ticket.is_open, ticket


def _reached(before: Ticket, moves: tuple[Move, ...]) -> set[str]:
    """Every state to which at least one of these moves leads."""
    reached: set[str] = set()
    frontier = [before.state]
    while frontier:
        ways = TABLE[frontier.pop()]
        further = {ways[move] for move in moves if move in ways} - reached
        reached |= further
        frontier += further
    return reached


def _relays(office: FrailOffice, person: MemberRef, slots: str, word: Word) -> str:
    """What somebody reads of a word that was carried over to them, its parts put together."""
    parts = [
        shown
        for shown in office.slack.of(person)
        if shown.slot.startswith(slots) and word.token in repr(shown.message.blocks)
    ]
    parts.sort(key=lambda shown: int(shown.slot.partition(":")[2]))
    return "".join(_text(shown) for shown in parts)


def _text(shown: Shown) -> str:
    return str(shown.message.blocks[-1]["text"]["text"])


async def _is_as_stored(office: FrailOffice, now: Snapshot, ticket: Ticket) -> None:
    """Whoever looks sees how it is now."""
    assert office.runtime is not None
    cards = now.cards[ticket.id]
    people = [(ticket.member, "ticket")]
    people += [(one, "card") for one, state in cards.items() if state == "delivered"]
    is_long_over = not ticket.is_open and office.now - _end(ticket) > timedelta(days=13)
    for person, side in people:
        for shown in office.slack.in_slot(person, f"{side}:{ticket.id}"):
            drawn = await RENDERERS[shown.notice.kind](office.runtime, shown.notice)
            assert isinstance(drawn, Message)
            # The offer to reopen lapses without a word: nobody is called by an edit.
            differs = [
                (old, new)
                for old, new in zip_longest(_state(shown.message, side), _state(drawn, side))
                if old != new
            ]
            assert is_long_over or not differs, f"{person} still sees {differs}"


def _state(message: Message, side: str) -> list[object]:
    """What a message says of a request, buttons included. That the card has come is no news to
    whoever has it, so its history may lack that until it is drawn again."""
    blocks: list[object] = list(message.blocks)
    if side == "ticket":
        # After its first sentence it says when an answer may come, which follows the calendar.
        blocks[1] = message.blocks[1]["text"]["text"].partition(".")[0]
        return blocks
    return blocks[:2] + [block for block in blocks[2:] if "<!date^" not in repr(block)]


def _end(ticket: Ticket) -> datetime:
    return ticket.closed_at or ticket.changed_at
