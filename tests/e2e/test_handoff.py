"""Talking to the chair: preview, card, answer, outcome, from both sides."""

import asyncio
from pathlib import Path

import pytest

from tests.support.handing_off import (
    handed_off,
    preview_texts,
    sees_anew,
    sees_in_thread,
    switches,
    thread,
)
from tests.support.talk import Person, Talk, talking

UNKNOWN = "which bus goes to the stadium on saturday"


async def test_what_is_previewed_is_what_the_chair_sees(talk: Talk, ada: Person) -> None:
    """Before submit nothing is sent; after it the card has the previewed lines, word for word."""
    answer = await ada.says(UNKNOWN)
    window = await ada.opens("Talk to the chair", answer)
    previewed = preview_texts(window)
    assert previewed[:2] == ["From: Ada Okafor", f"Question: {UNKNOWN}"]
    await talk.quiet()
    chair = talk.as_("christina")
    assert not [m for m in await chair.messages() if "Request no." in m.text]
    done = await ada.goes_on(window, {"note": "Thank you!"})
    assert "no. 1" in done.words
    assert "within two working days" in done.words
    card = await chair.sees("Request no. 1")
    for line in (*previewed, "Note: Thank you!"):
        assert line in card.text
        assert line in [b["text"]["text"] for b in card.raw["blocks"] if b["type"] == "section"]


async def test_each_field_can_be_switched_off_and_the_preview_follows(
    talk: Talk, ada: Person
) -> None:
    """Without name and time zone the preview says so, and the card has neither; the relay works."""
    window = await ada.runs("chair")
    window = await switches(ada, window, on=[])
    assert preview_texts(window) == ["From: a member"]
    await ada.goes_on(window, {"note": "Anonymous for now."})
    chair = talk.as_("christina")
    card = await chair.sees("Request no. 1")
    for secret in ("Ada", "U0ADA", "Chicago"):
        assert secret not in str(card.raw)
    await chair.submits(await chair.opens("Reply", card), {"reply": "Glad to help."})
    reply = await ada.sees("Glad to help.")
    ticket = await ada.sees("Your request no. 1")
    assert reply.raw["thread_ts"] == ticket.ts
    await ada.writes("My next question", thread=ticket.ts)
    relayed = await sees_in_thread(chair, card, "My next question")
    assert "Ada" not in str(relayed.raw)


async def test_closing_the_preview_sends_nothing(talk: Talk, ada: Person) -> None:
    """Who changes their mind has asked for nothing."""
    window = await ada.runs("chair")
    await talk.post("close", user="ada", view_id=window.raw["id"])
    await talk.quiet()
    assert talk.rows("SELECT count(*) FROM tickets") == [(0,)]
    assert not [m for m in await talk.as_("christina").messages() if "Request no." in m.text]


@pytest.mark.parametrize("http", [False, True], ids=["socket mode", "http mode"])
async def test_the_chair_claims_answers_and_closes_and_the_member_follows(
    tmp_path: Path, http: bool
) -> None:
    """One card and one message, edited in place, say each step; the words are in the threads."""
    async with talking(tmp_path, http=http) as talk:
        ada, chair = talk.as_("ada"), talk.as_("christina")
        both = await handed_off(talk)
        await chair.presses("Claim", both.card)
        card = await sees_anew(chair, both.card, "You have claimed it.")
        await sees_anew(ada, both.ticket, "Taken up by Christina Bloom, CLM")
        await chair.submits(await chair.opens("Reply", card), {"reply": "Call me at noon."})
        assert (
            "From Christina Bloom, CLM:"
            in (await sees_in_thread(ada, both.ticket, "Call me at noon.")).text
        )
        await sees_in_thread(chair, both.card, "Call me at noon.")
        await ada.writes("I will, thanks.", thread=both.ticket.ts)
        await sees_in_thread(chair, both.card, "I will, thanks.")
        assert await sees_in_thread(ada, both.ticket, "Passed on.")
        await chair.writes("Good.", thread=both.card.ts)
        await sees_in_thread(ada, both.ticket, "Good.")
        card = await sees_anew(chair, both.card, "has not written since")
        window = await chair.opens("Close", card)
        await chair.submits(window, {"outcome": "applying"})
        await sees_in_thread(ada, both.ticket, "you are going to apply")
        ticket = await sees_anew(ada, both.ticket, "Closed by Christina Bloom, CLM")
        assert ticket.buttons == ["Reopen"]
        closed = await sees_anew(chair, both.card, "is going to apply")
        assert closed.buttons == ["Save as answer"]
        assert len([m for m in await ada.messages() if "Your request no. 1" in m.text]) == 1


async def test_at_the_top_level_of_the_dm_it_is_a_question(talk: Talk, ada: Person) -> None:
    """Outside the request's thread a message is answered, and the chair hears nothing of it."""
    both = await handed_off(talk)
    answer = await ada.says("how many education hours do I need before I can apply?")
    assert "10 hours" in answer.text
    await talk.quiet()
    assert await thread(talk.as_("christina"), both.card) == []


async def test_a_second_hand_off_is_added_to_the_open_one(talk: Talk, ada: Person) -> None:
    """It says the same number, asks for something new, and stands in both threads."""
    both = await handed_off(talk)
    window = await ada.runs("chair")
    assert "open request, no. 1" in window.words
    refused = await ada.submits(window, {"note": ""})
    assert "already" in refused["errors"]["note"]
    done = await ada.goes_on(window, {"note": "One more thing."})
    assert "no. 1" in done.words
    await sees_in_thread(talk.as_("christina"), both.card, "Note: One more thing.")
    await sees_in_thread(ada, both.ticket, "Note: One more thing.")
    assert talk.rows("SELECT count(*) FROM tickets") == [(1,)]


async def test_a_withdrawn_request_leaves_nothing_personal_on_the_card(
    talk: Talk, ada: Person
) -> None:
    """The card says withdrawn, and name, note and messages are gone from it and its thread."""
    both = await handed_off(talk, "My secret")
    await ada.writes("Another secret", thread=both.ticket.ts)
    chair = talk.as_("christina")
    await sees_in_thread(chair, both.card, "Another secret")
    await ada.presses("Withdraw", both.ticket)
    await sees_anew(chair, both.card, "Withdrawn by the member")
    await sees_in_thread(chair, both.card, "has withdrawn this request")
    await talk.quiet()
    shown = str([message.raw for message in await chair.messages()])
    for personal in ("secret", "Ada", "U0ADA"):
        assert personal not in shown
    assert (await sees_anew(ada, both.ticket, "Withdrawn by you")).buttons == []
    again = await ada.runs("chair")
    assert "no. 2" in (await ada.goes_on(again, {"note": "Anew"})).words


async def test_of_two_who_click_at_once_one_wins_and_the_other_is_told_who(talk: Talk) -> None:
    """Chair and deputy press Claim together; one has it, the other reads who."""
    both = await handed_off(talk)
    chair, deputy = talk.as_("christina"), talk.as_("dev")
    await chair.presses("Claim", both.card)
    card = await sees_anew(chair, both.card, "You have claimed it.")
    await chair.presses("Give back", card)
    of_deputy = await deputy.sees("Request no. 1")
    of_chair = await sees_anew(chair, both.card, "Nobody has claimed it yet.")
    await asyncio.gather(chair.presses("Claim", of_chair), deputy.presses("Claim", of_deputy))
    await talk.quiet()
    ((winner,),) = talk.rows("SELECT claimed_by FROM tickets")
    won = winner.rsplit(":")[-1]
    loser = deputy if won == "U0CHRISTINA" else chair
    told = [m for m in await loser.messages() if "was faster" in m.text]
    assert [f"<@{won}>" in m.text for m in told] == [True]
    assert [m.raw["ephemeral_to"] for m in told] == [f"U0{loser.name.upper()}"]
    both_cards = [m for who in (chair, deputy) for m in await who.messages() if "no. 1" in m.text]
    assert sum("Take over" in card.buttons for card in both_cards) == 1


async def test_a_reply_while_somebody_else_has_it_is_given_back(talk: Talk) -> None:
    """The deputy's window is open when the chair takes over: the text is not lost, nor sent."""
    both = await handed_off(talk)
    chair, deputy = talk.as_("christina"), talk.as_("dev")
    await chair.presses("Claim", both.card)
    await chair.presses("Give back", await sees_anew(chair, both.card, "You have claimed it."))
    window = await deputy.opens("Reply", await deputy.sees("Request no. 1"))
    await chair.presses("Claim", await sees_anew(chair, both.card, "Nobody has claimed it yet."))
    await sees_anew(chair, both.card, "You have claimed it.")
    shown = await deputy.goes_on(window, {"reply": "A long and careful text"})
    assert "<@U0CHRISTINA>" in shown.words
    assert "A long and careful text" in shown.words
    await talk.quiet()
    assert await thread(talk.as_("ada"), both.ticket) == []


async def test_the_status_knows_of_the_request(talk: Talk, ada: Person) -> None:
    """`/clm status` and Home say the number and whether it is taken up."""
    both = await handed_off(talk)
    assert "No. 1: sent, not taken up yet." in (await ada.runs("status")).text
    await talk.as_("christina").presses("Claim", both.card)
    await sees_anew(ada, both.ticket, "Taken up by")
    assert "No. 1: taken up." in (await ada.home()).words


async def test_erasing_ones_data_reaches_the_chairs_card(talk: Talk, ada: Person) -> None:
    """After an erasure the chair's DM has nothing personal left, and no row is left either."""
    both = await handed_off(talk, "My secret")
    await ada.writes("Another secret", thread=both.ticket.ts)
    chair = talk.as_("christina")
    await sees_in_thread(chair, both.card, "Another secret")
    really = await ada.goes_on(await ada.runs("delete my data"))
    await ada.goes_on(really, {"word": "erase"})
    await sees_anew(chair, both.card, "erased their data")
    await talk.quiet()
    shown = str([message.raw for message in await chair.messages()])
    assert "secret" not in shown
    assert "Ada" not in shown
    assert talk.rows("SELECT count(*) FROM tickets") == [(0,)]
    assert (await sees_anew(ada, both.ticket, "This request was erased")).buttons == []
