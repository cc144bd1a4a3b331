"""Posting, editing and deleting messages, and the events that this causes."""

from collections.abc import Mapping
from typing import Any

from bot.playground.elements import name_blocks
from bot.playground.local_slack import LocalSlack
from bot.playground.shapes import Json
from bot.playground.workspace import APP_ID, BOT_ID, Channel

SUBSCRIPTIONS = {
    "im": "message.im",
    "channel": "message.channels",
    "private": "message.groups",
}
_CONTENT = ("text", "blocks", "metadata", "files", "edited")


def bot_message(slack: LocalSlack, content: Mapping[str, Any]) -> Json:
    """Return a message of the bot with this content (text, blocks, metadata, thread_ts, files)."""
    workspace = slack.workspace
    message: Json = {
        "user": workspace.bot.id,
        "bot_id": BOT_ID,
        "app_id": APP_ID,
        "team": workspace.team_id,
        "text": content.get("text") or content.get("markdown_text") or "",
        "bot_profile": {
            "id": BOT_ID,
            "app_id": APP_ID,
            "name": workspace.bot.real_name,
            "team_id": workspace.team_id,
            "deleted": False,
        },
    }
    if content.get("markdown_text"):
        message["blocks"] = [{"type": "markdown", "text": content["markdown_text"]}]
    for key in ("blocks", "metadata", "thread_ts", "subtype", "files"):
        if content.get(key):
            message[key] = content[key]
    if "blocks" in message:
        name_blocks(message["blocks"])
    return message


def post(slack: LocalSlack, channel: Channel, message: Json) -> Json:
    """Store a message and tell the app, where it subscribed and is a member."""
    parent = slack.messages.find(channel.id, message.get("thread_ts", ""))
    if parent is not None and "user" in parent:
        message = {**message, "parent_user_id": parent["user"]}
    stored = slack.messages.add(channel.id, message)
    _emit(slack, channel, {**stored}, message.get("user"))
    text = stored["text"]
    mentioned = f"<@{slack.workspace.bot.id}>" in text
    if mentioned and not channel.is_im and "bot_id" not in stored and _hears(slack, channel):
        keys = ("user", "text", "ts", "client_msg_id", "team", "blocks", "thread_ts", "files")
        mention = {key: stored[key] for key in keys if key in stored}
        event = {"type": "app_mention", "channel": channel.id, **mention}
        slack.events.emit("app_mention", event, stored.get("user"))
    return stored


def post_ephemeral(slack: LocalSlack, channel: Channel, user: str, message: Json) -> Json:
    """Show a message to one user only. No event tells of it."""
    return slack.messages.add(channel.id, {**message, "ephemeral_to": user})


def edit(slack: LocalSlack, channel: Channel, message: Json, content: Mapping[str, Any]) -> None:
    """Change a stored message in place and send `message_changed`."""
    previous = {**message}
    for key in _CONTENT:
        if key in content:
            message[key] = content[key]
    if "blocks" in content:
        name_blocks(message["blocks"])
    message["edited"] = {"user": message["user"], "ts": slack.clock.ts()}
    changed = {
        "subtype": "message_changed",
        "message": {**message},
        "previous_message": previous,
        "hidden": True,
        "ts": slack.clock.ts(),
    }
    _emit(slack, channel, changed, message["user"])


def delete(slack: LocalSlack, channel: Channel, message: Json) -> None:
    """Take a message away and send `message_deleted`."""
    slack.messages.remove(channel.id, message["ts"])
    deleted = {
        "subtype": "message_deleted",
        "previous_message": {**message},
        "hidden": True,
        "deleted_ts": message["ts"],
        "ts": slack.clock.ts(),
    }
    _emit(slack, channel, deleted, message["user"])


def _emit(slack: LocalSlack, channel: Channel, fields: Json, user: str | None) -> None:
    if not _hears(slack, channel):
        return
    event = {
        **fields,
        "type": "message",
        "channel": channel.id,
        "channel_type": channel.event_type,
        "event_ts": fields["ts"],
    }
    slack.events.emit(SUBSCRIPTIONS[channel.kind], event, user)


def _hears(slack: LocalSlack, channel: Channel) -> bool:
    return channel.is_im or slack.workspace.bot_is_in(channel)
