"""How keeping the CLM reads: complete in plain text, honest about its age, short enough."""

from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any

import pytest

from bot.content import ContentPlaces, load_content, shipped_path
from bot.domain.copy import Copy
from bot.domain.ledger import LedgerEntry
from bot.domain.recertification import CORE_SUBJECTS, Holder
from bot.domain.recertification_pace import Keeping, pace
from handlers.slack.views.recertification import pace_blocks, recertification_message
from handlers.slack.views.recertification_modal import holding_modal
from tests.support.recertification import ENDS, HOLDER, TODAY, entry, rules

LONGEST_TEXT = 3900


@cache
def copy() -> Copy:
    return load_content(ContentPlaces(shipped_path("content")), TODAY).copy


def keeping(
    *entries: LedgerEntry, holder: Holder = HOLDER, today: date = TODAY, **more: Any
) -> Keeping:
    return Keeping(holder, pace(holder, entries, rules(), today), rules(), **more)


def text_of(found: Keeping) -> str:
    return recertification_message(found, copy()).text


FULLEST = [
    *(entry(2, subject, kind="webinar") for subject in CORE_SUBJECTS),
    entry("4.25", "other", kind="teaching"),
    entry(9, "business_ethics", kind="self_study"),
    entry(2, "other", kind="recording"),
    entry(2, None),
    entry(2, "operations", kind="college_quarter_credit"),
]


def test_the_plain_text_says_everything_the_blocks_say() -> None:
    """Whoever hears the message read aloud misses nothing, not even in its longest form."""
    found = keeping(*FULLEST)
    shown = recertification_message(found, copy())
    assert len(shown.text.encode()) < LONGEST_TEXT
    for block in pace_blocks(found, copy()):
        for line in block["text"]["text"].splitlines() if "text" in block else ():
            assert line.lstrip("■□ ") in shown.text


@pytest.mark.parametrize(
    ("found", "sentence"),
    [
        (keeping(), "16 hours behind: 36 hours still to earn."),
        (keeping(today=date(2025, 7, 1)), "On pace: 36 hours still to earn."),
        (keeping(today=date(2028, 7, 1)), "This cycle ended on June 30, 2028."),
        (keeping(today=ENDS), "Next date: June 30, 2028, today."),
        (keeping(today=date(2028, 6, 29)), "Next date: June 30, 2028, tomorrow."),
        (keeping(), "in 585 days. Applications after that day are not accepted"),
        (keeping(entry(19, kind="self_study")), "12 of 19 hours count"),
        (keeping(entry(5, kind="teaching")), "I cannot see repeats"),
        (keeping(entry(5, None)), "One entry of this cycle has no recertification subject"),
        (keeping(*[entry(5, None)] * 3), "3 entries of this cycle have no recertification"),
        (keeping(entry(1, "other")), "Another subject: 1 hour, toward the total only"),
        (keeping(), "besides, 19 hours in any subject."),
        (
            keeping(*(entry(3, subject, kind="webinar") for subject in CORE_SUBJECTS)),
            "3 hours that the minimums need are recorded in formats whose limit is used up.",
        ),
        (keeping(holder=Holder("", None, retired=True)), "I keep no pace for you"),
        (keeping(), "an ALA page of about 2018 to 2023: $59 a year for maintenance"),
    ],
)
def test_each_case_has_its_sentence(found: Keeping, sentence: str) -> None:
    """What is so for a member is said to them in words."""
    assert sentence in text_of(found)


def test_who_is_done_hears_no_promise() -> None:
    """All hours there is said as what it appears to be, with ALA deciding."""
    done = [entry(8, subject) for subject in rules().subjects]
    text = text_of(keeping(*done))
    assert "you appear to have all the hours" in text
    assert "ALA decides" in text
    assert "still to earn" not in text


def test_a_cycle_that_is_over_shows_no_bars_and_asks_for_the_next() -> None:
    """After the hard stop nothing pretends that hours could still be added to that cycle."""
    blocks = pace_blocks(keeping(today=date(2028, 7, 1)), copy())
    assert not any("■" in str(block) or "□" in str(block) for block in blocks)
    (button,) = blocks[-1]["elements"]
    assert (button["action_id"], button["text"]["text"]) == ("recert.open", "Tell me my new cycle")


@pytest.mark.parametrize("name", ["recert_fee", "maintenance_fee_annual", "retired_fee"])
def test_a_fee_that_nobody_checked_for_long_is_left_out(name: str) -> None:
    """An amount too old to trust is not shown; the member is sent to ALA."""
    text = text_of(keeping(withheld=frozenset({name})))
    if name == "retired_fee":
        assert "$99" not in text
    else:
        assert "$189" not in text and "$59" not in text
        assert "ALA knows the current ones" in text


def test_without_known_anniversaries_only_the_day_is_asked_for() -> None:
    """Where no source tells the days of the seasons, the window asks for the member's own day."""
    view = holding_modal(None, replace(rules(), anniversaries={}), copy())
    asked = [block["block_id"] for block in view["blocks"] if block["type"] == "input"]
    assert asked == ["status", "ends"]


def test_a_cycle_that_was_told_by_its_day_is_not_called_the_first() -> None:
    """Who names the day on which their next cycle ends is not told that it is their first."""
    told = text_of(keeping(holder=Holder("", date(2029, 11, 30))))
    assert "Your cycle begins on December 1, 2026" in told
    assert "first cycle" not in told
