"""The committee's private channel: what is written below a card there, and whether it is private.

Whoever may answer writes to the member there; everybody else of the channel is told so privately.
"""

from collections.abc import Mapping
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.identity import Workspace
from bot.domain.notices import Notice
from bot.runtime import Runtime
from bot.services import roles
from handlers.slack.handoff_threads import (
    heard_deletion_in_ticket,
    heard_edit_in_ticket,
    heard_in_ticket,
    thread_of,
)
from handlers.slack.ids import channel_and_thread, is_direct, is_person
from handlers.slack.middleware import Visit
from handlers.slack.refusals import reason_of
from handlers.slack.views.blocks import escaped

HEARS_THREADS = "groups:history"
"""With this scope everything below a card is heard and a lost card can be found again; without it
only mentions are."""

_IGNORED = frozenset({"bot_message", "group_join", "group_leave"})
_PERSONAL = frozenset({"ticket_card", "relay", "ticket_word"})


def is_desk_channel(channel: str, runtime: Runtime, workspace: Workspace) -> bool:
    """Whether this is the channel that the chapter has named for its committee."""
    return channel == runtime.bank(workspace).content.chapter.desk_channel


async def heard_mention(
    event: Mapping[str, Any],
    client: AsyncWebClient,
    runtime: Runtime,
    visit: Visit,
    bot: str | None,
) -> bool:
    """A mention below a card goes to the member, without the mention; False for every other one."""
    if not is_desk_channel(event["channel"], runtime, visit.workspace):
        return False
    return await _heard(_without_mention(event, bot), client, runtime, visit)


async def heard_message(
    event: Mapping[str, Any],
    client: AsyncWebClient,
    runtime: Runtime,
    visit: Visit,
    bot: str | None,
) -> None:
    """What is written, edited or deleted below a card; a mention is heard as such."""
    if not is_desk_channel(event["channel"], runtime, visit.workspace):
        return
    subtype = event.get("subtype")
    if subtype == "message_deleted":
        await heard_deletion_in_ticket(event, runtime, visit)
    elif subtype == "message_changed":
        await _heard_edit(event, runtime, visit, bot)
    elif subtype not in _IGNORED and not _names(event, bot):
        await _heard(event, client, runtime, visit)


async def _heard(
    event: Mapping[str, Any], client: AsyncWebClient, runtime: Runtime, visit: Visit
) -> bool:
    if await thread_of(event, event, runtime, visit) is None:
        return False
    if await runtime.run(roles.may, visit.workspace, visit.member, "answer"):
        return await heard_in_ticket(event, runtime, visit)
    text = runtime.bank(visit.workspace).content.copy.say("handoff.thread_not_desk")
    await client.chat_postEphemeral(
        channel=event["channel"],
        user=visit.user_id,
        text=escaped(text),
        thread_ts=event["thread_ts"],
    )
    return True


async def _heard_edit(
    event: Mapping[str, Any], runtime: Runtime, visit: Visit, bot: str | None
) -> None:
    message, before = event.get("message") or {}, event.get("previous_message") or {}
    if message.get("text") == before.get("text"):
        return
    # Who may not answer was told so when they wrote it.
    if await runtime.run(roles.may, visit.workspace, visit.member, "answer"):
        changed = {**event, "message": _without_mention(message, bot)}
        await heard_edit_in_ticket(changed, runtime, visit)


def _names(message: Mapping[str, Any], bot: str | None) -> bool:
    return bool(bot) and f"<@{bot}>" in (message.get("text") or "")


def _without_mention(message: Mapping[str, Any], bot: str | None) -> dict[str, Any]:
    text = message.get("text") or ""
    return {**message, "text": text.replace(f"<@{bot}>", " ").strip() if bot else text}


def is_for_desk_channel(notice: Notice) -> bool:
    """Whether a notice is of a request and goes to a channel."""
    channel, _ = channel_and_thread(notice.recipient)
    personal = notice.kind in _PERSONAL
    return personal and not is_person(notice.recipient) and not is_direct(channel)


async def refusal(client: AsyncWebClient, runtime: Runtime, notice: Notice) -> str:
    """Why a channel is not to see a request; empty when it is private, and the chapter's alone.

    Looked up each time, as a private channel can be made public. Raises SlackApiError.
    """
    channel, _ = channel_and_thread(notice.recipient)
    try:
        answer = await client.conversations_info(channel=channel)
    except SlackApiError as error:
        if reason_of(error) != "missing_scope":
            raise
        # For a channel of another kind Slack asks for another scope.
        looks = "groups:read" in _scopes(error.response.headers)
        return "not_private" if looks else "no_groups_read"
    runtime.granted = _scopes(answer.headers)
    found = answer["channel"]
    if not found.get("is_private") or found.get("is_mpim"):
        return "not_private"
    if found.get("is_ext_shared") or found.get("is_pending_ext_shared"):
        return "shared_outside"
    if found.get("is_archived"):
        return "is_archived"
    return "" if found.get("is_member") else "not_in_channel"


def _scopes(headers: Mapping[str, Any]) -> frozenset[str]:
    found = {name.casefold(): str(value) for name, value in headers.items()}
    return frozenset(scope.strip() for scope in found.get("x-oauth-scopes", "").split(","))
