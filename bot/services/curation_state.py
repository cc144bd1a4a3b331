"""How each entry stands: what the files say, what was edited in chat, and whether both agree."""

from bot.domain.curation import Curated, EntryText, Revision
from bot.domain.curation_text import is_in_conflict, is_of_files
from bot.services.transaction import Transaction
from bot.store import revisions


def everything(tx: Transaction) -> dict[str, Curated]:
    """All entries by id, in the order of the files, then as they were added in chat."""
    newest = revisions.newest(tx.db, tx.workspace)
    ids = dict.fromkeys((*tx.bank.content.filed, *newest))
    found = {entry: curated(tx, entry, newest.get(entry)) for entry in ids}
    return {entry: one for entry, one in found.items() if one is not None}


def curated(tx: Transaction, entry: str, newest: Revision | None) -> Curated | None:
    """An entry with its newest revision; None when there never was one."""
    content = tx.bank.content
    filed, number = content.filed.get(entry), newest.number if newest else 0
    if newest is None or is_of_files(newest):
        text = filed or _last(tx, entry)
        if text is None:
            return None
        return Curated(text, filed is not None, number, filed is not None, conflict=False)
    text = newest.text or _last(tx, entry) or filed
    if text is None:
        return None
    faults = content.unfit.get(newest.id, ())
    return Curated(
        text=text,
        is_live=newest.text is not None and (not faults or filed is not None),
        number=number,
        in_files=filed is not None,
        conflict=is_in_conflict(newest, content.filed) or bool(faults),
        faults=faults,
    )


def _last(tx: Transaction, entry: str) -> EntryText | None:
    return revisions.last_text(tx.db, tx.workspace, entry)
