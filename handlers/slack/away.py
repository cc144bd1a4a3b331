"""`/clm chair away`: until when somebody of the desk is away, and back."""

from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.respond.async_respond import AsyncRespond

from bot.domain.coming_days import read_coming_day
from bot.domain.handoff import Refusal
from bot.domain.ledger_days import DayFault
from bot.runtime import Runtime
from bot.services import away, roles
from handlers.slack.asked import Asked
from handlers.slack.middleware import Visit
from handlers.slack.views.away import (
    away_message,
    back_message,
    handed_over_message,
    not_read_message,
)
from handlers.slack.views.blocks import Message, message, words
from handlers.slack.views.handoff import refused


async def on_command(asked: Asked) -> None:
    """With a day: away until then. With nothing: how it stands."""
    runtime, visit = asked.runtime, asked.visit
    copy = runtime.bank(visit.workspace).content.copy
    absence = await runtime.run(away.shown, visit.workspace, visit.member)
    day = read_coming_day(asked.text, absence.today)
    if isinstance(day, DayFault):
        await asked.show(not_read_message(day, absence, copy))
    elif day is None:
        await asked.show(away_message(absence, copy))
    else:
        found = await runtime.run(away.set, visit.workspace, visit.member, day)
        await asked.show(away_message(found, copy) if found else _refused(runtime, visit))


async def on_back_command(asked: Asked) -> None:
    """`/clm chair back`."""
    runtime, visit = asked.runtime, asked.visit
    await runtime.run(away.back, visit.workspace, visit.member)
    await asked.show(back_message(runtime.bank(visit.workspace).content.copy))


async def on_back(ack: AsyncAck, respond: AsyncRespond, runtime: Runtime, visit: Visit) -> None:
    """ "I am back": requests come here again."""
    found = await runtime.run(away.back, visit.workspace, visit.member)
    await ack()
    copy = runtime.bank(visit.workspace).content.copy
    await _replace(respond, back_message(copy) if found else _refused(runtime, visit))


async def on_hand_over(
    ack: AsyncAck, respond: AsyncRespond, runtime: Runtime, visit: Visit
) -> None:
    """ "Hand them over": what waits for whoever is away goes to who stands in."""
    if not await runtime.run(roles.may, visit.workspace, visit.member, "answer"):
        await ack()
        await _replace(respond, _refused(runtime, visit))
        return
    moved = await runtime.run(away.hand_over, visit.workspace, visit.member, visit.key)
    await ack()
    absence = await runtime.run(away.shown, visit.workspace, visit.member)
    copy = runtime.bank(visit.workspace).content.copy
    await _replace(respond, handed_over_message(moved, absence, copy))


def _refused(runtime: Runtime, visit: Visit) -> Message:
    text = refused(Refusal("not_desk"), runtime.bank(visit.workspace).content.copy)
    return message(text, [words(text)])


async def _replace(respond: AsyncRespond, shown: Message) -> None:
    await respond(text=shown.text, blocks=list(shown.blocks), replace_original=True)
