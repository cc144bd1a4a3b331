"""What is on a page of the demo, and what a person does there."""

import os
from pathlib import Path

from playwright.async_api import Locator, Page, ViewportSize, expect

SHOTS = Path(os.environ.get("SHOTS") or Path(__file__).parent / "shots")
IN_DOCS = ("chair-desk", "chair-questions", "chair-digest")
"""The pictures that docs/ shows; the others are only looked at."""
WIDE: ViewportSize = {"width": 1200, "height": 860}
PHONE: ViewportSize = {"width": 390, "height": 844}
PATIENCE = 30_000
"""Milliseconds; on a busy machine an answer is checked and published in seconds."""


def dialog(page: Page, name: str | None = None) -> Locator:
    return page.get_by_role("dialog", name=name)


def log(page: Page) -> Locator:
    return page.get_by_role("log", name="Messages")


def newest(page: Page) -> Locator:
    return log(page).get_by_role("article").last


def message(page: Page, text: str) -> Locator:
    return log(page).get_by_role("article").filter(has_text=text).first


def card(page: Page, number: int) -> Locator:
    return message(page, f"Request no. {number}")


async def appears(shown: Locator) -> None:
    await expect(shown.first).to_be_visible(timeout=PATIENCE)


async def sees(page: Page, text: str) -> None:
    await appears(log(page).get_by_text(text).last)


async def says(page: Page, text: str) -> None:
    box = page.get_by_role("textbox", name="Message")
    await box.fill(text)
    await box.press("Enter")


async def submits(page: Page, button: str) -> None:
    await dialog(page).get_by_role("button", name=button, exact=True).click()
    await expect(dialog(page)).to_have_count(0, timeout=PATIENCE)


async def closes(page: Page) -> None:
    """The cross closes the windows below as well."""
    await dialog(page).get_by_role("button", name="Dismiss").click()
    await expect(dialog(page)).to_have_count(0, timeout=PATIENCE)


async def shot(page: Page, name: str, *also: str, of: Locator | None = None) -> None:
    """What is on the screen, `also` in dark colours and on a phone, where nothing may run wide.

    Outside a window the message `of`, else the newest one, stands at the top.
    """
    if SHOTS.name == "docs" and name not in IN_DOCS:
        return
    await turned_to(page, of)
    await page.screenshot(path=SHOTS / f"{name}.png", animations="disabled")
    if SHOTS.name == "docs":
        return
    if "dark" in also:
        await page.emulate_media(color_scheme="dark")
        await page.screenshot(path=SHOTS / f"{name}-dark.png", animations="disabled")
        await page.emulate_media(color_scheme="light")
    if "phone" in also:
        await page.set_viewport_size(PHONE)
        await turned_to(page, of)
        across = await page.evaluate("document.documentElement.scrollWidth")
        await page.screenshot(path=SHOTS / f"{name}-phone.png", animations="disabled")
        await page.set_viewport_size(WIDE)
        assert across <= PHONE["width"]


async def turned_to(page: Page, of: Locator | None) -> None:
    if not await dialog(page).count() and await log(page).is_visible():
        await page.mouse.move(0, 0)
        await (of or newest(page)).evaluate("(node) => node.scrollIntoView({block: 'start'})")
