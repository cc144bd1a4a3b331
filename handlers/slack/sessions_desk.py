"""The desk's list of a session: its buttons, from confirming to cancelling."""

from collections.abc import Mapping
from typing import Any

from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.respond.async_respond import AsyncRespond

from bot.domain.sessions import Decision, Refusal, Session
from bot.runtime import Runtime
from bot.services import sessions
from handlers.slack.faq import id_in, pressed_value
from handlers.slack.ids import member_ref
from handlers.slack.middleware import Visit
from handlers.slack.views.sessions_desk import refused


async def on_confirm(
    ack: AsyncAck, body: dict[str, Any], respond: AsyncRespond, runtime: Runtime, visit: Visit
) -> None:
    """One person attended."""
    await _on_row(ack, body, respond, runtime, visit, "confirmed")


async def on_decline(
    ack: AsyncAck, body: dict[str, Any], respond: AsyncRespond, runtime: Runtime, visit: Visit
) -> None:
    """One person did not."""
    await _on_row(ack, body, respond, runtime, visit, "declined")


async def on_confirm_all(
    ack: AsyncAck, body: dict[str, Any], respond: AsyncRespond, runtime: Runtime, visit: Visit
) -> None:
    """Everybody on the list attended."""
    await _on_all(ack, body, respond, runtime, visit, "confirmed")


async def on_decline_all(
    ack: AsyncAck, body: dict[str, Any], respond: AsyncRespond, runtime: Runtime, visit: Visit
) -> None:
    """Nobody of those who wait attended."""
    await _on_all(ack, body, respond, runtime, visit, "declined")


async def on_cancel(
    ack: AsyncAck, body: dict[str, Any], respond: AsyncRespond, runtime: Runtime, visit: Visit
) -> None:
    """The session does not take place, or did not."""
    session_id, version, _ = _pressed(body)
    outcome = await runtime.run(sessions.cancel, visit.workspace, visit.member, session_id, version)
    await ack()
    await _say_refusal(outcome, respond, runtime, visit)


async def on_repost(
    ack: AsyncAck, body: dict[str, Any], respond: AsyncRespond, runtime: Runtime, visit: Visit
) -> None:
    """Post the card now that the bot is in its channel."""
    session_id, _, _ = _pressed(body)
    outcome = await runtime.run(sessions.post_again, visit.workspace, visit.member, session_id)
    await ack()
    await _say_refusal(outcome, respond, runtime, visit)


async def _on_row(
    ack: AsyncAck,
    body: Mapping[str, Any],
    respond: AsyncRespond,
    runtime: Runtime,
    visit: Visit,
    decision: Decision,
) -> None:
    session_id, version, person = _pressed(body)
    outcome = await runtime.run(
        sessions.decide,
        visit.workspace,
        visit.member,
        session_id,
        version,
        [member_ref(visit.workspace, person)],
        decision,
        waiting=True,
    )
    await ack()
    await _say_refusal(outcome, respond, runtime, visit)


async def _on_all(
    ack: AsyncAck,
    body: Mapping[str, Any],
    respond: AsyncRespond,
    runtime: Runtime,
    visit: Visit,
    decision: Decision,
) -> None:
    session_id, version, until = _pressed(body)
    outcome = await runtime.run(
        sessions.decide_all, visit.workspace, visit.member, session_id, version, until, decision
    )
    await ack()
    await _say_refusal(outcome, respond, runtime, visit)


async def _say_refusal(
    outcome: Session | Refusal, respond: AsyncRespond, runtime: Runtime, visit: Visit
) -> None:
    if isinstance(outcome, Refusal):
        text = refused(outcome, runtime.bank(visit.workspace).content.copy)
        await respond(text=text, response_type="ephemeral", replace_original=False)


def _pressed(body: Mapping[str, Any]) -> tuple[int, int, str]:
    """Session, version, and what else a pressed button carries."""
    session_id, version, rest = (pressed_value(body) + "::").split(":", 2)
    return id_in(session_id), id_in(version), rest.removesuffix("::").removesuffix(":")
