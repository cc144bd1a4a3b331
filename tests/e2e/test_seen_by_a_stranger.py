"""What somebody found who tried the demo without having seen the code."""

import asyncio

from tests.support.handing_off import handed_off, sees_anew, sees_in_thread, thread
from tests.support.talk import Person, Talk

HOURS = "how many education hours do I need before I can apply?"


async def test_messages_of_a_request_arrive_in_the_order_they_were_written(
    talk: Talk, ada: Person
) -> None:
    """Slack's trouble with the first message does not let the second overtake it."""
    both = await handed_off(talk)
    chair = talk.as_("christina")
    await talk.quiet()
    home = (await talk.get("messages", channel="dm", user="ada"))["channel"]
    await talk.post("fault", kind="server_error", method="chat.postMessage", channel=home, count=1)
    for part in ("first part", "second part", "third part"):
        await chair.writes(part, thread=both.card.ts)
    await sees_in_thread(ada, both.ticket, "third part")
    texts = [message.words for message in await thread(ada, both.ticket)]
    order = [text for words in texts for text in ("first", "second", "third") if text in words]
    assert list(dict.fromkeys(order)) == ["first", "second", "third"]


async def test_two_presses_post_the_announcement_once(talk: Talk, ada: Person) -> None:
    """An impatient second press does not announce a second time."""
    chair = talk.as_("christina")
    preview = await chair.runs("chair announce", channel="general")
    await asyncio.gather(
        chair.presses("Post it here", preview, channel="general"),
        chair.presses("Post it here", preview, channel="general"),
    )
    await ada.sees("Become a Certified Legal Manager", channel="general")
    await talk.quiet()
    cards = [m for m in await ada.messages("general") if "bot_id" in m.raw]
    assert len(cards) == 1


async def test_a_withdrawn_request_says_so_though_it_was_answered(talk: Talk, ada: Person) -> None:
    """The last word is the member's: withdrawn, and no invitation to write on."""
    both = await handed_off(talk)
    chair = talk.as_("christina")
    await chair.submits(await chair.opens("Reply", both.card), {"reply": "I will call."})
    answered = await sees_anew(ada, both.ticket, "Answered")
    assert "answered" in (await ada.runs("status")).text
    await ada.presses("Withdraw", answered)
    withdrawn = await sees_anew(ada, both.ticket, "Withdrawn by you")
    assert "write there to go on" not in withdrawn.text


async def test_erasing_empties_the_members_own_request_too(talk: Talk, ada: Person) -> None:
    """Nothing of the note and no button is left in the member's own conversation."""
    both = await handed_off(talk, note="Please keep this between us.")
    window = await ada.opens("Erase my data", await ada.home())
    await ada.submits(await ada.goes_on(window), {"word": "erase"})
    emptied = await sees_anew(ada, both.ticket, "This request was erased")
    assert "between us" not in emptied.words
    assert emptied.buttons == []


async def test_a_private_answer_in_a_thread_stays_in_the_thread(talk: Talk, ada: Person) -> None:
    """Who presses a button below an answer in a thread reads the reply there."""
    await ada.writes(f"@clm {HOURS}", channel="clm")
    answer = await ada.sees("10 hours", channel="clm")
    ben = talk.as_("ben")
    shown = await ben.presses_for("What are the education categories?", answer)
    assert shown.raw["thread_ts"] == answer.raw["thread_ts"]
    voted = await ben.presses_for("Yes", answer)
    assert voted.raw["thread_ts"] == answer.raw["thread_ts"]


async def test_a_check_that_was_only_opened_is_not_called_begun(ada: Person) -> None:
    """Opening the window and closing it leaves nothing to go on with."""
    await ada.runs("check")
    assert "You began the check" not in (await ada.runs("status")).text


async def test_questions_not_yet_answered_stay_open_when_the_window_is_redrawn(
    ada: Person,
) -> None:
    """Choosing one answer does not answer another question with "I don't know yet"."""
    window = await ada.chooses(await ada.runs("check"), "role", "functional_specialist")
    fields = {b["block_id"]: b["element"] for b in window.raw["blocks"] if b["type"] == "input"}
    assert "initial_option" not in fields["combined_roles"]
    assert fields["role"]["initial_option"]["value"] == "functional_specialist"
