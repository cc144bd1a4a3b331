"""How the command line has a bank fitted, and what is said while somebody waits for it."""

from functools import partial
from pathlib import Path

import click

from bot.config import Settings
from bot.semantic.kept import semantic_folder
from bot.services.bank_files import Learn
from bot.services.indexing import learned


def say_fit() -> None:
    """The first start after a change of the content takes longer."""
    click.echo("Learning the answers once; this takes about a minute ...", err=True)


def learning_place(settings: Settings) -> tuple[Path, Path | None]:
    """Where indexes of what was edited in chat are kept, apart from that of the files, which stays
    where the next start looks for it; and the folder of the semantic level."""
    return settings.cache / "chat", semantic_folder(settings.clm_home)


def learning_in(settings: Settings) -> Learn:
    """How what was edited in chat is fitted in this home."""
    return partial(learned, *learning_place(settings))
