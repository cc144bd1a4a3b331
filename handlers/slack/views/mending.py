"""What the editor is told of the content files."""

from bot.domain.copy import Copy
from bot.domain.mending import Condition
from handlers.slack.views.blocks import Message, cut, message, quiet, words

LONGEST_FAULT = 200


def mending_message(condition: Condition, copy: Copy) -> Message:
    """Where the faults are and what the bot does meanwhile, or that all is in order again."""
    if condition.is_sound:
        text = copy.say("mending.mended")
        return message(text, [words(text)])
    intro, closing = copy.say(f"mending.{condition.stand_in}"), copy.say("mending.closing")
    faults = [f"- {cut(fault, LONGEST_FAULT)}" for fault in condition.shown]
    if condition.left_out:
        faults.append(copy.say("mending.more", count=str(condition.left_out)))
    listed = "\n".join(faults)
    return message(f"{intro}\n{listed}\n\n{closing}", [words(intro), words(listed), quiet(closing)])
