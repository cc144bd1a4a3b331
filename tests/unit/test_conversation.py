"""Messages that go on from the one before: follow-ups, corrections, and no loop of guesses."""

import pytest

from bot.domain.conversation import Before
from bot.domain.faq import Decision
from bot.domain.follow_up import follow
from tests.support.conversation import alone, conversation, pool, said

OPEN = Before("answer", "opening-hours", (), question="when are you open")
COURSE = Before("answer", "swimming-course", (), question="do you teach swimming")
TICKET = Before("answer", "ticket-price", (), question="how much is a ticket")


@pytest.mark.parametrize(
    ("text", "entry"),
    [
        ("and how much is that?", "ticket-price"),
        ("what about students?", "ticket-price"),
    ],
)
def test_a_follow_up_names_the_entry_that_it_was_read_with(text: str, entry: str) -> None:
    """The reply can say what it goes on from, so that a wrong guess is seen at once."""
    found = said(text, COURSE)
    assert (found.entry, found.follows) == (entry, "swimming-course")


def test_what_is_related_to_the_answer_before_is_preferred() -> None:
    """A vague follow-up is decided by what belongs to the subject."""
    vague = "and what about it?"
    assert alone(vague).entry is None
    assert "ticket-price" in {said(vague, COURSE).entry, *said(vague, COURSE).choices}


@pytest.mark.parametrize(
    "text",
    [
        "and when is it then and where is it and how much is it and what is it",
        "closing time",
        "when are you open on holidays",
        "thanks!",
    ],
)
def test_a_message_that_stands_for_itself_is_read_for_itself(text: str) -> None:
    """A new question after another one is not bent to the old subject."""
    assert said(text, COURSE) == alone(text)


def test_an_answer_for_which_its_own_words_do_not_speak_is_asked_back() -> None:
    """The subject alone does not decide: then the bot offers instead of asserting."""
    words = Decision("clarify", None, 0.4, ("lost-things",), (("lost-things", 0.4),))
    sure = follow("and how much is that?", "swimming-course", alone("how much is it"), pool())
    found = follow("and how much is that?", "swimming-course", words, pool())
    assert sure.entry == "ticket-price"
    assert (found.outcome, found.entry, found.follows) == ("clarify", None, "swimming-course")
    assert found.choices[0] == "ticket-price"


def test_a_message_with_a_subject_of_its_own_is_not_bent_to_the_one_before() -> None:
    """ "What about X?" that is plainly about X is answered with X, whatever came before."""
    own = Decision("answer", "lost-things", 0.9, (), (("lost-things", 0.9),))
    text = "what about a ticket for students?"
    assert follow(text, "swimming-course", own, pool()) == own


@pytest.mark.parametrize(
    "before",
    [
        Before("clarify", None, ("ticket-price",)),
        Before("unknown", None, ()),
        Before("action", "swimming-course", ()),
    ],
    ids=lambda before: before.outcome,
)
def test_only_an_answer_is_gone_on_from(before: Before) -> None:
    """What was not answered is no subject to go on from."""
    assert said("and how much is that?", before).follows is None


@pytest.mark.parametrize(
    "text",
    [
        "no, I meant the swimming course",
        "No I meant the swimming course",
        "that's not what I asked. I was asking about the swimming course",
        "not that, I mean the swimming course",
        "Sorry, I meant the swimming course",
        "nope, the swimming course",
    ],
)
def test_a_correction_is_answered_without_what_was_shown(text: str) -> None:
    """ "No, I meant ..." brings what was meant, and never again what was refused."""
    found = said(text, TICKET)
    assert found.entry == "swimming-course"
    assert found.dropped == ("ticket-price",)


def test_what_was_refused_does_not_come_back_in_the_same_search() -> None:
    """A second correction drops both answers, though the words speak for one of them."""
    _, first, second = conversation(
        "how much is a ticket", "no, I meant do you teach swimming", "no, I meant how much is it"
    )
    assert first.entry == "swimming-course"
    assert {"ticket-price", "swimming-course"}.isdisjoint({second.entry, *second.choices})


@pytest.mark.parametrize("text", ["no idea when you are open", "I lost my towel, no joke"])
def test_a_no_within_a_question_corrects_nothing(text: str) -> None:
    """Not every "no" is meant for the bot."""
    assert said(text, TICKET) == alone(text)


@pytest.mark.parametrize("text", ["That's not what I asked", "no", "Wrong.", "not that"])
def test_a_correction_that_says_nothing_more_asks_for_other_words(text: str) -> None:
    """Who only says that it was wrong is asked once to put it differently."""
    found = said(text, TICKET)
    assert found.invites and not found.first


def test_none_of_these_can_be_typed() -> None:
    """The words do what the button does."""
    offered, refused = conversation("when is it?", "none of these")
    assert offered.outcome == "clarify"
    assert refused.invites and refused.choices == offered.choices


def test_after_the_invitation_comes_the_answer_or_the_chair() -> None:
    """Other words are answered where they can be, else both wordings lead to the chair."""
    *_, answered = conversation("when is it?", "none of these", "when are you open?")
    assert (answered.entry, answered.first) == ("opening-hours", "")
    *_, refused = conversation("when is it?", "none of these", "when is it then?")
    assert (refused.outcome, refused.choices, refused.first) == ("unknown", (), "when is it?")


@pytest.mark.parametrize(
    "texts",
    [
        ("when is it?", "when is it?", "when is it?"),
        ("when is it?", "no, I meant when is it", "no, I meant when is it"),
        ("when is it?", "none of these", "that's not what I asked"),
        ("when is it?", "neither", "hmm, when is it?"),
    ],
)
def test_choices_are_never_offered_in_a_loop(texts: tuple[str, ...]) -> None:
    """The bot guesses once, asks for other words once, and then sends to the chair."""
    offered, asked, ended = conversation(*texts)
    assert offered.outcome == "clarify"
    assert asked.invites
    assert (ended.outcome, ended.choices, ended.first) == ("unknown", (), "when is it?")


def test_a_correction_of_choices_brings_no_other_choices() -> None:
    """Where choices did not help and the correction is not clear either, other words are asked
    for, also when other entries would now be offered."""
    before = Before("clarify", None, ("sauna",), question="when is it?")
    assert alone("when is it?").outcome == "clarify"
    found = said("no, I meant when is it?", before)
    assert found.invites and found.first == "when is it?"


def test_after_the_chair_was_offered_a_new_question_is_a_new_beginning() -> None:
    """Nobody is sent to the chair for ever."""
    *_, again = conversation("when is it?", "none of these", "blub blub", "when is it?")
    assert again.outcome == "clarify"


def test_somebody_elses_wording_goes_nowhere() -> None:
    """In a channel's thread a colleague's unanswered words are not taken along."""
    before = Before("unknown", None, ("ticket-price",), question="")
    assert said("blub blub", before).first == ""
