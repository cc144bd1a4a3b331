"""How the hours ledger looks: one entry, the latest ones, and the list in pages."""

from collections.abc import Sequence

from bot.domain.copy import Copy
from bot.domain.eligibility_profile import KINDS
from bot.domain.ledger_form import CREDITS
from bot.domain.ledger_judging import Judgement
from bot.domain.program import long_date
from bot.services.ledger import Page, Row, Shown
from handlers.slack.views.blocks import (
    Block,
    Message,
    actions,
    button,
    cut,
    header,
    message,
    modal,
    numbered,
    quiet,
    words,
)

SHOWN_TITLE = 300
LIST = "ledger.list"
"""The list, as a window and as the action that opens or turns it."""


def entry_message(shown: Shown, copy: Copy) -> Message:
    """One entry in the direct conversation, or what is left of it."""
    blocks = shown_blocks(shown, copy)
    return message(shown_text(shown, copy), blocks)


def shown_text(shown: Shown, copy: Copy) -> str:
    """An entry in words, to the last of them."""
    if shown.row is None:
        return copy.say("ledger.forgotten")
    if shown.deleted:
        return copy.say("ledger.deleted", entry=entry_line(shown.row, copy))
    return "\n".join([copy.say("ledger.kept"), row_text(shown.row, copy)])


def shown_blocks(shown: Shown, copy: Copy) -> list[Block]:
    """An entry with what can be done with it."""
    text = words(shown_text(shown, copy))
    if shown.row is None:
        return [text]
    value = str(shown.row.entry.id)
    if shown.deleted:
        label = copy.say("ledger.restore_label", title=shown.row.entry.title)
        return [
            text,
            actions(button(copy.say("ledger.restore"), "ledger.restore", value, label=label)),
        ]
    row = [change_button(shown.row, copy), delete_button(shown.row, copy)]
    if shown.row.judgement.state == "unsure":
        row.append(button(copy.say("ledger.ask_chair"), "handoff.open"))
    return [text, actions(*row, add_button(copy))]


def row_text(row: Row, copy: Copy) -> str:
    """An entry and what it counts for."""
    return "\n".join([entry_line(row, copy), *judged_lines(row, copy)])


def entry_line(row: Row, copy: Copy) -> str:
    """When, what, how much, in which category, of which kind, by whom."""
    entry = row.entry
    return copy.say(
        "ledger.entry",
        day=long_date(entry.day),
        title=cut(entry.title, SHOWN_TITLE),
        amount=amount_text(row, copy),
        category=row.category or row.subject,
        kind=kind_text(entry.kind, copy),
        provider=cut(entry.provider, SHOWN_TITLE) or None,
        confirmed=copy.say("ledger.confirmed") if entry.is_confirmed else None,
    )


def judged_lines(row: Row, copy: Copy) -> list[str]:
    """What the entry counts for an application, and for keeping the CLM where that is at stake."""
    judged = _judged_text("ledger.because_", row.judgement, copy)
    if row.keeping is None:
        return [judged]
    keeping = _judged_text("recertification.judged_", row.keeping, copy)
    kept = copy.say("ledger.for_keeping", judged=keeping)
    if row.entry.category is None:
        return [kept]
    return [kept, copy.say("ledger.for_applying", judged=judged)]


def _judged_text(prefix: str, judgement: Judgement, copy: Copy) -> str:
    reason = copy.say(f"{prefix}{judgement.reason}", **judgement.values)
    return copy.say("ledger.judged", state=state_text(judgement, copy), reason=reason)


def state_text(judgement: Judgement, copy: Copy) -> str:
    """Whether an entry counts, in a word or two."""
    return copy.say(f"ledger.state_{judgement.state}")


def kind_text(kind: str, copy: Copy) -> str:
    """A kind of course in words."""
    return copy.say(f"ledger.kind_{kind}" if kind in KINDS else "ledger.kind_unknown")


def amount_text(row: Row, copy: Copy) -> str:
    """Hours, or college credits."""
    if row.entry.kind not in CREDITS:
        return row.amount
    key = "ledger.credit" if row.entry.amount == 1 else "ledger.credits"
    return copy.say(key, number=row.amount)


def latest_text(page: Page, copy: Copy) -> str:
    """The latest entries in words."""
    if not page.total:
        return copy.say("ledger.none")
    title = copy.say("ledger.latest", shown=str(len(page.rows)), total=str(page.total))
    return "\n\n".join([title, *(row_text(row, copy) for row in page.rows)])


def latest_blocks(page: Page, copy: Copy, *, more: Sequence[Block] = ()) -> list[Block]:
    """The latest entries, and the buttons to add one and to see all; `more` are further buttons."""
    if not page.total:
        return [words(copy.say("ledger.none")), actions(add_button(copy, primary=True))]
    title = copy.say("ledger.latest", shown=str(len(page.rows)), total=str(page.total))
    rows = [words(row_text(row, copy)) for row in page.rows]
    buttons = (add_button(copy, primary=True), all_button(copy), *more)
    return [quiet(title), *rows, actions(*buttons)]


def latest_message(page: Page, copy: Copy, *, more: Sequence[Block] = ()) -> Message:
    """The same as a message."""
    title = copy.say("ledger.title")
    text = f"{title}\n\n{latest_text(page, copy)}"
    return message(text, [header(title), *latest_blocks(page, copy, more=more)])


def list_modal(page: Page, copy: Copy) -> Block:
    """One page of all entries, each with its button to change it."""
    if not page.total:
        blocks = [words(copy.say("ledger.none")), actions(add_button(copy, primary=True))]
    else:
        at = {"number": str(page.number), "pages": str(page.pages), "total": str(page.total)}
        rows = [
            {**words(row_text(row, copy)), "accessory": change_button(row, copy)}
            for row in page.rows
        ]
        blocks = [quiet(copy.say("ledger.page", **at)), *rows, actions(*_turning(page, copy))]
    return modal(
        "ledger.list",
        copy.say("ledger.title"),
        blocks,
        close=copy.say("ledger.close"),
        metadata={"page": page.number},
    )


def _turning(page: Page, copy: Copy) -> list[Block]:
    found = []
    if page.number > 1:
        found.append(button(copy.say("ledger.newer"), numbered(LIST, 1), str(page.number - 1)))
    if page.number < page.pages:
        found.append(button(copy.say("ledger.older"), numbered(LIST, 2), str(page.number + 1)))
    return [*found, add_button(copy)]


def add_button(copy: Copy, turn: int = 0, *, primary: bool = False) -> Block:
    """Opens the form; `turn` is where the member said what is filled in."""
    value = str(turn) if turn else ""
    style = "primary" if primary else ""
    return button(copy.say("ledger.add"), "ledger.add", value, style=style)


def all_button(copy: Copy) -> Block:
    """Opens the list."""
    return button(copy.say("ledger.all"), LIST)


def change_button(row: Row, copy: Copy) -> Block:
    """Opens the form with an entry."""
    label = copy.say("ledger.change_label", title=row.entry.title)
    return button(copy.say("ledger.change"), "ledger.edit", str(row.entry.id), label=label)


def delete_button(row: Row, copy: Copy) -> Block:
    """Takes an entry out."""
    label = copy.say("ledger.delete_label", title=row.entry.title)
    return button(copy.say("ledger.delete"), "ledger.delete", str(row.entry.id), label=label)
