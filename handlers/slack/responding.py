"""Answering through a response URL, so that a refusal is noticed."""

import asyncio
from collections.abc import Mapping
from typing import Any

from slack_bolt.context.respond.async_respond import AsyncRespond
from slack_sdk.errors import SlackApiError
from slack_sdk.webhook.webhook_response import WebhookResponse

from handlers.slack.views.blocks import Message

LONGEST_WAIT = 3.0
WITHIN = 8.0
"""Seconds for one try."""


class Insisting(AsyncRespond):
    """Bolt's respond() ignores a refusal; this one tries once more and then raises.

    What it adds goes into the thread of the message that was pressed.
    Raises SlackApiError, or TimeoutError when Slack does not answer.
    """

    thread_ts: str | None = None

    async def __call__(self, *args: Any, **kwargs: Any) -> WebhookResponse:
        """Answer, or raise."""
        if self.thread_ts and not kwargs.get("replace_original"):
            kwargs.setdefault("thread_ts", self.thread_ts)
        async with asyncio.timeout(WITHIN):
            answer = await super().__call__(*args, **kwargs)
        if answer.status_code == 429 or answer.status_code >= 500:
            await asyncio.sleep(min(_wait(answer), LONGEST_WAIT))
            async with asyncio.timeout(WITHIN):
                answer = await super().__call__(*args, **kwargs)
        if answer.status_code != 200:
            reason = f"response_url {answer.status_code}"
            raise SlackApiError("the answer was refused", {"ok": False, "error": reason})
        return answer


async def show_privately(respond: AsyncRespond, shown: Message) -> None:
    """Show a message to the person alone, beside the one that they pressed."""
    await respond(
        text=shown.text,
        blocks=list(shown.blocks),
        response_type="ephemeral",
        replace_original=False,
    )


def insisting(respond: AsyncRespond, body: Mapping[str, Any]) -> Insisting:
    """The same response URL, with insistence, in the thread that `body` came from."""
    made = Insisting(response_url=respond.response_url, proxy=respond.proxy, ssl=respond.ssl)
    made.thread_ts = (body.get("message") or body.get("container") or {}).get("thread_ts")
    return made


def _wait(answer: WebhookResponse) -> float:
    for name, value in answer.headers.items():
        if name.lower() == "retry-after" and str(value).isdecimal():
            return float(value)
    return 0.0
