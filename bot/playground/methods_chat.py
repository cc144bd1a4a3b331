"""chat.* methods."""

from bot.playground.blocks import message_faults
from bot.playground.call import Call, refuse
from bot.playground.posting import bot_message, delete, edit, post, post_ephemeral
from bot.playground.shapes import Json, SlackError
from bot.playground.workspace import Channel


def post_message(call: Call) -> Json:
    """Run chat.postMessage."""
    refuse(message_faults(call.args, method=call.method))
    channel = call.channel_to_post()
    thread_ts = call.thread_root(channel)
    aloud = thread_ts and call.args.get("reply_broadcast") in (True, "true", "1")
    subtype = "thread_broadcast" if aloud else None
    content = {**call.content(), "thread_ts": thread_ts, "subtype": subtype}
    stored = post(call.slack, channel, bot_message(call.slack, content))
    call.slack.assistant.answered(channel.id)
    return {"channel": channel.id, "ts": stored["ts"], "message": stored}


def post_ephemeral_message(call: Call) -> Json:
    """Run chat.postEphemeral."""
    refuse(message_faults(call.args, method=call.method))
    user = call.user()
    channel = call.channel_to_post()
    if user.deleted or user.id not in channel.members:
        raise SlackError("user_not_in_channel", f"{user.name} would not see it there")
    content = {**call.content(), "thread_ts": call.thread_root(channel)}
    stored = post_ephemeral(call.slack, channel, user.id, bot_message(call.slack, content))
    return {"message_ts": stored["ts"]}


def update(call: Call) -> Json:
    """Run chat.update."""
    refuse(message_faults(call.args, method=call.method))
    channel, message = _own_message(call, "cant_update_message")
    content = call.content()
    # What is left out stays as it was: text alone does not take the old blocks away.
    given = ("text", "blocks", "metadata")
    edit(call.slack, channel, message, {key: content[key] for key in given if key in content})
    return {
        "channel": channel.id,
        "ts": message["ts"],
        "text": message["text"],
        "message": message,
    }


def delete_message(call: Call) -> Json:
    """Run chat.delete."""
    channel, message = _own_message(call, "cant_delete_message")
    delete(call.slack, channel, message)
    return {"channel": channel.id, "ts": message["ts"]}


def get_permalink(call: Call) -> Json:
    """Run chat.getPermalink."""
    channel = call.channel_to_read()
    ts = call.need("message_ts")
    found = call.slack.messages.find(channel.id, ts)
    if found is None or "ephemeral_to" in found:
        raise SlackError("message_not_found", f"no message {ts}")
    address = f"{call.slack.base_url}/archives/{channel.id}/p{ts.replace('.', '')}"
    if found.get("thread_ts", ts) != ts:
        address += f"?thread_ts={found['thread_ts']}&cid={channel.id}"
    return {"channel": channel.id, "permalink": address}


def _own_message(call: Call, refusal: str) -> tuple[Channel, Json]:
    channel = call.channel_to_post()
    # Only an id of the channel itself will do here, as on Slack.
    if channel.id != call.need("channel"):
        raise SlackError("channel_not_found", "a user's id names no channel here")
    ts = call.need("ts")
    found = call.slack.messages.find(channel.id, ts)
    if found is None or "ephemeral_to" in found:
        raise SlackError("message_not_found", f"no message {ts}")
    if found.get("user") != call.slack.workspace.bot.id:
        raise SlackError(refusal, "the message is somebody else's")
    return channel, found
