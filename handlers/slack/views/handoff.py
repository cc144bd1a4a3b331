"""How a hand-off looks to the member: the preview, the ticket's message, what is relayed."""

from collections.abc import Collection, Sequence
from datetime import datetime

from bot.domain.copy import Copy
from bot.domain.handoff import (
    LONGEST_FIELD,
    Happened,
    Preview,
    Refusal,
    Said,
    SharedLine,
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
    divider,
    escaped,
    header,
    marked,
    modal,
    plain,
    quiet,
    text_input,
    words,
)

# Slack counts the text of an edited message in bytes and refuses one above 4,000.
TEXT_BYTES = 3_900

_WHEN, _WHO = "\ufdd0", "\ufdd1"


def told(
    copy: Copy, key: str, *, when: datetime | None = None, who: str = "", **values: str | None
) -> str:
    """A sentence of ours in mrkdwn: times in the reader's zone, `who` (a user id) as a mention."""
    text = escaped(copy.say(key, when=_WHEN, who=_WHO if who else None, **values))
    return text.replace(_WHEN, slack_time(when) if when else "").replace(_WHO, f"<@{who}>")


def slack_time(when: datetime) -> str:
    """A time that Slack shows in the reader's own zone."""
    fallback = f"{when:%Y-%m-%d %H:%M} UTC"
    return f"<!date^{int(when.timestamp())}^{{date_short_pretty}} {{time}}|{fallback}>"


def spoken(head: Sequence[str], literal: Sequence[str], tail: Sequence[str] = ()) -> str:
    """The top-level text: our own mrkdwn around what people wrote, which is cut if it must be."""
    before, after = "\n".join(head), "".join(f"\n{line}" for line in tail)
    room = TEXT_BYTES - len((before + after).encode())
    return before + _literal("".join(f"\n{part}" for part in literal), room) + after


def _literal(text: str, room: int) -> str:
    """What people wrote, escaped, in at most so many bytes."""
    shown = []
    for character in text:
        shown.append(escaped(character))
        room -= len(shown[-1].encode())
        if room < 0:
            return "".join(shown[:-1]) + "…"
    return "".join(shown)


def who_key(person: str | None, desk: Sequence[MemberRef]) -> str:
    """The copy that names somebody of the desk to a member."""
    roles = ("chair", "deputy")
    known = dict(zip(desk, roles, strict=False))
    return f"handoff.{known.get(MemberRef(person or ''), 'desk')}"


def shared_blocks(
    lines: Sequence[SharedLine], member: MemberRef, *, named: bool, copy: Copy
) -> list[Block]:
    """What is shared, the same in the preview and on the card; a name comes with its profile."""
    blocks = [words(str(line)) for line in lines]
    if named:
        blocks.insert(1, small(told(copy, "handoff.profile", who=user_id_of(member))))
    return blocks


def small(text: str) -> Block:
    """Small print of our own copy in mrkdwn."""
    return {"type": "context", "elements": [{"type": "mrkdwn", "text": text}]}


def lasting(row: Block) -> Block:
    """A row of buttons that keeps its id when the message is edited under somebody's finger."""
    return {**row, "block_id": "handoff"}


def preview_modal(
    preview: Preview,
    switched_on: Collection[str],
    member: MemberRef,
    desk: Sequence[MemberRef],
    copy: Copy,
) -> Block:
    """What will be sent, drawn anew with each switch; nothing is sent before it is submitted."""
    lines = preview.lines(switched_on, copy)
    named = "name" in switched_on and preview.adds_to is None
    intro = [words(_intro(preview, copy))]
    if not desk:
        intro.append(words(copy.say("handoff.preview_nobody")))
    note = text_input(
        "note",
        copy.say("handoff.label_note"),
        hint=copy.say("handoff.note_hint"),
        multiline=True,
        optional=True,
        longest=LONGEST_FIELD,
    )
    switches = [_switches(preview, switched_on, copy)] if preview.offered.offered else []
    return modal(
        "handoff.preview",
        copy.say("handoff.preview_title"),
        [
            *intro,
            divider(),
            *shared_blocks(lines, member, named=named, copy=copy),
            divider(),
            *switches,
            note,
        ],
        close=copy.say("handoff.cancel"),
        submit=copy.say("handoff.send"),
        metadata={"draft": preview.draft},
    )


def _intro(preview: Preview, copy: Copy) -> str:
    if preview.adds_to is None:
        return copy.say("handoff.preview_intro")
    return copy.say("handoff.preview_adds", number=str(preview.adds_to))


def _switches(preview: Preview, switched_on: Collection[str], copy: Copy) -> Block:
    options = {
        field: {"text": plain(copy.say(f"handoff.switch_{field}"), 75), "value": field}
        for field in preview.offered.offered
    }
    element: Block = {
        "type": "checkboxes",
        "action_id": "handoff.switch",
        "options": list(options.values()),
    }
    if chosen := [option for field, option in options.items() if field in switched_on]:
        element["initial_options"] = chosen
    return {
        "type": "input",
        "block_id": "fields",
        "dispatch_action": True,
        "optional": True,
        "label": plain(copy.say("handoff.switches"), 2000),
        "element": element,
    }


def sent_modal(ticket: Ticket, copy: Copy, *, added: bool, desk: Sequence[MemberRef]) -> Block:
    """It is on its way: the number, the promise, and where it goes on."""
    key = "handoff.sent_added" if added else "handoff.sent" if desk else "handoff.sent_nobody"
    return _told_modal(copy, [words(copy.say(key, number=str(ticket.number)))])


def refused_modal(refusal: Refusal, copy: Copy, typed: str = "") -> Block:
    """Why nothing was sent; what was typed is given back."""
    blocks = [marked(refused(refusal, copy))]
    if typed:
        blocks += [quiet(copy.say("handoff.not_sent")), words(typed)]
    return _told_modal(copy, blocks)


def _told_modal(copy: Copy, blocks: Sequence[Block]) -> Block:
    title = copy.say("handoff.preview_title")
    return modal("handoff.told", title, blocks, close=copy.say("handoff.done"))


def refused(refusal: Refusal, copy: Copy) -> str:
    """Why nothing happened, in mrkdwn; only the desk is told by mention who has a ticket."""
    who = user_id_of(refusal.who) if refusal.reason == "taken" and refusal.who else ""
    return told(copy, f"handoff.refused_{refusal.reason}", who=who)


def ticket_line(record: TicketRecord, copy: Copy) -> str:
    """An open ticket in one line, for the status."""
    state: str = "answered" if _is_answered(record) else record.ticket.state
    if state == "new" and record.reach in ("nobody", "unreachable"):
        state = "nobody"
    return copy.say(f"handoff.line_{state}", number=str(record.ticket.number))


def ticket_message(record: TicketRecord, copy: Copy) -> Message:
    """The member's message: number, state, promise, what was shared, and each change."""
    ticket = record.ticket
    title = copy.say("handoff.ticket_title", number=str(ticket.number))
    state = copy.say(_state_key(record))
    lines = shared_lines(ticket.shared, copy) if ticket.state != "withdrawn" else ()
    history = [_happened_to_member(line, record, copy) for line in record.shown_history]
    blocks = [header(title), words(state)]
    if lines:
        blocks += [quiet(copy.say("handoff.what_was_shared")), *(words(str(li)) for li in lines)]
    blocks.append(marked("\n".join(history)))
    if ticket.is_open:
        hint = copy.say("handoff.ticket_hint")
        blocks += [quiet(hint), lasting(actions(_withdraw_button(ticket, copy)))]
    head, shared = [escaped(title), escaped(state)], [str(line) for line in lines]
    return Message(spoken(head, shared, history), tuple(blocks))


def _state_key(record: TicketRecord) -> str:
    ticket = record.ticket
    if ticket.state == "closed":
        return f"handoff.state_closed_{ticket.outcome}"
    if ticket.is_open and _is_answered(record):
        return "handoff.state_answered"
    return f"handoff.state_{record.reach if ticket.state == 'new' else ticket.state}"


def _is_answered(record: TicketRecord) -> bool:
    return any(line.what == "answered" for line in record.history)


def _happened_to_member(line: Happened, record: TicketRecord, copy: Copy) -> str:
    by = copy.say(who_key(line.who, record.desk))
    return told(copy, f"handoff.happened_{line.what}", when=line.at, by=by)


def _withdraw_button(ticket: Ticket, copy: Copy) -> Block:
    made = button(copy.say("handoff.withdraw"), "handoff.withdraw", str(ticket.id))
    confirm = {
        "title": plain(copy.say("handoff.withdraw_title"), 100),
        "text": plain(copy.say("handoff.withdraw_text"), 300),
        "confirm": plain(copy.say("handoff.withdraw_yes"), 30),
        "deny": plain(copy.say("handoff.withdraw_no"), 30),
    }
    return {**made, "confirm": confirm}


def relay_message(said: Said, desk: Sequence[MemberRef], copy: Copy) -> Message:
    """A message at the member: from the desk, or their own that was sent from a window."""
    if said.by_member:
        head = copy.say("handoff.you_wrote")
    else:
        head = copy.say("handoff.desk_wrote", by=copy.say(who_key(said.author, desk)))
    blocks = [quiet(head), words(said.text)]
    return Message(spoken([escaped(head)], [said.text]), tuple(blocks))
