"""How a hand-off looks at the desk: the card, and what is relayed below it."""

from bot.domain.copy import Copy
from bot.domain.handoff import SHOWN_NOTES, Happened, Note, Said, Ticket, TicketRecord, shared_lines
from bot.domain.identity import MemberRef
from handlers.slack.ids import user_id_of
from handlers.slack.views.blocks import (
    Block,
    Message,
    actions,
    button,
    cut,
    escaped,
    header,
    marked,
    message,
    plain,
    quiet,
    words,
)
from handlers.slack.views.handoff import (
    lasting,
    literally,
    relayed,
    shared_blocks,
    small,
    spoken,
    told,
)
from handlers.slack.views.handoff_ticket import BY_EITHER, until_of

NOTE_ON_CARD = 300
"""Characters of a note on the card; the window has it whole."""
SPOKEN_NOTE = 240
"""Bytes of a note in the top-level text."""
_BY_MEMBER = frozenset({"sent", "added", "withdrawn"})
_BY_NOBODY = frozenset({"member_unreachable", "woken"})


def card_message(record: TicketRecord, holder: MemberRef, copy: Copy) -> Message:
    """The one card, edited in place; somebody who has left the desk sees nothing personal."""
    if holder not in record.desk:
        return moved_message(record.ticket, copy)
    # Whoever asked as a member does not read what is noted of them, chair or not.
    desks_own = holder != record.ticket.member
    return drawn_card(record, holder, copy, _buttons(record, holder, copy), desks_own=desks_own)


def moved_message(ticket: Ticket, copy: Copy) -> Message:
    """In place of a card, where it no longer belongs."""
    title = copy.say("handoff.card_title", number=str(ticket.number))
    moved = copy.say("handoff.card_moved")
    return message(f"{title}\n{moved}", [header(title), words(moved)])


def drawn_card(
    record: TicketRecord,
    holder: MemberRef | None,
    copy: Copy,
    buttons: list[Block],
    *,
    desks_own: bool,
) -> Message:
    """A card for one holder, or for everybody who reads it (None); with what the desk keeps to
    itself, notes and reasons, only where that is `desks_own` to read."""
    ticket = record.ticket
    title = copy.say("handoff.card_title", number=str(ticket.number))
    state = _state(ticket, holder, copy)
    history = [_happened_to_desk(line, ticket, copy) for line in record.shown_history]
    lines = shared_lines(ticket.shared, copy) if ticket.state != "withdrawn" else ()
    named = bool(ticket.shared.name)
    reason = _reason(record, copy) if desks_own else ""
    notes = record.notes if desks_own else ()
    blocks = [
        header(title),
        marked(state),
        *shared_blocks(lines, ticket.member, named=named, copy=copy),
        *([words(reason)] if reason else []),
        *_note_blocks(notes, ticket, copy),
        marked("\n".join(history)),
        *buttons,
    ]
    profile = [told(copy, "handoff.profile", who=user_id_of(ticket.member))] if named else []
    said = [literally(reason, SPOKEN_NOTE)] if reason else []
    tail = [*profile, state, *said, *_spoken_notes(notes, ticket, copy), *history]
    text = spoken([escaped(title)], [str(line) for line in lines], tail)
    return Message(text, tuple(blocks))


def _state(ticket: Ticket, holder: MemberRef | None, copy: Copy) -> str:
    who = user_id_of(ticket.claimed_by) if ticket.claimed_by else ""
    if not ticket.is_open:
        if ticket.state == "withdrawn":
            return told(copy, "handoff.card_withdrawn")
        return told(copy, f"handoff.card_closed_{ticket.outcome}", who=who)
    if ticket.claimed_by is None:
        return told(copy, "handoff.card_new")
    key = "yours" if ticket.claimed_by == holder else "claimed"
    found = [told(copy, f"handoff.card_{key}", who=who)]
    if ticket.state == "waiting_member":
        found.append(told(copy, "handoff.card_waits_for_member"))
    elif ticket.state == "waiting_chair":
        found.append(told(copy, "handoff.card_waits_for_desk"))
    if ticket.snoozed_until:
        found.append(told(copy, "handoff.card_put_off", until=ticket.snoozed_until))
    return " ".join(found)


def _happened_to_desk(line: Happened, ticket: Ticket, copy: Copy) -> str:
    """A line of history; it names no member, who may have asked without their name."""
    key = f"handoff.desk_{line.what}"
    by_member = line.who == ticket.member and line.what in BY_EITHER
    if by_member:
        key = f"handoff.desk_{line.what}_member"
    nobody = by_member or line.what in _BY_NOBODY or line.what in _BY_MEMBER
    who = "" if nobody or not line.who else user_id_of(line.who)
    to = user_id_of(line.detail) if line.what == "reassigned" else None
    return told(copy, key, when=line.at, until=until_of(line), who=who, to=to)


def _reason(record: TicketRecord, copy: Copy) -> str:
    """Why it was passed on to whoever has it now."""
    lines = [line for line in record.history if line.what == "reassigned" and line.reason]
    if not lines or lines[-1].detail != record.ticket.claimed_by:
        return ""
    return copy.say("handoff.card_reason", reason=lines[-1].reason)


def _note_blocks(notes: tuple[Note, ...], ticket: Ticket, copy: Copy) -> list[Block]:
    if not notes:
        return []
    found = [quiet(copy.say("handoff.card_notes"))]
    for note in notes[:SHOWN_NOTES]:
        found += [small(_note_head(note, copy)), words(cut(note.text, NOTE_ON_CARD))]
    more = _older(notes, ticket, copy)
    return [*found, *([quiet(more)] if more else [])]


def _spoken_notes(notes: tuple[Note, ...], ticket: Ticket, copy: Copy) -> list[str]:
    if not notes:
        return []
    shown = [
        f"{_note_head(note, copy)} {literally(note.text, SPOKEN_NOTE)}"
        for note in notes[:SHOWN_NOTES]
    ]
    more = _older(notes, ticket, copy)
    return [
        escaped(copy.say("handoff.card_notes")),
        *shown,
        *([escaped(more)] if more else []),
    ]


def _note_head(note: Note, copy: Copy) -> str:
    return told(copy, "handoff.card_note", who=user_id_of(note.author), when=note.at)


def _older(notes: tuple[Note, ...], ticket: Ticket, copy: Copy) -> str:
    more = len(notes) - SHOWN_NOTES
    if more <= 0:
        return ""
    # What has ended has no menu to choose from.
    key = "handoff.card_notes_where" if ticket.is_open else "handoff.card_notes_more"
    return copy.say(key, number=str(more))


def _buttons(record: TicketRecord, holder: MemberRef, copy: Copy) -> list[Block]:
    ticket = record.ticket
    if not ticket.is_open:
        return _closed_buttons(record, copy)
    primary, is_own = "primary", holder == ticket.member
    if ticket.claimed_by is None:
        row = [
            card_button("handoff.claim", "claim", ticket, copy, primary),
            card_button("handoff.reply", "reply", ticket, copy),
            card_button("handoff.close", "close", ticket, copy),
        ]
        more = ["reassign", "snooze", "note"]
    elif ticket.claimed_by == holder:
        row = [
            card_button("handoff.reply", "reply", ticket, copy, primary),
            card_button("handoff.close", "close", ticket, copy),
            card_button("handoff.release", "release", ticket, copy),
        ]
        more = ["reassign", "snooze", "note"]
    else:
        row = [card_button("handoff.claim", "take_over", ticket, copy)]
        more = ["note"]
    if is_own:
        more.remove("note")
    menu = [more_menu(more, ticket, copy)] if more else []
    return [quiet(copy.say("handoff.card_hint")), lasting(actions(*row, *menu))]


def _closed_buttons(record: TicketRecord, copy: Copy) -> list[Block]:
    ticket = record.ticket
    if ticket.state != "closed" or not record.is_answered:
        return []
    label = copy.say("handoff.save_reply_label", number=str(ticket.number))
    text = copy.say("handoff.save_reply")
    return [lasting(actions(button(text, "learning.save_reply", str(ticket.id), label=label)))]


def more_menu(names: list[str], ticket: Ticket, copy: Copy) -> Block:
    """What is wanted now and then, in a menu beside the buttons."""
    options = [
        {
            "text": plain(copy.say(f"handoff.more_{name}"), 75),
            "value": f"{name}:{ticket.id}:{ticket.version}",
        }
        for name in names
    ]
    return {"type": "overflow", "action_id": "handoff.more", "options": options}


def card_button(action_id: str, name: str, ticket: Ticket, copy: Copy, style: str = "") -> Block:
    """A button of a card, which names the request to who cannot see the card around it."""
    # The version tells whether the click knew of the newest change.
    value = f"{ticket.id}:{ticket.version}"
    label = copy.say(f"handoff.{name}_label", number=str(ticket.number))
    return button(copy.say(f"handoff.{name}"), action_id, value, style=style, label=label)


def card_relay_message(said: Said, ticket: Ticket, copy: Copy) -> Message:
    """A message at the desk: from the member, or an echo of what the desk answered."""
    if not said.by_member:
        who = user_id_of(said.author)
        if said.is_taken_back:
            gone = told(copy, "handoff.echo_removed", who=who)
            return Message(gone, (marked(gone),))
        head = told(copy, "handoff.echo_edited" if said.edited_at else "handoff.echo", who=who)
        return relayed(small(head), spoken([head], [said.text]), said.text)
    name = ticket.shared.name or None
    if ticket.state == "withdrawn":
        gone = copy.say("handoff.message_withdrawn")
        return message(gone, [words(gone)])
    if said.is_taken_back:
        gone = copy.say("handoff.member_removed", name=name)
        return message(gone, [words(gone)])
    key = "handoff.member_wrote_edited" if said.edited_at else "handoff.member_wrote"
    head = copy.say(key, name=name)
    return relayed(quiet(head), spoken([escaped(head)], [said.text]), said.text)
