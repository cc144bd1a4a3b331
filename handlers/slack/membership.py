"""Who is still there: people who left or came back, their time zone, and the app's own removal."""

from typing import Any

from bot.log import logger
from bot.runtime import Runtime
from bot.services import members, membership
from handlers.slack.middleware import Visit


async def on_user_change(event: dict[str, Any], runtime: Runtime, visit: Visit) -> None:
    """Somebody's profile changed; Slack says so of everybody, and of strangers nothing is kept."""
    user = event["user"]
    if user.get("deleted"):
        if await runtime.run(membership.left, visit.workspace, visit.member):
            await runtime.renew_overlays()
        return
    if await runtime.run(membership.came_back, visit.workspace, visit.member):
        await runtime.renew_overlays()
    if zone := user.get("tz"):
        await runtime.run(members.set_time_zone, visit.workspace, visit.member, str(zone))


async def on_uninstalled(runtime: Runtime, visit: Visit) -> None:
    """The app was removed from the workspace."""
    logger().warning("the app was removed from the workspace")
    await runtime.run(membership.removed, visit.workspace)


async def on_tokens_revoked(event: dict[str, Any], runtime: Runtime, visit: Visit) -> None:
    """A token was taken back; when it is the bot's own, the app is as good as removed."""
    if (event.get("tokens") or {}).get("bot"):
        await on_uninstalled(runtime, visit)
