"""What a person sees: asking, checking, handing off, and the chair's answer."""

import os
from pathlib import Path

import pytest
from playwright.async_api import Page, expect

pytestmark = pytest.mark.browser

SHOTS = Path(os.environ.get("SHOTS") or Path(__file__).parent / "shots")


async def says(page: Page, text: str) -> None:
    box = page.get_by_role("textbox", name="Message")
    await box.fill(text)
    await box.press("Enter")


async def acts_as(page: Page, name: str) -> None:
    await page.get_by_label("Act as").select_option(label=name)


async def presses(page: Page, button: str) -> None:
    log = page.get_by_role("log", name="Messages")
    await log.get_by_role("button", name=button).last.click()


async def shot(page: Page, name: str) -> None:
    await page.screenshot(path=SHOTS / f"{name}.png")


async def chooses(page: Page, question: str, answer: str) -> None:
    group = page.get_by_role("dialog").get_by_role("radiogroup", name=question)
    await group.get_by_role("radio", name=answer).first.check()


async def goes_on(page: Page, next_title: str, button: str = "Next") -> None:
    await page.get_by_role("dialog").get_by_role("button", name=button, exact=True).click()
    await expect(page.get_by_role("dialog", name=next_title)).to_be_visible()


async def test_a_member_asks_checks_and_reaches_the_chair(page: Page) -> None:
    """Ada asks, checks where she stands, hands off; Christina claims and answers; Ada reads it."""
    await says(page, "how many education hours do I need before I apply?")
    await expect(page.get_by_text("You need at least 10 hours").first).to_be_visible()
    await expect(page.get_by_text("Source:").first).to_be_visible()
    await shot(page, "conversation")

    await says(page, "check")
    await presses(page, "Do I qualify?")
    await expect(page.get_by_role("dialog", name="Your role")).to_be_visible()
    await shot(page, "dialog")
    await fill_in_the_check(page)
    await expect(page.get_by_role("dialog").get_by_text("you appear to meet")).to_be_visible()
    await shot(page, "verdict")
    await page.get_by_role("dialog").get_by_role("button", name="Close").last.click()

    await says(page, "chair")
    await presses(page, "Talk to the chair")
    await expect(page.get_by_role("dialog").get_by_text("exactly what")).to_be_visible()
    await page.get_by_role("dialog").get_by_role("textbox").last.fill("May I call you on Friday?")
    await shot(page, "consent")
    await page.get_by_role("dialog").get_by_role("button", name="Send").click()
    await expect(page.get_by_role("dialog").get_by_text("request no. 1")).to_be_visible()
    await page.get_by_role("dialog").get_by_role("button", name="Close").last.click()

    await acts_as(page, "Christina Bloom, CLM")
    await page.get_by_role("link", name="CLM bot").first.click()
    await expect(page.get_by_text("May I call you on Friday?").first).to_be_visible()
    await presses(page, "Claim request no. 1")
    await expect(page.get_by_text("You have claimed it.").first).to_be_visible()
    await shot(page, "card")
    await presses(page, "Reply to request no. 1")
    await page.get_by_role("dialog").get_by_role("textbox").last.fill("Friday at ten is fine.")
    await page.get_by_role("dialog").get_by_role("button", name="Send").click()

    await acts_as(page, "Ada Okafor")
    await page.get_by_role("link", name="CLM bot").first.click()
    await expect(page.get_by_text("Friday at ten is fine.").first).to_be_visible()
    await shot(page, "answered")
    await page.get_by_role("tab", name="Home").click()
    await expect(page.get_by_text("Where you stand").first).to_be_visible()
    await shot(page, "home")


async def fill_in_the_check(page: Page) -> None:
    dialog = page.get_by_role("dialog")
    await chooses(page, "Which of these describes", "Principal administrator")
    await chooses(page, "Do you need to add up", "No")
    await goes_on(page, "Your experience")
    await dialog.get_by_label("How many full-time years").fill("4")
    await chooses(page, "Is the work full time", "Yes")
    await goes_on(page, "Level of your job")
    await chooses(page, "Is your position exempt", "Yes")
    await chooses(page, "Where do you work", "In the United States")
    await goes_on(page, "Your employer")
    await chooses(page, "Are you employed", "Yes")
    await chooses(page, "What kind of organization", "Law firm")
    await goes_on(page, "Code of ethics")
    await chooses(page, "Do you endorse", "Yes")
    await goes_on(page, "Education hours")
    for field in ("writing", "communication", "self-management", "technology", "development"):
        await dialog.get_by_label(f"{field}", exact=False).first.fill("2")
    await dialog.get_by_label("How many of all these").fill("0")
    await goes_on(page, "Your result", button="Show the result")
