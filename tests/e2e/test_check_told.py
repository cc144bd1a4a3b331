"""A question that tells something of its author: the check begins with it, filled in."""

import pytest

from tests.support.talk import Person, Shown, Talk
from tests.support.wizard import ADMINISTRATOR, asked, filled_in, fills_in, goes_back, title, walks

TOLD = "I have 2 years as HR manager in Ohio, full time. How many years of experience do I need?"
BUTTON = "Check with what you told me"
FILLED = "I filled in what you told me"
NOTHING = {"role": "principal_administrator", "combined_roles": "no"}


async def opened(person: Person) -> Shown:
    return await person.opens(BUTTON, await person.says(TOLD))


async def test_such_a_question_is_answered_and_offers_the_check(ada: Person) -> None:
    """The answer comes as usual; below it the check is offered in words and by a button."""
    answer = await ada.says(TOLD)
    assert "Source:" in answer.text
    assert "You told me something about yourself" in answer.text
    assert BUTTON in answer.buttons


@pytest.mark.parametrize(
    "text",
    [
        "How many years of experience do I need?",
        "My boss has 2 years as HR manager. How many years of experience does she need?",
        "I am HR manager in Ohio, two years now. Which score do I need to pass the exam?",
    ],
)
async def test_other_questions_offer_no_such_check(ada: Person, text: str) -> None:
    """Nothing told of oneself, or nothing to do with it: nothing is offered."""
    answer = await ada.says(text)
    assert BUTTON not in answer.buttons
    assert "You told me something" not in answer.text


async def test_what_was_told_stands_in_the_fields_of_each_step(ada: Person) -> None:
    """Role, years, hours and place are filled in where they are asked for, and said to be."""
    window = await opened(ada)
    assert filled_in(window) == {"role": "functional_specialist", "specialty": "hr"}
    assert FILLED in window.words
    window = await fills_in(ada, window, {**filled_in(window), "combined_roles": "no"})
    assert filled_in(window) == {"years_experience": "2", "full_time": "yes"}
    window = await fills_in(ada, window, filled_in(window))
    assert filled_in(window) == {"country": "US"}
    window = await fills_in(ada, window, {"exempt": "yes", "supervises": "yes", "country": "US"})
    assert filled_in(window) == {}
    assert FILLED not in window.words


async def test_nothing_counts_before_it_is_sent(talk: Talk, ada: Person) -> None:
    """Looking at the filled-in check and closing it leaves no answer behind."""
    await opened(ada)
    assert talk.rows("SELECT answers FROM drafts") == [("{}",)]
    await talk.post("close", user="ada")
    assert filled_in(await ada.runs("check")) == {}


async def test_what_was_changed_stays_changed(ada: Person) -> None:
    """The member's word in the check counts, also after going back to the step."""
    window = await opened(ada)
    window = await fills_in(ada, window, NOTHING)
    window = await goes_back(ada, window)
    assert filled_in(window) == NOTHING
    assert FILLED not in window.words
    window = await fills_in(ada, window, NOTHING)
    assert filled_in(window)["years_experience"] == "2"


async def test_choosing_something_else_redraws_without_the_old_words(ada: Person) -> None:
    """Another role hides the area; the rest of what was told is there in the next step."""
    window = await ada.chooses(await opened(ada), "role", "branch_office_manager")
    assert "specialty" not in asked(window)
    window = await fills_in(ada, window, {"role": "branch_office_manager", "combined_roles": "no"})
    assert filled_in(window) == {"years_experience": "2", "full_time": "yes"}


async def test_an_unfinished_check_goes_back_to_what_is_new(talk: Talk, ada: Person) -> None:
    """What differs from an earlier answer is shown first; nothing sent before is lost."""
    await walks(ada, await ada.runs("check"), ADMINISTRATOR[:4])
    await talk.post("close", user="ada")
    window = await opened(ada)
    assert title(window) == "Your role"
    assert filled_in(window)["role"] == "functional_specialist"
    [(answers,)] = talk.rows("SELECT answers FROM drafts")
    assert '"role": "principal_administrator"' in answers and '"exempt": "yes"' in answers


async def test_somebody_else_who_presses_gets_an_empty_check(talk: Talk, ada: Person) -> None:
    """In a channel a colleague's click opens their own check, without Ada's words."""
    await ada.writes(f"@clm {TOLD}", channel="clm")
    answer = await ada.sees("You told me something", channel="clm")
    window = await talk.as_("ben").opens(BUTTON, answer)
    assert filled_in(window) == {}
    assert FILLED not in window.words


async def test_after_the_command_the_check_is_offered_too(ada: Person) -> None:
    """`/clm` with such a question shows the same button, to the person alone."""
    window = await ada.opens(BUTTON, await ada.runs(TOLD))
    assert filled_in(window)["specialty"] == "hr"


async def test_asking_to_check_by_command_opens_it_filled_in(ada: Person) -> None:
    """`/clm` and a request for the check opens the check with what was said beside it."""
    shown = await ada.runs("I am HR manager for 4 years, check whether I qualify")
    window = shown if "private_metadata" in shown.raw else await ada.opens(BUTTON, shown)
    assert filled_in(window)["specialty"] == "hr"


async def test_once_erased_what_was_told_is_gone(talk: Talk, ada: Person) -> None:
    """After an erasure the old button opens an empty check."""
    answer = await ada.says(TOLD)
    really = await ada.goes_on(await ada.opens("Erase my data", await ada.home()))
    await ada.goes_on(really, {"word": "erase"})
    await talk.quiet()
    assert filled_in(await ada.opens(BUTTON, answer)) == {}
