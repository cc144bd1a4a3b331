"""`/clm chair people`: who holds which role; giving and taking them, each told to whom it is about.

A handover tells through the same kind of notice, so what it says is drawn from here too.
"""

from typing import Any, get_args

from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.respond.async_respond import AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.identity import MemberRef
from bot.domain.notices import Notice
from bot.domain.roles import OFFICES, Role
from bot.domain.succession import Refused
from bot.runtime import Runtime
from bot.services import people, roles
from handlers.slack import handover
from handlers.slack.asked import Asked
from handlers.slack.candidates import Candidate, Unfit, candidate
from handlers.slack.faq import pressed_value
from handlers.slack.ids import member_ref
from handlers.slack.middleware import Visit
from handlers.slack.responding import show_privately
from handlers.slack.views.blocks import Block, Message, message, words
from handlers.slack.views.people import (
    PERSON,
    ROLE,
    change_message,
    no_chair_message,
    note_modal,
    people_modal,
    refused_text,
)


async def on_command(asked: Asked) -> None:
    """The window; everybody with a role may look at it."""
    view = await _window(asked.runtime, asked.visit)
    await asked.ack()
    await asked.client.views_open(trigger_id=asked.trigger, view=view)


async def on_give(
    ack: AsyncAck, view: dict[str, Any], client: AsyncWebClient, runtime: Runtime, visit: Visit
) -> None:
    """A role is given: errors at their fields, or the list as it is from now on."""
    copy = runtime.bank(visit.workspace).content.copy
    user_id, role = _filled(view)
    errors = {
        field: copy.say(f"people.lacks_{field}")
        for field, given in ((PERSON, user_id), (ROLE, role))
        if not given
    }
    found = await candidate(client, visit.workspace, user_id) if user_id else None
    if found in get_args(Unfit):
        errors[PERSON] = copy.say(f"people.unfit_{found}")
    if errors or role is None or not isinstance(found, Candidate):
        await ack(response_action="errors", errors=errors)
        return
    member = member_ref(visit.workspace, found.user_id)
    refused = await runtime.run(
        people.give, visit.workspace, visit.member, member, found.name, role
    )
    if refused is not None and refused.reason != "not_allowed":
        field = PERSON if refused.reason == "already" else ROLE
        await ack(response_action="errors", errors={field: refused_text(refused, copy)})
        return
    if refused is not None:
        await ack(response_action="update", view=note_modal(refused_text(refused, copy), copy))
        return
    note = copy.say("people.done_given", name=found.name, role=copy.say(f"chair.role_{role}"))
    await ack(response_action="update", view=await _window(runtime, visit, note))
    await runtime.renew_overlays()


async def on_take(
    ack: AsyncAck,
    body: dict[str, Any],
    client: AsyncWebClient,
    respond: AsyncRespond,
    runtime: Runtime,
    visit: Visit,
) -> None:
    """A role is taken, or laid down, after it was asked whether that is meant."""
    await ack()
    role, _, who = pressed_value(body).partition("|")
    copy = runtime.bank(visit.workspace).content.copy
    known = [one for one in OFFICES if one == role]
    refused: Refused | None = Refused("gone")
    if known:
        refused = await runtime.run(
            people.take, visit.workspace, visit.member, MemberRef(who), known[0]
        )
    if refused is None:
        # First of all: the window may have been closed meanwhile, and then cannot be updated.
        await runtime.renew_overlays()
    note = refused_text(refused, copy) if refused else copy.say("people.done_taken")
    if (view := body.get("view")) is not None:
        shown = await _window(runtime, visit, note)
        await client.views_update(view_id=view["id"], view=shown)
    else:
        await show_privately(respond, message(note, [words(note)]))


async def render_role(runtime: Runtime, notice: Notice) -> Message | None:
    """What somebody is told of a role: theirs, another's, or that a chair is missing."""
    what, _, number = notice.subject.partition(":")
    if what in ("handover", "ended"):
        return await handover.render(runtime, notice, int(number), is_end=what == "ended")
    copy, reader = runtime.bank(notice.workspace).content.copy, MemberRef(notice.recipient)
    if what == "no_chair":
        may_name = await runtime.run(roles.may, notice.workspace, reader, "appoint")
        return no_chair_message(copy, may_name=may_name)
    change = await runtime.run(people.change, notice.workspace, int(number))
    return change_message(change, reader, copy) if change else None


async def _window(runtime: Runtime, visit: Visit, note: str = "") -> Block:
    copy = runtime.bank(visit.workspace).content.copy
    found = await runtime.run(people.people, visit.workspace, visit.member)
    if found is None:
        return note_modal(note or copy.say("people.refused_not_allowed"), copy)
    return people_modal(found, copy, note=note)


def _filled(view: dict[str, Any]) -> tuple[str, Role | None]:
    values = view["state"]["values"]
    user_id = (values.get(PERSON) or {}).get("value", {}).get("selected_user") or ""
    chosen = (values.get(ROLE) or {}).get("value", {}).get("selected_option") or {}
    return user_id, next((one for one in OFFICES if one == chosen.get("value")), None)
