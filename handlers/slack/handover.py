"""`/clm chair handover`: the chair asks the next one; nothing moves before they accept."""

import re
from typing import Any, get_args

from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.respond.async_respond import AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.identity import MemberRef
from bot.domain.notices import Notice
from bot.domain.succession import KEPT, Handover, Kept, Refused
from bot.runtime import Runtime
from bot.services import roles, succession
from handlers.slack.asked import Asked
from handlers.slack.candidates import Candidate, Unfit, candidate
from handlers.slack.faq import id_in, pressed_value
from handlers.slack.ids import member_ref
from handlers.slack.middleware import Visit
from handlers.slack.responding import show_privately
from handlers.slack.views.blocks import Block, Message, message, words
from handlers.slack.views.handover import (
    KEEPS,
    NEXT,
    NOTES,
    ask_modal,
    end_message,
    pending_modal,
    refused_text,
    state_message,
    told_modal,
)

_MENTION = re.compile(r"<@([UW][A-Z0-9]+)(?:\|[^>]*)?>")


async def on_command(asked: Asked) -> None:
    """The window, with whoever was mentioned chosen in it; or how it stands with who is asked."""
    runtime, visit = asked.runtime, asked.visit
    mentioned = _MENTION.search(str(asked.command.get("text") or ""))
    view = await _window(runtime, visit, mentioned.group(1) if mentioned else "")
    await asked.ack()
    await asked.client.views_open(trigger_id=asked.trigger, view=view)


async def on_ask(
    ack: AsyncAck, view: dict[str, Any], client: AsyncWebClient, runtime: Runtime, visit: Visit
) -> None:
    """The next chair is chosen: ask them, or say at the field why they cannot be."""
    copy = runtime.bank(visit.workspace).content.copy
    user_id, keeps, notes = _filled(view)
    if not user_id:
        errors = {NEXT: copy.say("people.lacks_person")}
        await ack(response_action="errors", errors=errors)
        return
    found = await candidate(client, visit.workspace, user_id)
    if not isinstance(found, Candidate):
        errors = {NEXT: copy.say(f"people.unfit_{found}")}
        await ack(response_action="errors", errors=errors)
        return
    outcome = await runtime.run(
        succession.ask,
        visit.workspace,
        visit.member,
        member_ref(visit.workspace, found.user_id),
        found.name,
        keeps,
        notes=notes,
        # The window's id stays the same however often it is submitted.
        key=str(view.get("id") or visit.key),
    )
    if isinstance(outcome, Refused):
        text = refused_text(outcome, copy)
        if outcome.reason in ("yourself", "already"):
            await ack(response_action="errors", errors={NEXT: text})
        else:
            await ack(response_action="update", view=told_modal(text, copy))
        return
    await ack(response_action="update", view=pending_modal(outcome, copy, is_own=True))


async def on_accept(
    ack: AsyncAck,
    body: dict[str, Any],
    client: AsyncWebClient,
    respond: AsyncRespond,
    runtime: Runtime,
    visit: Visit,
) -> None:
    """Everything moves at once; what stands above the button is drawn anew."""
    await ack()
    # Somebody may have become a guest since they were asked.
    found = await candidate(client, visit.workspace, visit.user_id)
    if found in get_args(Unfit):
        copy = runtime.bank(visit.workspace).content.copy
        key = "handover.unknown_you" if found == "slow" else "handover.unfit_you"
        await _say(copy.say(key), respond)
        return
    number = id_in(pressed_value(body))
    outcome = await runtime.run(succession.accept, visit.workspace, visit.member, number)
    if not await _is_refused(outcome, respond, runtime, visit):
        await runtime.renew_overlays()


async def on_decline(
    ack: AsyncAck, body: dict[str, Any], respond: AsyncRespond, runtime: Runtime, visit: Visit
) -> None:
    """No thanks; everything stays."""
    await ack()
    number = id_in(pressed_value(body))
    outcome = await runtime.run(succession.decline, visit.workspace, visit.member, number)
    await _is_refused(outcome, respond, runtime, visit)


async def on_withdraw(
    ack: AsyncAck,
    body: dict[str, Any],
    client: AsyncWebClient,
    respond: AsyncRespond,
    runtime: Runtime,
    visit: Visit,
) -> None:
    """The chair thinks better of it, in the message or in the window."""
    await ack()
    number = id_in(pressed_value(body))
    outcome = await runtime.run(succession.withdraw, visit.workspace, visit.member, number)
    copy = runtime.bank(visit.workspace).content.copy
    if (view := body.get("view")) is None:
        await _is_refused(outcome, respond, runtime, visit)
        return
    said = copy.say("handover.withdrawn")
    text = refused_text(outcome, copy) if isinstance(outcome, Refused) else said
    await client.views_update(view_id=view["id"], view=told_modal(text, copy))


async def render(runtime: Runtime, notice: Notice, number: int, *, is_end: bool) -> Message | None:
    """How a handover stands for its reader; nothing when it was erased meanwhile."""
    found = await runtime.run(succession.read, notice.workspace, number)
    if found is None:
        return None
    roster = await runtime.run(roles.roster, notice.workspace)
    copy = runtime.bank(notice.workspace).content.copy
    draw = end_message if is_end else state_message
    return draw(found, MemberRef(notice.recipient), roster, copy)


async def _window(runtime: Runtime, visit: Visit, chosen: str) -> Block:
    copy = runtime.bank(visit.workspace).content.copy
    found = await runtime.run(succession.belongings, visit.workspace, visit.member)
    if found.pending is not None:
        is_own = found.pending.chair == visit.member
        return pending_modal(found.pending, copy, is_own=is_own)
    if not chosen:
        return ask_modal(found, "", copy)
    successor = member_ref(visit.workspace, chosen)
    refused = await runtime.run(succession.to_ask, visit.workspace, visit.member, successor)
    if refused is None:
        return ask_modal(found, chosen, copy)
    return ask_modal(found, "", copy, note=refused_text(refused, copy))


async def _is_refused(
    outcome: Handover | Refused, respond: AsyncRespond, runtime: Runtime, visit: Visit
) -> bool:
    if not isinstance(outcome, Refused):
        return False
    await _say(refused_text(outcome, runtime.bank(visit.workspace).content.copy), respond)
    return True


async def _say(text: str, respond: AsyncRespond) -> None:
    await show_privately(respond, message(text, [words(text)]))


def _filled(view: dict[str, Any]) -> tuple[str, Kept, bool]:
    values = view["state"]["values"]
    user_id = (values.get(NEXT) or {}).get("value", {}).get("selected_user") or ""
    chosen = (values.get(KEEPS) or {}).get("value", {}).get("selected_option") or {}
    keeps = next((one for one in KEPT if one == chosen.get("value")), KEPT[0])
    notes = (values.get(NOTES) or {}).get("value", {}).get("selected_options") or []
    return user_id, keeps, bool(notes)
