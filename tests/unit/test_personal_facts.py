"""What is read of a person out of their question, with the words that ship."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.content.documents import Faults
from bot.content.personal_facts_schema import fact_words_from
from bot.content.places import Shelf, shipped_places
from bot.domain.eligibility_dialog import questions_for, still_valid, submit_step
from bot.domain.fact_words import NO_FACT_WORDS, FactWords
from bot.domain.personal_facts import read_facts
from tests.support.content import Tree, copied
from tests.support.eligibility import shipped


def _words() -> FactWords:
    faults = Faults()
    found = fact_words_from(Shelf(shipped_places(), faults), {}, faults)
    assert found is not None, faults.sentences
    return found


WORDS = _words()
_, DIALOG = shipped()
HR = {"role": "functional_specialist", "specialty": "hr"}
FINANCE = {"role": "functional_specialist", "specialty": "finance"}


def read(text: str) -> dict[str, str | None]:
    return dict(read_facts(text, WORDS, DIALOG))


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("I have 2 years as HR manager, can I sit?", {**HR, "years_experience": "2"}),
        ("i have 2 years as hr manager can i sit", {**HR, "years_experience": "2"}),
        (
            "I've been branch manager in Toronto for five years, part-time, do I qualify?",
            {
                "role": "branch_office_manager",
                "years_experience": "5",
                "full_time": "no",
                "country": "elsewhere",
            },
        ),
        (
            "I'm an IT director at a law firm in Ohio, two and a half years, full time. Enough?",
            {
                "role": "functional_specialist",
                "specialty": "systems",
                "years_experience": "2.5",
                "full_time": "yes",
                "country": "US",
                "organization": "law_firm",
            },
        ),
        ("HR manager for 18 months, can I apply?", {**HR, "years_experience": "1.5"}),
        ("As a paralegal with 5 years, can I?", {"role": "other", "years_experience": "5"}),
        ("I'm not exempt, can I sit?", {"exempt": "no"}),
        ("I lost my job as controller, can I still sit?", {**FINANCE, "employed_now": "no"}),
        (
            "I've done 2 hours of writing and 3.5 hours in communication, am I there?",
            {"hours_writing": "2", "hours_communication": "3.5"},
        ),
        (
            "Our HR manager has 3 years, and I have five years as controller. Can I sit?",
            {**FINANCE, "years_experience": "5"},
        ),
    ],
)
def test_what_is_said_plainly_of_oneself_is_read(text: str, facts: dict[str, str]) -> None:
    """Role, years, hours and circumstances come out as the answers that the check offers."""
    assert read(text) == facts


@pytest.mark.parametrize(
    "text",
    [
        "my boss has 10 years as branch manager, can she sit",
        "We have an HR manager with 5 years, I ask for her",
        "my wife is a controller with 4 years. Can I tell her to apply?",
        "somebody told me that a branch manager with 3 years qualifies",
        "Is 2 years as HR manager enough?",
        "is the certificate worth it for my receptionist",
        "please transfer my membership to our new HR manager",
        "I took a law firm finance class, does that make me certified?",
        "I studied administration in Brazil, can I count it?",
        "I mean principal administrator, not the other one",
        "I have one half-time intern. Is that enough?",
        "We're looking for a secretary, part time. Can I post that?",
        "my finance manager has gone to reduced hours, what do I tell him",
        "My firm has 20 years of experience in Ohio",
    ],
)
def test_what_is_said_of_somebody_else_is_not_read(text: str) -> None:
    """Nobody's check begins with their colleague's years."""
    assert read(text) == {}


@pytest.mark.parametrize(
    "text",
    [
        "do I need 3 years as branch manager?",
        "I want to become a branch manager in 2 years",
        "Can I sit if I have 3 years as finance director?",
        "How many years do I need as a branch manager",
        "I was a paralegal for 10 years",
        "I'm not an HR manager",
        "I would be full time next year",
        "should I work part time?",
        "I have asked to go to part-time from January",
        "I'm going full time cattle",
    ],
)
def test_what_is_wished_denied_past_or_asked_is_not_read(text: str) -> None:
    """A plan, a doubt or a question is not a fact."""
    assert read(text) == {}


@pytest.mark.parametrize(
    "text",
    [
        "I am a controller and 45 years old",
        "I started as controller 2 years ago",
        "I am a controller and have 3 to 4 years",
        "I'm a controller, almost 3 years",
        "I became a controller within 2 years",
        "I'm a controller with a 4 years degree",
        "I have 10 years in IT and 2 as controller",
    ],
)
def test_a_number_that_is_not_sure_to_be_the_years_is_left_out(text: str) -> None:
    """Rather no number than a wrong one: the member types it."""
    assert "years_experience" not in read(text)
    assert read(text)["specialty"] == "finance"


def test_contradictions_are_left_out() -> None:
    """Two roles in one question: the check asks."""
    found = read("I am HR manager, I am also branch manager, full time. Can I sit?")
    assert found == {"full_time": "yes"}


def test_without_words_nothing_is_read() -> None:
    """The reader knows no word of its own."""
    assert read_facts("I have 2 years as HR manager", NO_FACT_WORDS, DIALOG) == {}


TYPED = st.lists(
    st.sampled_from(
        "I have been a 2 three years year , . ? hr manager branch controller part time in Toronto "
        "not my boss she if hours of writing ½ 1,5 99999 - and".split()
    ),
    max_size=14,
).map(" ".join)


@settings(max_examples=150, deadline=None)
@given(TYPED | st.text(max_size=80))
def test_whatever_is_read_can_be_sent_as_it_stands(text: str) -> None:
    """What is filled in is always an answer that the check takes."""
    found = read(text)
    assert still_valid(found, DIALOG) == found
    for step in DIALOG.steps:
        asked = {q.id for q in questions_for(step, found)} & set(found)
        sent = submit_step({}, DIALOG, step, {q: found[q] for q in asked})
        assert not hasattr(sent, "errors") or not asked & set(sent.errors)


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    return copied(tmp_path)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("  full_time:", "  fulltime:", "there is no question 'fulltime'. Did you mean 'full_time"),
        ("      finance:", "      finances:", "'specialty' has no answer 'finances'. Did you"),
        ("{role: functional_specialist}", "{role: specialist}", "'role' has no answer 'special"),
        ("  hours_writing:", "  hours_written:", "no question 'hours_written' for a number. Did"),
        ("[role, specialty]", "[role, special]", "there is no fact 'special'. Did you mean"),
        ("- cfo", "- hr manager", "'hr manager' stands for 'finance' already."),
        ("[eligibility, start", "[eligible, start", "there is no entry or group 'eligible'. Did"),
        ("oneself:", "myself:", "unknown key 'myself'"),
    ],
)
def test_the_check_finds_words_for_what_is_not_asked(
    tree: Tree, old: str, new: str, told: str
) -> None:
    """A slip in personal_facts.yaml is told with its line, and is not read past."""
    tree.edit("personal_facts.yaml", old, new)
    [fault, *_] = tree.faults()
    assert fault.startswith("content/personal_facts.yaml:")
    assert told in fault


def test_the_check_finds_a_slip_in_the_conversation_file(tree: Tree) -> None:
    """A number of minutes that is none is told, with its line."""
    tree.edit("conversation.yaml", "remembered_minutes: 30", "remembered_minutes: soon")
    line = tree.line_of("conversation.yaml", "remembered_minutes")
    assert any(one.startswith(f"content/conversation.yaml:{line}: ") for one in tree.faults())


def test_a_chapters_own_words_take_the_place_of_ours(tree: Tree) -> None:
    """A chapter changes how long a conversation is remembered without touching our file."""
    tree.own("content/conversation.yaml", "remembered_minutes: 5\n")
    assert tree.load().phrasing.remembered.total_seconds() == 300
