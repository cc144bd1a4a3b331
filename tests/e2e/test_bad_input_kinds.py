"""What is no plain question: other certifications, trouble, quotations, languages, insults."""

import pytest

from tests.support.sent import bot_messages
from tests.support.talk import Person, Talk

HOURS = "how many education hours do I need before I can apply?"


async def test_another_certification_is_declined_by_its_name(talk: Talk, ada: Person) -> None:
    """Who asks for the fee of another exam reads that it is another exam, and meets the chair."""
    shown = await ada.says("how much is the PMP exam")
    assert shown.text.startswith("That is about the PMP, not the CLM.")
    assert "That is about the PMP" in shown.words
    assert shown.buttons == ["Talk to the chair"]
    assert talk.rows("SELECT outcome, entry FROM turns") == [("unknown", None)]


async def test_another_certification_is_declined_in_a_channel_and_by_command(ada: Person) -> None:
    """In a thread and after /clm it is the same sentence."""
    await ada.writes("@clm when is the bar exam", channel="clm")
    assert await ada.sees("That is about the bar exam, not the CLM", channel="clm")
    assert "That is about the LSAT" in (await ada.runs("LSAT registration deadline")).text


async def test_trouble_is_met_kindly_and_then_answered(ada: Person) -> None:
    """Who failed reads a human sentence first, and then the answer word for word, with source."""
    shown = await ada.says("I failed my exam, when can I retake it?")
    kind, _, rest = shown.text.partition("\n\n")
    assert kind == "I am sorry that the exam did not go your way."
    plain = await ada.says("what happens if I fail, can I retake the exam?")
    assert rest.split("\n\n")[0] == plain.text.split("\n\n")[0]
    assert "Source:" in rest
    assert kind in shown.words


async def test_the_chair_is_not_consoled(talk: Talk, ada: Person) -> None:
    """What goes to the chair is the member's question and nothing that the bot said to it."""
    shown = await ada.says("I was laid off last month, can I still apply?")
    window = await ada.opens("Talk to the chair", shown)
    assert "I was laid off last month" in window.words
    assert "sorry" not in window.words


async def test_a_quotation_of_the_bots_answer_is_known(ada: Person) -> None:
    """Who only quotes an answer reads what it answers, and can take it to the chair."""
    answer = await ada.says(HOURS)
    sentences = answer.text.split("\n\nSource:")[0]
    quoted = await ada.says("\n".join(f"&gt; {line}" for line in sentences.split("\n")))
    assert "from my own answer to “How many education hours do I need" in quoted.text
    assert quoted.buttons == ["Talk to the chair"]


async def test_a_question_below_a_quotation_is_answered(ada: Person) -> None:
    """Who quotes an answer and asks something else gets that answered."""
    answer = await ada.says(HOURS)
    sentences = answer.text.split("\n\nSource:")[0].replace("\n", " ")
    asked = await ada.says(f"&gt; {sentences}\nand how much does the exam cost?")
    assert "my own answer" not in asked.text
    assert "Source:" in asked.text


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("¿Cuántas horas necesito para el examen?", "Pregúnteme en inglés"),
        ("Wie viele Stunden brauche ich für die Prüfung?", "auf Englisch"),
        ("考试费用是多少？", "请用英文提问"),
    ],
)
async def test_another_language_is_told_in_both(ada: Person, text: str, says: str) -> None:
    """Who writes another language reads in English and in theirs that only English is read."""
    shown = await ada.says(text)
    assert "I read only English" in shown.text
    assert says in shown.text


async def test_an_insult_is_met_calmly(ada: Person) -> None:
    """An insult gets a calm sentence and the way to a person, and the bot stays polite."""
    shown = await ada.says("you are a useless piece of junk")
    assert "I see that I was no help, and I am sorry." in shown.text
    assert shown.buttons == ["Talk to the chair"]


async def test_a_question_in_an_insult_is_answered(ada: Person) -> None:
    """Whoever is rude and asks something is answered all the same."""
    shown = await ada.says(f"stupid bot, {HOURS}")
    assert shown.text.startswith("I see that this is annoying, so to the point.")
    assert "10 hours" in shown.text


async def test_a_question_in_a_long_greeting_is_answered(ada: Person) -> None:
    """Kind words before and after a question do not hide it."""
    shown = await ada.says(f"Good morning all, hope you're well! Quick question: {HOURS} Thanks!")
    assert "10 hours" in shown.text


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("can I sue my boss", "I give no legal advice"),
        ("how many mg of Xanax before a test", "I give no medical advice"),
        ("def f(x):\n    return {'a': x[0]}\nprint(f([1, 2]))", "looks like code"),
        ("https://example.org/page", "I cannot open links."),
        ("12345", "Ask me about the CLM"),
    ],
)
async def test_what_is_not_the_bots_to_answer_is_said_in_words(
    talk: Talk, ada: Person, text: str, says: str
) -> None:
    """Law, medicine, code, links and bare numbers get one sentence that says what to do."""
    shown = await ada.says(text)
    assert says in shown.text
    assert says in shown.words
    await talk.quiet()
    assert len(await bot_messages(ada)) == 1


async def test_a_button_brings_the_answer_without_the_remark(ada: Person) -> None:
    """A related question that is pressed begins with its answer."""
    shown = await ada.says("I failed my exam, when can I retake it?")
    related = await ada.presses_for(shown.buttons[0], shown)
    assert "I am sorry" not in related.text
