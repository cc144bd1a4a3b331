"""A request through all its states, with three people: a member, the chair and the deputy."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.support.handing_off import (
    HandedOff,
    handed_off,
    opens_from_menu,
    sees_anew,
    sees_in_thread,
    thread,
)
from tests.support.talk import Person, Talk, talking

PASS_ON, PUT_OFF, NOTE = "Pass on to somebody", "Put off until a day", "Note for the desk"


class Clock:
    """Runs as ever, and can be moved on by days."""

    def __init__(self) -> None:
        self.ahead = timedelta()

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self.ahead


@pytest.fixture
async def later(tmp_path: Path) -> AsyncIterator[tuple[Talk, Clock]]:
    """The demo with a clock that can be moved on."""
    clock = Clock()
    async with talking(tmp_path, clock=clock) as talk:
        yield talk, clock


async def closes(talk: Talk, both: HandedOff, outcome: str = "answered") -> None:
    """The chair answers and closes; both sides see it."""
    chair, ada = talk.as_("christina"), talk.as_("ada")
    await chair.submits(await chair.opens("Reply", both.card), {"reply": "All said."})
    card = await sees_anew(chair, both.card, "has not written since")
    await chair.submits(await chair.opens("Close", card), {"outcome": outcome})
    await sees_anew(ada, both.ticket, "Closed by Christina Bloom, CLM")
    await sees_anew(chair, both.card, "Closed by")


async def reassigns(chair: Person, card: str, talk: Talk, reason: str) -> None:
    """The chair passes the request on to the deputy."""
    shown = await chair.sees(card)
    window = await opens_from_menu(chair, PASS_ON, shown)
    assert [o["value"] for o in window.raw["blocks"][0]["element"]["options"]] == ["U0DEV"]
    await chair.submits(window, {"to": "U0DEV", "reason": reason})


async def test_a_request_is_passed_on_answered_and_closed_by_the_deputy(
    talk: Talk, ada: Person
) -> None:
    """Ada's request goes from the chair to the deputy; all three see the same words and states."""
    both = await handed_off(talk)
    chair, deputy = talk.as_("christina"), talk.as_("dev")
    await ada.writes("By Friday, please.", thread=both.ticket.ts)
    await sees_in_thread(chair, both.card, "By Friday, please.")
    await reassigns(chair, "Request no. 1", talk, "I am on leave.")
    card = await deputy.sees("Why it was passed on: I am on leave.")
    await sees_in_thread(deputy, card, "By Friday, please.")
    await sees_anew(chair, both.card, "Claimed by <@U0DEV>.")
    ticket = await sees_anew(ada, both.ticket, "Taken up by Devika Rao.")
    assert "on leave" not in str(ticket.raw)
    await deputy.writes("It is done.", thread=card.ts)
    assert "From Devika Rao:" in (await sees_in_thread(ada, both.ticket, "It is done.")).text
    await sees_in_thread(chair, both.card, "It is done.")
    await sees_anew(ada, both.ticket, "Answered. The answer is in the thread")
    card = await sees_anew(deputy, card, "has not written since")
    await deputy.submits(await deputy.opens("Close", card), {"outcome": "answered"})
    await sees_in_thread(ada, both.ticket, "within 14 days")
    await sees_anew(chair, both.card, "Closed by <@U0DEV>: answered.")


async def test_a_passing_on_without_a_reason_or_to_nobody_is_refused_at_its_field(
    talk: Talk, ada: Person
) -> None:
    """The window keeps what was filled in, and the request stays where it is."""
    both = await handed_off(talk)
    chair = talk.as_("christina")
    window = await opens_from_menu(chair, PASS_ON, both.card)
    answer = await chair.submits(window, {"to": "U0DEV", "reason": "  "})
    assert list(answer["errors"]) == ["reason"]
    await talk.quiet()
    assert talk.rows("SELECT state, claimed_by FROM tickets") == [("new", None)]


async def test_a_request_put_off_comes_back_on_its_day(
    later: tuple[Talk, Clock],
) -> None:
    """Ada reads until when; on that morning the chair is told in the card's thread, once."""
    talk, clock = later
    both = await handed_off(talk)
    chair, ada = talk.as_("christina"), talk.as_("ada")
    window = await opens_from_menu(chair, PUT_OFF, both.card)
    today = (clock() - timedelta(hours=6)).date()
    refused = await chair.submits(window, {"day": (today - timedelta(days=2)).isoformat()})
    assert "still to come" in refused["errors"]["day"]
    await chair.submits(window, {"day": (today + timedelta(days=4)).isoformat()})
    await sees_anew(ada, both.ticket, "Put off by Christina Bloom, CLM until")
    assert "put off for a while" in (await ada.runs("status")).text
    await sees_anew(chair, both.card, "Put off until")
    clock.ahead = timedelta(days=6)
    talk.runtime.due.set()
    await sees_anew(chair, both.card, "No longer put off")
    await sees_anew(ada, both.ticket, "Taken up by Christina Bloom, CLM.")


async def test_what_is_put_off_comes_back_at_once_when_the_member_writes(
    talk: Talk, ada: Person
) -> None:
    """Ada's words are worth more than the day that was set."""
    both = await handed_off(talk)
    chair = talk.as_("christina")
    window = await opens_from_menu(chair, PUT_OFF, both.card)
    await chair.submits(window)
    await sees_anew(chair, both.card, "Put off until")
    await ada.writes("It is urgent after all.", thread=both.ticket.ts)
    await sees_anew(chair, both.card, "The member has written and waits for an answer.")
    await sees_anew(ada, both.ticket, "What you wrote is with Christina Bloom, CLM.")
    assert talk.rows("SELECT snoozed_until FROM tickets") == [(None,)]


async def test_notes_stay_at_the_desk(talk: Talk, ada: Person) -> None:
    """Chair and deputy read them on the card and in the window; Ada never does."""
    both = await handed_off(talk)
    chair, deputy = talk.as_("christina"), talk.as_("dev")
    window = await opens_from_menu(chair, NOTE, both.card)
    assert "The member never sees it" in str(window.raw)
    await chair.submits(window, {"note": "Quokka: call her on Monday"})
    card = await sees_anew(chair, both.card, "Quokka: call her on Monday")
    assert "Quokka: call her on Monday" in card.text
    await reassigns(chair, "Request no. 1", talk, "Please")
    at_deputy = await deputy.sees("Quokka: call her on Monday")
    window = await opens_from_menu(deputy, NOTE, at_deputy)
    assert "Quokka: call her on Monday" in window.words
    await deputy.submits(window, {"note": "Quokka: done"})
    await sees_anew(chair, both.card, "Quokka: done")
    await talk.quiet()
    assert "Quokka" not in str([message.raw for message in await ada.messages()])


async def test_a_closed_request_is_reopened_by_the_button(talk: Talk, ada: Person) -> None:
    """It is with whoever had it, who is told, and the member's message says so."""
    both = await handed_off(talk)
    chair = talk.as_("christina")
    await closes(talk, both)
    closed = await sees_anew(ada, both.ticket, "Closed: answered.")
    await ada.presses("Reopen", closed)
    await sees_anew(ada, both.ticket, "Reopened by you")
    told = await sees_in_thread(chair, both.card, "The member has reopened this request.")
    assert told.raw["subtype"] == "thread_broadcast"
    card = await sees_anew(chair, both.card, "The member has written and waits for an answer.")
    assert card.buttons == ["Reply", "Close", "Give back"]


async def test_either_side_reopens_a_closed_request_by_writing_on(talk: Talk, ada: Person) -> None:
    """Words below it reach the other side, and both read that it is open again."""
    both = await handed_off(talk)
    chair = talk.as_("christina")
    await closes(talk, both)
    await ada.writes("One more thing", thread=both.ticket.ts)
    await sees_in_thread(ada, both.ticket, "This request is open again.")
    await sees_in_thread(chair, both.card, "One more thing")
    card = await sees_anew(chair, both.card, "waits for an answer")
    await chair.submits(await chair.opens("Close", card), {"outcome": "not_now"})
    await sees_anew(ada, both.ticket, "Closed: not now.")
    await chair.writes("I forgot something.", thread=both.card.ts)
    await sees_in_thread(chair, both.card, "Passed on to the member. This request is open again.")
    await sees_in_thread(ada, both.ticket, "I forgot something.")
    assert talk.rows("SELECT state FROM tickets") == [("waiting_member",)]


async def test_after_fourteen_days_a_new_request_is_offered(later: tuple[Talk, Clock]) -> None:
    """Nobody is told of what is written then; a button leads to asking anew."""
    talk, clock = later
    both = await handed_off(talk)
    await closes(talk, both)
    ada, chair = talk.as_("ada"), talk.as_("christina")
    clock.ahead = timedelta(days=15)
    await ada.writes("Hello?", thread=both.ticket.ts)
    offer = await sees_in_thread(ada, both.ticket, "nobody was told of your message")
    await ada.presses("Reopen", await ada.sees("Closed: answered."))
    await ada.sees("it can no longer be reopened")
    await chair.writes("Hello?", thread=both.card.ts)
    await sees_in_thread(chair, both.card, "your message was not passed on")
    window = await ada.opens("Talk to the chair", offer)
    assert "no. 2" in (await ada.goes_on(window, {"note": "Anew"})).words
    await chair.sees("Request no. 2")
    assert "Hello?" not in str([m.raw for m in await thread(chair, both.card) if "bot_id" in m.raw])


async def test_words_below_a_closed_request_reach_the_newer_one(talk: Talk, ada: Person) -> None:
    """Ada has a second request open: both sides read that her words went there."""
    both = await handed_off(talk)
    chair = talk.as_("christina")
    await closes(talk, both)
    await ada.goes_on(await ada.runs("chair"), {"note": "Something else."})
    newer = await chair.sees("Request no. 2")
    await ada.writes("And about the first", thread=both.ticket.ts)
    await sees_in_thread(ada, both.ticket, "your words were added to no. 2")
    await sees_in_thread(chair, newer, "And about the first")
    await sees_in_thread(chair, newer, "below their closed request no. 1")
    assert talk.rows("SELECT state FROM tickets ORDER BY id") == [("closed",), ("new",)]


async def test_a_chairs_own_request_goes_to_the_deputy(talk: Talk) -> None:
    """Of their own request the chair is a member: the deputy has the card, the chair the ticket."""
    chair, deputy = talk.as_("christina"), talk.as_("dev")
    home = await chair.home()
    window = await chair.opens("Talk to the chair", home)
    await chair.goes_on(window, {"note": "I need help myself."})
    card = await deputy.sees("Note: I need help myself.")
    window = await opens_from_menu(deputy, NOTE, card)
    await deputy.submits(window, {"note": "Quokka"})
    await sees_anew(deputy, card, "Quokka")
    await deputy.submits(await deputy.opens("Reply", card), {"reply": "Gladly."})
    ticket = await chair.sees("Your request no. 1")
    await sees_in_thread(chair, ticket, "Gladly.")
    await talk.quiet()
    shown_to_chair = str([message.raw for message in await chair.messages()])
    assert "Quokka" not in shown_to_chair
    assert "Request no. 1" not in shown_to_chair


async def test_two_who_close_and_answer_at_once_leave_one_whole_request(talk: Talk) -> None:
    """Chair and deputy submit at the same moment: one is carried out, the other loses nothing."""
    both = await handed_off(talk)
    chair, deputy = talk.as_("christina"), talk.as_("dev")
    await chair.presses("Claim", both.card)
    await chair.presses("Give back", await sees_anew(chair, both.card, "You have claimed it."))
    of_deputy = await deputy.sees("Request no. 1")
    of_chair = await sees_anew(chair, both.card, "Nobody has claimed it yet.")
    closing = await chair.opens("Close", of_chair)
    replying = await deputy.opens("Reply", of_deputy)
    ends = await asyncio.gather(
        chair.submits(closing, {"outcome": "not_now"}),
        deputy.submits(replying, {"reply": "A long and careful text"}),
    )
    await talk.quiet()
    ((state,),) = talk.rows("SELECT state FROM tickets")
    relayed = "A long and careful text" in str([m.raw for m in await talk.as_("ada").messages()])
    assert (state, relayed) in [("waiting_member", True)]
    refused = [end["view"] for end in ends if end.get("response_action") == "update"]
    assert len(refused) <= 1
