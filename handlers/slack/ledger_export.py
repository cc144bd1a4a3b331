"""The export of a member's hours: asked for in three ways, delivered in their own conversation."""

from functools import partial
from typing import Any

from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.respond.async_respond import AsyncRespond

from bot.domain.identity import MemberRef
from bot.domain.notices import Notice
from bot.runtime import Runtime
from bot.services import ledger_export
from handlers.slack.asked import Asked, Typed
from handlers.slack.middleware import Visit
from handlers.slack.responding import show_privately
from handlers.slack.views.blocks import Message
from handlers.slack.views.ledger_export import (
    export_message,
    nothing_message,
    on_its_way_message,
)


async def on_command(asked: Asked) -> None:
    """`/clm export`, wherever it is typed."""
    visit = asked.visit
    await asked.runtime.run(ledger_export.ask, visit.workspace, visit.member, visit.key)
    await asked.show(on_its_way_message(asked.runtime.bank(visit.workspace).content.copy))


async def on_typed(typed: Typed) -> None:
    """`export` in the direct conversation: the files are the answer."""
    visit = typed.visit
    await typed.runtime.run(
        ledger_export.ask, visit.workspace, visit.member, visit.key, typed.place
    )


async def on_export(
    ack: AsyncAck, body: dict[str, Any], respond: AsyncRespond, runtime: Runtime, visit: Visit
) -> None:
    """The button below the member's hours; Home and windows have no place for a private word."""
    await ack()
    await runtime.run(ledger_export.ask, visit.workspace, visit.member, visit.key)
    if body.get("response_url"):
        await show_privately(
            respond, on_its_way_message(runtime.bank(visit.workspace).content.copy)
        )


async def render_export(runtime: Runtime, notice: Notice) -> Message | None:
    """The files as of the moment of their delivery, made off the loop."""
    content = runtime.bank(notice.workspace).content
    member = MemberRef(notice.subject)
    recorded = await runtime.run(ledger_export.read, notice.workspace, member)
    if recorded.is_empty:
        return nothing_message(content.copy)
    exported = await runtime.slow(partial(ledger_export.export, recorded, content))
    return export_message(exported, recorded, content.copy)
