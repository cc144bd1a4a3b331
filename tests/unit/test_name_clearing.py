"""A reply becomes an answer for everybody: nobody's name, number or address stays in it."""

import time

import pytest

from bot.domain.name_clearing import GAP, Phrases, cleared

PHRASES = Phrases(
    greetings=("hi", "hello", "dear", "good morning"),
    closings=("best", "best regards", "thanks", "cheers", "sincerely", "warmly"),
    everybody=("there", "all"),
)
NAMES = ("Ada Okafor", "Christina Bloom, CLM", "Devika Rao")
ANSWER = "Yes, the firm may pay the fee."


def clear(text: str, names: tuple[str, ...] = NAMES) -> str:
    return cleared(text, names, PHRASES)


@pytest.mark.parametrize(
    "letter",
    [
        f"Hi Ada, {ANSWER}",
        f"hi ada!\n\n{ANSWER}",
        f"Dear Ada Okafor,\n{ANSWER}\n\nBest,\nChristina",
        f"Good morning Ada,\n{ANSWER}\n\nBest regards\nChristina Bloom, CLM\nLakeside Chapter",
        f"Hello there, {ANSWER}\nThanks!",
        f"{ANSWER} Cheers, Christina",
        f"Ada, {ANSWER}",
        f"{ANSWER}\nChristina",
        f"{ANSWER}\n- Christina",
        f"<@U0ADA> {ANSWER}\nSincerely,\nChristina\n+1 (312) 555-0147\nchair@example.org",
    ],
)
def test_greeting_and_signature_are_taken_off(letter: str) -> None:
    """However a letter begins and ends, only what it says is left."""
    assert clear(letter).lstrip(f"{GAP} ") == ANSWER


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("I spoke with Devika about it.", f"I spoke with {GAP} about it."),
        ("Ask Christina Bloom for the form.", f"Ask {GAP} for the form."),
        ("It is in Ada's record.", f"It is in {GAP} record."),
        ("Write to chair@example.org for it.", f"Write to {GAP} for it."),
        ("Write to <mailto:a.b@example.org|a.b@example.org> for it.", f"Write to {GAP} for it."),
        ("Call 312-555-0147 at noon.", f"Call {GAP} at noon."),
        ("Thank you, Ada, it counts.", "Thank you, it counts."),
        ("Ask @dev about it.", f"Ask {GAP} about it."),
    ],
)
def test_a_gap_within_a_sentence_is_seen(said: str, left: str) -> None:
    """Where something was taken out of a sentence, a mark asks to read it again."""
    assert clear(said) == left


@pytest.mark.parametrize(
    "said",
    [
        "Apply by 2026-12-31 or 12/31/2026.",
        "It holds from 2026-2029 and for 1,200 hours.",
        "Best ask ALA: the form is at https://www.alanet.org/clm",
        "You will need it in the fall.",
        "Adaptations of the plan are fine.",
        "Thanks to the bylaws this is settled for good by ALA and not by us.",
        "The CLM exam has 160 questions.",
    ],
)
def test_everything_else_stays(said: str) -> None:
    """Dates, numbers, links and words that only look like a name are not touched."""
    assert clear(said) == said


def test_a_name_that_is_a_word_is_one_only_with_a_capital() -> None:
    """Somebody called Will does not take every "will" out of an answer."""
    assert clear("Will asked; it will do.", ("Will Rose",)) == f"{GAP} asked; it will do."


def test_names_in_capitals_and_with_a_hyphen_are_found() -> None:
    """Somebody whose profile shouts, or who has two names, is not named either."""
    text = "I asked anne-marie, Anne and OKAFOR today."
    assert clear(text, ("ANNE-MARIE OKAFOR",)) == f"I asked {GAP} and {GAP} today."


def test_nothing_but_a_greeting_leaves_nothing() -> None:
    """A reply that said nothing is no answer."""
    assert clear("Hi Ada!\n\nBest,\nChristina") == ""
    assert clear("") == ""


@pytest.mark.parametrize("text", ["a" * 40_000, "1 " * 20_000, "<@" * 20_000, "a@" * 20_000])
def test_a_wall_of_text_is_cleared_quickly(text: str) -> None:
    """Whatever was pasted, the window opens in time."""
    begun = time.process_time()
    clear(text)
    assert time.process_time() - begun < 1.0
