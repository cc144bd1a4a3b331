"""Delivers notices to Slack, looks up what may have arrived, and says how it went."""

from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.notices import (
    Delivered,
    Delivery,
    Landing,
    Later,
    Notice,
    Receipt,
    Undeliverable,
)
from bot.log import logger
from bot.runtime import Runtime
from handlers.slack.ids import channel_and_thread, is_direct, is_person, user_id_of
from handlers.slack.notices import HOME, RENDERERS
from handlers.slack.refusals import reason_of, retry_after_of, status_of
from handlers.slack.views.blocks import Message

GONE = frozenset(
    "user_disabled user_not_found users_not_found channel_not_found is_archived "
    "cannot_dm_bot not_in_channel messages_tab_disabled restricted_action".split()
)
"""Errors after which no try will succeed."""

EDIT_LOST = frozenset(
    "message_not_found cant_update_message edit_window_closed channel_not_found".split()
)
"""The message can no longer be edited (deleted, hidden with age): it is posted anew."""

NEW_BLOCKS = frozenset("invalid_blocks invalid_blocks_format".split())

EVENT_TYPE = "clm_notice"


class SlackNotifier:
    """The Notifier of Slack. It never raises: every outcome is a receipt."""

    def __init__(self, runtime: Runtime, client: AsyncWebClient) -> None:
        self._runtime = runtime
        self._client = client
        self._direct: dict[str, str] = {}

    async def deliver(self, delivery: Delivery) -> Receipt:
        """Send one notice, edit it in place, or find out that it has arrived already."""
        try:
            return await self._deliver(delivery)
        except SlackApiError as error:
            return _receipt_of(error)
        except aiohttp.ClientConnectorError as error:
            return Later(type(error).__name__)
        except (aiohttp.ClientError, SlackClientError, TimeoutError, OSError) as error:
            return Later(type(error).__name__, uncertain=True)
        except Exception as error:
            logger().error("notice failed", kind=delivery.notice.kind, error=type(error).__name__)
            return Later(type(error).__name__, after=60.0)

    async def _deliver(self, delivery: Delivery) -> Receipt:
        notice = delivery.notice
        if notice.kind == "home":
            return await self._publish_home(notice)
        shown = await RENDERERS[notice.kind](self._runtime, notice)
        if shown is None:
            return Delivered(None)
        channel, thread = await self._place(delivery)
        try:
            return Delivered(await self._send(delivery, shown, channel, thread))
        except SlackApiError as error:
            if reason_of(error) not in NEW_BLOCKS or not shown.plain:
                raise
            return Delivered(
                await self._send(delivery, shown.without_new_blocks(), channel, thread)
            )

    async def _publish_home(self, notice: Notice) -> Receipt:
        view = await HOME(self._runtime, notice)
        await self._client.views_publish(user_id=user_id_of(notice.recipient), view=view)
        return Delivered(None)

    async def _place(self, delivery: Delivery) -> tuple[str, str | None]:
        channel, thread = channel_and_thread(delivery.notice.recipient)
        if is_person(delivery.notice.recipient):
            channel = await self._direct_channel(channel)
        if delivery.thread is not None:
            return delivery.thread.conversation, delivery.thread.message
        return channel, thread

    async def _direct_channel(self, user_id: str) -> str:
        if user_id not in self._direct:
            opened = await self._client.conversations_open(users=[user_id])
            self._direct[user_id] = opened["channel"]["id"]
        return self._direct[user_id]

    async def _send(
        self, delivery: Delivery, shown: Message, channel: str, thread: str | None
    ) -> Landing:
        landed = delivery.landed
        if landed is None and delivery.uncertain:
            landed = await self._found(delivery, channel, thread)
            if landed is not None:
                logger().info("notice had arrived", kind=delivery.notice.kind)
        if landed is not None:
            try:
                await self._client.chat_update(
                    channel=landed.conversation,
                    ts=landed.message,
                    text=shown.text,
                    blocks=list(shown.blocks),
                )
                return landed
            except SlackApiError as error:
                if reason_of(error) not in EDIT_LOST:
                    raise
        posted = await self._client.chat_postMessage(
            channel=channel,
            thread_ts=thread,
            reply_broadcast=True if thread and shown.aloud else None,
            text=shown.text,
            blocks=list(shown.blocks),
            unfurl_links=False,
            unfurl_media=False,
            metadata=_metadata(delivery),
        )
        return Landing(posted["channel"], posted["ts"])

    async def _found(self, delivery: Delivery, channel: str, thread: str | None) -> Landing | None:
        """An earlier try whose reply was lost; only a DM can be read without further scopes."""
        if not is_direct(channel):
            return None
        if thread is None:
            page = await self._client.conversations_history(
                channel=channel, limit=50, include_all_metadata=True
            )
        else:
            page = await self._client.conversations_replies(
                channel=channel, ts=thread, limit=50, include_all_metadata=True
            )
        wanted = _metadata(delivery)["event_payload"]
        for message in page["messages"]:
            if (message.get("metadata") or {}).get("event_payload") == wanted:
                return Landing(channel, message["ts"])
        return None


def _metadata(delivery: Delivery) -> dict[str, Any]:
    return {"event_type": EVENT_TYPE, "event_payload": {"notice": str(delivery.id)}}


def _receipt_of(error: SlackApiError) -> Receipt:
    reason, status = reason_of(error), status_of(error)
    if status == 429 or reason == "ratelimited":
        return Later("ratelimited", after=retry_after_of(error))
    if reason in GONE:
        return Undeliverable(reason)
    return Later(reason, uncertain=status >= 500)
