"""What came in and what the bot sent, read from the playground's log."""

import json
import re
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from tests.support.talk import Json, Person, Shown, Talk

_TOKEN = re.compile(r"<(?!!date\^)[^<>]*>")
_STYLE = re.compile(r"(?<![\w*])\*[^*\n]+\*(?!\w)|`[^`]+`")


_LITERAL = ("plain_text", "text")
"""Plain text, and a leaf of rich text: Slack draws both as they are."""


async def marked_up(talk: Talk, allowed: Collection[str] = ()) -> list[str]:
    """Every mention, link, broadcast or styled text that Slack would draw in what the bot sent.

    Style in a message's own text is left out: only its notification shows that text, undrawn.
    """
    log = (await talk.get("log"))["log"]
    sent = [r["body"] for r in log if r["dir"] == "from_bot" and r["kind"] in ("api", "ack")]
    texts = [text for body in sent for text in _mrkdwn(body.get("request", body))]
    found = [match[0] for text, _ in texts for match in _TOKEN.finditer(text)]
    found += [m[0] for text, is_block in texts if is_block for m in _STYLE.finditer(text)]
    return [markup for markup in found if markup not in allowed]


def _mrkdwn(node: Any) -> Iterator[tuple[str, bool]]:
    """The texts that Slack reads as mrkdwn, and whether each stands in a block."""
    if isinstance(node, str) and node[:1] in ("{", "["):
        node = _parsed(node)
    if isinstance(node, Mapping):
        if node.get("type") in _LITERAL:
            return
        if isinstance(node.get("text"), str):
            yield node["text"], node.get("type") == "mrkdwn"
        for name, value in node.items():
            if name not in ("text", "private_metadata", "metadata"):
                yield from _mrkdwn(value)
        if not isinstance(node.get("text"), str):
            yield from _mrkdwn(node.get("text"))
    elif isinstance(node, list):
        for value in node:
            yield from _mrkdwn(value)


def _parsed(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return None


async def bot_messages(person: Person, channel: str = "dm") -> list[Shown]:
    return [m for m in await person.messages(channel) if "bot_id" in m.raw]


async def event_done(talk: Talk, seq: int, mark: str) -> None:
    """Wait until the event with this mark after a log number is acknowledged and dealt with."""
    heard = await talk.slack.journal.wait(seq, mark, 5.0)
    assert heard is not None
    assert await talk.slack.journal.wait(heard.seq, '"kind": "ack"', 5.0)
    await talk.quiet()


async def last_event(talk: Talk, user: str) -> str:
    """The id of the newest event that a person caused."""

    async def look() -> str:
        log = (await talk.get("log"))["log"]
        events = [r for r in log if r["kind"] == "event" and r["user"] == user]
        return str(events[-1]["body"]["event_id"]) if events else ""

    found: str = await talk.until(look, "an event")
    return found


async def posts_with_button(talk: Talk, channel: str, action_id: str, value: str = "") -> Shown:
    """A message of the bot with one button, as an earlier version may have left it."""
    button: Json = {
        "type": "button",
        "text": {"type": "plain_text", "text": "Old"},
        "action_id": action_id,
    }
    if value:
        button["value"] = value
    blocks = [{"type": "actions", "elements": [button]}]
    posted = await api(talk, "chat.postMessage", channel=channel, text="From before", blocks=blocks)
    return Shown(posted["message"], "dm" if channel.startswith("D") else channel)


async def api(talk: Talk, method: str, **args: Any) -> Json:
    """A call of the Web API with the bot's token."""
    headers = {"Authorization": f"Bearer {talk.slack.bot_token}"}
    url = talk.slack.api_url + method
    async with talk._http.post(url, json=args, headers=headers) as response:
        answer: Json = await response.json()
    assert answer["ok"], answer
    return answer


async def bot_says(person: Person, text: str, channel: str = "dm") -> list[Shown]:
    """The messages of the bot with this text that a person sees."""
    return [m for m in await person.messages(channel) if "bot_id" in m.raw and text in m.words]
