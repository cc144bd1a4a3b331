"""When an answer may be expected: the chapter's promise, what really happens, who is away."""

from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from bot.domain.ledger_days import DayFault
from bot.domain.roles import Person
from bot.services import away, handoff, handoff_clock
from handlers.slack.handoff_clock import promising
from handlers.slack.views.away import (
    away_message,
    back_message,
    handed_over_message,
    not_read_message,
)
from handlers.slack.views.handoff_clock import alarm_message, with_promise
from tests.support.handoff import ADA, BEN, CHAIR, DEPUTY, HERE, NOBODY, Office, chapter_of

SENT = datetime(2026, 11, 23, 16, 0, tzinfo=UTC)
UNTIL = date(2026, 12, 4)
DAY = timedelta(days=1)


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Office]:
    opened = Office(tmp_path)
    opened.now = SENT
    yield opened
    opened.close()


async def ended(office: Office, number: int, *, answer: bool = True) -> None:
    """A request that was sent, answered (or not) some hours later, and closed."""
    ticket = (await office.asks(key=f"submit-{number}")).ticket.id
    office.now += timedelta(hours=2)
    if answer:
        await office.run(handoff.reply, CHAIR, ticket, "Here you are.", f"reply-{number}")
    await office.run(handoff.close, CHAIR, ticket, "answered", f"close-{number}")
    office.now += timedelta(hours=1)


async def said(office: Office) -> str:
    """What a member reads of when an answer comes."""
    return (await promising(office.runtime, HERE)).values["promise"] or ""


async def test_the_chapters_promise_is_said_until_ten_have_shown_how_long_it_takes(
    office: Office,
) -> None:
    """Nine ended requests change nothing; with the tenth the member reads what usually happens."""
    for number in range(9):
        await ended(office, number)
    assert await said(office) == "You can expect an answer within two days."
    await ended(office, 9)
    assert await said(office) == "Christina Bloom, CLM usually answers within 1 working day."
    ticket = await office.asked(key="the next")
    assert "usually answers within 1 working day" in office.text(ADA, f"ticket:{ticket}")


async def test_requests_that_ended_without_an_answer_do_not_count_as_quick(
    office: Office,
) -> None:
    """Silence is not an answer: where three in ten got none, the chapter's own promise stays."""
    for number in range(10):
        await ended(office, number, answer=number >= 3)
    assert await said(office) == "You can expect an answer within two days."


async def test_withdrawn_requests_say_nothing_of_how_long_it_takes(office: Office) -> None:
    """What a member took back is no measure of anything."""
    for number in range(9):
        await ended(office, number)
    ticket = (await office.asks(key="withdrawn")).ticket.id
    await office.run(handoff.withdraw, ADA, ticket)
    assert (await office.run(handoff_clock.promise_of)).days is None


async def test_without_a_promise_of_either_kind_nothing_is_promised(tmp_path: Path) -> None:
    """A chapter that promises nothing has nothing promised for it."""
    office = Office(tmp_path, chapter_of(reply_promise=None))
    assert await said(office) == ""
    ticket = await office.asked()
    assert "Sent and delivered. The answer comes here." in office.text(ADA, f"ticket:{ticket}")
    office.close()


async def test_the_member_reads_that_the_chair_is_away_and_who_answers(office: Office) -> None:
    """New requests go to the deputy, and the member reads until when the chair is away."""
    await office.run(away.set, CHAIR, UNTIL)
    ticket = await office.asked()
    assert "Please call me." in office.text(DEPUTY, f"card:{ticket}")
    assert (CHAIR, f"card:{ticket}") not in office.mail.shown
    says = "Christina Bloom, CLM is away until December 4, 2026; Devika Rao answers meanwhile."
    assert says in office.text(ADA, f"ticket:{ticket}")
    await office.run(away.back, CHAIR)
    await office.settle()
    assert "away" not in office.text(ADA, f"ticket:{ticket}")


async def test_with_everybody_away_the_first_still_gets_it_and_the_member_reads_so(
    office: Office,
) -> None:
    """Nobody stands in: the chair has it, and nothing is promised before they are back."""
    await office.run(away.set, CHAIR, UNTIL)
    await office.run(away.set, DEPUTY, UNTIL)
    ticket = await office.asked()
    text = office.text(ADA, f"ticket:{ticket}")
    assert "Please call me." in office.text(CHAIR, f"card:{ticket}")
    assert "away until December 4, 2026, so an answer may take until after that" in text
    assert "two days" not in text


async def test_an_absence_ends_by_itself_on_the_chapters_calendar(office: Office) -> None:
    """The day after the last day away, requests come to the chair again."""
    await office.run(away.set, CHAIR, date(2026, 11, 23))
    office.now = datetime(2026, 11, 24, 5, 59, tzinfo=UTC)  # still the 23rd in Chicago
    assert (await office.run(away.shown, CHAIR)).until == date(2026, 11, 23)
    office.now = datetime(2026, 11, 24, 6, 1, tzinfo=UTC)
    assert (await office.run(away.shown, CHAIR)).until is None
    ticket = await office.asked()
    assert "Please call me." in office.text(CHAIR, f"card:{ticket}")


async def test_what_waits_is_handed_over_once_and_what_does_not_stays(office: Office) -> None:
    """One press gives the deputy what waits for the chair; pressed twice it does nothing more."""
    waits = await office.asked()
    answered = await office.asked(member=BEN, key="submit-2")
    await office.run(handoff.reply, CHAIR, answered, "Read this.", "reply-1")
    absence = await office.run(away.set, CHAIR, UNTIL)
    assert absence.waiting == 1
    shown = away_message(absence, office.copy)
    assert "1 request waits for you" in shown.text and "Hand over now" in repr(shown.blocks)
    moved = await office.run(away.hand_over, CHAIR, "press-1")
    again = await office.run(away.hand_over, CHAIR, "press-2")
    await office.settle()
    assert (moved.number, again.number) == (1, 0)
    assert (await office.record(waits)).ticket.claimed_by == DEPUTY
    assert (await office.record(answered)).ticket.claimed_by == CHAIR
    assert "Please call me." in office.text(DEPUTY, f"card:{waits}")
    after = handed_over_message(moved, await office.run(away.shown, CHAIR), office.copy)
    assert after.text.startswith("1 request is with Devika Rao now.")
    assert "Hand over now" not in repr(after.blocks)


async def test_nobody_but_the_desk_can_be_away(office: Office) -> None:
    """A member who is no longer of the desk changes nothing with an old button."""
    assert await office.run(away.set, ADA, UNTIL) is None
    assert await office.run(away.hand_over, ADA, "press-1") is None
    assert await office.run(away.back, ADA) is None
    assert (await office.run(away.shown, CHAIR)).stand_in.member == DEPUTY


async def test_alone_there_is_nobody_to_hand_over_to(tmp_path: Path) -> None:
    """Without a deputy the chair reads that requests still come, and no button leads nowhere."""
    office = Office(tmp_path, chapter_of(deputy=NOBODY))
    office.now = SENT
    await office.asked()
    shown = away_message(await office.run(away.set, CHAIR, UNTIL), office.copy)
    assert "requests still come to you" in shown.text
    assert "1 request waits for you until you are back" in shown.text
    assert "Hand over now" not in repr(shown.blocks) and "I am back" in repr(shown.blocks)
    moved = await office.run(away.hand_over, CHAIR, "press-1")
    absence = await office.run(away.shown, CHAIR)
    assert "nothing was handed over" in handed_over_message(moved, absence, office.copy).text
    office.close()


@pytest.mark.parametrize(
    ("fault", "says"),
    [
        (DayFault("not_read"), "could not read"),
        (DayFault("past", {"day": "May 1, 2026"}), "May 1, 2026 is past"),
        (DayFault("too_far", {"day": "May 1, 2036"}), "further off"),
        (DayFault("day_ambiguous", {"one": "May 12", "other": "December 5"}), "May 12 or Dec"),
    ],
)
async def test_a_day_that_is_none_is_told_with_how_to_write_one(
    office: Office, fault: DayFault, says: str
) -> None:
    """Nothing is guessed: the chair reads why, how to write it, and that nothing changed."""
    absence = await office.run(away.shown, CHAIR)
    text = not_read_message(fault, absence, office.copy).text
    assert says in text and "/clm chair away until December 7, 2026" in text
    assert "you are not away" in text
    absence = await office.run(away.set, CHAIR, UNTIL)
    assert "away until December 4, 2026" in not_read_message(fault, absence, office.copy).text


async def test_the_text_alone_says_everything(office: Office) -> None:
    """Whoever reads with a screen reader misses nothing that stands in the blocks."""
    absence = await office.run(away.set, CHAIR, UNTIL)
    for shown in (away_message(absence, office.copy), back_message(office.copy)):
        sections = [b["text"]["text"] for b in shown.blocks if b["type"] == "section"]
        assert all(section in shown.text for section in sections)


async def test_a_copy_without_a_promise_copes(office: Office) -> None:
    """Where nobody laid the promise over, the sentences say that the answer comes."""
    copy = office.copy
    assert copy.say("handoff.state_delivered").endswith("The answer comes here.")
    promised = with_promise(copy, handoff_clock.Promise("two days"))
    assert "within two days" in promised.say("handoff.state_delivered")


async def test_a_name_in_chapter_yaml_is_only_ever_letters(tmp_path: Path) -> None:
    """A deputy whose name looks like a mention pages nobody."""
    office = Office(tmp_path, chapter_of(deputy=Person("U0DEV", "<!channel> *Dev*")))
    office.now = SENT
    shown = away_message(await office.run(away.set, CHAIR, UNTIL), office.copy)
    assert "&lt;!channel&gt;" in shown.text and "<!channel>" not in shown.text
    ticket = await office.asked()
    assert "<!channel>" not in office.text(ADA, f"ticket:{ticket}")
    alarm = handoff_clock.Sounding(
        (await office.record(ticket)).ticket,
        SENT,
        "remind",
        (await office.run(away.shown, CHAIR)).stand_in,
    )
    assert "<!channel>" not in alarm_message(alarm, office.copy).text
    office.close()
