"""What tests of a hand-off's views draw, and what Slack makes of it."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import get_args

from bot.domain.handoff import LONGEST_FIELD, Happened, SharedFields, State, Ticket, What
from bot.playground.blocks import message_faults
from handlers.slack.views.blocks import Message
from tests.support.handoff import ADA, CHAIR, DEPUTY, HERE, NOBODY, chapter_of, copy_of

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
COPY = copy_of(chapter_of())
EMPTY_COPY = copy_of(chapter_of(NOBODY, NOBODY, name=None, reply_promise=None))
NASTY = "<!channel> <@U0GUS> & <b>bold</b> *x* `y` <https://x.org|z> 🦊 שלום "
TEXTS = [NASTY * 30, "🦊" * LONGEST_FIELD, "&" * LONGEST_FIELD, "a"]
KINDS: tuple[What, ...] = get_args(What)
NAMES: dict[str, str] = {CHAIR: f"Christina {'<!channel>'}", DEPUTY: "Devika Rao"}
MOST_BLOCKS_JSON = 12_000


def ticket(state: State, text: str = "a", **more: object) -> Ticket:
    """A ticket with this text in every field."""
    cut = text[:LONGEST_FIELD]
    shared = SharedFields(cut[:80], cut, cut[:300], "America/Chicago", cut)
    claimed = None if state == "new" else CHAIR
    made = Ticket(1, HERE, 7, ADA, state, 3, claimed, None, shared, NOW, NOW)
    return replace(made, **more)  # type: ignore[arg-type]


def line(what: What, reason: str = "") -> Happened:
    """A line of history as it is kept."""
    detail = {"reassigned": CHAIR, "snoozed": NOW.isoformat()}.get(what, "")
    return Happened(CHAIR, what, NOW, detail, reason if what == "reassigned" else "")


def check(shown: Message) -> None:
    """Slack takes it, posted and edited, and nothing in it can call or forge anybody."""
    body = {"text": shown.text, "blocks": list(shown.blocks)}
    for method in ("chat.postMessage", "chat.update"):
        assert message_faults(body, method=method) == []
    assert len(json.dumps(body["blocks"], ensure_ascii=False)) < MOST_BLOCKS_JSON
    marked = [shown.text, *mrkdwn_in(list(shown.blocks))]
    for text in marked:
        assert "<!channel>" not in text
        assert "<@U0GUS>" not in text
        assert "<https" not in text


def mrkdwn_in(node: object) -> list[str]:
    """Every mrkdwn text in a piece of a message or view."""
    if isinstance(node, dict):
        own = [str(node["text"])] if node.get("type") == "mrkdwn" else []
        return own + [text for value in node.values() for text in mrkdwn_in(value)]
    if isinstance(node, list):
        return [text for value in node for text in mrkdwn_in(value)]
    return []
