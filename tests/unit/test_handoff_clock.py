"""When a request that waits brings itself up again, and what is promised of the next."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.handoff_clock import (
    ALARMS,
    Alarm,
    Patience,
    Waiting,
    is_stalled,
    measured,
    next_alarm,
)
from bot.domain.working_days import OFFICE

CHICAGO = ZoneInfo("America/Chicago")
PATIENCE = Patience(1, 2, 3)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=CHICAGO).astimezone(UTC)


SENT = at("2026-11-23T10:00")
"""A Monday morning."""


def waiting(
    away: str = "", *, has_heir: bool = True, rung: dict[Alarm, datetime] | None = None
) -> Waiting:
    until = date.fromisoformat(away) if away else None
    return Waiting(SENT, CHICAGO, until, has_heir, rung)


def sounded(found: Waiting, now: datetime) -> list[tuple[Alarm, datetime]]:
    """Every alarm with its time, when somebody looks the moment it is due."""
    rung: dict[Alarm, datetime] = {}
    while alarm := next_alarm(
        Waiting(found.since, found.zone, found.away_until, found.has_heir, rung),
        PATIENCE,
        OFFICE,
        now,
    ):
        now = max(now, alarm[1])
        rung[alarm[0]] = now
    return list(rung.items())


def test_the_holder_the_next_and_the_member_hear_in_this_order() -> None:
    """After one, two and three working days the holder, the next of the desk and the member hear
    that nobody has answered."""
    assert sounded(waiting(), SENT) == [
        ("remind", at("2026-11-24T10:00")),
        ("pass_on", at("2026-11-25T10:00")),
        ("tell_member", at("2026-11-26T10:00")),
    ]


def test_alone_on_the_desk_nothing_is_passed_on() -> None:
    """Where nobody else answers, the chair is reminded and the member is told."""
    found = [alarm for alarm, _ in sounded(waiting(has_heir=False), SENT)]
    assert found == ["remind", "tell_member"]


def test_who_is_away_is_not_reminded_and_the_next_gets_it_at_once() -> None:
    """A request with somebody who is away goes to the next when they would have been reminded."""
    assert sounded(waiting("2026-12-04"), SENT) == [
        ("pass_on", at("2026-11-24T10:00")),
        ("tell_member", at("2026-11-26T10:00")),
    ]


def test_with_everybody_away_nothing_counts_until_they_are_back() -> None:
    """While the only one of the desk is away, as the member reads, the days do not count."""
    assert sounded(waiting("2026-12-04", has_heir=False), SENT) == [
        ("remind", at("2026-12-08T09:00")),
        ("tell_member", at("2026-12-10T09:00")),
    ]


def test_after_the_bot_was_down_nobody_is_rung_at_night() -> None:
    """What is overdue waits for the morning, and the next of the desk for the reminder's time."""
    night = at("2026-12-01T23:30")
    assert sounded(waiting(), night) == [
        ("remind", at("2026-12-02T09:00")),
        ("tell_member", at("2026-12-02T09:00")),
        ("pass_on", at("2026-12-03T09:00")),
    ]


def test_all_that_sounded_sounds_no_more() -> None:
    """Each is told once for each wait."""
    rung = dict.fromkeys(ALARMS, SENT)
    assert next_alarm(waiting(rung=rung), PATIENCE, OFFICE, SENT + timedelta(days=90)) is None


@pytest.mark.parametrize(
    ("now", "stalled"), [("2026-11-24T09:59", False), ("2026-11-24T10:00", True)]
)
def test_a_request_counts_as_stalled_once_somebody_is_reminded(now: str, stalled: bool) -> None:
    """The digest calls a request stalled from the day on which its holder is reminded."""
    assert is_stalled(waiting(), PATIENCE, OFFICE, at(now)) is stalled


@given(
    minutes=st.integers(0, 60 * 24 * 60),
    away=st.none() | st.integers(-3, 30),
    has_heir=st.booleans(),
)
def test_every_alarm_comes_in_working_hours_and_the_member_always_hears(
    minutes: int, away: int | None, has_heir: bool
) -> None:
    """However late somebody looks, each alarm comes once, in working hours, and never too soon."""
    until = None if away is None else (SENT + timedelta(days=away)).date()
    found = Waiting(SENT, CHICAGO, until, has_heir)
    heard = sounded(found, SENT + timedelta(minutes=minutes))
    assert len({alarm for alarm, _ in heard}) == len(heard)
    assert "tell_member" in {alarm for alarm, _ in heard}
    assert all(OFFICE.includes(when, CHICAGO) and when > SENT for _, when in heard)
    times = dict(heard)
    told_desk = min(when for alarm, when in heard if alarm != "tell_member")
    assert told_desk <= times["tell_member"]


@pytest.mark.parametrize(
    ("days", "said"),
    [
        pytest.param([1] * 9, None, id="nine say nothing yet"),
        pytest.param([1] * 10, 1, id="ten do"),
        pytest.param([1] * 8 + [9, 9], 1, id="two slow ones of ten"),
        pytest.param([1] * 7 + [4, 9, 9], 4, id="three slow ones of ten"),
        pytest.param([1] * 8 + [None, None], 1, id="two without an answer"),
        pytest.param([1] * 7 + [None, None, None], None, id="three without an answer"),
        pytest.param([None] * 20, None, id="nobody ever answered"),
        pytest.param([2, 1, 3, 1, 2, 5, 2, 2, 1, 2, 3], 3, id="nine of eleven"),
    ],
)
def test_what_usually_happens_is_said_only_when_it_holds(
    days: list[int | None], said: int | None
) -> None:
    """ "Usually answers within" is true of eight in ten, and silence does not count as quick."""
    assert measured(days) == said
