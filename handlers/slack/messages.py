"""Messages in the bot's direct conversation: a command's word, a ticket's thread, a question."""

from typing import Any

from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.faq import CHECK, HELP, STATUS
from bot.runtime import Runtime
from bot.services import faq, membership
from handlers.slack import handoff
from handlers.slack.desk_channel import heard_message
from handlers.slack.faq import question_in, thread_of
from handlers.slack.ids import conversation_ref
from handlers.slack.middleware import Visit
from handlers.slack.topics import TYPED, TYPED_LED, Typed
from handlers.slack.views.blocks import escaped

SINGLE_WORDS = {"ask": HELP, "check": CHECK, "status": STATUS, "help": HELP}
"""Slack refuses slash commands in threads, so the words of /clm work here too."""

IGNORED = frozenset({"bot_message", "channel_join", "channel_leave"})


async def on_message(
    event: dict[str, Any],
    client: AsyncWebClient,
    context: AsyncBoltContext,
    runtime: Runtime,
    visit: Visit,
) -> None:
    """Whatever a person writes to the bot directly ends in something visible."""
    if event.get("channel_type") == "group":
        await heard_message(event, client, runtime, visit, context.bot_user_id)
        return
    if event.get("channel_type") != "im":
        return
    subtype = event.get("subtype")
    if subtype == "message_changed":
        await _on_edited(event, client, runtime, visit)
        return
    if subtype == "message_deleted":
        await handoff.heard_deletion_in_ticket(event, runtime, visit)
        return
    if subtype in IGNORED or event.get("bot_id"):
        return
    if await handoff.heard_in_ticket(event, runtime, visit):
        return
    await _answer(event, client, runtime, visit)


async def _answer(
    event: dict[str, Any], client: AsyncWebClient, runtime: Runtime, visit: Visit
) -> None:
    place = conversation_ref(visit.workspace, event["channel"], event.get("thread_ts"))
    question = question_in(event.get("text") or "")
    copy = runtime.bank(visit.workspace).content.copy
    word = question.casefold().strip(" .!?/")
    entry = SINGLE_WORDS.get(word)
    direct = conversation_ref(visit.workspace, event["channel"])
    await runtime.run(membership.writes_in, visit.workspace, visit.member, direct)
    typed = Typed(runtime, visit, place, question, event["ts"])
    led = TYPED_LED.get(word.partition(" ")[0])
    if word in TYPED:
        await TYPED[word](typed)
    elif led is not None and await led(typed):
        return
    elif not question and event.get("files"):
        await _say(client, event, copy.say("ask.no_text"))
    elif entry is not None:
        await runtime.run(
            faq.show, visit.workspace, visit.member, entry, place=place, message=event["ts"]
        )
    else:
        await runtime.run(
            faq.ask,
            visit.workspace,
            visit.member,
            question,
            place=place,
            message=event["ts"],
            late=visit.late,
            chatty=True,
            thread=thread_of(event, visit),
        )


async def _on_edited(
    event: dict[str, Any], client: AsyncWebClient, runtime: Runtime, visit: Visit
) -> None:
    """An edited question gets its answer edited; Slack also sends this when it unfurls a link."""
    message, before = event.get("message") or {}, event.get("previous_message") or {}
    if message.get("text") == before.get("text"):
        return
    if await handoff.heard_edit_in_ticket(event, runtime, visit):
        return
    # The first message of a thread names itself as its thread.
    thread = message.get("thread_ts") if message.get("thread_ts") != message.get("ts") else None
    place = {"channel": event["channel"], "thread_ts": thread}
    await _answer({**message, **place}, client, runtime, visit)


async def _say(client: AsyncWebClient, event: dict[str, Any], text: str) -> None:
    await client.chat_postMessage(
        channel=event["channel"], text=escaped(text), thread_ts=event.get("thread_ts")
    )
