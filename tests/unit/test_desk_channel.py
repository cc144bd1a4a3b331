"""The committee's private channel as a service: only what was agreed to, and never in the way."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.doctor_channel import channel_of, lost_in_channels
from bot.domain.handoff import Opened
from bot.domain.identity import ConversationRef
from bot.services import handoff, privacy
from handlers.slack.views.desk_channel import channel_card_message
from handlers.slack.views.privacy import page_message
from tests.support.handoff import ADA, BEN, CHAIR, DEPUTY, HERE, Office, chapter_of

DESK, OTHER = "C0DESK", "C0OTHER"
CHANNEL = ConversationRef(f"{HERE}:{DESK}")
HINT = "mention me in the thread of this card"


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """A chapter whose committee has a channel."""
    made = Office(tmp_path, chapter_of(desk_channel=DESK))
    yield made
    made.close()


async def asked(office: Office, channel: str = DESK, key: str = "submit-1") -> int:
    """Ada has sent a request after a preview that named this channel; its id."""
    preview = await office.run(handoff.prepare, ADA, name="Ada Okafor")
    named = frozenset({"name"})
    opened = await office.run(
        handoff.open, ADA, preview.draft, named, "Hello?", key, channel=channel
    )
    assert isinstance(opened, Opened)
    await office.settle()
    return int(opened.ticket.id)


@pytest.mark.parametrize("agreed", ["", OTHER])
async def test_only_the_channel_that_the_preview_named_sees_a_request(
    office: Office, agreed: str
) -> None:
    """A preview from before the channel was set up, or that named another, shows nothing there."""
    await asked(office, agreed)
    assert "Hello?" in office.text(CHAIR, "card:1")
    assert (CHANNEL, "card:1") not in office.mail.shown
    assert await office.run(handoff.agreed_to, BEN) == DESK
    assert await office.run(handoff.agreed_to, ADA) == ""
    await office.writes(ADA, "ticket", 1, "More of it.")
    assert [place for place in office.mail.shown if place[0] == CHANNEL] == []


async def test_what_is_added_to_a_request_in_the_channel_is_named_before(office: Office) -> None:
    """The preview of an addition says that the channel sees it when it does."""
    await asked(office)
    assert await office.run(handoff.agreed_to, ADA) == DESK
    await office.asks(note="And the fee?", key="submit-2")
    await office.settle()
    assert "And the fee?" in office.thread(CHANNEL, "card:1")[0]


async def test_a_channel_that_fails_keeps_the_card_from_nobody(office: Office) -> None:
    """The chair has it, the member reads so, nobody else of the desk is bothered, and with the
    next look at what is missing the channel gets it all, once."""
    office.mail.gone.add(CHANNEL)
    ticket = await asked(office)
    assert "Hello?" in office.text(CHAIR, "card:1")
    assert "Delivered to Christina Bloom, CLM" in office.text(ADA, "ticket:1")
    assert (DEPUTY, "card:1") not in office.mail.shown
    await office.run(handoff.reply, CHAIR, ticket, "On Monday.", "reply-1")
    office.mail.gone.clear()
    for _ in range(2):
        await office.run(handoff.deliver_missing)
        await office.settle()
    assert "Claimed by <@U0CHRISTINA>" in office.text(CHANNEL, "card:1")
    assert [("On Monday." in words) for words in office.thread(CHANNEL, "card:1")] == [True]
    assert office.failed() == []


async def test_another_channel_takes_nothing_over_and_the_old_one_is_emptied(
    office: Office,
) -> None:
    """What a member agreed to was the channel of then: it is not carried into another one."""
    ticket = await asked(office)
    assert "Hello?" in office.text(CHANNEL, "card:1")
    await office.restarts(chapter_of(desk_channel=OTHER))
    await office.run(handoff.claim, CHAIR, ticket, 1)
    await office.settle()
    assert "Hello?" not in office.blocks(CHANNEL, "card:1")
    assert "now with those who answer" in office.text(CHANNEL, "card:1")
    await office.writes(ADA, "ticket", ticket, "More of it.")
    other = ConversationRef(f"{HERE}:{OTHER}")
    assert [place for place in office.mail.shown if place[0] == other] == []
    assert office.thread(CHANNEL, "card:1") == []


async def test_the_card_in_the_channel_shows_nothing_that_the_desk_keeps_to_itself(
    office: Office,
) -> None:
    """Notes and reasons are for who answers for the chapter; the channel may have others in it."""
    ticket = await asked(office)
    await office.run(handoff.note, DEPUTY, ticket, "Called twice already.", "note-1")
    await office.run(handoff.reassign, CHAIR, ticket, DEPUTY, "Knows the firm.", "move-1")
    await office.settle()
    own = office.text(CHAIR, "card:1")
    assert "Called twice already." in own
    assert "Knows the firm." in own
    shown = office.text(CHANNEL, "card:1") + office.blocks(CHANNEL, "card:1")
    assert "Claimed by <@U0DEV>" in shown
    assert "Called twice" not in shown
    assert "Knows the firm" not in shown


async def test_the_card_says_what_is_heard_below_it(office: Office) -> None:
    """Where only mentions are heard the card says so; what has ended has no buttons there."""
    record = await office.record(await asked(office))
    for hears in (True, False):
        shown = channel_card_message(record, office.copy, is_current=True, hears_threads=hears)
        assert (HINT in str(shown.blocks)) is not hears
    await office.run(handoff.close, CHAIR, record.ticket.id, "not_now", "close-1")
    await office.settle()
    assert "actions" not in office.blocks(CHANNEL, "card:1")
    assert HINT not in office.blocks(CHANNEL, "card:1")


async def test_a_member_reads_that_the_channel_has_seen_it_and_erases_it_there(
    office: Office,
) -> None:
    """What is kept about them names the channel as a reader; an erasure empties the card there."""
    await asked(office)
    page = page_message(await office.run(privacy.overview, ADA), office.copy)
    assert "Seen by <@U0CHRISTINA>, the committee's private channel." in page.text
    await office.run(privacy.erase, ADA)
    await office.settle()
    assert "Hello?" not in office.blocks(CHANNEL, "card:1")
    assert "erased their data" in office.text(CHANNEL, "card:1")


async def test_the_doctor_says_what_the_channel_lacks(office: Office) -> None:
    """It names the channel, the requests that are not shown there, and what to do."""
    office.mail.gone.add(CHANNEL)
    await asked(office)
    assert DESK in next(channel_of(office.chapter))[1]
    assert list(channel_of(chapter_of())) == []
    db = office.runtime._store.writing
    db.execute("UPDATE outbox SET reason = 'not_in_channel' WHERE state = 'failed'")
    [(mark, text)] = lost_in_channels(db)
    assert mark == "note"
    assert f"1 open request is not shown in {DESK}" in text
    assert "/invite @clm" in text
