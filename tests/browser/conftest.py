"""`clm demo` as people start it, and a Chromium to look at it."""

import asyncio
import os
import shutil
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from playwright.async_api import Page, async_playwright

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
ROOT = Path(__file__).parents[2]
FIRST_START = 180
"""Seconds; after a change of the content the index is fitted anew, on a machine that is busy."""


@pytest.fixture
async def demo() -> AsyncIterator[str]:
    """The address of a running demo; it is ended with Ctrl-C and must end cleanly."""
    if CHROMIUM is None:
        pytest.skip("no Chromium at hand: set CHROMIUM or install Debian's chromium")
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot.cli", "demo", "--port", "0", "--no-browser"),
        cwd=ROOT,
        stdout=asyncio.subprocess.PIPE,
    )
    assert process.stdout is not None
    try:
        first = (await asyncio.wait_for(process.stdout.readline(), FIRST_START)).decode()
        yield first.split()[-1]
    finally:
        process.send_signal(2)
        await process.communicate()
    assert process.returncode == 0


@pytest.fixture
async def page(demo: str) -> AsyncIterator[Page]:
    """A desktop page of the demo; a fault in the page's own scripts fails the test."""
    async with looking_at(demo, width=1200, height=860) as page:
        yield page


@pytest.fixture
async def phone(demo: str) -> AsyncIterator[Page]:
    """The same on a screen as wide as a phone's, in CSS pixels."""
    async with looking_at(demo, width=390, height=844) as page:
        yield page


@asynccontextmanager
async def looking_at(demo: str, *, width: int, height: int) -> AsyncIterator[Page]:
    faults: list[str] = []
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        page = await browser.new_page(viewport={"width": width, "height": height})
        page.on("pageerror", lambda error: faults.append(str(error)))
        await page.goto(f"{demo}/?as=U0ADA&channel=dm")
        yield page
        await browser.close()
    assert faults == []
