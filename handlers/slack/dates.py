"""The dates that a member sees, and those that they take into their calendar."""

from typing import Any

from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.respond.async_respond import AsyncRespond

from bot.domain.identity import MemberRef
from bot.domain.notices import Notice
from bot.runtime import Runtime
from bot.services import calendars
from bot.services.calendar_file import calendar_file
from handlers.slack.asked import Asked, Typed
from handlers.slack.faq import pressed_value
from handlers.slack.middleware import Visit
from handlers.slack.responding import show_privately
from handlers.slack.views.blocks import Message
from handlers.slack.views.dates import calendar_message, dates_message, sent_message


async def on_command(asked: Asked) -> None:
    """`/clm dates`."""
    await asked.show(await _dates(asked.runtime, asked.visit))


async def on_typed(typed: Typed) -> None:
    """`dates` in the direct conversation."""
    visit = typed.visit
    await typed.runtime.run(
        calendars.tell_dates, visit.workspace, visit.member, typed.place, typed.key
    )


async def on_show(
    ack: AsyncAck, body: dict[str, Any], respond: AsyncRespond, runtime: Runtime, visit: Visit
) -> None:
    """ "All dates": private beside a message; the Home tab has no place for it, so in the DM."""
    await ack()
    if body.get("response_url"):
        await show_privately(respond, await _dates(runtime, visit))
    else:
        await runtime.run(
            calendars.tell_dates, visit.workspace, visit.member, visit.member, visit.key
        )


async def on_add(
    ack: AsyncAck, body: dict[str, Any], respond: AsyncRespond, runtime: Runtime, visit: Visit
) -> None:
    """ "Add to my calendar": the button's value names the date."""
    await ack()
    copy = runtime.bank(visit.workspace).content.copy
    is_given = await runtime.run(
        calendars.give, visit.workspace, visit.member, pressed_value(body), visit.key
    )
    if is_given:
        if body.get("response_url"):
            await show_privately(respond, sent_message(copy))
    elif body.get("response_url"):
        await show_privately(respond, await _dates(runtime, visit, note=copy.say("calendar.gone")))
    else:
        await runtime.run(
            calendars.tell_dates, visit.workspace, visit.member, visit.member, visit.key
        )


async def render_dates(runtime: Runtime, notice: Notice) -> Message | None:
    """The dates as they are when they are delivered."""
    found = await runtime.run(calendars.read, notice.workspace, MemberRef(notice.subject))
    return dates_message(found, runtime.bank(notice.workspace).content.copy)


async def render_calendar(runtime: Runtime, notice: Notice) -> Message | None:
    """A date for the calendar; None when the member has erased it meanwhile."""
    member = MemberRef(notice.recipient)
    told = await runtime.run(calendars.told, notice.workspace, member, notice.subject)
    if told is None:
        return None
    copy = runtime.bank(notice.workspace).content.copy
    content = calendar_file(told.event, copy, notice.workspace, member, runtime.clock())
    return calendar_message(told, content, copy)


async def _dates(runtime: Runtime, visit: Visit, *, note: str = "") -> Message:
    found = await runtime.run(calendars.read, visit.workspace, visit.member)
    return dates_message(found, runtime.bank(visit.workspace).content.copy, note=note)
