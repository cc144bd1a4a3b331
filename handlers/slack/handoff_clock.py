"""The clock of a request in Slack: the promise beside it, and its alarms when they are due."""

from bot.domain.copy import Copy
from bot.domain.identity import Workspace
from bot.domain.notices import Notice
from bot.runtime import Runtime
from bot.services import handoff_clock
from handlers.slack.views.blocks import Message
from handlers.slack.views.handoff_clock import alarm_message, with_promise


async def promising(runtime: Runtime, workspace: Workspace) -> Copy:
    """The sentences of a workspace, with what may be said now of when an answer comes."""
    promise = await runtime.run(handoff_clock.promise_of, workspace)
    return with_promise(runtime.bank(workspace).content.copy, promise)


async def render_alarm(runtime: Runtime, notice: Notice) -> Message | None:
    """An alarm; None when the desk has seen to it before it could be told."""
    sounding = await runtime.run(handoff_clock.sounding, notice.workspace, notice)
    copy = runtime.bank(notice.workspace).content.copy
    return alarm_message(sounding, copy) if sounding else None
