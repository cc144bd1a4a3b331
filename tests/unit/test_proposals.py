"""Members' own words for what they meant: proposed by a click, taken in by the desk, or not."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.domain.faq import Decision
from bot.domain.grouping import groups_of
from bot.domain.identity import MemberRef
from bot.domain.learning import MOST_WORDINGS, shortened_question
from bot.services import (
    curation,
    faq_forgetting,
    learning,
    learning_answers,
    privacy,
    proposals,
    wishes,
)
from bot.services.transaction import Transaction, reads
from tests.support.curation import ADA, CHAIR, DEPUTY, Desk, desk
from tests.support.learning import clarified, rows, unanswered

SAID = "the thing with the hall and the questionnaire"
ENTRY, OTHER = "exam-format", "exam-location"
BEN = MemberRef(ADA.replace("ADA", "BEN"))


@pytest.fixture
async def here(tmp_path: Path) -> AsyncIterator[Desk]:
    async with desk(tmp_path) as opened:
        yield opened


async def chosen(here: Desk, member: MemberRef, said: str = SAID, entry: str = ENTRY) -> int:
    """A member's words at which entries were offered, of which they press one; the turn."""
    turn = int(await here.run(clarified, member, said, (ENTRY, OTHER)))
    await here.run(proposals.propose, member, turn, entry)
    return turn


async def waiting(here: Desk) -> list[tuple[str, str, int]]:
    found = await here.run(proposals.waiting, CHAIR)
    return [(one.entry, one.text, one.times) for one in found]


async def accepts(here: Desk, who: MemberRef = CHAIR) -> list[bool]:
    """Take in everything that waits; live at once."""
    ids = [one.id for one in await here.run(proposals.waiting, CHAIR)]
    found = await here.run(proposals.taught, who, ids)
    done = [await here.run(proposals.accept, who, one, here.presses()) for one in found]
    await here.runtime.renew_overlays()
    return done


async def test_equal_words_of_several_members_are_one_line(here: Desk) -> None:
    """Two members chose the same: one line, counted, and nothing says who."""
    await chosen(here, ADA)
    await chosen(here, BEN)
    assert await waiting(here) == [(ENTRY, SAID, 2)]
    assert "U0" not in repr(await here.run(proposals.waiting, CHAIR))


async def test_several_wordings_of_one_entry_are_one_revision(here: Desk) -> None:
    """Accepted together they make one change of the entry, and each is understood at once."""
    for said in (SAID, "how the big test is put together", "what its pages look like"):
        await chosen(here, ADA, said)
    assert await accepts(here) == [True]
    [revision] = await here.history(ENTRY)
    assert revision.by == CHAIR and revision.text is not None
    assert len(revision.text.utterances["chat"]) == 3
    assert here.asks(SAID).entry == ENTRY
    assert await waiting(here) == []


async def test_what_is_known_foreign_or_too_long_is_not_proposed(here: Desk) -> None:
    """Words of the bank, somebody else's turn, an entry that was not offered, and a story."""
    turn = await chosen(here, ADA, "What is the format of the exam?")
    await here.run(proposals.propose, BEN, turn, ENTRY)
    await chosen(here, ADA, entry="exam-fee")
    await chosen(here, ADA, "x" * 301)
    await here.run(proposals.propose, ADA, 999, ENTRY)
    assert await waiting(here) == []


async def test_a_plain_member_can_neither_see_nor_decide(here: Desk) -> None:
    """The rights are looked up at each press."""
    await chosen(here, ADA)
    [one] = await here.run(proposals.waiting, CHAIR)
    assert await here.run(proposals.waiting, ADA) is None
    assert not await here.run(proposals.reject, ADA, [one.id])
    assert await here.run(proposals.taught, ADA, [one.id]) == ()
    [found] = await here.run(proposals.taught, CHAIR, [one.id])
    assert not await here.run(proposals.accept, ADA, found, "press")
    assert len(await waiting(here)) == 1


async def test_two_who_accept_at_once_make_one_change(here: Desk) -> None:
    """Chair and deputy press together: the second press changes nothing more."""
    await chosen(here, ADA)
    [one] = await here.run(proposals.waiting, CHAIR)
    [found] = await here.run(proposals.taught, CHAIR, [one.id])
    assert await here.run(proposals.accept, CHAIR, found, "press-chair")
    await here.run(proposals.accept, DEPUTY, found, "press-deputy")
    assert len(await here.history(ENTRY)) == 1
    assert await here.run(rows, "SELECT count(*) FROM entry_drafts") == [(0,)]


async def test_what_was_refused_is_not_proposed_again(here: Desk) -> None:
    """A no holds for the same words of the same entry."""
    await chosen(here, ADA)
    [one] = await here.run(proposals.waiting, CHAIR)
    assert await here.run(proposals.reject, CHAIR, [one.id])
    await chosen(here, BEN)
    assert await waiting(here) == []


async def test_dont_keep_it_and_erasing_take_a_proposal_along(here: Desk) -> None:
    """Words that a member has deleted are not shown to the desk."""
    await chosen(here, ADA)
    same = await here.run(unanswered, ADA, SAID)
    await here.run(faq_forgetting.forget, ADA, same)
    assert await waiting(here) == []
    await chosen(here, ADA)
    assert len((await here.run(privacy.export, ADA))["proposals"]) == 1
    await here.run(privacy.erase, ADA)
    assert await here.run(rows, "SELECT * FROM proposals") == []


async def gathered(here: Desk, who: MemberRef, said: str) -> int:
    """A question that nobody can answer, wished for, and opened by the chair; its turn."""
    turn = int(await here.run(unanswered, who, said))
    await here.run(wishes.wish, who, turn)
    kept = await here.run(learning.kept, CHAIR, MOST_WORDINGS)
    for group in groups_of(kept, here.bank.index):
        await here.run(learning.open_group, CHAIR, group)
    return turn


async def test_an_assigned_answer_learns_the_words_and_is_told(here: Desk) -> None:
    """ "This is answered by ...": one revision, the member is told, and asking again finds it; the
    same press again does nothing."""
    turn = await gathered(here, ADA, SAID)
    assert await here.run(learning_answers.assign, CHAIR, turn, ENTRY, "press") == "done"
    assert await here.run(learning_answers.assign, CHAIR, turn, ENTRY, "press") == "gone"
    await here.runtime.renew_overlays()
    assert await here.run(wishes.tell_waiting) == 1
    await here.jobs.round()
    assert [to for to, text in here.told if "You asked" in text] == [ADA]
    assert here.asks(SAID).entry == ENTRY
    assert len(await here.history(ENTRY)) == 1


async def test_assigning_is_refused_to_members_and_to_what_is_gone(here: Desk) -> None:
    """Nothing changes, no draft is left behind, and the question still waits."""
    turn = await gathered(here, ADA, SAID)
    assert await here.run(learning_answers.assign, ADA, turn, ENTRY, "one") == "not_allowed"
    assert await here.run(learning_answers.assign, CHAIR, turn, "no-such", "two") == "gone"
    assert await here.run(learning_answers.assign, CHAIR, 999, ENTRY, "three") == "gone"
    assert await here.run(learning.count_open) == 1
    assert await here.run(rows, "SELECT count(*) FROM entry_drafts") == [(0,)]


async def test_publishing_what_was_written_for_a_group_settles_it(here: Desk) -> None:
    """A new answer: the group leaves the list with the same step, and the member is told."""
    turn = await gathered(here, ADA, SAID)
    found = await here.run(learning.gathered, CHAIR, turn)
    text = await here.run(learning_answers.new_entry, found)
    assert (text.question, text.utterances["chat"]) == (f"{SAID.capitalize()}?", (SAID,))
    written: Any = await here.run(whole, text)
    origin = learning.origin_of(turn)
    draft = await here.run(curation.keep_draft, CHAIR, written, number=0, origin=origin)
    await here.publishes(draft, key="press")
    assert await here.run(learning.count_open) == 0
    assert await here.run(wishes.tell_waiting) == 1
    decision: Decision = here.asks(SAID)
    assert decision.entry == "hall"


@reads
def whole(tx: Transaction, text: Any) -> Any:
    """What an editor adds to a prefilled entry."""
    return replace(text, id="hall", answer="It is in the hall.", sources=("about-this-bot",))


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ("which bus goes there", "Which bus goes there?"),
        ("Which bus goes there??", "Which bus goes there?"),
        ("  ", ""),
        ("word " * 40, "Word" + " word" * 13 + "?"),
        ("x" * 80, "X" + "x" * 73 + "?"),
    ],
)
def test_a_wording_becomes_a_question_that_fits_on_a_button(asked: str, shown: str) -> None:
    """Cut between words, with a capital and a question mark."""
    assert shortened_question(asked, 75) == shown
    assert len(shown) <= 75
