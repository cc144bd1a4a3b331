"""Asking on: two questions, follow-ups, corrections, and none of these."""

from pathlib import Path

import pytest

from tests.support.database import Clock
from tests.support.sent import bot_messages, event_done
from tests.support.talk import Person, Shown, Talk, talking

HOURS = "how many education hours do I need before I can apply?"
ON = "and for specialists?"
GOING_ON = "Going on from “How many education hours do I need before applying?”:"
EXTRA = "Do specialists need extra hours?"
UNSURE = "the deadline"
STRANGE = "which bus goes to the stadium on saturday"
INVITED = "Put it in other words"
TWICE = "in these words either"


async def extra_hours(shown: Shown) -> bool:
    return "15" in shown.text


async def test_a_second_question_is_named_and_answered_when_pressed(ada: Person) -> None:
    """Of two questions one is answered; the other stands in the text and on a button."""
    answer = await ada.says("What is the passing score? And how much is the exam?")
    assert "You also asked: “" in answer.text
    other = answer.text.split("You also asked: “")[1].split("”")[0]
    second = await ada.presses_for(other, answer)
    assert "Source:" in second.text and "You also asked" not in second.text
    both = f"{answer.text} {second.text}"
    assert "What does the exam cost?" in (other, *both.split("“")) or "fee" in both


async def test_two_lines_are_two_questions(ada: Person) -> None:
    """A question on a line of its own counts as one."""
    answer = await ada.says("what is the passing score\nhow much is the exam")
    assert "You also asked: “" in answer.text


async def test_a_second_question_after_the_command_is_offered_too(ada: Person) -> None:
    """`/clm` answers one question and offers the other, to the person alone."""
    answer = await ada.runs("What is the passing score? And how much is the exam?")
    assert answer.raw["ephemeral_to"]
    assert "You also asked: “" in answer.text


async def test_a_follow_up_in_the_dm_says_what_it_goes_on_from(ada: Person) -> None:
    """A few words are read with the answer before them, and the reply says so."""
    await ada.says(HOURS)
    answer = await ada.says(ON)
    assert answer.text.startswith(GOING_ON)
    assert "15" in answer.text


async def test_a_whole_question_goes_on_from_nothing(ada: Person) -> None:
    """Another question is answered as if it were the first one."""
    await ada.says(HOURS)
    assert "Going on from" not in (await ada.says("What is the passing score?")).text


async def test_thanks_in_between_do_not_end_the_subject(ada: Person) -> None:
    """Politeness is no new subject."""
    await ada.says(HOURS)
    await ada.says("thanks!")
    assert (await ada.says(ON)).text.startswith(GOING_ON)


@pytest.mark.parametrize(("minutes", "remembered"), [(29, True), (31, False)])
async def test_after_half_an_hour_nothing_is_gone_on_from(
    tmp_path: Path, minutes: int, remembered: bool
) -> None:
    """An old answer is no subject any more."""
    clock = Clock()
    async with talking(tmp_path, clock=clock) as talk:
        ada = talk.as_("ada")
        await ada.says(HOURS)
        clock.moves(minutes=minutes)
        assert ("Going on from" in (await ada.says(ON)).text) is remembered


async def test_another_persons_conversation_is_not_gone_on_from(talk: Talk, ada: Person) -> None:
    """What Ada asked the bot directly is nothing that Ben's words refer to."""
    await ada.says(HOURS)
    assert "Going on from" not in (await talk.as_("ben").says(ON)).text


async def in_thread(person: Person, text: str, root: str) -> Shown:
    """Mention the bot in a thread of the channel, and wait for what is new there."""
    before = {m.ts for m in await bot_messages(person, "clm")}
    await person.writes(f"@clm {text}", channel="clm", thread=root)

    async def look() -> Shown | None:
        new = [m for m in await bot_messages(person, "clm") if m.ts not in before]
        return new[0] if new else None

    shown: Shown = await person.talk.until(look, f"an answer to {text!r}")
    return shown


async def test_a_follow_up_in_a_channels_thread_goes_on_from_its_answer(
    talk: Talk, ada: Person
) -> None:
    """Whoever asks on in the thread: the answer that all can read is the subject."""
    root = await ada.writes(f"@clm {HOURS}", channel="clm")
    await ada.sees("10 hours", channel="clm")
    answer = await in_thread(talk.as_("ben"), ON, root)
    assert answer.text.startswith(GOING_ON)
    assert answer.raw["thread_ts"] == root


async def test_another_thread_is_another_conversation(ada: Person) -> None:
    """A follow-up in a new thread is read for itself."""
    await ada.writes(f"@clm {HOURS}", channel="clm")
    await ada.sees("10 hours", channel="clm")
    other = await ada.writes("Lunch at noon?", channel="clm")
    assert "Going on from" not in (await in_thread(ada, ON, other)).text


@pytest.mark.parametrize("on", ["question", "answer"])
async def test_a_thread_in_the_dm_goes_on_from_what_it_hangs_on(
    talk: Talk, ada: Person, on: str
) -> None:
    """A reply in a thread goes on from that question or answer, and not from the latest one."""
    asked = await ada.writes(HOURS)
    answer = await ada.sees("10 hours")
    await talk.quiet()
    await ada.says("What is the passing score?")
    root = asked if on == "question" else answer.ts
    await ada.writes(ON, thread=root)
    assert (await ada.sees(GOING_ON)).raw["thread_ts"] == root


async def test_an_edited_follow_up_still_goes_on_from_what_came_before_it(
    talk: Talk, ada: Person
) -> None:
    """Correcting a typing error loses no subject, and takes no later one."""
    await ada.says(HOURS)
    ts = await ada.writes("and for speshalists pls thx ok?")
    await talk.until(lambda: two_messages(ada), "two answers")
    await ada.says("What is the passing score?")
    seq = talk.slack.journal.seq
    await talk.post("edit-message", channel="dm", ts=ts, user="ada", text=ON)
    await event_done(talk, seq, "message_changed")
    await ada.sees(GOING_ON)
    assert len(await bot_messages(ada)) == 3


async def two_messages(person: Person) -> bool:
    return len(await bot_messages(person)) == 2


async def test_a_correction_brings_something_else(ada: Person) -> None:
    """ "No, I meant ..." is answered with what was meant."""
    await ada.says(HOURS)
    answer = await ada.says("no, I meant the passing score")
    assert "10 hours" not in answer.text
    assert "Source:" in answer.text


async def test_none_of_these_asks_once_for_other_words_and_then_leads_to_the_chair(
    talk: Talk, ada: Person
) -> None:
    """One did-you-mean, one invitation, then the chair, who gets both wordings if I wish."""
    offered = await ada.says(UNSURE)
    invited = await ada.presses_for("None of these", offered)
    assert INVITED in invited.text
    ended = await ada.says(STRANGE)
    assert TWICE in ended.text
    tell_me = "Tell me when there is an answer"
    assert ended.buttons == ["Talk to the chair", tell_me, "Don't keep it"]
    window = await ada.opens("Talk to the chair", ended)
    assert f"{UNSURE} / In other words: {STRANGE}" in str(window.raw)


async def test_none_of_these_pressed_in_a_channel_counts_in_its_thread(
    talk: Talk, ada: Person
) -> None:
    """What is pressed in a thread, and answered to me alone, is gone on from there."""
    root = await ada.writes(f"@clm {UNSURE}", channel="clm")
    offered = await ada.sees("Did you mean", channel="clm")
    private = await ada.presses_for("None of these", offered)
    assert private.raw["ephemeral_to"] and INVITED in private.text
    before = talk.rows("SELECT count(*) FROM turns")
    await ada.writes(f"@clm {STRANGE}", channel="clm", thread=root)
    assert await ada.sees(TWICE, channel="clm")
    assert before == [(2,)]


async def test_none_of_these_can_be_typed_and_the_first_words_are_kept(ada: Person) -> None:
    """Typing it does what the button does: the question that was asked goes to the chair."""
    await ada.says(UNSURE)
    invited = await ada.says("none of these")
    assert INVITED in invited.text
    window = await ada.opens("Talk to the chair", invited)
    assert UNSURE in str(window.raw) and "none of these" not in str(window.raw)


async def test_the_same_guesses_are_not_offered_twice(ada: Person) -> None:
    """Asking the same again brings no second did-you-mean."""
    await ada.says(UNSURE)
    again = await ada.says(UNSURE)
    assert INVITED in again.text
    assert "Did you mean" not in again.text
