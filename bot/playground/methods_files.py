"""files.* methods: the two ends of an upload. The bytes come in between, in file_routes.py."""

from bot.playground.blocks import message_faults
from bot.playground.call import Call, refuse
from bot.playground.file_store import UPLOAD_LIMIT_BYTES, StoredFile
from bot.playground.posting import bot_message, post
from bot.playground.shapes import Json, SlackError


def get_upload_url(call: Call) -> Json:
    """Run files.getUploadURLExternal."""
    name, length = call.need("filename"), call.number("length", 0)
    if not 0 < length <= UPLOAD_LIMIT_BYTES:
        raise SlackError("invalid_arguments", f"length must be 1 to {UPLOAD_LIMIT_BYTES}")
    file = call.slack.files.reserve(name, length, call.text("alt_txt") or "")
    return {"upload_url": f"{call.slack.base_url}/upload/{file.key}", "file_id": file.id}


def complete_upload(call: Call) -> Json:
    """Run files.completeUploadExternal: share the files in a channel, or with nobody yet."""
    files = [_uploaded(call, entry) for entry in _listed(call)]
    channel = None
    if call.text("channel_id"):
        channel = call.channel_to_post("channel_id")
        if channel.id != call.args["channel_id"]:
            raise SlackError("channel_not_found", "a user's id names no channel here")
    elif call.text("channels"):
        raise SlackError("invalid_arguments", "the playground shares with channel_id only")
    workspace = call.slack.workspace
    shown = [
        file.as_dict(call.slack.base_url, workspace.team_id, workspace.bot.id) for file in files
    ]
    if channel is not None:
        content: Json = {"text": call.text("initial_comment") or "", "files": shown}
        # Slack ignores blocks where there is a comment.
        if call.structure("blocks") and not content["text"]:
            content["blocks"] = call.structure("blocks")
        refuse(message_faults({**content, "text": content["text"] or "file"}))
        content["thread_ts"] = call.thread_root(channel)
        post(call.slack, channel, {"subtype": "file_share", **bot_message(call.slack, content)})
    for file in files:
        file.shared = True
    return {"files": shown}


def _listed(call: Call) -> list[Json]:
    listed = call.structure("files")
    if not isinstance(listed, list) or not listed:
        raise SlackError("invalid_arguments", "files must list at least one file")
    if not all(isinstance(entry, dict) and entry.get("id") for entry in listed):
        raise SlackError("invalid_arguments", "each file needs its id")
    return listed


def _uploaded(call: Call, entry: Json) -> StoredFile:
    file = call.slack.files.get(entry["id"])
    if file is None or file.content is None or file.shared:
        raise SlackError("file_not_found", f"nothing waits to be shared as {entry['id']!r}")
    file.title = entry.get("title") or file.name
    return file
