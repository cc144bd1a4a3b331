"""How erasing is asked for and confirmed."""

from bot.domain.copy import Copy
from handlers.slack.views.blocks import Block, Message, actions, button, message, modal, words


def confirm_message(copy: Copy) -> Message:
    """What goes, with yes and no."""
    text = copy.say("privacy.confirm")
    return message(
        text,
        [
            words(text),
            actions(
                button(copy.say("privacy.erase"), "privacy.erase", style="danger"),
                button(copy.say("privacy.keep"), "privacy.keep"),
            ),
        ],
    )


def confirm_modal(copy: Copy) -> Block:
    """The same in a window."""
    return modal(
        "privacy.erase",
        copy.say("privacy.confirm_title"),
        [words(copy.say("privacy.confirm"))],
        close=copy.say("privacy.keep"),
        submit=copy.say("privacy.erase"),
    )


def erased_modal(copy: Copy) -> Block:
    """It is done."""
    return modal(
        "privacy.erased",
        copy.say("privacy.confirm_title"),
        [words(copy.say("privacy.erased"))],
        close=copy.say("ask.modal_close"),
    )
