"""Who may move a ticket, from which state, and what is shared."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import handoff
from bot.domain.handoff import (
    Card,
    Happened,
    Preview,
    Refusal,
    SharedFields,
    Ticket,
    TicketRecord,
    What,
    parts_of,
    shared_lines,
)
from bot.domain.identity import MemberRef
from tests.support.handoff import ADA, CHAIR, DEPUTY, HERE, chapter_of, copy_of

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
NEW = Ticket(1, HERE, 7, ADA, "new", 1, None, None, SharedFields(name="Ada"), NOW, NOW)
CLAIMED = replace(NEW, state="claimed", version=2, claimed_by=CHAIR)
CLOSED = replace(CLAIMED, state="closed", version=3, outcome="answered")
WITHDRAWN = replace(CLAIMED, state="withdrawn", version=3, shared=SharedFields())
STATES = {"new": NEW, "claimed": CLAIMED, "closed": CLOSED, "withdrawn": WITHDRAWN}
PEOPLE = {"chair": CHAIR, "deputy": DEPUTY}

TAKEN = "taken"


@pytest.mark.parametrize(
    ("action", "who", "state", "expected"),
    [
        ("claim", "chair", "new", "claimed"),
        ("claim", "deputy", "new", "claimed"),
        ("claim", "chair", "claimed", "unchanged"),
        ("claim", "deputy", "claimed", "claimed"),
        ("claim", "chair", "closed", "closed!"),
        ("claim", "chair", "withdrawn", "withdrawn!"),
        ("late claim", "chair", "new", "claimed"),
        ("late claim", "chair", "claimed", "unchanged"),
        ("late claim", "deputy", "claimed", TAKEN),
        ("late claim", "deputy", "closed", "closed!"),
        ("late claim", "deputy", "withdrawn", "withdrawn!"),
        ("release", "chair", "new", "unchanged"),
        ("release", "chair", "claimed", "new"),
        ("release", "deputy", "claimed", TAKEN),
        ("release", "chair", "closed", "closed!"),
        ("release", "chair", "withdrawn", "withdrawn!"),
        ("reply", "chair", "new", "claimed"),
        ("reply", "chair", "claimed", "unchanged"),
        ("reply", "deputy", "claimed", TAKEN),
        ("reply", "chair", "closed", "closed!"),
        ("reply", "chair", "withdrawn", "withdrawn!"),
        ("close", "chair", "new", "closed"),
        ("close", "chair", "claimed", "closed"),
        ("close", "deputy", "claimed", TAKEN),
        ("close", "chair", "closed", "closed!"),
        ("close", "chair", "withdrawn", "withdrawn!"),
        ("withdraw", "chair", "new", "withdrawn"),
        ("withdraw", "chair", "claimed", "withdrawn"),
        ("withdraw", "chair", "closed", "closed!"),
        ("withdraw", "chair", "withdrawn", "withdrawn!"),
    ],
)
def test_a_ticket_moves_only_where_it_may(action: str, who: str, state: str, expected: str) -> None:
    """Each click in each state ends in the state that the table says, or is refused with why."""
    ticket, person = STATES[state], PEOPLE[who]
    moves = {
        "claim": lambda: handoff.claim(ticket, person, ticket.version),
        "late claim": lambda: handoff.claim(ticket, person, ticket.version - 1),
        "release": lambda: handoff.release(ticket, person),
        "reply": lambda: handoff.reply(ticket, person),
        "close": lambda: handoff.close(ticket, person, "applying"),
        "withdraw": lambda: handoff.withdraw(ticket),
    }
    moved = moves[action]()
    if expected == TAKEN:
        assert moved == Refusal("taken", CHAIR)
    elif expected.endswith("!"):
        assert isinstance(moved, Refusal)
        assert moved.reason == expected[:-1]
    elif expected == "unchanged":
        assert moved == ticket
    else:
        assert isinstance(moved, Ticket)
        assert (moved.state, moved.version) == (expected, ticket.version + 1)
        assert moved.claimed_by == (None if expected == "new" else moved.claimed_by)


def test_nothing_shared_survives_a_withdrawal() -> None:
    """A withdrawn ticket keeps its number and nothing of what the member shared."""
    moved = handoff.withdraw(CLAIMED)
    assert isinstance(moved, Ticket)
    assert (moved.number, moved.shared) == (7, SharedFields())


@pytest.mark.parametrize(
    ("switched_on", "lines"),
    [
        ({"name", "question", "standing", "time_zone"}, ["Ada", "Q?", "Fine.", "UTC", "Hi"]),
        ({"question"}, ["a member", "Q?", "Hi"]),
        (set[str](), ["a member", "Hi"]),
        ({"name", "nonsense"}, ["Ada", "Hi"]),
    ],
)
def test_only_what_is_switched_on_is_shared(switched_on: set[str], lines: list[str]) -> None:
    """The chair sees the switched-on fields and the note; without a name it is "a member"."""
    offered = SharedFields("Ada", "Q?", "Fine.", "UTC")
    shared = offered.only(switched_on, "Hi")
    assert [line.text for line in shared_lines(shared, copy_of(chapter_of()))] == lines


def test_the_card_says_what_the_preview_said() -> None:
    """With the same switches, preview and card have the same lines; the note comes on top."""
    copy = copy_of(chapter_of())
    preview = Preview(1, SharedFields("Ada", "Q?", "Fine.", "UTC"), None)
    for switches in ({"name"}, {"question", "standing"}, {"name", "time_zone"}):
        card = shared_lines(preview.offered.only(switches, "note"), copy)
        assert card[:-1] == preview.lines(switches, copy)


@pytest.mark.parametrize(
    ("adds_to", "on"), [(None, ("name", "question")), (7, ("question",))], ids=["new", "open"]
)
def test_a_name_held_back_is_not_given_away_later(adds_to: int | None, on: tuple[str, ...]) -> None:
    """Adding to a ticket sent without a name, the name's switch is off until it is moved."""
    preview = Preview(1, SharedFields(name="Ada", question="Q?"), adds_to)
    assert preview.switched_on == on


@pytest.mark.parametrize(
    ("desk", "cards", "reach"),
    [
        ((), (), "nobody"),
        ((), (Card(CHAIR, "delivered"),), "nobody"),
        ((CHAIR,), (), "nobody"),
        ((CHAIR,), (Card(CHAIR, "sent"),), "on_its_way"),
        ((CHAIR,), (Card(CHAIR, "delivered"),), "delivered"),
        ((CHAIR,), (Card(CHAIR, "failed"),), "unreachable"),
        ((CHAIR, DEPUTY), (Card(CHAIR, "failed"), Card(DEPUTY, "sent")), "on_its_way"),
        ((CHAIR, DEPUTY), (Card(CHAIR, "failed"), Card(DEPUTY, "delivered")), "delivered"),
    ],
)
def test_how_far_a_ticket_has_come(
    desk: tuple[MemberRef, ...], cards: tuple[Card, ...], reach: str
) -> None:
    """Only cards of people who answer for the chapter now count."""
    assert handoff.reach_of(desk, cards) == reach


def test_the_card_goes_down_the_desk() -> None:
    """The chair is first, then the deputy, then nobody."""
    desk = (CHAIR, DEPUTY)
    assert handoff.next_holder(desk, [Card(CHAIR, "failed")]) == DEPUTY
    assert handoff.next_holder(desk, [Card(CHAIR, "failed"), Card(DEPUTY, "sent")]) is None


@given(st.text(alphabet="ab \n", max_size=200), st.integers(1, 20))
def test_parts_lose_nothing(text: str, longest: int) -> None:
    """A long message in parts is the same text, and no part is too long."""
    parts = parts_of(text, longest)
    assert "".join(parts) == text
    assert all(len(part) <= longest for part in parts)


def test_parts_are_cut_between_words() -> None:
    """A part ends where a word ends, if it can."""
    assert parts_of("one two three", 8) == ("one two ", "three")


def test_the_history_says_each_thing_once() -> None:
    """Of repeated answers only the last is listed, and at most ten lines are shown."""
    lines: list[What] = ["sent", "delivered", "claimed", "answered", "added", "answered"]
    record = TicketRecord(
        NEW, tuple(Happened(CHAIR, what, NOW) for what in lines), "delivered", (CHAIR,)
    )
    kinds = [line.what for line in record.shown_history]
    assert kinds == ["sent", "delivered", "claimed", "added", "answered"]
    many = replace(record, history=(Happened(CHAIR, "claimed", NOW),) * 30)
    assert len(many.shown_history) == handoff.SHOWN_HISTORY
