"""How a request looks in the committee's private channel, to everybody who reads it there."""

from bot.domain.copy import Copy
from bot.domain.handoff import Ticket, TicketRecord
from handlers.slack.views.blocks import Block, Message, actions, quiet
from handlers.slack.views.handoff import lasting
from handlers.slack.views.handoff_card import card_button, drawn_card, more_menu, moved_message

_MORE = ["reassign", "snooze", "note"]


def channel_card_message(
    record: TicketRecord, copy: Copy, *, is_current: bool, hears_threads: bool
) -> Message:
    """The card in the channel, without what the desk notes for itself; nothing personal stays in a
    channel that is no longer the committee's. The rights of who presses are checked then."""
    if not is_current:
        return moved_message(record.ticket, copy)
    buttons = _buttons(record.ticket, copy, hears_threads=hears_threads)
    return drawn_card(record, None, copy, buttons, desks_own=False)


def _buttons(ticket: Ticket, copy: Copy, *, hears_threads: bool) -> list[Block]:
    if not ticket.is_open:
        return []
    reply = card_button("handoff.reply", "reply", ticket, copy, "primary")
    close = card_button("handoff.close", "close", ticket, copy)
    name = "claim" if ticket.claimed_by is None else "take_over"
    row = [card_button("handoff.claim", name, ticket, copy), reply, close]
    if ticket.claimed_by is not None:
        row.append(card_button("handoff.release", "release", ticket, copy))
    hint = copy.say(f"handoff.channel_hint_{'thread' if hears_threads else 'mention'}")
    return [quiet(hint), lasting(actions(*row, more_menu(_MORE, ticket, copy)))]
