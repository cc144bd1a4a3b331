"""Entries as they are on a day: which are overdue, and without values that are too old to say."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from bot.content.texts import Text
from bot.domain.copy import Copy, Values, placeholders
from bot.domain.copy_sentences import without
from bot.domain.faq import Entry
from bot.domain.freshness import Freshness, season_turn
from bot.domain.program import LATEST, NEXT, Fact, Season, long_date


def too_old(facts: Mapping[str, Fact], freshness: Freshness, today: date) -> tuple[str, ...]:
    """The names of the volatile values that are no longer said."""
    return tuple(name for name, fact in facts.items() if freshness.withholds(fact, today))


def overdue(
    entries: Mapping[str, Entry],
    answers: Mapping[str, Text],
    facts: Mapping[str, Fact],
    seasons: Sequence[Season],
    freshness: Freshness,
    today: date,
) -> dict[str, Entry]:
    """The entries with the day by which each is to be read again, those marked whose day passed.

    An entry's own day goes before. Any other is due some months after it was verified; and where
    it rests on what changes with the season, when that changes, if this comes first.
    """
    days = {}
    for key, entry in entries.items():
        day = freshness.review_on(entry.verified)
        turn = season_turn(entry.verified, seasons) if freshness.with_each_season else None
        if turn is not None and _changes_with_season(answers[key].template, facts):
            day = min(day, turn)
        days[key] = entry.review or day
    return {
        key: replace(entry, due_on=days[key], overdue=today > days[key])
        for key, entry in entries.items()
    }


def _changes_with_season(template: str, facts: Mapping[str, Fact]) -> bool:
    """Whether a text names a season or a volatile value, known or not."""
    return any(
        place.name.startswith((f"{LATEST}_", f"{NEXT}_"))
        or (place.name in facts and facts[place.name].volatile)
        for place in placeholders(template)
    )


def careful(
    entries: Mapping[str, Entry],
    answers: Mapping[str, Text],
    withheld: Mapping[str, Fact],
    copy: Copy,
    values: Values,
) -> dict[str, Entry]:
    """The entries without the withheld values, and with an honest sentence in their place."""
    return {
        key: _careful(entry, answers[key].template, withheld, copy, values)
        for key, entry in entries.items()
    }


def _careful(
    entry: Entry, template: str, withheld: Mapping[str, Fact], copy: Copy, values: Values
) -> Entry:
    named = {place.name for place in placeholders(template)} & withheld.keys()
    checked = [day for name in named if (day := withheld[name].checked)]
    if not checked:
        return entry
    notice = copy.say("ask.withheld", checked=long_date(min(checked)))
    return replace(entry, text=without(template, values, named, notice))
