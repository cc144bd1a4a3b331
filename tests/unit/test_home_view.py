"""Home as a dashboard: drawn from the status's values, and small whatever the ledger holds."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from bot.domain.ledger import LedgerEntry
from bot.domain.recertification import Holder
from bot.playground.view_rules import view_faults
from bot.services import home, plan, standing
from bot.services.home import Dashboard
from bot.store import holders
from handlers.slack.views.home import home_view
from handlers.slack.views.standing import standing_blocks, standing_message
from tests.support.eligibility import CATEGORIES
from tests.support.road import ADA, BEN, HERE, Road, season, sums, work_answers

TODAY = date(2026, 11, 23)


@pytest.fixture
def road() -> Iterator[Road]:
    opened = Road(seasons=[season("Spring 2027", date(2027, 3, 12), date(2027, 5, 11))])
    yield opened
    opened.close()


def courses(count: int, **more: Any) -> list[LedgerEntry]:
    """So many live courses, one on each day back from yesterday, in each category in turn."""
    return [
        LedgerEntry(
            TODAY - timedelta(days=at + 1),
            f"Course {at}",
            Decimal(1),
            "live",
            CATEGORIES[at % len(CATEGORIES)],
            **more,
        )
        for at in range(count)
    ]


def drawn(road: Road) -> tuple[Dashboard, Mapping[str, Any]]:
    found = road.run(home.dashboard, ADA)
    return found, home_view(found, road.bank)


def texts(node: Any) -> Iterator[str]:
    if isinstance(node, Mapping):
        if isinstance(node.get("text"), str):
            yield node["text"]
        for value in node.values():
            yield from texts(value)
    elif isinstance(node, list):
        for value in node:
            yield from texts(value)


@pytest.mark.parametrize("count", [0, 1, 5, 6, 1000])
def test_home_is_right_with_any_number_of_courses(road: Road, count: int) -> None:
    """With a thousand courses Home is as small as with six, and every number in it is right."""
    road.tells({**work_answers(), **sums("0")})
    road.records(*courses(count))
    found, view = drawn(road)
    said = "\n".join(texts(view))
    assert view_faults(dict(view), kind="home") == []
    assert len(view["blocks"]) <= 60
    # From yesterday back to the first day of the window: March 12, 2025.
    inside = min(count, (TODAY - timedelta(days=1) - date(2025, 3, 12)).days + 1)
    assert found.standing.gap is not None
    assert found.standing.gap.total.counted == inside
    assert found.hours.total == count
    assert ("Course 0" in said) == (count > 0)
    assert "Course 900" not in said


def test_the_latest_five_courses_are_named(road: Road) -> None:
    """Home names the five latest courses, and no sixth."""
    road.records(*courses(30))
    found, view = drawn(road)
    said = "\n".join(texts(view["blocks"]))
    assert [row.entry.title for row in found.hours.rows] == [f"Course {at}" for at in range(5)]
    assert "Course 4" in said
    assert "Course 5" not in said


def test_home_shows_the_blocks_of_the_status(road: Road) -> None:
    """Where one stands is drawn from the same values, so Home and status cannot differ."""
    road.tells({**work_answers(), **sums("1")})
    road.records(*courses(3))
    found, view = drawn(road)
    status = road.run(standing.read, ADA)
    assert found.standing == status
    for block in standing_blocks(status, road.bank.content.copy, dates=False):
        assert block in view["blocks"]


def test_one_button_stands_out_below_the_quick_actions(road: Road) -> None:
    """There is one obvious next step, however much else can be done."""
    road.records(*courses(7))
    for told in (None, {**work_answers(), **sums("1")}, work_answers(role="other")):
        if told:
            road.tells(told)
        _, view = drawn(road)
        rows = [block for block in view["blocks"] if block["type"] == "actions"][1:]
        primary = [e for row in rows for e in row["elements"] if e.get("style") == "primary"]
        assert len(primary) == 1


def test_the_next_known_date_and_the_plan_are_on_home(road: Road) -> None:
    """Home names the coming days of a known season, and measures for the last day to apply."""
    road.tells({**work_answers(), **sums()})
    said = "\n".join(texts(drawn(road)[1]))
    assert "March 12, 2027" in said
    assert "May 11, 2027" in said
    assert "If you apply by March 12, 2027, your education hours appear to be complete." in said
    road.run(plan.choose, ADA, date(2027, 2, 1))
    said = "\n".join(texts(drawn(road)[1]))
    assert "You plan to apply by February 1, 2027." in said


def test_a_holder_sees_the_pace_instead_of_the_gap(road: Road) -> None:
    """Whoever holds the CLM is shown how they keep it, and not what applying would take."""
    road.tells({**work_answers(), **sums("1")})
    road.records(*courses(3, subject="human_resources"))
    holders.keep(road.db, HERE, ADA, Holder("spring 2025", date(2028, 6, 30), False), road.now)
    found, view = drawn(road)
    said = "\n".join(texts(view))
    status = standing_message(found.standing, road.bank.content.copy)
    for shown in (said, status.text):
        assert "If you apply" not in shown
        assert "June 30, 2028" in shown
    assert view_faults(dict(view), kind="home") == []
    assert road.run(home.dashboard, BEN).standing.keeping is None


def test_sums_beside_courses_can_be_taken_out(road: Road) -> None:
    """The button that takes sums out is there beside courses only, and asks before it does."""
    road.tells({**work_answers(), **sums()})
    assert not drop_buttons(drawn(road)[1])
    road.records(*courses(1))
    (button,) = drop_buttons(drawn(road)[1])
    assert "no longer count" in button["confirm"]["text"]["text"]


def drop_buttons(view: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    rows = [block for block in view["blocks"] if block["type"] == "actions"]
    return [e for row in rows for e in row["elements"] if e["action_id"] == "gap.drop_sums"]


@pytest.mark.parametrize("title", ["<!channel>", "*bold*", "=HYPERLINK(1)", "😀" * 200, "a\nb"])
def test_whatever_a_course_is_called_home_can_be_shown(road: Road, title: str) -> None:
    """A title with markup, a formula or emoji breaks nothing and mentions nobody."""
    road.records(LedgerEntry(date(2025, 3, 20), title, Decimal(2), "live", "writing"))
    found, view = drawn(road)
    assert view_faults(dict(view), kind="home") == []
    status = standing_message(found.standing, road.bank.content.copy)
    assert "<!channel>" not in status.text
