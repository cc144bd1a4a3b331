"""What a feature is given when its word was typed, after /clm or alone in the DM."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from slack_bolt.context.ack.async_ack import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.identity import ConversationRef
from bot.runtime import Runtime
from handlers.slack.middleware import Visit
from handlers.slack.views.blocks import Message


@dataclass(frozen=True, slots=True)
class Asked:
    """A word after /clm, with all that answering it takes; `text` is what was typed, as typed."""

    ack: AsyncAck
    command: Mapping[str, Any]
    client: AsyncWebClient
    runtime: Runtime
    visit: Visit
    text: str

    @property
    def trigger(self) -> str:
        """What opens a window, for three seconds."""
        return str(self.command["trigger_id"])

    async def show(self, shown: Message) -> None:
        """Answer with a message for this person alone."""
        await self.ack(text=shown.text, blocks=list(shown.blocks), response_type="ephemeral")


@dataclass(frozen=True, slots=True)
class Typed:
    """A word typed to the bot directly; `place` is where the answer goes, `key` names the turn."""

    runtime: Runtime
    visit: Visit
    place: ConversationRef
    text: str
    key: str
