"""A request that waits brings itself up: whoever has it, the next of the desk, the member."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from bot.domain.handoff_clock import Patience
from bot.domain.identity import MemberRef
from bot.domain.roles import Person
from bot.jobs import EVERYWHERE
from bot.services import away, handoff, handoff_clock, members, membership
from tests.support.handoff import ADA, BEN, CHAIR, DEPUTY, HERE, NOBODY, Office, chapter_of

SENT = datetime(2026, 11, 23, 16, 0, tzinfo=UTC)
"""A Monday at 10 in Chicago."""
DAY = timedelta(days=1)


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Office]:
    opened = Office(tmp_path)
    opened.now = SENT
    yield opened
    opened.close()


async def goes_by(office: Office, until: datetime) -> None:
    """The time until then, in steps that no alarm is lost between."""
    while office.now < until:
        office.now = min(until, office.now + timedelta(hours=3))
        await office.settle()
    await office.settle()


def alarms(office: Office) -> list[tuple[MemberRef, str]]:
    """Who was told, and of what."""
    return [
        (MemberRef(to), slot.split(":")[2])
        for to, slot in office.mail.posted
        if "alarm" in slot.split(":")[0]
    ]


def heard(office: Office, who: MemberRef, what: str) -> str:
    """What somebody was told by an alarm."""
    found = [
        message.text
        for (to, slot), message in office.mail.shown.items()
        if to == who and f":{what}:" in slot
    ]
    return "\n".join(found)


async def test_the_chair_the_deputy_and_the_member_hear_one_after_the_other(
    office: Office,
) -> None:
    """A request nobody answers reminds the chair, goes to the deputy, and tells the member."""
    ticket = await office.asked()
    await goes_by(office, SENT + DAY + timedelta(hours=1))
    assert alarms(office) == [(CHAIR, "remind")]
    assert "no. 1 has waited" in heard(office, CHAIR, "remind")
    assert "I bring it to Devika Rao too" in heard(office, CHAIR, "remind")
    await goes_by(office, SENT + 2 * DAY + timedelta(hours=1))
    assert alarms(office)[1:] == [(DEPUTY, "pass_on")]
    assert "Please call me." in office.text(DEPUTY, f"card:{ticket}")
    assert "Passed on to Devika Rao" in office.text(ADA, f"ticket:{ticket}")
    await goes_by(office, SENT + 3 * DAY + timedelta(hours=1))
    assert alarms(office)[2:] == [(ADA, "tell_member")]
    assert "Nobody has answered" in heard(office, ADA, "tell_member")
    await goes_by(office, SENT + 20 * DAY)
    assert len(alarms(office)) == 3


async def test_an_alarm_is_said_in_the_thread_of_what_it_is_about(office: Office) -> None:
    """The reminder stands under the card, and the member's word under their own message."""
    ticket = await office.asked()
    await goes_by(office, SENT + 4 * DAY)
    under = {slot.split(":")[2]: root for (_, slot), root in office.mail.under.items() if root}
    assert under["remind"] == f"card:{ticket}" and under["tell_member"] == f"ticket:{ticket}"


async def test_an_answer_ends_the_waiting_and_a_further_word_begins_it_anew(
    office: Office,
) -> None:
    """Once answered nobody is told anything; when the member writes on, the days begin again."""
    ticket = await office.asked()
    await goes_by(office, SENT + DAY + timedelta(hours=1))
    await office.run(handoff.reply, CHAIR, ticket, "On Friday.", "reply-1")
    await goes_by(office, SENT + 7 * DAY)
    assert alarms(office) == [(CHAIR, "remind")]
    await office.writes(ADA, "ticket", ticket, "Which Friday?")
    await goes_by(office, SENT + 8 * DAY + timedelta(hours=1))
    assert alarms(office) == [(CHAIR, "remind"), (CHAIR, "remind")]


async def test_an_alarm_that_was_answered_before_it_arrived_is_not_told(office: Office) -> None:
    """Answered in the same minute, the reminder is not sent any more."""
    ticket = await office.asked()
    office.now = SENT + DAY + timedelta(hours=1)
    await office.runtime.run(handoff_clock.ring_due, EVERYWHERE)
    await office.run(handoff.reply, CHAIR, ticket, "Here I am.", "reply-1")
    await office.settle()
    assert alarms(office) == []


async def test_two_rounds_at_once_and_a_clock_that_jumps_back_ring_once(office: Office) -> None:
    """However often and in whatever order somebody looks, each alarm sounds once."""
    await office.asked()
    office.now = SENT + DAY + timedelta(hours=1)
    rounds = [office.runtime.run(handoff_clock.ring_due, EVERYWHERE) for _ in range(4)]
    await asyncio.gather(*rounds)
    await office.settle()
    office.now = SENT
    await office.settle()
    await goes_by(office, SENT + DAY + timedelta(hours=4))
    assert alarms(office) == [(CHAIR, "remind")]


async def test_a_restart_between_alarm_and_delivery_tells_it_once(office: Office) -> None:
    """The bot ends after the alarm was noted: the next start tells it, and no second time."""
    await office.asked()
    office.now = SENT + DAY + timedelta(hours=1)
    await office.runtime.run(handoff_clock.ring_due, EVERYWHERE)
    await office.restarts()
    await office.settle()
    assert alarms(office) == [(CHAIR, "remind")]


async def test_the_days_are_those_of_the_chairs_own_time_zone(office: Office) -> None:
    """A chair in Tokyo is reminded in Tokyo's working hours, not in the chapter's."""
    await office.run(away.back, CHAIR)
    await office.asked(member=CHAIR, key="meets")  # so that the chair is known
    await office.run(handoff.withdraw, CHAIR, 1)
    await office.run(members.set_time_zone, CHAIR, "Asia/Tokyo")
    await office.asked(key="submit-2")
    await goes_by(office, SENT + 4 * DAY)
    # Monday 10:00 in Chicago is Tuesday 01:00 in Tokyo: from 9 there, one working day.
    told = when_rung(office, "remind")
    assert timedelta() <= told - datetime(2026, 11, 25, 0, 0, tzinfo=UTC) <= timedelta(hours=3)


def when_rung(office: Office, what: str) -> datetime:
    """When an alarm sounded, to the hour."""
    rows = office.runtime._store.reading.execute(
        "SELECT at FROM ticket_alarms WHERE what = ?", [what]
    ).fetchall()
    return datetime.fromisoformat(rows[0][0]).replace(minute=0, second=0, microsecond=0)


async def test_whoever_claimed_it_is_reminded(office: Office) -> None:
    """The deputy who took it up is reminded, and it goes on to the chair."""
    ticket = await office.asked()
    await goes_by(office, SENT + 2 * DAY + timedelta(hours=1))
    record = await office.record(ticket)
    await office.run(handoff.claim, DEPUTY, ticket, record.ticket.version)
    await office.writes(ADA, "ticket", ticket, "Anybody?")
    before = len(alarms(office))
    await goes_by(office, SENT + 3 * DAY + timedelta(hours=1))
    assert alarms(office)[before:] == [(ADA, "tell_member")]


async def test_alone_on_the_desk_the_chair_is_reminded_and_the_member_told(
    tmp_path: Path,
) -> None:
    """Without a deputy nothing is passed on, and the member still hears the truth."""
    office = Office(tmp_path, chapter_of(deputy=NOBODY))
    office.now = SENT
    await office.asked()
    await goes_by(office, SENT + 10 * DAY)
    assert alarms(office) == [(CHAIR, "remind"), (ADA, "tell_member")]
    office.close()


async def test_a_chair_who_asks_as_a_member_is_not_their_own_deputy(office: Office) -> None:
    """A chair's own request goes to the deputy, and never back to the chair as the next."""
    await office.asked(member=CHAIR)
    await goes_by(office, SENT + 10 * DAY)
    assert alarms(office) == [(DEPUTY, "remind"), (CHAIR, "tell_member")]


async def test_the_chapters_own_patience_holds(tmp_path: Path) -> None:
    """A chapter that gives its chair five working days has nobody rung before."""
    office = Office(tmp_path, chapter_of(patience=Patience(5, 6, 7)))
    office.now = SENT
    await office.asked()
    await goes_by(office, SENT + 6 * DAY)
    assert alarms(office) == []
    await goes_by(office, SENT + 7 * DAY + timedelta(hours=1))
    assert alarms(office) == [(CHAIR, "remind")]
    office.close()


async def test_what_was_put_off_wakes_by_itself_and_its_holder_hears(office: Office) -> None:
    """A snoozed request rings at nobody until its day, then its card is as before."""
    ticket = await office.asked()
    snoozed = await office.run(handoff.snooze, CHAIR, ticket, date(2026, 11, 30), "snooze-1")
    until = snoozed.snoozed_until
    await goes_by(office, until - timedelta(minutes=1))
    assert alarms(office) == []
    await goes_by(office, until + timedelta(hours=1))
    assert alarms(office) == [(CHAIR, "woken")]
    assert (await office.record(ticket)).ticket.snoozed_until is None
    await goes_by(office, until + 3 * DAY)
    assert (CHAIR, "remind") in alarms(office)


async def test_while_the_chair_is_away_the_deputy_gets_it_as_soon_as_a_reminder_was_due(
    office: Office,
) -> None:
    """Nobody rings at somebody who is away: what waits for them goes to the deputy."""
    ticket = await office.asked()
    await office.run(away.set, CHAIR, date(2026, 12, 4))
    await goes_by(office, SENT + DAY + timedelta(hours=1))
    assert alarms(office) == [(DEPUTY, "pass_on")]
    assert "Please call me." in office.text(DEPUTY, f"card:{ticket}")


async def test_a_chair_who_left_has_the_reminder_go_to_the_deputy(office: Office) -> None:
    """Whoever is deactivated after they got the card is not waited for: the deputy claims it."""
    ticket = await office.asked()
    office.mail.gone.add(CHAIR)
    await office.run(membership.left, CHAIR)
    await office.settle()
    assert "Please call me." in office.text(DEPUTY, f"card:{ticket}")
    await goes_by(office, SENT + DAY + timedelta(hours=1))
    assert alarms(office) == [(DEPUTY, "remind")]
    record = await office.record(ticket)
    claimed = await office.run(handoff.claim, DEPUTY, ticket, record.ticket.version)
    assert claimed.claimed_by == DEPUTY
    await office.settle()
    assert "Taken up by Devika Rao" in office.text(ADA, f"ticket:{ticket}")


async def test_a_reminder_that_cannot_arrive_brings_the_card_to_the_deputy(
    office: Office,
) -> None:
    """Slack says only at the reminder that the chair is gone: the deputy has it from then on."""
    ticket = await office.asked()
    office.mail.gone.add(CHAIR)
    await goes_by(office, SENT + DAY + timedelta(hours=1))
    assert "Please call me." in office.text(DEPUTY, f"card:{ticket}")
    assert "Delivered to Devika Rao" in office.text(ADA, f"ticket:{ticket}")


async def test_chair_and_deputy_gone_the_admin_gets_it(tmp_path: Path) -> None:
    """The configured admin is the last who is tried before the member hears that nobody is."""
    admin = MemberRef(f"{CHAIR.rpartition(':')[0]}:U0ADMIN")
    office = Office(tmp_path, chapter_of(admin=Person("U0ADMIN", "Noa Lindqvist")))
    office.now = SENT
    office.mail.gone |= {CHAIR, DEPUTY}
    ticket = await office.asked()
    assert "Please call me." in office.text(admin, f"card:{ticket}")
    assert "Delivered to" in office.text(ADA, f"ticket:{ticket}")
    office.mail.gone.add(admin)
    other = await office.asked(member=BEN, key="submit-2")
    assert "nobody has it" in office.text(BEN, f"ticket:{other}")
    office.close()


async def test_a_member_is_told_the_truth_when_nobody_can_be_reached(office: Office) -> None:
    """With the whole desk out of reach the member does not read that it was brought up there."""
    office.mail.gone |= {CHAIR, DEPUTY}
    await office.asked()
    await goes_by(office, SENT + 4 * DAY)
    text = heard(office, ADA, "tell_member")
    assert "cannot reach anybody" in text and "brought it up" not in text


async def test_a_member_is_told_the_truth_when_the_whole_desk_has_left(office: Office) -> None:
    """Chair and deputy are deactivated after they got the card: the member reads at once that
    nobody has it, hears after three days that nobody answered, and it goes to whoever is back."""
    await office.jobs.recover(HERE)
    ticket = await office.asked()
    for person in (CHAIR, DEPUTY):
        office.mail.gone.add(person)
        await office.run(membership.left, person)
        await office.settle()
    assert "nobody has it" in office.text(ADA, f"ticket:{ticket}")
    await goes_by(office, SENT + 4 * DAY)
    assert alarms(office) == [(ADA, "tell_member")]
    assert "cannot reach anybody" in heard(office, ADA, "tell_member")
    office.mail.gone.discard(DEPUTY)
    await office.run(membership.came_back, DEPUTY)
    await goes_by(office, SENT + 5 * DAY)
    assert "Delivered to Devika Rao" in office.text(ADA, f"ticket:{ticket}")
    assert alarms(office)[1:] == [(DEPUTY, "remind")]
