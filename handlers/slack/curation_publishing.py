"""An entry that was previewed goes live, and the windows below show how it stands now."""

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from slack_bolt.context.ack.async_ack import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.curation import Revision
from bot.runtime import Runtime
from bot.services import curation, curation_desk
from bot.services.curation import Refused
from handlers.slack import learning, review
from handlers.slack.curation_fields import editing_of, place_in
from handlers.slack.curation_windows import Faulty, answer_with, only_editors, previewed, show_in
from handlers.slack.middleware import Visit
from handlers.slack.views.blocks import Block
from handlers.slack.views.curation import entry_modal, note_modal
from handlers.slack.views.curation_edit import Editing, published_modal


async def on_publish(
    ack: AsyncAck, view: dict[str, Any], client: AsyncWebClient, runtime: Runtime, visit: Visit
) -> None:
    """The preview was approved: live at once, and whoever waited for it is told."""
    await only_editors(runtime, visit)
    editing = editing_of(view)
    done: list[Revision] = []
    kept = asyncio.Event()
    kept.set()

    async def work() -> Block | Faulty:
        return await _published(runtime, visit, editing, done)

    try:
        await answer_with(ack, client, runtime.bank(visit.workspace), work(), kept)
    finally:
        # What was published is live, whether the window could be drawn or not.
        if done:
            await runtime.renew_overlays()
            await learning.on_published(runtime, visit, done[0], editing.origin)
    if done:
        await _show_below(client, view, runtime, visit, editing, done[0].entry)


async def _published(
    runtime: Runtime, visit: Visit, editing: Editing, done: list[Revision]
) -> Block | Faulty:
    workspace, bank = visit.workspace, runtime.bank(visit.workspace)
    # The draft names what is published, so that pressing twice publishes once.
    key = f"publish:{editing.draft}"
    result = await runtime.run(curation.publish, workspace, visit.member, editing.draft, key)
    if isinstance(result, Revision):
        # Whoever reads that it is published may ask for it in the same moment.
        await runtime.renew_overlays()
        done.append(result)
        text = result.text
        return published_modal(text, bank, is_below=bool(editing.under))
    if isinstance(result, Refused) and result.reason == "changed_meanwhile":
        return await _over_the_newer(runtime, visit, editing)
    kept = await runtime.run(curation.draft, workspace, visit.member, editing.draft)
    is_retired = result.reason == "gone" and kept is not None
    reason = "retired_meanwhile" if is_retired else f"refused_{result.reason}"
    return note_modal(bank.content.copy.say(f"curation.{reason}"), bank)


async def _over_the_newer(runtime: Runtime, visit: Visit, editing: Editing) -> Block | Faulty:
    """Somebody else was quicker: show what differs from theirs; publishing again replaces it."""
    workspace, bank = visit.workspace, runtime.bank(visit.workspace)
    found = await runtime.run(curation_desk.base, workspace, visit.member, "", editing.draft)
    copy = bank.content.copy
    kept = found.draft if found else None
    if found is None or kept is None:
        return note_modal(copy.say("curation.draft_gone"), bank)
    await runtime.run(
        curation.keep_draft,
        workspace,
        visit.member,
        kept.text,
        number=found.number,
        origin=kept.origin,
        draft=kept.id,
    )
    newer = replace(editing, number=found.number)
    note = copy.say("curation.changed_meanwhile")
    return await previewed(runtime, visit, newer, kept.text, found, note)


async def _show_below(
    client: AsyncWebClient,
    view: Mapping[str, Any],
    runtime: Runtime,
    visit: Visit,
    editing: Editing,
    entry: str,
) -> None:
    root = view.get("root_view_id")
    if not root or root == view["id"]:
        return
    if editing.under == "review":
        await review.show_after_edit(client, root, runtime, visit, editing.below, entry)
    elif editing.under == "entry":
        found = await runtime.run(curation_desk.opened, visit.workspace, visit.member, entry)
        if found is not None:
            back = place_in(editing.below)
            await show_in(client, root, entry_modal(found, runtime.bank(visit.workspace), back))
