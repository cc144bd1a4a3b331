"""What was edited in chat, on the command line: written as files, remarked upon, answered with."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import click

from bot.cli.fitting import learning_place
from bot.config import Settings, read_settings
from bot.content import ContentBank, load_content, shipped_places
from bot.content.places import ENTRIES
from bot.domain.identity import Workspace
from bot.domain.overlay import Overlay
from bot.errors import SettingsError, StoreError
from bot.services.bank import Bank, with_overlay
from bot.services.curation_export import Exported, exported
from bot.services.edited import edits_in, entered_in
from bot.services.indexing import known

_NONE = Overlay()
_WHY = {
    "conflict": "the files changed below it. Decide with /clm chair bank, then export again.",
    "unfit": "it fits the files no more; clm content check says why.",
}


@click.command("export")
@click.option(
    "--to",
    "folder",
    metavar="FOLDER",
    type=click.Path(path_type=Path),
    help="Write into this new or empty folder instead of the chapter's own files.",
)
@click.option("--workspace", metavar="ID", help="Of this workspace, such as T02ABCDEF.")
def export_content(folder: Path | None, workspace: str | None) -> None:
    """Write the answers that were edited in chat into the chapter's own files.

    They go into content/faq of CLM_HOME, where the other entries and their comments stay. Nothing
    is written unless the content is in order with it.
    """
    settings = read_settings()
    today = datetime.now(UTC).date()
    places = shipped_places(own=settings.clm_home)
    filed = load_content(places, today)
    overlay = _of_one(entered_in(settings.database, filed), workspace)
    unfit = filed.with_overlay(overlay, today).unfit
    found = exported(filed, overlay.revisions, unfit, places, today)
    target = folder or settings.clm_home / "content" / ENTRIES
    _write(found, target, filed, is_apart=folder is not None)
    for line in _told(found, target):
        click.echo(line)
    for line in _left_out(found):
        click.echo(line, err=True)
    if folder is not None and found.files:
        click.echo(f"To use them, copy them into {settings.clm_home / 'content' / ENTRIES}.")


def live(bank: Bank, settings: Settings, today: date) -> Bank:
    """The bank as the bot of this home answers from it: with what the one workspace there entered
    in chat. Where it cannot be read, that is said, and the files alone answer."""
    entered = _entered(settings, bank.content)
    if len(entered) != 1:
        return bank
    laid = with_overlay(bank, next(iter(entered.values())), today)
    index = None if laid.is_fitted else known(*learning_place(settings), laid.content.examples)
    return replace(laid, index=index, is_fitted=True) if index else laid


def remarks_on(settings: Settings, found: ContentBank, today: date) -> Iterator[str]:
    """What `clm content check` says of the edits over sound files."""
    for overlay in _entered(settings, found).values():
        if not overlay.revisions:
            continue
        edits = edits_in(overlay, found, today)
        yield f"Edited in chat: {_entries(edits.number)}; clm content export writes them."
        for entry, faults in edits.unfit.items():
            yield f"'{entry}', edited in chat, fits no more: {' '.join(faults)}"
        for entry in edits.conflicts:
            yield (
                f"'{entry}' was edited in chat, and the files changed below it; what was edited is "
                "shown. Decide with /clm chair bank."
            )


def _entered(settings: Settings, found: ContentBank) -> Mapping[Workspace, Overlay]:
    try:
        return entered_in(settings.database, found)
    except StoreError as error:
        click.echo(f"What was entered in chat is left out. {error}", err=True)
        return {}


def _of_one(entered: Mapping[Workspace, Overlay], wanted: str | None) -> Overlay:
    edited = {name: one for name, one in entered.items() if one.revisions}
    if wanted is not None:
        return next((one for name, one in edited.items() if _is(name, wanted)), _NONE)
    if len(edited) > 1:
        names = ", ".join(name.rpartition(":")[2] for name in edited)
        raise SettingsError([f"Several workspaces edited answers; choose one: --workspace {names}"])
    return next(iter(edited.values()), _NONE)


def _is(name: Workspace, wanted: str) -> bool:
    return wanted in (name, name.rpartition(":")[2])


def _write(found: Exported, target: Path, filed: ContentBank, *, is_apart: bool) -> None:
    try:
        if is_apart and target.exists() and (not target.is_dir() or any(target.iterdir())):
            raise SettingsError([f"{target} is in use already; give a new or empty folder."])
        if not is_apart and filed.shelf and filed.shelf.is_own_shipped:
            raise SettingsError([f"{target} holds the shipped files; give a folder with --to."])
        if found.files:
            target.mkdir(parents=True, exist_ok=True)
        for name, text in found.files.items():
            unfinished = target / f".{name}.part"
            unfinished.write_text(text, encoding="utf-8")
            unfinished.replace(target / name)
    except OSError as error:
        reason = (error.strerror or "unknown").lower()
        raise SettingsError([f"{target} cannot be written ({reason})."]) from None


def _told(found: Exported, target: Path) -> Iterator[str]:
    if not found.files:
        yield "Nothing is to be written: the files say what is shown."
        return
    for name, entries in found.entries.items():
        shown = ", ".join(f"{one} (retired)" if retired else one for one, retired in entries)
        yield f"{target / name}: {shown}"
    yield (
        "A running bot reads them by itself. From then on these files have the word again: change "
        "them there, or in chat."
    )


def _left_out(found: Exported) -> Iterator[str]:
    for entry, why in found.left.items():
        yield f"'{entry}' was left out: {_WHY[why]}"


def _entries(number: int) -> str:
    return "1 entry" if number == 1 else f"{number} entries"
