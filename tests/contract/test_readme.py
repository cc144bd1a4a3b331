"""The README says what is true: its commands, its files, its pictures."""

import re
import subprocess
import sys
from pathlib import Path

import click
import pytest

from bot.cli import main
from bot.cli.reference import reference

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def commands(group: click.Group, name: str = "clm") -> dict[str, click.Command]:
    found: dict[str, click.Command] = {}
    for part, command in group.commands.items():
        found[f"{name} {part}"] = command
        if isinstance(command, click.Group):
            found |= commands(command, f"{name} {part}")
    return found


def test_the_command_section_is_the_help_of_the_commands() -> None:
    """What the README says of a command is what `--help` says."""
    assert reference(main).strip() in README


def test_make_check_finds_the_readme_in_step() -> None:
    """The command that writes the section into the README has nothing to change."""
    command = [sys.executable, "-m", "cogapp", "--check", "-P", "README.md"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("name", sorted(commands(main)))
def test_every_command_and_option_explains_itself(name: str) -> None:
    """`--help` is the documentation, so nothing in it is without words."""
    command = commands(main)[name]
    assert command.help
    options = [p for p in command.params if isinstance(p, click.Option)]
    assert [option.name for option in options if not option.help] == []


def test_every_file_and_picture_that_the_readme_names_is_there() -> None:
    """No link of the README leads nowhere."""
    links = re.findall(r"\]\((?!https?://|#)([^)]+)\)", README)
    named = re.findall(r"\| `((?:bot|handlers|content|data)/[^`]+)` \|", README)
    missing = [link for link in {*links, *named} if not (ROOT / link).exists()]
    assert links
    assert named
    assert missing == []
