"""A member's data in their own hands: seen, taken along, erased after two steps."""

import asyncio
from functools import partial
from typing import Any

from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.respond.async_respond import AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.identity import ConversationRef, MemberRef
from bot.domain.notices import Notice
from bot.runtime import Runtime
from bot.services import privacy, roles, standing
from handlers.slack.asked import Asked, Typed
from handlers.slack.middleware import Visit
from handlers.slack.responding import show_privately
from handlers.slack.views.blocks import Message
from handlers.slack.views.privacy import (
    WORD,
    confirm_modal,
    erased_modal,
    export_message,
    on_its_way_message,
    page_message,
    really_modal,
)

ANSWER_WITHIN = 2.0
"""Seconds; Slack gives three before it tells the member that something went wrong."""


async def on_command(asked: Asked) -> None:
    """`/clm privacy`: the page, for this person alone."""
    await asked.show(await _page(asked.runtime, asked.visit))


async def on_typed(typed: Typed) -> None:
    """`privacy` in the direct conversation."""
    visit = typed.visit
    await typed.runtime.run(privacy.show, visit.workspace, visit.member, typed.place, typed.key)


async def on_show(
    ack: AsyncAck, body: dict[str, Any], respond: AsyncRespond, runtime: Runtime, visit: Visit
) -> None:
    """The button: private wherever it was pressed, and in the DM where it was pressed in Home."""
    await ack()
    if body.get("response_url"):
        await show_privately(respond, await _page(runtime, visit))
    else:
        place = ConversationRef(visit.member)
        await runtime.run(privacy.show, visit.workspace, visit.member, place, visit.key)


async def on_export(
    ack: AsyncAck, body: dict[str, Any], respond: AsyncRespond, runtime: Runtime, visit: Visit
) -> None:
    """All of it as files, in the direct conversation."""
    await ack()
    await runtime.run(privacy.send_export, visit.workspace, visit.member, visit.key)
    if body.get("response_url"):
        copy = runtime.bank(visit.workspace).content.copy
        await show_privately(respond, on_its_way_message(copy))


async def on_ask(
    ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, runtime: Runtime, visit: Visit
) -> None:
    """The erase button: say what goes."""
    await ack()
    await open_confirmation(client, body["trigger_id"], runtime, visit)


async def open_confirmation(
    client: AsyncWebClient, trigger_id: str, runtime: Runtime, visit: Visit
) -> None:
    """The first of the two steps; nothing is erased yet."""
    copy = runtime.bank(visit.workspace).content.copy
    roster = await runtime.run(roles.roster, visit.workspace)
    view = confirm_modal(copy, has_role=roster.of(visit.member) is not None)
    await client.views_open(trigger_id=trigger_id, view=view)


async def on_really(ack: AsyncAck, runtime: Runtime, visit: Visit) -> None:
    """What goes was read: ask once more."""
    copy = runtime.bank(visit.workspace).content.copy
    await ack(response_action="update", view=really_modal(copy))


async def on_confirmed(ack: AsyncAck, view: dict[str, Any], runtime: Runtime, visit: Visit) -> None:
    """The word was typed: erase, and say that it is done."""
    copy = runtime.bank(visit.workspace).content.copy
    values = view["state"]["values"]
    if WORD not in values:
        # A window of an older version, which asked for no word.
        await ack(response_action="update", view=really_modal(copy))
        return
    word = copy.say("privacy.word")
    if _bare(values[WORD]["value"]["value"] or "") != _bare(word):
        fault = copy.say("privacy.really_other", word=word)
        await ack(response_action="errors", errors={WORD: fault})
        return
    erasing = asyncio.create_task(runtime.run(privacy.erase, visit.workspace, visit.member))
    done, _ = await asyncio.wait({erasing}, timeout=ANSWER_WITHIN)
    if done:
        erasing.result()
    await ack(response_action="update", view=erased_modal(copy, done=bool(done)))
    await erasing
    await runtime.run(standing.refresh_home, visit.workspace, visit.member)


async def render_page(runtime: Runtime, notice: Notice) -> Message | None:
    """The page as of its delivery."""
    found = await runtime.run(privacy.overview, notice.workspace, MemberRef(notice.subject))
    return page_message(found, runtime.bank(notice.workspace).content.copy)


async def render_export(runtime: Runtime, notice: Notice) -> Message | None:
    """The files as of their delivery; nothing when all was erased meanwhile."""
    rows = await runtime.run(privacy.export, notice.workspace, MemberRef(notice.subject))
    copy = runtime.bank(notice.workspace).content.copy
    return await runtime.slow(partial(export_message, rows, copy))


async def _page(runtime: Runtime, visit: Visit) -> Message:
    found = await runtime.run(privacy.overview, visit.workspace, visit.member)
    return page_message(found, runtime.bank(visit.workspace).content.copy)


def _bare(text: str) -> str:
    """A word without what people put around it."""
    return text.strip(" \t\n.\"'“”‘’").casefold()
