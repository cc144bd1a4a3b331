"""What a reminder says: everything in its text, one next step, and nothing that Slack refuses."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from bot.domain.dates import DateKind, MemberDate
from bot.domain.program import Season
from bot.domain.recertification_telling import Said
from bot.domain.reminders import USUAL, Coming, Overview, Reminder, Reminding
from bot.playground.blocks import message_faults
from bot.services import recertification, reminders, reminders_telling
from bot.services.reminders_telling import Answered, Missing, Outcome, Telling
from handlers.slack.views.blocks import Message
from handlers.slack.views.reminders import (
    answered_message,
    overview_message,
    reminder_message,
    settings_blocks,
)
from tests.support.road import ADA, Road, content

COPY = content().copy
DAY = date(2027, 3, 15)
HOSTILE = "<!channel> *bold* <https://example.org|here> " * 8
KINDS: tuple[DateKind, ...] = ("apply_by", "test_from", "test_to", "plan", "anniversary", "fee")
DUE = datetime(2027, 1, 14, 15, tzinfo=UTC)


def date_of(kind: DateKind, season: str = "Fall 2027") -> MemberDate:
    seasonal = kind in ("apply_by", "test_from", "test_to")
    made = Season(season, DAY, None, None, "ala-exam-prep") if seasonal else None
    return MemberDate(f"subject-{kind}", DAY, kind, made)


def telling(kind: DateKind = "plan", left: int = 60, **more: Any) -> Telling:
    season = more.pop("season", "Fall 2027")
    return Telling(Reminder("plan", DAY, 60, DUE, "sent", 7), date_of(kind, season), left, **more)


def overview(wanted: bool = True, settings: Reminding = USUAL, **more: Any) -> Overview:
    return Overview(wanted, "America/New_York", True, settings, **more)


def buttons(shown: Message) -> dict[str, str]:
    """Each button's text, by its action."""
    rows = [block for block in shown.blocks if block["type"] == "actions"]
    return {e["action_id"]: e["text"]["text"] for row in rows for e in row["elements"]}


def primary(shown: Message) -> list[str]:
    rows = [block for block in shown.blocks if block["type"] == "actions"]
    return [e["action_id"] for row in rows for e in row["elements"] if e.get("style") == "primary"]


def assert_whole(shown: Message) -> None:
    """Slack takes it, and its text alone says what its blocks say."""
    assert message_faults({"text": shown.text, "blocks": list(shown.blocks)}) == []
    for block in shown.blocks:
        if block["type"] == "section":
            said = block["text"]["text"].replace("&", "&amp;").replace("<", "&lt;")
            assert said.replace(">", "&gt;") in shown.text


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("season", ["Fall 2027", HOSTILE])
def test_every_kind_of_date_is_told_whole(kind: DateKind, season: str) -> None:
    """Each reminder names its date and the days left, with Done, later and Stop beside one step."""
    shown = reminder_message(telling(kind, season=season), COPY)
    assert_whole(shown)
    assert "March 15, 2027" in shown.text
    assert "That leaves 60 days." in shown.text
    assert "<!" not in shown.text
    assert {"reminders.done", "reminders.snooze", "reminders.stop"} < set(buttons(shown))
    assert len(primary(shown)) == 1


@pytest.mark.parametrize(
    ("left", "said", "later"),
    [
        (60, "That leaves 60 days.", "In a week"),
        (7, "That leaves 7 days.", "In a week"),
        (6, "That leaves 6 days.", "Tomorrow"),
        (2, "That leaves 2 days.", "Tomorrow"),
        (1, "That is tomorrow.", "Tomorrow"),
        (0, "That is today.", None),
    ],
)
def test_the_days_left_and_the_snooze_fit_together(left: int, said: str, later: str | None) -> None:
    """The nearer the date, the shorter the snooze; on the day itself there is none."""
    shown = reminder_message(telling(left=left), COPY)
    assert said in shown.text
    assert buttons(shown).get("reminders.snooze") == later


@pytest.mark.parametrize(
    ("missing", "said", "step"),
    [
        (None, "You have not told me anything yet", "eligibility.open"),
        (Missing(("2 h writing",), "not_yet"), "still missing: 2 h writing.", "standing.show"),
        (Missing((), None), "no education hours are missing", "standing.show"),
        (Missing((), "appears_to_meet"), "you appear to meet", "standing.show"),
        (Missing((), "ask_ala"), "ask ALA", "standing.show"),
    ],
)
def test_what_is_missing_decides_the_next_step(
    missing: Missing | None, said: str, step: str
) -> None:
    """A reminder to apply says what is missing, and its one emphasized button leads on."""
    shown = reminder_message(telling(missing=missing), COPY)
    assert said in shown.text
    assert primary(shown) == [step]


def test_before_the_anniversary_the_hard_stop_is_plain() -> None:
    """A holder reads how their hours stand, and that later applications are not accepted."""
    road = Road(datetime(2026, 11, 23, 18, tzinfo=UTC))
    road.run(reminders.turn_on, ADA, "America/Chicago")
    road.run(recertification.hold, ADA, Said("holds", ends=date(2027, 6, 30)))
    for now in (datetime(2027, 5, 31, 15, tzinfo=UTC), datetime(2027, 6, 27, 15, tzinfo=UTC)):
        road.now = now
        road.run(reminders.send_due)
    numbers = [
        row["subject"]
        for row in road.db.query("SELECT subject FROM outbox WHERE kind = 'reminder' ORDER BY id")
    ]
    told = road.run(reminders_telling.telling, ADA, int(numbers[-1]))
    assert isinstance(told, Telling)
    shown = reminder_message(told, COPY)
    assert "June 30, 2027. That leaves 3 days." in shown.text
    assert "still to earn" in shown.text
    assert "Applications after that day are not accepted" in shown.text
    assert primary(shown) == ["ledger.add"]
    assert_whole(shown)
    road.close()


@pytest.mark.parametrize("outcome", ["done", "snoozed", "stopped", "off", "too_late", "gone"])
def test_every_answer_is_said(outcome: Outcome) -> None:
    """Whatever is pressed, the message says what came of it, and how to have reminders again."""
    again = Reminder("plan", DAY, 53, DUE) if outcome == "snoozed" else None
    shown = answered_message(Answered(outcome, date_of("plan"), again), COPY)
    assert_whole(shown)
    assert ("January 21, 2027" in shown.text) == (outcome == "snoozed")
    is_off = outcome in ("stopped", "off")
    assert buttons(shown) == ({"reminders.on": "Turn reminders on"} if is_off else {})


def test_settings_say_when_where_and_what_comes_next() -> None:
    """On, the settings name the days, the quiet hours, the zone and the next ones."""
    coming = Coming(Reminder("plan", DAY, 60, DUE), date_of("plan"))
    shown = overview_message(overview(coming=(coming,)), COPY)
    assert_whole(shown)
    assert "60, 30, 14 and 3 days" in shown.text
    assert "each date that is yours, and nothing between 8 PM and 8 AM." in shown.text
    assert "Times are for America/New York, as your Slack profile says." in shown.text
    assert "On January 14, 2027. Your own plan, the day to apply: March 15, 2027." in shown.text
    assert buttons(shown) == {
        "reminders.off": "Turn reminders off",
        "sharing.on": "Let the chair know",
    }


@pytest.mark.parametrize(
    ("shares", "offered"),
    [(False, "sharing.on"), (True, "sharing.off"), (None, "")],
)
def test_letting_the_chair_know_is_offered_and_taken_back_in_one_place(
    shares: bool | None, offered: str
) -> None:
    """The page says what the chair would see before anybody agrees; whoever holds the CLM is not
    asked."""
    shown = overview_message(overview(shares=shares), COPY)
    assert_whole(shown)
    assert {one for one in buttons(shown) if "sharing" in one} == ({offered} - {""})
    assert ("the missing hours" in shown.text) is (shares is True)
    assert ("shows your name, the date" in shown.text) is (shares is not None)


def test_settings_without_quiet_hours_name_none() -> None:
    """A chapter without quiet hours promises none."""
    never_quiet = Reminding((7,), 9, 0, 0)
    for wanted in (True, False):
        shown = overview_message(overview(wanted, never_quiet), COPY)
        assert "between" not in shown.text
        assert "7 days before each date that is yours." in shown.text


def test_settings_fit_into_the_home_tab() -> None:
    """Off, the settings are a sentence and one button, wherever they stand."""
    blocks = settings_blocks(overview(wanted=False), COPY)
    assert "each date that is yours. Nothing comes between" in blocks[0]["text"]["text"]
    assert [block["type"] for block in blocks] == ["section", "actions"]
    assert blocks[-1]["elements"][0]["action_id"] == "reminders.on"
