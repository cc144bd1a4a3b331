"""A request after its first answer: passed on, put off, noted, closed, reopened."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.domain.handoff import Refusal
from bot.services import handoff, privacy
from tests.support.handoff import ADA, BEN, CHAIR, DEPUTY, DEV, NOBODY, Office, chapter_of

PAST = Refusal("past")


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


async def test_who_owes_the_next_step_goes_to_and_fro(office: Office) -> None:
    """An answer waits for the member, the member's words wait for the chair; both sides see it."""
    ticket = await office.asked()
    await office.run(handoff.reply, CHAIR, ticket, "Hello", "r1")
    await office.settle()
    assert await state_of(office, ticket) == ("waiting_member", CHAIR)
    assert "Answered." in office.text(ADA, "ticket:1")
    assert "has not written since" in office.text(CHAIR, "card:1")
    await office.writes(ADA, "ticket", ticket, "And the fee?")
    written = office.now
    assert await state_of(office, ticket) == ("waiting_chair", CHAIR)
    assert "What you wrote is with Christina Bloom" in office.text(ADA, "ticket:1")
    assert "waits for an answer" in office.text(CHAIR, "card:1")
    (waiting,) = await office.run(handoff.open_tickets)
    assert waiting.ticket.waiting_since == written


async def test_a_request_is_passed_on_with_a_reason(office: Office) -> None:
    """The deputy gets the card with all that was said; Ada reads who has it now, but not why."""
    ticket = await office.asked()
    await office.writes(ADA, "ticket", ticket, "It is urgent.")
    for _ in range(2):
        moved = await office.run(
            handoff.reassign, CHAIR, ticket, DEPUTY, "I am on leave.", "same-key"
        )
    await office.settle()
    assert (moved.state, moved.claimed_by) == ("claimed", DEPUTY)
    card = office.text(DEPUTY, "card:1")
    assert "You have claimed it." in card
    assert "Why it was passed on: I am on leave." in card
    assert ["It is urgent." in text for text in office.thread(DEPUTY, "card:1")] == [True]
    assert "Claimed by <@U0DEV>." in office.text(CHAIR, "card:1")
    shown = office.text(ADA, "ticket:1") + office.blocks(ADA, "ticket:1")
    assert "Taken up by Devika Rao." in shown
    assert "Passed on to Devika Rao by Christina Bloom, CLM" in shown
    assert "on leave" not in shown


async def test_who_has_the_card_already_is_told_that_it_is_theirs_now(office: Office) -> None:
    """Given back, both have the card; passed on from one to the other, that one is called."""
    ticket = await office.asked()
    await office.run(handoff.claim, CHAIR, ticket, 1)
    await office.run(handoff.release, CHAIR, ticket)
    await office.settle()
    await office.run(handoff.reassign, CHAIR, ticket, DEPUTY, "I am on leave.", "k1")
    await office.settle()
    told = office.said_to(DEPUTY)
    assert "<@U0CHRISTINA> has passed this request on to you." in told
    assert "on leave" not in told
    assert office.said_to(CHAIR) == ""


async def test_it_is_passed_on_only_to_the_desk_and_not_over_a_newer_claim(office: Office) -> None:
    """A plain member cannot be given a request; a stale window does not undo a take-over."""
    ticket = await office.asked()
    claimed = await office.run(handoff.claim, CHAIR, ticket, 1)
    to_ada = await office.run(handoff.reassign, CHAIR, ticket, BEN, "Why not", "k1")
    assert to_ada == Refusal("not_their_desk")
    taken = await office.run(handoff.claim, DEPUTY, ticket, claimed.version)
    stale = await office.run(
        handoff.reassign, CHAIR, ticket, CHAIR, "Mine", "k2", seen=claimed.version
    )
    assert (taken.claimed_by, stale) == (DEPUTY, Refusal("taken", DEPUTY))
    assert await office.run(handoff.others, DEPUTY, ticket) == (CHAIR,)
    assert await office.run(handoff.others, CHAIR, ticket) == ()


async def test_a_request_is_put_off_and_both_sides_see_until_when(office: Office) -> None:
    """Who puts it off has it; it wakes when the member writes, and the waiting counts from then."""
    ticket = await office.asked()
    today = await office.run(handoff.today_of, CHAIR)
    for days, refusal in ((0, PAST), (-3, PAST), (93, Refusal("too_far"))):
        day = today + timedelta(days=days)
        assert await office.run(handoff.snooze, CHAIR, ticket, day, "k") == refusal
    moved = await office.run(handoff.snooze, CHAIR, ticket, today + timedelta(days=7), "k1")
    await office.settle()
    assert (moved.state, moved.claimed_by) == ("claimed", CHAIR)
    assert moved.snoozed_until.isoformat() == "2026-11-30T15:00:00+00:00"
    assert "Put off until" in office.text(CHAIR, "card:1")
    assert "Put off by Christina Bloom, CLM until" in office.text(ADA, "ticket:1")
    await office.writes(ADA, "ticket", ticket, "It cannot wait after all.")
    found = (await office.record(ticket)).ticket
    assert (found.state, found.snoozed_until) == ("waiting_chair", None)
    assert "Put off until" not in office.text(CHAIR, "card:1").split("\n")[3]


async def test_notes_are_for_the_desk_alone(office: Office) -> None:
    """The card shows the newest and how many more there are; Ada never sees or exports them."""
    ticket = await office.asked()
    for number in range(5):
        await office.run(handoff.note, CHAIR, ticket, f"secret-{number}", f"n{number}")
    await office.run(handoff.note, CHAIR, ticket, "secret-again", "n4")
    await office.run(handoff.release, CHAIR, ticket)
    await office.run(handoff.reply, CHAIR, ticket, "Hello", "r1")
    await office.settle()
    for shown in (office.text(CHAIR, "card:1"), office.blocks(CHAIR, "card:1")):
        assert ["secret-" in shown, "secret-4" in shown, "secret-1" in shown] == [True, True, False]
        assert "Older notes, to be read by choosing Note for the desk: 2" in shown
    _, notes = await office.run(handoff.to_note, CHAIR, ticket)
    assert [note.text for note in notes] == [f"secret-{n}" for n in (4, 3, 2, 1, 0)]
    at_ada = [text for (to, _), text in office.mail.shown.items() if to == ADA]
    export = await office.run(privacy.export, ADA)
    for seen in (repr(at_ada), repr(export)):
        assert "secret" not in seen
        assert "oted" not in seen


async def test_a_note_never_leaves_with_a_request_that_goes(office: Office) -> None:
    """Withdrawn or erased, nothing of what was noted, or given as a reason, is kept or shown."""
    first = await office.asked()
    await office.run(handoff.note, CHAIR, first, "secret", "n1")
    await office.run(handoff.reassign, CHAIR, first, DEPUTY, "another secret", "k1")
    await office.settle()
    await office.run(handoff.withdraw, ADA, first)
    second = await office.asked(key="submit-2")
    await office.run(handoff.note, CHAIR, second, "secret", "n2")
    await office.settle()
    await office.run(privacy.erase, ADA)
    await office.settle()
    slots = ("card:1", "card:2")
    at_desk = [m for (to, slot), m in office.mail.shown.items() if to != ADA and slot in slots]
    assert len(at_desk) == 3
    assert "secret" not in repr(at_desk)
    for table in ("ticket_notes", "ticket_history"):
        rows = office.runtime._store.reading.execute(f"SELECT * FROM {table}").fetchall()
        assert "secret" not in repr(rows)


async def test_a_chair_who_asked_never_reads_what_is_noted_of_them(office: Office) -> None:
    """Of their own request they are a member, whatever their office."""
    ticket = await office.asked(member=CHAIR, name="Christina Bloom")
    await office.run(handoff.note, DEPUTY, ticket, "secret", "n1")
    await office.run(handoff.reassign, DEPUTY, ticket, CHAIR, "a secret reason", "k1")
    await office.settle()
    assert "secret" in office.text(DEPUTY, "card:1")
    assert "secret" not in repr([m for (to, _), m in office.mail.shown.items() if to == CHAIR])
    assert await office.run(handoff.to_note, CHAIR, ticket) == Refusal("not_desk")


async def test_a_former_chair_hears_no_further_words(office: Office) -> None:
    """Their card says that the request has moved, and nothing more is relayed to them."""
    ticket = await office.asked()
    await office.restarts(chapter_of(DEV, NOBODY))
    await office.writes(ADA, "ticket", ticket, "For the new chair only")
    assert "now with" in office.text(CHAIR, "card:1")
    assert office.thread(CHAIR, "card:1") == []
    assert "For the new chair only" in office.thread(DEPUTY, "card:1")[-1]


async def test_without_the_name_it_stays_without_it_through_everything(office: Office) -> None:
    """Passed on, put off, noted, edited, closed, reopened: the desk never reads who it is."""
    ticket = await office.asked(on=frozenset(), note="Anonymous for now.")
    day = await office.run(handoff.today_of, CHAIR)
    await office.writes(ADA, "ticket", ticket, "Monday", ts="1.1", key="e1")
    await office.edits(ADA, "ticket", ticket, "Tuesday", ts="1.1", key="e2")
    await office.run(handoff.snooze, CHAIR, ticket, day + timedelta(days=2), "k1")
    await office.run(handoff.reassign, CHAIR, ticket, DEPUTY, "Please", "k2")
    await office.run(handoff.note, DEPUTY, ticket, "A careful member", "k3")
    await office.run(handoff.reply, DEPUTY, ticket, "Hello", "k4")
    await office.run(handoff.close, DEPUTY, ticket, "answered", "k5")
    await office.settle()
    await office.writes(ADA, "ticket", ticket, "Wait", ts="1.2", key="e3")
    await office.deletes(ADA, "ticket", ticket, ts="1.2", key="e4")
    await office.run(handoff.release, DEPUTY, ticket)
    await office.settle()
    at_desk = repr([(slot, m) for (to, slot), m in office.mail.shown.items() if to != ADA])
    for part in ("Tuesday", "took back what stood here", "A careful member", "Reopened by"):
        assert part in at_desk
    for secret in ("Ada", "U0ADA", "Okafor"):
        assert secret not in at_desk


@pytest.mark.parametrize("stage", ["claimed", "answered", "closed", "withdrawn", "erased"])
async def test_an_old_click_is_answered_and_breaks_nothing(office: Office, stage: str) -> None:
    """Whatever stands on a card that was not drawn anew, the click moves it rightly or says why."""
    ticket = await office.asked()
    day = await office.run(handoff.today_of, CHAIR) + timedelta(days=2)
    steps = {
        "claimed": (handoff.claim, DEPUTY, ticket, 1),
        "answered": (handoff.reply, DEPUTY, ticket, "Hi", "r"),
        "closed": (handoff.close, DEPUTY, ticket, "answered", "c"),
        "withdrawn": (handoff.withdraw, ADA, ticket),
        "erased": (handoff.erase, ADA),
    }
    await office.run(*steps[stage])
    clicks = [
        (handoff.claim, CHAIR, ticket, 1),
        (handoff.release, CHAIR, ticket),
        (handoff.close, CHAIR, ticket, "answered", "k1"),
        (handoff.snooze, CHAIR, ticket, day, "k2"),
        (handoff.to_move, CHAIR, ticket),
    ]
    reasons = {(await office.run(*click)).reason for click in clicks}
    expected = {"claimed": "taken", "answered": "taken", "erased": "gone"}.get(stage, stage)
    assert reasons == {expected}
    stale = await office.run(handoff.reassign, CHAIR, ticket, CHAIR, "x", "k3", seen=1)
    assert stale.reason == expected
    await office.settle()
