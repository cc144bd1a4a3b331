"""The bank in chat: find an entry, look at it, retire, restore, approve, undo, settle."""

import asyncio
from collections.abc import Mapping
from typing import Any

from slack_bolt.context.ack.async_ack import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.curation import Change, Revision
from bot.runtime import Runtime
from bot.services import curation, curation_desk, review
from bot.services.curation import Refused
from handlers.slack.asked import Asked
from handlers.slack.curation_fields import place_in, pressed_entry
from handlers.slack.curation_windows import (
    ANSWER_WITHIN,
    only_editors,
    open_again,
    push_empty,
    push_form,
    show_in,
)
from handlers.slack.faq import id_in, pressed_value
from handlers.slack.middleware import Visit
from handlers.slack.typed import cleaned
from handlers.slack.views.blocks import Block
from handlers.slack.views.curation import (
    LONGEST_SEARCH,
    Place,
    entry_modal,
    list_modal,
    note_modal,
)
from handlers.slack.views.curation_edit import values_modal


async def on_command(asked: Asked) -> None:
    """`/clm chair bank`, with or without words to search for."""
    runtime, visit = asked.runtime, asked.visit
    await asked.ack()
    words = cleaned(asked.text)[:LONGEST_SEARCH]
    view = await _list(runtime, visit, Place(words))
    await asked.client.views_open(trigger_id=asked.trigger, view=view)


async def on_find(ack: AsyncAck, view: dict[str, Any], runtime: Runtime, visit: Visit) -> None:
    """The list was searched."""
    await only_editors(runtime, visit)
    given = view["state"]["values"]["words"]["value"].get("value") or ""
    place = Place(" ".join(cleaned(given).split())[:LONGEST_SEARCH])
    try:
        async with asyncio.timeout(ANSWER_WITHIN):
            shown = await _list(runtime, visit, place)
    except TimeoutError:
        text = runtime.bank(visit.workspace).content.copy.say("errors.slow")
        await ack(response_action="errors", errors={"words": text})
        return
    await ack(response_action="update", view=shown)


async def on_page(
    ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, runtime: Runtime, visit: Visit
) -> None:
    """Another page of the list."""
    await only_editors(runtime, visit)
    await ack()
    view = body["view"]
    place = Place(place_of(view).words, id_in(pressed_value(body)))
    await show_in(client, view["id"], await _list(runtime, visit, place))


async def on_back(
    ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, runtime: Runtime, visit: Visit
) -> None:
    """From an entry to the list, where it was left."""
    await only_editors(runtime, visit)
    await ack()
    view = body["view"]
    await show_in(client, view["id"], await _list(runtime, visit, place_of(view)))


async def on_open(
    ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, runtime: Runtime, visit: Visit
) -> None:
    """One entry, in the place of the list."""
    await only_editors(runtime, visit)
    await ack()
    view = body["view"]
    shown = await entry_window(runtime, visit, pressed_value(body), place_of(view))
    await show_in(client, view["id"], shown)


async def on_add(
    ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, runtime: Runtime, visit: Visit
) -> None:
    """ "Add an answer": an empty window over the list."""
    await only_editors(runtime, visit)
    await ack()
    await push_empty(client, body["trigger_id"], runtime, visit)


async def on_resume(
    ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, runtime: Runtime, visit: Visit
) -> None:
    """Go on with what was begun and not published."""
    await only_editors(runtime, visit)
    await ack()
    draft = id_in(pressed_value(body))
    await open_again(client, body["trigger_id"], runtime, visit, draft)


async def on_drop(
    ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, runtime: Runtime, visit: Visit
) -> None:
    """Throw away what was begun."""
    await only_editors(runtime, visit)
    await ack()
    draft = id_in(pressed_value(body))
    await runtime.run(curation.discard, visit.workspace, visit.member, draft)
    view = body["view"]
    await show_in(client, view["id"], await _list(runtime, visit, place_of(view)))


async def on_edit(
    ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, runtime: Runtime, visit: Visit
) -> None:
    """The window for an entry, over what shows it."""
    await only_editors(runtime, visit)
    await ack()
    entry, _ = pressed_entry(body)
    view = body["view"]
    under = "review" if view.get("callback_id") == "review.run" else "entry"
    below = view["private_metadata"]
    trigger = body["trigger_id"]
    await push_form(client, trigger, runtime, visit, entry, under=under, below=below)


async def on_values(
    ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, runtime: Runtime, visit: Visit
) -> None:
    """Every value that an answer may name, over the form."""
    await only_editors(runtime, visit)
    await ack()
    view = values_modal(runtime.bank(visit.workspace))
    await client.views_push(trigger_id=body["trigger_id"], view=view)


async def on_retire(
    ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, runtime: Runtime, visit: Visit
) -> None:
    """Members no longer read this entry."""
    await _change(ack, body, client, runtime, visit, "retired")


async def on_restore(
    ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, runtime: Runtime, visit: Visit
) -> None:
    """Members read it again, as it was."""
    await _change(ack, body, client, runtime, visit, "restored")


async def on_approve(
    ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, runtime: Runtime, visit: Visit
) -> None:
    """Approved for the committee."""
    await _change(ack, body, client, runtime, visit, "approved")


async def _change(
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
    result = await tend(runtime, visit, entry, what, seen)
    copy, view = runtime.bank(visit.workspace).content.copy, body["view"]
    if isinstance(result, Refused):
        note = copy.say(f"curation.refused_{result.reason}")
    else:
        note = copy.say(f"curation.done_{what}")
    shown = await entry_window(runtime, visit, entry, place_of(view), note=note)
    await show_in(client, view["id"], shown)


async def tend(
    runtime: Runtime, visit: Visit, entry: str, what: Change, seen: int
) -> Revision | Refused:
    """Do something to an entry; live when this returns."""
    result = await runtime.run(
        review.tend, visit.workspace, visit.member, entry, what, seen, visit.key
    )
    if not isinstance(result, Refused):
        await runtime.renew_overlays()
    return result


async def _list(runtime: Runtime, visit: Visit, place: Place) -> Block:
    found = await runtime.run(
        curation_desk.listing, visit.workspace, visit.member, place.words, place.offset
    )
    return list_modal(found, runtime.bank(visit.workspace))


async def entry_window(
    runtime: Runtime, visit: Visit, entry: str, back: Place, note: str = ""
) -> Block:
    """An entry as it is now, in a window."""
    found = await runtime.run(curation_desk.opened, visit.workspace, visit.member, entry)
    if found is None:
        return gone_window(runtime, visit)
    return entry_modal(found, runtime.bank(visit.workspace), back, note=note)


def gone_window(runtime: Runtime, visit: Visit) -> Block:
    """It is not there any more."""
    bank = runtime.bank(visit.workspace)
    return note_modal(bank.content.copy.say("curation.refused_gone"), bank)


def place_of(view: Mapping[str, Any]) -> Place:
    """The place in the list that a window carries."""
    return place_in(view["private_metadata"])
