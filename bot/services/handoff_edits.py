"""What was carried over and then edited or taken back by its author: the other side follows."""

from collections.abc import Sequence
from datetime import datetime

from bot.domain.handoff import MOST_PARTS, Said, Ticket, parts_of
from bot.domain.identity import MemberRef
from bot.domain.notices import Landing
from bot.services.desk_channel import channel_known
from bot.services.handoff_telling import Reader, draw_again, relay, say_in_thread, show
from bot.services.handoff_thread import Thread, Written, hear_now
from bot.services.roles import desk_of
from bot.services.transaction import Transaction, promises
from bot.store import handoff, handoff_cards, handoff_words


@promises
def edited(tx: Transaction, who: MemberRef, thread: Thread, written: Written) -> None:
    """Carry over what somebody made of their message; a refused edit leaves what was there.

    Of two edits that arrive in the wrong order the later one stays. What was not carried over
    before, being too long perhaps, is now.
    """
    if written.typed_at is None or handoff.done_by(tx.db, tx.workspace, written.key):
        return
    parts = handoff_words.said_at(tx.db, tx.workspace, written.typed_at)
    if not parts:
        hear_now(tx, who, thread, written)
        return
    ticket = handoff.get(tx.db, tx.workspace, parts[0].ticket)
    at = written.edited_at or tx.now
    if ticket is None or parts[0].author != who or _is_overtaken(parts, at):
        return
    texts = parts_of(written.text)
    if tuple(part.text for part in parts if part.text) == texts:
        return
    sentence = _unfit(tx, who, ticket, parts[0], written)
    if sentence is None:
        handoff.happened(tx.db, ticket.id, who, "edited", tx.now, written.key)
        _rewrite(tx, ticket, parts, texts, at, written.typed_at)
        show(tx, ticket)
        sentence = "handoff.edit_carried"
    to = thread.place or who
    say_in_thread(tx, to, thread.side, thread.ticket, sentence, about=written.key)


@promises
def taken_back(
    tx: Transaction, who: MemberRef, thread: Thread, typed_at: Landing, key: str
) -> None:
    """Somebody deleted what they wrote: the other side no longer sees it, nor is it kept."""
    parts = handoff_words.said_at(tx.db, tx.workspace, typed_at)
    ticket = handoff.get(tx.db, tx.workspace, parts[0].ticket) if parts else None
    if ticket is None or parts[0].author != who or not any(part.text for part in parts):
        return
    handoff.happened(tx.db, ticket.id, who, "taken_back", tx.now, key)
    _rewrite(tx, ticket, parts, (), tx.now, typed_at)
    tx.erased.append(f"message:{parts[0].id}")
    show(tx, ticket)
    sentence = "handoff.taken_back_too"
    say_in_thread(tx, thread.place or who, thread.side, thread.ticket, sentence, about=key)


def _rewrite(
    tx: Transaction,
    ticket: Ticket,
    parts: Sequence[Said],
    texts: Sequence[str],
    at: datetime,
    typed_at: Landing,
) -> None:
    """Lay the new text over the parts there are; more come below, of fewer the rest is emptied."""
    for number, part in enumerate(parts):
        text = texts[number] if number < len(texts) else ""
        handoff_words.rewrite(tx.db, part, text, at)
        found = handoff_words.said(tx.db, part.id)
        assert found is not None
        draw_again(tx, ticket, found)
    first = parts[0]
    seen_by = None if first.by_member else _typed_in(tx, first, typed_at)
    to_member = not first.by_member or _has(tx, ticket.member, f"message:{first.id}")
    for number, text in enumerate(texts[len(parts) :], len(parts)):
        more = handoff_words.say(
            tx.db, ticket.id, first.author, first.by_member, text, tx.now, typed_at, number
        )
        handoff_words.rewrite(tx.db, more, text, at)
        relay(tx, ticket, more, seen_by, to_member=to_member)


def _typed_in(tx: Transaction, said: Said, typed_at: Landing) -> Reader | None:
    """Where at the desk a message was typed, and is seen already; None where it stands there as an
    echo too, having been typed below another request or before the card was brought anew."""
    place = f"{tx.workspace}:{typed_at.conversation}"
    reader: Reader = channel_known(tx, said.ticket, place) or said.author
    return None if _has(tx, reader, f"card_message:{said.id}") else reader


def _has(tx: Transaction, reader: Reader, slot: str) -> bool:
    return handoff_cards.is_in_hand(tx.db, tx.workspace, reader, slot)


def _is_overtaken(parts: Sequence[Said], at: datetime) -> bool:
    return any(part.edited_at is not None and part.edited_at >= at for part in parts)


def _unfit(
    tx: Transaction, who: MemberRef, ticket: Ticket, said: Said, written: Written
) -> str | None:
    """The sentence that says why the other side keeps what it has."""
    if not said.by_member and who not in desk_of(tx):
        return "handoff.thread_not_desk"
    if ticket.state == "withdrawn":
        return "handoff.thread_withdrawn" if said.by_member else "handoff.desk_thread_withdrawn"
    if not written.text:
        return "handoff.edit_empty"
    return "handoff.edit_too_long" if len(parts_of(written.text)) > MOST_PARTS else None
