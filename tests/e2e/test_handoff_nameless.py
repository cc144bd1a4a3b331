"""A request without a name: nothing that chair or deputy ever get tells whose it is."""

import json
import re

from tests.support.handing_off import (
    deletes,
    edits,
    opens_from_menu,
    sees_anew,
    sees_in_thread,
    switches,
)
from tests.support.talk import Person, Shown, Talk

TELLING = re.compile(r"U0ADA|D0ADA|Okafor|\bada\b", re.IGNORECASE)
AT_DESK = re.compile(r"[UD]0(CHRISTINA|DEV)\b")


async def as_now(person: Person, shown: Shown) -> Shown:
    """A message as it stands now."""
    return await sees_anew(person, shown, "no. 1")


async def asks_without_a_name(person: Person) -> Shown:
    """Hand off with the name switched off; the member's message."""
    window = await person.opens("Talk to the chair", await person.home())
    window = await switches(person, window, ["question", "time_zone"])
    await person.goes_on(window, {"note": "Not to be known."})
    return await person.sees("Your request no. 1")


async def test_nothing_that_reaches_the_desk_tells_who_asked_without_a_name(
    talk: Talk, ada: Person
) -> None:
    """Cards, relays, edits, windows, Home, digest, a saved reply, reopening, an erasure: every
    payload to chair and deputy is searched, its ids and metadata included."""
    chair, deputy = talk.as_("christina"), talk.as_("dev")
    for person in (chair, deputy):
        await person.home()
    ticket = await asks_without_a_name(ada)
    card = await chair.sees("Request no. 1")
    ts = await ada.writes("First words", thread=ticket.ts)
    await sees_in_thread(chair, card, "First words")
    await edits(ada, ts, "Other words")
    await sees_in_thread(chair, card, "Other words")
    await deletes(ada, ts)
    await sees_in_thread(chair, card, "The member took back")
    await opens_from_menu(chair, "Note for the desk", await as_now(chair, card))
    window = await opens_from_menu(chair, "Pass on to somebody", await as_now(chair, card))
    await chair.submits(window, {"to": "U0DEV", "reason": "On leave"})
    at_deputy = await deputy.sees("Why it was passed on")
    window = await deputy.opens("Reply", at_deputy)
    await deputy.submits(window, {"reply": "An answer"})
    for word in ("digest", "numbers", "people", ""):
        await chair.runs(f"chair {word}")
    await talk.quiet()
    window = await deputy.opens("Close", await as_now(deputy, at_deputy))
    await deputy.submits(window, {"outcome": "answered"})
    closed = await sees_anew(deputy, at_deputy, "Closed by")
    await deputy.opens("Save as answer", closed)
    await talk.quiet()
    await ada.presses("Reopen", await sees_anew(ada, ticket, "Closed: answered."))
    await sees_in_thread(deputy, at_deputy, "The member has reopened this request.")
    window = await ada.goes_on(await ada.runs("delete my data"))
    await ada.goes_on(window, {"word": "erase"})
    await sees_anew(deputy, at_deputy, "erased their data")
    for person in (chair, deputy):
        await person.home()
    await talk.quiet()
    records = [json.dumps(r, ensure_ascii=False) for r in (await talk.get("log"))["log"]]
    for_desk = [record for record in records if AT_DESK.search(record)]
    assert len(for_desk) > 50
    assert [record for record in for_desk if TELLING.search(record)] == []


async def test_a_chair_who_asks_without_a_name_is_not_known_by_a_gap(talk: Talk) -> None:
    """The deputy can pass the request on to the chair as any other, and reads no sentence that is
    true of the chair's own request alone; the chair was told that they may be guessed."""
    chair, deputy = talk.as_("christina"), talk.as_("dev")
    assert "may guess" in (await chair.opens("Talk to the chair", await chair.home())).words
    ticket = await asks_without_a_name(chair)
    card = await deputy.sees("Not to be known.")
    await sees_anew(chair, ticket, "Delivered to")
    window = await opens_from_menu(deputy, "Pass on to somebody", card)
    options = window.raw["blocks"][0]["element"]["options"]
    assert [option["value"] for option in options] == ["U0CHRISTINA"]
    await deputy.submits(window, {"to": "U0CHRISTINA", "reason": "Yours, I think"})
    own = await chair.sees("Request no. 1")
    await chair.presses("Give back", await sees_anew(chair, own, "You have claimed it."))
    await sees_anew(deputy, card, "Nobody has claimed it yet.")
