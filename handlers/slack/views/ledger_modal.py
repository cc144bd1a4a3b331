"""The form of a ledger entry as a modal, what it turns into, and what was understood in words.

The day is a text field and no calendar: "yesterday" and "3 Nov" are quicker to type than to find,
a calendar cannot be filled with what is in doubt, and the entry is shown with its day written out.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.domain.copy import Copy
from bot.domain.eligibility_rules import RuleSet
from bot.domain.faq import Reply
from bot.domain.ledger_form import KINDS_OFFERED, NO_CATEGORY, UNSURE
from bot.domain.ledger_reading import Told
from bot.domain.program import long_date
from bot.domain.recertification import RecertificationRules
from bot.services.ledger import Row, Shown
from handlers.slack.views.blocks import (
    Block,
    Message,
    actions,
    button,
    message,
    modal,
    plain,
    quiet,
    text_input,
    words,
)
from handlers.slack.views.ledger import (
    add_button,
    all_button,
    entry_line,
    judged_lines,
    kind_text,
    shown_blocks,
)

LONGEST = {"day": 60, "title": 200, "provider": 120, "amount": 60, "proof": 500, "note": 1000}
"""Characters that each field takes; Slack lets nobody type more."""

OPTION_TEXT = 75


@dataclass(frozen=True, slots=True)
class Form:
    """One window: `form` names it, and what it changes; `page` is the list below it.

    `filled` are its fields. `warned` says that the member was shown that there is a like entry.
    """

    form: str
    filled: Mapping[str, str | None]
    entry: int = 0
    version: int = 0
    warned: bool = False
    page: int = 0

    @property
    def metadata(self) -> dict[str, object]:
        """What travels with the window."""
        return {
            "form": self.form,
            "entry": self.entry,
            "version": self.version,
            "warned": self.warned,
            "page": self.page,
        }


@dataclass(frozen=True, slots=True)
class Lists:
    """What can be chosen in the form."""

    rules: RuleSet
    recertification: RecertificationRules


def form_modal(
    form: Form, lists: Lists, copy: Copy, above: Sequence[str] = (), confirmed: Row | None = None
) -> Block:
    """The form; `above` are sentences to read first. Of a `confirmed` entry only the notes."""
    shown = [words(text) for text in above]
    if confirmed is not None:
        shown.append(words(copy.say("ledger.only_notes", entry=entry_line(confirmed, copy))))
        fields = [_text("provider", form, copy, optional=True), *_notes(form, copy)]
    else:
        fields = [*_main(form, lists, copy), *_notes(form, copy)]
    if form.entry:
        label = copy.say("ledger.delete_label", title=form.filled.get("title") or "")
        value = str(form.entry)
        below = [button(copy.say("ledger.delete"), "ledger.delete", value, label=label)]
    else:
        below = [] if form.page else [all_button(copy)]
    return modal(
        "ledger.save",
        copy.say("ledger.change_title" if form.entry else "ledger.add_title"),
        [*shown, *fields, *([actions(*below)] if below else [])],
        close=copy.say("ledger.cancel"),
        submit=copy.say("ledger.save_anyway" if form.warned else "ledger.save"),
        metadata=form.metadata,
    )


def _main(form: Form, lists: Lists, copy: Copy) -> list[Block]:
    rules = lists.rules
    categories = {
        **rules.labels,
        UNSURE: copy.say("ledger.category_unsure"),
        NO_CATEGORY: copy.say("ledger.category_none"),
    }
    kinds = {kind: kind_text(kind, copy) for kind in KINDS_OFFERED if kind in rules.kinds}
    subjects = {name: one.label for name, one in lists.recertification.subjects.items()}
    return [
        _text("day", form, copy, copy.say("ledger.day_hint")),
        _text("title", form, copy),
        _text("amount", form, copy, copy.say("ledger.amount_hint")),
        _select("category", categories, form, copy, copy.say("ledger.category_hint")),
        _select("kind", kinds, form, copy, copy.say("ledger.kind_hint")),
        _text("provider", form, copy, optional=True),
        _select("subject", subjects, form, copy, copy.say("ledger.subject_hint"), optional=True),
    ]


def _notes(form: Form, copy: Copy) -> list[Block]:
    return [
        _text("proof", form, copy, copy.say("ledger.proof_hint"), optional=True),
        _text("note", form, copy, optional=True, multiline=True),
    ]


def _text(
    name: str,
    form: Form,
    copy: Copy,
    hint: str = "",
    *,
    optional: bool = False,
    multiline: bool = False,
) -> Block:
    return text_input(
        name,
        copy.say(f"ledger.field_{name}"),
        hint=hint,
        optional=optional,
        multiline=multiline,
        initial=form.filled.get(name) or "",
        longest=LONGEST[name],
    )


def _select(
    name: str,
    choices: Mapping[str, str],
    form: Form,
    copy: Copy,
    hint: str,
    *,
    optional: bool = False,
) -> Block:
    options = [
        {"text": plain(label, OPTION_TEXT), "value": value} for value, label in choices.items()
    ]
    element: Block = {
        "type": "static_select",
        "action_id": "value",
        "options": options,
        "placeholder": plain(copy.say("ledger.choose"), OPTION_TEXT),
    }
    if chosen := [one for one in options if one["value"] == form.filled.get(name)]:
        element["initial_option"] = chosen[0]
    return {
        "type": "input",
        "block_id": name,
        "label": plain(copy.say(f"ledger.field_{name}"), 2000),
        "element": element,
        "optional": optional,
        "hint": plain(hint, 2000),
    }


def kept_modal(row: Row, copy: Copy, page: int = 0) -> Block:
    """What a saved entry counts for; `page` is the list below it, as in `Form`."""
    blocks = [
        words("\n".join([entry_line(row, copy), *judged_lines(row, copy)])),
        quiet(copy.say("ledger.also_in_dm")),
    ]
    return modal(
        "ledger.kept",
        copy.say("ledger.kept"),
        [*blocks, actions(add_button(copy))],
        close=copy.say("ledger.close"),
        metadata={"page": page},
    )


def changed_modal(shown: Shown, copy: Copy) -> Block:
    """An entry that was deleted or brought back from a window."""
    return modal(
        "ledger.changed",
        copy.say("ledger.title"),
        shown_blocks(shown, copy),
        close=copy.say("ledger.close"),
    )


def understood_lines(told: Told, rules: RuleSet, copy: Copy) -> list[str]:
    """What was read in somebody's own words, field by field."""
    category = rules.labels.get(told.category or "")
    found = {
        "day": long_date(told.day) if told.day else "",
        "title": told.title,
        "amount": told.amount_text,
        "category": category or "",
        "kind": kind_text(told.kind, copy) if told.kind else "",
        "provider": told.provider,
    }
    lines = [
        copy.say("ledger.understood_line", field=copy.say(f"ledger.field_{name}"), value=value)
        for name, value in found.items()
        if value
    ]
    if told.day_written:
        lines.append(copy.say("ledger.understood_day", written=told.day_written))
    if told.several:
        lines.append(copy.say("ledger.several"))
    return lines


def understood_message(reply: Reply, told: Told, rules: RuleSet, copy: Copy) -> Message:
    """What was understood, with the button that opens the form filled in; nothing is kept yet."""
    lines = "\n".join(understood_lines(told, rules, copy))
    texts = [copy.say("ledger.understood"), lines, copy.say("ledger.not_yet")]
    before = [quiet(copy.say("ask.late"))] if reply.late else []
    check = button(copy.say("ledger.check"), "ledger.add", str(reply.turn), style="primary")
    automated = copy.say("bot.automated")
    first = copy.say("ask.introduction", automated=automated) if reply.introduces else ""
    blocks = [*before, *map(words, texts), actions(check), *([quiet(first)] if first else [])]
    late = [copy.say("ask.late")] if reply.late else []
    return message("\n\n".join([*late, *texts, *([first] if first else [])]), blocks)
