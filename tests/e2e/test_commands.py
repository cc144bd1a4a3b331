"""`/clm` and its words, typed as a command and in the DM."""

import pytest

from tests.support.talk import Person, Talk


async def test_empty_shows_what_one_can_do(ada: Person) -> None:
    """`/clm` alone explains the bot and says that the answers are not yet approved."""
    shown = await ada.runs("")
    assert "check:" in shown.text
    assert "not yet approved" in shown.text


@pytest.mark.parametrize(
    ("word", "expected"),
    [("check", "Your role"), ("ask", "Your question"), ("chair", "Talk to the chair")],
)
async def test_a_word_opens_its_window(ada: Person, word: str, expected: str) -> None:
    """check, ask and chair open their window at once."""
    shown = await ada.runs(word)
    assert expected in shown.words


@pytest.mark.parametrize("word", ["status", "Status", " STATUS "])
async def test_status_is_shown_to_the_person_alone(ada: Person, word: str) -> None:
    """`/clm status` shows where the member stands, privately, however it is spelled."""
    shown = await ada.runs(word)
    assert "Where you stand" in shown.text
    assert shown.raw["ephemeral_to"]


async def test_slack_refuses_the_command_in_a_thread_so_the_word_works_in_the_dm(
    talk: Talk, ada: Person
) -> None:
    """Where Slack takes no command, the word alone does the same."""
    ts = (await ada.says("hello")).ts
    refused = await talk.try_post(
        "command", user="ada", channel="dm", command="/clm", text="status", thread_ts=ts
    )
    assert refused["error"] == "not_in_thread"
    shown = await ada.says("status")
    assert "Where you stand" in shown.text


@pytest.mark.parametrize(
    ("word", "button"),
    [("check", "Do I qualify?"), ("chair", "Talk to the chair"), ("help", "Ask a question")],
)
async def test_a_word_typed_in_the_dm_offers_its_button(
    ada: Person, word: str, button: str
) -> None:
    """check, chair and help typed in the DM bring the button that does it."""
    shown = await ada.says(word)
    assert button in shown.buttons


async def test_an_action_asked_for_in_words_is_done(ada: Person) -> None:
    """A question that asks for the check opens it; no explanation of the check is read out."""
    shown = await ada.runs("am I eligible, please test me")
    assert "Your role" in shown.words


async def test_log_hours_opens_the_form(ada: Person) -> None:
    """Somebody who wants to record hours gets the form to enter a course."""
    offer = await ada.says("I want to log my education hours")
    window = await ada.opens("Enter my hours", offer)
    assert "Enter a course" in window.words
