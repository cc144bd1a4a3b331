"""Who somebody is in Slack who is to be given a role: a person of this workspace, and still there.

Slack lets a user be picked who is a bot, a guest, deactivated, or of another company's workspace.
"""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

import aiohttp
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.identity import Workspace
from bot.log import logger
from handlers.slack.ids import team_of
from handlers.slack.refusals import reason_of
from handlers.slack.typed import cleaned

PROFILE_SECONDS = 1.2
"""A window is answered within three seconds; without a profile nobody is given a role."""
LONGEST_NAME = 80
SLACKBOT = "USLACKBOT"

Unfit = Literal["bot", "guest", "stranger", "left", "unknown", "slow"]
"""Why somebody cannot have a role; `slow`: Slack did not say who they are."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who can have a role, by the name that they have in Slack."""

    user_id: str
    name: str


async def candidate(
    client: AsyncWebClient, workspace: Workspace, user_id: str
) -> Candidate | Unfit:
    """Look somebody up at this moment."""
    try:
        async with asyncio.timeout(PROFILE_SECONDS):
            answer = await client.users_info(user=user_id)
    except SlackApiError as error:
        is_unknown = reason_of(error) in ("user_not_found", "user_not_visible")
        return "unknown" if is_unknown else "slow"
    except (SlackClientError, aiohttp.ClientError, TimeoutError, OSError) as error:
        logger().warning("profile not read", error=type(error).__name__)
        return "slow"
    return judged(answer.get("user") or {}, workspace)


def judged(user: Mapping[str, Any], workspace: Workspace) -> Candidate | Unfit:
    """Slack's user object, judged."""
    user_id = str(user.get("id") or "")
    if not user_id:
        return "unknown"
    if user.get("is_bot") or user.get("is_workflow_bot") or user_id == SLACKBOT:
        return "bot"
    if user.get("deleted"):
        return "left"
    if user.get("is_stranger") or user.get("team_id", team_of(workspace)) != team_of(workspace):
        return "stranger"
    if user.get("is_restricted") or user.get("is_ultra_restricted"):
        return "guest"
    name = cleaned(str(user.get("real_name") or user.get("name") or ""))
    return Candidate(user_id, " ".join(name.split())[:LONGEST_NAME])
