"""`clm doctor`: what is set up, what is missing and what to do about it; it changes nothing."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.store import database
from bot.store.database import open_database
from tests.support.cli import Ran, Terminal, terminal
from tests.support.database import asked, become_nobody, folder_of_nobody, locked, told_to

SOCKET = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_APP_TOKEN": "xapp-1"}
HTTP = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_SIGNING_SECRET": "geheim"}
CHAPTER = """
name: Example City Chapter
chair: {slack_id: U02CHAIR, name: "Ada Lovelace, CLM"}
deputy: {slack_id: U02DEPUTY}
"""


@pytest.fixture
def shell(tmp_path: Path) -> Terminal:
    made = terminal(tmp_path, cached=False)
    (made.home / "chapter.yaml").write_text(CHAPTER, encoding="utf-8")
    return made


def found(ran: Ran) -> dict[str, list[str]]:
    """The findings by their mark; the last line is the verdict."""
    marks: dict[str, list[str]] = {}
    for line in ran.out.split("\n\n")[0].split("\n"):
        mark, _, text = line.partition(" ")
        marks.setdefault(mark, []).append(text.strip())
    assert set(marks) <= {"ok", "note", "missing", "wrong"}
    return marks


def in_outbox(path: Path, *states: str) -> None:
    open_database(path).conn.close()
    rows = "".join(
        "INSERT INTO outbox (workspace, recipient, slot, kind, subject, under, state, due_at, "
        f"created_at) VALUES ('w', 'r', '{n}', 'say', '', '', '{state}', 'now', 'now');"
        for n, state in enumerate(states)
    )
    told_to(path, rows)


@pytest.mark.parametrize(
    ("env", "says", "note"),
    [
        (SOCKET, "Socket Mode is complete (clm run).", "for HTTP mode: SLACK_SIGNING_SECRET"),
        (HTTP, "HTTP mode is complete (clm run --http HOST:PORT).", "for Socket Mode: SLACK_APP"),
    ],
)
def test_one_way_in_is_enough(shell: Terminal, env: dict[str, str], says: str, note: str) -> None:
    """With either mode complete all is well, and what the other would need is only a note."""
    ran = shell.runs("doctor", **env)
    assert ran.code == 0
    assert any(says in text for text in found(ran)["ok"])
    assert any(note in text for text in found(ran)["note"])
    assert ran.out.strip().endswith("The bot has what it needs. Start it with: clm run")
    assert "geheim" not in ran.out


def test_both_ways_in_need_no_note(shell: Terminal) -> None:
    """With everything set nothing is said of what is missing."""
    ran = shell.runs("doctor", **SOCKET, SLACK_SIGNING_SECRET="geheim")
    assert ran.code == 0
    assert not any(text.startswith("Settings: for") for text in found(ran)["note"])


def test_without_a_way_in_it_is_not_ready(shell: Terminal) -> None:
    """Nothing set is told as missing, once, and ends with exit code 1."""
    ran = shell.runs("doctor")
    assert ran.code == 1
    assert [text.split()[1] for text in found(ran)["missing"]] == [
        "SLACK_BOT_TOKEN", "SLACK_APP_TOKEN",
    ]  # fmt: skip
    assert "The bot is not ready" in ran.out


def test_people_and_approval_are_told(shell: Terminal) -> None:
    """The chapter, the chair, the deputy and how many answers are approved can be read."""
    marks = found(shell.runs("doctor", **SOCKET))
    assert "Chapter: Example City Chapter." in marks["ok"]
    assert "Chair: Ada Lovelace, CLM (U02CHAIR)." in marks["ok"]
    assert "Deputy: U02DEPUTY, without a name." in marks["ok"]
    assert any(text.startswith("Content: 0 of 93 answers are approved;") for text in marks["note"])


def test_a_chapter_without_a_chair_is_not_ready(shell: Terminal) -> None:
    """Without a chair nobody gets a request, so that is missing; the rest is a note."""
    (shell.home / "chapter.yaml").unlink()
    ran = shell.runs("doctor", **SOCKET)
    assert ran.code == 1
    [missing] = found(ran)["missing"]
    assert missing.startswith("Chair: no slack_id in chapter.yaml; requests are kept")
    assert any(text.startswith("Deputy: none") for text in found(ran)["note"])
    assert any(text.startswith("Chapter: no name") for text in found(ran)["note"])


def test_faults_of_the_content_are_told_with_their_lines(shell: Terminal) -> None:
    """Content that the bot would refuse is told here too, every fault of it."""
    path = shell.home / "chapter.yaml"
    path.write_text("names: x\ntime_zone: Nowhere\n", encoding="utf-8")
    ran = shell.runs("doctor", **SOCKET)
    assert ran.code == 1
    assert [text.split(": ")[1] for text in found(ran)["wrong"]] == [f"{path}:1", f"{path}:2"]


def test_a_database_that_is_not_there_yet_is_fine(shell: Terminal) -> None:
    """Before the first start there is no database, and looking makes none."""
    ran = shell.runs("doctor", **SOCKET)
    assert ran.code == 0
    assert any("will be made at the first start" in text for text in found(ran)["ok"])
    assert not (shell.home / "clm.db").exists()


@pytest.mark.parametrize(
    ("states", "waiting", "failed"),
    [
        ((), "no notices to be delivered", ""),
        (("due",), "1 notice to be delivered", ""),
        (("due", "sending", "due"), "3 notices to be delivered", ""),
        (("failed", "failed", "due"), "1 notice to be", "2 notices could not be delivered"),
    ],
)
def test_notices_are_counted(
    shell: Terminal, states: tuple[str, ...], waiting: str, failed: str
) -> None:
    """What waits to be delivered and what never was can be read."""
    in_outbox(shell.home / "clm.db", *states)
    ran = shell.runs("doctor", **SOCKET)
    assert ran.code == 0
    assert any(waiting in text for text in found(ran)["ok"])
    assert any(failed in text for text in found(ran)["note"]) == bool(failed) or not failed


def in_reminders(path: Path, *reminders: tuple[str, timedelta]) -> None:
    """Reminders by their state, and how long from now each is due."""
    open_database(path).conn.close()
    now = datetime.now(UTC)
    far = (now + timedelta(days=90)).date().isoformat()
    rows = "".join(
        "INSERT INTO reminders (workspace, member, subject, day, days_before, due_at, state, "
        f"changed_at) VALUES ('w', 'm', 'plan', '{far}', {n}, "
        f"'{(now + due).isoformat()}', '{state}', 'now');"
        for n, (state, due) in enumerate(reminders)
    )
    told_to(path, rows)


AHEAD, JUST_NOW, LONG_AGO = timedelta(days=9), timedelta(minutes=-5), timedelta(days=-2)


@pytest.mark.parametrize(
    ("reminders", "mark", "says"),
    [
        ((), "ok", "0 waiting, 0 of them due now, 0 missed."),
        (
            (("planned", AHEAD), ("snoozed", AHEAD), ("planned", JUST_NOW), ("sent", LONG_AGO)),
            "ok",
            "3 waiting, 1 of them due now, 0 missed.",
        ),
        (
            (("planned", LONG_AGO), ("snoozed", LONG_AGO), ("planned", AHEAD), ("done", LONG_AGO)),
            "note",
            "3 waiting, 2 of them due now, 2 missed.",
        ),
    ],
)
def test_reminders_due_and_missed_are_counted(
    shell: Terminal, reminders: tuple[tuple[str, timedelta], ...], mark: str, says: str
) -> None:
    """How many reminders wait, are due, or were due long ago and not sent can be read."""
    in_reminders(shell.home / "clm.db", *reminders)
    ran = shell.runs("doctor", **SOCKET)
    assert ran.code == 0
    assert any(f"Reminders: {says}" in text for text in found(ran)[mark])


def test_a_reminder_put_off_after_a_fault_is_missed(shell: Terminal) -> None:
    """Tried again every hour, it is not due just now, and yet the operator learns of it."""
    path = shell.home / "clm.db"
    in_reminders(path, ("planned", timedelta(minutes=40)))
    day = (datetime.now(UTC) + timedelta(days=20)).date()
    told_to(path, f"UPDATE reminders SET days_before = 30, day = '{day}'")
    ran = shell.runs("doctor", **SOCKET)
    assert any(
        "Reminders: 1 waiting, 0 of them due now, 1 missed." in text for text in found(ran)["note"]
    )


def damage(path: Path) -> None:
    path.write_text("no database at all " * 100, encoding="utf-8")


def make_newer(path: Path) -> None:
    open_database(path).conn.close()
    told_to(
        path,
        "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) "
        "VALUES ('clm', 'm999', 'now')",
    )


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (damage, "is damaged or is no database"),
        (make_newer, "newer version"),
        (Path.mkdir, "folder"),
    ],
)
def test_a_database_that_cannot_be_used_is_told(
    shell: Terminal, spoil: object, sentence: str
) -> None:
    """A damaged or newer database is wrong, with the sentence that the bot itself would say."""
    assert callable(spoil)
    spoil(shell.home / "clm.db")
    ran = shell.runs("doctor", **SOCKET)
    assert ran.code == 1
    assert sentence in found(ran)["wrong"][0]


def test_a_locked_database_is_told(shell: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    """A database that another program holds is wrong."""
    monkeypatch.setattr(database, "BUSY_MS", 20)
    path = shell.home / "clm.db"
    open_database(path).conn.close()
    with locked(path):
        ran = shell.runs("doctor", **SOCKET)
    assert ran.code == 1 and "in use by another program" in found(ran)["wrong"][0]


def test_an_older_database_is_left_as_it_is(shell: Terminal) -> None:
    """Looking does not upgrade; that is said, and done at the next start."""
    path = shell.home / "clm.db"
    with closing(sqlite3.connect(path)) as db:
        db.execute("CREATE TABLE something (a TEXT)")
    ran = shell.runs("doctor", **SOCKET)
    assert ran.code == 0
    assert any("the next start brings it up to date" in text for text in found(ran)["ok"])
    assert asked(path, "SELECT name FROM sqlite_master") == [("something",)]


def test_a_home_that_cannot_be_written_is_told(shell: Terminal) -> None:
    """Where no database can be made, that is told before the first start."""
    with folder_of_nobody() as folder:
        (folder / "file").write_text("", encoding="utf-8")
        ran = shell.runs("doctor", **SOCKET, CLM_HOME=str(folder / "file"))
    assert ran.code == 1
    assert "cannot be made" in found(ran)["wrong"][0]


def test_a_home_that_cannot_even_be_looked_into_is_told(shell: Terminal) -> None:
    """A home of somebody else is a finding and no stack trace."""
    with folder_of_nobody() as folder:
        (folder / "home").mkdir()
        (folder / "home").chmod(0o000)
        become_nobody()
        ran = shell.runs("doctor", **SOCKET, CLM_HOME=str(folder / "home"))
    assert ran.code == 1 and "cannot be" in found(ran)["wrong"][-1]
