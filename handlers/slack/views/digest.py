"""The Monday digest as a message: what to do first, then what to know."""

from collections.abc import Sequence

from bot.domain.copy import Copy
from bot.domain.digest import MEMBER_DAYS, Digest, Line, Listed, Unanswered
from bot.domain.program import listed, long_date
from bot.domain.sharing import NearDeadline
from handlers.slack.ids import user_id_of
from handlers.slack.views.blocks import (
    BUTTON_TEXT,
    MESSAGE_TEXT,
    Block,
    Message,
    actions,
    button,
    cut,
    divider,
    escaped,
    header,
    marked,
    quiet,
    words,
)
from handlers.slack.views.chart import weeks_bars, weeks_chart, weeks_lines

LONGEST_WORDING = 100
LONGEST_NAME = 40

LEFT_OUT = "…"

_WHO = "\ufdd1"

Part = tuple[list[str], list[Block]]
"""What a section says as text (in mrkdwn), and its blocks."""


def digest_message(digest: Digest, copy: Copy) -> Message:
    """The digest; where Slack has no chart block, bars of text stand in its place.

    A month without a question has no chart.
    """
    title = copy.say("digest.title")
    parts = [
        _requests("on_me", digest.on_me, copy, act="reply"),
        _new(digest, copy),
        _requests("stalled", digest.stalled, copy, act="reply"),
        _requests("silent", digest.silent, copy, act="close"),
        _questions(digest, copy),
        _to_tend(digest, copy),
        _near(digest, copy),
    ]
    found = [part for part in parts if part[0]]
    if not found:
        found = [_nothing(digest, copy)]
    lines = [line for part, _ in found for line in part]
    blocks = [block for _, part in found for block in part]
    if not any(week.asked for week in digest.weeks):
        return Message(_within_limits([escaped(title), *lines], []), (header(title), *blocks))
    month = [escaped(line) for line in weeks_lines(digest.weeks, copy)]
    said = _within_limits([escaped(title), *lines], [escaped(copy.say("digest.month")), *month])
    top = [header(title), *blocks, divider()]
    return Message(
        said,
        (*top, weeks_chart(digest.weeks, copy)),
        (*top, weeks_bars(digest.weeks, copy)),
    )


def _requests(name: str, found: Listed, copy: Copy, *, act: str) -> Part:
    if not found.total:
        return [], []
    head = copy.say(f"digest.{name}", number=f"{found.total:,}", days=str(MEMBER_DAYS))
    lines = [_request(line, copy) for line in found.lines]
    blocks = [
        _with_button(text, _act(act, line, copy, is_first=name == "on_me" and not at))
        for at, (text, line) in enumerate(zip(lines, found.lines, strict=True))
    ]
    more = _more(found.more, copy)
    texts = [head, *(f"- {line}" for line in lines), *more]
    return [escaped(text) for text in texts], [words(head), *blocks, *map(quiet, more)]


def _new(digest: Digest, copy: Copy) -> Part:
    if not digest.new.total:
        return [], []
    head = copy.say("digest.new", number=f"{digest.new.total:,}", date=long_date(digest.since))
    above = {line.ticket for line in digest.on_me.lines}
    lines = [f"- {_request(one, copy)}" for one in digest.new.lines if one.ticket not in above]
    texts = [head, *lines, *_more(digest.new.more, copy)]
    return [escaped(text) for text in texts], [words("\n".join(texts))]


def _request(line: Line, copy: Copy) -> str:
    name = cut(line.name, LONGEST_NAME) or copy.say("digest.nameless")
    return copy.say("digest.line", number=str(line.number), name=name, date=long_date(line.since))


def _act(act: str, line: Line, copy: Copy, *, is_first: bool) -> Block:
    label = copy.say(f"digest.{act}_label", number=str(line.number))
    value = f"{line.ticket}:{line.version}"
    text, style = copy.say(f"digest.{act}"), "primary" if is_first else ""
    action_id = {"reply": "handoff.reply", "close": "handoff.close"}[act]
    return button(text, action_id, value, style=style, label=label)


def _questions(digest: Digest, copy: Copy) -> Part:
    if not digest.open_total:
        return [], []
    head = copy.say("digest.questions", number=f"{digest.open_total:,}")
    lines = [_question(one, copy) for one in digest.open]
    blocks = [
        _with_button(text, _write(one, copy)) for text, one in zip(lines, digest.open, strict=True)
    ]
    texts = [head, *(f"- {line}" for line in lines)]
    rest = [actions(_word("questions", copy))] if digest.open_total > len(digest.open) else []
    return [escaped(text) for text in texts], [words(head), *blocks, *rest]


def _write(one: Unanswered, copy: Copy) -> Block:
    label = copy.say("digest.write_label", question=cut(one.wording, BUTTON_TEXT // 2))
    return button(copy.say("digest.write"), "learning.group", f"{one.key}:0", label=label)


def _question(one: Unanswered, copy: Copy) -> str:
    times = f"{one.times:,}" if one.times > 1 else None
    wording = cut(" ".join(one.wording.split()), LONGEST_WORDING)
    return copy.say("digest.question", wording=wording, times=times)


def _to_tend(digest: Digest, copy: Copy) -> Part:
    counted = (("due", digest.due, "review"), ("proposed", digest.proposed, "wordings"))
    found = [(copy.say(f"digest.{name}", number=f"{n:,}"), word) for name, n, word in counted if n]
    blocks = [_with_button(text, _word(word, copy)) for text, word in found]
    return [escaped(text) for text, _ in found], blocks


def _near(digest: Digest, copy: Copy) -> Part:
    if not digest.near_total:
        return [], []
    head = escaped(copy.say("digest.near"))
    lines = [f"- {_member(one, copy)}" for one in digest.near]
    more = _more(digest.near_total - len(digest.near), copy)
    texts = [head, *lines, *map(escaped, more)]
    return texts, [marked("\n".join(texts))]


def _member(one: NearDeadline, copy: Copy) -> str:
    text = copy.say(
        "digest.near_line", who=_WHO, date=long_date(one.day), hours=listed(one.missing)
    )
    return escaped(text).replace(_WHO, f"<@{user_id_of(one.member)}>")


def _nothing(digest: Digest, copy: Copy) -> Part:
    text = copy.say("digest.nothing", date=long_date(digest.since))
    return [escaped(text)], [words(text)]


def _word(word: str, copy: Copy) -> Block:
    return button(copy.say(f"digest.open_{word}"), "chair.word", word)


def _with_button(text: str, accessory: Block) -> Block:
    return {**words(text), "accessory": accessory}


def _more(number: int, copy: Copy) -> list[str]:
    return [copy.say("digest.more", number=f"{number:,}")] if number > 0 else []


def _within_limits(lines: Sequence[str], tail: Sequence[str]) -> str:
    """The lines that fit, whole, and then the tail: a line of mrkdwn must not be cut in two."""
    room = MESSAGE_TEXT - len("\n".join([*tail, LEFT_OUT]).encode()) - 1
    kept: list[str] = []
    for line in lines:
        room -= len(line.encode()) + 1
        if room < 0:
            kept.append(LEFT_OUT)
            break
        kept.append(line)
    return "\n".join([*kept, *tail])
