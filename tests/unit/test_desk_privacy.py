"""What the desk learns, keeps and logs of members: who saw it is told, and it goes with them."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import structlog

from bot.domain.identity import MemberRef
from bot.domain.roles import Appointment
from bot.services import handoff, privacy, proposals, saved_replies
from bot.services.transaction import Transaction, writes
from bot.store import faq, roles
from handlers.slack.views.privacy import page_message
from tests.support.handoff import ADA, BEN, CHAIR, DEPUTY
from tests.support.learning import School

QUESTION = "can I park a llama beside the pool"
PRIVATE = "my manager must not know"


@pytest.fixture
def school(tmp_path: Path) -> Iterator[School]:
    opened = School(tmp_path)
    yield opened
    opened.close()


@writes
def made_editor(tx: Transaction, member: MemberRef) -> None:
    given = Appointment(member, "editor", True, "Ben")
    roles.decide(tx.db, tx.workspace, given, CHAIR, tx.now)


@writes
def voted(tx: Transaction, member: MemberRef, turn: int, helpful: bool) -> None:
    faq.vote(tx.db, turn, member, helpful, tx.now)


def line(page: str, start: str) -> str:
    return next(one for one in page.splitlines() if start in one)


async def page_of(school: School, member: MemberRef) -> str:
    return page_message(await school.run(privacy.overview, member), school.copy).text


async def test_the_page_names_who_learns_from_questions(school: School) -> None:
    """Questions, wordings and votes against an answer are read by whoever may edit the answers, and
    the member is told who that is; a vote for an answer is nobody else's."""
    await school.asked(ADA, QUESTION)
    turn = await school.offered(ADA, QUESTION, "ticket-price", "opening-hours")
    await school.run(proposals.propose, ADA, turn, "ticket-price")
    shown = await school.shown(ADA, "how much is a ticket", "ticket-price")
    await school.run(voted, ADA, shown, True)
    assert "Seen by you alone" in line(await page_of(school, ADA), "Votes on answers")
    await school.run(voted, ADA, shown, False)
    page = await page_of(school, ADA)
    for kind in ("Questions I could not answer", "Your words for a question", "Votes on answers"):
        assert "Seen by <@U0CHRISTINA>, <@U0DEV>." in line(page, kind)
    assert "Seen by you alone" in line(page, "Questions you asked")


async def test_an_editor_reads_no_request(school: School) -> None:
    """Members write to those who answer for the chapter: an editor who guesses the number of a
    request is shown neither its question nor the replies."""
    await school.run(made_editor, BEN)
    opened = await school.asks(note=PRIVATE)
    ticket = opened.ticket.id
    await school.settle()
    await school.run(handoff.reply, CHAIR, ticket, "That stays between us.", "reply-1")
    await school.run(handoff.close, CHAIR, ticket, "answered", "close-1")
    assert await school.run(saved_replies.people_of, BEN, ticket) is None
    assert await school.run(saved_replies.of_ticket, BEN, ticket, ()) is None
    assert await school.run(saved_replies.people_of, DEPUTY, ticket) is not None


async def test_what_the_desk_wrote_about_a_request_goes_with_it(school: School) -> None:
    """Notes, reasons and alarms are gone when the member erases their data."""
    opened = await school.asks(note=PRIVATE)
    ticket = opened.ticket.id
    await school.settle()
    await school.run(handoff.note, CHAIR, ticket, "Call her after nine.", "note-1")
    await school.run(handoff.reassign, CHAIR, ticket, DEPUTY, "She knows her.", "pass-1")
    store = school.runtime._store.writing
    alarm = "INSERT INTO ticket_alarms (ticket, what, since, at) VALUES (?, 'remind', '', '')"
    with store.conn:
        store.execute(alarm, [ticket])
    tables = ("ticket_notes", "ticket_history", "ticket_alarms", "ticket_messages", "tickets")
    assert store.execute("SELECT count(*) FROM ticket_notes").fetchone() == (1,)
    await school.run(privacy.erase, ADA)
    for table in tables:
        assert store.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,), table


async def test_what_cannot_be_delivered_is_logged_without_words_or_people(school: School) -> None:
    """Nobody of the desk nor the member can be reached: the log says what kind of message failed,
    and nothing of what it says, whom it is for or whom it is about."""
    lines: list[Any]
    with structlog.testing.capture_logs() as lines:
        school.mail.gone = {CHAIR, DEPUTY, ADA}
        opened = await school.asks(note=PRIVATE, name="Ada Okafor")
        await school.settle()
        school.mail.gone = {ADA}
        await school.settle()
        await school.run(handoff.note, CHAIR, opened.ticket.id, "Call her after nine.", "note-1")
        await school.run(handoff.reply, CHAIR, opened.ticket.id, "Between us.", "reply-1")
        await school.settle()
    assert {one["event"] for one in lines} == {"notice not delivered"}
    said = repr(lines)
    for secret in (PRIVATE, "Okafor", "U0", "T0", "Call her", "Between us"):
        assert secret not in said
