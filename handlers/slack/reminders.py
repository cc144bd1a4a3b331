"""Reminders: turned on and off, delivered, and answered with a button."""

from typing import Any

from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.respond.async_respond import AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.identity import MemberRef
from bot.domain.notices import Later, Notice
from bot.domain.reminders import Choice
from bot.runtime import Runtime
from bot.services import reminders, reminders_telling
from bot.services.reminders_telling import Quiet
from handlers.slack.asked import Asked, Typed
from handlers.slack.faq import pressed_number
from handlers.slack.middleware import Visit
from handlers.slack.time_zones import time_zone_of
from handlers.slack.views.blocks import Message
from handlers.slack.views.reminders import answered_message, overview_message, reminder_message


async def on_command(asked: Asked) -> None:
    """`/clm reminders`: whether they are on, and the next ones."""
    visit, runtime = asked.visit, asked.runtime
    found = await runtime.run(reminders.read, visit.workspace, visit.member)
    await asked.show(overview_message(found, runtime.bank(visit.workspace).content.copy))


async def on_typed(typed: Typed) -> None:
    """`reminders` in the direct conversation."""
    visit = typed.visit
    await typed.runtime.run(
        reminders.tell_overview, visit.workspace, visit.member, typed.place, typed.key
    )


async def on_turn_on(
    ack: AsyncAck,
    body: dict[str, Any],
    client: AsyncWebClient,
    respond: AsyncRespond,
    runtime: Runtime,
    visit: Visit,
) -> None:
    """Reminders are wanted, in the time zone of the member's profile."""
    await ack()
    zone = await time_zone_of(client, visit.user_id)
    found = await runtime.run(reminders.turn_on, visit.workspace, visit.member, zone)
    await _replace(
        respond, body, overview_message(found, runtime.bank(visit.workspace).content.copy)
    )


async def on_turn_off(
    ack: AsyncAck, body: dict[str, Any], respond: AsyncRespond, runtime: Runtime, visit: Visit
) -> None:
    """Reminders are not wanted any more."""
    await ack()
    found = await runtime.run(reminders.turn_off, visit.workspace, visit.member)
    await _replace(
        respond, body, overview_message(found, runtime.bank(visit.workspace).content.copy)
    )


async def on_done(
    ack: AsyncAck, body: dict[str, Any], respond: AsyncRespond, runtime: Runtime, visit: Visit
) -> None:
    """The date of a reminder is taken care of."""
    await _answer("done", ack, body, respond, runtime, visit)


async def on_snooze(
    ack: AsyncAck, body: dict[str, Any], respond: AsyncRespond, runtime: Runtime, visit: Visit
) -> None:
    """Later."""
    await _answer("snooze", ack, body, respond, runtime, visit)


async def on_stop(
    ack: AsyncAck, body: dict[str, Any], respond: AsyncRespond, runtime: Runtime, visit: Visit
) -> None:
    """No reminders any more, from a reminder."""
    await _answer("stop", ack, body, respond, runtime, visit)


async def render_reminder(runtime: Runtime, notice: Notice) -> Message | Later | None:
    """A reminder as of its delivery, or the settings that were asked for.

    None when it no longer helps; Later when it is night for the member meanwhile.
    """
    copy = runtime.bank(notice.workspace).content.copy
    if not notice.subject.isdecimal():
        member = MemberRef(notice.subject)
        found = await runtime.run(reminders.read, notice.workspace, member)
        return overview_message(found, copy)
    member = MemberRef(notice.recipient)
    told = await runtime.run(
        reminders_telling.telling, notice.workspace, member, int(notice.subject)
    )
    if isinstance(told, Quiet):
        return Later("quiet hours", after=told.seconds)
    return reminder_message(told, copy) if told else None


async def _answer(
    choice: Choice,
    ack: AsyncAck,
    body: dict[str, Any],
    respond: AsyncRespond,
    runtime: Runtime,
    visit: Visit,
) -> None:
    await ack()
    answered = await runtime.run(
        reminders_telling.answer, visit.workspace, visit.member, pressed_number(body), choice
    )
    copy = runtime.bank(visit.workspace).content.copy
    await _replace(respond, body, answered_message(answered, copy))


async def _replace(respond: AsyncRespond, body: dict[str, Any], shown: Message) -> None:
    # From the Home tab there is no message to replace; the tab itself is published anew.
    if body.get("response_url"):
        await respond(text=shown.text, blocks=list(shown.blocks), replace_original=True)
