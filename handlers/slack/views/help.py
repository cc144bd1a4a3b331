"""How the bot explains itself."""

from bot.services.bank import Bank
from handlers.slack.views.blocks import Block, Message, actions, button, message, quiet, words


def help_text(bank: Bank) -> str:
    """What one can do, that it is automated, and whether the answers are approved."""
    copy = bank.content.copy
    approved = [e.approved is not None for e in bank.content.entries.values() if not e.is_action]
    key = "all_approved" if all(approved) else "some_unapproved"
    key = key if any(approved) else "all_unapproved"
    limits = copy.say(
        "help.limits", automated=copy.say("bot.automated"), approval=copy.say(f"help.{key}")
    )
    return f"{copy.say('help.text')}\n\n{limits}"


def help_message(bank: Bank) -> Message:
    """The explanation with its buttons."""
    explained, _, limits = help_text(bank).rpartition("\n\n")
    return message(help_text(bank), [words(explained), quiet(limits), quick_actions(bank)])


def welcome_message(bank: Bank) -> Message:
    """The first thing a member reads."""
    copy = bank.content.copy
    welcome, automated = copy.say("welcome.text"), copy.say("bot.automated")
    return message(
        f"{welcome}\n\n{automated}", [words(welcome), quiet(automated), quick_actions(bank)]
    )


def quick_actions(bank: Bank) -> Block:
    """The four things a member comes for."""
    copy = bank.content.copy
    return actions(
        button(copy.say("help.button_ask"), "faq.open", style="primary"),
        button(copy.say("help.button_check"), "eligibility.open"),
        button(copy.say("help.button_status"), "standing.show"),
        button(copy.say("help.button_chair"), "handoff.open"),
    )
