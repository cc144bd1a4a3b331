"""The bank edited in chat: found, drafted, published, live at once, taken back, never lost."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from bot.domain.curation import Revision
from bot.domain.faq import Approval
from bot.domain.roles import Appointment
from bot.services import curation
from bot.services.curation import Refused
from bot.store import roles
from bot.store.database import transaction
from tests.support.curation import ADA, CHAIR, DEPUTY, NEW, Desk, desk
from tests.support.database import HERE

FORMAT = "exam-format"
WORDS = "It has {exam_questions} questions with one right answer each."


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Desk]:
    async with desk(tmp_path) as opened:
        yield opened


def shown(office: Desk, entry: str = FORMAT) -> str:
    return office.bank.content.entries[entry].text


async def test_an_edit_is_what_members_read_at_once(office: Desk) -> None:
    """A published answer is shown with its values, at its place in the order, and after a restart;
    the entry needs no fit for that."""
    order = list(office.bank.content.entries)
    made = await office.edits(FORMAT, answer=WORDS)
    assert isinstance(made, Revision) and (made.number, made.change, made.by) == (
        1,
        "edited",
        CHAIR,
    )
    assert shown(office) == "It has 125 questions with one right answer each."
    assert list(office.bank.content.entries) == order and office.bank.is_fitted
    await office.restarts()
    assert shown(office) == "It has 125 questions with one right answer each."


async def test_a_new_entry_is_found_by_its_words_at_once(office: Desk) -> None:
    """Its question and each wording lead to it from the moment it is published."""
    assert office.asks("where can I leave my car at the gala?").entry != NEW.id
    made = await office.writes(NEW)
    assert made.change == "added"
    for said in ("Where can I leave my car at the gala?", "is there parking at the gala"):
        found = office.asks(said)
        assert (found.outcome, found.entry) == ("answer", NEW.id)
    assert office.bank.content.entries[NEW.id].group == "chapter"


async def test_a_retired_entry_is_gone_until_it_is_restored(office: Desk) -> None:
    """No wording finds it, no other entry names it as related, and restoring brings all back."""
    naming = [e.id for e in office.bank.content.entries.values() if FORMAT in e.related]
    said = office.bank.content.filed[FORMAT].utterances["mara"][0]
    assert office.asks(said).entry == FORMAT and naming
    await office.does("retired", FORMAT)
    found = office.asks(said)
    assert FORMAT not in (found.entry, *found.choices, *(label for label, _ in found.ranking))
    assert not any(FORMAT in e.related for e in office.bank.content.entries.values())
    assert not (await office.reads(FORMAT)).is_live
    await office.does("restored", FORMAT)
    assert office.asks(said).entry == FORMAT
    assert FORMAT in office.bank.content.entries[naming[0]].related


@pytest.mark.parametrize("entry", ["talk-to-chair", "bot-help", "delete-my-data"])
async def test_what_the_bot_cannot_do_without_stays(office: Desk, entry: str) -> None:
    """The things that the bot does cannot be retired; their words can be changed."""
    assert await office.does("retired", entry) == Refused("needed")
    assert isinstance(await office.edits(entry, answer="Press the button."), Revision)
    assert shown(office, entry) == "Press the button."


async def test_two_editors_at_once_lose_nothing(office: Desk) -> None:
    """Of two who write over the same text the second is told, keeps the draft, and nothing of the
    first is overwritten."""
    seen = await office.reads(FORMAT)
    drafts = [
        await office.run(
            curation.keep_draft, who, replace(seen.text, answer=f"{WORDS} {who[-5:]}"), number=0
        )
        for who in (CHAIR, DEPUTY)
    ]
    first, second = await asyncio.gather(
        office.publishes(drafts[0], key="a"), office.publishes(drafts[1], who=DEPUTY, key="b")
    )
    assert isinstance(first, Revision)
    assert second == Refused("changed_meanwhile") and shown(office).endswith("STINA")
    assert [one.id for one in await office.run(curation.drafts, DEPUTY)] == [drafts[1]]


async def test_the_same_press_twice_changes_once(office: Desk) -> None:
    """A submit that comes again is answered with what it did."""
    draft = await office.run(curation.keep_draft, CHAIR, NEW, number=0)
    assert await office.run(curation.keep_draft, CHAIR, NEW, number=0) == draft
    first = await office.publishes(draft, key="once")
    assert await office.publishes(draft, key="once") == first
    assert len(await office.history(NEW.id)) == 1
    assert await office.publishes(draft, key="again") == Refused("gone")


async def test_who_may_not_edit_changes_nothing(office: Desk) -> None:
    """The right is looked up at the moment of the click: a member has none, an editor may write
    and not approve, and nobody publishes the draft of somebody else."""
    draft = await office.run(curation.keep_draft, ADA, NEW, number=0)
    assert await office.publishes(draft, who=ADA) == Refused("not_allowed")
    assert await office.publishes(draft) == Refused("gone")
    assert await office.does("retired", FORMAT, who=ADA) == Refused("not_allowed")
    store = office.runtime._store.writing
    with transaction(store):
        roles.decide(store, HERE, Appointment(ADA, "editor", True, "Ada"), CHAIR, office.clock())
    assert await office.does("approved", FORMAT, who=ADA) == Refused("not_allowed")
    assert isinstance(await office.publishes(draft, who=ADA), Revision)


async def test_an_approval_is_of_the_words(office: Desk) -> None:
    """Whoever approves is named with the day; changing question or answer takes it away, changing
    what stands beside them does not, and no draft can bring one along."""
    await office.does("approved", FORMAT)
    given = Approval("Christina Bloom", date(2026, 11, 23))
    assert office.bank.content.entries[FORMAT].approved == given
    assert await office.does("approved", FORMAT) == Refused("nothing_new")
    await office.edits(FORMAT, related=("exam-content",))
    assert office.bank.content.entries[FORMAT].approved == given
    await office.edits(FORMAT, answer=WORDS, approved=Approval("ALA", date(2026, 1, 1)))
    assert office.bank.content.entries[FORMAT].approved is None


async def test_found_still_right_is_one_tap(office: Desk) -> None:
    """The day of the check is today's, a review day that has come is taken away, and once a day is
    enough."""
    await office.edits(FORMAT, verified=date(2026, 1, 2), review=date(2026, 11, 20))
    assert office.bank.content.entries[FORMAT].overdue
    made = await office.does("verified", FORMAT)
    assert (made.text.verified, made.text.review) == (date(2026, 11, 23), None)
    assert not office.bank.content.entries[FORMAT].overdue
    assert await office.does("verified", FORMAT) == Refused("nothing_new")


async def test_undoing_goes_back_one_step(office: Desk) -> None:
    """The first edit undone is the file again, a new entry undone is gone, an undone undo is done;
    every step stays in the history."""
    before = shown(office)
    await office.edits(FORMAT, answer=WORDS)
    await office.edits(FORMAT, answer="Short.")
    await office.does("undone", FORMAT)
    assert shown(office).startswith("It has 125")
    await office.does("undone", FORMAT)
    assert shown(office) == "Short."
    await office.writes(NEW)
    await office.does("undone", NEW.id)
    assert NEW.id not in office.bank.content.entries
    await office.edits("passing-score", answer="Nobody knows; ask ALA.")
    await office.does("undone", "passing-score")
    await office.does("approved", "passing-score")
    assert before != shown(office) and "Nobody" not in shown(office, "passing-score")
    changes = [one.change for one in await office.history(FORMAT)]
    assert changes == ["undone", "undone", "edited", "edited"]


async def test_a_draft_of_what_was_retired_meanwhile_is_told_so(office: Desk) -> None:
    """Publishing does not bring back what somebody else took out meanwhile."""
    text = replace((await office.reads(FORMAT)).text, answer=WORDS)
    draft = await office.run(curation.keep_draft, CHAIR, text, number=0)
    await office.does("retired", FORMAT, who=DEPUTY)
    assert await office.publishes(draft) == Refused("gone")
    assert FORMAT not in office.bank.content.entries


async def test_entries_are_found_by_words(office: Desk) -> None:
    """The best comes first, ten at a time; without words all are there in the order of the files,
    and what was retired comes last, to be restored."""
    found = await office.run(curation.find, "parking gala")
    assert NEW.id not in [one.text.id for one in found.items]
    await office.writes(NEW)
    found = await office.run(curation.find, "parking gala")
    assert found.items[0].text.id == NEW.id
    every = await office.run(curation.find, "")
    assert (len(every.items), every.total) == (10, 100)
    await office.does("retired", NEW.id)
    pages = [(await office.run(curation.find, "", at)).items for at in range(0, 100, 10)]
    ids = [one.text.id for page in pages for one in page]
    assert ids[:99] == list(office.bank.content.filed) and ids[99:] == [NEW.id]
    assert (await office.run(curation.find, "zzz qqq")).total == 0


async def test_a_new_entry_gets_an_id_that_is_free(office: Desk) -> None:
    """Two entries never share an id, whatever their questions have in common."""
    assert await office.run(curation.free_id, "Parking, at the gala? 🚗") == "parking-at-the-gala"
    assert await office.run(curation.free_id, "Exam format") == "exam-format-2"
    assert await office.run(curation.free_id, "何ですか") == "entry"
