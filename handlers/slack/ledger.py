"""The hours ledger in Slack: the form, the list, and what is said in plain words."""

import asyncio
import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.respond.async_respond import AsyncRespond
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.faq import HOURS
from bot.domain.ledger_form import FormFaults
from bot.domain.ledger_reading import Told
from bot.runtime import Runtime
from bot.services import faq, ledger
from bot.services.ledger import Alike, Gone, Kept, Overtaken, Shown
from handlers.slack.asked import Asked, Typed
from handlers.slack.faq import pressed_number
from handlers.slack.ledger_forms import (
    confirmed_only,
    edit_view,
    form_in,
    form_view,
    new_form,
    page_of,
    told_view,
)
from handlers.slack.middleware import Visit
from handlers.slack.responding import show_privately
from handlers.slack.views.blocks import Block
from handlers.slack.views.ledger import LIST, entry_line, entry_message, list_modal
from handlers.slack.views.ledger_modal import Form, changed_modal, kept_modal
from handlers.slack.windows import update_window

ANSWER_WITHIN = 2.0
"""Seconds; Slack gives three before it tells the member that something went wrong."""

Body = dict[str, Any]


async def on_command(asked: Asked) -> None:
    """`/clm hours` opens the form at once."""
    await asked.ack()
    view = await _empty_view(asked.runtime, asked.visit)
    await asked.client.views_open(trigger_id=asked.trigger, view=view)


async def on_log(asked: Asked) -> None:
    """`/clm log ...` opens the form with what was said in it."""
    await asked.ack()
    told = await asked.runtime.run(
        ledger.read, asked.visit.workspace, asked.visit.member, asked.text
    )
    view = await _told_view(told, asked.runtime, asked.visit)
    await asked.client.views_open(trigger_id=asked.trigger, view=view)


async def on_typed(typed: Typed) -> None:
    """`hours` in the direct conversation: the latest entries, with the button to add one."""
    await typed.runtime.run(
        ledger.tell_latest, typed.visit.workspace, typed.visit.member, typed.place, typed.key
    )


async def heard(typed: Typed) -> bool:
    """`log ...` in the direct conversation: what was understood of it, if anything was."""
    told = await typed.runtime.run(
        ledger.read, typed.visit.workspace, typed.visit.member, typed.text
    )
    if told.is_empty:
        return False
    await typed.runtime.run(
        faq.show,
        typed.visit.workspace,
        typed.visit.member,
        HOURS,
        place=typed.place,
        message=typed.key,
        said=typed.text,
    )
    return True


async def open_form(
    client: AsyncWebClient, trigger: str, runtime: Runtime, visit: Visit, turn: int
) -> None:
    """Open the form with what the member said in a turn; empty where they said nothing."""
    told = await runtime.run(ledger.said, visit.workspace, visit.member, turn)
    view = await _told_view(told, runtime, visit)
    await client.views_open(trigger_id=trigger, view=view)


async def on_add(
    ack: AsyncAck, body: Body, client: AsyncWebClient, runtime: Runtime, visit: Visit
) -> None:
    """The form: in a window of its own, over the list, or in place of another window."""
    await ack()
    below = body.get("view") or {}
    if below.get("type") != "modal":
        await open_form(client, body["trigger_id"], runtime, visit, pressed_number(body))
        return
    await _show_form(client, body, await _empty_view(runtime, visit, page_of(below)))


async def on_edit(
    ack: AsyncAck, body: Body, client: AsyncWebClient, runtime: Runtime, visit: Visit
) -> None:
    """The form with an entry; from a window as in `on_add`."""
    await ack()
    below = body.get("view") or {}
    shown = await runtime.run(ledger.shown, visit.workspace, visit.member, pressed_number(body))
    if shown.row is None or shown.deleted:
        view = changed_modal(shown, runtime.bank(visit.workspace).content.copy)
    else:
        view = edit_view(shown.row, page_of(below), runtime, visit)
    if below.get("type") != "modal":
        await client.views_open(trigger_id=body["trigger_id"], view=view)
        return
    await _show_form(client, body, view)


async def on_list(
    ack: AsyncAck, body: Body, client: AsyncWebClient, runtime: Runtime, visit: Visit
) -> None:
    """All entries, page by page; over the form where it was pressed there."""
    await ack()
    below = body.get("view") or {}
    view = await _list_view(pressed_number(body), runtime, visit)
    if below.get("type") != "modal":
        await client.views_open(trigger_id=body["trigger_id"], view=view)
    elif below["callback_id"] == LIST:
        await update_window(client, below, view)
    else:
        await client.views_push(trigger_id=body["trigger_id"], view=view)


async def on_delete(
    ack: AsyncAck,
    body: Body,
    client: AsyncWebClient,
    respond: AsyncRespond,
    runtime: Runtime,
    visit: Visit,
) -> None:
    """Taken out; the message or window that showed it offers to bring it back."""
    await ack()
    shown = await runtime.run(ledger.delete, visit.workspace, visit.member, pressed_number(body))
    await _show_changed(shown, body, client, respond, runtime, visit)


async def on_restore(
    ack: AsyncAck,
    body: Body,
    client: AsyncWebClient,
    respond: AsyncRespond,
    runtime: Runtime,
    visit: Visit,
) -> None:
    """Brought back."""
    await ack()
    shown = await runtime.run(ledger.restore, visit.workspace, visit.member, pressed_number(body))
    await _show_changed(shown, body, client, respond, runtime, visit)


async def on_save(
    ack: AsyncAck, view: Body, client: AsyncWebClient, runtime: Runtime, visit: Visit
) -> None:
    """The form was sent: kept, or shown again with what is to be settled first."""
    copy = runtime.bank(visit.workspace).content.copy
    form = form_in(view)
    try:
        # What takes too long is kept all the same, and the next press finds it done.
        async with asyncio.timeout(ANSWER_WITHIN):
            result = await _saved(form, runtime, visit)
    except TimeoutError:
        field = next(iter(form.filled), "")
        await ack(response_action="errors", errors={field: copy.say("errors.slow")})
        return
    if isinstance(result, FormFaults):
        errors = {
            name: copy.say(fault.key, **fault.values) for name, fault in result.errors.items()
        }
        await ack(response_action="errors", errors=errors)
        return
    await ack(response_action="update", view=_view_after(result, form, runtime, visit))
    if isinstance(result, Kept):
        await _renew_list_below(view, client, runtime, visit)


async def _saved(
    form: Form, runtime: Runtime, visit: Visit
) -> Kept | FormFaults | Alike | Overtaken | Gone:
    place, who = visit.workspace, visit.member
    if not form.entry:
        return await runtime.run(
            ledger.save, place, who, form.form, form.filled, anyway=form.warned
        )
    return await runtime.run(
        ledger.change, place, who, form.entry, form.version, form.filled, anyway=form.warned
    )


def _view_after(
    result: Kept | Alike | Overtaken | Gone, form: Form, runtime: Runtime, visit: Visit
) -> Block:
    """What takes the form's place. What was typed stays in it until it is kept."""
    copy = runtime.bank(visit.workspace).content.copy
    match result:
        case Kept(row):
            return kept_modal(row, copy, form.page)
        case Alike(like):
            above = copy.say("ledger.alike", entry=entry_line(like, copy))
            return form_view(replace(form, warned=True), runtime, visit, [above])
        case Overtaken(row):
            above = copy.say("ledger.overtaken", entry=entry_line(row, copy))
            again = replace(form, version=row.entry.version)
            return form_view(again, runtime, visit, [above], confirmed_only(row))
        case Gone():
            again = replace(new_form(form.page), filled=form.filled)
            return form_view(again, runtime, visit, [copy.say("ledger.gone_meanwhile")])


async def _show_form(client: AsyncWebClient, body: Body, view: Block) -> None:
    """Over the list, in place of any other window: Slack lays no more than three on another."""
    if body["view"]["callback_id"] == LIST:
        await client.views_push(trigger_id=body["trigger_id"], view=view)
    else:
        await update_window(client, body["view"], view)


async def _empty_view(runtime: Runtime, visit: Visit, page: int = 0) -> Block:
    filled = await runtime.run(ledger.beginning, visit.workspace, visit.member)
    return form_view(replace(new_form(page), filled=filled), runtime, visit)


async def _told_view(told: Told, runtime: Runtime, visit: Visit) -> Block:
    filled = await runtime.run(ledger.beginning, visit.workspace, visit.member)
    return told_view(told, runtime, visit, filled)


async def _list_view(number: int, runtime: Runtime, visit: Visit) -> Block:
    page = await runtime.run(ledger.page, visit.workspace, visit.member, max(number, 1))
    return list_modal(page, runtime.bank(visit.workspace).content.copy)


async def _show_changed(
    shown: Shown,
    body: Body,
    client: AsyncWebClient,
    respond: AsyncRespond,
    runtime: Runtime,
    visit: Visit,
) -> None:
    copy = runtime.bank(visit.workspace).content.copy
    if shown.row is None and body.get("response_url"):
        # An entry that is not there may have no message that would say so.
        await show_privately(respond, entry_message(shown, copy))
    await _replace(changed_modal(shown, copy), body, client, runtime, visit)


async def _replace(
    shown: Block, body: Body, client: AsyncWebClient, runtime: Runtime, visit: Visit
) -> None:
    """Show in the window that was pressed what has become of it; a message is edited by itself."""
    view = body.get("view") or {}
    if view.get("type") == "modal":
        page = page_of(view)
        metadata = json.dumps({"page": page})
        await update_window(client, view, {**shown, "private_metadata": metadata})
        await _renew_list_below(view, client, runtime, visit)


async def _renew_list_below(
    view: Mapping[str, Any], client: AsyncWebClient, runtime: Runtime, visit: Visit
) -> None:
    """The list from which a window was opened shows what has changed."""
    below, page = view.get("previous_view_id"), page_of(view)
    if not below or not page:
        return
    try:
        await client.views_update(view_id=below, view=await _list_view(page, runtime, visit))
    except SlackApiError as error:
        # The list was closed meanwhile.
        if error.response.get("error") != "not_found":
            raise
