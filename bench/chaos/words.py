"""The bot's own sentences, read when it runs, so that people find buttons and titles by them."""

import html
import re
from datetime import UTC, datetime
from functools import cached_property
from typing import Any

import yaml

from bot.content import ContentPlaces, load_content, shipped_path

_GAP, _NUMBER = "\ue000", "\ue001"


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

    def label(self, key: str) -> str:
        """What stands on a button of a hand-off, or what stands nowhere where there is none."""
        return self.say(key) if (key := f"handoff.{key}") in self._copy.templates else _GAP

    def number_in(self, key: str, text: str) -> str | None:
        """The request's number where `text` says `key`, up to what else it names; else None."""
        before, _, after = self._with_gaps(key, number=_NUMBER).partition(_NUMBER)
        said = re.escape(before) + r"(\d+)" + re.escape(after.partition(_GAP)[0])
        found = re.search(said, text)
        return found[1] if found else None

    @cached_property
    def refusals(self) -> tuple[str, ...]:
        """How what tells the writer that their words in a thread were not passed on begins."""
        keys = (f"handoff.{name}" for name in NOT_PASSED_ON)
        return tuple(self._with_gaps(key).partition(_GAP)[0] for key in keys)

    @cached_property
    def refused(self) -> tuple[str, ...]:
        """What is told when a click came too late: of each sentence what it always says."""
        keys = [key for key in self._copy.templates if key.startswith("handoff.refused_")]
        return tuple(max(self._with_gaps(key).split(_GAP), key=len) for key in keys)

    def _with_gaps(self, key: str, **values: str) -> str:
        """What `key` says, with a gap for everything that the bot names only when it says it."""
        named = re.findall(r"\{(\w+)", str(self._copy.templates[key]))
        gaps = {name: _GAP for name in named if name not in self._copy.values}
        return self.say(key, **{**gaps, **values})


NOT_PASSED_ON = (
    "thread_withdrawn",
    "thread_gone",
    "thread_not_desk",
    "desk_thread_withdrawn",
    "desk_thread_taken",
    "desk_thread_newer_taken",
    "desk_thread_gone",
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
