"""What is said first: to trouble, to insults, for advice, in another language."""

import pytest

from bot.content import load_content, shipped_places
from bot.domain.manners import Beside, beside
from bot.domain.remarks import kinds_of, language_of
from tests.support.content import TODAY
from tests.support.manners import POOL, shipped_manners


def first_line(text: str) -> str:
    """What an answer to this text begins with, as shipped."""
    return beside(text, "answer", shipped_manners()).remark


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("I failed my exam, when can I retake it?", "I am sorry that the exam did not go"),
        ("i unfortunately didn't pass. now what", "I am sorry that the exam did not go"),
        ("I was just laid off, can I still apply?", "I am sorry about your job."),
        ("they eliminated my position in May", "I am sorry about your job."),
        ("my application was denied, can I appeal", "I am sorry that your application"),
        ("My husband passed away, can I move my date?", "I am sorry for your loss."),
        ("I was diagnosed with cancer. refund?", "I am sorry that you are going through"),
        ("stupid bot, how much is it", "I see that this is annoying"),
        ("can I sue ALA for denying me", "Legal advice is for a lawyer"),
        ("can I sue them over the fee", "Legal advice is for a lawyer"),
        ("what pills for exam nerves", "Medical advice is for a doctor"),
    ],
)
def test_trouble_gets_a_kind_first_sentence(text: str, line: str) -> None:
    """Who tells of trouble reads a human sentence before the facts."""
    assert first_line(text).startswith(line)


@pytest.mark.parametrize(
    "text",
    [
        "what happens if I fail?",
        "if I was laid off, would I still qualify",
        "what if my application was denied",
        "I have never failed a test, what is the pass rate",
        "I haven't passed anything, may I stand for treasurer",
        "my assistant failed to file it, what is the deadline",
        "does it count if the webinar is useless to me",
        "are illnesses covered by accommodations",
        "federal law or state law?",
        "how long is the exam",
    ],
)
def test_nobody_is_consoled_who_needs_no_consolation(text: str) -> None:
    """What has not happened, or happened to somebody else, is answered plainly."""
    assert first_line(text) == ""


def test_every_shipped_question_is_answered_plainly() -> None:
    """A related question that is pressed begins with its answer."""
    entries = load_content(shipped_places(), TODAY).entries.values()
    assert [e.question for e in entries if first_line(e.question)] == []


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("can I sue my boss", "A lawyer of your own"),
        ("is it legal to fire someone on leave", "A lawyer of your own"),
        ("how many mg of Xanax before a test", "A doctor or a pharmacist"),
        ("you are a useless piece of junk", "I am sorry. Put your question about the CLM"),
        ("my mother died", "I am sorry for your loss. I can only help with the CLM"),
    ],
)
def test_without_an_answer_it_says_who_to_ask(text: str, says: str) -> None:
    """Where nothing of the CLM answers it, a sentence names who can help instead of a bare no."""
    said = beside(text, "unknown", shipped_manners())
    assert says in said.instead
    assert said.remark == ""


def test_two_kinds_at_once_are_both_met() -> None:
    """Sorrow is answered first, also where the rest is for a lawyer."""
    said = beside("I was laid off, can I sue my firm", "unknown", shipped_manners())
    assert said.remark == "I am sorry about your job."
    assert "A lawyer of your own" in said.instead


def test_the_first_kind_of_the_content_speaks() -> None:
    """Of two kinds the one that stands higher in the file is said, and only that."""
    assert beside("I lost it, I just fell", "answer", POOL) == Beside("Oh dear.", "")


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("I just have fell", 1),
        ("I never fell", 0),
        ("if I fell", 0),
        ("I just have just have fell", 0),
        ("fell", 0),
    ],
)
def test_a_gap_holds_only_fillers(text: str, names: int) -> None:
    """Up to three small words may stand in a phrase; a "never" there changes what it says."""
    assert len(kinds_of(text, POOL.remarks)) == names


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("¿Cuántas horas de educación necesito para el examen?", "Spanish"),
        ("hola, cuanto cuesta el examen", "Spanish"),
        ("Wie viele Stunden brauche ich für die Prüfung?", "German"),
        ("Combien coûte l'examen CLM pour les membres ?", "French"),
        ("Quanto custa o exame e quando é a prova?", "Portuguese"),
        ("Quanto costa l'esame e quando si fa?", "Italian"),
        ("magkano po ang exam", "Tagalog"),
        ("考试费用是多少？", "Chinese"),
        ("試験はいくらですか", "Japanese"),
        ("시험 비용은 얼마인가요?", "Korean"),
        ("Сколько стоит экзамен CLM?", "Russian or a neighbour of it"),
        ("كم عدد ساعات التعليم المطلوبة؟", "Arabic"),
        ("how many hours do I need?", None),
        ("exam fee", None),
        ("E&O savings w certified administrator??", None),
        ("Is Los Angeles or San Jose the chapter of De La Cruz?", None),
        ("was ist das", "German"),
        ("часы and hours please", None),
        ("👍", None),
        ("", None),
    ],
)
def test_another_language_is_known(text: str, language: str | None) -> None:
    """Spanish is told from a Spanish name; what is not clear counts as English."""
    assert language_of(text, shipped_manners().remarks.languages) == language


def test_another_language_is_said_in_both() -> None:
    """Who writes Spanish reads in English and in Spanish that only English is read."""
    said = beside("¿cuánto cuesta el examen?", "unknown", shipped_manners())
    assert said.instead.startswith("I read only English")
    assert said.instead.endswith("Pregúnteme en inglés, por favor.")
    assert beside("¿cuánto cuesta el examen?", "answer", shipped_manners()).remark == said.instead


def test_english_mixed_with_a_few_words_stays_english() -> None:
    """A share of words alone does not make a language while English has as many."""
    assert language_of("what is het een", POOL.remarks.languages) is None
    assert language_of("wat kost het for you", POOL.remarks.languages) == "Dutch"


def test_chatter_is_left_alone() -> None:
    """Thanks in another language, or thanks with a story, get no lecture."""
    assert beside("wat kost het, i lost it", "chat", POOL) == Beside()
