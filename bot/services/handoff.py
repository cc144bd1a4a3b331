"""Hand-offs: previewed, sent with consent, answered, ended; each change is told to both sides."""

from collections.abc import Callable, Collection
from datetime import timedelta

from bot.domain import handoff_moves as rules
from bot.domain.handoff import (
    LONGEST_FIELD,
    Opened,
    Preview,
    Refusal,
    SharedFields,
    Ticket,
    shared_lines,
)
from bot.domain.handoff_reach import answering
from bot.domain.identity import MemberRef
from bot.services import digest_traces, faq
from bot.services.desk_channel_cards import agreed_to, give_channel
from bot.services.handoff_delivery import card_delivered, deliver_missing, undeliverable
from bot.services.handoff_desk import (
    claim,
    close,
    others,
    reassign,
    release,
    reply,
    snooze,
    to_answer,
    to_move,
    today_of,
)
from bot.services.handoff_edits import edited, taken_back
from bot.services.handoff_notes import note, to_note
from bot.services.handoff_reading import happened, names, open_tickets, read
from bot.services.handoff_telling import (
    TICKET,
    draw_messages_again,
    give_card,
    move,
    replace_in_slack,
    say_at_desk,
    show,
    slot_of,
)
from bot.services.handoff_thread import (
    Thread,
    Written,
    add,
    hear,
    is_arriving,
    reopen_for_member,
    said,
    thread_at,
)
from bot.services.roles import desk_of
from bot.services.transaction import Transaction, promises, reads, writes
from bot.store import handoff, handoff_words, members, outbox

__all__ = [
    "Thread",
    "Written",
    "agreed_to",
    "card_delivered",
    "claim",
    "close",
    "deliver_missing",
    "edited",
    "erase",
    "expire",
    "happened",
    "hear",
    "is_arriving",
    "names",
    "note",
    "open",
    "open_ticket_of",
    "open_tickets",
    "others",
    "prepare",
    "previewed",
    "read",
    "reassign",
    "release",
    "reopen",
    "reply",
    "said",
    "snooze",
    "taken_back",
    "thread_at",
    "to_answer",
    "to_move",
    "to_note",
    "today_of",
    "undeliverable",
    "withdraw",
]

PREVIEWS_KEPT = timedelta(days=1)

StandingText = Callable[[Transaction, MemberRef], str]
"""Where a member stands, in one sentence; empty when nothing is known."""


@writes
def prepare(
    tx: Transaction,
    member: MemberRef,
    *,
    name: str = "",
    time_zone: str = "",
    turn_id: int = 0,
    standing: StandingText | None = None,
) -> Preview:
    """Gather what the member may share and keep it, so that what is sent is what was shown."""
    members.meet(tx.db, tx.workspace, member, tx.now)
    handoff.drop_drafts_before(tx.db, tx.now - PREVIEWS_KEPT)
    current = open_ticket_of(tx, member)
    known = current is not None and bool(current.shared.name)
    offered = SharedFields(
        name="" if known else name,
        question=_shortened(_question(tx, member, turn_id)),
        standing=standing(tx, member) if standing else "",
        time_zone=time_zone,
    )
    adds_to = current.number if current else None
    return handoff.add_draft(tx.db, tx.workspace, member, offered, adds_to, tx.now)


@reads
def previewed(tx: Transaction, member: MemberRef, draft_id: int) -> Preview | None:
    """A preview that is still kept."""
    return handoff.draft(tx.db, tx.workspace, member, draft_id)


@promises
def open(
    tx: Transaction,
    member: MemberRef,
    draft_id: int,
    switched_on: Collection[str],
    note: str,
    key: str,
    *,
    channel: str = "",
) -> Opened | Refusal:
    """Send what was previewed: a new ticket, or a further message in the open one.

    `key` names the submission: the same one again comes to the same ticket. `channel` is the
    committee's, if the preview said that it sees the request too.
    """
    if before := handoff.done_by(tx.db, tx.workspace, key):
        ticket = handoff.get(tx.db, tx.workspace, before[0])
        return Opened(ticket, added=before[1] == "added") if ticket else Refusal("gone")
    preview = handoff.draft(tx.db, tx.workspace, member, draft_id)
    current = open_ticket_of(tx, member)
    if preview is None or (preview.adds_to is not None and current is None):
        return Refusal("stale")
    shared = preview.offered.only(switched_on, note)
    if current is not None:
        return _add(tx, current, draft_id, shared, key)
    handoff.drop_draft(tx.db, draft_id)
    return Opened(_new(tx, member, shared, key, channel), added=False)


@promises
def withdraw(tx: Transaction, member: MemberRef, ticket_id: int) -> Ticket | Refusal:
    """The member takes it back; what they shared and wrote vanishes from the cards."""
    ticket = handoff.get(tx.db, tx.workspace, ticket_id)
    if ticket is None or ticket.member != member:
        return Refusal("gone")
    if ticket.state == "withdrawn":
        return ticket
    moved = rules.withdraw(ticket)
    if isinstance(moved, Refusal):
        return moved
    handoff_words.blank_member_messages(tx.db, ticket.id)
    handoff_words.drop_notes(tx.db, ticket.id)
    handoff.blank_reasons(tx.db, ticket.id)
    move(tx, ticket, moved, member, "withdrawn")
    digest_traces.forget_ticket(tx, ticket)
    draw_messages_again(tx, moved)
    say_at_desk(tx, moved, "handoff.told_withdrawn")
    return moved


@promises
def reopen(tx: Transaction, member: MemberRef, ticket_id: int, key: str) -> Ticket | Refusal:
    """The member goes on with what was closed lately; the desk is told."""
    if before := handoff.done_by(tx.db, tx.workspace, key):
        return handoff.get(tx.db, tx.workspace, before[0]) or Refusal("gone")
    ticket = handoff.get(tx.db, tx.workspace, ticket_id)
    if ticket is None or ticket.member != member:
        return Refusal("gone")
    newer = open_ticket_of(tx, member)
    if newer is not None and newer.id != ticket.id:
        return Refusal("another_open", number=newer.number)
    moved = reopen_for_member(tx, ticket, key)
    if not isinstance(moved, Refusal):
        say_at_desk(tx, moved, "handoff.told_reopened", about=f"reopened:{moved.version}")
    return moved


def open_ticket_of(tx: Transaction, member: MemberRef) -> Ticket | None:
    """The member's open ticket; there is one at the most."""
    return handoff.open_of(tx.db, tx.workspace, member)


@writes
def erase(tx: Transaction, member: MemberRef, why: str = "erased") -> None:
    """Delete the member's tickets; what stands of them in Slack is replaced by a sentence.

    `why` names the sentences: erased (the member asked for it), left or expired.
    """
    for ticket in handoff.all_of(tx.db, tx.workspace, member):
        replace_in_slack(tx, ticket, why)
    handoff.erase(tx.db, tx.workspace, member)


@writes
def expire(tx: Transaction, ticket: Ticket) -> None:
    """Delete a ticket that ended long ago; likewise."""
    digest_traces.forget_ticket(tx, ticket)
    replace_in_slack(tx, ticket, "expired")
    for message in handoff_words.all_said(tx.db, ticket.id):
        outbox.erase_slot(tx.db, tx.workspace, f"message:{message.id}")
    outbox.erase_slot(tx.db, tx.workspace, slot_of(TICKET, ticket.id))
    handoff.drop(tx.db, ticket.id)


def _new(
    tx: Transaction, member: MemberRef, shared: SharedFields, key: str, channel: str
) -> Ticket:
    ticket_id = handoff.add(tx.db, tx.workspace, member, shared, tx.now)
    ticket = handoff.get(tx.db, tx.workspace, ticket_id)
    assert ticket is not None
    handoff.happened(tx.db, ticket.id, member, "sent", tx.now, key)
    for person in answering(desk_of(tx), member)[:1]:
        give_card(tx, ticket, person)
    give_channel(tx, ticket, channel)
    show(tx, ticket)
    return ticket


def _add(
    tx: Transaction, ticket: Ticket, draft_id: int, shared: SharedFields, key: str
) -> Opened | Refusal:
    if not (shared.question or shared.note):
        return Refusal("nothing_new")
    handoff.drop_draft(tx.db, draft_id)
    lines = shared_lines(shared, tx.bank.content.copy, adding=True)
    written = Written("\n".join(str(line) for line in lines), False, key)
    add(tx, ticket, written, typed_in_thread=False)
    return Opened(ticket, added=True)


def _question(tx: Transaction, member: MemberRef, turn_id: int) -> str:
    """The member's own words of a turn; the name of an action ("Talk to the chair") is none."""
    question = faq.question_of(tx, member, turn_id)
    entries = tx.bank.content.entries.values()
    return "" if any(e.is_action and e.question == question for e in entries) else question


def _shortened(question: str) -> str:
    if len(question) <= LONGEST_FIELD:
        return question
    return question[: LONGEST_FIELD - 1].rstrip() + "…"
