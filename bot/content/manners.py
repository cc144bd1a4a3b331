"""not_the_clm.yaml and remarks.yaml, made into what a message is looked through for."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from bot.content.documents import Document, Faults, Loc, did_you_mean, validated
from bot.content.manners_schema import KindFile, LanguagesFile, NotTheClmFile, RemarksFile
from bot.content.places import Shelf
from bot.content.templates import finished
from bot.domain.copy import Copy, Values
from bot.domain.faq import Entry, Reply, answer_of, spoken
from bot.domain.identity import MemberRef
from bot.domain.lexicon import lexicon
from bot.domain.manners import Manners, Sentences
from bot.domain.own_words import OwnWords, own_words
from bot.domain.remarks import Kind, Languages, Remarks
from bot.domain.strangers import Strangers
from bot.domain.text import words

STRANGERS = "not_the_clm.yaml"
REMARKS = "remarks.yaml"
_ENGLISH = ""


@dataclass(frozen=True, slots=True)
class MannersFiles:
    """Both files as they were read, and the remarks with their sentences finished."""

    strangers: NotTheClmFile
    remarks: Remarks


def manners_files(shelf: Shelf, values: Values, faults: Faults) -> MannersFiles | None:
    """Both files; None, with every fault noted, when one cannot be used."""
    before = len(faults.sentences)
    document, placed = shelf.document(STRANGERS), shelf.document(REMARKS)
    strangers = validated(NotTheClmFile, document.data, document, (), faults)
    read = validated(RemarksFile, placed.data, placed, (), faults)
    if strangers is None or read is None:
        return None
    kinds = {
        name: _kind(kind, placed, ("kinds", name), values, faults)
        for name, kind in read.kinds.items()
    }
    by_words = {name: kind.words for name, kind in read.kinds.items()}
    remarks = Remarks(
        kinds,
        lexicon(by_words, read.fillers),
        lexicon({"supposing": read.supposing}),
        lexicon({"pleasantries": read.pleasantries}),
        _languages(read.languages, placed, values, faults),
    )
    return MannersFiles(strangers, remarks) if len(faults.sentences) == before else None


def check_manners(
    shelf: Shelf, files: MannersFiles, known: Collection[str], faults: Faults
) -> None:
    """Note each entry that the two files name and that there is not."""
    _check_ids(files.strangers.about, shelf.document(STRANGERS), ("about",), known, faults)
    for name, kind in files.remarks.kinds.items():
        loc = ("kinds", name, "only")
        _check_ids(sorted(kind.only or ()), shelf.document(REMARKS), loc, known, faults)


def _check_ids(
    ids: Collection[str], document: Document, loc: Loc, known: Collection[str], faults: Faults
) -> None:
    for one in ids:
        if one not in known:
            faults.add(document, loc, f"there is no entry '{one}'{did_you_mean(one, known)}")


def manners_of(files: MannersFiles, entries: Mapping[str, Entry], copy: Copy) -> Manners:
    """What a message is looked through for, with all that is said to it."""
    return Manners(
        _strangers(files.strangers, copy),
        files.remarks,
        _own_words(entries, copy),
        Sentences(
            too_long=copy.say("ask.too_long"),
            read_ends=copy.say("ask.read_ends"),
            only_link=copy.say("ask.only_link"),
            code=copy.say("ask.code"),
        ),
    )


def _kind(file: KindFile, document: Document, loc: Loc, values: Values, faults: Faults) -> Kind:
    return Kind(
        finished(file.first, values, document, (*loc, "first"), faults),
        finished(file.alone, values, document, (*loc, "alone"), faults),
        frozenset(file.only) if file.only is not None else None,
        file.gentle,
    )


def _languages(
    file: LanguagesFile, document: Document, values: Values, faults: Faults
) -> Languages:
    loc: Loc = ("languages",)
    sentence = finished(file.sentence, values, document, (*loc, "sentence"), faults)
    english = _common(file.english)
    for name, language in file.others.items():
        for twice in sorted(_common(language.words) & english):
            place = (*loc, "others", name, "words")
            faults.add(document, place, f"'{twice}' is an English word too, and tells nothing.")
    said = {name: f"{sentence} {one.says}".strip() for name, one in file.others.items()}
    return Languages(
        {_ENGLISH: english}
        | {name: _common(one.words) for name, one in file.others.items() if one.words},
        {letter: name for name, one in file.others.items() for letter in one.letters},
        {name: Kind(both, both) for name, both in said.items()},
    )


def _common(texts: list[str]) -> frozenset[str]:
    return frozenset(word for text in texts for word in words(text))


def _strangers(file: NotTheClmFile, copy: Copy) -> Strangers:
    return Strangers(
        lexicon({name: thing.always for name, thing in file.things.items()}),
        lexicon({name: thing.beside for name, thing in file.things.items()}),
        lexicon({"after": file.signs_after}),
        lexicon({"before": file.signs_before}),
        lexicon({"ours": file.ours}),
        lexicon({"compared": file.compared}),
        frozenset(file.about),
        {name: copy.say("ask.not_the_clm", name=name) for name in file.things},
    )


def _own_words(entries: Mapping[str, Entry], copy: Copy) -> OwnWords:
    return own_words(
        {entry.id: _as_shown(entry, entries, copy) for entry in entries.values()},
        {
            entry.id: copy.say("ask.own_answer", question=entry.question)
            for entry in entries.values()
        },
    )


def _as_shown(entry: Entry, entries: Mapping[str, Entry], copy: Copy) -> str:
    """An answer with all that stands below it, as it is copied out of a conversation."""
    answer = answer_of(entry, entries)
    return spoken(
        Reply(0, MemberRef(""), "answer", answer, (), late=False, after_choices=False), copy
    )
