"""Edits, deletions, other bots, files, and the same event again."""

import pytest

from tests.support.sent import bot_messages, event_done, last_event
from tests.support.talk import Person, Talk

QUESTION = "How many education hours do I need before applying?"
ANSWER = "10 hours"


async def test_editing_into_noise_changes_the_answer_in_place(talk: Talk, ada: Person) -> None:
    """An edit gets no second answer; the first one follows the new text."""
    ts = await ada.writes(QUESTION)
    first = await ada.sees(ANSWER)
    await talk.post("edit-message", channel="dm", ts=ts, user="ada", text="thanks!")
    again = await ada.sees("Ask me about the CLM whenever you like")
    assert again.ts == first.ts
    assert len(await bot_messages(ada)) == 1


@pytest.mark.parametrize("first", ["exam " * 2_500, QUESTION])
async def test_an_edit_is_read_as_a_message_is(talk: Talk, ada: Person, first: str) -> None:
    """What was too long, or a question, becomes one word of the bot's and is done."""
    ts = await ada.writes(first)
    await talk.until(lambda: bot_messages(ada), "an answer")
    await talk.quiet()
    await edited(talk, ts, "status")
    assert await ada.sees("Where you stand")
    await edited(talk, ts, QUESTION)
    assert ANSWER in (await bot_messages(ada))[-1].text


async def test_an_edit_that_changes_no_word_changes_nothing(talk: Talk, ada: Person) -> None:
    """Slack also reports an edit when it draws a link; the answer is left as it is."""
    ts = await ada.writes(QUESTION)
    await ada.sees(ANSWER)
    await talk.quiet()
    await edited(talk, ts, QUESTION)
    assert len(await bot_messages(ada)) == 1
    assert await talk.calls("chat.update") == []


async def edited(talk: Talk, ts: str, text: str) -> None:
    """Edit Ada's message and wait until the bot is through with it."""
    seq = talk.slack.journal.seq
    await talk.post("edit-message", channel="dm", ts=ts, user="ada", text=text)
    await event_done(talk, seq, "message_changed")


@pytest.mark.parametrize("answered", [True, False])
async def test_a_deleted_question_gets_nothing_further(
    talk: Talk, ada: Person, answered: bool
) -> None:
    """Deleting one's message is not answered; the bot goes on as before."""
    ts = await ada.writes(QUESTION if answered else "👍")
    await ada.sees(ANSWER if answered else "Ask me about the CLM")
    seq = talk.slack.journal.seq
    await talk.post("delete-message", channel="dm", ts=ts, user="ada")
    await event_done(talk, seq, "message_deleted")
    assert len(await bot_messages(ada)) == 1
    assert ANSWER in (await ada.says(QUESTION)).text


@pytest.mark.parametrize("channel", ["dm", "clm"])
async def test_another_bot_is_not_answered(talk: Talk, ada: Person, channel: str) -> None:
    """Two bots never talk each other into a loop."""
    seq = talk.slack.journal.seq
    await ada.writes(f"@clm {QUESTION}", channel=channel, as_bot=True)
    if channel == "dm":
        await event_done(talk, seq, "bot_message")
    await talk.quiet()
    mine = [m for m in await bot_messages(ada, channel) if m.raw["bot_id"] == "B0CLMBOT"]
    assert mine == []
    assert talk.rows("SELECT * FROM turns") == []


async def test_a_file_without_words_is_said_to_be_unreadable(ada: Person) -> None:
    """A file alone gets a sentence, not silence."""
    await ada.writes("", files=["diploma.pdf"])
    assert await ada.sees("I can only read text")


async def test_a_file_with_a_question_is_answered(ada: Person) -> None:
    """The words beside a file are read."""
    await ada.writes(QUESTION, files=["hours.xlsx"])
    assert await ada.sees(ANSWER)


async def test_a_file_with_a_bare_mention_gets_the_hint(ada: Person) -> None:
    """In a channel a file with nothing but a mention gets the hint for the person alone."""
    await ada.writes("@clm", channel="clm", files=["diploma.pdf"])
    hint = await ada.sees("I answer questions about the CLM", channel="clm")
    assert hint.raw["ephemeral_to"] == "U0ADA"


@pytest.mark.parametrize("channel", ["dm", "clm"])
async def test_the_same_event_three_times_is_answered_once(
    talk: Talk, ada: Person, channel: str
) -> None:
    """What Slack sends again is acknowledged and not answered again."""
    await ada.writes(f"@clm {QUESTION}", channel=channel)
    await ada.sees(ANSWER, channel=channel)
    await talk.quiet()
    event_id = await last_event(talk, "U0ADA")
    for _ in range(2):
        seq = talk.slack.journal.seq
        await talk.post("redeliver", event_id=event_id)
        await event_done(talk, seq, '"retry_num": 1')
    assert len(await bot_messages(ada, channel)) == 1
    assert talk.rows("SELECT count(*) FROM turns") == [(1,)]


async def test_the_same_event_three_times_at_once_is_answered_once(talk: Talk, ada: Person) -> None:
    """Also when the repeats come before the first has been dealt with."""
    await ada.writes(QUESTION)
    event_id = await last_event(talk, "U0ADA")
    for _ in range(2):
        await talk.post("redeliver", event_id=event_id)
    await ada.sees(ANSWER)
    await talk.until(lambda: acks(talk, 3), "three acks")
    await talk.quiet()
    assert len(await bot_messages(ada)) == 1


async def acks(talk: Talk, number: int) -> bool:
    log = (await talk.get("log"))["log"]
    return len([r for r in log if r["kind"] == "ack" and r["name"] == "message"]) >= number
