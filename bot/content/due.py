"""What is due to be read or checked again, and when."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from bot.content.survey import Survey
from bot.domain.program import Fact

DueKind = Literal["answer", "fact", "seasons", "season"]


@dataclass(frozen=True, slots=True)
class Due:
    """One thing to look at again.

    `on` is its day, None for a fact of which nobody wrote down when it was checked; `checked` is
    the day of the last look. `last` is the last day on which a volatile value is said.
    """

    kind: DueKind
    name: str
    place: str
    on: date | None
    checked: date | None
    last: date | None = None

    def is_overdue(self, today: date) -> bool:
        """Whether its day has passed, or nobody knows it."""
        return self.on is None or today > self.on

    def is_withheld(self, today: date) -> bool:
        """Whether answers leave the value out."""
        return self.last is not None and today > self.last


def due(survey: Survey) -> tuple[Due, ...]:
    """Entries, facts and the seasons, the longest overdue first."""
    found = (*_seasons(survey), *_entries(survey), *_facts(survey))
    return tuple(sorted(found, key=lambda one: one.on or date.min))


def _entries(survey: Survey) -> Iterator[Due]:
    for key, entry in survey.bank.entries.items():
        placed = survey.placed[key]
        place = placed.document.at((*placed.loc, "verified"))
        yield Due("answer", key, place, entry.due_on, entry.verified)


def _facts(survey: Survey) -> Iterator[Due]:
    freshness = survey.style.freshness
    for fact in survey.bank.facts.values():
        if fact.made_of:
            continue  # it is checked with the facts that it is worked out of
        on = freshness.review_on(fact.checked) if fact.checked else None
        place = survey.place_of(fact.name)
        yield Due("fact", fact.name, place, on, fact.checked, _last(fact, survey))


def _last(fact: Fact, survey: Survey) -> date | None:
    return survey.style.freshness.last_day(fact)


def _seasons(survey: Survey) -> Iterator[Due]:
    """The day after which no known season is left to apply for, and before it the day by which the
    newest one is to be compared with its source again."""
    seasons = survey.bank.seasons
    newest = seasons[-1] if seasons else None
    last = max((season.apply_by for season in seasons if season.apply_by), default=None)
    checked = newest.checked if newest else None
    name, place = newest.name if newest else "", survey.program.at(("seasons",))
    yield Due("seasons", name, place, last, checked)
    review = survey.style.freshness.review_on(checked) if checked else None
    if review is not None and last is not None and review < last:
        yield Due("season", name, place, review, checked)
