"""The announcement that brings members to the bot."""

from bot.domain.copy import Copy
from handlers.slack.views.blocks import (
    Block,
    Message,
    actions,
    button,
    header,
    marked,
    message,
    words,
)

PARTS = ("what", "member", "employer", "contact")


def announcement_message(copy: Copy) -> Message:
    """What the CLM is, what it does for member and employer, and three buttons."""
    return message(
        _text(copy),
        [*_body(copy), _buttons(copy)],
    )


def preview_blocks(copy: Copy, channel: str) -> list[Block]:
    """The card as it will look, with the choice to post it."""
    question = copy.say("announce.preview", channel=f"<#{channel}>")
    return [
        marked(question),
        *_body(copy),
        actions(
            button(copy.say("announce.post"), "announcement.post", channel, style="primary"),
            button(copy.say("announce.cancel"), "announcement.cancel"),
        ),
    ]


def preview_text(copy: Copy, channel: str) -> str:
    """The preview in words."""
    return f"{copy.say('announce.preview', channel=f'<#{channel}>')}\n\n{_text(copy)}"


def _text(copy: Copy) -> str:
    parts = [copy.say(f"announce.{part}").replace("*", "") for part in PARTS]
    return "\n\n".join([copy.say("announce.title"), *parts])


def _body(copy: Copy) -> list[Block]:
    parts = [marked(copy.say(f"announce.{part}")) for part in PARTS[:-1]]
    return [header(copy.say("announce.title")), *parts, words(copy.say("announce.contact"))]


def _buttons(copy: Copy) -> Block:
    return actions(
        button(copy.say("announce.button_ask"), "faq.open", style="primary"),
        button(copy.say("announce.button_check"), "eligibility.open"),
        button(copy.say("announce.button_chair"), "handoff.open"),
    )
