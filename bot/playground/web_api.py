"""The Web API: reads a call, checks token, scope and rate, runs the method, logs it."""

import asyncio
import contextlib
import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from aiohttp import web

from bot.playground import (
    methods_assistant,
    methods_chat,
    methods_conversations,
    methods_files,
    methods_people,
    methods_views,
)
from bot.playground.call import Call
from bot.playground.faults import Trouble
from bot.playground.local_slack import APP_TOKEN, BOT_TOKEN, LocalSlack
from bot.playground.manifest import ChannelKind, missing_scope, token_kind
from bot.playground.shapes import Json, SlackError

METHODS: Mapping[str, Callable[[Call], Json]] = {
    "apps.connections.open": methods_people.connections_open,
    "assistant.threads.setStatus": methods_assistant.set_status,
    "assistant.threads.setSuggestedPrompts": methods_assistant.set_suggested_prompts,
    "auth.test": methods_people.auth_test,
    "bots.info": methods_people.bots_info,
    "chat.delete": methods_chat.delete_message,
    "chat.getPermalink": methods_chat.get_permalink,
    "chat.postEphemeral": methods_chat.post_ephemeral_message,
    "chat.postMessage": methods_chat.post_message,
    "chat.update": methods_chat.update,
    "conversations.history": methods_conversations.history,
    "conversations.info": methods_conversations.info,
    "conversations.members": methods_conversations.members,
    "conversations.open": methods_conversations.open_dm,
    "conversations.replies": methods_conversations.replies,
    "files.completeUploadExternal": methods_files.complete_upload,
    "files.getUploadURLExternal": methods_files.get_upload_url,
    "users.info": methods_people.users_info,
    "users.list": methods_people.users_list,
    "views.open": methods_views.open_view,
    "views.publish": methods_views.publish,
    "views.push": methods_views.push,
    "views.update": methods_views.update,
}
_KINDS: dict[str, ChannelKind] = {"channel": "public", "private": "private", "im": "im"}
_HELD_S = 120.0
_LOOK_EVERY_S = 0.05


@dataclass(frozen=True, slots=True)
class Reply:
    """A finished call: HTTP status, JSON body, headers."""

    status: int
    body: Json
    retry_after: int | None = None


class WebApi:
    """Answers POST and GET /api/<method> as slack.com does."""

    def __init__(self, slack: LocalSlack) -> None:
        self._slack = slack

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """Answer one call."""
        began = time.monotonic()
        method = request.match_info["method"]
        args: Json = {}
        trouble = None
        try:
            args = await _arguments(request)
            token = _token(request, args)
            trouble = self._slack.troubles.take(method, self._channels_named(args))
            reply = await self._reply(request, method, token, args, trouble)
        except SlackError as refusal:
            reply = Reply(200, refusal.body())
        self._log(method, args, trouble, reply, (time.monotonic() - began) * 1000)
        if trouble is not None and trouble.kind in ("timeout", "lost_reply", "disconnect"):
            return cut_off(request)
        headers = {"X-OAuth-Scopes": ",".join(self._slack.granted_scopes)}
        if reply.retry_after is not None:
            headers["Retry-After"] = str(reply.retry_after)
        return web.json_response(reply.body, status=reply.status, headers=headers)

    async def _reply(
        self, request: web.Request, method: str, token: str, args: Json, trouble: Trouble | None
    ) -> Reply:
        if trouble is not None and trouble.kind != "lost_reply":
            return await self._troubled(request, trouble)
        self._check_caller(method, token)
        call = Call(self._slack, method, args)
        self._check_scope(call)
        wait = self._slack.rates.check(method, self._place(args))
        if wait is not None:
            return Reply(429, {"ok": False, "error": "ratelimited"}, int(wait))
        return Reply(200, {"ok": True, **METHODS[method](call)})

    async def _troubled(self, request: web.Request, trouble: Trouble) -> Reply:
        if trouble.kind == "rate_limited":
            return Reply(429, {"ok": False, "error": "ratelimited"}, trouble.retry_after)
        if trouble.kind == "server_error":
            return Reply(503, {"ok": False, "error": "service_unavailable"})
        if trouble.kind == "slack_error":
            return Reply(200, {"ok": False, "error": trouble.error})
        if trouble.kind == "timeout":
            await hold(request, self._slack)
        else:
            self._slack.delivery.socket.drop()
        return Reply(0, {})

    def _check_caller(self, method: str, token: str) -> None:
        if method not in METHODS:
            self._slack.unknown_methods.append(method)
            raise SlackError("unknown_method", req_method=method)
        if not token:
            raise SlackError("not_authed")
        kinds = {BOT_TOKEN: "bot", APP_TOKEN: "app"}
        if token not in kinds:
            raise SlackError("invalid_auth")
        if kinds[token] != token_kind(method):
            raise SlackError("not_allowed_token_type")
        if kinds[token] == "bot" and not self._slack.installed:
            raise SlackError("account_inactive")

    def _check_scope(self, call: Call) -> None:
        channel = self._slack.workspace.channels.get(str(call.args.get("channel")))
        needed = missing_scope(
            self._slack.manifest,
            call.method,
            channel_kind=_KINDS[channel.kind] if channel else None,
            arguments=call.args,
            optional_granted=self._slack.optional_scopes,
        )
        if needed is not None:
            provided = ",".join(self._slack.granted_scopes)
            raise SlackError("missing_scope", needed=needed, provided=provided)

    def _place(self, args: Json) -> str | None:
        """Return the channel a call is for; a user's id and their DM are one place."""
        workspace = self._slack.workspace
        named = args.get("channel")
        if not isinstance(named, str):
            return None
        user = workspace.users.get(named)
        return named if user is None or user.is_bot else workspace.dm_of(user.id).id

    def _channels_named(self, args: Json) -> set[str]:
        named = {str(args[key]) for key in ("channel", "channel_id", "user_id") if key in args}
        workspace = self._slack.workspace
        dms = {
            workspace.dm_of(id_).id
            for id_ in named
            if id_ in workspace.users and not workspace.users[id_].is_bot
        }
        return named | dms

    def _user_named(self, args: Json) -> str | None:
        workspace = self._slack.workspace
        for key in ("user", "user_id", "channel", "channel_id"):
            named = args.get(key)
            if isinstance(named, str) and named in workspace.users:
                return named
            channel = workspace.channels.get(named) if isinstance(named, str) else None
            if channel is not None and channel.is_im:
                return workspace.dm_user(channel).id
        return None

    def _log(
        self, method: str, args: Json, trouble: Trouble | None, reply: Reply, ms: float
    ) -> None:
        body: Json = {"request": {k: v for k, v in args.items() if k != "token"}}
        if reply.status:
            body["response"] = reply.body
        if trouble is not None:
            body["trouble"] = trouble.kind
        self._slack.journal.write(
            "from_bot",
            "api",
            method,
            user=self._user_named(args),
            status=reply.status or None,
            ms=ms,
            body=body,
        )


async def hold(request: web.Request, slack: LocalSlack) -> None:
    """Say nothing until the caller gives up, the playground ends or two minutes are over."""
    deadline = time.monotonic() + _HELD_S
    while time.monotonic() < deadline and not slack.closing.is_set():
        if request.transport is None or request.transport.is_closing():
            return
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(_LOOK_EVERY_S):
                await slack.closing.wait()


def cut_off(request: web.Request) -> web.Response:
    """Drop the connection, so that the caller never sees the answer returned here."""
    if request.transport is not None:
        request.transport.abort()
    return web.Response(status=499)


async def _arguments(request: web.Request) -> Json:
    args: Json = dict(request.query)
    if request.content_type == "application/json":
        try:
            body = json.loads(await request.text() or "{}")
        except ValueError as problem:
            raise SlackError("invalid_json", "the body is not JSON") from problem
        if not isinstance(body, dict):
            raise SlackError("json_not_object", "the body is not a JSON object")
        return args | body
    if request.method == "POST":
        args |= {key: value for key, value in (await request.post()).items()}
    return args


def _token(request: web.Request, args: Mapping[str, Any]) -> str:
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else str(args.get("token") or "")
