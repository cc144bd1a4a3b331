"""`clm doctor` on requests to the chair: how many wait, who cannot be reached, what went lost."""

from collections.abc import Iterator
from typing import Literal

from sqlite_utils import Database

from bot.store.handoff_clock import failed_kinds, lost_holders, open_counts, without_reach

Finding = tuple[Literal["ok", "note", "wrong"], str]


def requests_of(db: Database) -> Iterator[Finding]:
    """What is to be said of them; people are named by id, as in chapter.yaml, members never."""
    open_ones, waiting, since = open_counts(db)
    if since is None:
        yield "ok", f"Requests: {open_ones} open, none of them waits for the desk."
    else:
        yield (
            "ok",
            f"Requests: {open_ones} open, {waiting} of them for the desk to answer, the oldest "
            f"since {since:%Y-%m-%d %H:%M} UTC.",
        )
    if nobody := without_reach(db):
        yield (
            "wrong",
            f"Requests: {_requests(nobody)} with nobody. Name a chair or a deputy who can be "
            "reached in chapter.yaml, or with /clm chair people.",
        )
    for holder, number in lost_holders(db).items():
        yield (
            "note",
            f"Requests: {holder.rpartition(':')[2]} could not be reached for {_requests(number)}; "
            "each goes to the next of the desk. Have they left Slack?",
        )
    for kind, reason, number in failed_kinds(db):
        because = f" ({reason})" if reason else ""
        yield "note", f"Not delivered: {number} of kind {kind}{because}."


def _requests(number: int) -> str:
    return "1 open request" if number == 1 else f"{number} open requests"
