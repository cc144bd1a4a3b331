"""faq/*.yaml as entries, checked across files.

What an entry names is checked even where the entry has another fault, so that one run tells all.
"""

from collections.abc import Mapping

from bot.content.documents import Document, Faults, Unread, did_you_mean
from bot.content.placed import Placed, placed_entries
from bot.content.places import ENTRIES, Shelf
from bot.content.schema import EntryFile
from bot.content.templates import finished
from bot.content.wordings import Wordings
from bot.domain.copy import Values
from bot.domain.faq import ACTION_GROUP, ACTIONS, Approval, Entry
from bot.domain.program import Source

# Slack refuses a section text of more than 3,000 characters; the rest is room for the source line.
LONGEST_ANSWER = 2600


def entries_from(
    shelf: Shelf, values: Values, sources: Mapping[str, Source], faults: Faults
) -> dict[str, Entry]:
    """Every entry by id, finished; each fault of each entry is noted."""
    placed = placed_entries(shelf, faults)
    is_whole = all(_tells_every_id(document) for document in shelf.folder(ENTRIES))
    known = placed if is_whole else Unread(placed, None)
    questions = Wordings(faults)
    texts: dict[str, str] = {}
    for entry in placed.values():
        _check_related(entry, known, faults)
        _check_sources(entry, shelf, sources, faults)
        _check_question(entry, questions)
        texts[entry.id] = _text(entry, values, faults)
    if is_whole:
        _check_actions(placed, shelf, faults)
    return {
        entry.id: _entry(entry, entry.file, texts[entry.id], sources)
        for entry in placed.values()
        if entry.file is not None
    }


def _entry(placed: Placed, file: EntryFile, text: str, sources: Mapping[str, Source]) -> Entry:
    return Entry(
        id=placed.id,
        group=placed.group,
        question=file.question,
        text=text,
        sources=tuple(sources[name] for name in file.sources if name in sources),
        verified=file.verified,
        approved=Approval(file.approved.by, file.approved.on) if file.approved else None,
        related=tuple(file.related),
        review=file.review,
    )


def _tells_every_id(document: Document) -> bool:
    """Whether what is missing among the ids of a file is really missing."""
    items = document.data.get("entries") if isinstance(document.data, Mapping) else None
    if not document.is_read or not isinstance(items, list):
        return document.is_own and document.is_read
    return all(isinstance(item, Mapping) and isinstance(item.get("id"), str) for item in items)


def _check_related(entry: Placed, known: Mapping[str, object], faults: Faults) -> None:
    seen: set[str] = set()
    for loc, other in entry.texts("related"):
        if other not in known:
            hint = did_you_mean(other, known)
            faults.add(entry.document, loc, f"there is no entry '{other}' to relate to{hint}")
        elif other == entry.id:
            faults.add(entry.document, loc, "an entry is not related to itself.")
        elif other in seen:
            faults.add(entry.document, loc, f"'{other}' stands twice among the related entries.")
        seen.add(other)


def _check_sources(
    entry: Placed, shelf: Shelf, sources: Mapping[str, Source], faults: Faults
) -> None:
    if entry.data.get("sources") == []:
        loc = (*entry.loc, "sources")
        faults.add(entry.document, loc, f"the entry '{entry.id}' names no source.")
    for loc, name in entry.texts("sources"):
        if name not in sources:
            shelf.unknown_source(entry.document, loc, name, sources)


def _check_question(entry: Placed, questions: Wordings) -> None:
    question = entry.data.get("question")
    if isinstance(question, str) and question.strip():
        questions.is_new(question, entry.id, entry.document, (*entry.loc, "question"))


def _check_actions(placed: Mapping[str, Placed], shelf: Shelf, faults: Faults) -> None:
    """The bot can do what its code can do: exactly these actions, and each needs its entry."""
    for key in ACTIONS:
        if key not in placed:
            faults.note("content/faq", f"the entry '{key}' is missing; the bot cannot do without.")
        elif placed[key].group != ACTION_GROUP:
            faults.add(
                placed[key].document,
                placed[key].loc,
                f"'{key}' belongs into {ACTION_GROUP}.yaml: it is something that the bot does.",
            )
    for entry in placed.values():
        if entry.group == ACTION_GROUP and entry.id not in ACTIONS:
            faults.add(
                entry.document,
                (*entry.loc, "id"),
                f"the bot cannot do '{entry.id}'; it can do {', '.join(ACTIONS)}. "
                "An answer belongs into another file of this folder.",
            )


def _text(entry: Placed, values: Values, faults: Faults) -> str:
    loc, answer = (*entry.loc, "answer"), entry.data.get("answer")
    if not isinstance(answer, str) or not answer:
        return ""
    before = len(faults.sentences)
    text = finished(answer, values, entry.document, loc, faults)
    if not text.strip() and len(faults.sentences) == before:
        faults.add(entry.document, loc, "the answer is empty.")
    if len(text) > LONGEST_ANSWER:
        faults.add(
            entry.document,
            loc,
            f"the answer has {len(text)} characters; Slack shows at most {LONGEST_ANSWER} well.",
        )
    return text
