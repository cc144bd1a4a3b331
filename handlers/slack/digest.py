"""The Monday digest in Slack: delivered by itself, or shown when it is asked for."""

from datetime import date

from bot.domain.identity import MemberRef
from bot.domain.notices import Notice
from bot.errors import NotAllowed
from bot.runtime import Runtime
from bot.services import digest
from bot.services.digest_traces import AGAIN
from handlers.slack.asked import Asked
from handlers.slack.counting import show_when_counted
from handlers.slack.middleware import Visit
from handlers.slack.views.blocks import Message, message, words
from handlers.slack.views.digest import digest_message


async def on_command(asked: Asked) -> None:
    """`/clm chair digest`: the digest of this week, as it would be now."""
    await show_when_counted(asked, _shown(asked.runtime, asked.visit))


async def render_digest(runtime: Runtime, notice: Notice) -> Message | None:
    """A digest as of its delivery; None when there is nothing to say, or nobody to say it to.

    One that is drawn again may no longer say what it said: then a sentence takes its place.
    """
    day, again, _ = notice.subject.partition(AGAIN)
    week, who = date.fromisoformat(day), MemberRef(notice.recipient)
    copy = runtime.bank(notice.workspace).content.copy
    found = await runtime.run(digest.compose, notice.workspace, who, week)
    if found is not None and not found.is_empty:
        return digest_message(found, copy)
    if not again:
        return None
    text = copy.say("digest.emptied")
    return message(text, [words(text)])


async def _shown(runtime: Runtime, visit: Visit) -> Message:
    found = await runtime.run(digest.compose, visit.workspace, visit.member)
    if found is None:
        raise NotAllowed("digest")
    shown = digest_message(found, runtime.bank(visit.workspace).content.copy)
    return shown.without_new_blocks()
