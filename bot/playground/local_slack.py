"""Everything that the local Slack knows, in one place: its parts, and how they start afresh."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.playground.assistant import Assistant
from bot.playground.clock import Clock
from bot.playground.delivery import Delivery
from bot.playground.events import EventFeed
from bot.playground.faults import Troubles
from bot.playground.file_store import FileStore
from bot.playground.journal import Journal
from bot.playground.manifest import Manifest, OptionalScopes
from bot.playground.messages import Messages
from bot.playground.modals import Views
from bot.playground.passes import Triggers
from bot.playground.people import People
from bot.playground.rates import Rates
from bot.playground.response_urls import ResponseUrls
from bot.playground.workspace import Workspace

BOT_TOKEN = "xoxb-playground-bot-token"
APP_TOKEN = "xapp-playground-app-token"
SIGNING_SECRET = "playground-signing-secret"
VERIFICATION_TOKEN = "verification"


@dataclass(frozen=True, slots=True)
class Timing:
    """How long the playground waits: for an ack, and before each redelivery (seconds)."""

    ack_s: float = 3.0
    redelivery_s: Sequence[float] = (0.0, 60.0, 300.0)


@dataclass(slots=True)
class Touches:
    """What users typed and chose in messages, by (user, channel, ts)."""

    by_message: dict[tuple[str, str, str], dict[tuple[str, str], object]] = field(
        default_factory=dict
    )

    def of(self, user: str, channel: str, ts: str) -> dict[tuple[str, str], object]:
        """Return one user's choices in one message, to read and to change."""
        return self.by_message.setdefault((user, channel, ts), {})


class LocalSlack:
    """The state of one playground. Nothing in it is written to disk."""

    def __init__(
        self,
        manifest: Manifest,
        people: People,
        timing: Timing,
        *,
        signing_secret: str,
        rates: bool,
        optional_scopes: OptionalScopes,
    ) -> None:
        self.manifest = manifest
        self.people = people
        self.timing = timing
        self.signing_secret = signing_secret
        self.optional_scopes = optional_scopes
        self.base_url = ""
        self.installed = True
        self.closing = asyncio.Event()
        self.unknown_methods: list[str] = []
        self.clock = Clock()
        self.journal = Journal(self.clock)
        self.delivery = Delivery(self.clock, self.journal, signing_secret, timing.ack_s)
        self.messages = Messages(self.clock)
        self.triggers = Triggers(self.clock)
        self.response_urls = ResponseUrls(self.clock)
        self.files = FileStore()
        self.troubles = Troubles()
        self.touches = Touches()
        self.assistant = Assistant(self.clock)
        self.rates = Rates(self.clock.now)
        self.rates.enabled = rates
        self.workspace = Workspace(people, manifest.bot_display_name)
        self.views = Views(self.clock, self.workspace.team_id)
        self.events = EventFeed(
            self.clock,
            self.delivery,
            self.workspace.team_id,
            self.workspace.bot.id,
            manifest.heard(optional_scopes),
            timing.redelivery_s,
        )

    @property
    def granted_scopes(self) -> tuple[str, ...]:
        """The scopes of the bot token; optional ones only when the installer granted them."""
        return self.manifest.granted(self.optional_scopes)

    def reset(self) -> None:
        """Go back to the workspace of the start; connections, clock and numbering go on."""
        self.events.forget()
        self.events.installed = self.installed = True
        self.unknown_methods.clear()
        for part in (self.journal, self.messages, self.triggers, self.response_urls, self.views):
            part.clear()
        self.files.clear()
        self.troubles.ordered.clear()
        self.touches.by_message.clear()
        self.assistant.clear()
        self.rates.reset()
        self.workspace = Workspace(self.people, self.manifest.bot_display_name)

    def uninstall(self) -> None:
        """Tell the app that it was removed, and honour nothing of it from then on."""
        bot = self.workspace.bot.id
        tokens = {"type": "tokens_revoked", "tokens": {"oauth": [], "bot": [bot]}}
        self.events.emit("tokens_revoked", tokens)
        self.events.emit("app_uninstalled", {"type": "app_uninstalled"})
        self.events.installed = self.installed = False

    async def close(self) -> None:
        """End redeliveries, connections, sessions and whatever is being held."""
        self.closing.set()
        await self.events.close()
        await self.delivery.close()
