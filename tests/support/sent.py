"""What the bot sent, read from the playground's log: for tests of what must never leave it."""

import json
import re
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from tests.support.talk import Talk

_TOKEN = re.compile(r"<(?!!date\^)[^<>]*>")
_STYLE = re.compile(r"(?<![\w*])\*[^*\n]+\*(?!\w)|`[^`]+`")


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
        if node.get("type") == "plain_text":
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
