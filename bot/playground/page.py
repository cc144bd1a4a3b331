"""Serves the page and keeps strangers out: this machine only, and no other site's scripts."""

from collections.abc import Awaitable, Callable
from pathlib import Path
from urllib.parse import urlsplit

from aiohttp import web

STATIC = Path(__file__).parent / "static"
_HOSTS = frozenset({"127.0.0.1", "localhost", "::1"})
_POLICY = (
    "default-src 'self'; img-src 'self' data: blob:; style-src 'self' 'unsafe-inline'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)


async def index(_: web.Request) -> web.StreamResponse:
    """Answer with the page itself."""
    path = STATIC / "index.html"
    if not path.is_file():
        return web.Response(status=404, text="the page is not part of this installation")
    headers = {"Content-Security-Policy": _POLICY, "Cache-Control": "no-store"}
    return web.FileResponse(path, headers=headers)


def add_page(app: web.Application) -> None:
    """Add the routes of the page and its files."""
    app.router.add_get("/", index)
    app.router.add_get("/archives/{channel}/{message}", index)
    if STATIC.is_dir():
        app.router.add_static("/static/", STATIC)


@web.middleware
async def local_only(
    request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
) -> web.StreamResponse:
    """Refuse what a web page elsewhere could send to this port: a foreign Host or Origin."""
    origin = request.headers.get("Origin")
    hosts = [urlsplit(f"//{request.host}").hostname]
    if origin is not None:
        hosts.append(urlsplit(origin).hostname)
    if any(host not in _HOSTS for host in hosts):
        return web.json_response(
            {"ok": False, "error": "not_local", "detail": "only this machine may ask"}, status=403
        )
    response = await handler(request)
    if request.path.startswith("/static/"):
        # After an upgrade on the same port no browser may go on with the old modules.
        response.headers["Cache-Control"] = "no-cache"
    return response
