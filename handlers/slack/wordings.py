"""The desk's list of wordings that members chose an answer for."""

from collections.abc import Sequence
from typing import Any

from slack_bolt.context.ack.async_ack import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import NotAllowed
from bot.runtime import Runtime
from bot.services import proposals
from handlers.slack.asked import Asked
from handlers.slack.curation_windows import only_editors
from handlers.slack.faq import id_in, pressed_value
from handlers.slack.learning import open_with, shown
from handlers.slack.middleware import Visit
from handlers.slack.views.blocks import Block
from handlers.slack.views.wordings import wordings_modal


async def on_command(asked: Asked) -> None:
    """`/clm chair wordings`."""
    await asked.ack()
    drawing = _drawn(asked.runtime, asked.visit)
    await open_with(asked.client, asked.trigger, drawing, asked.runtime, asked.visit)


async def on_open(
    ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, runtime: Runtime, visit: Visit
) -> None:
    """The button on the list of questions, or of the digest."""
    await ack()
    await shown(body, client, _drawn(runtime, visit), runtime, visit)


async def on_accept(
    ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, runtime: Runtime, visit: Visit
) -> None:
    """One wording, or all of the page, become ways to ask their entries."""
    await ack()
    await only_editors(runtime, visit)
    ids = _ids_in(pressed_value(body))
    note = await _accepted(runtime, visit, ids)
    await shown(body, client, _drawn(runtime, visit, note), runtime, visit)


on_accept_all = on_accept


async def on_reject(
    ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, runtime: Runtime, visit: Visit
) -> None:
    """This is not a way to ask that entry."""
    await ack()
    ids = _ids_in(pressed_value(body))
    if not await runtime.run(proposals.reject, visit.workspace, visit.member, ids):
        raise NotAllowed("edit")
    await shown(body, client, _drawn(runtime, visit), runtime, visit)


async def _accepted(runtime: Runtime, visit: Visit, ids: Sequence[int]) -> str:
    """Take them in, one revision for each entry; what is to be said about it."""
    copy = runtime.bank(visit.workspace).content.copy
    found = await runtime.run(proposals.taught, visit.workspace, visit.member, ids)
    taken, left = 0, 0
    for one in found:
        checked = await runtime.check_entry(visit.workspace, one.text)
        # What is pressed twice names the same wordings and the same state of the entry.
        key = f"wordings:{one.text.id}:{one.number}:{','.join(map(str, one.proposals))}"
        is_in = not checked.faults and await runtime.run(
            proposals.accept, visit.workspace, visit.member, one, key
        )
        taken, left = taken + is_in * len(one.proposals), left + (not is_in) * len(one.proposals)
    if taken:
        await runtime.renew_overlays()
    if left:
        return copy.say("learning.wordings_left", number=f"{left:,}")
    return copy.say("learning.wordings_taken", number=f"{taken:,}") if taken else ""


async def _drawn(runtime: Runtime, visit: Visit, note: str = "") -> Block:
    waiting = await runtime.run(proposals.waiting, visit.workspace, visit.member)
    if waiting is None:
        raise NotAllowed("edit")
    content = runtime.bank(visit.workspace).content
    questions = {one.entry: content.entries[one.entry].question for one in waiting}
    return wordings_modal(waiting, questions, content.copy, note=note)


def _ids_in(value: str) -> tuple[int, ...]:
    return tuple(filter(None, (id_in(part) for part in value.split(","))))
