"""What the demo's three members see in Home, wide and on a phone, light and dark."""

import os
from pathlib import Path
from typing import Literal

import pytest
from playwright.async_api import Browser, async_playwright, expect

from tests.browser.conftest import ARGUMENTS, CHROMIUM

pytestmark = pytest.mark.browser

SHOTS = Path(os.environ.get("SHOTS") or Path(__file__).parent / "shots")
STANDS = {
    "ada": "You have not gone through the requirements with me yet.",
    "ben": "You plan to apply by",
    "mira": "still to earn",
}
WIDTHS = {"wide": (1000, 1000), "phone": (390, 2600)}
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")


async def test_home_shows_where_each_member_stands(demo: str) -> None:
    """Each of the three reads where they stand, and nothing runs out of a phone's screen."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        for name, sentence in STANDS.items():
            for scheme in SCHEMES:
                for width in WIDTHS:
                    await looks(browser, demo, name, sentence, scheme, width)
        await browser.close()


async def looks(
    browser: Browser,
    demo: str,
    name: str,
    sentence: str,
    scheme: Literal["light", "dark"],
    width: str,
) -> None:
    across, down = WIDTHS[width]
    page = await browser.new_page(viewport={"width": across, "height": down}, color_scheme=scheme)
    await page.goto(f"{demo}/?as={name}&channel=dm&tab=home")
    await expect(page.get_by_text(sentence).first).to_be_visible()
    assert await page.evaluate("document.documentElement.scrollWidth") <= across
    await page.screenshot(path=SHOTS / f"home-{name}-{scheme}-{width}.png")
    await page.close()
