"""Trouble at a call to Slack: what a member asked for arrives all the same, and once."""

from pathlib import Path
from typing import Any

import pytest

from tests.support.sent import bot_says
from tests.support.talk import Person, Shown, Talk, connected, talking
from tests.support.wizard import title

QUESTION = "How many education hours do I need before applying?"
ANSWER = "10 hours"
OTHER = "What are the education categories?"
OTHER_ANSWER = "writing skills"
KINDS = ["rate_limited", "server_error", "timeout", "lost_reply", "disconnect"]


async def answers(person: Person, text: str = ANSWER) -> list[Shown]:
    return await bot_says(person, text)


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("kind", KINDS)
async def test_an_answer_in_the_dm_arrives_exactly_once(tmp_path: Path, kind: str) -> None:
    """Whatever happens to a call, the answer is there once, and the earlier one is untouched."""
    async with talking(tmp_path) as talk:
        ada = talk.as_("ada")
        earlier = await ada.says(OTHER)
        await talk.quiet()
        await talk.post("fault", kind=kind, method="chat.postMessage", retry_after=1)
        await ada.writes(QUESTION)
        await ada.sees(ANSWER)
        await talk.quiet()
        assert len(await answers(ada)) == 1
        assert earlier.text in [m.text for m in await ada.messages()]
        assert troubles(await talk.calls("chat.postMessage")) == [kind]


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("kind", KINDS)
async def test_the_welcome_arrives_though_the_dm_does_not_open_at_once(
    tmp_path: Path, kind: str
) -> None:
    """What the bot says first into a DM waits until Slack opens it, and comes once."""
    async with talking(tmp_path) as talk:
        ada = talk.as_("ada")
        await talk.post("fault", kind=kind, method="conversations.open", retry_after=1)
        await ada.opens_tab("messages")
        await ada.sees("Welcome.")
        await talk.quiet()
        assert len(await answers(ada, "Welcome.")) == 1
        assert troubles(await talk.calls("conversations.open")) == [kind]


def troubles(calls: list[dict[str, Any]]) -> list[str]:
    """The faults that met these calls."""
    return [call["body"]["trouble"] for call in calls if "trouble" in call["body"]]


@pytest.mark.usefixtures("impatient")
async def test_a_lost_reply_is_found_again_in_a_thread_too(tmp_path: Path) -> None:
    """An answer in a thread of the DM whose receipt was lost is recognised, not posted again."""
    async with talking(tmp_path) as talk:
        ada = talk.as_("ada")
        root = await ada.writes(OTHER)
        await ada.sees(OTHER_ANSWER)
        await talk.post("fault", kind="lost_reply", method="chat.postMessage")
        await ada.writes(QUESTION, thread=root)
        await ada.sees(ANSWER)
        await talk.quiet()
        assert len(await answers(ada)) == 1


@pytest.mark.usefixtures("impatient")
async def test_a_lasting_outage_delays_and_loses_nothing(tmp_path: Path) -> None:
    """Several failures in a row only make it later; two questions get their two answers."""
    async with talking(tmp_path) as talk:
        ada = talk.as_("ada")
        await talk.post("fault", kind="server_error", method="chat.postMessage", count=3)
        await ada.writes(QUESTION)
        await ada.writes(OTHER)
        await ada.sees(ANSWER)
        await ada.sees(OTHER_ANSWER)
        await talk.quiet()
        assert len(await answers(ada)) == len(await answers(ada, OTHER_ANSWER)) == 1


async def test_one_members_rate_limit_keeps_nobody_else_waiting(talk: Talk, ada: Person) -> None:
    """While Slack takes nothing for one conversation, the others are answered as ever."""
    order = {"method": "chat.postMessage", "channel": "D0ADA", "retry_after": 600}
    seq = talk.slack.journal.seq
    await talk.post("fault", kind="rate_limited", **order)
    await ada.writes(QUESTION)
    assert await talk.slack.journal.wait(seq, '"trouble": "rate_limited"', 5.0)
    assert ANSWER in (await talk.as_("ben").says(QUESTION)).text
    assert await answers(ada) == []


async def test_slacks_ordinary_rates_only_slow_the_bot_down(tmp_path: Path) -> None:
    """With Slack's own limit of a message a second, a burst of questions gets all its answers."""
    async with talking(tmp_path, rates=True) as talk:
        ada = talk.as_("ada")
        asked = [QUESTION, OTHER] * 4
        for question in asked:
            await ada.writes(question)

        async def look() -> bool:
            return len(await answers(ada, "Source:")) == len(asked)

        assert await talk.until(look, "every answer")
        await talk.quiet()
        assert len(await answers(ada, "Source:")) == len(asked)


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("kind", KINDS)
async def test_an_edited_answer_survives_trouble(tmp_path: Path, kind: str) -> None:
    """A correction whose call fails is carried out later, in the same message."""
    async with talking(tmp_path) as talk:
        ada = talk.as_("ada")
        ts = await ada.writes(OTHER)
        first = await ada.sees(OTHER_ANSWER)
        await talk.quiet()
        await talk.post("fault", kind=kind, method="chat.update", retry_after=1)
        await talk.post("edit-message", channel="dm", ts=ts, user="ada", text=QUESTION)
        assert (await ada.sees(ANSWER)).ts == first.ts
        await talk.quiet()
        assert len(await answers(ada)) == 1
        assert await answers(ada, OTHER_ANSWER) == []


@pytest.mark.parametrize(
    "error", ["message_not_found", "cant_update_message", "edit_window_closed"]
)
async def test_an_answer_that_can_no_longer_be_edited_is_posted_anew(
    talk: Talk, ada: Person, error: str
) -> None:
    """Where Slack hides or locks the old message, the corrected answer comes as a new one."""
    ts = await ada.writes(OTHER)
    first = await ada.sees(OTHER_ANSWER)
    await talk.quiet()
    await talk.post("fault", kind="slack_error", method="chat.update", error=error)
    await talk.post("edit-message", channel="dm", ts=ts, user="ada", text=QUESTION)
    assert (await ada.sees(ANSWER)).ts > first.ts
    await talk.quiet()
    assert len(await answers(ada)) == 1


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("kind", KINDS)
async def test_home_is_published_in_the_end(tmp_path: Path, kind: str) -> None:
    """A Home tab whose publishing fails is published later."""
    async with talking(tmp_path) as talk:
        await talk.post("fault", kind=kind, method="views.publish", retry_after=1)
        assert "Where you stand" in (await talk.as_("ada").home()).words


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("kind", ["server_error", "timeout", "disconnect"])
async def test_a_window_that_cannot_be_opened_ends_in_a_sentence(tmp_path: Path, kind: str) -> None:
    """When Slack does not open the window, the person is told, and pressing again works."""
    async with talking(tmp_path) as talk:
        ada = talk.as_("ada")
        await talk.post("fault", kind=kind, method="views.open")
        # With the connection the acknowledgement may go as well; Slack then says so itself.
        order = {"user": "ada", "channel": "clm", "command": "/clm", "text": "check"}
        await talk.try_post("command", **order)
        shown = await ada.sees("Something went wrong on my side, and nothing was lost", "clm")
        assert shown.raw["ephemeral_to"] == "U0ADA"
        await connected(talk.slack)
        assert title(await ada.runs("check")) == "Your role"


async def test_a_window_that_slack_delays_opens_in_time(talk: Talk, ada: Person) -> None:
    """A single "too many requests" is waited for, within the life of the click."""
    await talk.post("fault", kind="rate_limited", method="views.open", retry_after=1)
    assert title(await ada.runs("check")) == "Your role"


async def test_a_click_that_came_too_late_gets_a_sentence(talk: Talk, ada: Person) -> None:
    """When Slack has withdrawn the click's right to a window, the person is asked to repeat it."""
    await talk.post("fault", kind="slack_error", method="views.open", error="expired_trigger_id")
    shown = await ada.runs("check")
    assert "Press the button once more" in shown.text
    assert shown.raw["ephemeral_to"] == "U0ADA"
    home = await ada.home()
    await talk.post("fault", kind="slack_error", method="views.open", error="expired_trigger_id")
    await ada.presses("Do I qualify?", home)
    assert await ada.sees("Press the button once more")


async def test_a_slow_click_really_expires(
    talk: Talk, ada: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When the records take longer than Slack waits, the person hears of it and can repeat it."""
    from bot.services import eligibility

    begin = eligibility.begin

    def slowly(*args: Any, **kwargs: Any) -> Any:
        talk.slack._slack.clock.advance(4)
        return begin(*args, **kwargs)

    slowly.__module__, slowly.__qualname__ = begin.__module__, begin.__qualname__
    with monkeypatch.context() as patch:
        patch.setattr("bot.services.eligibility.begin", slowly)
        assert "Press the button once more" in (await ada.runs("check")).text
    assert title(await ada.runs("check")) == "Your role"


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize(
    ("kind", "count", "expected"),
    [
        ("rate_limited", 1, "Thank you, noted"),
        ("server_error", 1, "Thank you, noted"),
        ("rate_limited", 3, "Something went wrong"),
        ("server_error", 3, "Something went wrong"),
        ("timeout", 1, "Something went wrong"),
        ("lost_reply", 1, "Thank you, noted"),
    ],
)
@pytest.mark.parametrize("channel", ["dm", "clm"])
async def test_a_private_answer_that_slack_refuses_is_not_swallowed(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    kind: str,
    count: int,
    expected: str,
    channel: str,
) -> None:
    """When the private reply to a button fails it is tried again, or the person hears of it."""
    monkeypatch.setattr("handlers.slack.responding.WITHIN", 0.5)
    async with talking(tmp_path) as talk:
        ada = talk.as_("ada")
        await ada.writes(f"@clm {QUESTION}", channel=channel)
        answer = await ada.sees(ANSWER, channel=channel)
        await talk.post("fault", kind=kind, method="response_url", count=count, retry_after=1)
        await ada.presses("Yes", answer)
        shown = await ada.sees(expected, channel=channel)
        assert shown.raw.get("ephemeral_to") or channel == "dm"
        assert talk.rows("SELECT helpful FROM votes") == [(1,)]
