"""The eligibility dialog as a modal wizard."""

import asyncio
import json
from collections.abc import Mapping
from typing import Any

from slack_bolt.context.ack.async_ack import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.eligibility_dialog import Refused
from bot.runtime import Runtime
from bot.services import eligibility
from bot.services.eligibility import Finished, Said, StepShown
from handlers.slack.faq import pressed_number
from handlers.slack.middleware import Visit
from handlers.slack.views.blocks import Block, words
from handlers.slack.views.eligibility import step_modal, verdict_modal
from handlers.slack.views.standing import hours_blocks, plan_text
from handlers.slack.windows import update_window

ANSWER_WITHIN = 2.0
"""Seconds; Slack gives three before it tells the member that something went wrong."""


async def open_dialog(
    client: AsyncWebClient,
    trigger_id: str,
    runtime: Runtime,
    visit: Visit,
    *,
    turn: int = 0,
) -> None:
    """Open the dialog where the member left it, or with what they said in a turn."""
    said = Said(turn) if turn else None
    shown = await runtime.run(eligibility.begin, visit.workspace, visit.member, said=said)
    copy = runtime.bank(visit.workspace).content.copy
    await client.views_open(trigger_id=trigger_id, view=step_modal(shown, copy))


async def on_open(
    ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, runtime: Runtime, visit: Visit
) -> None:
    """A button or shortcut that starts or continues the check."""
    await ack()
    await open_dialog(client, body["trigger_id"], runtime, visit)


async def on_open_told(
    ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, runtime: Runtime, visit: Visit
) -> None:
    """ "Check with what you told me": the button's value is the turn in which they told it."""
    await ack()
    turn = pressed_number(body)
    await open_dialog(client, body["trigger_id"], runtime, visit, turn=turn)


async def on_step_submitted(
    ack: AsyncAck, view: dict[str, Any], runtime: Runtime, visit: Visit
) -> None:
    """A step: kept, then the next one or the verdict takes its place."""
    copy = runtime.bank(visit.workspace).content.copy
    metadata = json.loads(view["private_metadata"])
    raw = raw_values(view)
    try:
        # What takes too long is still kept, and the next press shows where it stands.
        async with asyncio.timeout(ANSWER_WITHIN):
            result = await runtime.run(
                eligibility.submit,
                visit.workspace,
                visit.member,
                metadata["draft"],
                metadata["version"],
                raw,
                said=said_in(view),
            )
    except TimeoutError:
        field = next(iter(raw), "")
        await ack(response_action="errors", errors={field: copy.say("errors.slow")})
        return
    if isinstance(result, Refused):
        errors = {
            question: copy.say(error.key, **error.values)
            for question, error in result.errors.items()
        }
        await ack(response_action="errors", errors=errors)
    else:
        await ack(response_action="update", view=_view(result, runtime, visit))


async def on_back(
    ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, runtime: Runtime, visit: Visit
) -> None:
    """The Back button of a step."""
    await ack()
    said = said_in(body["view"])
    shown = await runtime.run(eligibility.back, visit.workspace, visit.member, said=said)
    await update_window(client, body["view"], _view(shown, runtime, visit))


async def on_choose(
    ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, runtime: Runtime, visit: Visit
) -> None:
    """A choice on which other questions of the step depend: show or hide them."""
    await ack()
    said = said_in(body["view"])
    shown = await runtime.run(eligibility.begin, visit.workspace, visit.member, said=said)
    copy = runtime.bank(visit.workspace).content.copy
    chosen = {question: value for question, value in raw_values(body["view"]).items() if value}
    await update_window(client, body["view"], step_modal(shown, copy, chosen))


def said_in(view: Mapping[str, Any]) -> Said | None:
    """From which turn a window was filled in, and the steps sent since."""
    metadata = json.loads(view["private_metadata"])
    turn = metadata.get("turn")
    return Said(turn, tuple(metadata.get("sent") or ())) if turn else None


def raw_values(view: Mapping[str, Any]) -> dict[str, str | None]:
    """The fields of a step as they were filled in, by question."""
    found: dict[str, str | None] = {}
    for question, actions in view["state"]["values"].items():
        for state in actions.values():
            option = state.get("selected_option")
            found[question] = option["value"] if option else state.get("value")
    return found


def _view(result: StepShown | Finished, runtime: Runtime, visit: Visit) -> Block:
    copy = runtime.bank(visit.workspace).content.copy
    if isinstance(result, Finished):
        found = result.standing
        if found.verdict is None:
            raise RuntimeError("a finished check has a verdict")
        hours = [words(plan_text(found, copy)), *hours_blocks(found, copy, buttons=False)]
        return verdict_modal(found.verdict, copy, hours)
    return step_modal(result, copy)
