"""Before any listener: keep what came in, drop what came before, say who and where it is."""

import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from slack_bolt.context.async_context import AsyncBoltContext
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse

from bot.domain.identity import MemberRef, Workspace
from bot.runtime import Runtime
from bot.services import inbox
from handlers.slack.ids import member_ref, workspace_of

AGAIN = "x-clm-received-at"
"""Header of an envelope that is taken up again after a crash; its value is when it came."""

OF_THE_APP = frozenset({"app_uninstalled", "tokens_revoked"})
"""Events that nobody of the workspace stands behind."""

LATE = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Visit:
    """Who came, where, and which envelope brought them."""

    workspace: Workspace
    member: MemberRef
    user_id: str
    key: str
    repeated: bool
    late: bool


def keeping(runtime: Runtime) -> Callable[..., Awaitable[BoltResponse | None]]:
    """The middleware that commits an envelope to the inbox before Slack hears that it arrived."""

    async def keep_envelope(
        req: AsyncBoltRequest, context: AsyncBoltContext, next: Callable[[], Awaitable[None]]
    ) -> BoltResponse | None:
        body = req.body
        key = envelope_key(body)
        user_id = user_id_of_body(body)
        if (not user_id and not _is_of_nobody(body)) or _is_of_a_bot(body):
            return BoltResponse(status=200)
        workspace = workspace_of(body)
        if _is_talk_of_others(body, runtime.bank(workspace).content.chapter.desk_channel):
            return BoltResponse(status=200)
        came = _came_again(req)
        kept = _needed(body) if body.get("type") == "event_callback" else None
        is_new = came is not None or await runtime.run(
            inbox.keep, workspace, key, json.dumps(kept) if kept else ""
        )
        if not is_new and body.get("type") != "view_submission":
            return BoltResponse(status=200)
        context["visit"] = Visit(
            workspace=workspace,
            member=member_ref(workspace, user_id),
            user_id=user_id,
            key=key,
            repeated=not is_new,
            late=came is not None and runtime.clock() - came > LATE,
        )
        await next()
        return None

    return keep_envelope


def envelope_key(body: Mapping[str, Any]) -> str:
    """What names an envelope: the same for each time Slack sends it.

    It names no person, as it is kept for some days, also after an erasure.
    """
    kind = str(body.get("type") or body.get("command") or "")
    if event_id := body.get("event_id"):
        return f"event:{event_id}"
    if kind == "view_submission":
        # Over updates the view id stays the same; the hash does not.
        return f"{kind}:{body['view'].get('id')}:{body['view'].get('hash')}"
    if trigger := body.get("trigger_id"):
        return f"{kind}:{trigger}"
    return f"{kind}:{sha256(json.dumps(dict(body)).encode()).hexdigest()}"


def user_id_of_body(body: Mapping[str, Any]) -> str:
    """The acting person, for every kind of envelope; empty when there is none."""
    event = body.get("event") or {}
    if body.get("type") == "event_callback":
        edited = event.get("message") or event.get("previous_message") or {}
        who = event.get("user") or edited.get("user") or ""
        return str(who.get("id") or "") if isinstance(who, Mapping) else str(who)
    user = body.get("user")
    if isinstance(user, Mapping):
        return str(user.get("id") or "")
    return str(body.get("user_id") or "")


def _is_of_nobody(body: Mapping[str, Any]) -> bool:
    """Whether an event is about the app itself."""
    return (body.get("event") or {}).get("type") in OF_THE_APP


def _needed(body: Mapping[str, Any]) -> Mapping[str, Any]:
    """An envelope as it is kept: of a changed profile only what is heard of it, no name."""
    event = body.get("event") or {}
    if event.get("type") != "user_change":
        return body
    user = {name: event["user"].get(name) for name in ("id", "deleted", "tz", "is_bot")}
    return {**body, "event": {"type": "user_change", "user": user}}


def _is_of_a_bot(body: Mapping[str, Any]) -> bool:
    event = body.get("event") or {}
    message = event.get("message") or event.get("previous_message") or event
    user = event.get("user")
    if isinstance(user, Mapping) and user.get("is_bot"):
        return True
    return bool(message.get("bot_id")) or message.get("subtype") == "bot_message"


def _is_talk_of_others(body: Mapping[str, Any], desk_channel: str | None) -> bool:
    """Whether people talk in a private channel, and not below anything that could be a card in the
    committee's: it is not for the bot, and not kept for a moment."""
    event = body.get("event") or {}
    if event.get("type") != "message" or event.get("channel_type") != "group":
        return False
    message = event.get("message") or event.get("previous_message") or event
    root = message.get("thread_ts")
    return event.get("channel") != desk_channel or not root or root == message.get("ts")


def _came_again(req: AsyncBoltRequest) -> datetime | None:
    values = req.headers.get(AGAIN) if req.mode == "socket_mode" else None
    return datetime.fromisoformat(values[0]) if values else None
