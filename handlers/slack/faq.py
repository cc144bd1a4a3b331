"""Asking in Slack: mentions, buttons under an answer, the window that takes a question."""

import re
from collections.abc import Mapping
from typing import Any

from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext
from slack_bolt.context.respond.async_respond import AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.faq import Reply
from bot.domain.identity import ConversationRef
from bot.domain.manners import shortened
from bot.domain.notices import Landing
from bot.runtime import Runtime
from bot.services import faq, faq_forgetting, proposals
from bot.services.conversation import Thread
from handlers.slack.desk_channel import heard_mention
from handlers.slack.ids import conversation_ref, is_direct
from handlers.slack.middleware import Visit
from handlers.slack.responding import show_privately
from handlers.slack.typed import cleaned, readable
from handlers.slack.views.blocks import escaped
from handlers.slack.views.faq import answer_modal, ask_modal, reply_message

_LARGEST_ID = 2**63
_MENTION = re.compile(r"<@[UW][A-Z0-9]+(\|[^>]*)?>")


def question_in(text: str) -> str:
    """What was typed, without mentions and as the person saw it; of far too much both ends."""
    return shortened(in_lines(readable(_MENTION.sub(" ", text))))


def in_lines(text: str) -> str:
    """The text without needless spaces and empty lines; a line may be a question of its own."""
    lines = (" ".join(line.split()) for line in text.splitlines())
    return "\n".join(line for line in lines if line)


def thread_of(event: Mapping[str, Any], visit: Visit) -> Thread | None:
    """The thread in which a message stands, by what it hangs on; None outside of threads."""
    root = event.get("thread_ts")
    if not root or root == event["ts"]:
        return None
    channel = event["channel"]
    return Thread(Landing(channel, root), conversation_ref(visit.workspace, channel))


async def on_mention(
    event: dict[str, Any],
    client: AsyncWebClient,
    context: AsyncBoltContext,
    runtime: Runtime,
    visit: Visit,
) -> None:
    """A mention in a channel is answered in its thread; below a card of the committee's it is an
    answer itself."""
    if await heard_mention(event, client, runtime, visit, context.bot_user_id):
        return
    channel, ts = event["channel"], event["ts"]
    thread = event.get("thread_ts") or ts
    copy = runtime.bank(visit.workspace).content.copy
    question = question_in(event.get("text") or "")
    reply = await runtime.run(
        faq.ask,
        visit.workspace,
        visit.member,
        question,
        place=conversation_ref(visit.workspace, channel, thread),
        message=ts,
        late=visit.late,
        thread=thread_of(event, visit),
    )
    if reply.outcome == "chat":
        await _hint(client, event, copy.say("ask.chat_in_channel"))


async def _hint(client: AsyncWebClient, event: Mapping[str, Any], text: str) -> None:
    await client.chat_postEphemeral(
        channel=event["channel"],
        user=event["user"],
        text=escaped(text),
        thread_ts=event.get("thread_ts"),
    )


async def on_show(
    ack: AsyncAck,
    body: dict[str, Any],
    respond: AsyncRespond,
    runtime: Runtime,
    visit: Visit,
) -> None:
    """A related question or a "did you mean" was pressed."""
    place = place_of(body, visit)
    entry, _, turn = pressed_value(body).partition(":")
    reply = await runtime.run(faq.show, visit.workspace, visit.member, entry, place=place)
    await ack()
    if place is None:
        await _show_privately(respond, reply, runtime, visit)
    if turn:
        meant_in = id_in(turn)
        await runtime.run(proposals.propose, visit.workspace, visit.member, meant_in, entry)


async def on_none_of_these(
    ack: AsyncAck, body: dict[str, Any], respond: AsyncRespond, runtime: Runtime, visit: Visit
) -> None:
    """None of the offered questions was meant."""
    place = place_of(body, visit)
    reply = await runtime.run(
        faq.refuse_choices,
        visit.workspace,
        visit.member,
        pressed_number(body),
        place=place,
        aside=_thread_pressed(body, visit),
    )
    await ack()
    if place is None:
        await _show_privately(respond, reply, runtime, visit)


async def on_vote(
    ack: AsyncAck, body: dict[str, Any], respond: AsyncRespond, runtime: Runtime, visit: Visit
) -> None:
    """ "Was this right?": one vote a person, changeable."""
    choice, _, turn = pressed_value(body).partition(":")
    kept = await runtime.run(
        faq.vote, visit.workspace, visit.member, id_in(turn), helpful=choice == "yes"
    )
    await ack()
    copy = runtime.bank(visit.workspace).content.copy
    noted = "ask.voted" if choice == "yes" else "ask.voted_wrong"
    text = copy.say(noted if kept else "ask.older_button")
    await respond(text=escaped(text), response_type="ephemeral", replace_original=False)


async def on_forget(
    ack: AsyncAck, body: dict[str, Any], respond: AsyncRespond, runtime: Runtime, visit: Visit
) -> None:
    """ "Don't keep it": the question goes, in all its wordings; only whoever asked can say so."""
    number = pressed_number(body)
    reply = await runtime.run(faq_forgetting.forget, visit.workspace, visit.member, number)
    await ack()
    copy = runtime.bank(visit.workspace).content.copy
    if reply is not None and (body.get("container") or {}).get("is_ephemeral"):
        shown = reply_message(reply, copy, in_channel=False).without_new_blocks()
        await respond(text=shown.text, blocks=list(shown.blocks), replace_original=True)
    text = copy.say("ask.forgotten" if reply is not None else "ask.not_forgotten")
    await respond(text=escaped(text), response_type="ephemeral", replace_original=False)


async def on_open(
    ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, runtime: Runtime, visit: Visit
) -> None:
    """Somebody wants to ask: open the window."""
    await ack()
    copy = runtime.bank(visit.workspace).content.copy
    await client.views_open(trigger_id=body["trigger_id"], view=ask_modal(copy))


async def on_ask_submitted(
    ack: AsyncAck, view: dict[str, Any], client: AsyncWebClient, runtime: Runtime, visit: Visit
) -> None:
    """The question from the window: the answer takes its place and goes to the DM as well."""
    copy = runtime.bank(visit.workspace).content.copy
    # Unlike a message, a field brings what was typed as it is: without escapes and tokens.
    typed = cleaned(view["state"]["values"]["question"]["value"]["value"] or "")
    question = shortened(in_lines(typed))
    if not question:
        await ack(response_action="errors", errors={"question": copy.say("ask.modal_empty")})
        return
    reply = await runtime.run(
        faq.ask,
        visit.workspace,
        visit.member,
        question,
        place=ConversationRef(visit.member),
        message=visit.key,
        chatty=True,
    )
    await ack(response_action="update", view=answer_modal(reply, copy))


async def on_ask_about_message(
    ack: AsyncAck, shortcut: dict[str, Any], client: AsyncWebClient, runtime: Runtime, visit: Visit
) -> None:
    """The message shortcut: the window, with the message's text to be sent or changed."""
    await ack()
    copy = runtime.bank(visit.workspace).content.copy
    question = question_in((shortcut.get("message") or {}).get("text") or "")
    await client.views_open(trigger_id=shortcut["trigger_id"], view=ask_modal(copy, question))


def place_of(body: Mapping[str, Any], visit: Visit) -> ConversationRef | None:
    """Where the answer to a pressed button goes: beside it in a DM, else privately (None)."""
    channel = (body.get("channel") or {}).get("id") or ""
    if not is_direct(channel):
        return None
    thread = (body.get("message") or {}).get("thread_ts")
    return conversation_ref(visit.workspace, channel, thread)


def _thread_pressed(body: Mapping[str, Any], visit: Visit) -> ConversationRef | None:
    """The thread of a channel in which a button was pressed."""
    channel = (body.get("channel") or {}).get("id") or ""
    thread = (body.get("message") or {}).get("thread_ts")
    return conversation_ref(visit.workspace, channel, thread) if channel and thread else None


def pressed_value(body: Mapping[str, Any]) -> str:
    """The value of the pressed button."""
    return str(body["actions"][0].get("value") or "")


def pressed_number(body: Mapping[str, Any]) -> int:
    """The id in the value of the pressed button; 0 when there is none."""
    return id_in(pressed_value(body))


def id_in(value: str) -> int:
    """An id as a button carries it; 0 for anything else, which no row has."""
    number = int(value) if value.isascii() and value.isdecimal() else 0
    return number if number < _LARGEST_ID else 0


async def _show_privately(
    respond: AsyncRespond, reply: Reply, runtime: Runtime, visit: Visit
) -> None:
    copy = runtime.bank(visit.workspace).content.copy
    shown = reply_message(reply, copy, in_channel=False)
    await show_privately(respond, shown.without_new_blocks())
