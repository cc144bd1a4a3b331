"""What was closed goes on for a while: reopened by either side, or led to the newer request."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.domain.handoff import Refusal, Ticket
from bot.domain.handoff_moves import REOPENED_WITHIN
from bot.services import handoff
from tests.support.handoff import ADA, CHAIR, DEPUTY, DEV, NOBODY, Office, chapter_of


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """A chapter with a chair and a deputy."""
    made = Office(tmp_path)
    yield made
    made.close()


async def state_of(office: Office, ticket: int) -> tuple[str, str | None]:
    """Where a ticket stands, and who has it."""
    found = (await office.record(ticket)).ticket
    return found.state, found.claimed_by


async def closed(office: Office, **asking: object) -> int:
    """A request that the chair answered and closed."""
    ticket = await office.asked(**asking)
    await office.run(handoff.reply, CHAIR, ticket, "All said.", "reply-1")
    await office.run(handoff.close, CHAIR, ticket, "answered", "close-1")
    await office.settle()
    return ticket


@pytest.mark.parametrize("way", ["button", "thread"])
async def test_the_member_reopens_what_was_closed(office: Office, way: str) -> None:
    """By the button or by writing on; it is with whoever had it, who hears of it."""
    ticket = await closed(office)
    assert "handoff.reopen" in office.blocks(ADA, "ticket:1")
    if way == "button":
        for _ in range(2):
            await office.run(handoff.reopen, ADA, ticket, "same-key")
        await office.settle()
        assert office.said_to(CHAIR).count("The member has reopened this request.") == 1
        again = await office.run(handoff.reopen, ADA, ticket, "another-key")
        assert again == Refusal("still_open")
    else:
        await office.writes(ADA, "ticket", ticket, "One more thing")
        assert "This request is open again." in office.said_to(ADA)
        assert "One more thing" in office.thread(CHAIR, "card:1")[-1]
    assert await state_of(office, ticket) == ("waiting_chair", CHAIR)
    assert "Reopened by the member" in office.text(CHAIR, "card:1")
    assert "Reopened by you" in office.text(ADA, "ticket:1")
    assert (await office.record(ticket)).ticket.outcome is None


async def test_the_desk_reopens_by_writing_on(office: Office) -> None:
    """What the chair adds below a closed card reaches the member, and waits for them."""
    ticket = await closed(office)
    await office.writes(CHAIR, "card", ticket, "I forgot something.")
    assert "This request is open again." in office.said_to(CHAIR)
    assert "I forgot something." in office.thread(ADA, "ticket:1")[-1]
    assert await state_of(office, ticket) == ("waiting_member", CHAIR)
    assert "Reopened by Christina Bloom, CLM" in office.text(ADA, "ticket:1")


async def test_after_fourteen_days_it_stays_closed(office: Office) -> None:
    """Both sides are told that nobody hears them; the member is offered to ask anew."""
    ticket = await closed(office)
    office.now += REOPENED_WITHIN
    await office.writes(ADA, "ticket", ticket, "Still there?", key="e1")
    await office.writes(CHAIR, "card", ticket, "Hello?", key="e2")
    assert "nobody was told of your message" in office.said_to(ADA)
    assert "handoff.open" in office.blocks(ADA, "said:ticket:1:e1")
    assert "your message was not passed on" in office.said_to(CHAIR)
    assert await office.run(handoff.reopen, ADA, ticket, "k") == Refusal("too_late")
    assert await office.run(handoff.reply, CHAIR, ticket, "Hi", "r") == Refusal("too_late")
    assert (await office.record(ticket)).ticket.state == "closed"


async def test_words_below_a_closed_request_go_to_the_newer_one(office: Office) -> None:
    """A member has one open request: what either side writes below the old one goes there."""
    old = await closed(office)
    new = await office.asked(key="submit-2")
    await office.writes(ADA, "ticket", old, "About the first one", key="e1")
    assert "your words were added to no. 2" in office.said_to(ADA)
    assert "About the first one" in office.thread(ADA, "ticket:2")[-1]
    at_desk = office.thread(CHAIR, "card:2")
    assert "About the first one" in at_desk[0]
    assert "below their closed request no. 1" in at_desk[1]
    await office.writes(CHAIR, "card", old, "Here is the rest", key="e2")
    assert "newer request open, no. 2" in office.said_to(CHAIR)
    assert "Here is the rest" in office.thread(ADA, "ticket:2")[-1]
    another = Refusal("another_open", number=2)
    assert await office.run(handoff.reopen, ADA, old, "k") == another
    assert await office.run(handoff.reply, CHAIR, old, "Hi", "r") == another
    assert (await office.record(old)).ticket.state == "closed"
    assert await state_of(office, new) == ("waiting_member", CHAIR)


async def test_who_writes_below_an_old_card_reads_that_a_colleague_has_the_newer_one(
    office: Office,
) -> None:
    """The old card does not say who has the newer request, so nobody is sent to look there."""
    old = await closed(office)
    new = await office.asked(key="submit-2")
    await office.run(handoff.reassign, CHAIR, new, DEPUTY, "On leave", "pass-on")
    await office.writes(CHAIR, "card", old, "One thing more", key="e1")
    said = office.said_to(CHAIR)
    assert "Somebody else has claimed the member's newer request, no. 2." in said
    assert "not passed on" in said
    assert "the card above" not in said


async def test_what_is_reopened_while_nobody_is_there_is_not_said_to_be_passed_on(
    office: Office,
) -> None:
    """The member reads that their words are kept, since no chair is set up any more."""
    ticket = await closed(office)
    await office.restarts(chapter_of(NOBODY, NOBODY))
    await office.writes(ADA, "ticket", ticket, "Are you still there?")
    assert "Kept with your request" in office.said_to(ADA)
    assert "Passed on" not in office.said_to(ADA)
    assert await state_of(office, ticket) == ("new", None)


async def test_the_chair_is_told_in_their_own_words_that_a_request_was_erased(
    office: Office,
) -> None:
    """Nothing is passed on, and nobody of the desk is told how to ask the chair."""
    ticket = await office.asked()
    await office.run(handoff.erase, ADA)
    await office.settle()
    await office.writes(CHAIR, "card", ticket, "Dear Ada")
    assert "I no longer keep this request" in office.said_to(CHAIR)
    assert "To ask anew" not in office.said_to(CHAIR)


async def test_what_is_reopened_after_a_change_of_the_desk_goes_to_the_new_desk(
    office: Office,
) -> None:
    """Whoever had it has left: the request is anybody's, and the former chair hears nothing."""
    ticket = await closed(office)
    await office.restarts(chapter_of(DEV, NOBODY))
    await office.writes(ADA, "ticket", ticket, "Are you still there?")
    assert await state_of(office, ticket) == ("new", None)
    assert "Nobody has claimed it yet." in office.text(DEPUTY, "card:1")
    assert "Are you still there?" in office.thread(DEPUTY, "card:1")[-1]
    assert "Are you still there?" not in repr(
        [m for (to, _), m in office.mail.shown.items() if to == CHAIR]
    )


async def test_a_request_closed_twice_says_so_twice_and_a_click_repeated_once(
    office: Office,
) -> None:
    """Closed, reopened and closed again, the member reads each end; a double click adds none."""
    ticket = await closed(office)
    await office.run(handoff.reopen, ADA, ticket, "k1")
    for _ in range(2):
        again = await office.run(handoff.close, CHAIR, ticket, "applying", "close-2")
    await office.settle()
    assert isinstance(again, Ticket)
    told = office.said_to(ADA)
    assert told.count("Your request is closed: answered.") == 1
    assert told.count("Your request is closed: you are going to apply.") == 1
