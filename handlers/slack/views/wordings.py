"""Wordings that members chose an answer for, to be taken into the bank or not."""

from collections.abc import Sequence
from itertools import groupby

from bot.domain.copy import Copy
from bot.domain.learning import Proposal
from handlers.slack.views.blocks import (
    Block,
    actions,
    button,
    cut,
    divider,
    modal,
    numbered,
    quiet,
    words,
)

PAGE = 10
"""Wordings on a page."""
LONGEST_VALUE = 2000
"""Characters of the value of a button, which holds the ids of a page."""


def wordings_modal(
    waiting: Sequence[Proposal], questions: dict[str, str], copy: Copy, *, note: str = ""
) -> Block:
    """The first page of what waits, entry by entry; what is decided makes room for the next."""
    shown = waiting[:PAGE]
    blocks: list[Block] = [words(note)] if note else []
    if not shown:
        blocks.append(words(copy.say("learning.no_wordings")))
    else:
        blocks.append(quiet(copy.say("learning.wordings_intro", number=f"{len(waiting):,}")))
    for entry, part in groupby(shown, key=lambda one: one.entry):
        blocks.append(divider())
        blocks.append(words(copy.say("learning.wordings_for", question=questions[entry])))
        for proposal in part:
            blocks += _row(proposal, copy)
    if len(shown) > 1:
        ids = ",".join(str(one.id) for one in shown)[:LONGEST_VALUE]
        text = copy.say("learning.accept_all", number=str(len(shown)))
        blocks += [divider(), actions(button(text, "learning.accept_all", ids))]
    back = button(copy.say("learning.to_questions"), numbered("learning.page", 0), "0")
    blocks.append(actions(back))
    return modal(
        "learning.wordings",
        copy.say("learning.wordings_title"),
        blocks,
        close=copy.say("ask.modal_close"),
    )


def _row(proposal: Proposal, copy: Copy) -> list[Block]:
    times = f"{proposal.times:,}" if proposal.times > 1 else None
    text = copy.say("learning.wording", text=proposal.text, times=times)
    short = cut(proposal.text, 50)
    return [
        words(text),
        actions(
            button(
                copy.say("learning.accept"),
                "learning.accept",
                str(proposal.id),
                label=copy.say("learning.accept_label", text=short),
            ),
            button(
                copy.say("learning.reject"),
                "learning.reject",
                str(proposal.id),
                label=copy.say("learning.reject_label", text=short),
            ),
        ),
    ]
