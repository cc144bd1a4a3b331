"""A day at the chair's desk, and what the members see of it."""

from collections.abc import AsyncIterator, Mapping

import pytest
from playwright.async_api import Page, async_playwright, expect

from tests.browser.conftest import ARGUMENTS, CHROMIUM
from tests.browser.pages import (
    PATIENCE,
    WIDE,
    appears,
    card,
    closes,
    dialog,
    log,
    message,
    newest,
    says,
    sees,
    shot,
    submits,
)

pytestmark = pytest.mark.browser

UNKNOWN = "Is there parking at the spring dinner?"
PARKING = "Yes. The garage next door is free for members that evening; show your badge at the gate."
MENTOR = "How do I find a mentor who has passed?"
MENTOR_ADDS = "Devika Rao keeps a list of members who have passed and like to help."
LATE = "This answer was last checked on March 2, 2026"
"""What members read below an answer that is overdue."""
FRIDAY = "Friday at ten is fine."
REASON = "You know finance better than I do."
NOTE = "Asks in spring every year."


@pytest.fixture
async def seats(demo: str) -> AsyncIterator[Mapping[str, Page]]:
    """A page for each of those who act, in their direct messages with the bot."""
    faults: list[str] = []
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        pages = {}
        for name in ("ada", "ben", "mira", "christina", "dev"):
            pages[name] = await browser.new_page(viewport=WIDE)
            pages[name].on("pageerror", lambda error: faults.append(str(error)))
            await pages[name].goto(f"{demo}/?as={name}&channel=dm")
        yield pages
        await browser.close()
    assert faults == []


async def test_the_chair_handles_a_day_and_members_see_each_effect(
    seats: Mapping[str, Page],
) -> None:
    """Three requests, a question without an answer, an edit and a review, from all sides."""
    ada, ben, mira = seats["ada"], seats["ben"], seats["mira"]
    chair, deputy = seats["christina"], seats["dev"]
    await asks_the_chair(ada, "May I call you on Friday?")
    await asks_the_chair(ben, "Which of my years in finance count?")
    await asks_the_chair(mira, "My firm must not hear of it. Who can help?", name=False)
    await asks_what_nobody_knows(ben)

    await looks_at_the_desk(chair)
    await answers_and_closes(chair)
    await answers_and_passes_on(chair)
    await claims_and_notes(chair)
    await writes_an_answer(chair)
    await edits_an_answer(chair)
    await reads_that_it_is_old(ada)
    await finds_it_still_right(chair)
    await reads_digest_and_numbers(chair)

    await has_the_answer(ada)
    await is_told(ben)
    await knows_nothing_of_the_note(mira)
    await has_the_card(deputy)


async def asks_the_chair(member: Page, text: str, *, name: bool = True) -> None:
    await says(member, "chair")
    await log(member).get_by_role("button", name="Talk to the chair").last.click()
    window = dialog(member, "Talk to the chair")
    await appears(window.get_by_text("exactly what"))
    if not name:
        await window.get_by_label("My name").uncheck()
        await appears(window.get_by_text("From: a member"))
    await window.get_by_role("textbox").last.fill(text)
    await shot(member, "day-consent" if name else "day-consent-nameless")
    await window.get_by_role("button", name="Send").click()
    await appears(dialog(member).get_by_text("is on its way"))
    await closes(member)


async def asks_what_nobody_knows(member: Page) -> None:
    await says(member, UNKNOWN)
    await sees(member, "I won't guess")
    await shot(member, "day-unknown", "phone")
    await log(member).get_by_role("button", name="Tell me when there is an answer").last.click()
    await sees(member, "as soon as there is an answer")
    await shot(member, "day-wished")


async def looks_at_the_desk(chair: Page) -> None:
    await says(chair, "/clm chair")
    await sees(chair, "Requests of members that are open: 3.")
    await sees(chair, "Questions that I could not answer: 1.")
    await shot(chair, "chair-desk", "phone", "dark")
    await newest(chair).get_by_role("button", name="Digest").click()
    await sees(chair, "Waiting for your answer: 3.")
    await shot(chair, "chair-digest", "phone", "dark")


async def answers_and_closes(chair: Page) -> None:
    await shot(chair, "day-card-new", of=card(chair, 1))
    await chair.get_by_role("button", name="Claim request no. 1").click()
    await appears(card(chair, 1).get_by_text("You have claimed it."))
    await replies(chair, 1, FRIDAY)
    await chair.get_by_role("button", name="Close request no. 1").click()
    await dialog(chair, "Close no. 1").get_by_role("radio", name="Answered").check()
    await shot(chair, "day-close", "phone")
    await submits(chair, "Close it")
    await appears(chair.get_by_role("button", name="Save the reply to no. 1 as an answer"))
    await shot(chair, "day-card-closed", "phone", of=card(chair, 1))


async def answers_and_passes_on(chair: Page) -> None:
    await replies(chair, 2, "Devika knows this best, and she writes to you here.")
    await chooses(chair, 2, "Pass on to somebody")
    window = dialog(chair, "Pass on no. 2")
    await window.get_by_role("radio", name="Devika Rao").check()
    await window.get_by_role("textbox").fill(REASON)
    await shot(chair, "day-pass-on", "phone")
    await submits(chair, "Pass on")
    await appears(card(chair, 2).get_by_role("button", name="Take over"))
    await shot(chair, "day-card-passed-on", of=card(chair, 2))


async def claims_and_notes(chair: Page) -> None:
    await chair.get_by_role("button", name="Claim request no. 3").click()
    await appears(card(chair, 3).get_by_text("You have claimed it."))
    await chooses(chair, 3, "Note for the desk")
    await dialog(chair, "Notes on no. 3").get_by_role("textbox").fill(NOTE)
    await shot(chair, "day-note", "phone")
    await submits(chair, "Keep it")
    await appears(card(chair, 3).get_by_text(NOTE))
    assert "Mira" not in await card(chair, 3).inner_text()
    await shot(chair, "day-card-noted", "phone", "dark", of=card(chair, 3))


async def writes_an_answer(chair: Page) -> None:
    await says(chair, "/clm chair questions")
    await appears(dialog(chair).get_by_text(UNKNOWN))
    await shot(chair, "day-questions", "phone")
    await dialog(chair).get_by_role("button", name="Open: Is there parking").click()
    await appears(dialog(chair).get_by_text("You never see who asked."))
    await shot(chair, "chair-questions", "phone", "dark")
    await dialog(chair).get_by_role("button", name="Write an answer").click()
    form = dialog(chair, "Add an answer")
    await form.get_by_label("Answer", exact=True).fill(PARKING)
    sources = form.get_by_role("group", name="Sources")
    await sources.locator("summary").click()
    await sources.get_by_role("checkbox").first.check()
    await shot(chair, "day-write", "phone")
    await previews(chair, PARKING)
    await shot(chair, "day-preview", "phone", "dark")
    await publishes(chair)
    await shot(chair, "day-published")
    await closes(chair)


async def edits_an_answer(chair: Page) -> None:
    """It says honestly that nobody has compared it with its sources for long."""
    await says(chair, "/clm chair bank mentor")
    await appears(dialog(chair).get_by_role("button", name=f"Open: {MENTOR}"))
    await shot(chair, "day-bank", "phone")
    await dialog(chair).get_by_role("button", name=f"Open: {MENTOR}").click()
    await appears(dialog(chair).get_by_role("button", name="Retire"))
    await shot(chair, "day-entry", "phone", "dark")
    await dialog(chair).get_by_role("button", name="Edit", exact=True).click()
    answer = dialog(chair, "Edit an answer").get_by_label("Answer", exact=True)
    await answer.fill(f"{await answer.input_value()}\n\n{MENTOR_ADDS}")
    await shot(chair, "day-edit", "phone")
    await dialog(chair).get_by_label("Last checked on").fill("2026-03-02")
    await previews(chair, MENTOR_ADDS)
    await shot(chair, "day-edit-preview", "phone")
    await publishes(chair)
    await closes(chair)


async def reads_that_it_is_old(member: Page) -> None:
    await says(member, MENTOR)
    await sees(member, LATE)
    await shot(member, "day-late", "phone")


async def finds_it_still_right(chair: Page) -> None:
    await says(chair, "/clm chair review")
    await appears(dialog(chair).get_by_text(MENTOR))
    await shot(chair, "day-review", "phone", "dark")
    await dialog(chair).get_by_role("button", name="Still right").click()
    await appears(dialog(chair).get_by_text(f"Still right: {MENTOR}"))
    await shot(chair, "day-reviewed")
    await closes(chair)


async def reads_digest_and_numbers(chair: Page) -> None:
    """What is done is gone from the digest."""
    await says(chair, "/clm chair digest")
    await sees(chair, "Waiting for your answer: 1.")
    digest = newest(chair)
    await expect(digest.get_by_text("Questions that I could not answer")).to_have_count(0)
    await shot(chair, "day-digest-at-the-end", "phone")
    await says(chair, "/clm chair numbers")
    await sees(chair, "Requests to the chair: 3.")
    await shot(chair, "day-numbers", "phone", "dark")


async def has_the_answer(ada: Page) -> None:
    """The chair's reply, the outcome, and the edited answer without the warning."""
    await sees(ada, FRIDAY)
    await sees(ada, "Closed: answered.")
    await says(ada, MENTOR)
    answers = log(ada).get_by_role("article").filter(has_text=MENTOR_ADDS)
    await expect(answers).to_have_count(2, timeout=PATIENCE)
    await expect(answers.last).not_to_contain_text(LATE)
    await shot(ada, "day-edited", "phone")
    request = message(ada, "Your request no. 1")
    await shot(ada, "day-request-closed", "phone", "dark", of=request)


async def is_told(ben: Page) -> None:
    """The answer that he wished for, and who has his request now."""
    await appears(message(ben, "There is an answer now").get_by_text(PARKING))
    await shot(ben, "day-told", "phone", "dark", of=message(ben, "There is an answer now"))
    request = message(ben, "Your request no. 2")
    await appears(request.get_by_text("Passed on to"))
    assert REASON not in await log(ben).inner_text()
    await shot(ben, "day-request-passed-on", "phone", of=request)


async def knows_nothing_of_the_note(mira: Page) -> None:
    request = message(mira, "Your request no. 3")
    await appears(request.get_by_text("Taken up by"))
    assert NOTE not in await log(mira).inner_text()
    await shot(mira, "day-request-claimed", of=request)
    await mira.get_by_role("tab", name="Home").click()
    await appears(mira.get_by_text("No. 3: taken up."))
    await shot(mira, "day-home")


async def has_the_card(deputy: Page) -> None:
    await appears(card(deputy, 2).get_by_text("Which of my years in finance count?"))
    await appears(card(deputy, 2).get_by_text(REASON))
    await appears(card(deputy, 2).get_by_text("Result of the check: not yet"))
    await appears(deputy.get_by_role("button", name="Reply to request no. 2"))
    await shot(deputy, "day-deputy", "phone", "dark", of=card(deputy, 2))


async def replies(chair: Page, number: int, text: str) -> None:
    await chair.get_by_role("button", name=f"Reply to request no. {number}").click()
    await dialog(chair, f"Reply to no. {number}").get_by_role("textbox").fill(text)
    await shot(chair, "day-reply")
    await submits(chair, "Send")
    await appears(card(chair, number).get_by_text("The member has the answer"))


async def chooses(chair: Page, number: int, what: str) -> None:
    await card(chair, number).get_by_role("button", name="More options").click()
    await chair.get_by_role("menuitem", name=what).click()


async def previews(chair: Page, text: str) -> None:
    await dialog(chair).get_by_role("button", name="Preview").click()
    await appears(dialog(chair, "This is how it reads").get_by_text(text))


async def publishes(chair: Page) -> None:
    await dialog(chair).get_by_role("button", name="Publish").click()
    await appears(dialog(chair, "Published").get_by_text("Members read it from now on"))
