"""Forgetting by itself: each kind of data goes after the chapter's days, and not before."""

import os
from collections.abc import Iterator
from dataclasses import fields
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.content import ContentPlaces, load_content, shipped_path
from bot.domain.retention import Retention
from bot.errors import ContentError
from bot.services import handoff, retention
from bot.services.transaction import Transaction, reads
from bot.store import counts
from tests.support.content import TODAY, copied
from tests.support.handoff import ADA, BEN, CHAIR, START, Office, chapter_of
from tests.support.rows import put

DAYS = 50
LATER = {"deleted_at": None}
BY_TABLE: dict[str, list[tuple[str, str, dict[str, Any]]]] = {
    "questions": [("turns", "created_at", {})],
    "unknown_questions": [
        ("unknown_questions", "at", {}),
        ("wishes", "at", {}),
        ("proposals", "at", {}),
    ],
    "drafts": [
        ("drafts", "updated_at", {}),
        ("ticket_drafts", "created_at", {}),
        ("entry_drafts", "changed_at", {}),
    ],
    "checks": [("profiles", "told_at", {})],
    "hours": [("ledger", "changed_at", LATER)],
    "deleted_entries": [("ledger", "deleted_at", {})],
    "plans": [("plans", "apply_on", {})],
    "calendars": [("calendars", "at", {})],
    "reminders": [("reminders", "due_at", {"state": "sent"})],
    "sessions": [("attendances", "at", {"state": "noted"})],
    "tickets": [("tickets", "changed_at", {})],
    "deliveries": [
        ("receipts", "at", {"slot": "status:1"}),
        ("outbox", "created_at", {"state": "failed"}),
        ("digests", "at", {}),
        ("handovers", "at", {"state": "declined"}),
    ],
    "inbox": [("inbox", "received_at", {"done_at": None})],
}
CASES = [(kind, *case) for kind, cases in BY_TABLE.items() for case in cases]


def opened(home: Path, **days: int) -> Office:
    return Office(home, chapter_of(retention=Retention(**days)))


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = opened(tmp_path)
    yield made
    made.close()


def number(office: Office, table: str) -> int:
    rows = office.runtime._store.writing.execute(f"SELECT count(*) FROM [{table}]")
    return int(rows.fetchone()[0])


def moment(column: str, when: datetime) -> str:
    return when.date().isoformat() if column == "apply_on" else when.isoformat()


@reads
def counted(tx: Transaction) -> dict[str, int]:
    return counts.of(tx.db, tx.workspace)


@pytest.mark.parametrize(("kind", "table", "column", "more"), CASES)
async def test_each_kind_goes_when_its_days_are_over(
    tmp_path: Path, kind: str, table: str, column: str, more: dict[str, Any]
) -> None:
    """What is kept for so many days is there on the last of them and gone two days later."""
    office = opened(tmp_path, **{kind: DAYS})
    put(office.runtime._store.writing, table, **{"member": ADA, **more})
    values = [moment(column, START)]
    office.runtime._store.writing.execute(f"UPDATE [{table}] SET [{column}] = ?", values)
    office.now = START + timedelta(days=DAYS) - timedelta(minutes=1)
    await office.run(retention.tidy)
    assert number(office, table) == 1
    office.now = START + timedelta(days=DAYS + 2)
    await office.run(retention.tidy)
    assert number(office, table) == 0
    office.close()


@pytest.mark.parametrize(("kind", "table", "column", "more"), CASES)
async def test_what_has_no_days_is_kept(
    office: Office, kind: str, table: str, column: str, more: dict[str, Any]
) -> None:
    """Where the chapter names no days, a kind of data stays for ten years and more."""
    put(
        office.runtime._store.writing,
        table,
        **{"member": ADA, column: moment(column, START), **more},
    )
    office.now = START + timedelta(days=4000)
    await office.run(retention.tidy)
    assert number(office, table) == 1, kind


def test_every_setting_is_proved() -> None:
    """No kind of data can be set in chapter.yaml without a test that it then goes."""
    elsewhere = {"members_inactive", "grace_days", "backups"}
    assert {field.name for field in fields(Retention)} == set(BY_TABLE) | elsewhere


async def test_the_bot_does_it_by_itself(tmp_path: Path) -> None:
    """Nobody has to ask: it is done at the start, and every few hours while the bot runs."""
    office = opened(tmp_path, drafts=DAYS)
    put(office.runtime._store.writing, "drafts", id=1, member=ADA, updated_at=START.isoformat())
    office.now = START + timedelta(days=DAYS + 1)
    await office.restarts()
    assert number(office, "drafts") == 0
    put(office.runtime._store.writing, "drafts", id=2, member=BEN, updated_at=START.isoformat())
    await office.settle()
    assert number(office, "drafts") == 1
    office.now += timedelta(hours=7)
    await office.settle()
    assert number(office, "drafts") == 0
    office.close()


async def test_more_than_a_batch_goes_batch_by_batch(tmp_path: Path) -> None:
    """Ten thousand old rows hold nobody up: each transaction takes a part, until all are gone."""
    office = opened(tmp_path, reminders=DAYS)
    many = retention.BATCH * 2 + 1
    for at in range(many):
        put(office.runtime._store.writing, "reminders", id=at + 1, member=ADA, days_before=at)
    office.now = START + timedelta(days=DAYS + 400)
    assert await office.run(retention.tidy)
    assert number(office, "reminders") == many - retention.BATCH
    assert await office.run(retention.tidy)
    assert not await office.run(retention.tidy)
    assert number(office, "reminders") == 0
    office.close()


async def test_an_open_request_is_never_forgotten(tmp_path: Path) -> None:
    """A request counts from its end: an open one stays however old it is, and a closed one goes
    with what stands of it in Slack."""
    office = opened(tmp_path, tickets=DAYS)
    await office.restarts()
    ticket = await office.asked(note="My firm must not hear of this.")
    office.now += timedelta(days=DAYS * 3)
    await office.settle()
    assert (await office.record(ticket)) is not None
    await office.run(handoff.close, CHAIR, ticket, "answered", "close-1")
    office.now += timedelta(days=DAYS + 1)
    await office.settle()
    await office.settle()
    assert (await office.record(ticket)) is None
    assert office.text(CHAIR, f"card:{ticket}") == office.copy.say("handoff.card_expired")
    emptied = [m.text for (_, slot), m in office.mail.shown.items() if slot.startswith("erased:")]
    assert emptied == [office.copy.say("handoff.request_expired")]
    assert (await office.run(counted))["ticket:closed:answered"] == 1
    office.close()


async def test_counts_of_questions_stay(tmp_path: Path) -> None:
    """How often an answer was given and found right is still known after the questions went."""
    office = opened(tmp_path, questions=DAYS)
    db = office.runtime._store.writing
    put(db, "turns", id=1, member=ADA, outcome="answer", entry="exam-fee")
    put(db, "votes", turn=1, member=BEN, helpful=1)
    put(db, "receipts", recipient="slack:T0CHAPTER:D0ADA", slot="turn:1")
    office.now = START + timedelta(days=DAYS + 1)
    await office.run(retention.tidy)
    assert await office.run(counted) == {"turn:answer:exam-fee": 1, "vote:yes:exam-fee": 1}
    assert number(office, "votes") == number(office, "receipts") == 0
    office.close()


async def test_who_attended_goes_and_how_many_stays(tmp_path: Path) -> None:
    """The number of members who were confirmed at a session is right after their names went."""
    office = opened(tmp_path, sessions=DAYS)
    db = office.runtime._store.writing
    put(db, "sessions", id=1)
    for who, state in ((ADA, "confirmed"), (BEN, "confirmed"), (CHAIR, "noted")):
        put(db, "attendances", session=1, member=who, state=state)
    office.now = START + timedelta(days=DAYS + 1)
    await office.run(retention.tidy)
    assert number(office, "attendances") == 0
    assert db.execute("SELECT erased FROM sessions").fetchone() == (2,)
    office.close()


async def test_who_is_not_heard_of_is_erased(tmp_path: Path) -> None:
    """All of a member's data go when nothing was heard of them for so long; the newest sign of
    them counts, whatever it was."""
    office = opened(tmp_path, members_inactive=DAYS)
    db = office.runtime._store.writing
    lately = (START + timedelta(days=20)).isoformat()
    for at, (who, when) in enumerate(((ADA, START.isoformat()), (BEN, lately)), start=1):
        put(db, "members", member=who, first_seen=START.isoformat())
        put(db, "ledger", id=at, member=who, created_at=START.isoformat(), changed_at=when)
    office.now = START + timedelta(days=DAYS + 1)
    await office.run(retention.forget_members)
    assert [row[0] for row in db.execute("SELECT member FROM ledger").fetchall()] == [BEN]
    office.now += timedelta(days=20)
    await office.run(retention.forget_members)
    assert number(office, "ledger") == number(office, "members") == 0
    office.close()


async def test_what_the_bot_sends_is_no_sign_of_a_member(tmp_path: Path) -> None:
    """Reminders that go on being sent to somebody who never reacts do not keep their data."""
    office = opened(tmp_path, members_inactive=DAYS)
    db = office.runtime._store.writing
    put(db, "ledger", member=ADA, created_at=START.isoformat(), changed_at=START.isoformat())
    office.now = START + timedelta(days=DAYS + 1)
    put(db, "reminders", member=ADA, changed_at=office.now.isoformat())
    await office.run(retention.forget_members)
    assert number(office, "ledger") == number(office, "reminders") == 0
    office.close()


async def test_old_copies_of_the_database_go(tmp_path: Path) -> None:
    """A copy made before an upgrade holds what was erased since, and goes when its days are over;
    a young one stays."""
    office = opened(tmp_path, backups=DAYS)
    old, young = (tmp_path / f"clm.db.before-{name}" for name in ("m001", "m002"))
    for path, age in ((old, DAYS + 1), (young, DAYS - 1)):
        path.touch()
        made = (office.now - timedelta(days=age)).timestamp()
        os.utime(path, (made, made))
    await office.run(retention.drop_backups)
    assert not old.exists()
    assert young.exists()
    assert office.runtime.database.exists()
    office.close()


def test_the_shipped_days_are_set() -> None:
    """Out of the box everything but the member's own hours goes at some time."""
    kept = load_content(ContentPlaces(shipped_path("content")), TODAY).chapter.retention
    unset = {field.name for field in fields(kept) if getattr(kept, field.name) is None}
    assert unset == {"hours"}
    assert kept.grace_days == 30


def test_a_chapter_sets_its_own_days(tmp_path: Path) -> None:
    """One kind is changed, one is kept until it is erased, and the rest stay as shipped."""
    tree = copied(tmp_path)
    tree.own("chapter.yaml", "retention: {questions: 90, tickets: }\n")
    kept = tree.load().chapter.retention
    assert (kept.questions, kept.tickets, kept.reminders) == (90, None, 400)


@pytest.mark.parametrize("days", ["0", "-1", "1.5", "soon", "true", "40000"])
def test_a_wrong_number_of_days_is_told_with_its_line(tmp_path: Path, days: str) -> None:
    """What is no number of days is a fault at its line, and no data go by it."""
    tree = copied(tmp_path)
    tree.own("chapter.yaml", f"retention:\n  questions: {days}\n")
    with pytest.raises(ContentError) as caught:
        tree.load()
    assert "chapter.yaml:2" in str(caught.value.faults)


def test_an_unknown_kind_is_told(tmp_path: Path) -> None:
    """A kind that is misspelled is a fault, so that nobody believes that it goes."""
    tree = copied(tmp_path)
    tree.own("chapter.yaml", "retention:\n  question: 90\n")
    with pytest.raises(ContentError, match="question"):
        tree.load()
