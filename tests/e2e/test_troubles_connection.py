"""The connection to Slack refused, broken, moved: the bot comes back and loses nothing."""

from pathlib import Path

import aiohttp
import pytest

from bot.cli.running import settings_for
from bot.errors import SettingsError
from bot.runtime import Runtime
from handlers.slack.serve import serving
from tests.support.sent import bot_says
from tests.support.talk import Person, Talk, connected, demo_bank, local_slack, talking
from tests.support.wizard import title

QUESTION = "How many education hours do I need before applying?"
ANSWER = "10 hours"


@pytest.mark.parametrize("kind", ["server_error", "rate_limited", "slack_error"])
async def test_the_first_event_is_answered_though_slack_refuses_a_sign_in(
    talk: Talk, ada: Person, kind: str
) -> None:
    """The bot knows who it is from its start, and asks nobody again before it answers."""
    await talk.post("fault", kind=kind, method="auth.test", count=5)
    assert ANSWER in (await ada.says(QUESTION)).text
    assert "Where you stand" in (await ada.runs("status")).text


@pytest.mark.parametrize(
    ("kind", "sentence"),
    [
        ("server_error", "Slack cannot be reached"),
        ("timeout", "Slack cannot be reached"),
        ("lost_reply", "Slack cannot be reached"),
        ("slack_error", "Slack refuses SLACK_BOT_TOKEN (invalid_auth)"),
    ],
)
@pytest.mark.usefixtures("impatient")
async def test_trouble_at_the_start_is_said_for_what_it_is(
    tmp_path: Path, kind: str, sentence: str
) -> None:
    """A wrong token and an unreachable Slack are told apart; nothing starts half."""
    async with local_slack() as slack, aiohttp.ClientSession() as session:
        order = {"kind": kind, "method": "auth.test", "error": "invalid_auth"}
        await session.post(f"{slack.url}/_control/fault", json=order)
        runtime = Runtime(demo_bank(), tmp_path / "clm.db")
        try:
            with pytest.raises(SettingsError, match=f"^{sentence.split(' (')[0]}"):
                async with serving(runtime, settings_for(slack, tmp_path)):
                    pytest.fail("it started")
        finally:
            runtime.close()


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("reason", ["none", "refresh_requested", "warning"])
async def test_after_a_dropped_connection_everything_works(tmp_path: Path, reason: str) -> None:
    """A refresh or a broken network costs a moment; questions, windows and votes work after it."""
    async with talking(tmp_path) as talk:
        ada = talk.as_("ada")
        await talk.post("fault", kind="disconnect", reason=reason)
        await connected(talk.slack)
        answer = await ada.says(QUESTION)
        assert ANSWER in answer.text
        assert title(await ada.runs("check")) == "Your role"
        await ada.presses("Yes", answer)
        assert await ada.sees("Thank you, noted")


@pytest.mark.usefixtures("impatient")
async def test_a_refused_reconnection_is_recovered_from(tmp_path: Path) -> None:
    """When a fresh address is refused, the watch asks for another instead of knocking for ever."""
    async with talking(tmp_path) as talk:
        ada = talk.as_("ada")
        await talk.post("fault", kind="refuse_connect", count=3)
        await talk.post("fault", kind="disconnect", reason="none")
        await connected(talk.slack)
        assert ANSWER in (await ada.says(QUESTION)).text
        refused = [
            r
            for r in (await talk.get("log"))["log"]
            if r["kind"] == "connect" and r["name"] == "refused"
        ]
        assert len(refused) >= 3


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("kind", ["server_error", "rate_limited", "lost_reply", "slack_error"])
@pytest.mark.parametrize("reason", ["none", "refresh_requested"])
async def test_no_new_address_at_once_is_recovered_from(
    tmp_path: Path, kind: str, reason: str
) -> None:
    """When Slack gives no new address at first, the bot goes on asking until it has one."""
    async with talking(tmp_path, redelivery_s=(1.0,) * 10) as talk:
        ada = talk.as_("ada")
        await talk.post("fault", kind=kind, method="apps.connections.open", count=2)
        await talk.post("fault", kind="disconnect", reason=reason)
        await connected(talk.slack)
        assert ANSWER in (await ada.says(QUESTION)).text


@pytest.mark.usefixtures("impatient")
async def test_what_was_written_while_away_is_answered_afterwards(tmp_path: Path) -> None:
    """A question sent while the connection was down is answered when it stands again, once."""
    async with talking(tmp_path, redelivery_s=(0.5, 1.0, 1.0, 1.0, 1.0)) as talk:
        ada = talk.as_("ada")
        await talk.post("fault", kind="refuse_connect", count=2)
        await talk.post("fault", kind="disconnect", reason="none")
        await ada.writes(QUESTION)
        assert await ada.sees(ANSWER)
        await talk.quiet()
        assert len(await bot_says(ada, ANSWER)) == 1
