"""The Monday digest: when it comes, what it says, and that it keeps quiet when there is nothing."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.digest import Digest, comes_at, week_of
from bot.domain.identity import MemberRef
from bot.domain.reminders import USUAL, Reminding
from bot.playground.blocks import message_faults
from bot.services import digest, membership
from handlers.slack.views.digest import digest_message
from tests.support.desk_history import CHAIR, DEPUTY, Asks, Questions, asks, questions, ticket
from tests.support.road import ADA, BEN, HERE, Road, content

ZONE = ZoneInfo("America/Chicago")
MONDAY = date(2026, 11, 23)


def at(day: date, hour: int, minute: int = 0, zone: ZoneInfo = ZONE) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=zone).astimezone(UTC)


@pytest.fixture
def road() -> Iterator[Road]:
    made = Road(at(MONDAY - timedelta(days=3), 12))
    yield made
    made.close()


def ticks(road: Road, now: datetime) -> list[str]:
    """The clock says so, and the bot does what is due; who has been sent a digest so far."""
    road.now = now
    due = road.run(digest.next_due)
    if due is not None and due <= now:
        road.run(digest.send_due)
    return road.told("digest")


def read(road: Road, who: MemberRef = CHAIR) -> Digest:
    found = road.run(digest.compose, who)
    assert found is not None
    return found


def text(road: Road, who: MemberRef = CHAIR) -> str:
    shown = digest_message(read(road, who), content().copy)
    assert message_faults({"text": shown.text, "blocks": list(shown.plain)}) == []
    return shown.text


def test_it_comes_on_monday_at_nine_by_each_readers_clock(road: Road) -> None:
    """The deputy on the west coast reads it two hours after the chair; each gets one."""
    road.lives_in("America/Los_Angeles", DEPUTY)
    assert ticks(road, at(MONDAY, 8, 59)) == []
    assert ticks(road, at(MONDAY, 9)) == [CHAIR]
    assert ticks(road, at(MONDAY, 10, 59)) == [CHAIR]
    assert ticks(road, at(MONDAY, 11)) == [CHAIR, DEPUTY]
    for hours in range(1, 24 * 6):
        assert ticks(road, at(MONDAY, 11) + timedelta(hours=hours)) == [CHAIR, DEPUTY]
    assert len(ticks(road, at(MONDAY + timedelta(days=7), 11))) == 4


@pytest.mark.parametrize(
    ("days", "hour", "comes"),
    [(0, 15, True), (1, 7, False), (1, 8, True), (1, 19, True), (1, 21, False), (2, 9, False)],
)
def test_after_a_monday_without_the_bot_it_comes_by_tuesday(
    road: Road, days: int, hour: int, comes: bool
) -> None:
    """Late is better than never until Tuesday evening; at night and after that nothing comes."""
    assert bool(ticks(road, at(MONDAY + timedelta(days=days), hour))) is comes


def test_a_clock_that_jumps_back_sends_nothing_again(road: Road) -> None:
    """The same Monday twice brings one digest."""
    first = ticks(road, at(MONDAY, 9))
    assert ticks(road, at(MONDAY, 8)) == first
    assert ticks(road, at(MONDAY, 9)) == first


def test_who_is_away_is_left_in_peace(road: Road) -> None:
    """Somebody away gets none; the other does."""
    road.db.execute(
        "INSERT INTO away (workspace, member, until, at) VALUES (?, ?, '2026-11-27', '')",
        [HERE, CHAIR],
    )
    road.db.conn.commit()
    assert ticks(road, at(MONDAY, 9)) == [DEPUTY]


def test_who_has_left_slack_gets_none(road: Road) -> None:
    """A chair whose account was deactivated is sent nothing that could never arrive."""
    asks(road, Asks("unknown", at=road.now))
    road.run(membership.left, CHAIR)
    assert ticks(road, at(MONDAY, 9)) == [DEPUTY]


def test_only_those_who_tend_the_chapter_read_it(road: Road) -> None:
    """A plain member gets none, and neither does a deputy who is one no longer."""
    assert road.run(digest.compose, ADA) is None
    assert road.run(digest.compose, DEPUTY) is not None
    road.db.execute("INSERT INTO roles VALUES (?, ?, 'deputy', 0, NULL)", [HERE, DEPUTY])
    road.db.conn.commit()
    assert road.run(digest.compose, DEPUTY) is None
    assert ticks(road, at(MONDAY, 12)) == [CHAIR]


@settings(max_examples=60, deadline=None)
@given(
    st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31)),
    st.sampled_from(["America/Chicago", "Pacific/Apia", "Asia/Kathmandu", "Europe/London"]),
    st.booleans(),
)
def test_it_is_always_a_monday_or_tuesday_in_waking_hours(
    naive: datetime, name: str, has_it: bool
) -> None:
    """Whenever the bot looks, the next digest comes then or later, on the right day, not at
    night, over every change of the clocks."""
    now, zone = naive.replace(tzinfo=UTC), ZoneInfo(name)
    due = comes_at(now, zone, USUAL, has_this_weeks=has_it)
    local = max(due, now).astimezone(zone)
    assert local.weekday() in (0, 1)
    assert not USUAL.is_quiet(local.hour)
    assert local - now.astimezone(zone) < timedelta(days=9)
    if has_it:
        assert week_of(max(due, now), zone) > week_of(now, zone)


def test_quiet_hours_of_the_chapter_hold(road: Road) -> None:
    """Where mornings are quiet until ten, it comes at ten."""
    late = Reminding((3,), at=11, quiet_from=20, quiet_to=10)
    due = comes_at(at(MONDAY, 7), ZONE, late, has_this_weeks=False)
    assert due == at(MONDAY, 10)


def test_with_nothing_to_say_it_is_empty(road: Road) -> None:
    """No request, no question: nothing is worth a message; questions that were answered are no
    reason to write."""
    asks(road, Asks("answer", "exam-fee", at=road.now))
    assert read(road).is_empty
    assert "Nothing waits for you" in text(road)
    assert "1 asked, 1 of them answered without a person" in text(road)


def test_what_is_new_and_what_waits_is_listed_oldest_first(road: Road) -> None:
    """Names appear where they were shared; each line says since when."""
    road.now = at(MONDAY, 9)
    old = road.now - timedelta(days=12)
    ticket(road, at=old, member=BEN, waits=old, claimed_by=CHAIR)
    fresh = road.now - timedelta(days=1)
    ticket(road, at=fresh, name="Ada Okafor", waits=fresh)
    said = text(road)
    assert "Waiting for your answer: 2." in said
    assert said.index("Request 1, a member, November 11") < said.index("Request 2, Ada Okafor")
    assert "New requests since November 16, 2026: 1." in said
    assert "U0BEN" not in said


def test_a_new_request_is_named_once_and_a_silent_month_has_no_chart(road: Road) -> None:
    """What waits for the reader is counted among the new ones and not named again; where nobody
    asked anything there are no weeks to show."""
    road.now = at(MONDAY, 9)
    fresh = road.now - timedelta(days=1)
    ticket(road, at=fresh, name="Ada Okafor", waits=fresh)
    said = text(road)
    assert "New requests since November 16, 2026: 1." in said
    assert said.count("Ada Okafor") == 1 and "Week of" not in said


def test_a_name_cannot_call_the_channel(road: Road) -> None:
    """Whatever somebody calls themselves, the digest shows letters and mentions nobody."""
    road.now = at(MONDAY, 9)
    ticket(road, at=road.now, name="<!channel> *Ada*", waits=road.now)
    said = text(road)
    assert "&lt;!channel&gt; *Ada*" in said
    assert "<!channel>" not in said


def test_new_is_new_since_the_last_one(road: Road) -> None:
    """What came before the last digest is not new in the next."""
    ticket(road, at=at(MONDAY, 8), waits=at(MONDAY, 8))
    ticks(road, at(MONDAY, 9))
    road.now = at(MONDAY, 10)
    assert read(road).new.total == 1
    ticket(road, at=at(MONDAY, 11), member=BEN, waits=at(MONDAY, 11))
    road.now = at(MONDAY + timedelta(days=7), 10)
    assert [line.number for line in read(road).new.lines] == [2]


def test_a_snoozed_request_waits_for_nobody(road: Road) -> None:
    """Put off until Friday, it is not in the list before."""
    early = road.now - timedelta(days=1)
    ticket(road, at=early, waits=early, snoozed=road.now + timedelta(days=2))
    assert read(road).on_me.total == 0


def test_what_others_leave_lying_is_shown_as_stalled(road: Road) -> None:
    """A request that the deputy has had for weeks shows in the chair's digest, and in the deputy's
    as their own."""
    long_ago = road.now - timedelta(days=20)
    ticket(road, at=long_ago, waits=long_ago, claimed_by=DEPUTY, state="claimed")
    assert (read(road).on_me.total, read(road).stalled.total) == (0, 1)
    own = read(road, DEPUTY)
    assert (own.on_me.total, own.stalled.total) == (1, 0)


@pytest.mark.parametrize(("days", "shown"), [(12, 0), (15, 1)])
def test_a_silent_member_is_offered_to_be_closed(road: Road, days: int, shown: int) -> None:
    """After ten working days without a word, and not before, closing is one press away."""
    since = road.now - timedelta(days=days)
    ticket(road, at=since, state="waiting_member", claimed_by=CHAIR)
    found = read(road)
    assert found.silent.total == shown
    buttons = repr(digest_message(found, content().copy).blocks)
    assert ("handoff.close" in buttons) is bool(shown)


def test_many_requests_are_a_few_lines_and_a_number(road: Road) -> None:
    """However many wait, the message stays within Slack's limits and says how many more."""
    for number in range(60):
        since = road.now - timedelta(days=40, minutes=number)
        who = MemberRef(f"{HERE}:U{number}")
        ticket(road, at=since, member=who, waits=since, name="Ä" * 300)
    said = text(road)
    assert "Waiting for your answer: 60." in said
    assert "And more: 56." in said
    assert len(said.encode()) <= 4_000


def test_the_text_says_the_numbers_of_the_chart(road: Road) -> None:
    """Chart, bars and words hold the same numbers, week by week."""
    for minute in range(3):
        asks(road, Asks("answer", f"e{minute}", at=road.now - timedelta(minutes=minute)))
    asks(road, Asks("unknown", at=road.now - timedelta(days=8), member=BEN, question="dogs?"))
    found = digest_message(replaced(road), content().copy)
    [chart] = [block for block in found.blocks if block["type"] == "data_visualization"]
    answered, others = chart["chart"]["series"]
    assert [point["value"] for point in answered["data"]] == [0, 0, 0, 0, 3]
    assert [point["value"] for point in others["data"]] == [0, 0, 0, 1, 0]
    assert "Week of November 16, 2026: 3 asked, 3 of them" in found.text
    assert "Week of November 9, 2026: 1 asked, 0 of them" in found.text
    bars = found.plain[-1]["text"]["text"]
    assert bars.endswith("answered without a person. " + "█" * 12)
    assert len(chart["title"]) <= 50


def replaced(road: Road) -> Any:
    """The chair's digest without the questions: those need an index to be grouped by."""
    road.db.execute("DELETE FROM unknown_questions")
    road.db.conn.commit()
    return read(road)


def test_a_long_history_takes_no_more_statements(road: Road) -> None:
    """Over thousands of questions the digest asks the database as often as over none, and nothing
    walks through the turns of other times."""
    before = statements(road)
    questions(road, Questions(4_000, 40, timedelta(days=700)))
    replaced(road)
    asked = statements(road)
    assert len(asked) == len(before)
    plans = [
        row[3]
        for sql in asked
        if " turns " in sql
        for row in road.db.execute(f"EXPLAIN QUERY PLAN {sql}").fetchall()
    ]
    assert any("turns_at" in plan for plan in plans)
    assert not any(plan.startswith("SCAN turns") for plan in plans)


def statements(road: Road) -> list[str]:
    """What one digest asks the database."""
    asked: list[str] = []
    road.db.conn.set_trace_callback(asked.append)
    try:
        read(road)
    finally:
        road.db.conn.set_trace_callback(None)
    return asked
