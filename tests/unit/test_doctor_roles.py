"""`clm doctor` on the people: who holds which role now, wherever that was decided."""

from pathlib import Path

import pytest

from bot.store.database import open_database
from tests.support.cli import Terminal, terminal
from tests.support.database import told_to

SOCKET = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_APP_TOKEN": "xapp-1"}
CHAPTER = """
chair: {slack_id: U02CHAIR, name: "Ada Lovelace, CLM"}
deputy: {slack_id: U02DEPUTY}
"""
HERE = "slack:T1"


@pytest.fixture
def shell(tmp_path: Path) -> Terminal:
    made = terminal(tmp_path, cached=False)
    (made.home / "chapter.yaml").write_text(CHAPTER, encoding="utf-8")
    open_database(made.home / "clm.db").conn.close()
    return made


def decided(shell: Terminal, *given: tuple[str, str, int]) -> None:
    told_to(
        shell.home / "clm.db",
        "".join(
            f"INSERT INTO roles VALUES ('{HERE}', '{HERE}:{user}', '{role}', {held}, 'Grace');"
            for user, role, held in given
        ),
    )


def lines(shell: Terminal, word: str) -> list[str]:
    out = shell.runs("doctor", **SOCKET).out
    return [line for line in out.splitlines() if f" {word}: " in line]


def test_a_chair_named_in_chat_takes_the_place_of_the_files(shell: Terminal) -> None:
    """After a handover the doctor names the chair of now, and the admin that went along."""
    decided(shell, ("U02CHAIR", "chair", 0), ("U02CHAIR", "admin", 0), ("U9", "chair", 1))
    [line] = lines(shell, "Chair")
    assert line.startswith("ok") and "Grace (U9)" in line and "U02CHAIR" not in line
    assert "U02DEPUTY, without a name" in lines(shell, "Deputy")[0]


def test_a_chair_who_left_is_told_as_wrong(shell: Terminal) -> None:
    """A chair whom Slack no longer knows is no chair, and who can name the next is said."""
    told_to(
        shell.home / "clm.db",
        "INSERT INTO members (workspace, member, first_seen, last_seen, left_at) VALUES "
        f"('{HERE}', '{HERE}:U9', '2026-01-01', '2026-01-01', '2026-11-01');",
    )
    decided(shell, ("U02CHAIR", "chair", 0), ("U9", "chair", 1))
    [line] = lines(shell, "Chair")
    assert line.startswith("wrong") and "has left Slack" in line and "/clm chair people" in line


def test_without_any_chair_who_stands_in_is_said(shell: Terminal) -> None:
    """Where the chair's role was taken and nobody has it, requests go to those who stand in."""
    decided(shell, ("U02CHAIR", "chair", 0), ("U02CHAIR", "admin", 1))
    [line] = lines(shell, "Chair")
    assert line.startswith("missing") and "those who stand in" in line
    assert "U02CHAIR" in lines(shell, "Admin")[0]
