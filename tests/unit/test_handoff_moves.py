"""The whole way of a request: every state, every move, who may, and what it does to the clock."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import handoff_moves as moves
from bot.domain.handoff import Refusal, SharedFields, State, Ticket
from bot.domain.handoff_moves import MOVES, REOPENED_WITHIN, TABLE, Move, Moved
from bot.domain.identity import MemberRef
from tests.support.handoff import ADA, CHAIR, DEPUTY, HERE

SENT = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
NOW = SENT + timedelta(hours=5)
DESK = (CHAIR, DEPUTY)
STATES: tuple[State, ...] = get_args(State)
OPEN = tuple(state for state in STATES if state not in ("closed", "withdrawn"))
NEW = Ticket(1, HERE, 7, ADA, "new", 1, None, None, SharedFields(name="Ada"), SENT, SENT, SENT)
TICKETS: Mapping[State, Ticket] = {
    "new": NEW,
    "claimed": replace(NEW, state="claimed", version=2, claimed_by=CHAIR),
    "waiting_member": replace(
        NEW, state="waiting_member", version=3, claimed_by=CHAIR, waiting_since=None
    ),
    "waiting_chair": replace(NEW, state="waiting_chair", version=4, claimed_by=CHAIR),
    "closed": replace(
        NEW,
        state="closed",
        version=5,
        claimed_by=CHAIR,
        outcome="answered",
        closed_at=SENT,
        waiting_since=None,
    ),
    "withdrawn": replace(NEW, state="withdrawn", version=6, claimed_by=CHAIR, waiting_since=None),
}


def by(move: Move, ticket: Ticket, who: MemberRef = CHAIR, now: datetime = NOW) -> Moved:
    """A ticket moved by somebody whose click knows of its newest version."""
    ways: Mapping[Move, Callable[[], Moved]] = {
        "claim": lambda: moves.claim(ticket, who, ticket.version),
        "release": lambda: moves.release(ticket, who, now),
        "reply": lambda: moves.reply(ticket, who, now),
        "write": lambda: moves.wrote(ticket, now),
        "reassign": lambda: moves.reassign(ticket, who, DEPUTY, DESK, ticket.version),
        "snooze": lambda: moves.snooze(ticket, who, now + timedelta(days=3)),
        "wake": lambda: moves.wake(replace(ticket, snoozed_until=now), now),
        "lose": lambda: moves.freed(ticket, (), now),
        "close": lambda: moves.close(ticket, who, "applying", now),
        "reopen": lambda: moves.reopen(ticket, now),
        "withdraw": lambda: moves.withdraw(ticket),
    }
    return ways[move]()


@pytest.mark.parametrize("move", MOVES)
@pytest.mark.parametrize("state", STATES)
def test_a_request_moves_as_the_table_says_and_nowhere_else(state: State, move: Move) -> None:
    """Each thing that can be done in each state ends where the table says, or changes nothing."""
    ticket = TICKETS[state]
    moved = by(move, ticket)
    if move in TABLE[state]:
        assert isinstance(moved, Ticket)
        assert moved.state == TABLE[state][move]
        same = replace(ticket, snoozed_until=moved.snoozed_until) if move == "wake" else ticket
        assert moved.version == ticket.version + (moved != same)
    else:
        assert isinstance(moved, Refusal) or (move == "lose" and moved == ticket)


def test_every_state_is_reached_and_has_an_exit() -> None:
    """Nothing is a dead end but a withdrawal, and no state is for show."""
    reached: set[State] = {"new"}
    while True:
        further = {to for state in reached for to in TABLE[state].values()} - reached
        if not further:
            break
        reached |= further
    assert reached == set(STATES) == set(TABLE)
    exits = {state for state in STATES if any(to != state for to in TABLE[state].values())}
    assert exits == set(STATES) - {"withdrawn"}


@pytest.mark.parametrize("state", OPEN)
@pytest.mark.parametrize("move", ["release", "reply", "close", "snooze"])
def test_what_somebody_has_nobody_else_moves(state: State, move: Move) -> None:
    """The deputy's click on what the chair has is refused and says who has it."""
    ticket, moved = TICKETS[state], by(move, TICKETS[state], DEPUTY)
    assert moved == Refusal("taken", CHAIR) if ticket.claimed_by else isinstance(moved, Ticket)


@pytest.mark.parametrize(
    ("move", "state", "who", "reason"),
    [
        ("claim", "claimed", DEPUTY, "taken"),
        ("claim", "closed", DEPUTY, "closed"),
        ("reopen", "new", CHAIR, "still_open"),
        ("reopen", "withdrawn", CHAIR, "withdrawn"),
    ],
)
def test_a_refusal_says_why(move: Move, state: State, who: MemberRef, reason: str) -> None:
    """A click that comes too late, or on the wrong thing, is told what is the matter."""
    ticket = TICKETS[state]
    moved = moves.claim(ticket, who, 1) if move == "claim" else by(move, ticket, who)
    assert isinstance(moved, Refusal)
    assert moved.reason == reason


def test_a_click_that_knew_of_the_claim_takes_over() -> None:
    """Who saw that the chair has it may take it; who saw an older card may not."""
    taken = moves.claim(TICKETS["waiting_chair"], DEPUTY, 4)
    assert isinstance(taken, Ticket)
    assert (taken.state, taken.claimed_by) == ("waiting_chair", DEPUTY)
    assert moves.claim(TICKETS["waiting_chair"], DEPUTY, 3) == Refusal("taken", CHAIR)


def test_it_is_passed_on_to_somebody_who_answers_for_the_chapter() -> None:
    """Not to just anybody, and not over a claim that the click did not know of."""
    claimed = TICKETS["claimed"]
    assert moves.reassign(claimed, CHAIR, ADA, DESK, None) == Refusal("not_their_desk")
    stale = moves.reassign(claimed, DEPUTY, DEPUTY, DESK, 1)
    assert stale == Refusal("taken", CHAIR)
    assert moves.reassign(claimed, CHAIR, CHAIR, DESK, 1) == claimed
    moved = moves.reassign(TICKETS["new"], CHAIR, DEPUTY, DESK, 1)
    assert isinstance(moved, Ticket)
    assert (moved.state, moved.claimed_by, moved.waiting_since) == ("claimed", DEPUTY, SENT)


@pytest.mark.parametrize(
    ("move", "state", "since"),
    [
        ("claim", "new", SENT),
        ("reply", "waiting_chair", None),
        ("write", "waiting_member", NOW),
        ("write", "waiting_chair", SENT),
        ("write", "new", SENT),
        ("release", "waiting_member", NOW),
        ("release", "claimed", SENT),
        ("lose", "waiting_member", NOW),
        ("close", "claimed", None),
        ("reopen", "closed", NOW),
        ("withdraw", "claimed", None),
        ("snooze", "claimed", SENT),
        ("wake", "claimed", NOW),
        ("wake", "waiting_member", None),
    ],
)
def test_it_is_known_since_when_the_desk_owes_the_next_step(
    move: Move, state: State, since: datetime | None
) -> None:
    """Alarms and the digest count from there: each turn of the desk begins anew."""
    moved = by(move, TICKETS[state])
    assert isinstance(moved, Ticket)
    assert moved.waiting_since == since


@pytest.mark.parametrize("move", [move for move in MOVES if move not in ("snooze", "reopen")])
def test_nothing_stays_put_off_once_it_moves(move: Move) -> None:
    """Whatever happens to a request that was put off, it is no longer."""
    asleep = replace(TICKETS["claimed"], snoozed_until=NOW + timedelta(days=2))
    later = NOW + timedelta(days=2)
    who = DEPUTY if move == "claim" else CHAIR
    moved = moves.wake(asleep, later) if move == "wake" else by(move, asleep, who, later)
    assert isinstance(moved, Ticket)
    assert moved.snoozed_until is None


def test_it_sleeps_until_its_day() -> None:
    """Before the day nothing wakes it but the member, whose words count from when they came."""
    asleep = replace(TICKETS["waiting_chair"], snoozed_until=NOW + timedelta(days=2))
    assert moves.wake(asleep, NOW) == asleep
    woken = moves.wrote(asleep, NOW)
    assert isinstance(woken, Ticket)
    assert (woken.snoozed_until, woken.waiting_since) == (None, NOW)


@pytest.mark.parametrize("move", ["reopen", "reply"])
@pytest.mark.parametrize("seconds", [0, 1])
def test_it_goes_on_for_fourteen_days_after_its_end(move: Move, seconds: int) -> None:
    """On the last day either side can go on; a second later neither can."""
    then = SENT + REOPENED_WITHIN + timedelta(seconds=seconds)
    moved = by(move, TICKETS["closed"], CHAIR, then)
    assert REOPENED_WITHIN.days == 14
    assert moves.may_be_reopened(TICKETS["closed"], then) is (seconds == 0)
    if seconds:
        assert moved == Refusal("too_late")
    else:
        assert isinstance(moved, Ticket)
        assert (moved.outcome, moved.closed_at, moved.claimed_by) == (None, None, CHAIR)


def test_nothing_shared_survives_a_withdrawal() -> None:
    """A withdrawn ticket keeps its number and nothing of what the member shared."""
    moved = moves.withdraw(TICKETS["claimed"])
    assert isinstance(moved, Ticket)
    assert (moved.number, moved.shared) == (7, SharedFields())


@given(st.lists(st.tuples(st.sampled_from(MOVES), st.sampled_from(DESK)), max_size=40))
def test_whatever_is_pressed_the_request_stays_whole(pressed: list[tuple[Move, MemberRef]]) -> None:
    """After any row of clicks somebody owes the next step, or nobody does, and never both."""
    ticket, now = NEW, SENT
    for move, who in pressed:
        now += timedelta(hours=7)
        moved = by(move, ticket, who, now)
        if isinstance(moved, Refusal):
            continue
        assert moved.version in (ticket.version, ticket.version + 1)
        ticket = moved
        assert (ticket.claimed_by is None) <= (ticket.state in ("new", "withdrawn"))
        assert (ticket.state == "new") <= (ticket.claimed_by is None)
        assert (ticket.closed_at is None) == (ticket.state != "closed") == (ticket.outcome is None)
        owes = ticket.state in ("new", "claimed", "waiting_chair")
        assert (ticket.waiting_since is not None) == owes
        assert ticket.is_open or ticket.snoozed_until is None
