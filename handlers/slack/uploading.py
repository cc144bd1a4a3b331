"""Files in a conversation: room for the bytes, the bytes, and then the message that shows them.

A message with files is its text alone: Slack ignores blocks where there is a comment. It carries
no metadata either, so the number of the notice in each file's name tells it again.
"""

from collections.abc import Mapping
from io import BytesIO
from pathlib import PurePath
from typing import Any

import aiohttp
from slack_sdk.errors import SlackRequestError
from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.notices import Delivery
from handlers.slack.views.blocks import Attachment, Message

TIMEOUT = aiohttp.ClientTimeout(total=120)
"""For the bytes of one file; a slow line may take this long."""

SETTLES = 3.0
"""Seconds after which a message that Slack has accepted can be looked up."""

REFUSED = {
    "missing_scope": "files.not_permitted",
    "file_uploads_disabled": "files.not_taken",
    "file_uploads_except_images_disabled": "files.not_taken",
    "file_upload_size_restricted": "files.not_taken",
    "storage_limit_reached": "files.not_taken",
    "team_storage_full": "files.not_taken",
}
"""Errors after which no try will bring the file, and what the member is told instead."""


async def send_files(
    client: AsyncWebClient, delivery: Delivery, shown: Message, channel: str, thread: str | None
) -> None:
    """Upload the files of a message and show them below its text, all at once."""
    uploaded: list[dict[str, str | None]] = [
        {"id": await _uploaded(client, file, delivery), "title": file.title} for file in shown.files
    ]
    await client.files_completeUploadExternal(
        files=uploaded, channel_id=channel, thread_ts=thread, initial_comment=shown.text
    )


def shows_files_of(message: Mapping[str, Any], delivery: Delivery) -> bool:
    """Whether a message of the bot's shows what an earlier try of this delivery sent."""
    names = [PurePath(file.get("name") or "") for file in message.get("files") or ()]
    return bool(message.get("bot_id")) and any(
        name.stem.endswith(_number(delivery)) for name in names
    )


async def _uploaded(client: AsyncWebClient, file: Attachment, delivery: Delivery) -> str:
    """The id of the file once Slack has its bytes; nobody sees it before the message does."""
    name = PurePath(file.name)
    room = await client.files_getUploadURLExternal(
        filename=f"{name.stem}{_number(delivery)}{name.suffix}",
        length=len(file.content),
        alt_txt=file.alt_text,
    )
    await _put(client, room["upload_url"], file.content)
    return str(room["file_id"])


async def _put(client: AsyncWebClient, address: str, content: bytes) -> None:
    # Not the client's own way of doing it: that has the session's short patience.
    if client.session is None:
        raise SlackRequestError("files are sent over the session of the bot")
    body = BytesIO(content)  # sent piece by piece, so that the loop goes on with everything else
    answer = client.session.post(address, data=body, timeout=TIMEOUT, proxy=client.proxy)
    async with answer as response:
        if response.status != 200:
            raise SlackRequestError(f"http {response.status}")


def _number(delivery: Delivery) -> str:
    return f"-{delivery.id}"
