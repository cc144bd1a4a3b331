"""What the desk does with a request now and then: pass it on, put it off, note something."""

import json
from collections.abc import Awaitable, Callable, Mapping
from datetime import date
from typing import Any

from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.respond.async_respond import AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.handoff import LONGEST_NOTE, LONGEST_REASON, Refusal
from bot.domain.handoff_moves import LONGEST_SNOOZE
from bot.domain.identity import MemberRef
from bot.runtime import Runtime
from bot.services import handoff
from handlers.slack.faq import pressed_value
from handlers.slack.handoff_desk import end_window, say_refusal, ticket_in, ticket_of, to_move
from handlers.slack.ids import member_ref, user_id_of
from handlers.slack.middleware import Visit
from handlers.slack.typed import cleaned
from handlers.slack.views.blocks import Block
from handlers.slack.views.handoff_windows import note_modal, reassign_modal, snooze_modal

_AT_FIELD: Mapping[str, str] = {"not_their_desk": "to", "past": "day", "too_far": "day"}


async def on_more(
    ack: AsyncAck,
    body: dict[str, Any],
    client: AsyncWebClient,
    respond: AsyncRespond,
    runtime: Runtime,
    visit: Visit,
) -> None:
    """Something was chosen from the menu of a card: open its window."""
    await ack()
    option = body["actions"][0].get("selected_option") or {}
    name, _, pressed = str(option.get("value") or pressed_value(body)).partition(":")
    window = _WINDOWS.get(name, _note_window)
    view = await window(ticket_in(pressed), respond, runtime, visit)
    if view is not None:
        await client.views_open(trigger_id=body["trigger_id"], view=view)


async def _reassign_window(
    pressed: tuple[int, int], respond: AsyncRespond, runtime: Runtime, visit: Visit
) -> Block | None:
    ticket = await to_move(pressed, respond, runtime, visit)
    if ticket is None:
        return None
    copy = runtime.bank(visit.workspace).content.copy
    people = await runtime.run(handoff.others, visit.workspace, visit.member, ticket.id)
    if not people:
        text = copy.say("handoff.reassign_nobody")
        await respond(text=text, response_type="ephemeral", replace_original=False)
        return None
    names = await runtime.run(handoff.names, visit.workspace)
    called = {user_id_of(one): names.get(one) or copy.say("handoff.desk") for one in people}
    return reassign_modal(ticket, called, copy)


async def _snooze_window(
    pressed: tuple[int, int], respond: AsyncRespond, runtime: Runtime, visit: Visit
) -> Block | None:
    ticket = await to_move(pressed, respond, runtime, visit)
    if ticket is None:
        return None
    today = await runtime.run(handoff.today_of, visit.workspace, visit.member)
    return snooze_modal(ticket, today, runtime.bank(visit.workspace).content.copy)


async def _note_window(
    pressed: tuple[int, int], respond: AsyncRespond, runtime: Runtime, visit: Visit
) -> Block | None:
    found = await runtime.run(handoff.to_note, visit.workspace, visit.member, pressed[0])
    await say_refusal(found, respond, runtime, visit)
    if isinstance(found, Refusal):
        return None
    return note_modal(*found, runtime.bank(visit.workspace).content.copy)


_WINDOWS: Mapping[
    str,
    Callable[[tuple[int, int], AsyncRespond, Runtime, Visit], Awaitable[Block | None]],
] = {"reassign": _reassign_window, "snooze": _snooze_window, "note": _note_window}


async def on_reassign_submitted(
    ack: AsyncAck, view: dict[str, Any], runtime: Runtime, visit: Visit
) -> None:
    """It goes to whom was chosen, with the reason; not over a claim made meanwhile."""
    copy = runtime.bank(visit.workspace).content.copy
    to, reason = _chosen(view, "to"), cleaned(_field(view, "reason").get("value") or "")
    faults = {}
    if not to:
        faults["to"] = copy.say("handoff.reassign_to_empty")
    if not reason:
        faults["reason"] = copy.say("handoff.reassign_reason_empty")
    if faults:
        await ack(response_action="errors", errors=faults)
        return
    outcome = await runtime.run(
        handoff.reassign,
        visit.workspace,
        visit.member,
        ticket_of(view),
        MemberRef(member_ref(visit.workspace, to)),
        reason[:LONGEST_REASON],
        visit.key,
        seen=int(json.loads(view["private_metadata"]).get("version") or 0),
    )
    await _end(ack, outcome, runtime, visit, reason)


async def on_snooze_submitted(
    ack: AsyncAck, view: dict[str, Any], runtime: Runtime, visit: Visit
) -> None:
    """It is put off until that day."""
    copy = runtime.bank(visit.workspace).content.copy
    day = _day_in(_field(view, "day").get("selected_date"))
    if day is None:
        await ack(response_action="errors", errors={"day": copy.say("handoff.snooze_empty")})
        return
    outcome = await runtime.run(
        handoff.snooze, visit.workspace, visit.member, ticket_of(view), day, visit.key
    )
    await _end(ack, outcome, runtime, visit)


async def on_note_submitted(
    ack: AsyncAck, view: dict[str, Any], runtime: Runtime, visit: Visit
) -> None:
    """The note is kept for the desk; a refused one is given back, so that it is not lost."""
    copy = runtime.bank(visit.workspace).content.copy
    text = cleaned(_field(view, "note").get("value") or "")
    if not text or len(text) > LONGEST_NOTE:
        key = "handoff.note_desk_too_long" if text else "handoff.note_empty"
        fault = copy.say(key, longest=f"{LONGEST_NOTE:,}", length=f"{len(text):,}")
        await ack(response_action="errors", errors={"note": fault})
        return
    outcome = await runtime.run(
        handoff.note, visit.workspace, visit.member, ticket_of(view), text, visit.key
    )
    await _end(ack, outcome, runtime, visit, text)


async def _end(
    ack: AsyncAck, outcome: object, runtime: Runtime, visit: Visit, typed: str = ""
) -> None:
    if isinstance(outcome, Refusal) and outcome.reason in _AT_FIELD:
        key, longest = f"handoff.refused_{outcome.reason}", str(LONGEST_SNOOZE.days)
        text = runtime.bank(visit.workspace).content.copy.say(key, longest=longest)
        await ack(response_action="errors", errors={_AT_FIELD[outcome.reason]: text})
        return
    await end_window(ack, outcome, runtime, visit, typed)


def _field(view: Mapping[str, Any], block_id: str) -> dict[str, Any]:
    found: dict[str, Any] = view["state"]["values"].get(block_id, {}).get("value") or {}
    return found


def _chosen(view: Mapping[str, Any], block_id: str) -> str:
    return str((_field(view, block_id).get("selected_option") or {}).get("value") or "")


def _day_in(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return None
