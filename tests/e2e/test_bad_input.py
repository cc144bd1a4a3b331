"""Odd, empty, oversized and hostile text: met calmly, and never passed on as markup."""

import pytest

from tests.support.sent import bot_messages, marked_up
from tests.support.talk import Person, Talk
from tests.support.wizard import ADMINISTRATOR, fills_in

LONG = "The trees in our street are older than the firm and nobody waters them. " * 180
COST = "Anyway: how much does the exam cost?"
HOSTILE = (
    "@channel <!channel> <!here> @everyone <@U0BEN> @christina <#C0CLM> https://evil.example "
    "<https://evil.example|ALA> *bold* _it_ `code` <b>HTML</b> <script>x</script> "
    "&amp; &lt;!here&gt;"
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


@pytest.mark.parametrize("text", ODD.values(), ids=ODD.keys())
async def test_odd_text_in_the_dm_gets_one_calm_answer(talk: Talk, ada: Person, text: str) -> None:
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
    """Of a text that is far too long no guess is made: a sentence asks for a shorter one."""
    assert len(LONG) > 12_000
    shown = await ada.says(LONG)
    assert "more than I can read at once" in shown.text
    assert shown.buttons == ["Talk to the chair"]
    [[question]] = talk.rows("SELECT question FROM turns")
    assert len(question) == 4_000


async def test_a_question_at_the_end_of_twelve_thousand_characters(ada: Person) -> None:
    """A clear question at the end is answered, and the reply says that it read the ends only."""
    shown = await ada.says(f"{LONG} {COST}")
    assert shown.text.startswith("That was long, so I read only its beginning and its end.")
    assert "exam" in shown.text and "Source:" in shown.text
    assert "I read only its beginning" in shown.words


async def test_twelve_thousand_characters_after_a_mention(talk: Talk, ada: Person) -> None:
    """In a channel the same sentence stands in the thread."""
    asked = await ada.writes(f"@clm {LONG}", channel="clm")
    shown = await ada.sees("more than I can read at once", channel="clm")
    assert shown.raw["thread_ts"] == asked


async def test_twelve_thousand_characters_after_the_command(ada: Person) -> None:
    """The command says the same, to the person alone."""
    shown = await ada.runs(LONG)
    assert "more than I can read at once" in shown.text
    assert shown.raw["ephemeral_to"] == "U0ADA"


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
