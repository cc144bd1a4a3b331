"""Checking an entry before it is kept, by the same rules as the files, fault by field."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from bot.content.written import Field, field_of
from bot.domain.curation import EntryText, Revision
from bot.domain.curation_text import tidied
from bot.domain.faq import Entry
from bot.domain.identity import MemberRef
from bot.domain.matching_fit import MOST_EXAMPLES
from bot.errors import ContentError
from bot.services.bank import Bank

MOST_UTTERANCES = 200
"""Of one entry."""
LONGEST_UTTERANCE = 300

GROUP = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
"""What the file of a group may be called, without its ending."""

_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong, and the field that it belongs to."""

    field: Field
    sentence: str


@dataclass(frozen=True, slots=True)
class Checked:
    """What is wrong with an entry; where nothing is, `entry` is what a member would see."""

    faults: tuple[Fault, ...]
    entry: Entry | None


def check(bank: Bank, text: EntryText, today: date, *, is_new: bool = False) -> Checked:
    """Look at an entry as if it were published now. `is_new`: no other entry may have its id."""
    text = tidied(text)
    days = list(_days(text, today))
    faults = [*days, *_limits(text), *_taken(bank, text, is_new)]
    if days:
        # Told at their own fields; the rest of the entry is looked at without them.
        text = replace(text, verified=today, review=None)
    revision = Revision(0, text.id, 0, "edited", text, "", MemberRef(""), datetime.now(UTC))
    try:
        content = bank.content.if_it_said(revision, today)
    except ContentError as error:
        faults += _of_fields(error.faults, text.id)
        return Checked(tuple(dict.fromkeys(faults)), None)
    if len(content.examples) > MOST_EXAMPLES:
        faults.append(_too_many(len(content.examples), MOST_EXAMPLES))
    return Checked(tuple(faults), None if faults else content.entries[text.id])


def _days(text: EntryText, today: date) -> Iterator[Fault]:
    if text.verified > today:
        yield Fault("verified", "this day is still to come; say when it was really checked.")
    if text.review is not None and text.review <= text.verified:
        yield Fault("review", "the day to read it again comes after the day it was checked.")


def _limits(text: EntryText) -> Iterator[Fault]:
    if not GROUP.fullmatch(text.group):
        yield Fault("group", f"'{text.group}' is no group: small letters and hyphens.")
    said = [line for lines in text.utterances.values() for line in lines]
    if len(said) > MOST_UTTERANCES:
        yield _too_many(len(said), MOST_UTTERANCES)
    for line in said:
        if len(line) > LONGEST_UTTERANCE:
            shown = line[:_SHOWN]
            yield Fault(
                "utterances",
                f"'{shown}…' has {len(line)} characters; up to {LONGEST_UTTERANCE} are read well.",
            )


def _taken(bank: Bank, text: EntryText, is_new: bool) -> Iterator[Fault]:
    content = bank.content
    edited = {revision.entry for revision in content.overlay.revisions}
    if is_new and (text.id in content.filed or text.id in edited):
        yield Fault("id", f"there is an entry '{text.id}' already.")


def _too_many(found: int, most: int) -> Fault:
    return Fault("utterances", f"there are {found} utterances; at most {most} fit.")


def _of_fields(faults: tuple[str, ...], entry: str) -> Iterator[Fault]:
    for fault in faults:
        place, _, sentence = fault.partition(": ")
        yield Fault(field_of(place, entry) or "answer", sentence)
