"""How a hand-off looks to the member: the ticket's message, its line, what is relayed to them."""

from dataclasses import replace
from datetime import datetime

from bot.domain.copy import Copy
from bot.domain.handoff import Happened, Said, Ticket, TicketRecord, shared_lines
from bot.domain.handoff_reach import answering
from bot.domain.identity import MemberRef
from handlers.slack.views.blocks import (
    Block,
    Message,
    actions,
    button,
    escaped,
    header,
    marked,
    message,
    plain,
    quiet,
    words,
)
from handlers.slack.views.handoff import lasting, relayed, reopening_days, spoken, told

DESKS_OWN = frozenset({"noted"})
"""What happens at the desk alone; the member's message says nothing of it."""

BY_EITHER = frozenset({"reopened", "edited", "taken_back"})
"""What both sides do; who did is told by the sentence."""


def ticket_line(record: TicketRecord, copy: Copy) -> str:
    """An open ticket in one line, for the status."""
    ticket = record.ticket
    state: str = "snoozed" if ticket.snoozed_until else ticket.state
    if state == "new" and record.reach in ("nobody", "unreachable"):
        state = "nobody"
    return copy.say(f"handoff.line_{state}", number=str(ticket.number))


def ticket_message(record: TicketRecord, copy: Copy) -> Message:
    """The member's message: number, state, promise, what was shared, and each change."""
    ticket = record.ticket
    title = copy.say("handoff.ticket_title", number=str(ticket.number))
    state = _state(record, copy)
    lines = shared_lines(ticket.shared, copy) if ticket.state != "withdrawn" else ()
    history = [_happened_to_member(line, record, copy) for line in _theirs(record).shown_history]
    blocks = [header(title), marked(state)]
    if lines:
        blocks += [quiet(copy.say("handoff.what_was_shared")), *(words(str(li)) for li in lines)]
    blocks.append(marked("\n".join(history)))
    hint = _hint(record, copy)
    blocks += [*([quiet(hint)] if hint else []), *_buttons(record, copy)]
    head, shared = [escaped(title), state], [str(line) for line in lines]
    tail = [*history, *([escaped(hint)] if hint and not ticket.is_open else [])]
    return Message(spoken(head, shared, tail), tuple(blocks))


def _theirs(record: TicketRecord) -> TicketRecord:
    """Left out before the history is cut: a line less would tell that the desk has noted it."""
    return replace(
        record, history=tuple(line for line in record.history if line.what not in DESKS_OWN)
    )


def _state(record: TicketRecord, copy: Copy) -> str:
    ticket = record.ticket
    by = _name(ticket.claimed_by or _first(record), record, copy)
    if ticket.snoozed_until:
        return told(copy, "handoff.state_snoozed", by=by, until=ticket.snoozed_until)
    key = f"handoff.state_{record.reach if ticket.state == 'new' else ticket.state}"
    if ticket.state == "closed":
        key = f"handoff.state_closed_{ticket.outcome}"
    return told(copy, key, by=by)


def _first(record: TicketRecord) -> MemberRef | None:
    """Whom it goes to before anybody else."""
    return next(iter(answering(record.desk, record.ticket.member)), None)


def _hint(record: TicketRecord, copy: Copy) -> str:
    if record.ticket.is_open:
        return copy.say("handoff.ticket_hint")
    if record.can_reopen:
        return copy.say("handoff.hint_reopen", days=reopening_days())
    return copy.say("handoff.hint_over") if record.ticket.state == "closed" else ""


def _buttons(record: TicketRecord, copy: Copy) -> list[Block]:
    ticket = record.ticket
    if ticket.is_open:
        return [lasting(actions(_withdraw_button(ticket, copy)))]
    if not record.can_reopen:
        return []
    label = copy.say("handoff.reopen_label", number=str(ticket.number))
    made = button(copy.say("handoff.reopen"), "handoff.reopen", str(ticket.id), label=label)
    return [lasting(actions(made))]


def _happened_to_member(line: Happened, record: TicketRecord, copy: Copy) -> str:
    key = f"handoff.happened_{line.what}"
    if line.what in BY_EITHER and line.who == record.ticket.member:
        key = f"handoff.happened_{line.what}_member"
    text = told(
        copy,
        key,
        when=line.at,
        until=until_of(line),
        by=_name(line.who, record, copy),
        heir=_name(line.detail, record, copy),
    )
    return text[:1].upper() + text[1:]


def _name(person: str | None, record: TicketRecord, copy: Copy) -> str:
    return record.names.get(person or "") or copy.say("handoff.desk")


def until_of(line: Happened) -> datetime | None:
    """Until when a ticket was put off."""
    return datetime.fromisoformat(line.detail) if line.what == "snoozed" else None


def _withdraw_button(ticket: Ticket, copy: Copy) -> Block:
    made = button(copy.say("handoff.withdraw"), "handoff.withdraw", str(ticket.id))
    confirm = {
        "title": plain(copy.say("handoff.withdraw_title"), 100),
        "text": plain(copy.say("handoff.withdraw_text"), 300),
        "confirm": plain(copy.say("handoff.withdraw_yes"), 30),
        "deny": plain(copy.say("handoff.withdraw_no"), 30),
    }
    return {**made, "confirm": confirm}


def relay_message(said: Said, by: str, copy: Copy) -> Message:
    """A message at the member: from the desk (`by`, as members know them), or their own that was
    not typed in this thread."""
    who = "you" if said.by_member else "desk"
    if said.is_taken_back:
        gone = copy.say(f"handoff.{who}_removed", by=by)
        return message(gone[:1].upper() + gone[1:], [words(gone[:1].upper() + gone[1:])])
    edited = "_edited" if said.edited_at else ""
    head = copy.say(f"handoff.{who}_wrote{edited}", by=by)
    return relayed(quiet(head), spoken([escaped(head)], [said.text]), said.text)
