"""The window in which an entry is written, and its preview."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.domain.curation import EntryText
from bot.domain.curation_difference import difference
from bot.domain.curation_form import (
    MOST_LETTERS,
    fields_of,
    names_in,
    says_the_same_words,
    wordings_kept,
)
from bot.domain.faq import Entry, answer_of
from bot.services.bank import Bank
from handlers.slack.views.blocks import (
    SECTION_TEXT,
    Block,
    actions,
    button,
    cut,
    divider,
    header,
    modal,
    plain,
    quiet,
    text_input,
    words,
)
from handlers.slack.views.curation import related_line
from handlers.slack.views.curation_changes import changed_blocks
from handlers.slack.views.faq import answer_words

LONGEST_QUESTION = 75
SHORT_VALUE = 200
OPTIONS = 100
"""Slack lists so many in one menu, and as many in each group of one."""


@dataclass(frozen=True, slots=True)
class Editing:
    """What travels with the windows of one edit.

    `number` is the newest revision that was seen, `origin` what the entry is to answer. `under` is
    the window below ("entry", "review" or none), and `below` what that one carries.
    """

    entry: str = ""
    number: int = 0
    draft: int = 0
    under: str = ""
    origin: str = ""
    below: str = ""

    def metadata(self) -> dict[str, object]:
        """As it is kept in a window."""
        return {
            "entry": self.entry,
            "number": self.number,
            "draft": self.draft,
            "under": self.under,
            "origin": self.origin,
            "below": self.below,
        }


def form_modal(
    text: EntryText, editing: Editing, bank: Bank, *, notes: Sequence[str] = ()
) -> Block:
    """The window, filled with an entry; an empty one for a new entry. `notes` stand above it."""
    copy, fields = bank.content.copy, fields_of(text)
    kept = wordings_kept(text)
    hint = copy.say("curation.utterances_hint")
    if kept:
        hint = copy.say("curation.wordings_kept", number=f"{kept:,}", hint=hint)
    blocks = [
        *([words("\n".join(notes)), divider()] if notes else []),
        text_input(
            "question",
            copy.say("curation.field_question"),
            hint=copy.say("curation.question_hint"),
            initial=fields.question,
            longest=LONGEST_QUESTION,
        ),
        text_input(
            "answer",
            copy.say("curation.field_answer"),
            hint=copy.say("curation.answer_hint", example="{experience_years}"),
            multiline=True,
            initial=fields.answer,
        ),
        *_values_used(text, bank),
        _chosen("sources", _sources(bank), fields.sources, bank, optional=False),
        text_input(
            "utterances",
            copy.say("curation.field_utterances"),
            hint=hint,
            multiline=True,
            optional=True,
            initial="\n".join(fields.wordings),
        ),
        _chosen("related", _entries(bank, text.id), fields.related, bank, optional=True),
        _day("verified", fields.verified.isoformat(), bank, optional=False),
        _day("review", fields.review.isoformat() if fields.review else "", bank, optional=True),
    ]
    return modal(
        "curation.save",
        copy.say("curation.edit_title" if editing.entry else "curation.add_title"),
        blocks,
        submit=copy.say("curation.preview"),
        close=copy.say("curation.cancel"),
        metadata=editing.metadata(),
    )


def preview_modal(
    entry: Entry,
    text: EntryText,
    live: EntryText | None,
    editing: Editing,
    bank: Bank,
    *,
    note: str = "",
) -> Block:
    """The answer exactly as a member would read it, and what is different from now."""
    copy = bank.content.copy
    blocks = [
        *([words(note), divider()] if note else []),
        words(copy.say("curation.preview_text")),
        header(entry.question),
        *answer_words(answer_of(entry, bank.content.entries), copy),
        *related_line(text, bank),
    ]
    if live and live.approved and not says_the_same_words(live, text):
        blocks.append(words(copy.say("curation.loses_approval", by=live.approved.by)))
    if live is not None:
        changes = difference(live, text)
        blocks += [divider(), quiet(copy.say("curation.changes" if changes else "curation.same"))]
        blocks += changed_blocks(changes, bank)
    blocks.append(
        actions(button(copy.say("curation.go_on_editing"), "curation.again", str(editing.draft)))
    )
    return modal(
        "curation.publish",
        copy.say("curation.preview_title"),
        blocks[:OPTIONS],
        submit=copy.say("curation.publish"),
        close=copy.say("curation.leave"),
        metadata=editing.metadata(),
    )


def waiting_modal(bank: Bank) -> Block:
    """What is shown while a check takes longer than Slack waits."""
    copy = bank.content.copy
    text = words(copy.say("curation.checking"))
    return modal(
        "curation.waiting", copy.say("curation.title"), [text], close=copy.say("curation.close")
    )


def published_modal(text: EntryText | None, bank: Bank, *, is_below: bool) -> Block:
    """It is live; `is_below` says that a window below shows how it stands now."""
    copy = bank.content.copy
    is_approved = text is None or text.approved is not None
    said = copy.say(
        "curation.published" if is_approved else "curation.published_unapproved",
        question=text.question if text else None,
    )
    close = copy.say("curation.back" if is_below else "curation.close")
    return modal("curation.done", copy.say("curation.published_title"), [words(said)], close=close)


def values_modal(bank: Bank) -> Block:
    """Every value that an answer may name, with what it is now."""
    copy = bank.content.copy
    lines = [_value_line(name, text, bank) for name, text in copy.values.items()]
    blocks = [words(copy.say("curation.values_text", example="{experience_years}"))]
    blocks += [words(part) for part in _in_sections(lines)]
    return modal(
        "curation.values",
        copy.say("curation.values_title"),
        blocks[:OPTIONS],
        close=copy.say("curation.back"),
    )


def _values_used(text: EntryText, bank: Bank) -> list[Block]:
    """What the names in an answer stand for, and the way to the rest of them."""
    copy = bank.content.copy
    values = copy.values
    lines = [
        _value_line(name, values[name], bank) for name in names_in(text.answer) if name in values
    ]
    look = actions(button(copy.say("curation.look_up"), "curation.values"))
    if not lines:
        return [look]
    said = copy.say("curation.values_here", values="\n".join(lines))
    return [quiet(cut(said, SECTION_TEXT)), look]


def _value_line(name: str, text: str | None, bank: Bank) -> str:
    shown = f"{{{name}}}"
    if text is None:
        return bank.content.copy.say("curation.value_unknown", name=shown)
    return bank.content.copy.say("curation.value", name=shown, text=cut(text, SHORT_VALUE))


def _in_sections(lines: Sequence[str]) -> list[str]:
    parts = [""]
    for line in lines:
        if len(parts[-1]) + len(line) >= MOST_LETTERS:
            parts.append("")
        parts[-1] += f"{line}\n"
    return [part.rstrip() for part in parts if part]


def _sources(bank: Bank) -> dict[str, list[Block]]:
    groups: dict[str, list[Block]] = {}
    for source in bank.content.sources.values():
        text = plain(f"{source.title} ({source.edition})", LONGEST_QUESTION)
        groups.setdefault(source.publisher, []).append({"text": text, "value": source.id})
    return groups


def _entries(bank: Bank, but: str) -> dict[str, list[Block]]:
    groups: dict[str, list[Block]] = {}
    for entry in bank.content.entries.values():
        if entry.id != but:
            option = {"text": plain(entry.question, LONGEST_QUESTION), "value": entry.id}
            groups.setdefault(entry.group, []).append(option)
    return groups


def _chosen(
    field: str,
    groups: Mapping[str, list[Block]],
    initial: Sequence[str],
    bank: Bank,
    *,
    optional: bool,
) -> Block:
    """A menu of many; Slack searches it by what is typed, also where it comes in groups."""
    options = [option for group in groups.values() for option in group]
    element: Block = {"type": "multi_static_select", "action_id": "value"}
    if len(options) <= OPTIONS:
        element["options"] = options
    else:
        element["option_groups"] = _groups(groups)
        options = [one for group in element["option_groups"] for one in group["options"]]
    if picked := [option for option in options if option["value"] in initial]:
        element["initial_options"] = picked
    return _labelled(field, element, bank, optional=optional)


def _groups(groups: Mapping[str, list[Block]]) -> list[Block]:
    return [
        {"label": plain(name, LONGEST_QUESTION), "options": group[at : at + OPTIONS]}
        for name, group in groups.items()
        for at in range(0, len(group), OPTIONS)
    ][:OPTIONS]


def _day(field: str, initial: str, bank: Bank, *, optional: bool) -> Block:
    element: Block = {"type": "datepicker", "action_id": "value"}
    if initial:
        element["initial_date"] = initial
    return _labelled(field, element, bank, optional=optional)


def _labelled(field: str, element: Block, bank: Bank, *, optional: bool) -> Block:
    copy = bank.content.copy
    return {
        "type": "input",
        "block_id": field,
        "label": plain(copy.say(f"curation.field_{field}"), 2000),
        "hint": plain(copy.say(f"curation.{field}_hint"), 2000),
        "element": element,
        "optional": optional,
    }
