"""`clm doctor` on the committee's private channel: named or not, and what did not get there."""

from collections.abc import Iterator, Mapping
from typing import Literal

from sqlite_utils import Database

from bot.domain.roles import Chapter
from bot.store.handoff_channels import lost

Finding = tuple[Literal["ok", "note"], str]

_REMEDIES: Mapping[str, str] = {
    "no_groups_read": "the app was not granted groups:read, without which the bot cannot see that "
    "the channel is private. Install the app again and allow it",
    "not_private": "the channel is public. Name a private one in chapter.yaml",
    "shared_outside": "the channel is shared with another organisation. Name one of your own",
    "is_archived": "the channel is archived. Name another one in chapter.yaml",
    "not_in_channel": "the bot is not in the channel. Type /invite @clm there",
    "channel_not_found": "the bot is not in the channel, or there is none with this id. Type "
    "/invite @clm there, or look at desk_channel in chapter.yaml",
}


def channel_of(chapter: Chapter) -> Iterator[Finding]:
    """Which channel the chapter has named; nothing for a chapter without one."""
    if chapter.desk_channel:
        yield (
            "ok",
            f"Desk channel: {chapter.desk_channel}; new requests are shown there too once it is "
            "seen to be private, and the member is told so before sending.",
        )


def lost_in_channels(db: Database) -> Iterator[Finding]:
    """What could not be shown there, and what to do; the direct messages of the desk have it."""
    for place, reason, number in lost(db):
        shown = "1 open request is" if number == 1 else f"{number} open requests are"
        because = _REMEDIES.get(reason, reason or "the last try did not arrive")
        yield (
            "note",
            f"Desk channel: {shown} not shown in {place.rpartition(':')[2]}: {because}. The desk "
            "has it in its direct messages; the channel is tried again every hour.",
        )
