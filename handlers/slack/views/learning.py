"""Questions that wait for an answer, as the desk sees them: without a name, in any view."""

from collections.abc import Sequence
from datetime import datetime

from bot.domain.copy import Copy
from bot.domain.learning import Gathered, Group, Opened
from handlers.slack.views.blocks import (
    BUTTON_TEXT,
    Block,
    actions,
    button,
    cut,
    escaped,
    header,
    marked,
    modal,
    numbered,
    plain,
    quiet,
    text_input,
    words,
)

PAGE = 8
"""Groups on a page."""
SHOWN_WORDINGS = 15
LONGEST_SHOWN = 300
"""Characters of one wording in a list."""

_WHEN = "\ufdd0"


def list_modal(
    groups: Sequence[Group], page: int, proposed: int, questions: dict[str, str], copy: Copy
) -> Block:
    """What was asked most and is not answered, or was answered wrongly; a page of it.

    `questions` are those of the entries by id, `proposed` how many wordings wait for a yes or no.
    """
    pages = max(1, -(-len(groups) // PAGE))
    page = min(max(page, 0), pages - 1)
    blocks: list[Block] = []
    for group in groups[page * PAGE : (page + 1) * PAGE]:
        blocks += _row(group, page, questions, copy)
    if not groups:
        blocks.append(words(copy.say("learning.none")))
    else:
        blocks.insert(0, quiet(copy.say("learning.intro", number=f"{len(groups):,}")))
    blocks += _further(page, pages, proposed, copy)
    return _window(blocks, copy)


def _row(group: Group, page: int, questions: dict[str, str], copy: Copy) -> list[Block]:
    shown = words(_quoted(group.text, copy))
    value = f"{group.key}:{page}"
    opens = button(
        copy.say("learning.open"),
        "learning.group",
        value,
        label=copy.say("learning.open_label", question=cut(group.text, BUTTON_TEXT // 2)),
    )
    shown["accessory"] = opens
    return [shown, _small(_counted(group, questions, copy))]


def _further(page: int, pages: int, proposed: int, copy: Copy) -> list[Block]:
    buttons = []
    if page > 0:
        buttons.append(_to_page(copy.say("learning.page_before"), page - 1, 0))
    if page + 1 < pages:
        buttons.append(_to_page(copy.say("learning.page_after"), page + 1, 1))
    if proposed:
        text = copy.say("learning.to_wordings", number=f"{proposed:,}")
        buttons.append(button(text, "learning.wordings"))
    return [actions(*buttons)] if buttons else []


def _to_page(text: str, page: int, at: int) -> Block:
    return button(text, numbered("learning.page", at), str(page))


def group_modal(opened: Opened, page: int, questions: dict[str, str], copy: Copy) -> Block:
    """One group with its wordings, and what can be done about it."""
    group = opened.group
    value = f"{group.key}:{page}"
    blocks = [
        header(cut(group.text, 150)),
        _small(_counted(group, questions, copy, people=opened.people)),
        *_others(group, copy),
        *([quiet(_wished(opened.wished, copy))] if opened.wished else []),
        quiet(copy.say("learning.without_names")),
        _choices(group, value, copy),
        actions(_to_page(copy.say("learning.back"), page, 0)),
    ]
    return _window(blocks, copy)


def _others(group: Group, copy: Copy) -> list[Block]:
    said = dict.fromkeys(" ".join(text.split()) for text in group.texts)
    shown = [cut(text, LONGEST_SHOWN) for text in said][:SHOWN_WORDINGS]
    if len(said) < 2 and len(group.text) <= LONGEST_SHOWN // 2:
        return []
    lines = [copy.say("learning.wordings", number=f"{len(said):,}")]
    lines += [copy.say("learning.line", text=text) for text in shown]
    if len(said) > len(shown):
        lines.append(copy.say("learning.more", number=f"{len(said) - len(shown):,}"))
    # A section takes so many characters and no more, so the lines are spread over several.
    return [words("\n".join(lines[at : at + 8])) for at in range(0, len(lines), 8)]


def _choices(group: Group, value: str, copy: Copy) -> Block:
    if group.entry is None:
        return actions(
            button(copy.say("learning.write"), "learning.write", value, style="primary"),
            button(copy.say("learning.assign"), "learning.assign", value),
            button(copy.say("learning.dismiss"), "learning.dismiss", value),
        )
    return actions(
        button(copy.say("learning.edit"), "learning.edit", value, style="primary"),
        button(copy.say("learning.assign_other"), "learning.assign", value),
        button(copy.say("learning.write_new"), "learning.write", value),
        button(copy.say("learning.dismiss_vote"), "learning.dismiss", value),
    )


def assign_modal(
    found: Gathered,
    page: int,
    choices: Sequence[tuple[str, str]],
    searched: str,
    copy: Copy,
) -> Block:
    """Which answer of the bank it is: the nearest ones, or what was looked for."""
    blocks = [words(_quoted(found.texts[0], copy))]
    if choices:
        key = "learning.found" if searched else "learning.nearest"
        options = [
            {"text": plain(question, BUTTON_TEXT), "value": entry} for entry, question in choices
        ]
        blocks.append(
            {
                "type": "input",
                # Other choices are another field: else Slack keeps what was chosen among the old.
                "block_id": f"entry:{abs(hash_of(choices))}",
                "label": plain(copy.say(key), 2000),
                "optional": True,
                "element": {"type": "radio_buttons", "action_id": "value", "options": options},
            }
        )
    else:
        blocks.append(words(copy.say("learning.nothing_found")))
    look = text_input(
        "words",
        copy.say("learning.look_label"),
        hint=copy.say("learning.look_hint"),
        optional=True,
        initial=searched,
        longest=100,
    )
    value = f"{found.key}:{page}"
    back = button(copy.say("learning.back_to_it"), numbered("learning.group", 1), value)
    return _window(
        [*blocks, look, actions(back)],
        copy,
        callback="learning.assign",
        submit=copy.say("learning.assign_submit"),
        metadata={"key": found.key, "page": page, "searched": searched},
    )


def hash_of(choices: Sequence[tuple[str, str]]) -> int:
    """Names a list of choices, the same in every run."""
    return sum((at + 1) * sum(entry.encode()) for at, (entry, _) in enumerate(choices))


def done_modal(key: str, page: int, copy: Copy, *, undo: int = 0, **values: str) -> Block:
    """What was done, with the way on; `undo` is the group that can be taken back."""
    text = copy.say(key, **values)
    buttons = [_to_page(copy.say("learning.back"), page, 0)]
    if undo:
        buttons.append(button(copy.say("learning.restore"), "learning.restore", f"{undo}:{page}"))
    return _window([words(text), actions(*buttons)], copy)


def waiting_modal(copy: Copy) -> Block:
    """It takes a moment."""
    return _window([words(copy.say("learning.one_moment"))], copy)


def _window(
    blocks: Sequence[Block],
    copy: Copy,
    *,
    callback: str = "desk.questions",
    submit: str = "",
    metadata: object = None,
) -> Block:
    return modal(
        callback,
        copy.say("learning.title"),
        blocks,
        close=copy.say("ask.modal_close"),
        submit=submit,
        metadata=metadata,
    )


def _counted(
    group: Group, questions: dict[str, str], copy: Copy, *, people: int | None = None
) -> str:
    """How often, by how many, since when, and what became of it; ready for mrkdwn."""
    answered = questions.get(group.entry or "", "")
    text = copy.say(
        "learning.counted_once" if group.times == 1 else "learning.counted",
        times=f"{group.times:,}",
        people=f"{people:,}" if people and people > 1 else None,
        since=_WHEN,
        entry=answered or None,
    )
    return escaped(text).replace(_WHEN, _day(group.first))


def _wished(number: int, copy: Copy) -> str:
    if number == 1:
        return copy.say("learning.wished_one")
    return copy.say("learning.wished", number=f"{number:,}")


def _quoted(text: str, copy: Copy) -> str:
    return copy.say("learning.quoted", text=cut(" ".join(text.split()), LONGEST_SHOWN))


def _small(text: str) -> Block:
    return {"type": "context", "elements": [marked(text)["text"]]}


def _day(when: datetime) -> str:
    """A day as Slack shows it in the reader's own zone."""
    return f"<!date^{int(when.timestamp())}^{{date_long}}|{when:%Y-%m-%d}>"
