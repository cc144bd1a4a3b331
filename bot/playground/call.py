"""One call of a Web API method: its arguments, and the channels and users it names."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.playground.local_slack import LocalSlack
from bot.playground.rules import Fault
from bot.playground.shapes import Json, SlackError
from bot.playground.workspace import Channel, User

_TRUE = (True, "true", "1", 1, "True")


@dataclass(frozen=True, slots=True)
class Call:
    """The arguments of a call, form-encoded or JSON, and the Slack that it meets."""

    slack: LocalSlack
    method: str
    args: Mapping[str, Any]

    def text(self, name: str) -> str | None:
        """Return an argument as text, None when it is absent or empty."""
        given = self.args.get(name)
        return None if given in (None, "") else str(given)

    def need(self, name: str) -> str:
        """Return an argument that must be there; raises SlackError invalid_arguments."""
        given = self.text(name)
        if given is None:
            raise SlackError("invalid_arguments", f"missing required field: {name}")
        return given

    def flag(self, name: str) -> bool:
        """Return a switch, off when absent."""
        return self.args.get(name) in _TRUE

    def number(self, name: str, default: int) -> int:
        """Return a whole number; raises SlackError invalid_arguments for anything else."""
        given = self.text(name)
        if given is None:
            return default
        if not given.isdecimal():
            raise SlackError("invalid_arguments", f"must be a whole number: {name}")
        return int(given)

    def structure(self, name: str) -> Any:
        """Return an argument that is JSON, parsed when it came as text; None when absent."""
        given = self.args.get(name)
        if not isinstance(given, str):
            return given
        try:
            return json.loads(given)
        except ValueError as problem:
            raise SlackError("invalid_arguments", f"must be valid JSON: {name}") from problem

    def content(self) -> Json:
        """Return the arguments with `blocks` and `metadata` parsed; call it after the checks."""
        parsed = {key: self.structure(key) for key in ("blocks", "metadata") if key in self.args}
        return {**self.args, **parsed}

    def channel_to_read(self, name: str = "channel") -> Channel:
        """Return a channel that the bot may know of; raises SlackError channel_not_found."""
        channel = self.slack.workspace.channels.get(self.need(name))
        if channel is None:
            raise SlackError("channel_not_found", f"no channel {self.args[name]!r}")
        if channel.kind == "private" and not self.slack.workspace.bot_is_in(channel):
            raise SlackError("channel_not_found", "a private channel that the bot is not in")
        return channel

    def channel_to_post(self, name: str = "channel") -> Channel:
        """Return where the bot may post: a channel that it is in, or the DM of a user's id.

        Raises SlackError channel_not_found, not_in_channel, user_disabled or cannot_dm_bot.
        """
        workspace = self.slack.workspace
        user = workspace.users.get(self.need(name))
        if user is not None:
            return self.dm_to_post(user)
        channel = self.channel_to_read(name)
        if channel.is_im and workspace.dm_user(channel).deleted:
            raise SlackError("channel_not_found", "that user is deactivated")
        if channel.is_archived:
            raise SlackError("is_archived", f"#{channel.name} was archived")
        public = "chat:write.public" in self.slack.granted_scopes
        if not workspace.bot_is_in(channel) and not (public and channel.kind == "channel"):
            raise SlackError("not_in_channel", f"the bot was not invited to #{channel.name}")
        return channel

    def dm_to_post(self, user: User) -> Channel:
        """Return a user's direct messages; raises SlackError user_disabled or cannot_dm_bot."""
        if user.is_bot:
            raise SlackError("cannot_dm_bot", "a bot cannot be written to")
        if user.deleted:
            raise SlackError("user_disabled", "that user is deactivated")
        return self.slack.workspace.dm_of(user.id)

    def user(self, name: str = "user") -> User:
        """Return a user by id; raises SlackError user_not_found."""
        found = self.slack.workspace.users.get(self.need(name))
        if found is None:
            raise SlackError("user_not_found", f"no user {self.args[name]!r}")
        return found

    def thread_root(self, channel: Channel) -> str | None:
        """Return `thread_ts` if given; raises SlackError when nothing can be answered there."""
        thread_ts = self.text("thread_ts")
        if thread_ts is None:
            return None
        parent = self.slack.messages.find(channel.id, thread_ts)
        if parent is None or "ephemeral_to" in parent:
            raise SlackError("thread_not_found", f"no message {thread_ts} to answer")
        if parent.get("thread_ts", thread_ts) != thread_ts:
            raise SlackError("cannot_reply_to_message", f"{thread_ts} is a reply itself")
        return thread_ts


def refuse(faults: list[Fault]) -> None:
    """Raise SlackError for the first fault, with the details of all; pass when there is none."""
    if not faults:
        return
    details = [f"[ERROR] {fault.detail}" for fault in faults]
    extra: Json = {"response_metadata": {"messages": details}}
    if faults[0].error == "invalid_blocks":
        extra["errors"] = [fault.detail for fault in faults]
    raise SlackError(faults[0].error, faults[0].detail, **extra)
