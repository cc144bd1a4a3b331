"""What becomes of reminders when they are answered, and when the member's own lot changes."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from bot.domain.reminders import Choice
from bot.services import members, reminders, reminders_telling
from bot.services.reminders_telling import Missing, Telling
from bot.store import members as member_rows
from bot.store import reminders as rows
from tests.support.reminders import (
    DAY,
    FALL,
    OFFSETS,
    at,
    befores,
    daily,
    knows,
    last_number,
    presses,
    road_of,
    sent,
    ticks,
    told,
)
from tests.support.road import ADA, BEN, HERE, Road, season, sums, work_answers


@pytest.fixture
def road() -> Iterator[Road]:
    with road_of(at(80), season(FALL, DAY)) as made:
        yield made


def test_done_ends_the_reminders_of_this_date_only(road: Road) -> None:
    """After Done nothing more comes of the date; another date is reminded of as before."""
    other = DAY + timedelta(days=40)
    knows(road, season(FALL, DAY), season("Spring 2028", other))
    ticks(road, at(60))
    assert presses(road, "done") == "done"
    assert presses(road, "done") == "done"
    daily(road, 59, -40)
    assert sent(road) == [(DAY, 60), *((other, before) for before in OFFSETS)]


def test_a_snooze_comes_a_week_later(road: Road) -> None:
    """Snoozed with a month to go it comes again after a week, pressed once or twice."""
    ticks(road, at(30, 17))
    assert presses(road, "snooze") == "snoozed"
    assert presses(road, "snooze") == "snoozed"
    daily(road, 29, 0)
    assert befores(road) == [30, 23, 14, 3]


def test_a_snooze_holds_back_what_falls_into_it(road: Road) -> None:
    """Who wants a week of rest is not reminded of that date within it."""
    ticks(road, at(18, 12))
    assert presses(road, "snooze") == "snoozed"
    daily(road, 17, 0)
    assert befores(road) == [30, 11, 3]


def test_near_the_date_a_snooze_is_until_tomorrow(road: Road) -> None:
    """With three days to go it comes on each day that one asks for, and never past the date."""
    said = []
    for before in (3, 2, 1, 0):
        ticks(road, at(before))
        said.append(presses(road, "snooze"))
    assert befores(road) == [3, 2, 1, 0]
    assert said == ["snoozed", "snoozed", "snoozed", "too_late"]
    daily(road, -1, -5)
    assert befores(road) == [3, 2, 1, 0]


def test_stop_ends_all_until_asked_for_again(road: Road) -> None:
    """After Stop nothing comes; asked for again, only what is still ahead does."""
    ticks(road, at(60))
    assert presses(road, "stop") == "stopped"
    assert presses(road, "stop") == "stopped"
    assert presses(road, "snooze") == "off"
    daily(road, 59, 20)
    road.run(reminders.turn_on, ADA, None)
    daily(road, 19, 0)
    assert befores(road) == [60, 14, 3]


def test_a_reminder_of_somebody_else_cannot_be_answered(road: Road) -> None:
    """A press that names another member's reminder changes nothing of theirs."""
    ticks(road, at(60))
    road.run(reminders.turn_on, BEN, "America/New_York")
    choices: tuple[Choice, ...] = ("done", "snooze")
    for choice in choices:
        answered = road.run(reminders_telling.answer, BEN, last_number(road), choice)
        assert answered.outcome == "gone"
    assert road.run(reminders_telling.telling, BEN, last_number(road)) is None
    daily(road, 59, 0)
    assert befores(road) == OFFSETS


def test_a_new_time_zone_moves_what_waits(road: Road) -> None:
    """Who moves to Los Angeles gets the next one at nine o'clock there."""
    road.run(members.set_time_zone, ADA, "America/Los_Angeles")
    ticks(road, at(60, 10, 59))
    assert befores(road) == []
    ticks(road, at(60, 11))
    assert befores(road) == [60]


@pytest.mark.parametrize("zone", ["", "Mars/Olympus"])
def test_without_a_zone_the_chapter_s_holds(zone: str) -> None:
    """A profile whose zone means nothing is reminded on the chapter's clock, and told so."""
    with road_of(at(80), season(FALL, DAY), zone=zone) as made:
        shown = made.run(reminders.read, ADA)
        assert (shown.zone, shown.own_zone) == ("America/Chicago", False)
        ticks(made, at(60))
        assert befores(made) == [60]


def test_a_stranger_s_profile_is_not_kept(road: Road) -> None:
    """A change of a profile leaves no row of somebody who has never been here."""
    road.run(members.set_time_zone, BEN, "Europe/Berlin")
    assert member_rows.time_zone_of(road.db, HERE, BEN) is None


def test_the_next_three_are_shown(road: Road) -> None:
    """The settings show the next three, also of a date that changed this minute."""
    shown = road.run(reminders.read, ADA)
    assert [one.reminder.days_before for one in shown.coming] == [60, 30, 14]
    later = DAY + timedelta(days=1)
    knows(road, season(FALL, later))
    shown = road.run(reminders.read, ADA)
    assert [one.date.day for one in shown.coming] == [later] * 3


def test_what_is_missing_goes_along(road: Road) -> None:
    """A reminder to apply says which hours are missing for that day, once something was told."""
    ticks(road, at(60))
    before = told(road)
    assert isinstance(before, Telling)
    assert before.missing is None
    road.tells({**work_answers(), **sums("2"), "hours_writing": "0"})
    after = told(road)
    assert isinstance(after, Telling)
    assert isinstance(after.missing, Missing)
    assert "writing" in " ".join(after.missing.hours).casefold()


def test_who_has_left_is_not_reminded(road: Road) -> None:
    """A deactivated member gets nothing; back in time they get what still helps."""
    member_rows.leave(road.db, HERE, ADA, at(70))
    daily(road, 69, 10)
    assert befores(road) == []
    member_rows.come_back(road.db, HERE, ADA)
    daily(road, 9, 0)
    assert befores(road) == [14, 3]


def test_erasing_leaves_nothing_of_the_reminders(road: Road) -> None:
    """Everything kept of one's reminders can be shown, and is gone after erasing."""
    shown = rows.stored(road.db, HERE, ADA)
    assert len(shown["reminders"]) == 4
    assert len(shown["reminder_settings"]) == 1
    rows.erase(road.db, HERE, ADA)
    assert not any(rows.stored(road.db, HERE, ADA).values())


def test_past_reminders_can_be_forgotten(road: Road) -> None:
    """Retention takes out the reminders of past dates and leaves those of coming ones."""
    assert rows.forget_past(road.db, DAY) == 0
    assert rows.forget_past(road.db, DAY + timedelta(days=1)) == 4


def test_one_that_was_sent_cannot_be_taken_again(road: Road) -> None:
    """Whoever comes second to a reminder finds it taken, so that it is never sent twice."""
    first = rows.reminders_of(road.db, HERE, ADA)[0]
    assert rows.change(road.db, first, "sent", road.now)
    assert not rows.change(road.db, first, "sent", road.now)
    rows.put(road.db, HERE, ADA, first, road.now)
    rows.drop(road.db, first)
    assert rows.reminders_of(road.db, HERE, ADA)[0].state == "sent"
