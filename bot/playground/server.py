"""The playground as a server: a local Slack on one loopback port."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from aiohttp import web

from bot.playground import (
    answers,
    control_actions,
    control_messages,
    control_modals,
    control_operations,
    control_reading,
    file_routes,
)
from bot.playground.control_routes import Action, served
from bot.playground.file_store import UPLOAD_LIMIT_BYTES
from bot.playground.journal import Journal
from bot.playground.local_slack import (
    APP_TOKEN,
    BOT_TOKEN,
    SIGNING_SECRET,
    LocalSlack,
    Timing,
)
from bot.playground.manifest import OptionalScopes, load_manifest
from bot.playground.page import add_page, local_only
from bot.playground.people import load_people
from bot.playground.shapes import ControlError
from bot.playground.web_api import WebApi

HOST = "127.0.0.1"
_POSTS: dict[str, Action] = {
    "message": control_messages.message,
    "edit-message": control_messages.edit_message,
    "delete-message": control_messages.delete_message,
    "member": control_messages.member,
    "command": control_actions.command,
    "interact": control_actions.interact,
    "shortcut": control_actions.shortcut,
    "open-home": control_actions.open_home,
    "submit": control_modals.submit,
    "close": control_modals.close,
    "uninstall": control_operations.uninstall,
    "fault": control_operations.fault,
    "redeliver": control_operations.redeliver,
    "clock": control_operations.clock,
    "reset": control_operations.reset,
    "delivery": control_operations.delivery,
    "rates": control_operations.rates,
}
_GETS: dict[str, Action] = {
    "views": control_reading.views,
    "messages": control_reading.messages,
    "wait": control_reading.wait,
    "log": control_reading.log,
    "state": control_reading.state,
}


class Playground:
    """A local Slack with one workspace and one installed app.

    `manifest` is the app's manifest, `people` names the workspace. With `request_url` it delivers
    over HTTP, signed with `signing_secret`, else over Socket Mode. `rates` off lets everything
    through, for load runs. `optional_scopes` says whether the installer granted those as well, or
    which of them.
    `ack_s` and `redelivery_s` are Slack's own by default and shorter in tests; the pauses of
    `redelivery_s` run on the playground's clock.
    Raises ManifestError or ValueError when a file is not usable.
    """

    def __init__(
        self,
        manifest: Path,
        people: Path,
        *,
        rates: bool = True,
        request_url: str | None = None,
        signing_secret: str = SIGNING_SECRET,
        optional_scopes: OptionalScopes = True,
        ack_s: float = 3.0,
        redelivery_s: Sequence[float] = (0.0, 60.0, 300.0),
    ) -> None:
        self._slack = LocalSlack(
            load_manifest(manifest),
            load_people(people),
            Timing(ack_s, redelivery_s),
            signing_secret=signing_secret,
            rates=rates,
            optional_scopes=optional_scopes,
        )
        self._runner: web.AppRunner | None = None
        self.bot_token = BOT_TOKEN
        self.app_token = APP_TOKEN
        self.signing_secret = signing_secret
        if request_url is not None:
            self.use_http(request_url)

    @property
    def url(self) -> str:
        """Where the page and the control routes are."""
        return self._slack.base_url

    @property
    def api_url(self) -> str:
        """What SLACK_API_URL is to be."""
        return self.url + "/api/"

    @property
    def journal(self) -> Journal:
        """The log, for tests in the same process."""
        return self._slack.journal

    @property
    def unknown_methods(self) -> list[str]:
        """Web API methods that were called and that nobody knows here."""
        return self._slack.unknown_methods

    @property
    def connections(self) -> int:
        """How many Socket Mode connections stand."""
        return self._slack.delivery.socket.connections

    def use_http(self, request_url: str) -> None:
        """Deliver over HTTP from now on; the URL is challenged before the first delivery."""
        self._slack.delivery.use_http(request_url)

    def use_socket(self) -> None:
        """Deliver over Socket Mode from now on."""
        self._slack.delivery.use_socket()

    async def start(self, port: int = 0) -> None:
        """Listen on the loopback address; 0 picks a free port. Raises OSError when it is taken."""
        runner = web.AppRunner(self._app(), access_log=None, shutdown_timeout=0.5)
        await runner.setup()
        site = web.TCPSite(runner, HOST, port)
        try:
            await site.start()
        except OSError:
            await runner.cleanup()
            raise
        self._runner = runner
        self._slack.base_url = f"http://{HOST}:{runner.addresses[0][1]}"

    async def stop(self) -> None:
        """Close every connection and stop listening."""
        await self._slack.close()
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    def _app(self) -> web.Application:
        slack = self._slack
        app = web.Application(middlewares=[local_only], client_max_size=UPLOAD_LIMIT_BYTES + 1024)
        api = WebApi(slack)
        app.router.add_get("/link/", self._link)
        app.router.add_route("*", "/api/{method}", api.handle)
        app.router.add_post("/respond/{key}", partial(answers.respond, slack))
        app.router.add_post("/upload/{key}", partial(file_routes.upload, slack))
        app.router.add_get("/files/{key}/{name}", partial(file_routes.download, slack))
        for name, action in _POSTS.items():
            app.router.add_post(f"/_control/{name}", served(slack, action))
        for name, action in _GETS.items():
            app.router.add_get(f"/_control/{name}", served(slack, action))
        app.router.add_route("*", "/_control/{rest:.*}", _no_such_route)
        add_page(app)
        return app

    async def _link(self, request: web.Request) -> web.StreamResponse:
        refused = self._slack.troubles.take_refusal()
        return await self._slack.delivery.socket.serve(request, refused=refused)


async def _no_such_route(request: web.Request) -> web.Response:
    refusal = ControlError("unknown_route", f"{request.method} {request.path} is not a route", 404)
    return web.json_response(refusal.body(), status=refusal.status)
