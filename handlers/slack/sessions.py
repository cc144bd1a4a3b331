"""Chapter sessions, from the member's side: the card's button, yes and no; what notices show."""

from typing import Any

from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.respond.async_respond import AsyncRespond

from bot.domain.identity import MemberRef
from bot.domain.notices import Notice
from bot.runtime import Runtime
from bot.services import sessions
from handlers.slack.faq import id_in, pressed_number
from handlers.slack.middleware import Visit
from handlers.slack.responding import show_privately
from handlers.slack.views.blocks import Message
from handlers.slack.views.sessions import (
    card_message,
    credit_message,
    naming_of,
    nothing_noted,
    tap_message,
)
from handlers.slack.views.sessions_desk import list_message, waiting_message


async def on_attend(
    ack: AsyncAck, body: dict[str, Any], respond: AsyncRespond, runtime: Runtime, visit: Visit
) -> None:
    """ "I attended": show the member alone what would go to the chair, or how it stands."""
    await ack()
    found, session = await runtime.run(
        sessions.tap, visit.workspace, visit.member, pressed_number(body)
    )
    shown = tap_message(found, session, visit.member, naming_of(runtime.bank(visit.workspace)))
    await show_privately(respond, shown)


async def on_yes(
    ack: AsyncAck, body: dict[str, Any], respond: AsyncRespond, runtime: Runtime, visit: Visit
) -> None:
    """Consent: the name goes on the list."""
    found, session = await runtime.run(
        sessions.attend, visit.workspace, visit.member, pressed_number(body)
    )
    await ack()
    shown = tap_message(found, session, visit.member, naming_of(runtime.bank(visit.workspace)))
    await _in_its_place(respond, shown)


async def on_no(ack: AsyncAck, respond: AsyncRespond, runtime: Runtime, visit: Visit) -> None:
    """No consent: nothing is kept."""
    await ack()
    await _in_its_place(respond, nothing_noted(naming_of(runtime.bank(visit.workspace)).copy))


async def on_undo(
    ack: AsyncAck, body: dict[str, Any], respond: AsyncRespond, runtime: Runtime, visit: Visit
) -> None:
    """ "I did not attend after all"."""
    found, session = await runtime.run(
        sessions.undo, visit.workspace, visit.member, pressed_number(body)
    )
    await ack()
    shown = tap_message(found, session, visit.member, naming_of(runtime.bank(visit.workspace)))
    await _in_its_place(respond, shown)


async def render_card(runtime: Runtime, notice: Notice) -> Message | None:
    """The card in the channel as it is now."""
    record = await runtime.run(sessions.read, notice.workspace, int(notice.subject))
    return card_message(record, naming_of(runtime.bank(notice.workspace))) if record else None


async def render_list(runtime: Runtime, notice: Notice) -> Message | None:
    """The desk's list as it is now, or the word below it that somebody waits."""
    what, _, waits_on = notice.subject.partition(":")
    record = await runtime.run(sessions.read, notice.workspace, id_in(waits_on or what))
    naming = naming_of(runtime.bank(notice.workspace))
    if record is None:
        return None
    if waits_on:
        return waiting_message(record.session, naming.copy) if record.marked("noted") else None
    return list_message(record, MemberRef(notice.recipient), naming)


async def render_credit(runtime: Runtime, notice: Notice) -> Message | None:
    """What came of a member's attendance."""
    session_id, _, what = notice.subject.partition(":")
    member = MemberRef(notice.recipient)
    found = await runtime.run(sessions.credit, notice.workspace, member, id_in(session_id), what)
    return credit_message(found, naming_of(runtime.bank(notice.workspace))) if found else None


async def _in_its_place(respond: AsyncRespond, shown: Message) -> None:
    await respond(text=shown.text, blocks=list(shown.blocks), replace_original=True)
