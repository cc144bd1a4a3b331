"""faq/*.yaml and out_of_scope.yaml as entries and examples, checked across files.

What an entry names is checked even where the entry has another fault, so that one run tells all.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.content.documents import Document, Faults, Loc, Unread, did_you_mean, validated
from bot.content.places import ENTRIES, Shelf
from bot.content.schema import EntryFile, OutOfScopeFile
from bot.content.templates import finished
from bot.domain.copy import Values
from bot.domain.faq import ACTION_GROUP, ACTIONS, Approval, Entry
from bot.domain.matching import OUT_OF_SCOPE, Example
from bot.domain.program import Source

# Slack refuses a section text of more than 3,000 characters; the rest is room for the source line.
LONGEST_ANSWER = 2600
OUT_OF_SCOPE_KEY = "out_of_scope"


QUESTION = "question"
"""The author of the questions of the entries themselves."""


@dataclass(frozen=True, slots=True)
class _Placed:
    """An entry as it stands in its file; `file` is None when it has a fault."""

    id: str
    data: Mapping[str, Any]
    file: EntryFile | None
    group: str
    document: Document
    loc: Loc

    def texts(self, key: str) -> Iterator[tuple[Loc, str]]:
        """The texts of a list, each with its place."""
        given = self.data.get(key)
        for at, text in enumerate(given if isinstance(given, list) else ()):
            if isinstance(text, str):
                yield (*self.loc, key, at), text


@dataclass(slots=True)
class _Wordings:
    """Texts that may stand only once in all files."""

    faults: Faults
    seen: dict[str, str] = field(default_factory=dict)

    def knows(self, text: str) -> bool:
        """Whether a text stands already somewhere."""
        return " ".join(text.casefold().split()) in self.seen

    def is_new(self, text: str, owner: str, document: Document, loc: Loc) -> bool:
        """Whether a text stands here for the first time; if not, that is noted."""
        key = _compared(text)
        if not key:
            self.faults.add(document, loc, "a text is empty.")
            return False
        if key in self.seen:
            self.faults.add(
                document, loc, f"'{text}' stands already at {self.seen[key]}; keep one."
            )
            return False
        self.seen[key] = f"{document.at(loc)} ({owner})"
        return True


def entries_from(
    shelf: Shelf, values: Values, sources: Mapping[str, Source], faults: Faults
) -> dict[str, Entry]:
    """Every entry by id, finished; each fault of each entry is noted."""
    placed = _placed_entries(shelf, faults)
    is_whole = all(_tells_every_id(document) for document in shelf.folder(ENTRIES))
    known = placed if is_whole else Unread(placed, None)
    questions = _Wordings(faults)
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


def _entry(placed: _Placed, file: EntryFile, text: str, sources: Mapping[str, Source]) -> Entry:
    return Entry(
        id=placed.id,
        group=placed.group,
        question=file.question,
        text=text,
        sources=tuple(sources[name] for name in file.sources if name in sources),
        verified=file.verified,
        approved=Approval(file.approved.by, file.approved.on) if file.approved else None,
        related=tuple(file.related),
    )


def examples_from(shelf: Shelf, faults: Faults) -> tuple[Example, ...]:
    """Every utterance and every out-of-scope example, with its author; none may stand twice."""
    wordings = _Wordings(faults)
    examples: list[Example] = []
    for entry in _placed_entries(shelf, Faults()).values():
        loc = (*entry.loc, "utterances")
        found = list(_by_author(entry.data.get("utterances"), loc))
        if entry.file is not None and not found:
            faults.add(entry.document, loc, f"'{entry.id}' has no utterance; nobody would find it.")
        examples += [
            Example(text, entry.id, author)
            for place, author, text in found
            if wordings.is_new(text, entry.id, entry.document, place)
        ]
        # The question on the button is the plainest way to ask for its entry.
        if entry.file is not None and not wordings.knows(entry.file.question):
            examples.append(Example(entry.file.question, entry.id, QUESTION))
    document = shelf.document("out_of_scope.yaml")
    validated(OutOfScopeFile, document.data, document, (), faults)
    kinds = document.data.get(OUT_OF_SCOPE_KEY) if isinstance(document.data, Mapping) else None
    for kind, authors in kinds.items() if isinstance(kinds, Mapping) else ():
        examples += [
            Example(text, OUT_OF_SCOPE, author)
            for place, author, text in _by_author(authors, (OUT_OF_SCOPE_KEY, kind))
            if wordings.is_new(text, "out of scope", document, place)
        ]
    return tuple(examples)


def _question_of(entry: _Placed, utterances: set[str]) -> list[Example]:
    """The question itself, as it stands on buttons: who types it gets the answer."""
    if entry.file is None or _compared(entry.file.question) in utterances:
        return []
    return [Example(entry.file.question, entry.id)]


def _compared(text: str) -> str:
    return " ".join(text.casefold().split())


def _by_author(given: Any, loc: Loc) -> Iterator[tuple[Loc, str, str]]:
    for author, texts in given.items() if isinstance(given, Mapping) else ():
        for at, text in enumerate(texts if isinstance(texts, list) else ()):
            if isinstance(text, str):
                yield (*loc, author, at), author, text


def _tells_every_id(document: Document) -> bool:
    """Whether what is missing among the ids of a file is really missing."""
    items = document.data.get("entries") if isinstance(document.data, Mapping) else None
    if not document.is_read or not isinstance(items, list):
        return document.is_own and document.is_read
    return all(isinstance(item, Mapping) and isinstance(item.get("id"), str) for item in items)


def _placed_entries(shelf: Shelf, faults: Faults) -> dict[str, _Placed]:
    placed: dict[str, _Placed] = {}
    for document in shelf.folder(ENTRIES):
        if not document.is_read:
            continue
        items = document.data.get("entries") if isinstance(document.data, Mapping) else None
        if not isinstance(items, list):
            if not document.is_own or document.data:
                faults.add(document, (), "a list under 'entries:' is expected here.")
            continue
        _check_top(document, faults)
        for at, item in enumerate(items):
            loc: Loc = ("entries", at)
            file = validated(EntryFile, item, document, loc, faults)
            key = item.get("id") if isinstance(item, Mapping) else None
            if isinstance(key, str):
                before = placed.pop(key, None)
                _note_twice(key, document, loc, before, faults)
                group = before.group if before else _group(document)
                placed[key] = _Placed(key, item, file, group, document, loc)
    return placed


def _check_top(document: Document, faults: Faults) -> None:
    for key in document.data:
        if key != "entries":
            hint = did_you_mean(key, ["entries"])
            faults.add(document, (key,), f"unknown key '{key}'{hint}")


def _group(document: Document) -> str:
    return document.name.replace("\\", "/").rsplit("/", 1)[-1].removesuffix(".yaml")


def _note_twice(
    key: str, document: Document, loc: Loc, before: _Placed | None, faults: Faults
) -> None:
    if before is None or (document.is_own and not before.document.is_own):
        return
    where = before.document.at(before.loc)
    faults.add(document, loc, f"the id '{key}' stands already at {where}; ids are unique.")


def _check_related(entry: _Placed, known: Mapping[str, object], faults: Faults) -> None:
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
    entry: _Placed, shelf: Shelf, sources: Mapping[str, Source], faults: Faults
) -> None:
    if entry.data.get("sources") == []:
        loc = (*entry.loc, "sources")
        faults.add(entry.document, loc, f"the entry '{entry.id}' names no source.")
    for loc, name in entry.texts("sources"):
        if name not in sources:
            shelf.unknown_source(entry.document, loc, name, sources)


def _check_question(entry: _Placed, questions: _Wordings) -> None:
    question = entry.data.get("question")
    if isinstance(question, str) and question.strip():
        questions.is_new(question, entry.id, entry.document, (*entry.loc, "question"))


def _check_actions(placed: Mapping[str, _Placed], shelf: Shelf, faults: Faults) -> None:
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


def _text(entry: _Placed, values: Values, faults: Faults) -> str:
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
