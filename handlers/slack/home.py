"""The App Home: the dashboard tab, and the first step into the Messages tab."""

from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.log import logger
from bot.runtime import Runtime
from bot.services import faq, standing
from handlers.slack.middleware import Visit
from handlers.slack.refusals import reason_of

PROMPTS = ("prompt_what", "prompt_hours", "prompt_check", "prompt_chair")


async def on_home_opened(
    event: dict[str, Any], client: AsyncWebClient, runtime: Runtime, visit: Visit
) -> None:
    """Publish the Home tab; on the Messages tab welcome a newcomer and offer first questions."""
    if event.get("tab") == "home":
        await runtime.run(standing.refresh_home, visit.workspace, visit.member)
        return
    await runtime.run(faq.welcome, visit.workspace, visit.member)
    await _suggest(event["channel"], client, runtime, visit)


async def _suggest(channel: str, client: AsyncWebClient, runtime: Runtime, visit: Visit) -> None:
    copy = runtime.bank(visit.workspace).content.copy
    titles = [copy.say(f"welcome.{key}") for key in PROMPTS]
    try:
        # With a thread_ts this call fails silently in an agent app; so it is made directly.
        await client.assistant_threads_setSuggestedPrompts(
            channel_id=channel,
            title=copy.say("welcome.prompts_title"),
            prompts=[{"title": title, "message": title} for title in titles],
        )
    except SlackApiError as error:
        # An enhancement of agent workspaces: everything works without it.
        logger().info("no suggested prompts", slack=reason_of(error))
