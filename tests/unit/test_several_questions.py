"""Two questions in one message, asked of the swimming pool."""

import pytest

from tests.support.conversation import alone, conversation, said


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("how much is a ticket and when are you open?", {"ticket-price", "opening-hours"}),
        ("How much is a ticket? Do you teach swimming?", {"ticket-price", "swimming-course"}),
        ("swimming lessons and opening hours", {"swimming-course", "opening-hours"}),
        ("what does it cost to swim\ndo you teach swimming", {"ticket-price", "swimming-course"}),
    ],
)
def test_the_main_question_is_answered_and_the_other_offered(text: str, asked: set[str]) -> None:
    """Whoever asks two things at once gets an answer to one and is offered the other."""
    found = said(text)
    assert found.outcome == "answer"
    assert {found.entry, *found.also} == asked
    assert found.entry not in found.also


@pytest.mark.parametrize(
    ("text", "entry"),
    [
        ("I swam as a child and lost my fear. How much is a ticket?", "ticket-price"),
        ("I lost my keys. When are you open?", "opening-hours"),
        ("My daughter takes lessons and I wait. How much is a ticket?", "ticket-price"),
    ],
)
def test_a_story_before_a_question_makes_no_second_question(text: str, entry: str) -> None:
    """What somebody tells before their question is not read as another question."""
    found = said(text)
    assert (found.entry, found.also) == (entry, ())


@pytest.mark.parametrize(
    "text",
    [
        "when are you open on sunday and on holidays?",
        "price for children and students?",
        "do you teach swimming and can I book a trainer?",
    ],
)
def test_one_question_with_an_and_in_it_stays_one(text: str) -> None:
    """Two halves that ask for the same thing are one question."""
    assert said(text).also == ()


@pytest.mark.parametrize(
    "text",
    [
        "Do you teach swimming? When?",
        "When are you open? And how much is that?",
        "I lost my towel, when can I get it back? How much is it?",
    ],
)
def test_a_later_part_without_a_subject_is_read_with_the_part_before(text: str) -> None:
    """ "How much is it?" after a lost towel is no question of its own about tickets."""
    assert said(text).also == ()


@pytest.mark.parametrize("text", ["How much is a ticket? Who won the match?", "fee, match?"])
def test_a_question_that_the_bot_does_not_know_is_not_offered(text: str) -> None:
    """What has no answer is never named as something that was also asked."""
    assert said(text).also == ()


@pytest.mark.parametrize("text", ["how much is a ticket", "closing time", "weather tomorrow", "hi"])
def test_a_message_with_one_question_is_decided_as_before(text: str) -> None:
    """Looking for a second question changes nothing where there is none."""
    assert said(text) == alone(text)


def test_small_talk_around_two_questions_does_not_matter() -> None:
    """A greeting before and thanks after are left aside for both."""
    [found] = conversation("Hi there! How much is a ticket? And do you teach swimming? Thanks!")
    assert {found.entry, *found.also} == {"ticket-price", "swimming-course"}
