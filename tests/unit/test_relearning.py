"""Wordings that were edited in chat are learnt beside the work, and nobody waits for it."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from threading import Event

import pytest

from bot.domain.matching import Example, Index
from bot.domain.matching_fit import content_key, fit
from bot.domain.matching_following import Learned, followed
from bot.services import curation, faq
from bot.services.indexing import GivenUp, learned
from tests.support.curation import ADA, CHAIR, NEW, Desk, desk
from tests.support.database import HERE
from tests.support.small_bank import pool_bank

OTHER = "any place to leave cars near the gala"
"""Put otherwise than any wording of the new entry."""
MANY = replace(
    NEW,
    utterances={
        "chat": (
            "where can i leave my car at the gala",
            "parking at the gala",
            "any place for cars near the gala hall",
            "gala garage",
        )
    },
)


class Slow:
    """Fits, but only when it is let; counts, and can be told to fail."""

    def __init__(self, cache: Path) -> None:
        self.cache, self.times = cache, 0
        self.goes_on, self.began = Event(), Event()
        self.goes_on.set()
        self.fails = False

    def __call__(self, examples: Sequence[Example], ended: Event) -> Index:
        self.times += 1
        self.began.set()
        while not self.goes_on.wait(0.05):
            if ended.is_set():
                raise GivenUp
        if self.fails:
            raise MemoryError
        return learned(self.cache, None, examples, ended)


@pytest.fixture
def slow(tmp_path: Path) -> Slow:
    return Slow(tmp_path / "chat")


@pytest.fixture
async def office(tmp_path: Path, slow: Slow) -> AsyncIterator[Desk]:
    async with desk(tmp_path, slow) as opened:
        yield opened
        slow.goes_on.set()


async def test_other_wordings_are_found_once_they_are_learnt(office: Desk) -> None:
    """At once what was written is known; after the fit what was meant; a restart needs no fit."""
    await office.writes(MANY)
    assert office.asks("gala garage").entry == NEW.id and not office.bank.is_fitted
    assert office.asks(OTHER).entry != NEW.id
    await office.learns()
    assert office.bank.is_fitted and office.asks(OTHER).ranking[0][0] == NEW.id
    assert office.asks("gala garage").entry == NEW.id
    await office.restarts()
    await office.learns()
    assert office.asks(OTHER).ranking[0][0] == NEW.id


async def test_edits_of_answers_need_no_fit(office: Desk, slow: Slow) -> None:
    """Nothing is fitted where no wording changed."""
    await office.edits("exam-format", answer="Ask ALA.")
    await office.does("approved", "exam-format")
    await office.learns()
    assert office.bank.is_fitted and slow.times == 0


async def test_deliveries_go_on_while_it_learns(office: Desk, slow: Slow) -> None:
    """A fit that takes long holds back no answer, and what is edited meanwhile is learnt next."""
    slow.goes_on.clear()
    await office.writes(MANY)
    office.jobs.relearning.begin()
    await asyncio.to_thread(slow.began.wait, 10)
    await office.run(faq.ask, ADA, "gala garage", place=f"{HERE}:D1")
    await office.jobs.round()
    assert [text for _, text in office.told if NEW.answer in text]
    await office.writes(replace(MANY, utterances={"chat": (*MANY.utterances["chat"], "bikes?")}))
    office.jobs.relearning.begin()
    slow.goes_on.set()
    await office.jobs.relearning.finished()
    assert slow.times == 1 and not office.bank.is_fitted and office.asks("bikes?").entry == NEW.id
    await office.learns()
    assert slow.times == 2 and office.bank.is_fitted and office.asks("bikes?").entry == NEW.id


async def test_a_bot_that_ends_in_the_middle_loses_nothing(office: Desk, slow: Slow) -> None:
    """The fit is given up at once, and the next start begins it again."""
    slow.goes_on.clear()
    await office.writes(MANY)
    office.jobs.relearning.begin()
    await asyncio.to_thread(slow.began.wait, 10)
    await asyncio.wait_for(office.restarts(), 10)
    assert office.asks("gala garage").entry == NEW.id
    slow.goes_on.set()
    await office.learns()
    assert office.bank.is_fitted and office.asks(OTHER).ranking[0][0] == NEW.id


async def test_a_fit_that_fails_is_tried_again_later(office: Desk, slow: Slow) -> None:
    """The bot goes on with what it knows, does not fit without end, and tries again in an hour."""
    slow.fails = True
    await office.writes(MANY)
    for _ in range(3):
        await office.learns()
    assert slow.times == 1 and office.asks("gala garage").entry == NEW.id
    slow.fails = False
    office.clock.moves(hours=2)
    await office.learns()
    assert office.bank.is_fitted


async def test_a_question_is_answered_from_one_moment(office: Desk) -> None:
    """Publishing while a question is being matched changes nothing of its answer: it has the bank
    of when it began, whole."""
    before = office.bank
    said = before.content.filed["exam-format"].utterances["mara"][0]
    draft = await office.run(
        curation.keep_draft, CHAIR, replace(before.content.filed["exam-format"], answer="New."),
        number=0,
    )  # fmt: skip
    asked = asyncio.gather(
        *(office.run(faq.ask, ADA, said) for _ in range(20)), office.publishes(draft)
    )
    replies = (await asked)[:20]
    texts = {reply.answer.text for reply in replies}
    assert texts <= {before.content.entries["exam-format"].text, "New."}
    assert (await office.run(faq.ask, ADA, said)).answer.text == "New."
    assert before.content.entries["exam-format"].text != "New."


def test_an_index_follows_what_comes_and_goes() -> None:
    """Of a retired entry nothing is left among what can be answered; a wording that moves to
    another entry leads there, and one of two entries to neither."""
    bank = pool_bank()
    moved = Example("lost and found", "opening-hours")
    after = [
        *(one for one in bank if one.label != "ticket-price" and one.text != "lost and found"),
        moved,
        Example("Sauna?", "sauna"),
        Example("closing time", "sauna"),
    ]
    index = followed(Learned(tuple(bank), fit(bank)), after)
    assert index.labels == ("lost-things", "opening-hours", "sauna", "swimming-course", "oos")
    assert index.match("Lost and found!").label == "opening-hours"
    assert index.match("sauna").label == "sauna"
    assert index.match("closing time").label != "sauna"
    found = index.match("how much is a ticket")
    assert "ticket-price" not in (found.label, *found.choices, *dict(found.ranking))
    assert index.match("when does the train leave").outcome == "unknown"
    assert not index.knows("student") and index.knows("towel")
    assert followed(Learned(tuple(bank), index), bank) is index


def test_an_index_that_was_followed_says_why() -> None:
    """The explanation names no text of what was retired."""
    bank = pool_bank()
    after = [one for one in bank if one.label != "ticket-price"]
    index = followed(Learned(tuple(bank), fit(bank)), after)
    reasons = index.explain("how much is a ticket for swimming lessons")
    texts = {text for reason in reasons for text, _ in reason.utterances}
    assert texts and not texts & {one.text for one in bank if one.label == "ticket-price"}


def test_a_fit_beside_the_work_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In a process of its own it makes the index that the bot itself would make, keeps it, and
    stops when it is no longer wanted."""
    monkeypatch.setattr("bot.services.indexing.FITTED_HERE", 5)
    bank = tuple(pool_bank())
    ended = Event()
    learn = partial(learned, tmp_path, None)
    assert learn(bank, ended).labels == fit(bank).labels
    assert (tmp_path / f"index-{content_key(bank)}.npz").exists()
    ended.set()
    with pytest.raises(GivenUp):
        learn((*bank, Example("sauna", "sauna")), ended)
    assert len(list(tmp_path.glob("index-*.npz"))) == 1
