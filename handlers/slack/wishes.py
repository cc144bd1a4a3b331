""" "Tell me": a member wants to hear of an answer, changes their mind, and hears of it."""

from typing import Any

from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.respond.async_respond import AsyncRespond

from bot.domain.notices import Notice
from bot.runtime import Runtime
from bot.services import wishes
from handlers.slack.faq import pressed_number
from handlers.slack.middleware import Visit
from handlers.slack.responding import show_privately
from handlers.slack.views.blocks import Message
from handlers.slack.views.wishes import fulfilled_message, taken_back_message, wished_message


async def on_wish(
    ack: AsyncAck, body: dict[str, Any], respond: AsyncRespond, runtime: Runtime, visit: Visit
) -> None:
    """The button below a question without an answer; told to whoever pressed, and nobody else."""
    turn = pressed_number(body)
    outcome = await runtime.run(wishes.wish, visit.workspace, visit.member, turn)
    await ack()
    copy = runtime.bank(visit.workspace).content.copy
    await show_privately(respond, wished_message(outcome, turn, copy))


async def on_take_back(
    ack: AsyncAck, body: dict[str, Any], respond: AsyncRespond, runtime: Runtime, visit: Visit
) -> None:
    """The member need not hear of it after all."""
    turn = pressed_number(body)
    done = await runtime.run(wishes.take_back, visit.workspace, visit.member, turn)
    await ack()
    shown = taken_back_message(done, runtime.bank(visit.workspace).content.copy)
    # The note with the button is this person's own: what it says is no longer true.
    await respond(text=shown.text, blocks=list(shown.blocks), replace_original=True)


async def render_wished(runtime: Runtime, notice: Notice) -> Message | None:
    """The answer that was wished for."""
    found = await runtime.run(wishes.fulfilled, notice.workspace, int(notice.subject))
    if found is None:
        return None
    return fulfilled_message(found, runtime.bank(notice.workspace).content.copy)
