"""`clm doctor` on requests: how many wait, and who cannot be reached."""

from pathlib import Path

import pytest

from bot.store.database import open_database
from tests.support.cli import Terminal, terminal
from tests.support.database import told_to

SOCKET = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_APP_TOKEN": "xapp-1"}
CHAPTER = "name: Example City Chapter\nchair: {slack_id: U02CHAIR, name: Ada Lovelace}\n"
FAILED = (
    "INSERT INTO outbox (workspace, recipient, slot, kind, subject, under, state, due_at, "
    "created_at, reason) VALUES ('w', 'r', 's', 'relay', '', '', 'failed', 'now', 'now', "
    "'user_disabled');"
)


@pytest.fixture
def shell(tmp_path: Path) -> Terminal:
    made = terminal(tmp_path, cached=False)
    (made.home / "chapter.yaml").write_text(CHAPTER, encoding="utf-8")
    open_database(made.home / "clm.db").conn.close()
    return made


def asked_for(path: Path, number: int, card: str) -> None:
    """An open request that waits for the desk since Monday, and how its card stands."""
    monday = "2026-11-23T09:00:00+00:00"
    told_to(
        path,
        "INSERT INTO tickets (workspace, number, member, state, version, shared, waiting_since, "
        f"created_at, changed_at) VALUES ('slack:T0', {number}, 'slack:T0:U0ADA{number}', 'new', "
        f"1, '{{}}', '{monday}', '{monday}', '{monday}');"
        "INSERT INTO ticket_cards (ticket, holder, state, at) "
        f"VALUES (last_insert_rowid(), 'slack:T0:U02CHAIR', '{card}', 'now');",
    )


def test_requests_that_wait_are_counted(shell: Terminal) -> None:
    """The doctor says how many requests wait for the desk and since when, and names no member."""
    ran = shell.runs("doctor", **SOCKET)
    assert "ok       Requests: 0 open, none of them waits for the desk." in ran.out
    asked_for(shell.home / "clm.db", 1, "delivered")
    asked_for(shell.home / "clm.db", 2, "sent")
    ran = shell.runs("doctor", **SOCKET)
    says = "2 open, 2 of them for the desk to answer, the oldest since 2026-11-23 09:00 UTC."
    assert f"ok       Requests: {says}" in ran.out
    assert ran.code == 0 and "U0ADA" not in ran.out


def test_a_chair_who_cannot_be_reached_is_named(shell: Terminal) -> None:
    """Who could not be given a request, and that nobody has it, stand there with what to do."""
    told_to(shell.home / "clm.db", FAILED)
    asked_for(shell.home / "clm.db", 1, "failed")
    ran = shell.runs("doctor", **SOCKET)
    assert ran.code == 1
    assert "wrong    Requests: 1 open request with nobody." in ran.out
    assert "note     Requests: U02CHAIR could not be reached for 1 open request" in ran.out
    assert "note     Not delivered: 1 of kind relay (user_disabled)." in ran.out
