"""What people write, edit and delete in a request's thread."""

import asyncio
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from bot.domain.notices import Landing
from bot.runtime import Runtime
from bot.services import handoff
from handlers.slack.ids import conversation_ref
from handlers.slack.middleware import Visit
from handlers.slack.typed import readable

ARRIVES_SOON_S = 0.2
"""Between looks whether it is known by now where a card stands."""


async def heard_in_ticket(event: Mapping[str, Any], runtime: Runtime, visit: Visit) -> bool:
    """A message in a ticket's thread goes to the other side; False for every other message."""
    thread = await thread_of(event, event, runtime, visit)
    if thread is None:
        return False
    written = _written(event, event, visit)
    await runtime.run(handoff.hear, visit.workspace, visit.member, thread, written)
    return True


async def heard_edit_in_ticket(event: Mapping[str, Any], runtime: Runtime, visit: Visit) -> bool:
    """An edit of a message in a ticket's thread is carried over; False for every other one."""
    message = event.get("message") or {}
    thread = await thread_of(event, message, runtime, visit)
    if thread is None:
        return False
    written = _written(event, message, visit)
    await runtime.run(handoff.edited, visit.workspace, visit.member, thread, written)
    return True


async def heard_deletion_in_ticket(
    event: Mapping[str, Any], runtime: Runtime, visit: Visit
) -> None:
    """What somebody deletes in a ticket's thread vanishes on the other side as well."""
    message = event.get("previous_message") or {}
    thread = await thread_of(event, message, runtime, visit)
    if thread is not None:
        typed_at = Landing(event["channel"], message["ts"])
        await runtime.run(
            handoff.taken_back, visit.workspace, visit.member, thread, typed_at, visit.key
        )


async def thread_of(
    event: Mapping[str, Any], message: Mapping[str, Any], runtime: Runtime, visit: Visit
) -> handoff.Thread | None:
    """The ticket in whose thread a message stands; None for every other message."""
    root = message.get("thread_ts")
    if not root or root == message.get("ts"):
        return None
    place = (visit.workspace, event["channel"], root)
    channel = conversation_ref(visit.workspace, event["channel"])
    while not (thread := await runtime.run(handoff.thread_at, *place)):
        # A card whose receipt was lost is on the screen before we know that it stands there.
        here = await runtime.run(handoff.is_arriving, visit.workspace, visit.member)
        if not here and not await runtime.run(handoff.is_arriving, visit.workspace, channel):
            # It may have become known between the two looks.
            return await runtime.run(handoff.thread_at, *place)
        await asyncio.sleep(ARRIVES_SOON_S)
    return thread


def _written(event: Mapping[str, Any], message: Mapping[str, Any], visit: Visit) -> handoff.Written:
    return handoff.Written(
        text=readable(message.get("text") or ""),
        has_files=bool(message.get("files")),
        key=visit.key,
        typed_at=Landing(event["channel"], message["ts"]),
        edited_at=_time_of((message.get("edited") or {}).get("ts")),
    )


def _time_of(ts: str | None) -> datetime | None:
    return datetime.fromtimestamp(float(ts), UTC) if ts else None
