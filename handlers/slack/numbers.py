"""The chapter's numbers in Slack: shown to the desk by period, and sent as a file."""

from typing import Any

from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.respond.async_respond import AsyncRespond

from bot.domain.identity import MemberRef
from bot.domain.notices import Notice
from bot.domain.numbers import PERIODS, Period
from bot.errors import NotAllowed
from bot.runtime import Runtime
from bot.services import numbers
from handlers.slack.asked import Asked
from handlers.slack.counting import show_when_counted
from handlers.slack.faq import pressed_value
from handlers.slack.middleware import Visit
from handlers.slack.responding import show_privately
from handlers.slack.views.blocks import Message
from handlers.slack.views.numbers import export_message, numbers_message, on_its_way_message


async def on_command(asked: Asked) -> None:
    """`/clm chair numbers`: those of this month, and the way to the others."""
    await show_when_counted(asked, _shown(asked.runtime, asked.visit, "month"))


async def on_show(
    ack: AsyncAck, body: dict[str, Any], respond: AsyncRespond, runtime: Runtime, visit: Visit
) -> None:
    """Another period, in place."""
    await ack()
    shown = await _shown(runtime, visit, _period(body))
    await respond(text=shown.text, blocks=list(shown.blocks), replace_original=True)


async def on_export(
    ack: AsyncAck, body: dict[str, Any], respond: AsyncRespond, runtime: Runtime, visit: Visit
) -> None:
    """The numbers as a file, in the direct conversation."""
    await ack()
    period = _period(body)
    if not await runtime.run(numbers.ask_export, visit.workspace, visit.member, period, visit.key):
        raise NotAllowed("numbers")
    await show_privately(respond, on_its_way_message(runtime.bank(visit.workspace).content.copy))


async def render_export(runtime: Runtime, notice: Notice) -> Message | None:
    """The file as of its delivery; None for somebody who may not see it any more."""
    period = _known(notice.subject)
    who = MemberRef(notice.recipient)
    found = await runtime.run(numbers.read, notice.workspace, who, period)
    return export_message(found, runtime.bank(notice.workspace).content.copy) if found else None


async def _shown(runtime: Runtime, visit: Visit, period: Period) -> Message:
    found = await runtime.run(numbers.read, visit.workspace, visit.member, period)
    if found is None:
        raise NotAllowed("numbers")
    return numbers_message(found, runtime.bank(visit.workspace).content.copy)


def _period(body: dict[str, Any]) -> Period:
    return _known(pressed_value(body))


def _known(text: str) -> Period:
    return next((period for period in PERIODS if period == text), "month")
