"""Hand-offs when something is wrong: people gone, Slack failing, restarts, impossible input."""

import asyncio
from pathlib import Path

import aiohttp
import pytest

from tests.support.handing_off import (
    NOBODY,
    handed_off,
    places_with,
    sees_anew,
    sees_in_thread,
    switches,
    thread,
)
from tests.support.talk import Person, Shown, Talk, bot_on, local_slack

NASTY = "<!channel> <@U0GUS> & <b>bold</b> *stars* `code` ‮right to left"


async def cards_of(person: Person) -> list[Shown]:
    """The cards of requests in somebody's DM."""
    return [m for m in await person.messages() if m.text.startswith("Request no.")]


async def test_when_the_chair_is_deactivated_the_deputy_gets_the_card(
    talk: Talk, ada: Person
) -> None:
    """A chair whose account is gone costs nothing, even where Slack has not told of it yet: the
    deputy has it, and the member reads so."""
    talk.slack._slack.workspace.users["U0CHRISTINA"].deleted = True
    await ada.goes_on(await ada.runs("chair"), {"note": "Hello?"})
    deputy = talk.as_("dev")
    assert "Note: Hello?" in (await deputy.sees("Request no. 1")).text
    assert "Passed on to Devika Rao" in (await ada.sees("Delivered to Devika Rao")).text
    await talk.quiet()
    assert len(await cards_of(deputy)) == 1


async def test_a_chair_who_leaves_loses_the_claim_to_the_deputy(talk: Talk, ada: Person) -> None:
    """The deputy gets the card with what was said so far below it."""
    both = await handed_off(talk)
    chair, deputy = talk.as_("christina"), talk.as_("dev")
    await chair.submits(await chair.opens("Reply", both.card), {"reply": "I am on it."})
    await sees_in_thread(ada, both.ticket, "I am on it.")
    await talk.post("member", user="christina", deactivated=True)
    await ada.writes("Still there?", thread=both.ticket.ts)
    card = await deputy.sees("Request no. 1")
    assert "Nobody has claimed it yet." in card.text
    await sees_in_thread(deputy, card, "I am on it.")
    await sees_in_thread(deputy, card, "Still there?")
    await talk.quiet()
    assert len(await thread(deputy, card)) == 2


async def test_when_nobody_can_be_reached_the_member_reads_it(talk: Talk, ada: Person) -> None:
    """The request is kept and said to be with nobody."""
    for name in ("christina", "dev"):
        await talk.post("member", user=name, deactivated=True)
    await ada.goes_on(await ada.runs("chair"), {"note": "Hello?"})
    assert "nobody has it" in (await ada.sees("could not reach")).text
    await talk.quiet()
    assert talk.rows("SELECT state FROM tickets") == [("new",)]


async def test_without_a_chair_a_request_waits_for_one(tmp_path: Path) -> None:
    """Asked while no chair is set up, delivered by the start after one was."""
    async with local_slack() as slack, aiohttp.ClientSession() as session:
        nobody = places_with(chair=NOBODY, deputy=NOBODY)
        async with bot_on(slack, tmp_path, places=nobody) as runtime:
            talk = Talk(slack, runtime, session)
            ada = talk.as_("ada")
            window = await ada.runs("chair")
            assert "No chair is set up" in window.words
            assert "No chair is set up" in (await ada.goes_on(window, {"note": "Hi"})).words
            ticket = await ada.sees("nobody has it so far")
        async with bot_on(slack, tmp_path) as runtime:
            talk = Talk(slack, runtime, session)
            card = await talk.as_("christina").sees("Request no. 1")
            assert "Note: Hi" in card.text
            await sees_anew(talk.as_("ada"), ticket, "Delivered to Christina Bloom")


async def test_a_request_survives_the_end_of_the_bot(tmp_path: Path) -> None:
    """The bot ends before Slack took the card; the next start delivers it, once."""
    async with local_slack() as slack, aiohttp.ClientSession() as session:
        async with bot_on(slack, tmp_path) as runtime:
            talk = Talk(slack, runtime, session)
            ada = talk.as_("ada")
            window = await ada.runs("chair")
            await talk.post("fault", kind="server_error", method="chat.postMessage", count=2)
            assert "no. 1" in (await ada.goes_on(window, {"note": "Hi"})).words
        assert await cards_of(talk.as_("christina")) == []
        async with bot_on(slack, tmp_path) as runtime:
            talk = Talk(slack, runtime, session)
            chair = talk.as_("christina")
            assert "Note: Hi" in (await chair.sees("Request no. 1")).text
            await talk.quiet()
            assert len(await cards_of(chair)) == 1


@pytest.mark.parametrize("kind", ["rate_limited", "server_error", "lost_reply"])
async def test_trouble_with_slack_neither_loses_nor_doubles_a_card(
    talk: Talk, ada: Person, kind: str
) -> None:
    """Whatever Slack does to the first try, the chair ends up with one card."""
    window = await ada.runs("chair")
    await talk.post("fault", kind=kind, method="chat.postMessage", count=2, retry_after=1)
    await ada.goes_on(window, {"note": "Hi"})
    chair = talk.as_("christina")
    assert "Note: Hi" in (await chair.sees("Request no. 1")).text
    await ada.sees("Delivered to")
    await talk.quiet()
    assert len(await cards_of(chair)) == 1


async def test_a_preview_submitted_twice_is_one_request(talk: Talk, ada: Person) -> None:
    """Two clicks on Send at the same moment make one ticket and one card."""
    window = await ada.runs("chair")
    await asyncio.gather(
        ada.submits(window, {"note": "Twice"}), ada.submits(window, {"note": "Twice"})
    )
    chair = talk.as_("christina")
    await chair.sees("Request no. 1")
    await talk.quiet()
    assert talk.rows("SELECT count(*) FROM tickets") == [(1,)]
    assert len(await cards_of(chair)) == 1
    assert await thread(chair, (await cards_of(chair))[0]) == []


async def test_a_reply_submitted_twice_is_one_message(talk: Talk, ada: Person) -> None:
    """Two clicks on Send carry the reply over once."""
    both = await handed_off(talk)
    chair = talk.as_("christina")
    window = await chair.opens("Reply", both.card)
    await asyncio.gather(
        chair.submits(window, {"reply": "Once"}), chair.submits(window, {"reply": "Once"})
    )
    await sees_in_thread(ada, both.ticket, "Once")
    await talk.quiet()
    assert len(await thread(ada, both.ticket)) == 1


@pytest.mark.parametrize("reply", ["x" * 40_000, "   ", "\u0007"], ids=["long", "empty", "bell"])
async def test_an_impossible_reply_is_refused_at_its_field(talk: Talk, reply: str) -> None:
    """Far too long, or nothing at all: the field says so and nothing is sent."""
    both = await handed_off(talk)
    chair = talk.as_("christina")
    window = await chair.opens("Reply", both.card)
    answer = await chair.submits(window, {"reply": reply})
    assert list(answer["errors"]) == ["reply"]
    await talk.quiet()
    assert await thread(talk.as_("ada"), both.ticket) == []


async def test_nasty_text_is_shown_literally_on_both_sides(talk: Talk, ada: Person) -> None:
    """Mentions, mrkdwn and HTML in note, reply and thread stay text and call nobody."""
    both = await handed_off(talk, NASTY)
    chair = talk.as_("christina")
    assert f"Note: {NASTY}" in both.card.text
    await chair.submits(await chair.opens("Reply", both.card), {"reply": f"R {NASTY}"})
    await sees_in_thread(ada, both.ticket, f"R {NASTY}")
    await ada.writes(f"T {NASTY}", thread=both.ticket.ts)
    await sees_in_thread(chair, both.card, "T ")
    everything = [*await chair.messages(), *await ada.messages()]
    for message in everything:
        if "bot_id" in message.raw:
            assert "<!channel>" not in str(message.raw["text"])
            assert "<@U0GUS>" not in str(message.raw["text"])


async def test_a_long_message_in_the_thread_is_carried_whole(talk: Talk, ada: Person) -> None:
    """12,000 characters go over in parts; 40,000 are refused visibly."""
    both = await handed_off(talk)
    chair = talk.as_("christina")
    text = " ".join(f"word{n:04}" for n in range(1_300))[:11_000]
    await ada.writes(text, thread=both.ticket.ts)
    await sees_in_thread(chair, both.card, text[-20:])
    parts = [m.raw["blocks"][-1]["text"]["text"] for m in await thread(chair, both.card)]
    assert "".join(parts) == text
    await ada.writes("y" * 40_000, thread=both.ticket.ts)
    await sees_in_thread(ada, both.ticket, "none of it was")


async def test_files_cannot_be_carried_over_and_that_is_said(talk: Talk, ada: Person) -> None:
    """A file alone is refused, with words the words go; either way it is said how to send it."""
    both = await handed_off(talk)
    await ada.writes("", thread=both.ticket.ts, files=["diploma.pdf"])
    await sees_in_thread(ada, both.ticket, "no files")
    await sees_in_thread(ada, both.ticket, "send it to Christina Bloom")
    await ada.writes("My diploma", thread=both.ticket.ts, files=["diploma.pdf"])
    await sees_in_thread(talk.as_("christina"), both.card, "My diploma")
    await sees_in_thread(ada, both.ticket, "your file was not")


async def test_how_to_send_a_file_never_tells_who_asked_without_a_name(
    talk: Talk, ada: Person
) -> None:
    """Nobody is sent on a way on which the other side would see who they are."""
    window = await switches(ada, await ada.runs("chair"), on=[])
    await ada.goes_on(window, {"note": "Anonymous for now."})
    chair = talk.as_("christina")
    card, ticket = await chair.sees("Request no. 1"), await ada.sees("Your request no. 1")
    await ada.writes("See this", thread=ticket.ts, files=["diploma.pdf"])
    await sees_in_thread(ada, ticket, "would show who you are")
    await chair.writes("And this", thread=card.ts, files=["form.pdf"])
    await sees_in_thread(chair, card, "asked without their name")
    await talk.quiet()
    told = str([m.raw for m in [*await thread(ada, ticket), *await thread(chair, card)]])
    assert "direct message" not in told


async def test_a_reply_above_all_measure_in_the_thread_is_refused_visibly(
    talk: Talk, ada: Person
) -> None:
    """The chair pastes forty thousand characters: nothing of it goes over, and that is said."""
    both = await handed_off(talk)
    chair = talk.as_("christina")
    await chair.writes("x" * 40_000, thread=both.card.ts)
    await sees_in_thread(chair, both.card, "none of it was")
    await talk.quiet()
    assert await thread(ada, both.ticket) == []


async def test_a_card_that_can_no_longer_be_edited_is_posted_anew(talk: Talk, ada: Person) -> None:
    """An edit that Slack refuses for good becomes a new card with the newest state."""
    both = await handed_off(talk)
    chair = talk.as_("christina")
    fault = {"kind": "slack_error", "error": "cant_update_message", "method": "chat.update"}
    await talk.post("fault", **fault, count=1, channel=await dm_of(talk, "christina"))
    await chair.presses("Claim", both.card)
    await chair.sees("You have claimed it.")
    await talk.quiet()
    newest = (await cards_of(chair))[-1]
    assert newest.ts != both.card.ts
    await ada.writes("Below the new one", thread=both.ticket.ts)
    await sees_in_thread(chair, newest, "Below the new one")


async def test_a_former_chairs_button_is_refused(tmp_path: Path) -> None:
    """Rights are looked up at the click: who is not the chair any more moves nothing."""
    async with local_slack() as slack, aiohttp.ClientSession() as session:
        async with bot_on(slack, tmp_path) as runtime:
            both = await handed_off(Talk(slack, runtime, session))
        talk = Talk(slack, runtime, session)
        dm = await dm_of(talk, "christina")
        fault = {"kind": "server_error", "method": "chat.update", "channel": dm, "count": 99}
        await talk.post("fault", **fault)
        other = places_with(chair={"slack_id": "U0DEV", "name": "Devika Rao"}, deputy=NOBODY)
        async with bot_on(slack, tmp_path, places=other) as runtime:
            talk = Talk(slack, runtime, session)
            await talk.as_("dev").sees("Request no. 1")
            pressed = await talk.as_("christina").presses_for("Claim", both.card)
            assert "Only those who answer for the chapter" in pressed.text
            assert talk.rows("SELECT state FROM tickets") == [("new",)]


async def test_a_request_goes_out_when_slack_does_not_say_who_asks(talk: Talk, ada: Person) -> None:
    """If the profile cannot be read the window still opens, and the chair sees the profile link."""
    await talk.post("fault", kind="slack_error", error="fatal_error", method="users.info")
    window = await ada.runs("chair")
    assert "From: see the Slack profile" in window.words
    await ada.goes_on(window, {"note": "Hi"})
    assert "<@U0ADA>" in (await talk.as_("christina").sees("Request no. 1")).text


async def dm_of(talk: Talk, name: str) -> str:
    """The id of somebody's DM with the bot."""
    state = await talk.get("state")
    users = {user["name"]: user["id"] for user in state["users"]}
    return next(str(c["id"]) for c in state["channels"] if c.get("user") == users[name])
