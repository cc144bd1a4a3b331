"""Somebody answers below a card before the bot has heard that Slack took it."""

from tests.support.handing_off import sees_in_thread
from tests.support.talk import Person, Talk


async def test_an_answer_below_a_card_whose_receipt_was_lost_reaches_the_member(
    talk: Talk, ada: Person
) -> None:
    """The card is on the screen, so what is written in its thread goes to the member."""
    chair = talk.as_("christina")
    place = (await talk.get("messages", user="christina", channel="dm"))["channel"]
    window = await ada.runs("chair")
    await talk.post("fault", kind="lost_reply", method="chat.postMessage", channel=place)
    await ada.goes_on(window, {"note": "Hello?"})
    card = await chair.sees("Request no. 1")
    await chair.writes("Call me tomorrow.", thread=card.ts)
    await sees_in_thread(ada, await ada.sees("Your request no. 1"), "Call me tomorrow.")


async def test_a_word_below_a_request_whose_receipt_was_lost_reaches_the_chair(
    talk: Talk, ada: Person
) -> None:
    """The same on the member's side."""
    place = (await talk.get("messages", user="ada", channel="dm"))["channel"]
    window = await ada.runs("chair")
    await talk.post("fault", kind="lost_reply", method="chat.postMessage", channel=place)
    await ada.goes_on(window, {"note": "Hello?"})
    ticket = await ada.sees("Your request no. 1")
    await ada.writes("It is urgent.", thread=ticket.ts)
    chair = talk.as_("christina")
    await sees_in_thread(chair, await chair.sees("Request no. 1"), "It is urgent.")
