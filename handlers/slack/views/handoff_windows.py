"""The windows of the desk: to answer, to end, to pass on, to put off, to note."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from bot.domain.copy import Copy
from bot.domain.handoff import (
    LONGEST_MESSAGE,
    LONGEST_NOTE,
    LONGEST_REASON,
    OUTCOMES,
    Note,
    Ticket,
    shared_lines,
)
from handlers.slack.ids import user_id_of
from handlers.slack.views.blocks import Block, divider, modal, plain, quiet, text_input, words
from handlers.slack.views.handoff import reopening_days, small, told

NOTES_IN_WINDOW = 20
"""The newest; a window holds a hundred blocks and no more."""
MOST_RADIO_BUTTONS = 10
USUAL_SNOOZE = timedelta(days=7)


def reply_modal(ticket: Ticket, copy: Copy) -> Block:
    """The window that takes an answer, with what was shared above it."""
    shared = [words(str(line)) for line in shared_lines(ticket.shared, copy)]
    field = text_input(
        "reply",
        copy.say("handoff.reply_field"),
        hint=copy.say("handoff.reply_hint"),
        multiline=True,
        longest=LONGEST_MESSAGE,
    )
    return _window(
        "handoff.reply", "handoff.reply_title", "handoff.send", ticket, [*shared, field], copy
    )


def close_modal(ticket: Ticket, copy: Copy) -> Block:
    """The window that takes what came of it."""
    outcomes: dict[str, str] = {
        outcome: copy.say(f"handoff.outcome_{outcome}") for outcome in OUTCOMES
    }
    field = _choice("outcome", copy.say("handoff.close_field"), outcomes)
    hint = quiet(copy.say("handoff.close_hint", days=reopening_days()))
    return _window(
        "handoff.close", "handoff.close_title", "handoff.close_submit", ticket, [field, hint], copy
    )


def reassign_modal(ticket: Ticket, people: Mapping[str, str], copy: Copy) -> Block:
    """The window that takes to whom of the desk (ids and how they are called) and why."""
    fields = [
        _choice("to", copy.say("handoff.reassign_to"), people),
        text_input(
            "reason",
            copy.say("handoff.reassign_reason"),
            hint=copy.say("handoff.reassign_reason_hint"),
            longest=LONGEST_REASON,
        ),
    ]
    return _window(
        "handoff.reassign",
        "handoff.reassign_title",
        "handoff.reassign_submit",
        ticket,
        fields,
        copy,
    )


def snooze_modal(ticket: Ticket, today: date, copy: Copy) -> Block:
    """The window that takes until when."""
    field = {
        "type": "input",
        "block_id": "day",
        "label": plain(copy.say("handoff.snooze_day"), 2000),
        "hint": plain(copy.say("handoff.snooze_hint"), 2000),
        "element": {
            "type": "datepicker",
            "action_id": "value",
            "initial_date": (today + USUAL_SNOOZE).isoformat(),
        },
    }
    return _window(
        "handoff.snooze", "handoff.snooze_title", "handoff.snooze_submit", ticket, [field], copy
    )


def note_modal(ticket: Ticket, notes: Sequence[Note], copy: Copy) -> Block:
    """The window that shows the notes there are, newest first, and takes another."""
    field = text_input(
        "note",
        copy.say("handoff.note_field"),
        hint=copy.say("handoff.note_hint_desk"),
        multiline=True,
        longest=LONGEST_NOTE,
    )
    blocks = [field]
    if not ticket.shared.name:
        blocks.append(quiet(copy.say("handoff.note_hint_nameless")))
    if notes:
        blocks.append(divider())
    for note in notes[:NOTES_IN_WINDOW]:
        head = told(copy, "handoff.card_note", who=user_id_of(note.author), when=note.at)
        blocks += [small(head), words(note.text)]
    return _window(
        "handoff.note", "handoff.note_title", "handoff.note_submit", ticket, blocks, copy
    )


def _choice(block_id: str, label: str, choices: Mapping[str, str]) -> Block:
    options = [{"text": plain(text, 75), "value": value} for value, text in choices.items()]
    kind = "radio_buttons" if len(options) <= MOST_RADIO_BUTTONS else "static_select"
    return {
        "type": "input",
        "block_id": block_id,
        "label": plain(label, 2000),
        "element": {"type": kind, "action_id": "value", "options": options},
    }


def _window(
    callback_id: str, title: str, submit: str, ticket: Ticket, blocks: Sequence[Block], copy: Copy
) -> Block:
    return modal(
        callback_id,
        copy.say(title, number=str(ticket.number)),
        blocks,
        close=copy.say("handoff.cancel"),
        submit=copy.say(submit),
        metadata={"ticket": ticket.id, "version": ticket.version},
    )
