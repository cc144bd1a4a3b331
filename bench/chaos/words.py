"""The bot's own sentences, read when it runs, so that people find buttons and titles by them."""

import html
from datetime import UTC, datetime
from functools import cached_property
from typing import Any

import yaml

from bot.content import ContentPlaces, load_content, shipped_path

_GAP = "\ue000"


class Words:
    def __init__(self) -> None:
        demo: dict[str, Any] = yaml.safe_load(
            shipped_path("data/demo.yaml").read_text(encoding="utf-8")
        )
        self.demo = demo
        places = ContentPlaces(shipped=shipped_path("content"), chapter=demo["chapter"])
        self._copy = load_content(places, datetime.now(UTC).date()).copy

    def say(self, key: str, **values: str) -> str:
        return self._copy.say(key, **values)

    def number_in(self, key: str, text: str) -> str | None:
        """The request's number where `text` says `key`, else None."""
        before, _, after = self.say(key, number=_GAP).partition(_GAP)
        start = text.find(before)
        if start < 0:
            return None
        number = text[start + len(before) :].split(after[:2] or "\n", 1)[0]
        return number if number.isdigit() and f"{before}{number}{after}" in text else None

    @cached_property
    def refusals(self) -> tuple[str, ...]:
        """What tells the writer that their words in a thread were not passed on."""
        return tuple(self.say(f"handoff.{key}") for key in NOT_PASSED_ON)

    @cached_property
    def refused(self) -> tuple[str, ...]:
        """The beginnings of what is told when a click came too late."""
        keys = [key for key in self._copy.templates if key.startswith("handoff.refused_")]
        return tuple(self._beginning(key) for key in keys)

    def _beginning(self, key: str) -> str:
        given = self._copy.templates[key]
        names = {part.split("}")[0].split("|")[0] for part in str(given).split("{")[1:]}
        own = {name: _GAP for name in names if name not in self._copy.values}
        return self.say(key, **own).partition(_GAP)[0]


NOT_PASSED_ON = (
    "thread_closed",
    "thread_gone",
    "thread_not_desk",
    "desk_thread_closed",
    "desk_thread_taken",
)


def unescaped(text: str) -> str:
    return html.unescape(text)


def all_texts(node: Any) -> list[str]:
    """Every text in a message or view, however deep."""
    if isinstance(node, dict):
        own = [unescaped(node["text"])] if isinstance(node.get("text"), str) else []
        return own + [text for value in node.values() for text in all_texts(value)]
    if isinstance(node, list):
        return [text for value in node for text in all_texts(value)]
    return []
