"""How commands end: exit code and sentence for each kind of fault, and never a stack trace."""

import socket
from collections.abc import Callable
from contextlib import AbstractContextManager, closing, nullcontext
from pathlib import Path

import pytest

import bot.cli
from bot.store import database
from bot.store.database import hold, open_database
from tests.support.cli import Terminal, terminal
from tests.support.database import locked, no_bank, told_to

SETTINGS = {
    "SLACK_BOT_TOKEN": "xoxb-1",
    "SLACK_APP_TOKEN": "xapp-1",
    "SLACK_API_URL": "http://127.0.0.1:9/api/",
}


@pytest.fixture
def shell(tmp_path: Path) -> Terminal:
    return terminal(tmp_path)


@pytest.fixture
def quick(shell: Terminal, monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """`clm run` without a bank to fit and without patience for locks."""
    monkeypatch.setattr(bot.cli, "_load", lambda places, settings, today: no_bank(today))
    monkeypatch.setattr(database, "BUSY_MS", 20)
    return shell


def damaged(path: Path) -> AbstractContextManager[object]:
    path.write_text("no database at all " * 100, encoding="utf-8")
    return nullcontext()


def newer(path: Path) -> AbstractContextManager[object]:
    open_database(path).conn.close()
    told_to(
        path,
        "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) "
        "VALUES ('clm', 'm999', 'now')",
    )
    return nullcontext()


def folder(path: Path) -> AbstractContextManager[object]:
    path.mkdir()
    return nullcontext()


def held_by_a_program(path: Path) -> AbstractContextManager[object]:
    open_database(path).conn.close()
    return locked(path)


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (damaged, "is damaged or is no database"),
        (newer, "was written by a newer version of the bot (m999)"),
        (folder, "is a folder"),
        (held_by_a_program, "is in use by another program"),
        (hold, "is in use by another running bot"),
    ],
)
def test_a_database_that_cannot_be_used_ends_with_74(
    quick: Terminal, spoil: Callable[[Path], AbstractContextManager[object]], sentence: str
) -> None:
    """`clm run` says what is wrong with the database and ends, before it talks to Slack."""
    with spoil(quick.home / "clm.db"):
        ran = quick.runs("run", **SETTINGS)
    assert (ran.code, ran.out) == (74, "")
    assert sentence in ran.err and ran.err.count("\n") == 1


def test_a_database_that_cannot_be_used_ends_a_program_of_its_own(shell: Terminal) -> None:
    """The same holds for the real program."""
    damaged(shell.home / "clm.db")
    ran = shell.starts("run", **SETTINGS)
    assert (ran.code, ran.out) == (74, "")
    assert "Traceback" not in ran.err and "is damaged or is no database" in ran.err


def test_bad_content_ends_with_65_before_anything_starts(shell: Terminal) -> None:
    """`clm run` tells all faults of the content with file and line, and makes no database."""
    path = shell.home / "chapter.yaml"
    path.write_text("names: x\ntime_zone: Nowhere\n", encoding="utf-8")
    ran = shell.runs("run", **SETTINGS)
    assert (ran.code, ran.out) == (65, "")
    assert [line.split(" ")[0] for line in ran.err.strip().split("\n")] == [
        f"{path}:1:", f"{path}:2:",
    ]  # fmt: skip
    assert not (shell.home / "clm.db").exists()


def test_slack_out_of_reach_ends_with_78(quick: Terminal) -> None:
    """Without a way to Slack the bot says so, instead of seeming to run."""
    ran = quick.runs("run", **SETTINGS)
    assert (ran.code, ran.out) == (78, "")
    assert "Slack cannot be reached at SLACK_API_URL" in ran.err


@pytest.mark.parametrize("args", [["demo", "--no-browser"], ["playground"]])
def test_a_taken_port_ends_with_78_and_the_way_out(shell: Terminal, args: list[str]) -> None:
    """A port that another program uses is said plainly, with how to choose another."""
    with closing(socket.create_server(("127.0.0.1", 0))) as taken:
        port = taken.getsockname()[1]
        ran = shell.runs(*args, "--port", str(port))
    assert (ran.code, ran.out) == (78, "")
    assert ran.err.startswith(f"Port {port} is taken by another program. Choose another: make demo")


def test_content_check_tells_what_is_there(shell: Terminal) -> None:
    """Content in order ends with 0 and a count, and nothing is made or changed."""
    ran = shell.starts("content", "check")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("The content is in order: 99 entries (0 approved), ")
    assert [path.name for path in shell.home.iterdir()] == ["cache"]


def test_content_check_tells_every_fault(shell: Terminal) -> None:
    """Content with faults ends with 65 and one line for each on standard error."""
    own = shell.home / "content" / "messages.yaml"
    own.parent.mkdir()
    own.write_text("ask:\n  chatt: x\n  late: '{when}'\n", encoding="utf-8")
    ran = shell.starts("content", "check")
    assert (ran.code, ran.out) == (65, "")
    assert ran.err == (
        f"{own}:2: unknown key 'ask.chatt'. Did you mean 'ask.chat'?\n"
        f"{own}:3: nothing is called {{when}} here.\n"
    )


@pytest.mark.parametrize("args", [["nonsense"], ["ask", "--nonsense"], ["check", "x"]])
def test_wrong_usage_ends_with_2(shell: Terminal, args: list[str]) -> None:
    """An unknown command or option is told with where the help is."""
    ran = shell.runs(*args)
    assert ran.code == 2 and "--help" in ran.err


def test_the_version_is_told(shell: Terminal) -> None:
    """`clm --version` names the version."""
    ran = shell.runs("--version")
    assert ran.code == 0 and ran.out.split()[-1].count(".") == 2
