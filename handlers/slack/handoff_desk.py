"""Talking to a member, from the desk's side: claim, release, reply, close."""

import json
from collections.abc import Mapping
from typing import Any

from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.respond.async_respond import AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.handoff import LONGEST_MESSAGE, OUTCOMES, Refusal, Ticket
from bot.runtime import Runtime
from bot.services import handoff
from handlers.slack.faq import id_in, pressed_value
from handlers.slack.middleware import Visit
from handlers.slack.typed import cleaned
from handlers.slack.views.handoff import refused, refused_modal
from handlers.slack.views.handoff_windows import close_modal, reply_modal


async def on_claim(
    ack: AsyncAck, body: dict[str, Any], respond: AsyncRespond, runtime: Runtime, visit: Visit
) -> None:
    """Claim, or take over: of two at once one wins, the other is told who."""
    ticket_id, seen = pressed_ticket(body)
    outcome = await runtime.run(handoff.claim, visit.workspace, visit.member, ticket_id, seen)
    await ack()
    await say_refusal(outcome, respond, runtime, visit)


async def on_release(
    ack: AsyncAck, body: dict[str, Any], respond: AsyncRespond, runtime: Runtime, visit: Visit
) -> None:
    """Give it back to the desk."""
    ticket_id, _ = pressed_ticket(body)
    outcome = await runtime.run(handoff.release, visit.workspace, visit.member, ticket_id)
    await ack()
    await say_refusal(outcome, respond, runtime, visit)


async def on_reply(
    ack: AsyncAck,
    body: dict[str, Any],
    client: AsyncWebClient,
    respond: AsyncRespond,
    runtime: Runtime,
    visit: Visit,
) -> None:
    """Open the window that takes an answer."""
    await ack()
    ticket = await _to_answer(body, respond, runtime, visit)
    if ticket is not None:
        view = reply_modal(ticket, runtime.bank(visit.workspace).content.copy)
        await client.views_open(trigger_id=body["trigger_id"], view=view)


async def on_reply_submitted(
    ack: AsyncAck, view: dict[str, Any], runtime: Runtime, visit: Visit
) -> None:
    """The answer goes to the member; a refused one is given back, so that it is not lost."""
    copy = runtime.bank(visit.workspace).content.copy
    text = cleaned(view["state"]["values"]["reply"]["value"]["value"] or "")
    if not text or len(text) > LONGEST_MESSAGE:
        key = "handoff.reply_too_long" if text else "handoff.reply_empty"
        fault = copy.say(key, longest=f"{LONGEST_MESSAGE:,}", length=f"{len(text):,}")
        await ack(response_action="errors", errors={"reply": fault})
        return
    ticket_id = ticket_of(view)
    outcome = await runtime.run(
        handoff.reply, visit.workspace, visit.member, ticket_id, text, visit.key
    )
    await end_window(ack, outcome, runtime, visit, text)


async def on_close(
    ack: AsyncAck,
    body: dict[str, Any],
    client: AsyncWebClient,
    respond: AsyncRespond,
    runtime: Runtime,
    visit: Visit,
) -> None:
    """Open the window that asks what came of it."""
    await ack()
    ticket = await to_move(pressed_ticket(body), respond, runtime, visit)
    if ticket is not None:
        view = close_modal(ticket, runtime.bank(visit.workspace).content.copy)
        await client.views_open(trigger_id=body["trigger_id"], view=view)


async def on_close_submitted(
    ack: AsyncAck, view: dict[str, Any], runtime: Runtime, visit: Visit
) -> None:
    """The ticket ends with its outcome."""
    chosen = view["state"]["values"]["outcome"]["value"].get("selected_option") or {}
    found = [outcome for outcome in OUTCOMES if outcome == chosen.get("value")]
    if not found:
        text = runtime.bank(visit.workspace).content.copy.say("handoff.close_empty")
        await ack(response_action="errors", errors={"outcome": text})
        return
    outcome = await runtime.run(
        handoff.close, visit.workspace, visit.member, ticket_of(view), found[0], visit.key
    )
    await end_window(ack, outcome, runtime, visit)


async def _to_answer(
    body: Mapping[str, Any], respond: AsyncRespond, runtime: Runtime, visit: Visit
) -> Ticket | None:
    ticket_id, _ = pressed_ticket(body)
    outcome = await runtime.run(handoff.to_answer, visit.workspace, visit.member, ticket_id)
    await say_refusal(outcome, respond, runtime, visit)
    return None if isinstance(outcome, Refusal) else outcome


async def to_move(
    pressed: tuple[int, int], respond: AsyncRespond, runtime: Runtime, visit: Visit
) -> Ticket | None:
    """The ticket that a click wants to end, put off or pass on; None once it is said why not."""
    outcome = await runtime.run(handoff.to_move, visit.workspace, visit.member, pressed[0])
    await say_refusal(outcome, respond, runtime, visit)
    return None if isinstance(outcome, Refusal) else outcome


async def say_refusal(
    outcome: object, respond: AsyncRespond, runtime: Runtime, visit: Visit
) -> None:
    """Tell whoever clicked why nothing happened; nothing when something did."""
    if isinstance(outcome, Refusal):
        text = refused(outcome, runtime.bank(visit.workspace).content.copy)
        await respond(text=text, response_type="ephemeral", replace_original=False)


async def end_window(
    ack: AsyncAck, outcome: object, runtime: Runtime, visit: Visit, typed: str = ""
) -> None:
    """Close a window that was submitted, or say in it why not; nothing typed is lost."""
    if isinstance(outcome, Refusal):
        copy = runtime.bank(visit.workspace).content.copy
        await ack(response_action="update", view=refused_modal(outcome, copy, typed))
    else:
        await ack()


def pressed_ticket(body: Mapping[str, Any]) -> tuple[int, int]:
    """Ticket and version of a pressed button; zeros, which name nothing, when it is unreadable."""
    return ticket_in(pressed_value(body))


def ticket_in(value: str) -> tuple[int, int]:
    """The same of what a button or an option carries."""
    ticket_id, _, version = value.partition(":")
    found = id_in(ticket_id), id_in(version)
    return found if all(found) else (0, 0)


def ticket_of(view: Mapping[str, Any]) -> int:
    """The ticket that a window is about."""
    return int(json.loads(view["private_metadata"])["ticket"])
