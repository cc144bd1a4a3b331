"""A message whose receipt was lost is found again, however much was written since."""

from dataclasses import replace

import aiohttp
import pytest

from bot.cli.running import settings_for
from bot.domain.notices import Delivered, Delivery, Landing, Notice
from handlers.slack.app import build_client
from handlers.slack.ids import member_ref, workspace_of
from handlers.slack.notifier import MOST_PAGES, PAGE, SlackNotifier
from tests.support.talk import Talk

ID = 987_654


@pytest.mark.parametrize("in_thread", [False, True], ids=["in the conversation", "in a thread"])
async def test_a_lost_receipt_is_found_pages_back(talk: Talk, in_thread: bool) -> None:
    """Behind more messages than one page holds, what had arrived is edited and not sent twice."""
    state = await talk.get("state")
    workspace = workspace_of({"team_id": state["workspace"]["id"]})
    chair = next(user["id"] for user in state["users"] if user["name"] == "christina")
    settings = settings_for(talk.slack, talk.runtime.database.parent)
    assert settings.slack_bot_token is not None
    async with aiohttp.ClientSession() as session:
        token = settings.slack_bot_token.get_secret_value()
        client = build_client(settings, session, token, retries=0)
        notifier = SlackNotifier(talk.runtime, client)
        channel = (await client.conversations_open(users=[chair]))["channel"]["id"]
        root = (await client.chat_postMessage(channel=channel, text="The card"))["ts"]
        under = root if in_thread else None

        async def fill() -> None:
            for number in range(PAGE + 5):
                await client.chat_postMessage(
                    channel=channel, thread_ts=under, text=f"no. {number}"
                )

        notice = Notice(workspace, member_ref(workspace, chair), "lost", "say", "away.here")
        thread = Landing(channel, root) if in_thread else None
        delivery = Delivery(ID, notice, None, thread, uncertain=False)
        await fill()
        first = await notifier.deliver(delivery)
        await fill()
        again = await notifier.deliver(replace(delivery, uncertain=True))
        other = await notifier.deliver(replace(delivery, id=ID + 1, uncertain=True))
    assert isinstance(first, Delivered) and again == first
    assert isinstance(other, Delivered) and other != first
    reads = "conversations.replies" if in_thread else "conversations.history"
    pages = len(await talk.calls(reads))
    assert 2 <= pages <= 2 * MOST_PAGES
