"""How a hand-off looks at the desk: the card, what is relayed below it, the windows to answer."""

from bot.domain.copy import Copy
from bot.domain.handoff import (
    LONGEST_MESSAGE,
    OUTCOMES,
    Happened,
    Said,
    Ticket,
    TicketRecord,
    shared_lines,
)
from bot.domain.identity import MemberRef
from handlers.slack.ids import user_id_of
from handlers.slack.views.blocks import (
    Block,
    Message,
    actions,
    button,
    escaped,
    header,
    marked,
    message,
    modal,
    plain,
    quiet,
    text_input,
    words,
)
from handlers.slack.views.handoff import lasting, shared_blocks, small, spoken, told


def card_message(record: TicketRecord, holder: MemberRef, copy: Copy) -> Message:
    """The one card, edited in place; somebody who has left the desk sees nothing personal."""
    ticket = record.ticket
    title = copy.say("handoff.card_title", number=str(ticket.number))
    if holder not in record.desk:
        moved = copy.say("handoff.card_moved")
        return message(f"{title}\n{moved}", [header(title), words(moved)])
    state = _state(ticket, holder, copy)
    history = [_happened_to_desk(line, ticket, copy) for line in record.shown_history]
    lines = shared_lines(ticket.shared, copy) if ticket.state != "withdrawn" else ()
    named = bool(ticket.shared.name)
    blocks = [
        header(title),
        marked(state),
        *shared_blocks(lines, ticket.member, named=named, copy=copy),
        marked("\n".join(history)),
        *_buttons(ticket, holder, copy),
    ]
    profile = [told(copy, "handoff.profile", who=user_id_of(ticket.member))] if named else []
    text = spoken([escaped(title)], [str(line) for line in lines], [*profile, state, *history])
    return Message(text, tuple(blocks))


def _state(ticket: Ticket, holder: MemberRef, copy: Copy) -> str:
    if ticket.state == "claimed" and ticket.claimed_by == holder:
        return told(copy, "handoff.card_yours")
    key = f"handoff.card_{ticket.state}"
    if ticket.state == "closed":
        key = f"handoff.card_closed_{ticket.outcome}"
    return told(copy, key, who=user_id_of(ticket.claimed_by) if ticket.claimed_by else "")


def _happened_to_desk(line: Happened, ticket: Ticket, copy: Copy) -> str:
    by_member = line.who == ticket.member and line.what in ("sent", "added", "withdrawn")
    who = "" if by_member or line.what == "member_unreachable" else user_id_of(line.who)
    return told(copy, f"handoff.desk_{line.what}", when=line.at, who=who)


def _buttons(ticket: Ticket, holder: MemberRef, copy: Copy) -> list[Block]:
    if not ticket.is_open:
        return []
    primary = "primary"
    if ticket.claimed_by is None:
        row = [
            _button("handoff.claim", "claim", ticket, copy, primary),
            _button("handoff.reply", "reply", ticket, copy),
            _button("handoff.close", "close", ticket, copy),
        ]
    elif ticket.claimed_by == holder:
        row = [
            _button("handoff.reply", "reply", ticket, copy, primary),
            _button("handoff.close", "close", ticket, copy),
            _button("handoff.release", "release", ticket, copy),
        ]
    else:
        row = [_button("handoff.claim", "take_over", ticket, copy)]
    return [quiet(copy.say("handoff.card_hint")), lasting(actions(*row))]


def _button(action_id: str, name: str, ticket: Ticket, copy: Copy, style: str = "") -> Block:
    # The version tells whether the click knew of the newest change.
    value = f"{ticket.id}:{ticket.version}"
    label = copy.say(f"handoff.{name}_label", number=str(ticket.number))
    return button(copy.say(f"handoff.{name}"), action_id, value, style=style, label=label)


def card_relay_message(said: Said, ticket: Ticket, copy: Copy) -> Message:
    """A message at the desk: from the member, or an echo of what the desk answered."""
    if not said.by_member:
        head = told(copy, "handoff.echo", who=user_id_of(said.author))
        return Message(spoken([head], [said.text]), (small(head), words(said.text)))
    if ticket.state == "withdrawn":
        gone = copy.say("handoff.message_withdrawn")
        return message(gone, [words(gone)])
    head = copy.say("handoff.member_wrote", name=ticket.shared.name or None)
    return Message(spoken([escaped(head)], [said.text]), (quiet(head), words(said.text)))


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
    return modal(
        "handoff.reply",
        copy.say("handoff.reply_title", number=str(ticket.number)),
        [*shared, field],
        close=copy.say("handoff.cancel"),
        submit=copy.say("handoff.send"),
        metadata={"ticket": ticket.id},
    )


def close_modal(ticket: Ticket, copy: Copy) -> Block:
    """The window that takes what came of it."""
    options = [
        {"text": plain(copy.say(f"handoff.outcome_{outcome}"), 75), "value": outcome}
        for outcome in OUTCOMES
    ]
    field = {
        "type": "input",
        "block_id": "outcome",
        "label": plain(copy.say("handoff.close_field"), 2000),
        "element": {"type": "radio_buttons", "action_id": "value", "options": options},
    }
    return modal(
        "handoff.close",
        copy.say("handoff.close_title", number=str(ticket.number)),
        [field, quiet(copy.say("handoff.close_hint"))],
        close=copy.say("handoff.cancel"),
        submit=copy.say("handoff.close_submit"),
        metadata={"ticket": ticket.id},
    )
