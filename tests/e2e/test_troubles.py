"""Trouble between bot and Slack: what a member asked for arrives all the same, and once."""

import logging
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import aiohttp
import pytest
import structlog

from bot import log
from bot.cli.running import settings_for
from bot.errors import SettingsError
from bot.runtime import Runtime
from handlers.slack.serve import serving
from tests.support.talk import Person, Shown, Talk, connected, demo_bank, local_slack, talking
from tests.support.wizard import ADMINISTRATOR, title, walks

QUESTION = "How many education hours do I need before applying?"
ANSWER = "10 hours"
OTHER = "What are the education categories?"
OTHER_ANSWER = "writing skills"
SECRET = "Zebedee Quartermain earns 41,000"


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Calls give up, and the connection is watched, so soon that nobody waits for a test."""
    monkeypatch.setattr("handlers.slack.serve.TIMEOUT", aiohttp.ClientTimeout(total=0.5))
    monkeypatch.setattr("handlers.slack.connection.PING_EVERY", 0.5)
    monkeypatch.setattr("handlers.slack.connection.WATCH_EVERY", 0.2)


async def answers(person: Person, text: str = ANSWER, channel: str = "dm") -> list[Shown]:
    return [m for m in await person.messages(channel) if "bot_id" in m.raw and text in m.words]


KINDS = ["rate_limited", "server_error", "timeout", "lost_reply", "disconnect"]


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
        assert len(await answers(ada)) == 1


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


async def test_a_locked_database_is_waited_for(talk: Talk, ada: Person) -> None:
    """While another program holds the records, nothing is lost; the answer comes after, once."""
    with held(talk.runtime.database) as release:
        seq = talk.slack.journal.seq
        await ada.writes(QUESTION)
        assert await talk.slack.journal.wait(seq, '"kind": "event"', 5.0)
        release()
        assert await ada.sees(ANSWER)
    await talk.quiet()
    assert len(await answers(ada)) == 1


@contextmanager
def held(database: Path) -> Iterator[Callable[[], None]]:
    """Another program that holds the database's write lock until it is released."""
    db = sqlite3.connect(database, isolation_level=None)
    db.execute("BEGIN IMMEDIATE")

    def release() -> None:
        if db.in_transaction:
            db.rollback()

    try:
        yield release
    finally:
        release()
        db.close()


async def test_a_database_that_stays_locked_is_said(
    talk: Talk, ada: Person
) -> None:
    """When the records cannot be reached at all, the person reads that, with a reference."""
    talk.runtime._store.writing.execute("PRAGMA busy_timeout=100")
    with held(talk.runtime.database):
        shown = await ada.says(QUESTION)
        assert "I cannot reach my records right now" in shown.text
        assert "Reference" in shown.text
    assert ANSWER in (await ada.says(QUESTION)).text


@pytest.fixture
def listening(capsys: pytest.CaptureFixture[str]) -> Iterator[Callable[[], Callable[[], str]]]:
    """Begins to keep the log as an operator has it, and gives a way to read it so far."""
    levels = {name: logging.getLogger(name).level for name in log.QUIET}

    def begin() -> Callable[[], str]:
        log.set_up("DEBUG", json=True)
        return lambda: "".join(capsys.readouterr())

    yield begin
    structlog.reset_defaults()
    for name, level in levels.items():
        logging.getLogger(name).setLevel(level)


@pytest.mark.parametrize("way", ["DM", "mention", "command", "button", "window"])
async def test_an_unforeseen_failure_gives_a_reference_that_is_in_the_log(
    talk: Talk, ada: Person, monkeypatch: pytest.MonkeyPatch, listening: Any, way: str
) -> None:
    """The person reads "Something went wrong" with a reference; the log has it and nothing else."""
    written_so_far = listening()
    answer = await ada.says(QUESTION)
    await ada.runs("ask")

    def broken(*_: object) -> None:
        raise RuntimeError(f"{SECRET} {ada.name} {talk.slack.bot_token}")

    monkeypatch.setattr("bot.store.faq.add", broken)
    monkeypatch.setattr("bot.store.faq.vote", broken)
    shown = await fails(ada, way, answer)
    assert "Something went wrong on my side, and nothing was lost" in shown.text
    reference = shown.text.rpartition("reference ")[2].strip(" .")
    assert len(reference) == 8
    written = written_so_far()
    assert reference in written
    assert "RuntimeError" in written
    for private in (SECRET, "Zebedee", QUESTION, "xoxb-", "xapp-", "U0ADA", "Okafor"):
        assert private not in written


async def fails(ada: Person, way: str, answer: Shown) -> Shown:
    """Do something that fails inside, and return what the person is shown."""
    if way == "DM":
        return await ada.says(f"{QUESTION} {SECRET}")
    if way == "mention":
        return await ada.says(f"@clm {QUESTION} {SECRET}", channel="clm")
    if way == "command":
        return await ada.runs(f"{QUESTION} {SECRET}")
    if way == "button":
        return await ada.presses_for("Yes", answer)
    window = (await ada.modals())[-1]
    refused = await ada.submits(window, {"question": f"{QUESTION} {SECRET}"})
    assert "trouble connecting" in refused["detail"]
    assert (await ada.modals())[-1].raw["id"] == window.raw["id"]
    return await ada.sees("Something went wrong")


async def test_the_log_of_an_ordinary_day_holds_nothing_personal(
    talk: Talk, ada: Person, listening: Any
) -> None:
    """Questions, windows, votes and troubles leave no name, no word and no token in the log."""
    written_so_far = listening()
    answer = await ada.says(QUESTION)
    await ada.presses("Yes", answer)
    await talk.post("fault", kind="server_error", method="chat.postMessage")
    await ada.writes(f"{OTHER} {SECRET}")
    await talk.quiet()
    await walks(ada, await ada.runs("check"), ADMINISTRATOR)
    await talk.post("fault", kind="disconnect", reason="none")
    await connected(talk.slack)
    await ada.home()
    written = written_so_far()
    assert "notice not delivered" in written
    for private in (SECRET, "Zebedee", QUESTION, "xoxb-", "xapp-", "U0ADA", "D0ADA", "Okafor"):
        assert private not in written
