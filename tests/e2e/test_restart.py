"""Killed, ended and started again: what was acknowledged is answered, and answered once."""

import signal
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.playground.server import Playground
from tests.support.process import Started, all_done, change, clm_run, gone, talk_beside
from tests.support.talk import Person, Shown, Talk, local_slack

QUESTION = "How many education hours do I need before applying?"
ANSWER = "10 hours"
APOLOGY = "Sorry for the wait"
# The bot hears a question, keeps it and acknowledges it; writing the turn then takes for ever.
STALL = (
    "CREATE VIEW for_ever AS WITH RECURSIVE n(i) AS "
    "(SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000000000000) SELECT count(*) AS c FROM n",
    "CREATE TRIGGER stall BEFORE INSERT ON turns BEGIN SELECT c FROM for_ever; END",
)
GO_ON = ("DROP TRIGGER stall", "DROP VIEW for_ever")


@pytest.fixture
async def slack() -> AsyncIterator[Playground]:
    async with local_slack() as opened:
        yield opened


@pytest.fixture
async def talk(slack: Playground, tmp_path: Path) -> AsyncIterator[Talk]:
    async with talk_beside(slack, tmp_path) as opened:
        yield opened


@pytest.fixture
async def ada(talk: Talk) -> Person:
    return talk.as_("ada")


async def answers(person: Person, channel: str = "dm") -> list[Shown]:
    return [m for m in await person.messages(channel) if "bot_id" in m.raw]


async def acknowledged(talk: Talk, seq: int, name: str) -> None:
    """Wait for the ack of an event after a log number, and for nothing else."""
    heard = await talk.slack.journal.wait(seq, f'"kind": "ack", "name": "{name}"', 10.0)
    assert heard is not None


async def killed_after_the_ack(
    talk: Talk, bot: Started, home: Path, text: str, channel: str
) -> None:
    """Ask, and kill the bot when it has acknowledged the question and answered nothing."""
    change(home, *STALL)
    seq = talk.slack.journal.seq
    await talk.as_("ada").writes(text, channel=channel)
    await acknowledged(talk, seq, "message" if channel == "dm" else "app_mention")
    assert await bot.ends_by(signal.SIGKILL) == -signal.SIGKILL
    change(home, *GO_ON)
    assert talk.rows("SELECT * FROM turns") == []
    await gone(talk.slack)


@pytest.mark.parametrize("channel", ["dm", "clm"])
async def test_what_was_acknowledged_before_a_kill_is_answered_after_it(
    talk: Talk, ada: Person, tmp_path: Path, channel: str
) -> None:
    """Slack will not send it again, so the bot takes it up itself: one answer, no apology."""
    async with clm_run(talk.slack, tmp_path) as bot:
        await killed_after_the_ack(talk, bot, tmp_path, f"@clm {QUESTION}", channel)
    assert await answers(ada, channel) == []
    async with clm_run(talk.slack, tmp_path):
        answer = await ada.sees(ANSWER, channel=channel)
        await all_done(talk)
    assert APOLOGY not in answer.text
    assert len(await answers(ada, channel)) == 1
    async with clm_run(talk.slack, tmp_path):
        await all_done(talk)
    assert len(await answers(ada, channel)) == 1


@pytest.mark.parametrize("text", [QUESTION, "status", "help"])
async def test_what_was_decided_before_a_kill_is_not_decided_twice(
    talk: Talk, ada: Person, tmp_path: Path, text: str
) -> None:
    """Killed after the answer was kept and before it was told, the bot tells it once."""
    async with clm_run(talk.slack, tmp_path) as bot:
        stall = STALL[1].replace("BEFORE INSERT ON turns", "BEFORE UPDATE OF done_at ON inbox")
        change(tmp_path, STALL[0], stall)
        # The delivery may begin before the question is ticked off; it gets nowhere either way.
        await talk.post("fault", kind="timeout", method="chat.postMessage")
        await ada.writes(text)
        await talk.until(lambda: kept(talk), "a turn")
        await bot.ends_by(signal.SIGKILL)
    talk.slack._slack.troubles.ordered.clear()
    change(tmp_path, *GO_ON)
    assert await answers(ada) == []
    async with clm_run(talk.slack, tmp_path):
        await talk.until(lambda: answers(ada), "an answer")
        await all_done(talk)
    assert len(await answers(ada)) == 1


async def kept(talk: Talk) -> bool:
    return bool(talk.rows("SELECT * FROM turns"))


async def test_after_a_long_absence_the_answer_begins_with_an_apology(
    talk: Talk, ada: Person, tmp_path: Path
) -> None:
    """Who waited more than ten minutes is told so with the answer, instead of silence."""
    async with clm_run(talk.slack, tmp_path) as bot:
        await killed_after_the_ack(talk, bot, tmp_path, QUESTION, "dm")
    earlier = "strftime('%Y-%m-%dT%H:%M:%f+00:00', 'now', '-11 minutes')"
    change(tmp_path, f"UPDATE inbox SET received_at = {earlier}")
    async with clm_run(talk.slack, tmp_path):
        answer = await ada.sees(ANSWER)
        await all_done(talk)
    assert answer.text.startswith(APOLOGY)
    assert len(await answers(ada)) == 1


async def test_what_waited_to_be_told_survives_a_kill(
    talk: Talk, ada: Person, tmp_path: Path
) -> None:
    """An answer that Slack would not take before the kill is delivered after it, once."""
    async with clm_run(talk.slack, tmp_path) as bot:
        await talk.post("fault", kind="timeout", method="chat.postMessage")
        await ada.writes(QUESTION)
        await talk.until(lambda: queued(talk), "a queued answer")
        await bot.ends_by(signal.SIGKILL)
    talk.slack._slack.troubles.ordered.clear()
    assert len(talk.rows("SELECT * FROM outbox")) == 1
    assert await answers(ada) == []
    async with clm_run(talk.slack, tmp_path):
        await ada.sees(ANSWER)
        await all_done(talk)
    assert len(await answers(ada)) == 1


async def test_what_had_arrived_before_a_kill_is_recognised(
    talk: Talk, ada: Person, tmp_path: Path
) -> None:
    """A message whose receipt was lost with the bot is found again and not sent twice."""
    async with clm_run(talk.slack, tmp_path) as bot:
        await talk.post("fault", kind="lost_reply", method="chat.postMessage")
        seq = talk.slack.journal.seq
        await ada.writes(QUESTION)
        assert await talk.slack.journal.wait(seq, '"trouble": "lost_reply"', 10.0)
        await bot.ends_by(signal.SIGKILL)
    assert len(await answers(ada)) == 1
    assert len(talk.rows("SELECT * FROM outbox")) == 1
    async with clm_run(talk.slack, tmp_path):
        await all_done(talk)
        assert ANSWER in (await ada.sees(ANSWER)).text
    assert len(await answers(ada)) == 1


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_a_signal_ends_it_cleanly(
    talk: Talk, ada: Person, tmp_path: Path, number: int
) -> None:
    """Being told to end, it ends with exit code 0, says nothing alarming and leaves all done."""
    async with clm_run(talk.slack, tmp_path) as bot:
        await ada.writes(QUESTION)
        await ada.sees(ANSWER)
        await all_done(talk)
        assert await bot.ends_by(number) == 0
    printed = bot.printed.read_text()
    assert "Traceback" not in printed
    assert "error" not in printed.casefold()


async def test_a_signal_amid_a_delivery_loses_nothing(
    talk: Talk, ada: Person, tmp_path: Path
) -> None:
    """Ended while Slack keeps it waiting, it ends soon, and the next start delivers."""
    async with clm_run(talk.slack, tmp_path) as bot:
        await talk.post("fault", kind="timeout", method="chat.postMessage")
        seq = talk.slack.journal.seq
        await ada.writes(QUESTION)
        await acknowledged(talk, seq, "message")
        await talk.until(lambda: queued(talk), "a queued answer")
        assert await bot.ends_by(signal.SIGTERM) == 0
    talk.slack._slack.troubles.ordered.clear()
    assert await answers(ada) == []
    async with clm_run(talk.slack, tmp_path):
        await ada.sees(ANSWER)
        await all_done(talk)
    assert len(await answers(ada)) == 1


async def queued(talk: Talk) -> bool:
    return bool(talk.rows("SELECT * FROM outbox WHERE state = 'sending'"))


async def test_nothing_of_a_member_is_printed(talk: Talk, ada: Person, tmp_path: Path) -> None:
    """What an operator sees of a day's work holds no token, no name and no word of a member."""
    async with clm_run(talk.slack, tmp_path) as bot:
        await ada.writes(f"{QUESTION} Zebedee")
        await talk.until(lambda: answers(ada), "an answer")
        await talk.post("open-home", user="ada", tab="home")
        await all_done(talk)
        assert await bot.ends_by(signal.SIGTERM) == 0
    printed = bot.printed.read_text()
    assert "The CLM bot is running" in printed
    for private in ("xoxb-", "xapp-", "Zebedee", "U0ADA", QUESTION):
        assert private not in printed
