"""What a member reads on a phone: the longest answers, asked for by their own questions."""

import os
from base64 import b64encode
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
import yaml
from playwright.async_api import Locator, Page, expect

from bot.content import ContentPlaces, load_content, shipped_path
from bot.domain.faq import Entry

pytestmark = pytest.mark.browser

SHOTS = Path(os.environ.get("SHOTS") or Path(__file__).parent / "shots")
ANSWERS_SHOWN = 10
COLUMNS = 5
GAP = 12
SHADES = " ".join(str(level / 7) for level in range(8))
FEW_COLORS = (
    '<svg width="0" height="0"><filter id="few" color-interpolation-filters="sRGB">'
    + "<feComponentTransfer>"
    + "".join(f'<feFunc{c} type="discrete" tableValues="{SHADES}"/>' for c in "RGB")
    + "</feComponentTransfer></filter></svg>"
)
"""Few shades in the sheet keep the file small enough for a page that people read on a phone."""


def longest_answers() -> list[Entry]:
    """The longest answers of the demo's chapter, the longest first."""
    demo = yaml.safe_load(shipped_path("data/demo.yaml").read_text(encoding="utf-8"))
    places = ContentPlaces(shipped_path("content"), chapter=demo["chapter"])
    entries = load_content(places, date.today()).entries.values()
    answers = [entry for entry in entries if not entry.is_action]
    return sorted(answers, key=lambda entry: len(entry.text), reverse=True)[:ANSWERS_SHOWN]


async def test_the_longest_answers_read_well_on_a_phone(phone: Page) -> None:
    """Each is found by its own question, keeps every line, fits one screen and never runs wide."""
    articles = phone.get_by_role("log", name="Messages").get_by_role("article")
    screens = []
    for entry in longest_answers():
        await asks(phone, entry.question)
        answer = articles.last.locator(".block-rich_text .prose")
        await expect(answer).to_contain_text(last_words(entry), timeout=15_000)
        await expect(articles.last.get_by_role("button", name="Talk to the chair")).to_be_attached()
        assert await lines_of(answer) == lines_in(entry)
        assert not await runs_wide(articles.last) and not await runs_wide(phone.locator("html"))
        await articles.nth(-2).evaluate("(node) => node.scrollIntoView({block: 'start'})")
        screens.append(await phone.screenshot())
        assert await bottom_of(answer) < await top_of_the_box(phone)
    await save_sheet(phone, screens)


async def asks(phone: Page, question: str) -> None:
    box = phone.get_by_role("textbox", name="Message")
    await box.fill(question)
    await box.press("Enter")


def last_words(entry: Entry) -> str:
    return lines_in(entry)[-1]


def lines_in(entry: Entry) -> list[str]:
    """What is written, line by line, without the hyphens that stand for a list."""
    return [line.removeprefix("- ") for line in entry.text.split("\n") if line]


async def lines_of(answer: Locator) -> list[str]:
    """What is shown, a paragraph or a point of a list at a time."""
    shown = (await answer.inner_text()).split("\n")
    return [line for line in shown if line]


async def runs_wide(shown: Locator) -> bool:
    wide: bool = await shown.evaluate("(node) => node.scrollWidth > node.clientWidth")
    return wide


async def bottom_of(shown: Locator) -> float:
    box = await shown.bounding_box()
    assert box is not None
    return box["y"] + box["height"]


async def top_of_the_box(phone: Page) -> float:
    box = await phone.get_by_role("textbox", name="Message").bounding_box()
    assert box is not None
    return box["y"]


async def save_sheet(phone: Page, screens: Sequence[bytes]) -> None:
    """All screens side by side in one file, `answers-phone.png`."""
    images = "".join(
        f'<img src="data:image/png;base64,{b64encode(screen).decode()}">' for screen in screens
    )
    style = (
        f"body {{ background: #ddd; display: grid; gap: {GAP}px; margin: 0; width: max-content;"
        f" grid-template-columns: repeat({COLUMNS}, max-content) }} img {{ filter: url(#few) }}"
        " svg { position: absolute }"
    )
    browser = phone.context.browser
    assert browser is not None
    sheet = await browser.new_page(viewport={"width": 400, "height": 400})
    await sheet.set_content(f"<style>{style}</style>{FEW_COLORS}{images}")
    await sheet.locator("body").screenshot(path=SHOTS / "answers-phone.png")
