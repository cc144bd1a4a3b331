"""`clm doctor` on the answers that were edited in chat: how many, and which need a look."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Literal

from bot.content import ContentBank
from bot.errors import BotError
from bot.services.edited import edits_in, entered_in

Finding = tuple[Literal["ok", "note"], str]


def edits_of(content: ContentBank, database: Path, today: date) -> Iterator[Finding]:
    """What is to be said of them; nothing where there are none, or where the database cannot be
    read, which is told elsewhere."""
    try:
        entered = entered_in(database, content)
    except BotError:
        return
    for overlay in entered.values():
        if not overlay.revisions:
            continue
        found = edits_in(overlay, content, today)
        answers = "1 answer" if found.number == 1 else f"{found.number} answers"
        yield "ok", f"Content: {answers} edited in chat; clm content export writes them as files."
        if found.conflicts:
            yield (
                "note",
                f"Content: the files changed below what was edited in chat: "
                f"{', '.join(found.conflicts)}. The edits are shown; decide with /clm chair bank.",
            )
        for entry, faults in found.unfit.items():
            yield (
                "note",
                f"Content: '{entry}', edited in chat, fits the files no more and is left out: "
                f"{' '.join(faults)}",
            )
