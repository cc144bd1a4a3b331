"""conversations.* methods."""

import math

from bot.playground.call import Call
from bot.playground.shapes import Json, SlackError

PAGE = 100


def open_dm(call: Call) -> Json:
    """Run conversations.open for one user, or for a DM that is known by its id."""
    workspace = call.slack.workspace
    if call.text("channel"):
        channel = call.channel_to_read()
        if not channel.is_im:
            raise SlackError("channel_not_found", "only direct messages can be opened")
        user = workspace.dm_user(channel)
    else:
        named = [name for name in call.need("users").split(",") if name]
        if len(named) != 1:
            raise SlackError("invalid_user_combination", "the playground has no group DMs")
        found = workspace.users.get(named[0])
        if found is None:
            raise SlackError("user_not_found", f"no user {named[0]!r}")
        user = found
    channel = call.dm_to_post(user)
    shown = {"id": channel.id}
    if call.flag("return_im"):
        shown = workspace.channel_object(channel)
    return {"no_op": True, "already_open": True, "channel": shown}


def info(call: Call) -> Json:
    """Run conversations.info."""
    shown = call.slack.workspace.channel_object(call.channel_to_read())
    if not call.flag("include_num_members"):
        shown.pop("num_members", None)
    return {"channel": shown}


def members(call: Call) -> Json:
    """Run conversations.members."""
    everybody = sorted(call.channel_to_read().members)
    page, cursor = paged(call, everybody)
    return {"members": page, "response_metadata": {"next_cursor": cursor}}


def history(call: Call) -> Json:
    """Run conversations.history: newest first, without the replies inside threads."""
    channel = call.channel_to_read()
    if not call.slack.workspace.bot_is_in(channel):
        raise SlackError("not_in_channel", f"the bot was not invited to #{channel.name}")
    top = [
        message
        for message in call.slack.messages.posted(channel.id)
        if message.get("thread_ts", message["ts"]) == message["ts"]
    ]
    return _page_of(call, _between(call, top)[::-1])


def replies(call: Call) -> Json:
    """Run conversations.replies: the parent first, then its replies in order."""
    channel = call.channel_to_read()
    if not call.slack.workspace.bot_is_in(channel):
        raise SlackError("not_in_channel", f"the bot was not invited to #{channel.name}")
    named = call.slack.messages.find(channel.id, call.need("ts"))
    if named is None or "ephemeral_to" in named:
        raise SlackError("thread_not_found", f"no message {call.args['ts']}")
    thread = call.slack.messages.thread(channel.id, named.get("thread_ts") or named["ts"])
    return _page_of(call, [thread[0], *_between(call, thread[1:])])


def paged(call: Call, everything: list[str]) -> tuple[list[str], str]:
    """Return one page of a list and the cursor of the next, empty at the end."""
    limit = min(call.number("limit", PAGE), 1000) or PAGE
    cursor = call.text("cursor") or "0"
    if not cursor.isdecimal():
        raise SlackError("invalid_cursor", f"{cursor!r} was never given out")
    start = int(cursor)
    end = start + limit
    return everything[start:end], str(end) if end < len(everything) else ""


def _between(call: Call, messages: list[Json]) -> list[Json]:
    oldest, latest = _moment(call, "oldest", 0.0), _moment(call, "latest", math.inf)
    inclusive = call.flag("inclusive")

    def within(message: Json) -> bool:
        ts = float(message["ts"])
        return oldest < ts < latest or (inclusive and ts in (oldest, latest))

    return [message for message in messages if within(message)]


def _moment(call: Call, name: str, default: float) -> float:
    given = call.text(name)
    try:
        return default if given is None else float(given)
    except ValueError as problem:
        raise SlackError(f"invalid_ts_{name}", f"{given!r} is no timestamp") from problem


def _page_of(call: Call, messages: list[Json]) -> Json:
    if not call.flag("include_all_metadata"):
        for message in messages:
            message.pop("metadata", None)
    by_ts = {message["ts"]: message for message in messages}
    page, cursor = paged(call, list(by_ts))
    return {
        "messages": [by_ts[ts] for ts in page],
        "has_more": bool(cursor),
        "pin_count": 0,
        "response_metadata": {"next_cursor": cursor},
    }
