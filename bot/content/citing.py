"""Answers that speak of a season which the committee entered say whose word that is."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from bot.content.texts import Text
from bot.domain.copy import Copy, placeholders
from bot.domain.faq import Entry
from bot.domain.program import LATEST, NEXT, Season, Source, long_date


def citing(
    entries: Mapping[str, Entry],
    answers: Mapping[str, Text],
    named: Mapping[str, Season | None],
    copy: Copy,
) -> dict[str, Entry]:
    """The entries, with the source of each entered season among those of the answer."""
    return {
        key: replace(entry, sources=(*_sources(answers[key], named, copy), *entry.sources))
        for key, entry in entries.items()
    }


def _sources(answer: Text, named: Mapping[str, Season | None], copy: Copy) -> Iterator[Source]:
    said = {place.name for place in placeholders(answer.template)}
    # The newest season is only spoken of where no next one is known.
    for prefix in (NEXT, LATEST):
        season = named.get(prefix)
        if season is not None and any(name.startswith(f"{prefix}_") for name in said):
            if season.entered:
                yield _source(season, copy)
            return


def _source(season: Season, copy: Copy) -> Source:
    on = long_date(season.checked) if season.checked else None
    edition = copy.say("season.entered_on", date=on)
    return Source(f"season:{season.name}", season.source, "", "", edition)
