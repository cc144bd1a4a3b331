"""A reply that becomes an answer: which one, and the request to read it once more."""

from bot.domain.copy import Copy
from bot.services.saved_replies import SavedReplies
from handlers.slack.views.blocks import BUTTON_TEXT, Block, cut, modal, plain, quiet, words

LONGEST_SHOWN = 600


def reply_modal(found: SavedReplies, copy: Copy) -> Block:
    """What is left of each reply, the last one first and chosen."""
    if not found.replies:
        return nothing_modal(copy)
    blocks: list[Block] = [words(copy.say("learning.reply_cleared"))]
    several = len(found.replies) > 1
    for at, text in enumerate(found.replies):
        if several:
            blocks.append(quiet(_name(at, copy)))
        blocks.append(words(cut(text, LONGEST_SHOWN)))
    if several:
        options = [
            {"text": plain(_name(at, copy), BUTTON_TEXT), "value": str(at)}
            for at in range(len(found.replies))
        ]
        chosen = {"type": "radio_buttons", "action_id": "value", "options": options}
        blocks.append(
            {
                "type": "input",
                "block_id": "reply",
                "label": plain(copy.say("learning.reply_choose"), 2000),
                "element": {**chosen, "initial_option": options[0]},
            }
        )
    return modal(
        "learning.reply",
        copy.say("learning.reply_title"),
        blocks,
        close=copy.say("ask.modal_close"),
        submit=copy.say("learning.reply_go_on"),
        metadata={"ticket": found.ticket},
    )


def nothing_modal(copy: Copy) -> Block:
    """There is nothing to save."""
    return modal(
        "learning.reply",
        copy.say("learning.reply_title"),
        [words(copy.say("learning.reply_nothing"))],
        close=copy.say("ask.modal_close"),
    )


def _name(at: int, copy: Copy) -> str:
    if at == 0:
        return copy.say("learning.reply_last")
    return copy.say("learning.reply_before", number=str(at))
