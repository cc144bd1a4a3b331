"""Dates in a member's calendar: one event for good, told once when it changes."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from bot.domain.calendars import Given, changed, event_at
from bot.domain.dates import MemberDate
from bot.domain.identity import MemberRef, Workspace
from bot.domain.matching import Index
from bot.domain.program import Season
from bot.domain.seasons import LONGEST_SOURCE
from bot.playground.blocks import message_faults
from bot.services import calendars, plan, standing
from bot.services.bank import Bank
from bot.services.calendar_file import calendar_file, uid_of
from bot.services.calendars import DatesShown
from bot.store import calendars as kept
from handlers.slack.views.blocks import Message
from handlers.slack.views.dates import dates_blocks, dates_message
from handlers.slack.views.standing import standing_message
from tests.support.road import ADA, BEN, HERE, Road

TODAY = date(2026, 11, 23)
SPRING = Season("Spring 2027", date(2027, 3, 4), date(2027, 5, 3), date(2027, 5, 28), "x")
LAST_DAY = "season:Spring 2027:apply_by"
NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
DAYS = st.none() | st.dates(date(2026, 1, 1), date(2028, 12, 31))


@pytest.fixture
def road() -> Iterator[Road]:
    made = Road(seasons=[SPRING])
    yield made
    made.close()


def says(road: Road, *seasons: Season) -> None:
    """From now on these are the seasons."""
    road.bank = Bank(replace(road.bank.content, seasons=seasons), cast(Index, None))


def told(road: Road, member: MemberRef = ADA) -> list[str]:
    rows = road.db.query(
        "SELECT subject FROM outbox WHERE kind = 'calendar' AND recipient = ? ORDER BY id", [member]
    )
    return [row["subject"] for row in rows]


def taken(shown: Message) -> None:
    """Slack takes it whole, and reads nobody's words as markup."""
    assert message_faults({"text": shown.text, "blocks": list(shown.blocks)}) == []
    assert "<!channel>" not in shown.text and "<https" not in shown.text
    assert "mrkdwn" not in str(shown.blocks) and not shown.text.endswith("…")


def files(road: Road, member: MemberRef = ADA) -> list[Calendar]:
    """Every file that a member got, parsed back."""
    found = []
    for subject in told(road, member):
        tells = road.run(calendars.told, member, subject)
        assert tells is not None
        made = calendar_file(tells.event, road.bank.content.copy, HERE, member, NOW)
        found.append(Calendar.from_ical(made))
    return found


def test_a_date_is_given_as_an_event_of_the_whole_day(road: Road) -> None:
    """The file holds one all-day event with the date's name, when it was made, and no method."""
    assert road.run(calendars.give, ADA, LAST_DAY, "1")
    (calendar,) = files(road)
    (event,) = calendar.walk("VEVENT")
    assert "method" not in calendar
    assert event["summary"] == "Last day to apply for Spring 2027"
    assert event.decoded("dtstart") == date(2027, 3, 4)
    assert event.decoded("dtend") == date(2027, 3, 5), "the end of a whole day is the day after"
    assert event.decoded("dtstamp") == NOW
    assert (event["sequence"], event["status"], event["transp"]) == (0, "CONFIRMED", "TRANSPARENT")
    assert event["uid"] == uid_of(HERE, ADA, LAST_DAY)


def test_the_event_of_another_member_is_another(road: Road) -> None:
    """No two members, dates or chapters share an event, and its name shows nobody's."""
    other = Workspace("slack:T0OTHER")
    uids = {
        uid_of(workspace, member, subject)
        for workspace in (HERE, other)
        for member in (ADA, BEN)
        for subject in (LAST_DAY, "plan")
    }
    assert len(uids) == 8
    assert not any("U0ADA" in uid for uid in uids)


@pytest.mark.parametrize(
    "name", ["A, B; C\\D", "Lines\nof it", "Ü" * 90, "=cmd|'x'!A0", "BEGIN:VEVENT"]
)
def test_any_name_survives_the_file(road: Road, name: str) -> None:
    """Commas, line breaks and long names come out of the file as they went in, in short lines."""
    given_ = Given(f"season:{name}:apply_by", "apply_by", name, (TODAY,))
    event = event_at(given_, 0)
    assert event is not None
    made = calendar_file(event, road.bank.content.copy, HERE, ADA, NOW)
    assert all(len(line) <= 75 for line in made.split(b"\r\n"))
    (parsed,) = Calendar.from_ical(made).walk("VEVENT")
    assert parsed["summary"] == f"Last day to apply for {name}"


def test_a_date_that_moves_is_told_once_with_a_higher_sequence(road: Road) -> None:
    """Looked at as often as it may be, each change brings one file, of the same event."""
    road.run(calendars.give, ADA, LAST_DAY, "1")
    for day in (date(2027, 3, 11), date(2027, 3, 18)):
        says(road, replace(SPRING, apply_by=day))
        for _ in range(3):
            road.run(calendars.follow_all)
    events = [calendar.walk("VEVENT")[0] for calendar in files(road)]
    assert [e["sequence"] for e in events] == [0, 1, 2]
    assert [e.decoded("dtstart").day for e in events] == [4, 11, 18]
    assert len({e["uid"] for e in events}) == 1
    assert road.told("home").count(ADA) >= 1


def test_a_date_that_is_withdrawn_is_cancelled_and_may_come_back(road: Road) -> None:
    """The cancellation stands on the day that the event had; a new day is told as known again."""
    road.run(calendars.give, ADA, LAST_DAY, "1")
    says(road)
    road.run(calendars.follow_all)
    says(road, replace(SPRING, apply_by=date(2027, 3, 11)))
    road.run(calendars.follow_all)
    found = [road.run(calendars.told, ADA, subject) for subject in told(road)]
    assert [one.event.change for one in found if one] == ["same", "withdrawn", "again"]
    _, cancelled, again = (calendar.walk("VEVENT")[0] for calendar in files(road))
    assert (cancelled["status"], cancelled.decoded("dtstart")) == ("CANCELLED", date(2027, 3, 4))
    assert (again["status"], again["sequence"]) == ("CONFIRMED", 2)


def test_an_exam_that_shrinks_to_one_day_moves_its_last_day(road: Road) -> None:
    """Whoever took the last day is told where it is now, not that no day is known any more."""
    road.run(calendars.give, ADA, "season:Spring 2027:test_to", "1")
    says(road, replace(SPRING, test_to=SPRING.test_from))
    road.run(calendars.follow_all)
    _, now = (road.run(calendars.told, ADA, subject) for subject in told(road))
    assert now is not None and (now.event.change, now.event.day) == ("moved", SPRING.test_from)
    shown = road.run(calendars.read, ADA)
    assert [one.kind for one in shown.coming] == ["apply_by", "test_from"]


def test_what_is_over_is_not_told_again(road: Road) -> None:
    """A date that has passed goes from the files one day; nobody hears of it."""
    road.run(calendars.give, ADA, LAST_DAY, "1")
    road.now = datetime(2027, 6, 1, tzinfo=UTC)
    says(road)
    road.run(calendars.follow_all)
    assert len(told(road)) == 1
    assert not road.run(calendars.give, ADA, LAST_DAY, "2")


def test_the_plan_in_a_calendar_follows_the_plan(road: Road) -> None:
    """The member's own date moves with their plan; nobody else is told."""
    road.run(plan.choose, ADA, date(2027, 2, 1))
    road.run(calendars.give, ADA, "plan", "1")
    road.run(calendars.give, BEN, LAST_DAY, "2")
    road.run(plan.choose, ADA, date(2027, 2, 8))
    road.run(calendars.follow_all)
    assert told(road) == ["asked|0|plan", "followed|1|plan"]
    assert told(road, BEN) == [f"asked|0|{LAST_DAY}"]


def test_nobody_takes_a_date_that_is_not_theirs(road: Road) -> None:
    """Another member's plan cannot be had by naming it, nor a season that nobody knows."""
    road.run(plan.choose, ADA, date(2027, 2, 1))
    assert not road.run(calendars.give, BEN, "plan", "1")
    assert not road.run(calendars.give, BEN, "season:Fall 2030:apply_by", "2")
    assert told(road, BEN) == []


def test_asking_again_sends_the_same_event(road: Road) -> None:
    """A second press brings the file again and changes nothing in the calendar."""
    road.run(calendars.give, ADA, LAST_DAY, "1")
    road.run(calendars.give, ADA, LAST_DAY, "2")
    assert [c.walk("VEVENT")[0]["sequence"] for c in files(road)] == [0, 0]


def test_what_was_erased_is_told_no_more(road: Road) -> None:
    """After an erasure nothing is known of what was given, and what waited is not delivered."""
    road.run(calendars.give, ADA, LAST_DAY, "1")
    assert len(kept.stored(road.db, HERE, ADA)["calendars"]) == 1
    kept.erase(road.db, HERE, ADA)
    assert road.run(calendars.told, ADA, told(road)[0]) is None
    assert kept.stored(road.db, HERE, ADA) == {"calendars": []}


@given(st.lists(DAYS, min_size=1, max_size=6), st.dates(date(2026, 1, 1), date(2028, 12, 31)))
def test_whatever_happens_the_sequence_grows(days: list[date | None], today: date) -> None:
    """Told or not, an event never goes back in its sequence, and a second look finds nothing."""
    held = Given(LAST_DAY, "apply_by", SPRING.name, (date(2027, 3, 4),))
    for day in days:
        known: Mapping[str, MemberDate] = (
            {LAST_DAY: MemberDate(LAST_DAY, day, "apply_by", SPRING)} if day else {}
        )
        now = changed([held], known, today)
        assert all(one.sequence == held.sequence + 1 and one.day == day for one in now)
        assert not now or any(d is not None and d >= today for d in (held.day, day))
        held = now[0] if now else held
        assert changed([held], known, today) == ()


def test_the_dates_are_whole_in_text_and_blocks(road: Road) -> None:
    """Every date is in what a screen reader hears, and what a chair typed is only letters."""
    hostile = "<!channel> *bold* <https://example.org|here> & more"
    found = [
        Season(f"Fall {year}", date(year, 9, 1), date(year, 11, 1), date(year, 11, 30),
               hostile, TODAY, entered=True)
        for year in (2027, 2028, 2029, 2030)
    ]  # fmt: skip
    says(road, *found)
    road.run(plan.choose, ADA, date(2027, 2, 1))
    road.run(calendars.give, ADA, "plan", "1")
    shown = road.run(calendars.read, ADA)
    copy = road.bank.content.copy
    made = dates_message(shown, copy)
    taken(made)
    assert all(f"September 1, {year}" in made.text for year in (2027, 2028, 2029, 2030))
    assert made.text.count("In your calendar") == 1
    assert len(dates_blocks(shown, copy)) == 4
    taken(dates_message(DatesShown((), None, frozenset()), copy))


def test_very_many_dates_still_fit_a_message(road: Road) -> None:
    """However many seasons the committee enters, Slack takes the dates and the standing; what is
    left out is counted, and never a day of the member's own."""
    found = [
        Season(f"Season {at}", date(2027, at, 1), date(2027, at, 10), date(2027, at, 20),
               "x" * LONGEST_SOURCE, TODAY, entered=True)
        for at in range(1, 13)
    ]  # fmt: skip
    says(road, *found)
    road.run(plan.choose, ADA, date(2027, 12, 31))
    copy = road.bank.content.copy
    made = dates_message(road.run(calendars.read, ADA), copy)
    taken(made)
    assert "April 20, 2027" in made.text and "December 31, 2027" in made.text
    assert "Later dates that I know: 24." in made.text
    stands = standing_message(road.run(standing.read, ADA), copy)
    taken(stands)
    assert "Season 4:" in stands.text and "Later seasons that I know: 8." in stands.text
