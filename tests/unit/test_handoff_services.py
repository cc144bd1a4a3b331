"""Hand-offs as services: what is stored, who may do what, and who is told."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.domain.handoff import Opened, Refusal, Ticket
from bot.domain.identity import MemberRef
from bot.services import handoff
from bot.services.transaction import Transaction, writes
from bot.store import faq
from bot.store.faq import Turn
from tests.support.handoff import ADA, BEN, CHAIR, DEPUTY, HERE, NOBODY, Office, chapter_of


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """A chapter with a chair and a deputy."""
    made = Office(tmp_path)
    yield made
    made.close()


async def test_a_hand_off_reaches_the_chair_and_the_member_hears_of_it(office: Office) -> None:
    """The chair's card and the member's message both say the number and what was shared."""
    opened = await office.asks(time_zone="America/Chicago")
    assert isinstance(opened, Opened)
    await office.settle()
    card = office.text(CHAIR, "card:1")
    ticket = office.text(ADA, "ticket:1")
    for shown in (card, ticket):
        assert "no. 1" in shown
        assert "From: Ada Okafor" in shown
        assert "Time zone: America/Chicago" in shown
        assert "Note: Please call me." in shown
    assert "Delivered to Christina Bloom, CLM" in ticket
    assert "within two days" in ticket
    assert (DEPUTY, "card:1") not in office.mail.shown


async def test_without_the_name_the_chair_sees_a_member(office: Office) -> None:
    """With the name switched off neither name nor profile is on the card, and a reply arrives."""
    ticket = await office.asked(on=frozenset())
    shown = office.text(CHAIR, "card:1") + office.blocks(CHAIR, "card:1")
    assert "From: a member" in shown
    assert "Ada" not in shown
    assert "U0ADA" not in shown
    await office.run(handoff.reply, CHAIR, ticket, "Hello, whoever you are.", "reply-1")
    await office.settle()
    assert "Hello, whoever you are." in office.thread(ADA, "ticket:1")[0]


async def test_the_same_submission_twice_makes_one_ticket(office: Office) -> None:
    """A window submitted twice, by impatience or redelivery, is one hand-off."""
    preview = await office.run(handoff.prepare, ADA, name="Ada Okafor")
    args = (ADA, preview.draft, frozenset({"name"}), "Hi", "same-key")
    first, second = await office.run(handoff.open, *args), await office.run(handoff.open, *args)
    await office.settle()
    assert first == second
    assert office.mail.posted.count((CHAIR, "card:1")) == 1


async def test_a_second_hand_off_is_added_to_the_open_one(office: Office) -> None:
    """It becomes a further message of the same number, seen by both sides; the card tells."""
    await office.asked()
    second = await office.asks(note="And the fee?", key="submit-2")
    await office.settle()
    assert (second.added, second.ticket.number) == (True, 1)
    for thread in (office.thread(CHAIR, "card:1"), office.thread(ADA, "ticket:1")):
        assert len(thread) == 1
        assert "Note: And the fee?" in thread[0]
    assert "added to it" in office.text(CHAIR, "card:1")
    assert (await office.asks(note="", key="submit-3")) == Refusal("nothing_new")


async def test_a_preview_for_an_open_ticket_is_stale_once_it_closed(office: Office) -> None:
    """What was previewed as an addition never becomes a new request behind one's back."""
    ticket = await office.asked()
    preview = await office.run(handoff.prepare, ADA, name="Ada Okafor")
    await office.run(handoff.close, CHAIR, ticket, "answered", "close-1")
    sent = await office.run(handoff.open, ADA, preview.draft, frozenset(), "more", "submit-2")
    assert sent == Refusal("stale")


async def test_a_preview_is_the_members_own(office: Office) -> None:
    """Nobody sends what somebody else previewed; a preview a day old is gone."""
    preview = await office.run(handoff.prepare, ADA, name="Ada Okafor")
    sent = await office.run(handoff.open, BEN, preview.draft, frozenset({"name"}), "", "b")
    assert sent == Refusal("stale")
    office.now += handoff.PREVIEWS_KEPT * 2
    await office.run(handoff.prepare, BEN, name="Ben")
    assert await office.run(handoff.previewed, ADA, preview.draft) is None


async def test_the_members_own_question_goes_along(office: Office) -> None:
    """Their question is offered; somebody else's, or the name of an action, is not."""
    asked = "How many hours?"
    turn = await _turn(office, ADA, asked)
    action = await _turn(office, ADA, "Talk to the chair")
    for member, turn_id, question in ((ADA, turn, asked), (BEN, turn, ""), (ADA, action, "")):
        preview = await office.run(handoff.prepare, member, turn_id=turn_id)
        assert preview.offered.question == question
    long = await _turn(office, ADA, "word " * 800)
    preview = await office.run(handoff.prepare, ADA, turn_id=long)
    assert len(preview.offered.question) <= 1500
    assert preview.offered.question.endswith("…")


async def test_the_standing_is_offered_when_there_is_one(office: Office) -> None:
    """The line of the check goes along, with its own switch."""
    preview = await office.run(handoff.prepare, ADA, standing=lambda tx, member: "Not yet.")
    assert (preview.offered.standing, preview.offered.offered) == ("Not yet.", ("standing",))


async def test_of_two_who_claim_at_once_one_wins(office: Office) -> None:
    """Chair and deputy both see version 3; the first gets it, the second is told who."""
    ticket = await office.asked()
    await office.run(handoff.claim, CHAIR, ticket, 1)
    released = await office.run(handoff.release, CHAIR, ticket)
    await office.settle()
    assert "no. 1" in office.text(DEPUTY, "card:1")
    won = await office.run(handoff.claim, DEPUTY, ticket, released.version)
    lost = await office.run(handoff.claim, CHAIR, ticket, released.version)
    assert (won.claimed_by, lost) == (DEPUTY, Refusal("taken", DEPUTY))
    await office.settle()
    assert "Claimed by <@U0DEV>" in office.text(CHAIR, "card:1")
    assert "You have claimed it." in office.text(DEPUTY, "card:1")
    assert "Taken up by Devika Rao" in office.text(ADA, "ticket:1")


async def test_who_sees_a_claim_may_take_over(office: Office) -> None:
    """A click on "Take over" knows of the claim, so it counts."""
    ticket = await office.asked()
    claimed = await office.run(handoff.claim, CHAIR, ticket, 1)
    taken = await office.run(handoff.claim, DEPUTY, ticket, claimed.version)
    assert taken.claimed_by == DEPUTY
    assert await office.run(handoff.reply, CHAIR, ticket, "Hi", "r") == Refusal("taken", DEPUTY)


@pytest.mark.parametrize(
    "action",
    ["claim", "release", "reply", "close", "to_answer", "to_move", "reassign", "snooze", "note"],
)
@pytest.mark.parametrize("who", [ADA, BEN], ids=["the member", "a stranger"])
async def test_only_the_desk_may_act_on_a_card(office: Office, action: str, who: MemberRef) -> None:
    """Somebody without the right is refused, and the ticket stays as it was."""
    ticket = await office.asked()
    before = await office.record(ticket)
    more: dict[str, tuple[object, ...]] = {
        "claim": (1,),
        "reply": ("Hi", "k"),
        "close": ("answered", "k"),
        "reassign": (DEPUTY, "why", "k"),
        "snooze": (office.now.date(), "k"),
        "note": ("Hm", "k"),
    }
    use_case = getattr(handoff, action)
    assert await office.run(use_case, who, ticket, *more.get(action, ())) == Refusal("not_desk")
    assert await office.record(ticket) == before


async def test_a_reply_claims_and_both_sides_see_the_same_text(office: Office) -> None:
    """The member's thread and the chair's thread have the same words; sent twice it is one."""
    ticket = await office.asked()
    text = "Dear <@U0ADA>, *see* <!channel> & co."
    for _ in range(2):
        moved = await office.run(handoff.reply, CHAIR, ticket, text, "same-key")
    await office.settle()
    assert moved.claimed_by == CHAIR
    safe = "Dear &lt;@U0ADA&gt;, *see* &lt;!channel&gt; &amp; co."
    for who, root in ((ADA, "ticket:1"), (CHAIR, "card:1")):
        thread = office.thread(who, root)
        assert len(thread) == 1
        assert safe in thread[0]
    assert "Answered by Christina Bloom, CLM" in office.text(ADA, "ticket:1")


async def test_a_ticket_closes_with_its_outcome(office: Office) -> None:
    """The member reads the outcome, the card has no buttons left, and a new one is no. 2."""
    ticket = await office.asked()
    for _ in range(2):
        closed = await office.run(handoff.close, CHAIR, ticket, "referred_to_ala", "same-key")
    await office.settle()
    assert isinstance(closed, Ticket)
    assert "for ALA to answer" in office.text(ADA, "ticket:1")
    assert ["for ALA to answer" in text for text in office.thread(ADA, "ticket:1")] == [True]
    assert "handoff.claim" not in office.blocks(CHAIR, "card:1")
    assert await office.run(handoff.claim, CHAIR, ticket, 9) == Refusal("closed", CHAIR)
    again = await office.asks(key="submit-2")
    assert (again.added, again.ticket.number) == (False, 2)


async def test_a_withdrawn_request_leaves_nothing_personal_at_the_desk(office: Office) -> None:
    """Name, note and what the member wrote vanish from the card, its thread and the records."""
    ticket = await office.asked(note="My secret")
    await office.writes(ADA, "ticket", ticket, "More secret")
    await office.run(handoff.withdraw, ADA, ticket)
    await office.settle()
    at_desk = office.text(CHAIR, "card:1") + "".join(office.thread(CHAIR, "card:1"))
    kept = repr(await office.record(ticket)) + repr(await office.run(handoff.said, 1))
    for personal in ("Ada", "secret"):
        assert personal not in at_desk
        assert personal not in kept
    assert "Withdrawn" in office.text(ADA, "ticket:1")
    # The same click twice is told nothing, least of all in the words for the desk.
    assert (await office.run(handoff.withdraw, ADA, ticket)).state == "withdrawn"
    assert await office.run(handoff.reply, CHAIR, ticket, "Hi", "r") == Refusal("withdrawn")


async def test_only_its_member_withdraws_a_request(office: Office) -> None:
    """Another member's click does nothing."""
    ticket = await office.asked()
    assert await office.run(handoff.withdraw, BEN, ticket) == Refusal("gone")
    assert (await office.record(ticket)).ticket.is_open


async def test_a_chair_may_be_a_member_too(office: Office) -> None:
    """The chair's own request goes to the deputy, and stays theirs alone when given back."""
    ticket = await office.asked(member=CHAIR, name="Christina Bloom")
    assert "From: Christina Bloom" in office.text(DEPUTY, "card:1")
    await office.writes(CHAIR, "ticket", ticket, "Please help", key="e1")
    await office.run(handoff.reply, DEPUTY, ticket, "Gladly", "e2")
    await office.run(handoff.release, DEPUTY, ticket)
    await office.settle()
    assert any("Please help" in text for text in office.thread(DEPUTY, "card:1"))
    assert any("Gladly" in text for text in office.thread(CHAIR, "ticket:1"))
    assert (CHAIR, "card:1") not in office.mail.shown


async def test_a_chair_without_a_deputy_answers_their_own_request(tmp_path: Path) -> None:
    """Card and ticket are two messages at the same person, and both threads work."""
    office = Office(tmp_path, chapter_of(deputy=NOBODY))
    ticket = await office.asked(member=CHAIR, name="Christina Bloom")
    assert office.text(CHAIR, "card:1") != office.text(CHAIR, "ticket:1")
    await office.writes(CHAIR, "ticket", ticket, "Asking myself", key="e1")
    await office.writes(CHAIR, "card", ticket, "Answering myself", key="e2")
    assert any("Asking myself" in text for text in office.thread(CHAIR, "card:1"))
    assert any("Answering myself" in text for text in office.thread(CHAIR, "ticket:1"))
    office.close()


async def _turn(office: Office, member: MemberRef, question: str) -> int:
    @writes
    def keep(tx: Transaction) -> int:
        turn = Turn(0, HERE, member, "", "", question, "unknown", None, (), None, False, False)
        return faq.add(tx.db, turn, tx.now)

    return int(await office.run(keep))
