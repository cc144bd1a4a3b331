"""Buttons and windows of a previous version, of somebody else, and pressed twice."""

import asyncio

import pytest

from tests.support.sent import api, bot_messages, posts_with_button
from tests.support.talk import Person, Talk
from tests.support.wizard import title

QUESTION = "How many education hours do I need before applying?"
ANSWER = "10 hours"


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
    both = await asyncio.gather(*(ada.submits(window, {"question": QUESTION}) for _ in range(2)))
    assert [answer["response_action"] for answer in both] == ["update", "update"]
    await ada.sees(ANSWER)
    await talk.quiet()
    assert len(await bot_messages(ada)) == 1
    assert talk.rows("SELECT count(*) FROM turns") == [(1,)]
    assert title((await ada.modals())[-1]) == "Answer"
