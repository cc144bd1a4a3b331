"""What was carried over and is then edited or deleted: both sides see the same, marked."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.domain.identity import MemberRef
from bot.domain.notices import Landing
from bot.services import handoff
from bot.services.handoff_thread import Side
from tests.support.handoff import ADA, BEN, CHAIR, DEV, NOBODY, START, Office, chapter_of

LONG = " ".join(f"word{n}" for n in range(600))
LONGER = " ".join(f"Word{n}" for n in range(900))


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """A chapter with a chair and a deputy."""
    made = Office(tmp_path)
    yield made
    made.close()


@pytest.mark.parametrize(
    ("who", "side", "other", "root", "head"),
    [
        (ADA, "ticket", CHAIR, "card:1", "Ada Okafor writes (edited):"),
        (CHAIR, "card", ADA, "ticket:1", "From Christina Bloom, CLM (edited):"),
    ],
    ids=["member", "chair"],
)
async def test_an_edit_is_carried_over_and_marked(
    office: Office, who: MemberRef, side: Side, other: MemberRef, root: str, head: str
) -> None:
    """The relayed message changes in its place; the same edit sent again changes nothing more."""
    ticket = await office.asked()
    await office.writes(who, side, ticket, "Monday", ts="1.1")
    for _ in range(2):
        await office.edits(who, side, ticket, "Tuesday", ts="1.1")
    thread = office.thread(other, root)
    assert [head in text and "Tuesday" in text for text in thread] == [True]
    assert "Monday" not in thread[0]
    assert office.said_to(who).count("marked as edited") == 1


@pytest.mark.parametrize(
    ("before", "after", "parts"),
    [(LONG, LONGER, 3), (LONGER, LONG, 2), (LONG, "Short", 1), ("Short", LONGER, 3)],
    ids=["more", "fewer", "one", "from one"],
)
async def test_an_edit_of_a_long_message_carries_all_its_parts(
    office: Office, before: str, after: str, parts: int
) -> None:
    """However many parts there were, those at the chair's together are the new text again."""
    ticket = await office.asked()
    await office.writes(ADA, "ticket", ticket, before, ts="1.1")
    await office.edits(ADA, "ticket", ticket, after, ts="1.1")
    relayed = [
        m.blocks[-1]["text"]["text"]
        for (to, slot), m in office.mail.shown.items()
        if to == CHAIR and slot.startswith("card_message:")
    ]
    kept = [text for text in relayed if "took back" not in text]
    assert (len(kept), "".join(kept)) == (parts, after)
    await office.edits(ADA, "ticket", ticket, before, ts="1.1", key="back")
    assert before[-20:] in repr(office.thread(CHAIR, "card:1"))


@pytest.mark.parametrize(
    ("text", "sentence"), [("x" * 12_001, "Make it shorter"), ("", "has no text")]
)
async def test_an_edit_that_does_not_fit_is_refused_visibly(
    office: Office, text: str, sentence: str
) -> None:
    """The other side keeps what it has, and whoever edited reads that."""
    ticket = await office.asked()
    await office.writes(ADA, "ticket", ticket, "Monday", ts="1.1")
    await office.edits(ADA, "ticket", ticket, text, ts="1.1")
    assert sentence in office.said_to(ADA)
    assert ["Monday" in shown for shown in office.thread(CHAIR, "card:1")] == [True]


async def test_an_edit_makes_a_refused_message_fit(office: Office) -> None:
    """What was too long to be passed on and is shortened then goes over like a new message."""
    ticket = await office.asked()
    await office.writes(ADA, "ticket", ticket, "x" * 40_000, ts="1.1")
    await office.edits(ADA, "ticket", ticket, "In short: yes", ts="1.1")
    assert ["In short: yes" in text for text in office.thread(CHAIR, "card:1")] == [True]
    assert "Passed on." in office.said_to(ADA)


async def test_edits_and_messages_out_of_order_end_with_the_newest_words(office: Office) -> None:
    """Slack may send a message after its edit, or an older edit last: the newest words stay."""
    ticket = await office.asked()
    later, sooner = START + timedelta(minutes=9), START + timedelta(minutes=5)
    await office.edits(ADA, "ticket", ticket, "Third", ts="1.1", key="e3", at=later)
    await office.writes(ADA, "ticket", ticket, "First", ts="1.1", key="e1")
    assert ["Third" in text for text in office.thread(CHAIR, "card:1")] == [True]
    newest = START + timedelta(minutes=12)
    await office.edits(ADA, "ticket", ticket, "Fourth", ts="1.1", key="e4", at=newest)
    await office.edits(ADA, "ticket", ticket, "Second", ts="1.1", key="e2", at=sooner)
    assert ["Fourth" in text for text in office.thread(CHAIR, "card:1")] == [True]


async def test_a_link_that_unfolds_is_no_edit(office: Office) -> None:
    """Slack sends the same text again when it shows a preview of a link; nobody is bothered."""
    ticket = await office.asked()
    await office.writes(ADA, "ticket", ticket, "https://ala.org", ts="1.1")
    await office.edits(ADA, "ticket", ticket, "https://ala.org", ts="1.1")
    assert "(edited)" not in repr(office.thread(CHAIR, "card:1"))
    assert "edited" not in office.said_to(ADA)


@pytest.mark.parametrize(
    ("who", "side", "other", "root", "gone"),
    [
        (ADA, "ticket", CHAIR, "card:1", "Ada Okafor took back what stood here."),
        (CHAIR, "card", ADA, "ticket:1", "Christina Bloom, CLM took back what stood here."),
    ],
    ids=["member", "chair"],
)
async def test_what_is_deleted_is_taken_back(
    office: Office, who: MemberRef, side: Side, other: MemberRef, root: str, gone: str
) -> None:
    """The words vanish from the other side and from the records; the author reads so, once."""
    ticket = await office.asked()
    await office.writes(who, side, ticket, f"secret {LONG}", ts="1.1")
    for _ in range(2):
        await office.deletes(who, side, ticket, ts="1.1")
    assert office.thread(other, root) == [gone, gone]
    assert office.said_to(who).count("Taken back from the other side as well.") == 1
    rows = office.runtime._store.reading.execute("SELECT text FROM ticket_messages").fetchall()
    assert "secret" not in repr(rows)
    await office.edits(who, side, ticket, "secret again", ts="1.1", at=START, key="late")
    assert "secret" not in repr(office.thread(other, root))


async def test_a_closed_request_follows_an_edit_and_stays_closed(office: Office) -> None:
    """Mending a word is no new message: nothing is reopened."""
    ticket = await office.asked()
    await office.writes(CHAIR, "card", ticket, "Call at noon", ts="1.1")
    await office.run(handoff.close, CHAIR, ticket, "answered", "c")
    await office.edits(CHAIR, "card", ticket, "Call at one", ts="1.1")
    assert "Call at one" in office.thread(ADA, "ticket:1")[0]
    assert (await office.record(ticket)).ticket.state == "closed"


async def test_nobody_edits_what_is_not_theirs_or_no_longer_their_desk(office: Office) -> None:
    """A stranger's edit and that of a former chair change nothing at the member's."""
    ticket = await office.asked()
    await office.writes(CHAIR, "card", ticket, "Call at noon", ts="1.1")
    await office.run(
        handoff.edited,
        BEN,
        handoff.Thread("card", ticket),
        handoff.Written("Forged", False, "k1", Landing(f"D-{CHAIR}", "1.1")),
    )
    await office.restarts(chapter_of(DEV, NOBODY))
    await office.edits(CHAIR, "card", ticket, "Call at one", ts="1.1")
    assert ["Call at noon" in text for text in office.thread(ADA, "ticket:1")] == [True]
    assert "Only those who answer for the chapter" in office.said_to(CHAIR)


async def test_a_withdrawn_request_takes_no_edit(office: Office) -> None:
    """What the member took back as a whole does not come back by an edit."""
    ticket = await office.asked()
    await office.writes(ADA, "ticket", ticket, "My secret", ts="1.1")
    await office.run(handoff.withdraw, ADA, ticket)
    await office.edits(ADA, "ticket", ticket, "My secret, again", ts="1.1")
    assert "You withdrew this request" in office.said_to(ADA)
    assert "secret" not in repr(office.thread(CHAIR, "card:1"))


async def test_an_edit_reaches_who_got_the_request_later(office: Office) -> None:
    """Passed on after it was written, the message is edited at the deputy's as well."""
    ticket = await office.asked()
    await office.writes(ADA, "ticket", ticket, "Monday", ts="1.1")
    await office.run(handoff.release, CHAIR, ticket)
    claimed = await office.run(handoff.claim, CHAIR, ticket, 1)
    await office.run(handoff.release, CHAIR, claimed.id)
    await office.settle()
    await office.edits(ADA, "ticket", ticket, "Tuesday", ts="1.1")
    shown = [m.text for (_, slot), m in office.mail.shown.items() if slot == "card_message:1"]
    assert ["Tuesday" in text for text in shown] == [True, True]
