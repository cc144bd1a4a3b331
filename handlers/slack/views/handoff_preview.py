"""How a request looks before it is sent: what goes along, and that it is on its way."""

from collections.abc import Collection, Sequence

from bot.domain.copy import Copy
from bot.domain.handoff import LONGEST_FIELD, Preview, Ticket
from bot.domain.identity import MemberRef
from handlers.slack.views.blocks import Block, divider, modal, plain, text_input, words
from handlers.slack.views.handoff import shared_blocks, told_modal


def preview_modal(
    preview: Preview,
    switched_on: Collection[str],
    member: MemberRef,
    desk: Sequence[MemberRef],
    copy: Copy,
    channel: str = "",
) -> Block:
    """What will be sent, drawn anew with each switch; nothing is sent before it is submitted.

    `channel` is the committee's, where it sees this too; it travels along, so that nothing is shown
    there to which the member was not asked.
    """
    lines = preview.lines(switched_on, copy)
    named = "name" in switched_on and preview.adds_to is None
    intro = [words(_intro(preview, member, desk, copy))]
    if not desk:
        intro.append(words(copy.say("handoff.preview_nobody")))
    if channel:
        intro.append(words(copy.say("handoff.preview_channel")))
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
        metadata={"draft": preview.draft, **({"channel": channel} if channel else {})},
    )


def _intro(preview: Preview, member: MemberRef, desk: Sequence[MemberRef], copy: Copy) -> str:
    if preview.adds_to is not None:
        return copy.say("handoff.preview_adds", number=str(preview.adds_to))
    if member not in desk:
        return copy.say("handoff.preview_intro")
    return copy.say("handoff.preview_own" if _others(member, desk) else "handoff.preview_alone")


def _others(member: MemberRef, desk: Sequence[MemberRef]) -> list[MemberRef]:
    """Who gets it instead of somebody of the desk who asks as a member."""
    return [person for person in desk if person != member]


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


def sent_modal(
    ticket: Ticket, copy: Copy, *, added: bool, desk: Sequence[MemberRef], in_channel: bool = False
) -> Block:
    """It is on its way: the number, the promise, and where it goes on."""
    is_own = ticket.member in desk and bool(_others(ticket.member, desk))
    key = "sent_added" if added else "sent_own" if is_own else "sent" if desk else "sent_nobody"
    told = [f"handoff.{key}", *(["handoff.sent_channel"] if in_channel else [])]
    return told_modal(copy, [words(copy.say(each, number=str(ticket.number))) for each in told])
