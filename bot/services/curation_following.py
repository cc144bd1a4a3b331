"""Edits of chat over files that were read anew: what agrees is settled, what does not is told."""

from bot.domain.curation_text import digest_of, is_of_files
from bot.domain.notices import Notice
from bot.services.curation_state import curated
from bot.services.outbox import tell
from bot.services.roles import roster_of
from bot.services.transaction import Transaction, writes
from bot.store import revisions


@writes
def follow_files(tx: Transaction) -> bool:
    """After the files were read anew: what they now say as well is theirs again, and the desk is
    told once of each edit that they changed below; True when there was something to tell."""
    found = [one for one in revisions.newest(tx.db, tx.workspace).values() if not is_of_files(one)]
    new = False
    for revision in found:
        filed = tx.bank.content.filed.get(revision.entry)
        files = digest_of(filed)
        if digest_of(revision.text) == files:
            revisions.rest_on(tx.db, revision.id, files)
            continue
        now = curated(tx, revision.entry, revision)
        if now and now.conflict and revisions.told_of(tx.db, revision.id) != files:
            revisions.note_told(tx.db, revision.id, files)
            new = True
    editors = roster_of(tx).having("edit") if new else ()
    for editor in editors[:1]:
        slot = f"conflicts:{tx.now.isoformat()}"
        tell(tx, Notice(tx.workspace, editor, slot, "say", "revision.conflicts"))
    return new
