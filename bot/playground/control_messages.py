"""Control routes for what people write: messages, edits, deletions, joining and leaving."""

import secrets

from bot.playground.control_routes import Request
from bot.playground.posting import delete, edit, post
from bot.playground.shapes import ControlError, Json, fresh_id
from bot.playground.typed_text import typed
from bot.playground.workspace import Channel, User

LONGEST = 40_000


async def message(request: Request) -> Json:
    """Post as a user (or, with `as_bot`, as another app): channel, user, text, thread_ts?."""
    user = request.actor()
    channel = request.channel_to_write(user)
    slack = request.slack
    if channel.is_im and (not slack.manifest.messages_tab or slack.manifest.messages_read_only):
        raise ControlError("messages_tab_disabled", "the manifest lets nobody write there", 403)
    posted: Json = {"user": user.id, "team": slack.workspace.team_id}
    posted |= _written(request)
    if request.get("as_bot"):
        posted |= {"subtype": "bot_message", "bot_id": "B0OTHERAPP"}
    else:
        posted["client_msg_id"] = secrets.token_hex(16)
    files = request.get("files")
    if files:
        if not isinstance(files, list):
            raise ControlError("invalid_field", "files must be a list of file names")
        posted |= {"subtype": "file_share", "files": [_file(name) for name in files]}
    elif not posted["text"].strip():
        raise ControlError("no_text", "an empty message cannot be sent")
    if request.get("thread_ts"):
        posted["thread_ts"] = _root(request, user, channel)
    return {"ts": post(slack, channel, posted)["ts"], "channel": channel.id}


async def edit_message(request: Request) -> Json:
    """Change one's own message: channel, ts, user, text."""
    channel, found = _own(request, "cant_update_message")
    edit(request.slack, channel, found, _written(request))
    return {"ts": found["ts"], "channel": channel.id}


async def delete_message(request: Request) -> Json:
    """Delete one's own message: channel, ts, user."""
    channel, found = _own(request, "cant_delete_message")
    delete(request.slack, channel, found)
    return {"ts": found["ts"], "channel": channel.id}


async def member(request: Request) -> Json:
    """Let a user join or leave a channel (`in`), or be deactivated (`deactivated`)."""
    user = request.person()
    if "deactivated" in request.given:
        _set_deactivated(request, user, bool(request.get("deactivated")))
        return {}
    if "in" not in request.given:
        raise ControlError("missing_field", "give `in` or `deactivated`")
    channel = _named_channel(request)
    if bool(request.get("in")) == (user.id in channel.members):
        return {}
    if user.deleted:
        raise ControlError("user_disabled", f"{user.name} is deactivated", 403)
    if request.get("in"):
        _join(request, user, channel)
    else:
        _leave(request, user, channel)
    return {}


def _written(request: Request) -> Json:
    given = request.text("text")
    text, blocks = typed(given, request.slack.workspace)
    if len(given) > LONGEST:
        raise ControlError("msg_too_long", f"a message holds at most {LONGEST} characters")
    return {"text": text, "blocks": blocks} if blocks else {"text": text}


def _root(request: Request, user: User, channel: Channel) -> str:
    parent = request.message(user, channel, "thread_ts")
    if "ephemeral_to" in parent:
        raise ControlError("thread_not_found", "nobody can answer to an ephemeral message", 404)
    root: str = parent.get("thread_ts") or parent["ts"]
    return root


def _file(name: object) -> Json:
    return {"id": fresh_id("F"), "name": str(name), "title": str(name), "mode": "hosted"}


def _own(request: Request, refusal: str) -> tuple[Channel, Json]:
    user = request.actor()
    channel = request.channel_to_write(user)
    found = request.message(user, channel, "ts")
    if found.get("user") != user.id:
        raise ControlError(refusal, "only its author changes a message", 403)
    return channel, found


def _named_channel(request: Request) -> Channel:
    named = request.need("channel").lstrip("#")
    for channel in request.slack.workspace.channels.values():
        if named in (channel.id, channel.name) and not channel.is_im:
            return channel
    raise ControlError("channel_not_found", f"there is no channel {named!r} to join", 404)


def _join(request: Request, user: User, channel: Channel) -> None:
    channel.members.add(user.id)
    if not request.slack.workspace.bot_is_in(channel):
        return
    _tell(request, "member_joined_channel", user, channel)


def _leave(request: Request, user: User, channel: Channel) -> None:
    was_heard = request.slack.workspace.bot_is_in(channel)
    channel.members.discard(user.id)
    if user.is_bot:
        kind = "group_left" if channel.kind == "private" else "channel_left"
        event = {"type": kind, "channel": channel.id, "actor_id": user.id}
        request.slack.events.emit(kind, event, user.id)
    elif was_heard:
        _tell(request, "member_left_channel", user, channel)


def _tell(request: Request, kind: str, user: User, channel: Channel) -> None:
    event = {
        "type": kind,
        "user": user.id,
        "channel": channel.id,
        "channel_type": "G" if channel.kind == "private" else "C",
        "team": request.slack.workspace.team_id,
    }
    request.slack.events.emit(kind, event, user.id)


def _set_deactivated(request: Request, user: User, deactivated: bool) -> None:
    if user.is_bot:
        raise ControlError("user_is_bot", "the bot is removed with /_control/uninstall", 403)
    slack = request.slack
    user.deleted = deactivated
    user.updated = int(slack.clock.now())
    if deactivated:
        slack.views.close_all(user.id)
        for channel in slack.workspace.channels.values():
            if user.id in channel.members and not channel.is_im:
                _leave(request, user, channel)
    email = "users:read.email" in slack.granted_scopes
    shown = slack.workspace.user_object(user, email=email, locale=False)
    event = {"type": "user_change", "user": shown, "cache_ts": user.updated}
    slack.events.emit("user_change", event, user.id)
