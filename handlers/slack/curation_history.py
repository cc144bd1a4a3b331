"""Who changed what of an entry; undo; and what to do where chat and files differ."""

from collections.abc import Mapping
from typing import Any, Literal

from slack_bolt.context.ack.async_ack import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient

from bot.runtime import Runtime
from bot.services import curation, curation_desk
from bot.services.curation import Refused
from handlers.slack.curation import entry_window, gone_window, place_of, tend
from handlers.slack.curation_fields import pressed_entry
from handlers.slack.curation_windows import only_editors, show_in
from handlers.slack.faq import pressed_value
from handlers.slack.middleware import Visit
from handlers.slack.views.blocks import Block
from handlers.slack.views.curation import Place, conflict_modal, history_modal, note_modal


async def on_history(
    ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, runtime: Runtime, visit: Visit
) -> None:
    """Who changed what and when, over the entry."""
    await only_editors(runtime, visit)
    await ack()
    shown = await _history(runtime, visit, pressed_value(body), 0, place_of(body["view"]))
    await client.views_push(trigger_id=body["trigger_id"], view=shown)


async def on_older(
    ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, runtime: Runtime, visit: Visit
) -> None:
    """Older changes, in the same window."""
    await only_editors(runtime, visit)
    await ack()
    entry, at = pressed_entry(body)
    view = body["view"]
    await show_in(client, view["id"], await _history(runtime, visit, entry, at, place_of(view)))


async def on_undo(
    ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, runtime: Runtime, visit: Visit
) -> None:
    """Undo the newest change; the entry below the history shows how it stands then."""
    await only_editors(runtime, visit)
    await ack()
    entry, seen = pressed_entry(body)
    result = await tend(runtime, visit, entry, "undone", seen)
    view = body["view"]
    if isinstance(result, Refused):
        text = runtime.bank(visit.workspace).content.copy.say(f"curation.refused_{result.reason}")
        await show_in(client, view["id"], note_modal(text, runtime.bank(visit.workspace)))
    else:
        shown = await _history(runtime, visit, entry, 0, place_of(view))
        await show_in(client, view["id"], shown)
    await _show_entry_below(client, view, runtime, visit, entry)


async def on_conflict(
    ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, runtime: Runtime, visit: Visit
) -> None:
    """What chat and files say of an entry, over the list or the entry."""
    await only_editors(runtime, visit)
    await ack()
    entry, bank = pressed_value(body), runtime.bank(visit.workspace)
    found = await runtime.run(curation_desk.compared, visit.workspace, visit.member, entry)
    back = place_of(body["view"])
    shown = conflict_modal(*found, bank, back) if found else gone_window(runtime, visit)
    await client.views_push(trigger_id=body["trigger_id"], view=shown)


async def on_settle(
    ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, runtime: Runtime, visit: Visit
) -> None:
    """One of the two versions was chosen."""
    await only_editors(runtime, visit)
    await ack()
    which, seen = pressed_entry(body)
    chosen, _, entry = which.partition(":")
    keep: Literal["chat", "files"] = "chat" if chosen == "chat" else "files"
    result = await runtime.run(
        curation.settle, visit.workspace, visit.member, entry, keep, seen, visit.key
    )
    await runtime.renew_overlays()
    bank, view = runtime.bank(visit.workspace), body["view"]
    if isinstance(result, Refused):
        text = bank.content.copy.say(f"curation.refused_{result.reason}")
    else:
        text = bank.content.copy.say(f"curation.settled_{keep}")
    await show_in(client, view["id"], note_modal(text, bank))
    await _show_entry_below(client, view, runtime, visit, entry)


async def _history(runtime: Runtime, visit: Visit, entry: str, at: int, back: Place) -> Block:
    found = await runtime.run(curation_desk.history, visit.workspace, visit.member, entry)
    if found is None:
        return gone_window(runtime, visit)
    return history_modal(*found, max(0, at), runtime.bank(visit.workspace), back)


async def _show_entry_below(
    client: AsyncWebClient, view: Mapping[str, Any], runtime: Runtime, visit: Visit, entry: str
) -> None:
    root = view.get("root_view_id")
    if root and root != view["id"]:
        await show_in(client, root, await entry_window(runtime, visit, entry, place_of(view)))
