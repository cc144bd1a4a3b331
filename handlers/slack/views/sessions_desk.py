"""The desk's list of a session: who says that they attended, and what was made of it."""

from collections.abc import Sequence

from bot.domain.copy import Copy
from bot.domain.identity import MemberRef
from bot.domain.sessions import DECISIONS, Attendance, Refusal, Session, SessionRecord
from handlers.slack.ids import channel_and_thread, user_id_of
from handlers.slack.views.blocks import (
    Block,
    Message,
    actions,
    button,
    escaped,
    header,
    marked,
    message,
    numbered,
    plain,
    words,
)
from handlers.slack.views.handoff import spoken, told
from handlers.slack.views.sessions import Naming

SHOWN = 60
"""Names of one kind that a list shows; who waits comes up as others are decided on."""
ROWS = 8
"""People with buttons of their own."""


def list_message(record: SessionRecord, holder: MemberRef, naming: Naming) -> Message:
    """The one list, edited in place; somebody who has left the desk sees no names."""
    copy, session = naming.copy, record.session
    title = copy.say("session.card_title", title=session.details.title)
    if holder not in record.desk:
        moved = copy.say("session.list_moved")
        return message(f"{title}\n{moved}", [header(title), words(moved)])
    lines = naming.lines(session.details)
    channel, _ = channel_and_thread(session.place)
    state = copy.say(f"session.list_{session.state}", channel=f"<#{channel}>")
    waiting = record.marked("noted")
    names = [*_waiting_texts(waiting, copy), *_decided_texts(record, copy)]
    if not record.attendances and not session.erased:
        names = [copy.say("session.list_nobody")]
    blocks = [header(title), words("\n".join(lines)), marked(state)]
    blocks += [marked(text) for text in names]
    if session.state != "cancelled":
        blocks += [*_rows(waiting, session, copy), *_buttons(record, waiting, copy)]
    return Message(spoken([escaped(title), *map(escaped, lines), state, *names], []), tuple(blocks))


def waiting_message(session: Session, copy: Copy) -> Message:
    """Below the list: somebody waits. No names, as it is shown outside of the thread as well."""
    text = copy.say("session.list_called", title=session.details.title)
    shown = message(text, [words(text)])
    return Message(shown.text, shown.blocks, aloud=True)


def refused(refusal: Refusal, copy: Copy) -> str:
    """Why nothing was done, in words."""
    return escaped(copy.say(f"session.refused_{refusal.reason}"))


def _waiting_texts(waiting: Sequence[Attendance], copy: Copy) -> list[str]:
    if not waiting:
        return []
    return [_names("session.list_waiting", waiting, copy)]


def _decided_texts(record: SessionRecord, copy: Copy) -> list[str]:
    texts = [
        _names(f"session.list_{mark}", found, copy)
        for mark in DECISIONS
        if (found := record.marked(mark))
    ]
    if record.session.erased:
        texts.append(copy.say("session.list_erased", count=str(record.session.erased)))
    return texts


def _names(key: str, found: Sequence[Attendance], copy: Copy) -> str:
    head = copy.say(key, count=str(len(found)))
    people = [f"<@{user_id_of(one.member)}>" for one in found[:SHOWN]]
    more = len(found) - SHOWN
    end = [copy.say("session.list_more", count=str(more))] if more > 0 else []
    return f"{head}\n{', '.join([*people, *end])}"


def _rows(waiting: Sequence[Attendance], session: Session, copy: Copy) -> list[Block]:
    if len(waiting) < 2:
        return []
    blocks = []
    for at, attendance in enumerate(waiting[:ROWS], start=1):
        who = user_id_of(attendance.member)
        value, number = f"{session.id}:{session.version}:{who}", str(at)
        yes = button(
            copy.say("session.confirm"),
            numbered("session.confirm", at),
            value,
            label=copy.say("session.confirm_label", number=number),
        )
        no = button(
            copy.say("session.decline"),
            numbered("session.decline", at),
            value,
            label=copy.say("session.decline_label", number=number),
        )
        blocks += [
            marked(told(copy, "session.row", who=who, number=number)),
            {**actions(yes, no), "block_id": f"session:{who}"},
        ]
    return blocks


def _buttons(record: SessionRecord, waiting: Sequence[Attendance], copy: Copy) -> list[Block]:
    session = record.session
    known = f"{session.id}:{session.version}"
    row = []
    if session.state == "unposted":
        row.append(button(copy.say("session.repost"), "session.repost", known, style="primary"))
    if waiting:
        until = waiting[:SHOWN][-1].at
        every = f"{known}:{until}"
        yes, no = "session.confirm_all", "session.decline_all"
        if len(waiting) == 1:
            texts = (copy.say("session.confirm"), copy.say("session.decline"))
        else:
            texts = (copy.say("session.confirm_every"), copy.say("session.decline_every"))
        row.append(button(texts[0], yes, every, style="primary"))
        row.append(_asking("decline", button(texts[1], no, every), copy))
    if record.attendances:
        row.append(button(copy.say("session.some"), "session.some", known))
    row.append(button(copy.say("session.change"), "session.change", known))
    row.append(_asking("cancel", button(copy.say("session.cancel"), "session.cancel", known), copy))
    return [{**actions(*row), "block_id": "session"}]


def _asking(what: str, pressed: Block, copy: Copy) -> Block:
    confirm = {
        "title": plain(copy.say(f"session.{what}_title"), 100),
        "text": plain(copy.say(f"session.{what}_text"), 300),
        "confirm": plain(copy.say(f"session.{what}_yes"), 30),
        "deny": plain(copy.say(f"session.{what}_no"), 30),
    }
    return {**pressed, "confirm": confirm}
