"""How control routes read their bodies, name people and places, and refuse."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from aiohttp import web

from bot.playground.local_slack import LocalSlack
from bot.playground.shapes import ControlError, Json
from bot.playground.workspace import Channel, User

Action = Callable[["Request"], Awaitable[Json]]


@dataclass(frozen=True, slots=True)
class Request:
    """What somebody at the screen (or a test) asks for: the body of a POST, the query of a GET."""

    slack: LocalSlack
    given: Json

    def get(self, name: str) -> Any:
        """Return a field, None when absent."""
        return self.given.get(name)

    def need(self, name: str) -> str:
        """Return a field that must hold text; raises ControlError missing_field."""
        value = self.given.get(name)
        if not isinstance(value, str) or not value:
            raise ControlError("missing_field", f"{name} must be given as text")
        return value

    def text(self, name: str) -> str:
        """Return a text that may be empty; raises ControlError for what is no text."""
        value = self.given.get(name, "")
        if not isinstance(value, str):
            raise ControlError("invalid_field", f"{name} must be text")
        return value

    def number(self, name: str, default: float) -> float:
        """Return a number, from a query as well; raises ControlError for anything else."""
        value = self.given.get(name, default)
        try:
            return float(value)
        except (TypeError, ValueError) as problem:
            raise ControlError("invalid_field", f"{name} must be a number") from problem

    def person(self) -> User:
        """Return the acting user, named by id or name; raises ControlError."""
        user = self.slack.workspace.user(self.need("user"))
        if user is None:
            raise ControlError("user_not_found", f"nobody is called {self.given['user']!r}", 404)
        return user

    def actor(self) -> User:
        """Return the acting user, who must be a person able to act."""
        user = self.person()
        if user.is_bot:
            raise ControlError("user_is_bot", "the bot acts through its own calls", 403)
        if user.deleted:
            raise ControlError("user_disabled", f"{user.name} is deactivated", 403)
        return user

    def channel(self, user: User) -> Channel:
        """Return a channel that the user may read: by id, by name, or "dm" for their own DM."""
        named = self.need("channel").lstrip("#")
        workspace = self.slack.workspace
        if named == "dm" and not user.is_bot:
            return workspace.dm_of(user.id)
        channel = workspace.channels.get(named) or next(
            (c for c in workspace.channels.values() if c.name == named and not c.is_im), None
        )
        if channel is None or not workspace.may_read(user, channel):
            raise ControlError("channel_not_found", f"{user.name} sees no channel {named!r}", 404)
        return channel

    def channel_to_write(self, user: User) -> Channel:
        """Return a channel that the user is a member of."""
        channel = self.channel(user)
        if user.id not in channel.members:
            raise ControlError("not_in_channel", f"{user.name} has not joined #{channel.name}", 403)
        if channel.is_archived:
            raise ControlError("is_archived", f"#{channel.name} was archived", 403)
        return channel

    def message(self, user: User, channel: Channel, field: str = "messageTs") -> Json:
        """Return the stored message that the user sees there; raises ControlError."""
        found = self.slack.messages.find(channel.id, self.need(field))
        if found is None or found.get("ephemeral_to", user.id) != user.id:
            raise ControlError("message_not_found", f"{user.name} sees no such message", 404)
        return found

    def needs_app(self) -> None:
        """Refuse what an uninstalled app cannot answer."""
        if not self.slack.installed:
            raise ControlError("app_uninstalled", "the app is not installed any more", 409)


def served(slack: LocalSlack, action: Action) -> Callable[[web.Request], Awaitable[web.Response]]:
    """Make a route of an action: JSON in, JSON out, refusals with their status."""

    async def handle(request: web.Request) -> web.Response:
        try:
            answer = await action(Request(slack, await _given(request)))
        except ControlError as refusal:
            return web.json_response(refusal.body(), status=refusal.status)
        return web.json_response({"ok": True, **answer})

    return handle


async def _given(request: web.Request) -> Json:
    if request.method == "GET":
        return dict(request.query)
    try:
        body = json.loads(await request.text() or "{}")
    except ValueError as problem:
        raise ControlError("invalid_json", f"the body is not JSON: {problem}") from problem
    if not isinstance(body, dict):
        raise ControlError("invalid_json", "the body is not a JSON object")
    return body
