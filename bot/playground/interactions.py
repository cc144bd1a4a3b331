"""The payloads of commands, shortcuts, block actions and submissions, and sending them."""

from bot.playground.elements import state_values
from bot.playground.local_slack import VERIFICATION_TOKEN, LocalSlack
from bot.playground.modals import OpenView
from bot.playground.shapes import Ack, ControlError, Envelope, Json
from bot.playground.typed_text import command_text
from bot.playground.workspace import APP_ID, Channel, User

TROUBLE = "We had some trouble connecting. Try again?"
"""What Slack's own modal says when a submission is not answered in time or not in a known way."""


async def send(slack: LocalSlack, kind: str, name: str, user: User, payload: Json) -> Ack:
    """Send a command or an interaction; raises ControlError where Slack shows its own error."""
    ack = await slack.delivery.send(Envelope(kind, name, user.id, payload))
    if ack.ok:
        return ack
    if ack.reason in ("timeout", "http_timeout"):
        raise ControlError("operation_timeout", f"the bot did not answer {name} in time", 504)
    raise ControlError("dispatch_failed", f"the bot could not be reached with {name}", 502)


def command_payload(
    slack: LocalSlack, user: User, channel: Channel, command: str, text: str, escaped: bool
) -> Json:
    """Return what a slash command sends."""
    workspace = slack.workspace
    return {
        "token": VERIFICATION_TOKEN,
        "team_id": workspace.team_id,
        "team_domain": workspace.team_domain,
        "channel_id": channel.id,
        "channel_name": _channel_name(channel),
        "user_id": user.id,
        "user_name": user.name,
        "command": command,
        "text": command_text(text, workspace, escaped),
        "api_app_id": APP_ID,
        "is_enterprise_install": "false",
        "response_url": slack.base_url + slack.response_urls.issue(channel.id, user.id),
        "trigger_id": slack.triggers.issue(user.id),
    }


def global_shortcut_payload(slack: LocalSlack, user: User, callback_id: str) -> Json:
    """Return what a global shortcut sends."""
    return {
        **_start(slack, user, "shortcut"),
        "action_ts": slack.clock.ts(),
        "callback_id": callback_id,
        "trigger_id": slack.triggers.issue(user.id),
    }


def message_shortcut_payload(
    slack: LocalSlack, user: User, callback_id: str, channel: Channel, message: Json
) -> Json:
    """Return what a shortcut in a message's menu sends."""
    url = slack.response_urls.issue(channel.id, user.id, message["ts"], message.get("thread_ts"))
    return {
        **global_shortcut_payload(slack, user, callback_id),
        "type": "message_action",
        "channel": {"id": channel.id, "name": _channel_name(channel)},
        "message": message,
        "message_ts": message["ts"],
        "response_url": slack.base_url + url,
    }


def message_action_payload(
    slack: LocalSlack, user: User, channel: Channel, message: Json, action: Json
) -> Json:
    """Return what using an element of a message sends; an ephemeral message is not included."""
    ts, thread_ts = message["ts"], message.get("thread_ts")
    ephemeral = "ephemeral_to" in message
    container: Json = {
        "type": "message",
        "message_ts": ts,
        "channel_id": channel.id,
        "is_ephemeral": ephemeral,
    }
    if thread_ts:
        container["thread_ts"] = thread_ts
    touched = slack.touches.of(user.id, channel.id, ts)
    url = slack.response_urls.issue(channel.id, user.id, ts, thread_ts)
    payload: Json = {
        **_start(slack, user, "block_actions"),
        "container": container,
        "trigger_id": slack.triggers.issue(user.id),
        "channel": {"id": channel.id, "name": _channel_name(channel)},
        "state": {"values": state_values(message["blocks"], touched)},
        "response_url": slack.base_url + url,
        "actions": [action],
    }
    if not ephemeral:
        payload["message"] = message
    return payload


def view_action_payload(slack: LocalSlack, user: User, opened: OpenView, action: Json) -> Json:
    """Return what using an element of a modal or a Home tab sends."""
    view = opened.shown()
    return {
        **_start(slack, user, "block_actions"),
        "container": {"type": "view", "view_id": view["id"]},
        "trigger_id": slack.triggers.issue(user.id, view["id"]),
        "view": view,
        "actions": [action],
    }


def submission_payload(slack: LocalSlack, user: User, opened: OpenView) -> Json:
    """Return what submitting a modal sends."""
    view = opened.shown()
    return {
        **_start(slack, user, "view_submission"),
        "trigger_id": slack.triggers.issue(user.id, view["id"]),
        "view": view,
        "response_urls": [],
    }


def closed_payload(slack: LocalSlack, user: User, opened: OpenView, cleared: bool) -> Json:
    """Return what closing a modal sends; `cleared` when the whole stack was closed at once."""
    return {**_start(slack, user, "view_closed"), "view": opened.shown(), "is_cleared": cleared}


def _start(slack: LocalSlack, user: User, kind: str) -> Json:
    workspace = slack.workspace
    return {
        "type": kind,
        "user": {
            "id": user.id,
            "username": user.name,
            "name": user.name,
            "team_id": workspace.team_id,
        },
        "api_app_id": APP_ID,
        "token": VERIFICATION_TOKEN,
        "team": {"id": workspace.team_id, "domain": workspace.team_domain},
        "enterprise": None,
        "is_enterprise_install": False,
    }


def _channel_name(channel: Channel) -> str:
    return "privategroup" if channel.kind == "private" else channel.name
