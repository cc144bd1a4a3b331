"""The review run: the longest due entry first, one tap each, then the next one."""

from collections.abc import Mapping
from typing import Any

from slack_bolt.context.ack.async_ack import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.curation import Change
from bot.runtime import Runtime
from bot.services import review
from bot.services.curation import Refused
from handlers.slack.asked import Asked
from handlers.slack.curation_fields import pressed_entry
from handlers.slack.curation_windows import only_editors, show_in
from handlers.slack.middleware import Visit
from handlers.slack.views.blocks import Block
from handlers.slack.views.review import Walked, review_modal, walked_in


async def on_command(asked: Asked) -> None:
    """`/clm chair review`."""
    await asked.ack()
    view = await _next(asked.runtime, asked.visit, Walked())
    await asked.client.views_open(trigger_id=asked.trigger, view=view)


async def on_right(
    ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, runtime: Runtime, visit: Visit
) -> None:
    """ "Still right": read again today, and the values in it with it."""
    await _tend(ack, body, client, runtime, visit, "verified")


async def on_retire(
    ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, runtime: Runtime, visit: Visit
) -> None:
    """Members no longer read it."""
    await _tend(ack, body, client, runtime, visit, "retired")


async def on_skip(
    ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, runtime: Runtime, visit: Visit
) -> None:
    """Not now: the next one."""
    await only_editors(runtime, visit)
    await ack()
    entry, _ = pressed_entry(body)
    walked = _walked(body).past(entry, skipped=True)
    await show_in(client, body["view"]["id"], await _next(runtime, visit, walked))


async def on_again(
    ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, runtime: Runtime, visit: Visit
) -> None:
    """Begin again with what was skipped."""
    await only_editors(runtime, visit)
    await ack()
    await show_in(client, body["view"]["id"], await _next(runtime, visit, Walked()))


async def on_undo(
    ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, runtime: Runtime, visit: Visit
) -> None:
    """Take back the last tap, and show that entry again."""
    await only_editors(runtime, visit)
    await ack()
    entry, seen = pressed_entry(body)
    bank, walked = runtime.bank(visit.workspace), _walked(body)
    result = await runtime.run(
        review.tend, visit.workspace, visit.member, entry, "undone", seen, visit.key
    )
    if isinstance(result, Refused):
        note = bank.content.copy.say(f"curation.refused_{result.reason}")
        view = await _next(runtime, visit, walked, note=note)
    else:
        await runtime.renew_overlays()
        note = bank.content.copy.say("review.undone")
        view = await _next(runtime, visit, walked.back_to(entry), first=entry, note=note)
    await show_in(client, body["view"]["id"], view)


async def show_after_edit(
    client: AsyncWebClient,
    view_id: str,
    runtime: Runtime,
    visit: Visit,
    metadata: str,
    entry: str,
) -> None:
    """The next entry in the window of the run, once one was edited in the window over it."""
    walked = walked_in(metadata).past(entry, skipped=False)
    await show_in(client, view_id, await _next(runtime, visit, walked))


async def _tend(
    ack: AsyncAck,
    body: Mapping[str, Any],
    client: AsyncWebClient,
    runtime: Runtime,
    visit: Visit,
    what: Change,
) -> None:
    await only_editors(runtime, visit)
    await ack()
    entry, seen = pressed_entry(body)
    copy, walked = runtime.bank(visit.workspace).content.copy, _walked(body)
    result = await runtime.run(
        review.tend, visit.workspace, visit.member, entry, what, seen, visit.key
    )
    if isinstance(result, Refused):
        # Whatever was not to be done is looked at once more, as it is now.
        note = copy.say(f"curation.refused_{result.reason}")
        view = await _next(runtime, visit, walked, first=entry, note=note)
        await show_in(client, body["view"]["id"], view)
        return
    note = copy.say(f"review.said_{what}", question=_question(runtime, visit, entry))
    # What the window says of this entry is then true wherever somebody looks.
    await runtime.renew_overlays()
    further = walked.past(entry, skipped=False)
    undo = f"{entry}:{result.number}"
    view = await _next(runtime, visit, further, note=note, undo=undo)
    await show_in(client, body["view"]["id"], view)


async def _next(
    runtime: Runtime,
    visit: Visit,
    walked: Walked,
    *,
    first: str = "",
    note: str = "",
    undo: str = "",
) -> Block:
    found = await runtime.run(review.run, visit.workspace, walked.passed, first)
    return review_modal(found, walked, runtime.bank(visit.workspace), note=note, undo=undo)


def _question(runtime: Runtime, visit: Visit, entry: str) -> str:
    found = runtime.bank(visit.workspace).content.entries.get(entry)
    return found.question if found else entry


def _walked(body: Mapping[str, Any]) -> Walked:
    return walked_in(body["view"]["private_metadata"])
