"""Windows that are open: drawn anew in their place."""

from collections.abc import Mapping
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from handlers.slack.views.blocks import Block


async def update_window(client: AsyncWebClient, old: Mapping[str, Any], view: Block) -> None:
    """Show another view in a window, unless it shows something newer than `old` already."""
    try:
        await client.views_update(view_id=old["id"], hash=old["hash"], view=view)
    except SlackApiError as error:
        # Two quick clicks: the window already shows the later one.
        if error.response.get("error") != "hash_conflict":
            raise
