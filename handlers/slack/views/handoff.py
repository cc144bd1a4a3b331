"""How a hand-off is worded: times, people, what is shared, and why something is refused."""

from collections.abc import Sequence
from datetime import datetime

from bot.domain.copy import Copy
from bot.domain.handoff import Refusal, SharedLine
from bot.domain.handoff_moves import LONGEST_SNOOZE, REOPENED_WITHIN
from bot.domain.identity import MemberRef
from handlers.slack.ids import user_id_of
from handlers.slack.views.blocks import Block, Message, escaped, marked, modal, quiet, words
from handlers.slack.views.prose import as_typed

# Slack counts the text of an edited message in bytes and refuses one above 4,000.
TEXT_BYTES = 3_900

_WHEN, _WHO, _UNTIL, _TO = "\ufdd0", "\ufdd1", "\ufdd2", "\ufdd3"


def told(
    copy: Copy,
    key: str,
    *,
    when: datetime | None = None,
    until: datetime | None = None,
    who: str = "",
    to: str | None = None,
    **values: str | None,
) -> str:
    """A sentence of ours in mrkdwn: times in the reader's zone, people by their ids as mentions."""
    given = {"when": _WHEN, "until": _UNTIL, "who": _WHO if who else None}
    if to is not None:
        given["to"] = _TO
    text = escaped(copy.say(key, **{**given, **values}))
    shown = {_WHEN: slack_time(when), _UNTIL: slack_time(until), _WHO: f"<@{who}>", _TO: f"<@{to}>"}
    for mark, token in shown.items():
        text = text.replace(mark, token)
    return text


def slack_time(when: datetime | None) -> str:
    """A time that Slack shows in the reader's own zone; nothing for none."""
    if when is None:
        return ""
    fallback = f"{when:%Y-%m-%d %H:%M} UTC"
    return f"<!date^{int(when.timestamp())}^{{date_short_pretty}} {{time}}|{fallback}>"


def spoken(head: Sequence[str], literal: Sequence[str], tail: Sequence[str] = ()) -> str:
    """The top-level text: our own mrkdwn around what people wrote, which is cut if it must be."""
    before, after = "\n".join(head), "".join(f"\n{line}" for line in tail)
    room = TEXT_BYTES - len((before + after).encode())
    return before + _sharing_out(room, literal) + after


def _sharing_out(room: int, texts: Sequence[str]) -> str:
    """Each text on its own line, whole where there is room; the longest give way, none is lost."""
    lines = [f"\n{text}" for text in texts]
    shown = dict.fromkeys(range(len(lines)), "")
    for taken, at in enumerate(sorted(shown, key=lambda one: len(lines[one]))):
        shown[at] = literally(lines[at], room // (len(lines) - taken))
        room -= len(shown[at].encode())
    return "".join(shown.values())


def literally(text: str, room: int) -> str:
    """What people wrote, escaped, in at most so many bytes."""
    shown = []
    for character in text:
        shown.append(escaped(character))
        room -= len(shown[-1].encode())
        if room < 0:
            return "".join(shown[:-1]) + "…"
    return "".join(shown)


def shared_blocks(
    lines: Sequence[SharedLine], member: MemberRef, *, named: bool, copy: Copy
) -> list[Block]:
    """What is shared, the same in the preview and on the card; a name comes with its profile."""
    blocks = [words(str(line)) for line in lines]
    if named:
        blocks.insert(1, small(told(copy, "handoff.profile", who=user_id_of(member))))
    return blocks


def relayed(head: Block, text: str, written: str) -> Message:
    """A message from one side to the other: whose it is, and what they wrote."""
    return Message(text, (head, as_typed(written)), plain=(head, words(written)))


def small(text: str) -> Block:
    """Small print of our own copy in mrkdwn."""
    return {"type": "context", "elements": [{"type": "mrkdwn", "text": text}]}


def lasting(row: Block) -> Block:
    """A row of buttons that keeps its id when the message is edited under somebody's finger."""
    return {**row, "block_id": "handoff"}


def refused_modal(refusal: Refusal, copy: Copy, typed: str = "") -> Block:
    """Why nothing was sent; what was typed is given back."""
    blocks = [marked(refused(refusal, copy))]
    if typed:
        blocks += [quiet(copy.say("handoff.not_sent")), words(typed)]
    return told_modal(copy, blocks)


def told_modal(copy: Copy, blocks: Sequence[Block]) -> Block:
    """A window that only says something."""
    title = copy.say("handoff.preview_title")
    return modal("handoff.told", title, blocks, close=copy.say("handoff.done"))


def refused(refusal: Refusal, copy: Copy) -> str:
    """Why nothing happened, in mrkdwn; only the desk is told by mention who has a ticket."""
    who = user_id_of(refusal.who) if refusal.reason == "taken" and refusal.who else ""
    return told(
        copy,
        f"handoff.refused_{refusal.reason}",
        who=who,
        number=str(refusal.number or ""),
        days=reopening_days(),
        longest=str(LONGEST_SNOOZE.days),
    )


def reopening_days() -> str:
    """For how many days after its end a request can go on."""
    return str(REOPENED_WITHIN.days)
