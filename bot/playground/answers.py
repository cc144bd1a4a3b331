"""What the bot answers to commands and interactions: acks with a message, and response URLs."""

import json
import time

from aiohttp import web

from bot.playground.blocks import message_faults
from bot.playground.call import refuse
from bot.playground.faults import Trouble
from bot.playground.local_slack import LocalSlack
from bot.playground.posting import bot_message, delete, edit, post, post_ephemeral
from bot.playground.response_urls import ResponseUrl
from bot.playground.shapes import Json, SlackError
from bot.playground.web_api import cut_off, hold
from bot.playground.workspace import Channel

_MESSAGE = "response_url"


def show_answer(slack: LocalSlack, channel: Channel, user: str, answer: Json) -> Json:
    """Post an answer: only for the user, unless it says `in_channel`. Raises SlackError."""
    refuse(message_faults(answer, method=_MESSAGE))
    message = bot_message(slack, answer)
    if answer.get("response_type") == "in_channel":
        return post(slack, channel, message)
    return post_ephemeral(slack, channel, user, message)


async def respond(slack: LocalSlack, request: web.Request) -> web.StreamResponse:
    """Answer POST /respond/<key>, Slack's hooks.slack.com."""
    began = time.monotonic()
    text = await request.text()
    trouble = slack.troubles.take(_MESSAGE, ())
    status, user = 200, None
    answer: Json = {"ok": True}
    if trouble is None or trouble.kind == "lost_reply":
        status, answer, user = _use(slack, request.match_info["key"], text)
    elif trouble.kind == "timeout":
        await hold(request, slack)
    elif trouble.kind == "disconnect":
        slack.delivery.socket.drop()
    elif trouble.kind == "rate_limited":
        status, answer = 429, {"ok": False, "error": "ratelimited"}
    else:
        status, answer = 503, {"ok": False, "error": "service_unavailable"}
    slack.journal.write(
        "from_bot",
        "api",
        _MESSAGE,
        user=user,
        status=status,
        ms=(time.monotonic() - began) * 1000,
        body={"request": _readable(text), "response": answer} | _named(trouble),
    )
    if trouble is not None and trouble.kind in ("timeout", "lost_reply", "disconnect"):
        return cut_off(request)
    headers = {"Retry-After": str(trouble.retry_after)} if trouble and status == 429 else {}
    return web.json_response(answer, status=status, headers=headers)


def _use(slack: LocalSlack, key: str, text: str) -> tuple[int, Json, str | None]:
    user = None
    try:
        url = slack.response_urls.look_up(key)
        user = url.user
        if not slack.installed:
            raise SlackError("account_inactive")
        body = _readable(text)
        if not body:
            raise SlackError("invalid_payload", "the body is not a JSON object")
        _apply(slack, url, body)
    except SlackError as refusal:
        gone = refusal.error in ("invalid_url", "expired_url", "used_url")
        return 404 if gone else 400, refusal.body(), user
    url.uses_left -= 1
    return 200, {"ok": True}, user


def _apply(slack: LocalSlack, url: ResponseUrl, body: Json) -> None:
    channel = slack.workspace.channels[url.channel]
    if body.get("delete_original") is True:
        _delete_original(slack, channel, url)
        return
    if body.get("replace_original") is True:
        _replace_original(slack, channel, url, body)
        return
    if body.get("thread_ts") and slack.messages.find(channel.id, body["thread_ts"]) is None:
        raise SlackError("thread_not_found", f"no message {body['thread_ts']}")
    show_answer(slack, channel, url.user, body)


def _replace_original(slack: LocalSlack, channel: Channel, url: ResponseUrl, body: Json) -> None:
    refuse(message_faults(body, method=_MESSAGE))
    original = _original(slack, channel, url)
    changed = {"text": body.get("text") or "", "blocks": body.get("blocks") or []}
    if "ephemeral_to" in original:
        original |= bot_message(slack, changed)
        if not changed["blocks"]:
            original.pop("blocks", None)
        return
    edit(slack, channel, original, changed)


def _delete_original(slack: LocalSlack, channel: Channel, url: ResponseUrl) -> None:
    original = _original(slack, channel, url)
    if "ephemeral_to" in original:
        slack.messages.remove(channel.id, original["ts"])
    else:
        delete(slack, channel, original)


def _original(slack: LocalSlack, channel: Channel, url: ResponseUrl) -> Json:
    found = slack.messages.find(channel.id, url.message_ts or "")
    if found is None:
        raise SlackError("message_not_found", "there is no original message any more")
    if found.get("user") != slack.workspace.bot.id:
        raise SlackError("cant_update_message", "the message is somebody else's")
    return found


def _named(trouble: Trouble | None) -> Json:
    return {} if trouble is None else {"trouble": trouble.kind}


def _readable(text: str) -> Json:
    try:
        body = json.loads(text)
    except ValueError:
        return {}
    return body if isinstance(body, dict) else {}
