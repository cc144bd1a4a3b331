"""A hand-off's notices, drawn when they are delivered."""

from dataclasses import replace

from bot.domain.identity import MemberRef
from bot.domain.notices import Notice
from bot.runtime import Runtime
from bot.services import handoff
from handlers.slack.desk_channel import HEARS_THREADS
from handlers.slack.handoff_clock import promising
from handlers.slack.ids import channel_and_thread, is_person, user_id_of
from handlers.slack.views.blocks import Message
from handlers.slack.views.desk_channel import channel_card_message
from handlers.slack.views.handoff import reopening_days, told
from handlers.slack.views.handoff_card import card_message, card_relay_message
from handlers.slack.views.handoff_ticket import relay_message, ticket_message
from handlers.slack.views.handoff_words import word_message

OFFERING = frozenset({"handoff.thread_too_late"})
"""Sentences with a button to ask anew."""
ALOUD = frozenset({"handoff.told_reassigned", "handoff.told_reopened"})
"""Sentences that stand outside of their thread as well: somebody has to do something now."""


async def render_card(runtime: Runtime, notice: Notice) -> Message | None:
    """The desk's card as it is now."""
    record = await runtime.run(handoff.read, notice.workspace, int(notice.subject))
    content = runtime.bank(notice.workspace).content
    if record is None:
        return None
    if is_person(notice.recipient):
        return card_message(record, MemberRef(notice.recipient), content.copy)
    channel, _ = channel_and_thread(notice.recipient)
    return channel_card_message(
        record,
        content.copy,
        is_current=channel == content.chapter.desk_channel,
        hears_threads=HEARS_THREADS in runtime.granted,
    )


async def render_ticket(runtime: Runtime, notice: Notice) -> Message | None:
    """The member's message as it is now."""
    record = await runtime.run(handoff.read, notice.workspace, int(notice.subject))
    copy = await promising(runtime, notice.workspace)
    return ticket_message(record, copy) if record else None


async def render_relay(runtime: Runtime, notice: Notice) -> Message | None:
    """One message of a ticket, at the desk or at the member."""
    found = await runtime.run(handoff.said, notice.workspace, int(notice.subject))
    if found is None:
        return None
    said, ticket = found
    copy = runtime.bank(notice.workspace).content.copy
    if notice.under.startswith("card"):
        return replace(card_relay_message(said, ticket, copy), aloud=said.by_member)
    names = await runtime.run(handoff.names, notice.workspace)
    by = names.get(said.author) or copy.say("handoff.desk")
    return replace(relay_message(said, by, copy), aloud=not said.by_member)


async def render_word(runtime: Runtime, notice: Notice) -> Message | None:
    """A sentence in a ticket's thread, about another ticket or a line of its history perhaps."""
    key, ticket, number, line = notice.subject.split("|")
    copy = runtime.bank(notice.workspace).content.copy
    who = ""
    if int(line):
        happened = await runtime.run(handoff.happened, notice.workspace, int(ticket), int(line))
        if happened is None:
            return None
        who = user_id_of(happened.who)
    text = told(copy, key, who=who, number=number, days=reopening_days())
    return replace(word_message(text, copy, offers=key in OFFERING), aloud=key in ALOUD)
