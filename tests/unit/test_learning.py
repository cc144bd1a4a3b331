"""What nobody could answer is kept, settled and told, and never says who asked."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.domain.grouping import groups_of
from bot.domain.learning import Group
from bot.services import faq, faq_forgetting, learning, privacy, wishes
from tests.support.handoff import ADA, BEN, CHAIR, DEPUTY
from tests.support.learning import School, keep_as, pool_index, rows, settled

BUS = "which bus goes to the stadium on saturday"
BUS_TOO = "Which bus goes to the stadium?"


@pytest.fixture
def school(tmp_path: Path) -> Iterator[School]:
    opened = School(tmp_path)
    yield opened
    opened.close()


async def groups(school: School) -> tuple[Group, ...]:
    kept = await school.run(learning.kept, CHAIR)
    return groups_of(kept, pool_index())


async def told(school: School) -> list[tuple[str, str]]:
    found = await school.run(
        rows, "SELECT recipient, slot FROM outbox WHERE kind = 'wished_answer' ORDER BY id"
    )
    return [(str(recipient), str(slot)) for recipient, slot in found]


async def test_what_two_people_asked_is_one_group_without_a_name(school: School) -> None:
    """The chair sees the wordings and how many asked; nothing says who."""
    first = await school.asked(ADA, BUS)
    await school.asked(ADA, BUS)
    await school.asked(BEN, BUS_TOO)
    [group] = await groups(school)
    assert (group.key, group.text, group.times) == (first, BUS, 3)
    opened = await school.run(learning.open_group, CHAIR, group)
    assert opened.people == 2
    assert "U0" not in repr(opened)


async def test_a_plain_member_gets_nothing(school: School) -> None:
    """The list, a group, putting aside and taking back are for those who may edit."""
    turn = await school.asked(BEN, BUS)
    assert await school.run(learning.kept, ADA) is None
    [group] = await groups(school)
    assert await school.run(learning.open_group, ADA, group) is None
    assert await school.run(learning.gathered, ADA, turn) is None
    assert not await school.run(learning.dismiss, ADA, turn)
    assert len(await groups(school)) == 1
    await school.run(learning.dismiss, CHAIR, turn)
    assert not await school.run(learning.restore, ADA, turn)
    assert await groups(school) == ()


async def test_everybody_who_wished_is_told_once(school: School) -> None:
    """Two of three said "tell me"; each gets the answer once, over two looks and a restart."""
    one, two = await school.asked(ADA, BUS), await school.asked(BEN, BUS_TOO)
    await school.asked(DEPUTY, BUS)
    assert await school.run(wishes.wish, ADA, one) == "wished"
    assert await school.run(wishes.wish, ADA, one) == "again"
    assert await school.run(wishes.wish, BEN, two) == "wished"
    [group] = await groups(school)
    assert (await school.run(learning.open_group, CHAIR, group)).wished == 2
    await school.run(settled, group.key, "bus")
    assert await school.run(wishes.tell_waiting) == 0
    assert await told(school) == []
    await school.publishes("bus", "Which bus goes there?")
    assert await school.run(wishes.tell_waiting) == 2
    assert await school.run(wishes.tell_waiting) == 0
    assert await told(school) == [(ADA, f"wish:{one}"), (BEN, f"wish:{two}")]
    assert await groups(school) == ()
    assert await school.run(wishes.wish, ADA, one) == "told"


async def test_what_was_settled_before_a_crash_is_told_after_it(school: School) -> None:
    """Published, and killed before anybody was told: at the next start they are."""
    turn = await school.asked(ADA, BUS)
    await school.run(wishes.wish, ADA, turn)
    [group] = await groups(school)
    await school.run(learning.open_group, CHAIR, group)
    await school.run(settled, group.key, "ticket-price")
    await school.restarts()
    assert [slot for to, slot in school.mail.posted if to == ADA] == [f"wish:{turn}"]
    await school.restarts()
    assert [slot for to, slot in school.mail.posted if to == ADA] == [f"wish:{turn}"]


async def test_a_wish_after_the_answer_is_told_at_once(school: School) -> None:
    """Who presses late need not wait for anybody."""
    turn = await school.asked(ADA, BUS)
    [group] = await groups(school)
    await school.run(learning.open_group, CHAIR, group)
    await school.run(settled, group.key, "ticket-price")
    assert await school.run(wishes.wish, ADA, turn) == "answered"
    assert await told(school) == [(ADA, f"wish:{turn}")]


async def test_what_is_told_is_the_answer_as_it_is_given_now(school: School) -> None:
    """The question stands above it, and a vote on it counts for that answer."""
    turn = await school.asked(ADA, BUS)
    await school.run(wishes.wish, ADA, turn)
    [group] = await groups(school)
    await school.run(learning.open_group, CHAIR, group)
    await school.run(settled, group.key, "ticket-price")
    await school.run(wishes.tell_waiting)
    found = await school.run(wishes.fulfilled, turn)
    assert found.question == BUS
    assert found.reply.answer.text == "Answer to ticket-price."
    await school.run(faq.vote, ADA, turn, helpful=False)
    [wrong] = await groups(school)
    assert (wrong.entry, wrong.text) == ("ticket-price", BUS)


async def test_only_whoever_asked_can_wish_and_take_back(school: School) -> None:
    """Somebody else's press on a public reply, or with a made-up number, brings them nothing."""
    turn = await school.asked(ADA, BUS)
    assert await school.run(wishes.wish, BEN, turn) == "not_yours"
    assert await school.run(wishes.wish, BEN, 999) == "gone"
    await school.run(wishes.wish, ADA, turn)
    assert not await school.run(wishes.take_back, BEN, turn)
    assert await school.run(wishes.take_back, ADA, turn)
    assert not await school.run(wishes.take_back, ADA, turn)
    [group] = await groups(school)
    await school.run(learning.open_group, CHAIR, group)
    await school.run(settled, group.key, "ticket-price")
    await school.run(wishes.tell_waiting)
    assert await told(school) == []


async def test_only_what_was_seen_is_settled(school: School) -> None:
    """What came after the chair opened a group, in other words, stays in the list; the same words
    need no second answer."""
    first = await school.asked(ADA, BUS)
    [group] = await groups(school)
    await school.run(learning.open_group, CHAIR, group)
    same = await school.asked(BEN, BUS)
    await school.asked(BEN, BUS_TOO)
    await school.run(wishes.wish, BEN, same)
    await school.run(settled, first, "ticket-price")
    [left] = await groups(school)
    assert left.texts == (BUS_TOO,)
    await school.run(wishes.tell_waiting)
    assert await told(school) == [(BEN, f"wish:{same}")]


async def test_what_was_put_aside_comes_back(school: School) -> None:
    """ "Not for us" empties the list and can be taken back, together with nothing else."""
    bus, moon = await school.asked(ADA, BUS), await school.asked(ADA, "how far is the moon")
    for group in await groups(school):
        await school.run(learning.open_group, CHAIR, group)
        await school.run(learning.dismiss, CHAIR, group.key)
    assert await groups(school) == ()
    assert await school.run(learning.restore, CHAIR, bus)
    assert [group.key for group in await groups(school)] == [bus]
    assert not await school.run(learning.restore, CHAIR, bus)
    assert await school.run(learning.restore, CHAIR, moon)


async def test_what_is_put_aside_while_its_answer_is_written_is_told_all_the_same(
    school: School,
) -> None:
    """The deputy says "Not for us" while the chair writes: whoever wished gets what is published,
    and the list of what was put aside has it no more."""
    turn = await school.asked(ADA, BUS)
    await school.run(wishes.wish, ADA, turn)
    [group] = await groups(school)
    await school.run(learning.open_group, CHAIR, group)
    await school.run(learning.dismiss, DEPUTY, turn)
    await school.run(settled, turn, "opening-hours")
    await school.run(wishes.tell_waiting)
    assert [recipient for recipient, _ in await told(school)] == [ADA]
    assert not await school.run(learning.restore, CHAIR, turn)


async def test_asked_again_after_it_was_put_aside_it_shows_again(school: School) -> None:
    """New questions of the same kind make a new group."""
    first = await school.asked(ADA, BUS)
    [group] = await groups(school)
    await school.run(learning.open_group, CHAIR, group)
    await school.run(learning.dismiss, CHAIR, first)
    again = await school.asked(BEN, BUS)
    assert [group.key for group in await groups(school)] == [again]


async def test_a_wrong_answer_shows_until_it_is_dealt_with(school: School) -> None:
    """A vote against an answer stands in the list with it; another vote of the same person takes
    it back; once the answer was changed it is gone."""
    turn = await school.shown(ADA, "how much is it for seals", "ticket-price")
    await school.run(faq.vote, ADA, turn, helpful=False)
    [group] = await groups(school)
    assert (group.entry, group.text) == ("ticket-price", "how much is it for seals")
    await school.run(faq.vote, ADA, turn, helpful=True)
    assert await groups(school) == ()
    await school.run(faq.vote, ADA, turn, helpful=False)
    opened = await school.run(learning.open_group, CHAIR, group)
    assert opened.people == 1
    found = await school.run(learning.gathered, CHAIR, turn)
    assert (found.entry, found.texts) == ("ticket-price", ("how much is it for seals",))
    await school.run(settled, turn, "ticket-price")
    assert await groups(school) == ()
    await school.run(learning.restore, CHAIR, turn)


async def test_a_vote_on_somebody_elses_question_does_not_repeat_it(school: School) -> None:
    """The voter's press tells of the answer, not of what another member asked, maybe in private."""
    turn = await school.shown(ADA, "my private matter", "ticket-price")
    await school.run(faq.vote, BEN, turn, helpful=False)
    [group] = await groups(school)
    assert group.texts == ("How much is a ticket?",)
    assert (await school.run(learning.open_group, CHAIR, group)).people == 1
    await school.run(learning.dismiss, CHAIR, turn)
    assert await groups(school) == ()


async def test_dont_keep_it_ends_the_wish_and_empties_what_was_told(school: School) -> None:
    """Before the answer the wish goes with the words; after it the told answer loses them."""
    early, late = await school.asked(ADA, BUS), await school.asked(ADA, "how far is the moon")
    await school.run(wishes.wish, ADA, early)
    await school.run(wishes.wish, ADA, late)
    await school.run(settled, late, "ticket-price")
    await school.run(wishes.tell_waiting)
    await school.run(faq_forgetting.forget, ADA, early)
    await school.run(faq_forgetting.forget, ADA, late)
    assert await school.run(rows, "SELECT turn FROM wishes") == [(late,)]
    found = await school.run(wishes.fulfilled, late)
    assert found.question == ""
    assert await groups(school) == ()


async def test_erasing_ends_every_wish(school: School) -> None:
    """Whoever erased their data is told nothing, and no row of the wish is left."""
    turn = await school.asked(ADA, BUS)
    await school.run(wishes.wish, ADA, turn)
    page = await school.run(privacy.overview, ADA)
    assert "wishes" in [kept.kind for kept in page.kept]
    await school.run(privacy.erase, ADA)
    assert await school.run(rows, "SELECT * FROM wishes") == []
    await school.run(settled, turn, "ticket-price")
    assert await school.run(wishes.tell_waiting) == 0


async def test_an_edited_question_is_open_again(school: School) -> None:
    """Whoever changes a question that was put aside into another one gets it into the list."""
    turn = await school.asked(ADA, BUS)
    await school.run(learning.dismiss, CHAIR, turn)
    await school.run(keep_as, turn, "how far is the moon")
    [group] = await groups(school)
    assert group.texts == ("how far is the moon",)


async def test_the_top_of_the_list_for_a_glance(school: School) -> None:
    """The digest shows what most people asked, and how many wordings wait in all."""
    await school.asked(ADA, "how far is the moon")
    await school.asked(ADA, BUS)
    await school.asked(BEN, BUS)
    top = await school.run(learning.top_unanswered, 1)
    assert [group.text for group in top] == [BUS]
    assert await school.run(learning.count_open) == 2
