"""What is written in a ticket's thread: carried to the other side, or refused visibly."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.domain.identity import MemberRef
from bot.services import handoff
from bot.services.handoff_thread import Side
from tests.support.handoff import ADA, BEN, CHAIR, DEPUTY, Office


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """A chapter with a chair and a deputy."""
    made = Office(tmp_path)
    yield made
    made.close()


@pytest.mark.parametrize(
    ("who", "side", "text", "files", "sentence", "carried_to"),
    [
        (ADA, "ticket", "Thanks", False, "Passed on.", (CHAIR, "card:1")),
        (CHAIR, "card", "Welcome", False, "Passed on to the member.", (ADA, "ticket:1")),
        (ADA, "ticket", "See this", True, "your file was not", (CHAIR, "card:1")),
        (ADA, "ticket", "", True, "nothing was passed on", None),
        (ADA, "ticket", "", False, "nothing was passed on", None),
        (ADA, "ticket", "x" * 12_001, False, "none of it was", None),
        (BEN, "card", "Let me in", False, "Only those who answer", None),
        (BEN, "ticket", "Let me in", False, "I no longer keep", None),
    ],
    ids=["member", "chair", "with file", "only file", "empty", "too long", "stranger", "other"],
)
async def test_what_is_written_in_a_thread_is_carried_or_refused_visibly(
    office: Office,
    who: MemberRef,
    side: Side,
    text: str,
    files: bool,
    sentence: str,
    carried_to: tuple[MemberRef, str] | None,
) -> None:
    """Every message in a ticket's thread ends in a visible sentence, and never in silence."""
    ticket = await office.asked()
    await office.writes(who, side, ticket, text, files=files)
    assert sentence in office.said_to(who)
    other = office.thread(*carried_to) if carried_to else []
    assert [text in shown for shown in other] == ([True] if carried_to else [])


async def test_a_long_message_is_carried_over_in_parts(office: Office) -> None:
    """Nothing of it is lost: the parts together are the message."""
    ticket = await office.asked()
    text = " ".join(f"word{n}" for n in range(1000))
    await office.writes(ADA, "ticket", ticket, text)
    parts = [(await office.run(handoff.said, n))[0].text for n in (1, 2, 3)]
    assert "".join(parts) == text
    assert len(office.thread(CHAIR, "card:1")) == 3


async def test_the_same_message_delivered_three_times_is_carried_once(office: Office) -> None:
    """Slack may send an event again; the other side sees it once."""
    ticket = await office.asked()
    for _ in range(3):
        await office.writes(ADA, "ticket", ticket, "Once")
    assert len(office.thread(CHAIR, "card:1")) == 1


async def test_who_has_not_claimed_cannot_write_over_the_one_who_has(office: Office) -> None:
    """The chair claims, the deputy writes in the card's thread: refused visibly."""
    ticket = await office.asked()
    await office.run(handoff.release, CHAIR, ticket)
    await office.run(handoff.claim, CHAIR, ticket, 1)
    await office.writes(DEPUTY, "card", ticket, "Me too")
    assert "Somebody else has claimed" in office.said_to(DEPUTY)
    assert office.thread(ADA, "ticket:1") == []


async def test_a_message_behind_an_undelivered_card_stays_below_it(office: Office) -> None:
    """Whatever happens before the card is out, the relayed words land in its thread."""
    opened = await office.asks()
    thread = handoff.Thread("ticket", opened.ticket.id)
    await office.run(handoff.hear, ADA, thread, handoff.Written("Quick", False, "e1"))
    await office.run(handoff.claim, CHAIR, opened.ticket.id, 1)
    await office.settle()
    assert ["Quick" in text for text in office.thread(CHAIR, "card:1")] == [True]


async def test_a_thread_is_known_by_the_message_it_hangs_on(office: Office) -> None:
    """The ticket's message and the card begin threads; other messages of the bot do not."""
    ticket = await office.asked()
    for who, slot, side in ((ADA, "ticket:1", "ticket"), (CHAIR, "card:1", "card")):
        found = await office.run(handoff.thread_at, f"D-{who}", slot)
        assert (found.side, found.ticket) == (side, ticket)
    assert await office.run(handoff.thread_at, f"D-{ADA}", "turn:1") is None
