"""The bank in chat: the list, one entry, its history, and a conflict with the files."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.curation import Curated, EntryText, Revision
from bot.domain.curation_difference import difference
from bot.domain.curation_form import drafted
from bot.domain.curation_text import digest_of
from bot.domain.faq import Answer, answer_of
from bot.domain.program import long_date
from bot.services.bank import Bank
from bot.services.curation import PAGE
from bot.services.curation_desk import Listing, Opened
from handlers.slack.ids import user_id_of
from handlers.slack.views.blocks import (
    Block,
    actions,
    button,
    cut,
    divider,
    header,
    marked,
    modal,
    numbered,
    quiet,
    text_input,
    words,
)
from handlers.slack.views.curation_changes import changed_blocks
from handlers.slack.views.faq import answer_words
from handlers.slack.views.handoff import told

LONGEST_SEARCH = 150
FIRST_ONES = 5
"""So many drafts and conflicts are named above the list; the next ones come up when these go."""


@dataclass(frozen=True, slots=True)
class Place:
    """A place in the list: what was searched for, and how many entries stand before."""

    words: str = ""
    offset: int = 0

    def metadata(self) -> dict[str, object]:
        """As it is kept in a window."""
        return {"words": self.words, "offset": self.offset}


def list_modal(found: Listing, bank: Bank) -> Block:
    """Everything that was found, a page at a time, with a field to search by."""
    copy = bank.content.copy
    blocks = [
        text_input(
            "words",
            copy.say("curation.search"),
            hint=copy.say("curation.search_hint"),
            optional=True,
            initial=found.words,
            longest=LONGEST_SEARCH,
        ),
        actions(button(copy.say("curation.add"), "curation.add")),
        *_waiting(found, bank),
        *(_item(one, at, bank) for at, one in enumerate(found.items)),
        *_place(found, bank),
    ]
    return modal(
        "curation.find",
        copy.say("curation.title"),
        blocks,
        submit=copy.say("curation.find"),
        close=copy.say("curation.close"),
        metadata=Place(found.words, found.offset).metadata(),
    )


def entry_modal(found: Opened, bank: Bank, back: Place, *, note: str = "") -> Block:
    """One entry as members read it, and what can be done to it."""
    copy, one = bank.content.copy, found.curated
    blocks = [
        *([words(note)] if note else []),
        header(one.text.question),
        quiet(states(one, bank)),
        *answer_words(answer_shown(found, bank), copy),
        *related_line(found.curated.text, bank),
        actions(*_deeds(found, bank)),
        actions(button(copy.say("curation.back_to_list"), "curation.back")),
    ]
    return modal(
        "curation.entry",
        copy.say("curation.title"),
        blocks,
        close=copy.say("curation.close"),
        metadata=back.metadata(),
    )


def answer_shown(found: Opened, bank: Bank) -> Answer:
    """The entry as members read it, or, where they do not, as it would read."""
    if found.entry is not None:
        return answer_of(found.entry, bank.content.entries)
    return drafted(found.curated.text, bank.content.sources, bank.content.copy)


def states(one: Curated, bank: Bank) -> str:
    """In words how an entry stands, for a list and above the entry itself."""
    copy, entry = bank.content.copy, bank.content.entries.get(one.text.id)
    found = [copy.say("curation.is_live" if one.is_live else "curation.is_retired")]
    if one.number:
        found.append(copy.say("curation.is_changed" if one.in_files else "curation.is_added"))
    if one.is_live and one.text.approved is None:
        found.append(copy.say("curation.is_unapproved"))
    # What only opens a window has nothing to be read again, and the review leaves it out.
    if one.is_live and entry and not entry.is_action and entry.overdue and entry.due_on:
        found.append(copy.say("curation.is_overdue", day=long_date(entry.due_on)))
    if one.conflict:
        found.append(copy.say("curation.is_conflict"))
    return copy.say("curation.states", states=", ".join(found))


def history_modal(
    found: Opened, revisions: Sequence[Revision], at: int, bank: Bank, back: Place
) -> Block:
    """Who did what and when, newest first; the newest can be undone."""
    copy, entry = bank.content.copy, found.curated.text.id
    newest = revisions[0].number if revisions else 0
    blocks: list[Block] = [header(found.curated.text.question)]
    if not revisions:
        blocks.append(words(copy.say("curation.no_history")))
    for position in range(at, min(at + FIRST_ONES, len(revisions))):
        revision = revisions[position]
        before = _before(revisions, position, bank)
        blocks += [divider(), *_revision(revision, before, bank)]
        if revision.number == newest:
            undo = button(copy.say("curation.undo"), "curation.undo", f"{entry}:{newest}")
            blocks.append(actions(undo))
    if at + FIRST_ONES < len(revisions):
        value = f"{entry}:{at + FIRST_ONES}"
        blocks.append(actions(button(copy.say("curation.older"), "curation.older", value)))
    return modal(
        "curation.history",
        copy.say("curation.history"),
        blocks,
        close=copy.say("curation.back"),
        metadata=back.metadata(),
    )


def conflict_modal(one: Curated, in_files: EntryText | None, bank: Bank, back: Place) -> Block:
    """Both versions of an entry, one below the other, and a button for each."""
    copy, value = bank.content.copy, f"{one.text.id}:{one.number}"
    chat = (
        [words(copy.say("curation.chat_retired"))] if not one.is_live else _version(one.text, bank)
    )
    files = _version(in_files, bank) if in_files else [words(copy.say("curation.files_without"))]
    keep = button(copy.say("curation.keep_chat"), numbered("curation.settle", 0), f"chat:{value}")
    take = button(copy.say("curation.keep_files"), numbered("curation.settle", 1), f"files:{value}")
    blocks = [
        words(copy.say("curation.conflict_text")) if not one.faults else _unfit(one, bank),
        header(copy.say("curation.in_chat")),
        *chat,
        actions(keep),
        header(copy.say("curation.in_files")),
        *files,
        actions(take),
    ]
    return modal(
        "curation.conflict",
        copy.say("curation.conflict"),
        blocks,
        close=copy.say("curation.back"),
        metadata=back.metadata(),
    )


def note_modal(text: str, bank: Bank, *, ends: bool = False) -> Block:
    """A window that only says something; `ends` closes those below it as well."""
    copy = bank.content.copy
    view = modal(
        "curation.note", copy.say("curation.title"), [words(text)], close=copy.say("curation.close")
    )
    return {**view, "clear_on_close": True} if ends else view


def _waiting(found: Listing, bank: Bank) -> list[Block]:
    """What was begun and not published, and what differs between chat and files."""
    copy, blocks = bank.content.copy, []
    for draft in found.drafts[:FIRST_ONES]:
        question = draft.text.question or copy.say("curation.no_question")
        block = words(copy.say("curation.begun", question=question))
        label = copy.say("curation.go_on_label", question=question)
        row = actions(
            button(copy.say("curation.go_on"), "curation.resume", str(draft.id), label=label),
            button(copy.say("curation.drop"), "curation.drop", str(draft.id)),
        )
        blocks += [block, row]
    for at, one in enumerate(found.conflicts[:FIRST_ONES]):
        block = words(copy.say("curation.differs", question=one.text.question))
        label = copy.say("curation.compare_label", question=one.text.question)
        action = numbered("curation.conflict", at)
        block["accessory"] = button(copy.say("curation.compare"), action, one.text.id, label=label)
        blocks.append(block)
    return [*blocks, divider()] if blocks else []


def _item(one: Curated, at: int, bank: Bank) -> Block:
    copy = bank.content.copy
    block = words(f"{one.text.question}\n{states(one, bank)}")
    label = copy.say("curation.open_label", question=one.text.question)
    action = numbered("curation.open", at)
    block["accessory"] = button(copy.say("curation.open"), action, one.text.id, label=label)
    return block


def _place(found: Listing, bank: Bank) -> list[Block]:
    copy = bank.content.copy
    if not found.total:
        return [words(copy.say("curation.nothing_found"))]
    first, last = found.offset + 1, found.offset + len(found.items)
    line = copy.say("curation.page", first=str(first), last=str(last), total=f"{found.total:,}")
    row = []
    if found.offset:
        value = str(max(0, found.offset - PAGE))
        row.append(button(copy.say("curation.before"), numbered("curation.page", 0), value))
    if last < found.total:
        row.append(button(copy.say("curation.after"), numbered("curation.page", 1), str(last)))
    return [quiet(line), *([actions(*row)] if row else [])]


def _deeds(found: Opened, bank: Bank) -> list[Block]:
    copy, one = bank.content.copy, found.curated
    value = f"{one.text.id}:{one.number}"
    row = []
    if one.conflict:
        row.append(
            button(copy.say("curation.compare"), "curation.conflict", one.text.id, style="primary")
        )
    if one.is_live:
        row.append(button(copy.say("curation.edit"), "curation.edit", value))
        if one.text.approved is None and "approve" in found.rights:
            row.append(button(copy.say("curation.approve"), "curation.approve", value))
        row.append(button(copy.say("curation.retire"), "curation.retire", value))
    else:
        row.append(button(copy.say("curation.restore"), "curation.restore", value))
    row.append(button(copy.say("curation.history"), "curation.history", one.text.id))
    return row


def related_line(text: EntryText, bank: Bank) -> list[Block]:
    """The questions that members are offered below the answer."""
    entries = bank.content.entries
    near = [entries[key].question for key in text.related if key in entries]
    if not near:
        return []
    return [quiet("\n".join([bank.content.copy.say("ask.related"), *(f"- {one}" for one in near)]))]


def _unfit(one: Curated, bank: Bank) -> Block:
    faults = "\n".join(f"- {fault}" for fault in one.faults)
    return words(bank.content.copy.say("curation.conflict_unfit", faults=faults))


def _version(text: EntryText, bank: Bank) -> list[Block]:
    answer = drafted(text, bank.content.sources, bank.content.copy)
    return [words(cut(text.question, 300)), *answer_words(answer, bank.content.copy)]


def _before(revisions: Sequence[Revision], position: int, bank: Bank) -> EntryText | None:
    """What a change was made of: of the first one what the files said, where they still do."""
    if position + 1 < len(revisions):
        return revisions[position + 1].text
    first = revisions[position]
    filed = bank.content.filed.get(first.entry)
    return filed if filed and digest_of(filed) == first.base else None


def _revision(revision: Revision, before: EntryText | None, bank: Bank) -> list[Block]:
    who = user_id_of(revision.by) if revision.by else ""
    line = told(bank.content.copy, f"curation.was_{revision.change}", when=revision.at, who=who)
    if revision.text is None or before is None:
        return [marked(line)]
    return [marked(line), *changed_blocks(difference(before, revision.text), bank)]
