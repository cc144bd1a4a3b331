"""Nobody there, somebody gone, a restart, an erasure: no request is lost or doubled."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.domain.handoff import Refusal
from bot.services import handoff
from tests.support.handoff import ADA, BEN, CHAIR, DEPUTY, DEV, NOBODY, Office, chapter_of


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """A chapter with a chair and a deputy."""
    made = Office(tmp_path)
    yield made
    made.close()


async def test_a_request_without_a_chair_waits_and_goes_out_later(tmp_path: Path) -> None:
    """The member is told honestly; once a chair is set up, the next start delivers it."""
    office = Office(tmp_path, chapter_of(NOBODY, NOBODY))
    ticket = await office.asked()
    assert "nobody has it so far" in office.text(ADA, "ticket:1")
    await office.writes(ADA, "ticket", ticket, "Anybody there?")
    assert "Kept with your request" in office.thread(ADA, "ticket:1")[-1]
    await office.restarts(chapter_of())
    assert "Please call me." in office.text(CHAIR, "card:1")
    assert ["Anybody there?" in text for text in office.thread(CHAIR, "card:1")] == [True]
    assert "Delivered to Christina Bloom" in office.text(ADA, "ticket:1")
    office.close()


@pytest.mark.parametrize("claimed", [False, True])
async def test_when_the_chair_cannot_be_reached_the_deputy_gets_it(
    office: Office, claimed: bool
) -> None:
    """A chair who was deactivated loses the claim; the deputy has card and thread, once."""
    if claimed:
        ticket = await office.asked()
        await office.run(handoff.claim, CHAIR, ticket, 1)
        await office.settle()
        office.mail.gone = {CHAIR}
        await office.writes(ADA, "ticket", ticket, "Are you there?")
    else:
        office.mail.gone = {CHAIR}
        ticket = await office.asked()
    record = await office.record(ticket)
    assert (record.ticket.state, record.ticket.claimed_by) == ("new", None)
    assert office.mail.posted.count((DEPUTY, "card:1")) == 1
    assert "Please call me." in office.text(DEPUTY, "card:1")
    assert len(office.thread(DEPUTY, "card:1")) == int(claimed)
    assert "Passed on to Devika Rao" in office.text(ADA, "ticket:1")


async def test_when_nobody_can_be_reached_the_member_is_told(office: Office) -> None:
    """The ticket stays open, says so, and goes out when somebody is back."""
    office.mail.gone = {CHAIR, DEPUTY}
    ticket = await office.asked()
    assert (await office.record(ticket)).ticket.state == "new"
    assert "nobody has it" in office.text(ADA, "ticket:1")
    office.mail.gone = set()
    await office.restarts()
    assert "Please call me." in office.text(CHAIR, "card:1")
    assert "Delivered to Christina Bloom" in office.text(ADA, "ticket:1")


async def test_when_the_member_cannot_be_reached_the_chair_is_told(office: Office) -> None:
    """A reply to somebody who has left is noted on the card and said in its thread, once however
    many parts it has."""
    ticket = await office.asked()
    office.mail.gone = {ADA}
    await office.run(handoff.reply, CHAIR, ticket, "Hi", "r")
    await office.settle()
    assert "could not be delivered to the member" in office.text(CHAIR, "card:1")
    assert office.failed().count("ticket") <= 1
    await office.writes(CHAIR, "card", ticket, "words " * 1_000)
    told = [text for text in office.thread(CHAIR, "card:1") if "could not be delivered" in text]
    assert len(told) == 2


async def test_a_new_chair_gets_what_is_open_and_the_old_card_is_emptied(office: Office) -> None:
    """After a change of the desk the present chair has the card, the former one nothing."""
    ticket = await office.asked()
    await office.run(handoff.claim, CHAIR, ticket, 1)
    await office.settle()
    await office.restarts(chapter_of(DEV, NOBODY))
    assert "Please call me." in office.text(DEPUTY, "card:1")
    former = office.text(CHAIR, "card:1") + office.blocks(CHAIR, "card:1")
    assert "now with" in former
    assert "Ada" not in former
    assert (await office.record(ticket)).ticket.claimed_by is None
    assert await office.run(handoff.claim, CHAIR, ticket, 9) == Refusal("not_desk")


async def test_a_start_sends_no_card_twice(office: Office) -> None:
    """Cards that stand, or wait in the outbox, are left alone at a start."""
    await office.asked()
    await office.asks(BEN, key="submit-2")
    await office.restarts()
    assert office.mail.posted.count((CHAIR, "card:1")) == 1
    assert office.mail.posted.count((CHAIR, "card:2")) == 1


async def test_a_start_takes_up_a_card_that_was_lost_between_two_steps(office: Office) -> None:
    """If the bot ended after a card failed and before the deputy got it, the start finds it."""
    await office.asks()
    office.runtime._store.writing.execute("DELETE FROM outbox WHERE kind = 'ticket_card'")
    office.runtime._store.writing.conn.commit()
    await office.settle()
    assert (CHAIR, "card:1") not in office.mail.shown
    await office.restarts()
    assert "Please call me." in office.text(CHAIR, "card:1")


async def test_an_erasure_reaches_the_desk_and_leaves_no_row(office: Office) -> None:
    """Everything about the member is gone; card and messages at the chair's are replaced."""
    ticket = await office.asked(note="My secret")
    await office.writes(ADA, "ticket", ticket, "More secret")
    await office.run(handoff.reply, CHAIR, ticket, "Dear Ada", "r")
    await office.settle()
    await office.run(handoff.prepare, ADA, name="Ada Okafor")
    await office.run(handoff.erase, ADA)
    await office.settle()
    at_desk = [office.text(CHAIR, "card:1"), *office.thread(CHAIR, "card:1")[:2]]
    assert all("erased their data" in text for text in at_desk)
    for table in ("tickets", "ticket_drafts", "ticket_messages", "ticket_history", "ticket_cards"):
        rows = office.runtime._store.reading.execute(f"SELECT count(*) FROM {table}").fetchone()
        assert rows[0] == 0, table


async def test_an_erased_request_never_lends_its_number_or_card_to_another(office: Office) -> None:
    """The next request gets a new number and a card of its own at the chair's."""
    await office.asked()
    await office.run(handoff.erase, ADA)
    await office.settle()
    again = await office.asks(BEN, key="submit-2")
    await office.settle()
    assert (again.ticket.id, again.ticket.number) == (2, 2)
    assert "no. 2" in office.text(CHAIR, "card:2")
