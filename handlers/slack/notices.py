"""How each kind of notice is rendered when it is delivered."""

from collections.abc import Awaitable, Callable
from typing import Any

from bot.domain.faq import HELP, STATUS
from bot.domain.identity import MemberRef
from bot.domain.notices import Kind, Later, Notice
from bot.runtime import Runtime
from bot.services import faq, home, mending, standing
from handlers.slack import (
    chair,
    dates,
    digest,
    handoff,
    handoff_clock,
    ledger_telling,
    numbers,
    people,
    privacy,
    recertification,
    seasons,
    sessions,
)
from handlers.slack.ids import channel_and_thread, is_direct, is_person
from handlers.slack.ledger_export import render_export
from handlers.slack.plan import render_plan
from handlers.slack.reminders import render_reminder
from handlers.slack.views.announcement import announcement_message
from handlers.slack.views.blocks import Block, Message, message, words
from handlers.slack.views.faq import reply_message
from handlers.slack.views.help import help_message, welcome_message
from handlers.slack.views.home import home_view
from handlers.slack.views.mending import mending_message
from handlers.slack.views.standing import standing_message
from handlers.slack.wishes import render_wished

Render = Callable[[Runtime, Notice], Awaitable[Message | Later | None]]
"""None when there is nothing left to tell; Later when it is not yet the time to tell it."""


async def _answer(runtime: Runtime, notice: Notice) -> Message | None:
    bank = runtime.bank(notice.workspace)
    reply = await runtime.run(faq.reply, notice.workspace, int(notice.subject))
    if reply is None:
        return None
    channel, _ = channel_and_thread(notice.recipient)
    private = is_person(notice.recipient) or is_direct(channel)
    entry = reply.answer.entry if reply.answer and reply.outcome == "action" else None
    if entry == HELP:
        return help_message(bank)
    if private and (heard := await ledger_telling.understood(runtime, notice, reply)):
        return heard
    if entry == STATUS and private:
        return await _status_of(runtime, notice, reply.member)
    return reply_message(reply, bank.content.copy, in_channel=not private)


async def _status_of(runtime: Runtime, notice: Notice, member: MemberRef) -> Message:
    found = await runtime.run(standing.read, notice.workspace, member)
    return standing_message(found, runtime.bank(notice.workspace).content.copy)


async def _status(runtime: Runtime, notice: Notice) -> Message | None:
    return await _status_of(runtime, notice, MemberRef(notice.subject))


async def _welcome(runtime: Runtime, notice: Notice) -> Message | None:
    return welcome_message(runtime.bank(notice.workspace))


async def _announcement(runtime: Runtime, notice: Notice) -> Message | None:
    return announcement_message(runtime.bank(notice.workspace).content.copy)


async def _mending(runtime: Runtime, notice: Notice) -> Message | None:
    condition = await runtime.run(mending.read, notice.workspace, int(notice.subject))
    if condition is None:
        return None
    return mending_message(condition, runtime.bank(notice.workspace).content.copy)


async def _say(runtime: Runtime, notice: Notice) -> Message | None:
    text = runtime.bank(notice.workspace).content.copy.say(notice.subject)
    return message(text, [words(text)])


async def _home(runtime: Runtime, notice: Notice) -> Block:
    found = await runtime.run(home.dashboard, notice.workspace, MemberRef(notice.recipient))
    return home_view(found, runtime.bank(notice.workspace))


HOME: Callable[[Runtime, Notice], Awaitable[dict[str, Any]]] = _home

RENDERERS: dict[Kind, Render] = {
    "answer": _answer,
    "status": _status,
    "welcome": _welcome,
    "announcement": _announcement,
    "mending": _mending,
    "say": _say,
    "ledger_entry": ledger_telling.render_entry,
    "erased": _say,
    "privacy": privacy.render_page,
    "privacy_export": privacy.render_export,
    "plan": render_plan,
    "reminder": render_reminder,
    "ledger_export": render_export,
    "recertification": recertification.render,
    "season": seasons.render_season,
    "dates": dates.render_dates,
    "calendar": dates.render_calendar,
    "desk_page": chair.render_desk,
    "introduction": chair.render_introduction,
    "role": people.render_role,
    "digest": digest.render_digest,
    "numbers_export": numbers.render_export,
    "ticket_card": handoff.render_card,
    "ticket": handoff.render_ticket,
    "alarm": handoff_clock.render_alarm,
    "relay": handoff.render_relay,
    "ticket_word": handoff.render_word,
    "session": sessions.render_card,
    "session_list": sessions.render_list,
    "session_credit": sessions.render_credit,
    "wished_answer": render_wished,
}
