"""Entries as they are on a day: which are overdue, and without values that are too old to say."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from bot.content.texts import Text
from bot.domain.copy import Copy, Values, placeholders
from bot.domain.copy_sentences import without
from bot.domain.faq import Entry
from bot.domain.freshness import Freshness
from bot.domain.program import Fact, long_date


def too_old(facts: Mapping[str, Fact], freshness: Freshness, today: date) -> tuple[str, ...]:
    """The names of the volatile values that are no longer said."""
    return tuple(name for name, fact in facts.items() if freshness.withholds(fact, today))


def overdue(entries: Mapping[str, Entry], freshness: Freshness, today: date) -> dict[str, Entry]:
    """The entries, those marked that nobody has read again in time."""
    return {
        key: replace(entry, overdue=today > review_day(entry, freshness))
        for key, entry in entries.items()
    }


def review_day(entry: Entry, freshness: Freshness) -> date:
    """The day by which an entry is to be read again."""
    return entry.review or freshness.review_on(entry.verified)


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
