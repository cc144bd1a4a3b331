"""The Home tab: where a member stands and what they can do, from the values of the status."""

from collections.abc import Sequence

from bot.domain.copy import Copy
from bot.services.bank import Bank
from bot.services.home import Dashboard
from handlers.slack.views.blocks import Block, actions, button, divider, header, quiet, words
from handlers.slack.views.dates import dates_blocks
from handlers.slack.views.help import quick_actions
from handlers.slack.views.ledger import latest_blocks
from handlers.slack.views.ledger_export import export_button
from handlers.slack.views.reminders import settings_blocks
from handlers.slack.views.standing import standing_blocks


def home_view(found: Dashboard, bank: Bank) -> Block:
    """What the bot is, where the member stands, their hours, and what they can set."""
    copy = bank.content.copy
    return {
        "type": "home",
        "blocks": [
            header(copy.say("home.title")),
            words(copy.say("home.intro")),
            quick_actions(bank),
            divider(),
            header(copy.say("status.title")),
            *standing_blocks(found.standing, copy, dates=False),
            divider(),
            header(copy.say("status.dates")),
            *dates_blocks(found.dates, copy, applies=found.standing.keeping is None),
            divider(),
            header(copy.say("ledger.title")),
            *_without_emphasis(latest_blocks(found.hours, copy, more=_more(found, copy))),
            divider(),
            header(copy.say("home.settings")),
            *_without_emphasis(settings_blocks(found.reminders, copy)),
            quiet(copy.say("home.help_more")),
            quiet(copy.say("home.privacy")),
            actions(
                button(copy.say("home.my_data"), "privacy.show"),
                button(copy.say("home.erase"), "privacy.ask"),
            ),
        ],
    }


def _more(found: Dashboard, copy: Copy) -> list[Block]:
    return [export_button(copy)] if found.hours.total else []


def _without_emphasis(blocks: Sequence[Block]) -> list[Block]:
    """The same blocks, no button of them standing out: the next step is the standing's."""
    return [
        {**block, "elements": [_plain_button(one) for one in block["elements"]]}
        if block["type"] == "actions"
        else block
        for block in blocks
    ]


def _plain_button(element: Block) -> Block:
    return {name: value for name, value in element.items() if name != "style"}
