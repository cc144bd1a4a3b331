""" "Tell me when there is an answer", and the answer when it is there."""

from bot.domain.copy import Copy
from bot.domain.faq import spoken
from bot.domain.learning import Wished
from bot.services.wishes import Fulfilled
from handlers.slack.views.blocks import Message, actions, button, message, words
from handlers.slack.views.faq import reply_blocks

LONGEST_QUESTION = 300


def wished_message(outcome: Wished, turn: int, copy: Copy) -> Message:
    """What became of the wish; while it is open it can be taken back."""
    text = copy.say(f"learning.wish_{outcome}")
    if outcome not in ("wished", "again"):
        return message(text, [words(text)])
    back = button(copy.say("learning.unwish"), "learning.unwish", str(turn))
    return message(text, [words(text), actions(back)])


def taken_back_message(done: bool, copy: Copy) -> Message:
    """It is not awaited any more."""
    text = copy.say("learning.unwished" if done else "learning.not_wished")
    return message(text, [words(text)])


def fulfilled_message(found: Fulfilled, copy: Copy) -> Message:
    """The answer exactly as it is given to whoever asks now, below what was asked."""
    asked = " ".join(found.question.split())
    asked = asked if len(asked) <= LONGEST_QUESTION else f"{asked[: LONGEST_QUESTION - 1]}…"
    head = copy.say("learning.fulfilled", question=asked or None)
    return message(
        f"{head}\n\n{spoken(found.reply, copy)}",
        [words(head), *reply_blocks(found.reply, copy)],
        [words(head), *reply_blocks(found.reply, copy, simple=True)],
    )
