"""The words after `/clm chair`: each with the right that it takes, looked up when it is typed."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from bot.domain.roles import Right
from handlers.slack.asked import Asked

__all__ = ["DESK_WORDS", "DeskWord"]


@dataclass(frozen=True, slots=True)
class DeskWord:
    """What a word opens: `Asked.text` is what was typed after it."""

    right: Right
    on_command: Callable[[Asked], Awaitable[None]]


DESK_WORDS: Mapping[str, DeskWord] = {}
