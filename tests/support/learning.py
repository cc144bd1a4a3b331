"""The swimming pool's bank to learn with: real services over a real file, a fitted index."""

from dataclasses import fields
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from bot.content import ContentBank
from bot.domain.fact_words import NO_FACT_WORDS
from bot.domain.faq import Decision, Entry
from bot.domain.identity import MemberRef
from bot.domain.learning import Wording
from bot.domain.manners import NO_MANNERS
from bot.domain.matching import Index
from bot.domain.matching_fit import fit
from bot.domain.notices import Delivery
from bot.domain.phrasing import NO_PHRASING
from bot.domain.program import Source
from bot.jobs import Jobs
from bot.services import learning
from bot.services.bank import Bank
from bot.services.transaction import Transaction, promises, reads, writes
from bot.store import faq, unknown_questions
from bot.store.faq import Turn
from handlers.slack.views.blocks import Message
from handlers.slack.wishes import render_wished
from tests.support.conversation import QUESTIONS
from tests.support.handoff import Mail, Office, bank_of, chapter_of
from tests.support.small_bank import pool_bank

SAID_AT = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
SOURCE = Source("handbook", "Handbook", "The pool", "https://example.org", "2026")
ANSWERS = {name: f"Answer to {name}." for name in QUESTIONS}


@cache
def pool_index() -> Index:
    return fit(pool_bank())


def wording(
    text: str,
    turn: int,
    *,
    times: int = 1,
    people: int = 1,
    days: int = 0,
    entry: str | None = None,
) -> Wording:
    """A wording that was asked so often, last so many days after the first one of the tests."""
    last = SAID_AT + timedelta(days=days)
    return Wording(text, turn, times, people, SAID_AT, last, entry)


def pool_entries() -> dict[str, Entry]:
    day = date(2026, 11, 23)
    return {
        name: Entry(name, "pool", question, ANSWERS[name], (SOURCE,), day, None, ())
        for name, question in QUESTIONS.items()
    }


class Post(Mail):
    """Delivers answers that were wished for as well."""

    async def _drawn(self, delivery: Delivery) -> Message | None:
        if delivery.notice.kind != "wished_answer":
            return await super()._drawn(delivery)
        assert self.runtime is not None
        return await render_wished(self.runtime, delivery.notice)


class School(Office):
    """An office whose bank knows about a swimming pool."""

    def __init__(self, home: Path) -> None:
        self.entries = pool_entries()
        super().__init__(home, chapter_of())
        self.mail = Post()
        self.mail.runtime = self.runtime
        self.jobs = Jobs(self.runtime, self.mail)

    def _bank(self, today: date) -> Bank:
        content: ContentBank = bank_of(self.chapter).content
        known: dict[str, Any] = {one.name: getattr(content, one.name) for one in fields(content)}
        known |= {"manners": NO_MANNERS, "phrasing": NO_PHRASING, "fact_words": NO_FACT_WORDS}
        known |= {"entries": self.entries, "examples": tuple(pool_bank())}
        return Bank(ContentBank(**known), pool_index())

    async def publishes(self, entry: str, question: str) -> None:
        """An entry is in the bank from now on, as after its overlay was laid anew."""
        self.entries = {**self.entries, entry: _entry(entry, question)}
        await self.runtime.renew_bank()

    async def asked(self, member: MemberRef, text: str) -> int:  # type: ignore[override]
        """A question that nobody can answer; its turn."""
        return int(await self.run(unanswered, member, text))

    async def shown(self, member: MemberRef, text: str, entry: str) -> int:
        """A question that was answered with an entry; its turn."""
        return int(await self.run(answered, member, text, entry))

    async def offered(self, member: MemberRef, text: str, *choices: str) -> int:
        """A question at which entries were offered; its turn."""
        return int(await self.run(clarified, member, text, choices))


def _entry(name: str, question: str) -> Entry:
    day = date(2026, 11, 23)
    return Entry(name, "pool", question, f"Answer to {name}.", (SOURCE,), day, None, ())


def _turn(tx: Transaction, member: MemberRef, text: str, decision: Decision) -> Turn:
    return Turn(
        id=0,
        workspace=tx.workspace,
        member=member,
        place=f"{member}",
        message="",
        question=text,
        outcome=decision.outcome,
        entry=decision.entry,
        choices=decision.choices,
        digest=None,
        late=False,
        introduces=False,
    )


@writes
def unanswered(tx: Transaction, member: MemberRef, text: str) -> int:
    turn = faq.add(tx.db, _turn(tx, member, text, Decision("unknown", None, 0.0, (), ())), tx.now)
    unknown_questions.keep(tx.db, tx.workspace, turn, text, tx.now)
    return turn


@writes
def answered(tx: Transaction, member: MemberRef, text: str, entry: str) -> int:
    decision = Decision("answer", entry, 1.0, (), ())
    return faq.add(tx.db, _turn(tx, member, text, decision), tx.now)


@writes
def clarified(tx: Transaction, member: MemberRef, text: str, choices: tuple[str, ...]) -> int:
    decision = Decision("clarify", None, 0.5, choices, ())
    return faq.add(tx.db, _turn(tx, member, text, decision), tx.now)


@promises
def settled(tx: Transaction, key: int, entry: str) -> None:
    """What publishing a draft that was written for a group does for its questions."""
    learning.settle(tx, learning.origin_of(key), entry)


@writes
def keep_as(tx: Transaction, turn: int, text: str) -> None:
    """The question of a turn was edited into another one without an answer."""
    unknown_questions.keep(tx.db, tx.workspace, turn, text, tx.now)


@reads
def rows(tx: Transaction, sql: str) -> list[tuple[Any, ...]]:
    return list(tx.db.execute(sql).fetchall())
