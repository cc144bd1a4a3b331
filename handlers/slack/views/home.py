"""The Home tab."""

from bot.domain.standing import Standing
from bot.services.bank import Bank
from handlers.slack.views.blocks import Block, actions, button, divider, header, quiet, words
from handlers.slack.views.help import quick_actions
from handlers.slack.views.standing import standing_blocks


def home_view(standing: Standing, bank: Bank) -> Block:
    """What the bot is, where the member stands, and what they can do."""
    copy = bank.content.copy
    return {
        "type": "home",
        "blocks": [
            header(copy.say("home.title")),
            words(copy.say("home.intro")),
            quick_actions(bank),
            divider(),
            header(copy.say("status.title")),
            *standing_blocks(standing, copy),
            divider(),
            quiet(copy.say("home.help_more")),
            quiet(copy.say("home.privacy")),
            actions(button(copy.say("home.erase"), "privacy.ask")),
        ],
    }
