"""The bank: an immutable snapshot of content and the index over it."""

import os
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bot.content import ContentBank, ContentPlaces, load_content
from bot.domain import decision
from bot.domain.faq import Decision
from bot.domain.matching import Index
from bot.domain.matching_file import UnusableIndex, from_bytes, to_bytes
from bot.domain.matching_fit import content_key, fit


@dataclass(frozen=True, slots=True)
class Bank:
    """What the bot knows at one moment; a change makes a new one."""

    content: ContentBank
    index: Index

    @property
    def actions(self) -> frozenset[str]:
        """The entries whose thing the bot does instead of explaining it."""
        return frozenset(e.id for e in self.content.entries.values() if e.is_action)


def load_bank(places: ContentPlaces, today: date, cache: Path | None = None) -> Bank:
    """Read the content and fit the index, or take the index from the cache when nothing changed.

    Raises ContentError with every fault.
    """
    content = load_content(places, today)
    return Bank(content, _index(content, cache))


def _index(content: ContentBank, cache: Path | None) -> Index:
    if cache is None:
        return fit(content.examples)
    stored = cache / f"index-{content_key(content.examples)}.npz"
    with suppress(UnusableIndex, OSError):
        return from_bytes(stored.read_bytes())
    index = fit(content.examples)
    _keep(index, stored)
    return index


def _keep(index: Index, stored: Path) -> None:
    # A cache that cannot be written only costs time at the next start.
    try:
        stored.parent.mkdir(parents=True, exist_ok=True)
        for old in stored.parent.glob("index-*.npz"):
            old.unlink(missing_ok=True)
        # A name of its own: two starts at once must not write into one another's file.
        unfinished = stored.with_suffix(f".{os.getpid()}.part")
        try:
            unfinished.write_bytes(to_bytes(index))
            unfinished.replace(stored)
        finally:
            unfinished.unlink(missing_ok=True)
    except OSError:
        return


def decide(bank: Bank, question: str) -> Decision:
    """What one utterance comes to."""
    return decision.decide(question, bank.index, bank.content.small_talk, bank.actions)
