"""A day at the chair's desk, and what the members see of it."""

import os
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack
from pathlib import Path

import pytest
from playwright.async_api import Locator, Page, expect

from tests.browser.conftest import looking_at

pytestmark = pytest.mark.browser

SHOTS = Path(os.environ.get("SHOTS") or Path(__file__).parent / "shots")
WIDE, PHONE = {"width": 1200, "height": 860}, {"width": 390, "height": 844}
PATIENCE = 30_000
"""Milliseconds; a busy machine checks and publishes an answer in seconds."""

UNKNOWN = "Is there parking at the spring dinner?"
PARKING = "Yes. The garage next door is free for members that evening; show your badge at the gate."
MENTOR = "How do I find a mentor who has passed?"
MENTOR_ADDS = "Devika Rao keeps a list of members who have passed and like to help."
LATE = "This answer was last checked on March 2, 2026"
"""What members read below an answer that is overdue."""


@pytest.fixture
async def seats(demo: str) -> AsyncIterator[Mapping[str, Page]]:
    """A page for each of those who act."""
    async with AsyncExitStack() as stack:
        pages = {}
        for name in ("ada", "ben", "mira", "christina", "dev"):
            page = await stack.enter_async_context(looking_at(demo, **WIDE))
            await page.goto(f"{demo}/?as={name}&channel=dm")
            pages[name] = page
        yield pages


async def test_the_chair_handles_a_day_and_members_see_each_effect(
    seats: Mapping[str, Page],
) -> None:
    """Three requests, a question without an answer, an edit and a review, from both sides."""
    ada, ben, mira = seats["ada"], seats["ben"], seats["mira"]
    chair, deputy = seats["christina"], seats["dev"]
    await asks_the_chair(ada, "May I call you on Friday?")
    await asks_the_chair(ben, "Which of my years in finance count?")
    await asks_the_chair(mira, "My firm must not hear that I want to renew. Who can help?", name=False)
    await wishes(ben, UNKNOWN)

    await the_desk(chair)
    await first_request(chair)
    await second_request(chair)
    await third_request(chair)
    await unanswered_question(chair)
    await edited_answer(chair)
    await reads_late(ada)
    await review(chair)
    await digest_and_numbers(chair)

    await sees(ada, "Friday at ten is fine.")
    await sees(ada, "Closed: answered.")
    await shot(ada, "day-member-answered", "phone")
    await sees(ben, "There is an answer now")
    await sees(ben, PARKING)
    await shot(ben, "day-member-told", "phone")
    await sees(ben, "Passed on to")
    await says(ada, MENTOR)
    await sees(ada, MENTOR_ADDS)
    assert not await last_article(ada).get_by_text(LATE).count()
    await shot(ada, "day-member-edited")
    await sees(mira, "Taken up by")
    assert not await mira.get_by_text("asks twice").count()
    await sees(deputy, "Which of my years in finance count?")
    await sees(deputy, "You know finance better than I do.")
    await shot(deputy, "day-deputy-card", "phone", "dark")


async def asks_the_chair(member: Page, text: str, *, name: bool = True) -> None:
    await says(member, "chair")
    await presses(member, "Talk to the chair")
    window = dialog(member, "Talk to the chair")
    await expect(window.get_by_text("exactly what")).to_be_visible(timeout=PATIENCE)
    if not name:
        await window.get_by_label("My name").uncheck()
        await expect(window.get_by_text("From: a member")).to_be_visible(timeout=PATIENCE)
    await window.get_by_role("textbox").last.fill(text)
    await shot(member, "day-member-consent" if name else "day-member-nameless")
    await window.get_by_role("button", name="Send").click()
    await expect(dialog(member).get_by_text("is on its way")).to_be_visible(timeout=PATIENCE)
    await closes(member)


async def wishes(member: Page, question: str) -> None:
    await says(member, question)
    await sees(member, "I won't guess")
    await shot(member, "day-member-unknown", "phone")
    await presses(member, "Tell me when there is an answer")
    await sees(member, "as soon as there is an answer")
    await shot(member, "day-member-wished")


async def the_desk(chair: Page) -> None:
    await says(chair, "/clm chair")
    await sees(chair, "The chair's desk")
    await sees(chair, "Requests of members that are open: 3.")
    await shot(chair, "chair-desk", "phone", "dark", docs=True)


async def first_request(chair: Page) -> None:
    """Claimed, answered and closed."""
    await shot(chair, "day-card-new", of=card(chair, 1))
    await chair.get_by_role("button", name="Claim request no. 1").click()
    await expect(card(chair, 1).get_by_text("You have claimed it.")).to_be_visible(timeout=PATIENCE)
    await chair.get_by_role("button", name="Reply to request no. 1").click()
    await dialog(chair, "Reply to no. 1").get_by_role("textbox").fill("Friday at ten is fine.")
    await shot(chair, "day-reply")
    await submits(chair, "Send")
    await expect(card(chair, 1).get_by_text("The member has the answer")).to_be_visible(
        timeout=PATIENCE
    )
    await chair.get_by_role("button", name="Close request no. 1").click()
    await dialog(chair, "Close no. 1").get_by_role("radio", name="Answered").check()
    await shot(chair, "day-close", "phone")
    await submits(chair, "Close it")
    await expect(card(chair, 1).get_by_text("answered.", exact=False).first).to_be_visible(
        timeout=PATIENCE
    )
    await expect(chair.get_by_role("button", name="Save the reply to no. 1")).to_be_visible(timeout=PATIENCE)
    await shot(chair, "day-card-closed", "phone", of=card(chair, 1))


async def second_request(chair: Page) -> None:
    """Answered, and passed on to the deputy."""
    await chair.get_by_role("button", name="Reply to request no. 2").click()
    await dialog(chair, "Reply to no. 2").get_by_role("textbox").fill("Devika knows this best.")
    await submits(chair, "Send")
    await expect(card(chair, 2).get_by_text("The member has the answer")).to_be_visible(
        timeout=PATIENCE
    )
    await more(chair, 2, "Pass on to somebody")
    window = dialog(chair, "Pass on no. 2")
    await window.get_by_role("radio", name="Devika Rao").check()
    await window.get_by_role("textbox").fill("You know finance better than I do.")
    await shot(chair, "day-pass-on", "phone")
    await submits(chair, "Pass on")
    await expect(card(chair, 2).get_by_text("Why it was passed on")).to_be_visible(timeout=PATIENCE)
    await shot(chair, "day-card-passed-on", of=card(chair, 2))


async def third_request(chair: Page) -> None:
    """Claimed, with a note that stays at the desk."""
    await chair.get_by_role("button", name="Claim request no. 3").click()
    await expect(card(chair, 3).get_by_text("You have claimed it.")).to_be_visible(timeout=PATIENCE)
    await more(chair, 3, "Note for the desk")
    await dialog(chair, "Notes on no. 3").get_by_role("textbox").fill("Asks in spring every year.")
    await shot(chair, "day-note", "phone")
    await submits(chair, "Keep it")
    await expect(card(chair, 3).get_by_text("Asks in spring every year.")).to_be_visible(
        timeout=PATIENCE
    )
    await shot(chair, "day-card-noted", "phone", "dark", of=card(chair, 3))


async def unanswered_question(chair: Page) -> None:
    await says(chair, "/clm chair questions")
    window = dialog(chair, "Questions")
    await expect(window.get_by_text(UNKNOWN)).to_be_visible(timeout=PATIENCE)
    await shot(chair, "day-questions", "phone")
    await window.get_by_role("button", name="Open: Is there parking").click()
    await expect(dialog(chair).get_by_text("You never see who asked.")).to_be_visible(timeout=PATIENCE)
    await shot(chair, "chair-questions", "phone", "dark", docs=True)
    await dialog(chair).get_by_role("button", name="Write an answer").click()
    form = dialog(chair, "Add an answer")
    await form.get_by_label("Answer", exact=True).fill(PARKING)
    sources = form.get_by_role("group", name="Sources")
    await sources.locator("summary").click()
    await sources.get_by_role("checkbox").first.check()
    await shot(chair, "day-write", "phone")
    await previews(chair, PARKING)
    await shot(chair, "day-preview", "phone", "dark")
    await publishes(chair, "day-published")


async def edited_answer(chair: Page) -> None:
    await says(chair, "/clm chair bank mentor")
    window = dialog(chair, "Answers")
    await shot(chair, "day-bank", "phone")
    await window.get_by_role("button", name=f"Open: {MENTOR}").click()
    await expect(dialog(chair).get_by_role("button", name="Retire")).to_be_visible(timeout=PATIENCE)
    await shot(chair, "day-entry", "phone")
    await dialog(chair).get_by_role("button", name="Edit", exact=True).click()
    form = dialog(chair, "Edit an answer")
    answer = form.get_by_label("Answer", exact=True)
    await answer.fill(f"{await answer.input_value()}\n\n{MENTOR_ADDS}")
    await form.get_by_label("Last checked on").fill("2026-03-02")
    await shot(chair, "day-edit", "phone")
    await previews(chair, MENTOR_ADDS)
    await shot(chair, "day-edit-preview", "phone")
    await publishes(chair, "day-edit-published")


async def reads_late(member: Page) -> None:
    await says(member, MENTOR)
    await sees(member, LATE)
    await shot(member, "day-member-late", "phone")


async def review(chair: Page) -> None:
    await says(chair, "/clm chair review")
    window = dialog(chair, "Review")
    await expect(window.get_by_text(MENTOR)).to_be_visible(timeout=PATIENCE)
    await shot(chair, "day-review", "phone", "dark")
    await window.get_by_role("button", name="Still right").click()
    await expect(dialog(chair).get_by_text(f"Still right: {MENTOR}")).to_be_visible(timeout=PATIENCE)
    await shot(chair, "day-reviewed")
    await closes(chair)


async def digest_and_numbers(chair: Page) -> None:
    await says(chair, "/clm chair digest")
    await sees(chair, "Your Monday digest")
    await shot(chair, "chair-digest", "phone", "dark", docs=True)
    await says(chair, "/clm chair numbers")
    await sees(chair, "Answered without a person")
    await shot(chair, "day-numbers", "phone")


def dialog(page: Page, name: str = "") -> Locator:
    found = page.get_by_role("dialog", name=name) if name else page.get_by_role("dialog")
    return found.last


def log(page: Page) -> Locator:
    return page.get_by_role("log", name="Messages")


def last_article(page: Page) -> Locator:
    return log(page).get_by_role("article").last


def card(page: Page, number: int) -> Locator:
    title = page.get_by_text(f"Request no. {number}", exact=True)
    return log(page).get_by_role("article").filter(has=title)


async def says(page: Page, text: str) -> None:
    box = page.get_by_role("textbox", name="Message")
    await box.fill(text)
    await box.press("Enter")


async def presses(page: Page, button: str) -> None:
    await log(page).get_by_role("button", name=button).last.click()


async def sees(page: Page, text: str) -> None:
    await expect(log(page).get_by_text(text).last).to_be_visible(timeout=PATIENCE)


async def more(page: Page, number: int, choice: str) -> None:
    await card(page, number).get_by_role("button", name="More options").click()
    await page.get_by_role("menuitem", name=choice).click()


async def submits(page: Page, button: str) -> None:
    await dialog(page).get_by_role("button", name=button, exact=True).click()
    await expect(page.get_by_role("dialog")).to_have_count(0, timeout=PATIENCE)


async def closes(page: Page) -> None:
    await dialog(page).get_by_role("button", name="Dismiss").click()
    await expect(page.get_by_role("dialog")).to_have_count(0, timeout=PATIENCE)


async def previews(chair: Page, text: str) -> None:
    await dialog(chair).get_by_role("button", name="Preview").click()
    window = dialog(chair, "This is how it reads")
    await expect(window.get_by_text(text).first).to_be_visible(timeout=PATIENCE)


async def publishes(chair: Page, name: str) -> None:
    await dialog(chair).get_by_role("button", name="Publish").click()
    await expect(dialog(chair, "Published").get_by_text("from now on")).to_be_visible(timeout=PATIENCE)
    await shot(chair, name)
    await closes(chair)


async def page_dialogs(page: Page) -> int:
    return await page.get_by_role("dialog").count()


async def shot(
    page: Page, name: str, *also: str, of: Locator | None = None, docs: bool = False
) -> None:
    shown = of or last_article(page)
    if not await page_dialogs(page):
        await shown.evaluate("(node) => node.scrollIntoView({block: 'start'})")
    await page.screenshot(path=SHOTS / f"{name}.png")
    if "dark" in also:
        await page.emulate_media(color_scheme="dark")
        await page.screenshot(path=SHOTS / f"{name}-dark.png")
        await page.emulate_media(color_scheme="light")
    if "phone" in also:
        await page.set_viewport_size(PHONE)
        if not await page_dialogs(page):
            await shown.evaluate("(node) => node.scrollIntoView({block: 'start'})")
        assert await page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
        await page.screenshot(path=SHOTS / f"{name}-phone.png")
        await page.set_viewport_size(WIDE)
