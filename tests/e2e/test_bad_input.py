"""Odd, empty, oversized, hostile and stale input: met calmly, and never passed on as markup."""

import asyncio
from typing import Any

import pytest

from tests.support.sent import marked_up
from tests.support.talk import Json, Person, Shown, Talk
from tests.support.wizard import ADMINISTRATOR, fills_in, title

QUESTION = "How many education hours do I need before applying?"
ANSWER = "10 hours"
LONG = "Do my hours count? " * 640
HOSTILE = (
    "@channel <!channel> <!here> @everyone <@U0BEN> @christina <#C0CLM> https://evil.example "
    "<https://evil.example|ALA> *bold* _it_ `code` <b>HTML</b> <script>x</script> &amp; &lt;!here&gt;"
)
ODD = {
    "one emoji": "👍",
    "many emoji": "👩🏽‍💼🎉🎉🎉",
    "punctuation": "?!...",
    "control characters": "what\x00 is\x07 the \x1b[31mCLM\x7f?\x0b",
    "only control characters": "\x07\x08",
    "invisible characters": "\u200b\u200d\u2060\ufeff",
    "right to left": "كم عدد ساعات التعليم المطلوبة؟",
    "direction overrides": "\u202ehow many hours\u202c \u2067x\u2069",
    "combining marks": "h\u0301\u0302\u0303o\u0304\u0305w" * 40,
    "HTML": "<b>What is the CLM?</b><script>alert(1)</script><img src=x onerror=alert(1)>",
    "mrkdwn": "*What* is the _CLM_? `code` ~strike~ > quote\n```block```",
    "SQL": "'; DROP TABLE turns; --",
    "a template": "{edu_total_hours} [[{x}|y]] {{7*7}} %s ${HOME}",
    "JSON": '{"type": "modal", "blocks": []}',
    "a path": "/clm ../../etc/passwd",
    "a broadcast": "<!channel> @here @everyone",
    "forged mentions": "<@U0BEN|ben> <#C0CLM|clm> <@W123>",
    "a link": "https://evil.example/?a=1&b=2 <https://evil.example|click here>",
    "one word a thousand times": "hours " * 600,
}


async def bot_messages(person: Person, channel: str = "dm") -> list[Shown]:
    return [m for m in await person.messages(channel) if "bot_id" in m.raw]


@pytest.mark.parametrize("text", ODD.values(), ids=ODD.keys())
async def test_odd_text_in_the_dm_gets_one_calm_answer(
    talk: Talk, ada: Person, text: str
) -> None:
    """Whatever is typed, one message comes back, nothing breaks, and no markup is passed on."""
    shown = await ada.says(text)
    await talk.quiet()
    assert len(await bot_messages(ada)) == 1
    assert "went wrong" not in shown.text
    assert await marked_up(talk) == []


@pytest.mark.parametrize("text", ODD.values(), ids=ODD.keys())
async def test_odd_text_after_the_command_gets_one_calm_answer(
    talk: Talk, ada: Person, text: str
) -> None:
    """The command takes the same texts, and answers to the person alone."""
    shown = await ada.runs(text)
    assert shown.raw.get("ephemeral_to") or shown.raw["type"] == "modal"
    assert "went wrong" not in shown.words
    assert await marked_up(talk) == []
    assert await bot_messages(talk.as_("ben"), "clm") == []


@pytest.mark.parametrize("text", ["@clm", "@clm  \u200b ", "@clm 👍", "@clm ?!", "@clm @clm"])
async def test_a_mention_without_a_question_gets_a_hint_for_the_person_alone(
    talk: Talk, ada: Person, text: str
) -> None:
    """An empty mention or an emoji is no question: a short hint, seen by nobody else."""
    hint = await ada.says(text, channel="clm")
    assert hint.raw["ephemeral_to"] == "U0ADA"
    assert "I answer questions about the CLM" in hint.text
    await talk.quiet()
    assert await bot_messages(talk.as_("ben"), "clm") == []


async def test_twelve_thousand_characters_in_the_dm(talk: Talk, ada: Person) -> None:
    """A text that is far too long is refused in a sentence."""
    assert len(LONG) > 12_000
    shown = await ada.says(LONG)
    assert "more than I can read at once" in shown.text
    assert talk.rows("SELECT * FROM turns") == []


async def test_twelve_thousand_characters_after_a_mention(talk: Talk, ada: Person) -> None:
    """In a channel the same sentence is for the person alone."""
    shown = await ada.says(f"@clm {LONG}", channel="clm")
    assert "more than I can read at once" in shown.text
    assert shown.raw["ephemeral_to"] == "U0ADA"


async def test_twelve_thousand_characters_after_the_command(ada: Person) -> None:
    """The command refuses it too."""
    assert "more than I can read at once" in (await ada.runs(LONG)).text


async def test_twelve_thousand_characters_in_a_message_asked_about(talk: Talk, ada: Person) -> None:
    """A long message that is asked about is cut to what the field can hold, and can be sent."""
    ts = await talk.as_("ben").writes(LONG, channel="clm")
    await talk.post(
        "shortcut", user="ada", callback_id="ask_about_message", channel="clm", messageTs=ts
    )
    window = (await ada.modals())[-1]
    answered = await ada.goes_on(window)
    assert "went wrong" not in answered.words


async def test_the_longest_question_that_fits_is_answered(talk: Talk, ada: Person) -> None:
    """Just below the limit a question is read, and all that is sent stays within Slack's limits."""
    shown = await ada.says(("Do my webinar hours count? " * 200)[:3_999])
    assert "more than I can read" not in shown.text


async def test_hostile_text_comes_back_literally_in_the_preview(talk: Talk, ada: Person) -> None:
    """A question full of markup is shown to its author as it was typed, and drawn as text only."""
    answer = await ada.says(f"which bus goes to the stadium {HOSTILE}")
    if "None of these" in answer.buttons:
        answer = await ada.presses_for("None of these", answer)
    window = await ada.opens("Talk to the chair", answer)
    for literal in ("<!channel>", "<b>HTML</b>", "*bold*", "&amp; &lt;!here&gt;", "@channel"):
        assert literal in str(window.raw["blocks"])
    assert await marked_up(talk, allowed=("<@U0ADA>",)) == []


async def test_hostile_text_in_every_field_reaches_nobody_as_markup(
    talk: Talk, ada: Person
) -> None:
    """Question window, note, thread, reply: the other side reads it literally, nobody is called."""
    chair = talk.as_("christina")
    await talk.post("shortcut", user="ada", callback_id="ask_question")
    await ada.goes_on((await ada.modals())[-1], {"question": HOSTILE})
    assert talk.rows("SELECT question FROM turns") == [(HOSTILE,)]
    await ada.goes_on(await ada.runs("chair"), {"note": HOSTILE})
    card = await chair.sees("Request no. 1")
    assert "<!channel>" in card.words
    assert "<b>HTML</b>" in card.words
    ticket = await ada.sees("Your request no. 1")
    await ada.writes(HOSTILE, thread=ticket.ts)
    await chair.sees("writes:")
    await talk.quiet()
    card = await chair.sees("Request no. 1")
    window = await chair.opens("Reply", card)
    await chair.submits(window, {"reply": HOSTILE})
    await ada.sees("From")
    await talk.quiet()
    allowed = ("<@U0ADA>", "<@U0CHRISTINA>")
    assert await marked_up(talk, allowed) == []


async def test_hostile_text_in_a_number_field_is_refused_without_repeating_it(
    talk: Talk, ada: Person
) -> None:
    """A number field says what it wants and does not echo what was typed."""
    modal = await fills_in(ada, await ada.runs("check"), ADMINISTRATOR[0])
    refused = await ada.submits(modal, {"years_experience": HOSTILE[:60], "full_time": "yes"})
    assert "can't read this as a number" in refused["errors"]["years_experience"]
    assert await marked_up(talk) == []


async def test_editing_into_noise_changes_the_answer_in_place(talk: Talk, ada: Person) -> None:
    """An edit gets no second answer; the first one follows the new text."""
    ts = await ada.writes(QUESTION)
    first = await ada.sees(ANSWER)
    await talk.post("edit-message", channel="dm", ts=ts, user="ada", text="thanks!")
    again = await ada.sees("Ask me about the CLM whenever you like")
    assert again.ts == first.ts
    assert len(await bot_messages(ada)) == 1


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


async def event_done(talk: Talk, seq: int, mark: str) -> None:
    """Wait until the event with this mark after a log number is acknowledged and dealt with."""
    heard = await talk.slack.journal.wait(seq, mark, 5.0)
    assert heard is not None
    assert await talk.slack.journal.wait(heard.seq, '"kind": "ack"', 5.0)
    await talk.quiet()


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
    return sum(r["kind"] == "ack" and r["name"] == "message" for r in log) >= number


async def last_event(talk: Talk, user: str) -> str:
    """The id of the newest event that a person caused."""

    async def look() -> str:
        log = (await talk.get("log"))["log"]
        events = [r for r in log if r["kind"] == "event" and r["user"] == user]
        return str(events[-1]["body"]["event_id"]) if events else ""

    found: str = await talk.until(look, "an event")
    return found


async def posts_with_button(talk: Talk, channel: str, action_id: str, value: str = "") -> Shown:
    """A message of the bot with one button, as an earlier version may have left it."""
    button: Json = {
        "type": "button",
        "text": {"type": "plain_text", "text": "Old"},
        "action_id": action_id,
    }
    if value:
        button["value"] = value
    blocks = [{"type": "actions", "elements": [button]}]
    posted = await api(talk, "chat.postMessage", channel=channel, text="From before", blocks=blocks)
    return Shown(posted["message"], "dm" if channel.startswith("D") else channel)


async def api(talk: Talk, method: str, **args: Any) -> Json:
    """A call of the Web API with the bot's token."""
    headers = {"Authorization": f"Bearer {talk.slack.bot_token}"}
    url = talk.slack.api_url + method
    async with talk._http.post(url, json=args, headers=headers) as response:
        answer: Json = await response.json()
    assert answer["ok"], answer
    return answer


@pytest.mark.parametrize("channel", ["D0ADA", "C0CLM"])
async def test_a_button_of_a_previous_version_says_so_and_offers_what_there_is(
    talk: Talk, ada: Person, channel: str
) -> None:
    """An unknown button is explained to whoever pressed it, with today's buttons."""
    old = await posts_with_button(talk, channel, "faq.show_related_v0", "x")
    shown = await ada.presses_for("Old", old)
    assert "belongs to an older message" in shown.text
    assert shown.raw["ephemeral_to"] == "U0ADA"
    assert shown.buttons == ["Ask a question", "Do I qualify?", "My status", "Talk to the chair"]


@pytest.mark.parametrize(
    ("action_id", "value", "expected"),
    [
        ("faq.show:0", "an-entry-that-left", "I don't know"),
        ("faq.show:0", "", "I don't know"),
        ("faq.vote", "yes:999", "belongs to an older message"),
        ("faq.vote:1", "nonsense", "belongs to an older message"),
        ("faq.vote:1", "yes:" + "9" * 30, "belongs to an older message"),
        ("faq.vote:1", "yes:²", "belongs to an older message"),
        ("faq.none", "x", "don't know"),
        ("faq.none", "9" * 30, "don't know"),
        ("standing.show", "x", "Where you stand"),
    ],
)
async def test_a_known_button_with_a_stale_value_ends_in_a_sentence(
    talk: Talk, ada: Person, action_id: str, value: str, expected: str
) -> None:
    """A button whose thing is gone, or whose value makes no sense, breaks nothing."""
    old = await posts_with_button(talk, "D0ADA", action_id, value)
    shown = await ada.presses_for("Old", old)
    assert expected in shown.text


async def test_a_window_of_a_previous_version_says_so(talk: Talk, ada: Person) -> None:
    """A window that was open over an update closes and explains itself in the DM."""
    old = await posts_with_button(talk, "D0ADA", "faq.show_related_v0", "x")
    await ada.presses_for("Old", old)
    pressed = next(
        r for r in reversed((await talk.get("log"))["log"]) if r["kind"] == "interactive"
    )
    view = {
        "type": "modal",
        "callback_id": "faq.ask_v0",
        "title": {"type": "plain_text", "text": "Old"},
        "submit": {"type": "plain_text", "text": "Send"},
        "blocks": [{"type": "divider"}],
    }
    await api(talk, "views.open", trigger_id=pressed["body"]["trigger_id"], view=view)
    answer = await ada.submits((await ada.modals())[-1])
    assert answer["response_action"] is None
    shown = [m for m in await bot_messages(ada) if "belongs to an older message" in m.text]
    assert not shown[-1].raw.get("ephemeral_to")
    assert await ada.modals() == []


@pytest.mark.parametrize("name", ["ben", "dev"])
async def test_a_button_of_the_chair_pressed_by_somebody_else_does_nothing(
    talk: Talk, name: str
) -> None:
    """Who has no right to a button is told whose it is, privately, and nothing happens."""
    person = talk.as_(name)
    forged = await posts_with_button(talk, "C0CLM", "announcement.post", "C0CLM")
    shown = await person.presses_for("Old", forged)
    assert "for the CLM committee chair" in shown.text
    assert shown.raw["ephemeral_to"]
    await talk.quiet()
    assert not any("Become a Certified" in m.words for m in await person.messages("clm"))


async def test_the_question_window_sent_twice_is_answered_once(talk: Talk, ada: Person) -> None:
    """Two quick clicks on Ask leave one answer in the DM and one turn."""
    await talk.post("shortcut", user="ada", callback_id="ask_question")
    window = (await ada.modals())[-1]
    both = await asyncio.gather(
        *(ada.submits(window, {"question": QUESTION}) for _ in range(2))
    )
    assert [answer["response_action"] for answer in both] == ["update", "update"]
    await ada.sees(ANSWER)
    await talk.quiet()
    assert len(await bot_messages(ada)) == 1
    assert talk.rows("SELECT count(*) FROM turns") == [(1,)]
    assert title((await ada.modals())[-1]) == "Answer"
