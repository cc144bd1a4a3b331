"""Delivers notices to Slack, looks up what may have arrived, and says how it went."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.notices import (
    WITH_FILES,
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
from handlers.slack import desk_channel
from handlers.slack.ids import channel_and_thread, is_direct, is_person, user_id_of
from handlers.slack.notices import HOME, RENDERERS
from handlers.slack.refusals import reason_of, retry_after_of, status_of
from handlers.slack.uploading import REFUSED, SETTLES, send_files, shows_files_of
from handlers.slack.views.blocks import Message, message, words

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

PAGE, MOST_PAGES = 100, 10
"""So many messages are read at once, and so many times, to find one whose receipt was lost."""


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
            settles = SETTLES if delivery.notice.kind in WITH_FILES else 0.0
            return Later(type(error).__name__, after=settles, uncertain=True)
        except Exception as error:
            logger().error("notice failed", kind=delivery.notice.kind, error=type(error).__name__)
            return Later(type(error).__name__, after=60.0)

    async def _deliver(self, delivery: Delivery) -> Receipt:
        notice = delivery.notice
        if notice.kind == "home":
            return await self._publish_home(notice)
        if desk_channel.is_for_desk_channel(notice) and (
            reason := await desk_channel.refusal(self._client, self._runtime, notice)
        ):
            return Undeliverable(reason)
        shown = await RENDERERS[notice.kind](self._runtime, notice)
        if shown is None:
            return Delivered(await self._arrived(delivery))
        if isinstance(shown, Later):
            return shown
        channel, thread = await self._place(delivery)
        if shown.files:
            return Delivered(await self._send_files(delivery, shown, channel, thread))
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
    ) -> Landing | None:
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
                if delivery.notice.kind == "erased":
                    return landed
        if delivery.notice.kind == "erased":
            return None
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

    async def _send_files(
        self, delivery: Delivery, shown: Message, channel: str, thread: str | None
    ) -> Landing | None:
        """What was sent before stays: files cannot be edited, so each time they come anew."""
        if delivery.uncertain and (found := await self._found(delivery, channel, thread)):
            logger().info("notice had arrived", kind=delivery.notice.kind)
            return found
        try:
            await send_files(self._client, delivery, shown, channel, thread)
            return None
        except SlackApiError as error:
            if reason_of(error) not in REFUSED:
                raise
            logger().warning("files refused", reason=reason_of(error))
            key = REFUSED[reason_of(error)]
        text = self._runtime.bank(delivery.notice.workspace).content.copy.say(key)
        instead = message(text, [words(text)])
        return await self._send(replace(delivery, landed=None), instead, channel, thread)

    async def _arrived(self, delivery: Delivery) -> Landing | None:
        """Where an earlier try has landed whose subject is gone meanwhile, so that what took its
        place can be put there."""
        if delivery.landed is not None or not delivery.uncertain:
            return None
        return await self._found(delivery, *await self._place(delivery))

    async def _found(self, delivery: Delivery, channel: str, thread: str | None) -> Landing | None:
        """An earlier try whose reply was lost; only a DM can be read without further scopes."""
        if not is_direct(channel) and not self._can_look_up(delivery):
            return None
        cursor = None
        for _ in range(MOST_PAGES):
            page = await self._page(channel, thread, cursor)
            for candidate in page["messages"]:
                if _tells(candidate, delivery):
                    return Landing(channel, candidate["ts"])
            cursor = (page.get("response_metadata") or {}).get("next_cursor")
            if not cursor:
                break
        return None

    def _can_look_up(self, delivery: Delivery) -> bool:
        granted = desk_channel.HEARS_THREADS in self._runtime.granted
        return granted and desk_channel.is_for_desk_channel(delivery.notice)

    async def _page(self, channel: str, thread: str | None, cursor: str | None) -> Any:
        """A page of a conversation, newest first; of a thread, oldest first."""
        if thread is None:
            return await self._client.conversations_history(
                channel=channel, cursor=cursor, limit=PAGE, include_all_metadata=True
            )
        return await self._client.conversations_replies(
            channel=channel, ts=thread, cursor=cursor, limit=PAGE, include_all_metadata=True
        )


def _tells(candidate: Mapping[str, Any], delivery: Delivery) -> bool:
    payload = (candidate.get("metadata") or {}).get("event_payload")
    return payload == _metadata(delivery)["event_payload"] or shows_files_of(candidate, delivery)


def _metadata(delivery: Delivery) -> dict[str, Any]:
    return {"event_type": EVENT_TYPE, "event_payload": {"notice": str(delivery.id)}}


def _receipt_of(error: SlackApiError) -> Receipt:
    reason, status = reason_of(error), status_of(error)
    if status == 429 or reason == "ratelimited":
        return Later("ratelimited", after=retry_after_of(error))
    if reason in GONE:
        return Undeliverable(reason)
    return Later(reason, uncertain=status >= 500)
