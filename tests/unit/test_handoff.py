"""What is shared of a request, how far it has come, and what its history says."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.handoff import (
    SHOWN_HISTORY,
    Happened,
    Preview,
    SharedFields,
    Ticket,
    TicketRecord,
    What,
    parts_of,
    shared_lines,
)
from bot.domain.handoff_reach import Card, answering, next_holder, reach_of, sharing
from bot.domain.identity import MemberRef
from tests.support.handoff import ADA, CHAIR, DEPUTY, HERE, chapter_of, copy_of

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
NEW = Ticket(1, HERE, 7, ADA, "new", 1, None, None, SharedFields(name="Ada"), NOW, NOW)


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
    assert reach_of(desk, cards) == reach


def test_the_card_goes_down_the_desk() -> None:
    """The chair is first, then the deputy, then nobody."""
    desk = (CHAIR, DEPUTY)
    assert next_holder(desk, [Card(CHAIR, "failed")]) == DEPUTY
    assert next_holder(desk, [Card(CHAIR, "failed"), Card(DEPUTY, "sent")]) is None


def test_nobody_is_the_first_to_answer_their_own_request() -> None:
    """A chair who asks as a member is the last to get it, and the only one if there is nobody."""
    assert answering((CHAIR, DEPUTY), CHAIR) == (DEPUTY, CHAIR)
    assert sharing((CHAIR, DEPUTY), CHAIR) == (DEPUTY,)
    assert answering((CHAIR,), CHAIR) == sharing((CHAIR,), CHAIR) == (CHAIR,)
    assert answering((CHAIR, DEPUTY), ADA) == sharing((CHAIR, DEPUTY), ADA) == (CHAIR, DEPUTY)


@given(st.text(alphabet="ab \n", max_size=200), st.integers(1, 20))
def test_parts_lose_nothing(text: str, longest: int) -> None:
    """A long message in parts is the same text, and no part is too long."""
    parts = parts_of(text, longest)
    assert "".join(parts) == text
    assert all(len(part) <= longest for part in parts)


def test_parts_are_cut_between_words() -> None:
    """A part ends where a word ends, if it can."""
    assert parts_of("one two three", 8) == ("one two ", "three")


def test_a_long_text_without_spaces_is_cut_into_no_more_parts_than_it_needs() -> None:
    """An early space does not make a part of three words; Japanese has hardly any spaces."""
    assert [len(part) for part in parts_of("Hi " + "x" * 17, 10)] == [10, 10]


def test_the_history_says_each_thing_once() -> None:
    """Of repeated answers only the last is listed, and at most ten lines are shown."""
    lines: list[What] = ["sent", "delivered", "claimed", "answered", "added", "answered"]
    record = TicketRecord(
        NEW, tuple(Happened(CHAIR, what, NOW) for what in lines), "delivered", (CHAIR,)
    )
    kinds = [line.what for line in record.shown_history]
    assert kinds == ["sent", "delivered", "claimed", "added", "answered"]
    many = replace(record, history=(Happened(CHAIR, "claimed", NOW),) * 30)
    assert len(many.shown_history) == SHOWN_HISTORY
