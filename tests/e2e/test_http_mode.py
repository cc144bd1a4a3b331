"""The same bot over signed HTTP: the main conversation, and what it refuses."""

import json
import time
from collections.abc import AsyncIterator, Mapping
from pathlib import Path
from urllib.parse import urlencode

import aiohttp
import pytest
from slack_sdk.signature import SignatureVerifier

from tests.support.talk import Json, Person, Talk, local_slack, talk_on, talking
from tests.support.wizard import ADMINISTRATOR, title, walks

QUESTION = "How many education hours do I need before applying?"
ANSWER = "10 hours"
EVENT: Json = {
    "type": "event_callback",
    "team_id": "T0CHAPTER",
    "event_id": "Ev0FORGED",
    "authorizations": [{"team_id": "T0CHAPTER", "is_bot": True, "user_id": "U0CLMBOT"}],
    "event": {
        "type": "message",
        "channel_type": "im",
        "channel": "D0ADA",
        "user": "U0ADA",
        "ts": "1700000000.000100",
        "text": QUESTION,
    },
}
COMMAND = {
    "command": "/clm",
    "text": "status",
    "user_id": "U0ADA",
    "team_id": "T0CHAPTER",
    "channel_id": "C0CLM",
    "trigger_id": "1.2.3",
}


@pytest.fixture
async def talk(tmp_path: Path) -> AsyncIterator[Talk]:
    async with talking(tmp_path, http=True) as opened:
        yield opened


async def test_the_main_conversation_over_http(talk: Talk, ada: Person) -> None:
    """Ask, mention, command, button, vote, check and status work as they do in Socket Mode."""
    assert talk.slack.connections == 0
    answer = await ada.says(QUESTION)
    assert ANSWER in answer.text
    await ada.writes(f"@clm {QUESTION}", channel="clm")
    assert (await ada.sees(ANSWER, channel="clm")).raw["thread_ts"]
    assert ANSWER in (await ada.runs(QUESTION)).text
    await ada.presses("Yes", answer)
    assert await ada.sees("Thank you, noted")
    assert talk.rows("SELECT helpful FROM votes") == [(1,)]
    related = await ada.presses_for(answer.buttons[0], answer)
    assert "Source:" in related.text
    verdict = await walks(ada, await ada.runs("check"), ADMINISTRATOR)
    assert "you appear to meet the requirements" in verdict.words
    await talk.quiet()
    assert "you appear to meet" in (await ada.runs("status")).words
    assert "you appear to meet" in (await ada.home()).words


async def test_a_field_is_refused_and_a_window_answers_over_http(talk: Talk, ada: Person) -> None:
    """Errors at a field and a window that takes another's place travel in the response itself."""
    await talk.post("shortcut", user="ada", callback_id="ask_question")
    window = (await ada.modals())[-1]
    assert "question" in (await ada.submits(window, {"question": "  "}))["errors"]
    assert ANSWER in (await ada.goes_on(window, {"question": QUESTION})).words


async def test_the_chair_is_reached_over_http(talk: Talk, ada: Person) -> None:
    """A hand-off made over HTTP has its card at the chair's at once."""
    sent = await ada.goes_on(await ada.runs("chair"), {"note": "Please call me."})
    assert "Your request no. 1 is on its way" in sent.words
    card = await talk.as_("christina").sees("Request no. 1")
    assert "Please call me." in card.words


async def test_an_event_sent_again_over_http_is_answered_once(talk: Talk, ada: Person) -> None:
    """A retry with Slack's retry headers is acknowledged and not answered again."""
    await ada.says(QUESTION)
    await talk.quiet()
    events = [r for r in (await talk.get("log"))["log"] if r["kind"] == "event"]
    seq = talk.slack.journal.seq
    event_id = next(r["body"]["event_id"] for r in events if r["user"] == "U0ADA")
    await talk.post("redeliver", event_id=event_id)
    assert await talk.slack.journal.wait(seq, '"kind": "ack", "name": "message"', 5.0)
    await talk.quiet()
    assert sum(ANSWER in m.text for m in await ada.messages()) == 1


async def test_a_restart_over_http_goes_on(tmp_path: Path) -> None:
    """Behind the same playground a restarted bot knows what was told before."""
    async with local_slack() as slack:
        async with talk_on(slack, tmp_path, http=True) as talk:
            await walks(talk.as_("ada"), await talk.as_("ada").runs("check"), ADMINISTRATOR[:2])
        async with talk_on(slack, tmp_path, http=True) as talk:
            assert title(await talk.as_("ada").runs("check")) == "Level of your job"


async def knocks(talk: Talk, body: str, headers: Mapping[str, str]) -> int:
    """Post to the bot's request URL as anybody could; the status."""
    http = talk.slack._slack.delivery.http
    assert http is not None
    async with (
        aiohttp.ClientSession() as session,
        session.post(http.request_url, data=body.encode(), headers=headers) as response,
    ):
        return response.status


def signed(body: str, secret: str, stamp: str | None = None) -> dict[str, str]:
    stamp = stamp or str(int(time.time()))
    signature = SignatureVerifier(secret).generate_signature(timestamp=stamp, body=body)
    return {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": str(signature)}


JSON = {"Content-Type": "application/json"}
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


@pytest.mark.parametrize("kind", ["event", "command"])
@pytest.mark.parametrize(
    "fault", ["none at all", "another secret", "another body", "too old", "no number", "empty"]
)
async def test_a_request_that_slack_did_not_sign_is_refused(
    talk: Talk, ada: Person, fault: str, kind: str
) -> None:
    """A missing, wrong or old signature is refused, and nothing of the request is kept."""
    body = json.dumps(EVENT) if kind == "event" else urlencode(COMMAND)
    secret = talk.slack.signing_secret
    headers = {
        "none at all": {},
        "another secret": signed(body, "guessed"),
        "another body": signed(body + " ", secret),
        "too old": signed(body, secret, str(int(time.time()) - 360)),
        "no number": signed(body, secret, "soon"),
        "empty": {"X-Slack-Request-Timestamp": "", "X-Slack-Signature": ""},
    }[fault]
    status = await knocks(talk, body, {**headers, **(JSON if kind == "event" else FORM)})
    assert status == 401
    await talk.quiet()
    assert await ada.messages() == []
    assert await talk.calls("chat.postMessage") == await talk.calls("chat.postEphemeral") == []
    assert talk.rows("SELECT * FROM inbox") == []


async def test_the_same_request_signed_rightly_is_taken(talk: Talk, ada: Person) -> None:
    """What the refusals above lack is the signature alone."""
    body = json.dumps(EVENT)
    assert await knocks(talk, body, {**signed(body, talk.slack.signing_secret), **JSON}) == 200
    await ada.sees(ANSWER)


@pytest.mark.parametrize("body", ["", "{", "null", "[]", "payload=%7B", "payload=", "\x00"])
async def test_a_signed_request_that_makes_no_sense_breaks_nothing(
    talk: Talk, ada: Person, body: str
) -> None:
    """Garbage is not carried out, whatever Bolt answers to it, and the bot goes on."""
    for kind in (JSON, FORM):
        await knocks(talk, body, {**signed(body, talk.slack.signing_secret), **kind})
    assert talk.rows("SELECT * FROM inbox") == []
    assert ANSWER in (await ada.says(QUESTION)).text
