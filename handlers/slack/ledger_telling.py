"""How the ledger's notices are rendered, and what was said of a course in plain words."""

from bot.domain.faq import HOURS, Reply
from bot.domain.identity import MemberRef
from bot.domain.notices import Notice
from bot.runtime import Runtime
from bot.services import ledger
from handlers.slack.views.blocks import Message
from handlers.slack.views.ledger import entry_message, latest_message
from handlers.slack.views.ledger_export import export_button
from handlers.slack.views.ledger_modal import understood_message


async def render_entry(runtime: Runtime, notice: Notice) -> Message | None:
    """One entry as it stands when it is delivered; without a number, the latest ones."""
    copy = runtime.bank(notice.workspace).content.copy
    if not notice.subject.isdecimal():
        page = await runtime.run(ledger.latest, notice.workspace, MemberRef(notice.subject))
        return latest_message(page, copy, more=[export_button(copy)])
    member = MemberRef(notice.recipient)
    shown = await runtime.run(ledger.shown, notice.workspace, member, int(notice.subject))
    return entry_message(shown, copy)


async def understood(runtime: Runtime, notice: Notice, reply: Reply) -> Message | None:
    """What was understood of a course in a member's own words; None where nothing was, or where
    more was asked."""
    if reply.answer is None or reply.answer.entry != HOURS or reply.also:
        return None
    told = await runtime.run(ledger.said, notice.workspace, reply.member, reply.turn)
    if told.is_empty:
        return None
    content = runtime.bank(notice.workspace).content
    return understood_message(reply, told, content.rule_set, content.copy)
