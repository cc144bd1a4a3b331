"""How a sentence of the bot looks in a request's thread."""

from bot.domain.copy import Copy
from handlers.slack.views.blocks import Message, actions, button, marked


def word_message(text: str, copy: Copy, *, offers: bool) -> Message:
    """A sentence in mrkdwn; where there is nothing to go on with it `offers` to ask anew."""
    row = [actions(button(copy.say("ask.chair"), "handoff.open"))] if offers else []
    return Message(text, (marked(text), *row))
