"""Small talk told from questions, with the words that ship."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.content.documents import Faults
from bot.content.places import ContentPlaces, Shelf, shipped_places
from bot.content.small_talk_schema import small_talk_from
from bot.domain.decision import decide
from bot.domain.faq import HELP
from bot.domain.matching import Example
from bot.domain.matching_fit import fit
from bot.domain.small_talk import SmallTalk, hear
from tests.support.small_bank import pool_bank


def _shipped() -> SmallTalk:
    faults = Faults()
    talk = small_talk_from(Shelf(shipped_places(), faults), faults)
    assert talk is not None, faults.sentences
    return talk


TALK = _shipped()
INDEX = fit([*pool_bank(), Example("what can you do", HELP), Example("how to use this bot", HELP)])


@pytest.mark.parametrize(
    "text",
    [
        "hi",
        "Hello there!",
        "HEYYYY bot",
        "good morning :wave:",
        "Hola",
        "morning",
        "hi hello",
        "hello? anyone there",
        "how are you today?",
        "hey 👋",
    ],
)
def test_a_greeting_alone_is_a_greeting(text: str) -> None:
    """Whoever only says hello is told what the bot can do."""
    assert hear(text, TALK).kind == "greeting"


@pytest.mark.parametrize(
    "text",
    [
        "thanks",
        "Thank you so much!!",
        "ty ty",
        "thx",
        "ok thanks",
        "hi, thanks",
        "great, thank you for your help",
        "gracias 🙏",
    ],
)
def test_thanks_are_thanks(text: str) -> None:
    """Thanks get no lecture."""
    assert hear(text, TALK).kind == "thanks"


@pytest.mark.parametrize(
    "text",
    [
        "ok",
        "lol no",
        "hahaha",
        "hmmmm",
        "wait nvm",
        "sorry wrong channel",
        "makes sense",
        "k",
        "Yes.",
        "nooooo",
        "wow, really?",
        "bye",
        "aaaaaaa",
    ],
)
def test_reactions_are_reactions(text: str) -> None:
    """A reaction to something else is not answered."""
    assert hear(text, TALK).kind == "reaction"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "...",
        "???",
        "👍",
        ":tada:",
        "12345",
        "10/4",
        "x",
        "https://example.org/some/page",
        "<https://example.org>",
        "<@U123ABC>",
        "\u200b\u202e",
        "asdf",
        "asdfghjkl",
        "fjdksla;",
        "qwerty",
        "sdkjfhsdkfjh",
        "testing",
        "test 123",
        "this is a test",
    ],
)
def test_noise_is_noise(text: str) -> None:
    """Emoji, links, numbers, tests and fallen hands get no answer from the bank."""
    assert hear(text, TALK, INDEX.knows).kind == "noise"


@pytest.mark.parametrize(
    "text",
    [
        "fee?",
        "fee",
        "clm?",
        "CLM cost",
        "dates",
        "ALA",
        "CFE",
        "SHRM-SCP",
        "test?",
        "help",
        "cost",
        "hrs",
        "pmp",
        "retake",
        "good cost",
        "thanks but what about webinars",
        "test results",
        "morning of the exam",
        "why",
        "is it hard",
        "24 months",
        "401k",
        "no degree",
        "rhythm",
        "ok so what now",
        "часы",
        "how long",
        "lapsd",
        "were",
        "free",
        "ok but how",
    ],
)
def test_short_questions_are_never_noise(text: str) -> None:
    """Two words, a misspelling or an abbreviation can be a real question."""
    heard = hear(text, TALK, INDEX.knows)
    assert (heard.kind, heard.question) == ("question", text)


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("hi! what does it cost?", "what does it cost?"),
        ("Good morning everyone, how do I apply", "how do I apply"),
        ("hey bot fee?", "fee?"),
        ("How do I apply? Thanks so much!", "How do I apply?"),
        ("Hello. I hold a degree. Does it count? Kind regards", "I hold a degree. Does it count?"),
        ("hello\n\nwhere is it\n", "where is it"),
        ("thank you, but where is it", "thank you, but where is it"),
        ("highest score", "highest score"),
        ("does a thank you note help", "does a thank you note help"),
    ],
)
def test_a_question_beside_a_greeting_is_the_question(text: str, question: str) -> None:
    """Good manners around a question do not change what is matched."""
    heard = hear(text, TALK)
    assert (heard.kind, heard.question) == ("question", question)


def test_a_word_of_the_bank_is_never_a_fallen_hand() -> None:
    """An odd word that an entry uses is a question about it."""
    assert hear("qwerty", TALK, lambda word: word == "qwerty").kind == "question"


@pytest.mark.parametrize("text", ["ok " * 40, "why " + "really " * 3000])
def test_long_messages_are_questions(text: str) -> None:
    """However much of it is chatter, a long message is matched."""
    assert hear(text, TALK).kind == "question"


@given(st.text(max_size=60))
@settings(max_examples=80, deadline=None)
def test_any_text_is_heard(text: str) -> None:
    """Whatever is typed, it is one of the kinds, and a question leaves something to match."""
    heard = hear(text, TALK)
    assert heard.question or heard.kind == "noise"


def test_a_greeting_comes_to_the_help() -> None:
    """A greeting is the action of showing what the bot can do, first in the ranking too."""
    decision = decide("hello there", INDEX, TALK, {HELP})
    assert (decision.outcome, decision.entry, decision.choices) == ("action", HELP, ())
    assert decision.ranking[0][0] == HELP
    assert len(decision.ranking) == 5


def test_without_a_help_entry_a_greeting_is_chat() -> None:
    """A bank that has no help entry answers a greeting as chatter."""
    assert decide("hi", fit(pool_bank()), TALK, ()).outcome == "chat"


def test_chatter_claims_nothing() -> None:
    """Thanks and noise name no entry, carry no confidence, and still have a ranking."""
    decision = decide("thanks a lot", INDEX, TALK, ())
    assert (decision.outcome, decision.entry, decision.confidence) == ("chat", None, 0.0)
    assert len(decision.ranking) == 5


def test_a_greeted_question_is_decided_as_the_question() -> None:
    """Saying hello first makes no difference to the answer."""
    plain = decide("what does it cost to swim", INDEX, TALK, ())
    assert decide("Hello! What does it cost to swim? Thanks", INDEX, TALK, ()) == plain
    assert (plain.outcome, plain.entry) == ("answer", "ticket-price")


def test_an_action_is_told_from_an_answer() -> None:
    """An entry that the bot does instead of explaining is an action."""
    assert decide("lost and found", INDEX, TALK, {"lost-things"}).outcome == "action"


@pytest.mark.parametrize(
    ("written", "says"),
    [
        ("thanks: [yes]", "thanks"),
        ("thankss: [ty]", "Did you mean 'thanks'?"),
    ],
)
def test_faults_of_the_file_are_told(tmp_path: Path, written: str, says: str) -> None:
    """A chapter's own list with a mistake is refused with its file and line."""
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "small_talk.yaml").write_text(written, encoding="utf-8")
    faults = Faults()
    places = ContentPlaces(shipped_places().shipped, tmp_path)
    assert small_talk_from(Shelf(places, faults), faults) is None
    assert len(faults.sentences) == 1
    assert "small_talk.yaml:1" in faults.sentences[0]
    assert says in faults.sentences[0]
