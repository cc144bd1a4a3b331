"""Where uploaded bytes arrive and where files are looked at."""

import mimetypes
from collections.abc import AsyncIterator

import aiohttp
from aiohttp import web

from bot.playground.file_store import UPLOAD_LIMIT_BYTES
from bot.playground.local_slack import LocalSlack

_SHOWN_INLINE = ("image/png", "image/jpeg", "image/gif", "text/plain")


async def upload(slack: LocalSlack, request: web.Request) -> web.Response:
    """Take the bytes of a reserved file, raw or as a form; their number must be as announced."""
    file = slack.files.by_key(request.match_info["key"])
    if file is None or file.content is not None:
        return web.Response(status=404, text="no such upload")
    content = await _content(request)
    slack.journal.write(
        "from_bot",
        "api",
        "upload",
        status=200 if len(content) == file.length else 400,
        body={"file": file.id, "name": file.name, "bytes": len(content)},
    )
    if len(content) != file.length:
        return web.Response(status=400, text="another length was announced")
    file.content = content
    return web.Response(text=f"OK - {len(content)}")


async def download(slack: LocalSlack, request: web.Request) -> web.Response:
    """Show an uploaded file; what a browser might run comes as a download."""
    file = slack.files.by_key(request.match_info["key"])
    if file is None or file.content is None:
        return web.Response(status=404, text="no such file")
    kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
    headers = {"X-Content-Type-Options": "nosniff"}
    if kind not in _SHOWN_INLINE:
        headers["Content-Disposition"] = "attachment"
    return web.Response(body=file.content, content_type=kind, headers=headers)


async def _up_to_the_limit(stream: aiohttp.StreamReader) -> AsyncIterator[bytes]:
    taken = 0
    async for chunk in stream.iter_any():
        taken += len(chunk)
        if taken > UPLOAD_LIMIT_BYTES:
            return
        yield chunk


async def _content(request: web.Request) -> bytes:
    if request.content_type != "multipart/form-data":
        return b"".join([chunk async for chunk in _up_to_the_limit(request.content)])
    for part in (await request.post()).values():
        if isinstance(part, web.FileField):
            return part.file.read()
    return b""
