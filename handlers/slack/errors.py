"""The one place where failures of listeners end.

Policy: a NotAllowed and a StoreError are told in the committee's words; everything else is
"something went wrong" with a reference that also stands in the log. What people wrote, and tokens,
never reach the log: only the kind of error and the lines of code.
"""

import asyncio
import secrets
import traceback
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from slack_bolt.context.async_context import AsyncBoltContext
from slack_bolt.response import BoltResponse
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.copy import Copy
from bot.errors import NotAllowed, StoreError
from bot.log import logger
from bot.runtime import Runtime
from handlers.slack.ids import is_direct, workspace_of
from handlers.slack.listening import Listening
from handlers.slack.middleware import Visit, user_id_of_body
from handlers.slack.refusals import reason_of

EXPIRED = frozenset({"expired_trigger_id", "exchanged_trigger_id", "invalid_trigger_id"})


def showing(
    runtime: Runtime, listening: Listening
) -> Callable[..., Awaitable[BoltResponse | None]]:
    """The error listener of the app."""

    async def on_error(
        error: Exception,
        body: dict[str, Any],
        context: AsyncBoltContext,
        client: AsyncWebClient,
        response: BoltResponse | None,
    ) -> BoltResponse | None:
        # Without this pause Bolt overwrites an ack that has just been given.
        await asyncio.sleep(0.03)
        reference = secrets.token_hex(4)
        _log(error, reference)
        if context.authorize_result is None:
            # It is not known yet that this comes from Slack: nobody is told anything anywhere.
            return BoltResponse(status=401)
        copy = runtime.bank(workspace_of(body)).content.copy
        try:
            await _tell(sentence(error, copy, reference), body, context, client)
        except Exception as failure:
            _log(failure, reference)
        visit: Visit | None = context.get("visit")
        if visit is not None and not isinstance(error, StoreError):
            await listening.finished(visit)
        acknowledged = response is None
        return None if acknowledged else BoltResponse(status=_status(body))

    return on_error


def sentence(error: Exception, copy: Copy, reference: str) -> str:
    """What the person reads."""
    if isinstance(error, NotAllowed):
        return copy.say("errors.not_allowed")
    if isinstance(error, StoreError):
        return copy.say("errors.store", reference=reference)
    if isinstance(error, SlackApiError) and reason_of(error) in EXPIRED:
        return copy.say("errors.expired")
    return copy.say("errors.wrong", reference=reference)


def _status(body: Mapping[str, Any]) -> int:
    # A modal that is not acknowledged stays open with what was typed in it.
    return 500 if body.get("type") == "view_submission" else 200


async def _tell(
    text: str, body: Mapping[str, Any], context: AsyncBoltContext, client: AsyncWebClient
) -> None:
    if context.respond is not None and context.response_url:
        answer = await context.respond(text=text, response_type="ephemeral", replace_original=False)
        if answer.status_code == 200:
            return
    event = body.get("event") or {}
    user_id = user_id_of_body(body)
    channel = event.get("channel") or context.channel_id
    if event.get("type") == "app_home_opened":
        return
    if channel and not is_direct(channel) and user_id:
        try:
            await client.chat_postEphemeral(
                channel=channel, user=user_id, text=text, thread_ts=event.get("thread_ts")
            )
            return
        except SlackApiError:
            # A command works in channels that the bot is not in.
            channel = user_id
    await client.chat_postMessage(channel=channel or user_id, text=text)


def _log(error: BaseException, reference: str) -> None:
    frames = traceback.extract_tb(error.__traceback__)
    where = [f"{frame.filename.rsplit('/', 1)[-1]}:{frame.lineno}" for frame in frames[-6:]]
    detail = reason_of(error) if isinstance(error, SlackApiError) else None
    logger().error(
        "listener failed", reference=reference, error=type(error).__name__, slack=detail, at=where
    )
