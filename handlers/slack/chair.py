"""`/clm chair`: the desk on one screen for those with a role, the way to the chair for the rest."""

from typing import Any

from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.respond.async_respond import AsyncRespond
from slack_bolt.response import BoltResponse
from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.faq import CHAIR
from bot.domain.identity import MemberRef
from bot.domain.notices import Notice
from bot.runtime import Runtime
from bot.services import chair, faq, introduction
from bot.services.chair import Desk
from handlers.slack import handoff
from handlers.slack.asked import Asked, Typed
from handlers.slack.chair_topics import DESK_WORDS, DeskWord
from handlers.slack.faq import pressed_value
from handlers.slack.handoff_clock import promising
from handlers.slack.middleware import Visit
from handlers.slack.responding import show_privately
from handlers.slack.views.blocks import Message
from handlers.slack.views.chair import chair_message, desk_message, refused_message
from handlers.slack.views.handover import introduction_message


async def on_command(asked: Asked) -> None:
    """`/clm chair`, alone or with one of its words; who may do what is looked up here."""
    word, _, rest = asked.text.partition(" ")[2].strip().partition(" ")
    desk = await asked.runtime.run(chair.desk, asked.visit.workspace, asked.visit.member)
    if word.casefold() in DESK_WORDS:
        await _do(word.casefold(), desk, asked, rest.strip())
    elif desk.has_role:
        await asked.show(_screen(asked.runtime, asked.visit, desk, unknown=word))
    else:
        await _to_the_chair(asked, desk)


async def on_word(
    ack: AsyncAck,
    body: dict[str, Any],
    client: AsyncWebClient,
    respond: AsyncRespond,
    runtime: Runtime,
    visit: Visit,
) -> None:
    """A button of the screen, which does what its word does."""
    word = pressed_value(body)
    desk = await runtime.run(chair.desk, visit.workspace, visit.member)
    channel = (body.get("channel") or {}).get("id") or ""
    command = {"trigger_id": body["trigger_id"], "channel_id": channel}
    asked = Asked(_AckOfButton(ack, respond), command, client, runtime, visit, "")
    if word in DESK_WORDS:
        await _do(word, desk, asked, "")
    elif desk.has_role:
        await asked.show(_screen(runtime, visit, desk))
    else:
        await asked.show(chair_message(desk, await promising(runtime, visit.workspace)))


async def on_typed(typed: Typed) -> None:
    """`chair` in the direct conversation."""
    runtime, visit = typed.runtime, typed.visit
    desk = await runtime.run(chair.desk, visit.workspace, visit.member)
    if desk.has_role:
        await runtime.run(chair.show, visit.workspace, visit.member, typed.place, typed.key)
        return
    await runtime.run(
        faq.show, visit.workspace, visit.member, CHAIR, place=typed.place, message=typed.key
    )


async def heard(typed: Typed) -> bool:
    """`chair bank` there: the screen, as only a button has what opens a window."""
    word = typed.text.partition(" ")[2].strip(" .!?/").casefold()
    runtime, visit = typed.runtime, typed.visit
    desk = await runtime.run(chair.desk, visit.workspace, visit.member)
    if not desk.has_role or word.partition(" ")[0] not in DESK_WORDS:
        return False
    await runtime.run(chair.show, visit.workspace, visit.member, typed.place, typed.key)
    return True


async def render_desk(runtime: Runtime, notice: Notice) -> Message | None:
    """The screen in the direct conversation, as it is at this moment."""
    desk = await runtime.run(chair.desk, notice.workspace, MemberRef(notice.subject))
    if not desk.has_role:
        return chair_message(desk, await promising(runtime, notice.workspace))
    return desk_message(desk, _words_of(desk), runtime.bank(notice.workspace).content.copy)


async def render_introduction(runtime: Runtime, notice: Notice) -> Message | None:
    """The next chair's first page, as the desk is at its delivery."""
    number, reader = int(notice.subject.partition(":")[2]), MemberRef(notice.recipient)
    found = await runtime.run(introduction.introduction, notice.workspace, reader, number)
    if found is None:
        return None
    copy = runtime.bank(notice.workspace).content.copy
    return introduction_message(found, _words_of(found.desk), copy)


class _AckOfButton(AsyncAck):
    """An ack that may carry words, as that of a command: a button's takes none."""

    def __init__(self, ack: AsyncAck, respond: AsyncRespond) -> None:
        self.response = None
        self._ack = ack
        self._respond = respond

    async def __call__(self, *args: Any, **kwargs: Any) -> BoltResponse:
        response = await self._ack()
        if kwargs.get("text") or kwargs.get("blocks"):
            shown = Message(str(kwargs.get("text") or ""), tuple(kwargs.get("blocks") or ()))
            await show_privately(self._respond, shown)
        return response


async def _do(word: str, desk: Desk, asked: Asked, rest: str) -> None:
    found = DESK_WORDS[word]
    if _may(found, desk):
        await found.on_command(
            Asked(asked.ack, asked.command, asked.client, asked.runtime, asked.visit, rest)
        )
        return
    copy = await promising(asked.runtime, asked.visit.workspace)
    await asked.show(refused_message(found.right, desk, copy))


async def _to_the_chair(asked: Asked, desk: Desk) -> None:
    """A plain member wants the chair: the window, and beside it who that is."""
    await asked.ack()
    visit = asked.visit
    await handoff.open_preview(asked.client, asked.trigger, asked.runtime, visit)
    respond = AsyncRespond(
        response_url=asked.command["response_url"], proxy=asked.client.proxy, ssl=asked.client.ssl
    )
    copy = await promising(asked.runtime, visit.workspace)
    await show_privately(respond, chair_message(desk, copy))


def _screen(runtime: Runtime, visit: Visit, desk: Desk, unknown: str = "") -> Message:
    copy = runtime.bank(visit.workspace).content.copy
    return desk_message(desk, _words_of(desk), copy, unknown=unknown)


def _words_of(desk: Desk) -> tuple[str, ...]:
    return tuple(word for word, found in DESK_WORDS.items() if _may(found, desk))


def _may(word: DeskWord, desk: Desk) -> bool:
    return desk.has_role if word.right is None else word.right in desk.rights
