"""Erasing for good: over crashes and restored backups, with nothing left behind but counts."""

import json
import shutil
import sqlite3
import stat
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.errors import StoreError
from bot.services import handoff, membership, privacy
from bot.services.transaction import Transaction, reads, writes
from bot.store import counts, erasures
from bot.store.erasures import Erasure
from tests.support.handoff import ADA, BEN, CHAIR, HERE, Office
from tests.support.rows import put, tables_of

NOTE = "My firm must not hear of this."


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    opened = Office(tmp_path)
    yield opened
    opened.close()


def journal(office: Office) -> Path:
    return office.runtime.database.with_name(erasures.FILE)


def lines(office: Office) -> list[dict[str, str]]:
    return [json.loads(line) for line in journal(office).read_text().splitlines()]


def rows(office: Office, sql: str) -> list[tuple[Any, ...]]:
    return list(office.runtime._store.writing.execute(sql).fetchall())


def mentions(office: Office, *marks: str) -> list[str]:
    db = office.runtime._store.writing
    return [
        f"{table}: {row}"
        for table in tables_of(db)
        for row in db.execute(f"SELECT * FROM [{table}]").fetchall()
        if any(mark in repr(row) for mark in marks)
    ]


@reads
def counted(tx: Transaction) -> dict[str, int]:
    return counts.of(tx.db, tx.workspace)


@writes
def asked_for(tx: Transaction, who: str, reason: str) -> None:
    """What a crash leaves behind: the erasure is in the file, and nothing else has happened."""
    mark = erasures.mark_of(tx.db, who)
    erasures.write_ahead(tx.db, Erasure(tx.workspace, mark, reason, tx.now.isoformat()))


async def told_something(office: Office) -> int:
    """Ada has a ticket with a message of hers and an answer, and a recorded course."""
    ticket = await office.asked(note=NOTE)
    await office.writes(ADA, "ticket", ticket, "And call me at home.")
    await office.writes(CHAIR, "card", ticket, "I will, on Monday.", key="event-2")
    put(office.runtime._store.writing, "ledger", member=ADA, title="Ada's course", deleted_at=None)
    return ticket


async def test_nothing_but_counts_is_left(office: Office) -> None:
    """After an erasure no table names the member or holds their words, and the counts say how many
    requests there were."""
    ticket = await told_something(office)
    await office.run(handoff.close, CHAIR, ticket, "answered", "close-1")
    await office.settle()
    await office.run(privacy.erase, ADA)
    await office.settle()
    assert mentions(office, "U0ADA", "Ada", NOTE, "call me") == []
    found = await office.run(counted)
    assert found == {"erasure:asked": 1, "ticket:closed:answered": 1}


async def test_what_stands_at_both_sides_is_emptied(office: Office) -> None:
    """The chair's card, what was relayed below it and the member's own copy each say that it was
    erased; where they stood is then forgotten."""
    ticket = await told_something(office)
    await office.run(privacy.erase, ADA)
    await office.settle()
    assert "erased their data" in office.text(CHAIR, f"card:{ticket}")
    thread = office.thread(CHAIR, f"card:{ticket}")
    assert not any("call me" in text or "Monday" in text for text in thread)
    emptied = [m.text for (to, slot), m in office.mail.shown.items() if slot.startswith("erased:")]
    assert len(emptied) == 2
    assert set(emptied) == {office.copy.say("handoff.request_erased")}
    assert rows(office, "SELECT * FROM receipts WHERE slot GLOB 'erased:*'") == []


async def test_the_cards_are_emptied_even_when_the_bot_ends_right_after(office: Office) -> None:
    """The bot ends between the erasure and the edits: the next start makes them, without a name
    having been kept for it."""
    ticket = await told_something(office)
    await office.run(privacy.erase, ADA)
    assert mentions(office, "U0ADA:", "Ada Okafor", NOTE) == []
    waiting = rows(office, "SELECT recipient, slot, kind, subject FROM outbox")
    assert {kind for _, _, kind, _ in waiting} >= {"erased"}
    await office.restarts()
    assert "erased their data" in office.text(CHAIR, f"card:{ticket}")
    assert mentions(office, "U0ADA") == []


async def test_an_erasure_is_on_the_disk_before_it_is_carried_out(office: Office) -> None:
    """The file beside the database holds a mark and no name, for its owner alone."""
    await told_something(office)
    assert await office.run(privacy.erase, ADA)
    key, line = lines(office)
    assert set(key) == {"key"}
    assert set(line) == {"workspace", "mark", "reason", "at"}
    assert "ADA" not in journal(office).read_text()
    assert stat.S_IMODE(journal(office).stat().st_mode) == 0o600
    assert not list(journal(office).parent.glob("*.part"))


async def test_what_cannot_be_written_is_not_erased(office: Office) -> None:
    """Where the file cannot be written the erasure fails in words, and all is still there: a
    backup could bring it back."""
    await told_something(office)
    before = mentions(office, "U0ADA")
    journal(office).mkdir()
    with pytest.raises(StoreError):
        await office.run(privacy.erase, ADA)
    assert mentions(office, "U0ADA") == before


async def test_a_restored_backup_carries_the_erasure_out_again(office: Office) -> None:
    """Yesterday's copy is put back: at the start all about the member goes again, and the chair's
    card, which the copy knows of, is emptied again; others keep theirs."""
    ticket = await told_something(office)
    other = await office.asked(member=BEN, note="Ben's own note", key="submit-2", name="Ben")
    backup = office.runtime.database.with_name("copy.db")
    with closing(sqlite3.connect(backup)) as copy:
        office.runtime._store.writing.conn.backup(copy)
    await office.run(privacy.erase, ADA)
    await office.settle()
    office.runtime.close()
    for name in ("clm.db-wal", "clm.db-shm"):
        backup.with_name(name).unlink(missing_ok=True)
    shutil.move(backup, office.runtime.database)
    office.mail.shown.clear()
    await office.restarts()
    assert mentions(office, "U0ADA", "Ada", NOTE) == []
    assert "erased their data" in office.text(CHAIR, f"card:{ticket}")
    assert (await office.record(other)).ticket.shared.note == "Ben's own note"


async def test_whoever_comes_back_is_not_erased_again(office: Office) -> None:
    """A member who erased their data and uses the bot again keeps what is new over restarts."""
    await told_something(office)
    await office.run(privacy.erase, ADA)
    await office.settle()
    ticket = await office.asked(note="A new beginning", key="submit-9")
    await office.restarts()
    assert (await office.record(ticket)).ticket.shared.note == "A new beginning"


async def test_an_erasure_that_a_crash_cut_short_is_finished_at_the_start(office: Office) -> None:
    """The bot ended after it was asked for and before it was done: it is done at the next start,
    and once."""
    await told_something(office)
    await office.run(asked_for, ADA, "asked")
    assert mentions(office, NOTE)
    await office.restarts()
    assert mentions(office, "U0ADA", NOTE) == []
    assert (await office.run(counted))["erasure:asked"] == 1
    await office.restarts()
    assert (await office.run(counted))["erasure:asked"] == 1


async def test_a_line_that_a_power_cut_tore_spoils_no_other(office: Office) -> None:
    """A line that is written in half is passed over, and the next one stands on its own."""
    await told_something(office)
    await office.run(asked_for, BEN, "asked")
    with journal(office).open("ab") as file:
        file.write(b'{"workspace": "slack:T0CHAP')
    await office.run(asked_for, ADA, "asked")
    await office.restarts()
    assert mentions(office, "U0ADA") == []


async def test_a_lost_key_is_told_in_words(office: Office) -> None:
    """A file whose first line is not its key is refused with what to do, and nothing is erased by
    guess."""
    await told_something(office)
    journal(office).write_text("nonsense\n")
    with pytest.raises(StoreError, match="first line"):
        await office.run(privacy.erase, ADA)
    assert mentions(office, NOTE)


async def test_of_a_stranger_nothing_is_noted(office: Office) -> None:
    """Erasing when nothing is kept writes nothing, neither a mark nor a count."""
    assert not await office.run(privacy.erase, ADA)
    assert not journal(office).exists()
    assert await office.run(counted) == {}


async def test_what_a_member_sent_and_is_not_done_goes_too(office: Office) -> None:
    """An event of the member's that a crash left in the inbox is dropped and not taken up later;
    somebody else's stays."""
    db = office.runtime._store.writing
    put(db, "inbox", id=1, key="a", done_at=None, body='{"event": {"user": "U0ADA", "text": "x"}}')
    put(db, "inbox", id=2, key="b", done_at=None, body='{"event": {"user": "U0BEN", "text": "y"}}')
    assert await office.run(privacy.erase, ADA)
    left = rows(office, "SELECT id, body IS NULL, done_at IS NULL FROM inbox ORDER BY id")
    assert left == [(1, 1, 0), (2, 0, 1)]


async def test_a_chair_who_erases_keeps_the_cards_of_others(office: Office) -> None:
    """The chair's own data go; the requests that members sent them stay, and stay deliverable."""
    ticket = await told_something(office)
    put(office.runtime._store.writing, "ledger", id=9, member=CHAIR, title="The chair's course")
    await office.run(privacy.erase, CHAIR)
    await office.settle()
    assert mentions(office, "The chair's course") == []
    assert (await office.record(ticket)).ticket.shared.note == NOTE
    await office.writes(ADA, "ticket", ticket, "One more thing.", key="event-7")
    assert any("One more thing." in text for text in office.thread(CHAIR, f"card:{ticket}"))


async def test_who_left_is_erased_after_the_grace(office: Office) -> None:
    """Thirty days after somebody was deactivated their data go and the chair's card says why; a
    day before they are all there."""
    await office.restarts()
    ticket = await told_something(office)
    await office.run(membership.left, ADA)
    office.now += timedelta(days=29)
    await office.settle()
    assert mentions(office, NOTE)
    office.now += timedelta(days=1, minutes=1)
    await office.settle()
    await office.settle()
    assert mentions(office, "U0ADA", NOTE) == []
    assert "has left Slack" in office.text(CHAIR, f"card:{ticket}")
    assert lines(office)[1]["reason"] == "left"


async def test_who_comes_back_in_time_keeps_everything(office: Office) -> None:
    """Somebody who is active again within the grace loses nothing, however long ago it began."""
    await told_something(office)
    await office.run(membership.left, ADA)
    office.now += timedelta(days=20)
    await office.run(membership.came_back, ADA)
    office.now += timedelta(days=20)
    await office.restarts()
    assert mentions(office, NOTE)


async def test_the_grace_counts_from_the_first_word(office: Office) -> None:
    """Slack tells of a deactivated profile again and again; that does not lengthen the grace."""
    await told_something(office)
    await office.run(membership.left, ADA)
    office.now += timedelta(days=25)
    await office.run(membership.left, ADA)
    office.now += timedelta(days=6)
    await office.restarts()
    assert mentions(office, NOTE) == []


async def test_of_a_stranger_who_leaves_nothing_is_kept(office: Office) -> None:
    """Slack tells of everybody in the workspace; whoever never used the bot gets no row."""
    await office.run(membership.left, BEN)
    await office.run(membership.came_back, BEN)
    assert mentions(office, "U0BEN") == []


async def test_a_removed_app_takes_everything_along_after_the_grace(office: Office) -> None:
    """Thirty days after the removal nothing of the workspace is left; before that all is there."""
    await told_something(office)
    await office.run(membership.removed)
    office.now += timedelta(days=29)
    await office.restarts()
    assert mentions(office, NOTE)
    office.now += timedelta(days=2)
    await office.restarts()
    assert {row.split(":")[0] for row in mentions(office, str(HERE))} == {"erasures"}
    assert lines(office)[-1]["reason"] == "uninstalled"


async def test_a_restored_backup_of_a_removed_app_is_emptied(office: Office) -> None:
    """A copy from before the removal that is put back afterwards is empty again at the start."""
    await told_something(office)
    await office.run(asked_for, HERE, "uninstalled")
    await office.restarts()
    assert {row.split(":")[0] for row in mentions(office, str(HERE))} == {"erasures"}


async def test_an_app_that_is_installed_again_keeps_everything(office: Office) -> None:
    """Whoever removes the app and puts it back within the grace finds all as it was."""
    await told_something(office)
    await office.run(membership.removed)
    office.now += timedelta(days=20)
    await office.run(membership.installed)
    office.now += timedelta(days=20)
    await office.restarts()
    assert mentions(office, NOTE)


async def test_a_refusal_at_the_start_begins_the_grace(office: Office) -> None:
    """Where the app was removed while the bot was not running, the refused start begins it."""
    await told_something(office)
    await office.run(membership.refused)
    assert rows(office, "SELECT workspace FROM uninstalls") == [(HERE,)]
