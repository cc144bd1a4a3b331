"""`/clm`: one of its words, or a question."""

from typing import Any

from slack_bolt.context.ack.async_ack import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.faq import CHAIR, CHECK, ERASE, HELP, HOURS, STATUS
from bot.runtime import Runtime
from bot.services import faq
from handlers.slack import eligibility, handoff, ledger, privacy
from handlers.slack.faq import question_in
from handlers.slack.middleware import Visit
from handlers.slack.standing import standing_shown
from handlers.slack.topics import COMMANDS, COMMANDS_LED, Asked
from handlers.slack.views.blocks import Message
from handlers.slack.views.faq import ask_modal, reply_message
from handlers.slack.views.help import help_message

WORDS = {"check": CHECK, "status": STATUS, "help": HELP, "": HELP}


async def on_clm(
    ack: AsyncAck,
    command: dict[str, Any],
    client: AsyncWebClient,
    runtime: Runtime,
    visit: Visit,
) -> None:
    """Everything after /clm, answered to the person alone."""
    text = question_in(command.get("text") or "")
    word = text.casefold()
    if word == "ask":
        await _open_question(ack, command, client, runtime, visit)
    elif word in COMMANDS:
        await COMMANDS[word](Asked(ack, command, client, runtime, visit, text))
    elif (first := word.partition(" ")[0]) in COMMANDS_LED:
        await COMMANDS_LED[first](Asked(ack, command, client, runtime, visit, text))
    elif word in WORDS:
        await _do(WORDS[word], ack, command, client, runtime, visit)
    else:
        await _answer(text, ack, command, client, runtime, visit)


async def _open_question(
    ack: AsyncAck,
    command: dict[str, Any],
    client: AsyncWebClient,
    runtime: Runtime,
    visit: Visit,
) -> None:
    await ack()
    copy = runtime.bank(visit.workspace).content.copy
    await client.views_open(trigger_id=command["trigger_id"], view=ask_modal(copy))


async def _answer(
    text: str,
    ack: AsyncAck,
    command: dict[str, Any],
    client: AsyncWebClient,
    runtime: Runtime,
    visit: Visit,
) -> None:
    copy = runtime.bank(visit.workspace).content.copy
    question = text[4:] if text.casefold().startswith("ask ") else text
    reply = await runtime.run(faq.ask, visit.workspace, visit.member, question)
    if reply.outcome == "action" and reply.answer is not None and not reply.also:
        await _do(reply.answer.entry, ack, command, client, runtime, visit, turn=reply.turn)
        return
    await _show(ack, reply_message(reply, copy, in_channel=False).without_new_blocks())


async def _do(
    entry: str,
    ack: AsyncAck,
    command: dict[str, Any],
    client: AsyncWebClient,
    runtime: Runtime,
    visit: Visit,
    *,
    turn: int = 0,
) -> None:
    """An action topic does the thing itself."""
    bank = runtime.bank(visit.workspace)
    trigger = command["trigger_id"]
    if entry == STATUS:
        await _show(ack, await standing_shown(runtime, visit))
    elif entry == ERASE:
        await ack()
        await privacy.open_confirmation(client, trigger, runtime, visit)
    elif entry == HOURS:
        await ack()
        await ledger.open_form(client, trigger, runtime, visit, turn)
    elif entry == CHECK:
        await ack()
        await eligibility.open_dialog(client, trigger, runtime, visit, turn=turn)
    elif entry == CHAIR:
        await ack()
        await handoff.open_preview(client, trigger, runtime, visit, turn)
    else:
        await _show(ack, help_message(bank))


async def _show(ack: AsyncAck, shown: Message) -> None:
    await ack(text=shown.text, blocks=list(shown.blocks), response_type="ephemeral")
