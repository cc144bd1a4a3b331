"""The words after `/clm chair`: each with the right that it takes, looked up when it is typed.

The line that explains a word is `chair.word_<word>` of content/messages.yaml.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from bot.domain.roles import Right
from handlers.slack import (
    announcement,
    away,
    curation,
    digest,
    handover,
    learning,
    numbers,
    people,
    review,
    wordings,
)
from handlers.slack.asked import Asked

__all__ = ["DESK_WORDS", "DeskWord"]


@dataclass(frozen=True, slots=True)
class DeskWord:
    """What a word opens: `Asked.text` is what was typed after it.

    Without a right it is for everybody who has a role.
    """

    right: Right | None
    on_command: Callable[[Asked], Awaitable[None]]


DESK_WORDS: Mapping[str, DeskWord] = {
    "questions": DeskWord("edit", learning.on_command),
    "wordings": DeskWord("edit", wordings.on_command),
    "bank": DeskWord("edit", curation.on_command),
    "review": DeskWord("edit", review.on_command),
    "numbers": DeskWord("numbers", numbers.on_command),
    "digest": DeskWord("tend", digest.on_command),
    "away": DeskWord("answer", away.on_command),
    "back": DeskWord("answer", away.on_back_command),
    "people": DeskWord(None, people.on_command),
    "handover": DeskWord("hand_over", handover.on_command),
    "announce": DeskWord("announce", announcement.on_command),
}
"""In the order in which they are shown: what is done most comes first."""
