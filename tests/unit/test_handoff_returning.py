"""Odd turns of a request, most of them round somebody who could not be reached for a while."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.domain.identity import MemberRef
from bot.services import handoff
from bot.services.handoff_telling import show
from bot.services.handoff_thread import Side
from bot.services.transaction import Transaction, writes
from bot.store import handoff as tickets
from tests.support.frail_office import FrailOffice
from tests.support.handoff import ADA, CHAIR, DEPUTY, Office


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """A chapter with a chair and a deputy."""
    made = Office(tmp_path)
    yield made
    made.close()


async def back_again(office: Office) -> int:
    """A request whose card the chair has, but not as it is now; the deputy has it too."""
    ticket = await office.asked()
    office.mail.gone.add(CHAIR)
    await office.writes(ADA, "ticket", ticket, "Is anybody there?", key="e1", ts="1.1")
    office.mail.gone.clear()
    return ticket


@pytest.mark.parametrize("act", ["claim", "reply", "snooze", "release", "note"])
async def test_whoever_works_from_an_old_card_gets_the_new_one(office: Office, act: str) -> None:
    """The chair reads what was missed, and what the member writes from then on, each once."""
    ticket = await back_again(office)
    day = await office.run(handoff.today_of, CHAIR) + timedelta(days=2)
    acts: dict[str, tuple[Any, ...]] = {
        "claim": (handoff.claim, CHAIR, ticket, 1),
        "reply": (handoff.reply, CHAIR, ticket, "Here I am.", "k1"),
        "snooze": (handoff.snooze, CHAIR, ticket, day, "k1"),
        "release": (handoff.release, DEPUTY, ticket),
        "note": (handoff.note, CHAIR, ticket, "Ask Devika", "k1"),
    }
    if act == "release":
        await office.run(handoff.claim, DEPUTY, ticket, 2)
    await office.run(*acts[act])
    await office.settle()
    await office.writes(ADA, "ticket", ticket, "Thank you!", key="e2")
    thread = [text for text in office.thread(CHAIR, "card:1") if "writes" in text]
    assert [("anybody" in text, "Thank" in text) for text in thread] == [
        (True, False),
        (False, True),
    ]
    assert office.mail.posted.count((CHAIR, "card:1")) == 1


async def test_a_request_goes_on_with_whoever_is_back(office: Office) -> None:
    """Closed by the chair, who was gone for a while: reopened, its words are theirs to read."""
    ticket = await office.asked()
    await office.run(handoff.close, CHAIR, ticket, "answered", "k1")
    office.mail.gone.add(CHAIR)
    await office.settle()
    office.mail.gone.clear()
    await office.writes(ADA, "ticket", ticket, "One thing more", key="e1")
    assert "One thing more" in office.thread(CHAIR, "card:1")[-1]
    assert "waits for an answer" in office.text(CHAIR, "card:1")


@pytest.mark.parametrize("way", ["withdrawn", "taken back"])
async def test_what_a_member_takes_away_vanishes_from_an_old_card_too(
    office: Office, way: str
) -> None:
    """An old card at somebody who was out of reach does not keep a member's words."""
    ticket = await office.asked(note="Do not tell.")
    await office.writes(ADA, "ticket", ticket, "A secret", key="e1", ts="1.1")
    office.mail.gone.add(CHAIR)
    await office.writes(ADA, "ticket", ticket, "Hello?", key="e2", ts="1.2")
    office.mail.gone.clear()
    assert "A secret" in repr(office.thread(CHAIR, "card:1"))
    if way == "withdrawn":
        await office.run(handoff.withdraw, ADA, ticket)
        await office.settle()
        assert "Do not tell" not in office.text(CHAIR, "card:1")
    else:
        await office.deletes(ADA, "ticket", ticket, ts="1.1")
    assert "A secret" not in repr(office.thread(CHAIR, "card:1"))


@pytest.mark.parametrize("lasts", range(1, 16))
async def test_whenever_the_bot_ends_somebody_gets_what_the_chair_cannot(
    tmp_path: Path, lasts: int
) -> None:
    """Killed between any two steps of finding out that the chair is gone, the deputy reads it."""
    office = FrailOffice(tmp_path, lambda happening: None)
    await office.starts()
    preview = await office.run(handoff.prepare, ADA, name="Ada Okafor")
    opened = await office.run(handoff.open, ADA, preview.draft, {"name"}, "Please call", "k1")
    await office.drain()
    office.slack.gone.add("U0CHRISTINA")
    thread = handoff.Thread("ticket", opened.ticket.id)
    await office.run(handoff.hear, ADA, thread, handoff.Written("Hello?", False, "e1"))
    office.runtime.lasts = lasts
    await office.round()
    await office.drain()
    relayed = [one for one in office.slack.of(DEPUTY) if "Hello?" in repr(one.message)]
    assert len(relayed) == 1
    office.close()


async def test_a_card_that_came_and_was_given_up_is_not_posted_twice(tmp_path: Path) -> None:
    """Its reply was lost and the deputy left; back again, the deputy has it once, as it is now."""
    office = FrailOffice(tmp_path, lambda happening: None)
    await office.starts()
    preview = await office.run(handoff.prepare, ADA, name="Ada Okafor")
    opened = await office.run(handoff.open, ADA, preview.draft, {"name"}, "Please call", "k1")
    await office.drain()
    ticket = opened.ticket.id
    await office.run(handoff.reassign, CHAIR, ticket, DEPUTY, "I am ill.", "k2")
    office.slack.faults.extend(["none", "none", "reply lost"])
    await office.round()
    office.slack.gone.add("U0DEV")
    await office.drain()
    office.slack.gone.clear()
    assert len(office.slack.in_slot(DEPUTY, "card:1")) == 1
    await office.run(handoff.claim, DEPUTY, ticket, 1)
    await office.drain()
    (card,) = office.slack.in_slot(DEPUTY, "card:1")
    assert "You have claimed it." in card.message.text
    office.close()


async def test_what_is_withdrawn_vanishes_even_where_nobody_heard_that_it_came(
    tmp_path: Path,
) -> None:
    """A word whose reply was lost before the chair left is emptied, once they are back."""
    office = FrailOffice(tmp_path, lambda happening: None)
    await office.starts()
    preview = await office.run(handoff.prepare, ADA, name="Ada Okafor")
    opened = await office.run(handoff.open, ADA, preview.draft, {"name"}, "Please call", "k1")
    await office.drain()
    thread = handoff.Thread("ticket", opened.ticket.id)
    await office.run(handoff.hear, ADA, thread, handoff.Written("A secret", False, "e1"))
    office.slack.faults.extend(["reply lost"] * 3)
    await office.round()
    office.slack.gone.add("U0CHRISTINA")
    await office.drain()
    office.slack.gone.clear()
    assert "A secret" in repr(office.slack.of(CHAIR))
    await office.run(handoff.withdraw, ADA, opened.ticket.id)
    await office.drain()
    assert "A secret" not in repr(office.slack.of(CHAIR))
    office.close()


async def test_a_note_leaves_no_gap_in_what_the_member_reads(office: Office) -> None:
    """With a history so long that it is cut, the member sees as many lines as without a note."""
    ticket = await office.asked()
    for number in range(8):
        await office.run(handoff.close, CHAIR, ticket, "answered", f"c{number}")
        await office.run(handoff.reopen, ADA, ticket, f"r{number}")
    await office.settle()
    before = office.blocks(ADA, "ticket:1")
    await office.run(handoff.note, CHAIR, ticket, "secret", "n1")
    await office.run(show_anew, ticket)
    await office.settle()
    assert office.blocks(ADA, "ticket:1") == before


@pytest.mark.parametrize(
    ("who", "side", "slots"), [(CHAIR, "card", "card_message:"), (ADA, "ticket", "message:")]
)
async def test_an_echo_that_is_edited_is_never_half_there(
    office: Office, who: MemberRef, side: Side, slots: str
) -> None:
    """What somebody wrote below an older request stands below the newer as a whole, edited too."""
    first = await office.asked()
    await office.run(handoff.close, CHAIR, first, "answered", "c1")
    await office.asked(key="submit-2")
    await office.writes(who, side, first, "Short", key="e1", ts="1.1")
    text = " ".join(f"word{number}" for number in range(800))
    await office.edits(who, side, first, text, ts="1.1", key="e2")
    echoes = [
        message.blocks[-1]["text"]["text"]
        for (to, slot), message in office.mail.shown.items()
        if to == who and slot.startswith(slots)
    ]
    assert "".join(echoes) == text


@writes
def show_anew(tx: Transaction, ticket: int) -> None:
    found = tickets.get(tx.db, tx.workspace, ticket)
    assert found is not None
    show(tx, found)
