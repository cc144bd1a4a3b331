"""Remarks on answers: what could read better or be tended better, and is no fault."""

from collections.abc import Iterator
from dataclasses import dataclass
from statistics import median

from bot.content.program import is_unchecked
from bot.content.survey import Survey
from bot.domain.copy_sentences import Span, spans
from bot.domain.faq import Entry
from bot.domain.readability import grade, words


@dataclass(frozen=True, slots=True)
class Reading:
    """How hard the answers are to read: the median grade, and the remarks with file and line."""

    median: float
    remarks: tuple[str, ...]


def reading_of(survey: Survey) -> Reading:
    """The grade of the answers in the middle, and everything to remark upon."""
    answers = [entry for entry in survey.bank.entries.values() if not entry.is_action]
    grades = {entry.id: grade(entry.text) for entry in answers}
    remarks = [*_unchecked(survey)]
    for entry in answers:
        place = _place(entry, survey)
        remarks += [f"{place}: {each}" for each in _on(entry, grades[entry.id], survey)]
    return Reading(median(grades.values()) if grades else 0.0, tuple(remarks))


def _place(entry: Entry, survey: Survey) -> str:
    placed = survey.placed[entry.id]
    return placed.document.at((*placed.loc, "answer"))


def _on(entry: Entry, found: float, survey: Survey) -> Iterator[str]:
    limits, name = survey.style.limits, f"'{entry.id}'"
    if found > limits.grade:
        yield f"{name} has reading grade {found:.1f}; shorter sentences and words would help."
    first = next(spans(entry.text), None)
    length = len(words(entry.text[first.start : first.end])) if first else 0
    if length > limits.first_sentence_words:
        yield (
            f"the first sentence of {name} has {length} words; up to "
            f"{limits.first_sentence_words} read well."
        )
    lists = _lists(entry.text)
    if len(lists) > limits.lists:
        yield f"{name} has {len(lists)} lists; {limits.lists} at most reads well."
    if (longest := max(lists, default=0)) > limits.list_items:
        yield f"a list of {name} has {longest} lines; up to {limits.list_items} read well."


def _lists(text: str) -> list[int]:
    """How many lines each list has."""
    found: list[int] = []
    before: Span | None = None
    for span in spans(text):
        if span.is_item:
            if before is not None and before.is_item:
                found[-1] += 1
            else:
                found.append(1)
        before = span
    return found


def _unchecked(survey: Survey) -> Iterator[str]:
    for name, fact in survey.bank.facts.items():
        if is_unchecked(survey.program, name):
            yield (
                f"{survey.place_of(name)}: nobody has said when '{fact.name}' was checked; "
                "write the day, such as checked: 2027-03-04."
            )
