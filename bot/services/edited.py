"""What was entered in chat, as a command reads it beside the bot: nothing is made or changed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bot.content import ContentBank
from bot.domain.curation_text import is_in_conflict
from bot.domain.identity import Workspace
from bot.domain.overlay import Overlay
from bot.services import overlays
from bot.store.database import open_to_look, told
from bot.store.migrations import is_current


def entered_in(database: Path, content: ContentBank) -> dict[Workspace, Overlay]:
    """What each workspace of a database entered; nothing where there is none, or one of another
    version of the bot. Raises StoreError when it cannot be read."""
    if not database.exists():
        return {}
    with told(database):
        db = open_to_look(database)
        try:
            return overlays.entered(db, lambda: content.chapter) if is_current(db) else {}
        finally:
            db.conn.close()


@dataclass(frozen=True, slots=True)
class Edits:
    """How many entries a workspace has edited in chat, and which of them need a look: those below
    which the files changed, and those that fit the files no more, with what is wrong."""

    number: int
    conflicts: tuple[str, ...]
    unfit: Mapping[str, tuple[str, ...]]


def edits_in(overlay: Overlay, content: ContentBank, today: date) -> Edits:
    """The edits of an overlay over the content of sound files."""
    faults = content.with_overlay(overlay, today).unfit
    unfit = {one.entry: faults[one.id] for one in overlay.revisions if one.id in faults}
    conflicts = tuple(
        one.entry
        for one in overlay.revisions
        if one.id not in faults and is_in_conflict(one, content.filed)
    )
    return Edits(len(overlay.revisions), conflicts, unfit)
